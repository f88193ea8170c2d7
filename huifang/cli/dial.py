"""``huifang dial``: whether calls go out, and how fast; pausing, resuming, and people on duty.
Ends no call."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line
from operations import dialling
from operations.dialling import Change, Status
from scheduler.pacing import Code, State

WAITS = {
    Code.PAUSED: "calls wait until somebody resumes the dialling (`huifang dial resume`)",
    Code.BROKEN: "too many orders failed in a row; one call is tried",
    Code.CALLS_AT_ONCE: "every line is in use",
    Code.NO_AGENT: "nobody is free to take a call over",
    Code.CALLS_A_SECOND: "the carrier takes no more this second; the next call may start",
}


@click.group("dial")
def dial_command() -> None:
    """Whether calls go out, and how fast."""


@dial_command.command("status")
@json_option
def status(as_json: bool) -> None:
    """How the dialling stands: what runs, what is ready, and what the next call waits for."""
    found = dialling.status(make_line(load()))
    if as_json:
        emit(_document(found))
    else:
        _show(found)


@dial_command.command("pause")
@by_option
@click.option("--why", default="", help="The reason; kept with it.")
@json_option
def pause(by: str | None, why: str, as_json: bool) -> None:
    """Let no further call start. Calls that run end as they would."""
    change = dialling.pause(make_line(load()), name_of(by), why)
    if as_json:
        emit(_changed(change))
        return
    live = change.status.live
    calls = "1 live call ends" if live == 1 else f"{live or 'no'} live calls end"
    say(f"{'paused' if change.changed else 'was paused already'}: {calls} as usual, none starts")


@dial_command.command("resume")
@by_option
@click.option("--why", default="", help="The reason; kept with it.")
@json_option
def resume(by: str | None, why: str, as_json: bool) -> None:
    """Let calls start again, whether a person or the circuit breaker had stopped them."""
    change = dialling.resume(make_line(load()), name_of(by), why)
    if as_json:
        emit(_changed(change))
        return
    if not change.changed:
        say("was running already")
        return
    because = f": {change.was_why}" if change.was_why else ""
    say(f"running again; it was {change.was}{because}")
    _say_wait(change.status)


@dial_command.command("agents")
@click.argument("count", metavar="COUNT")
@by_option
@json_option
def agents(count: str, by: str | None, as_json: bool) -> None:
    """Say that COUNT people are on duty who can take calls over; `any`: calls do not depend on
    them."""
    change = dialling.agents_on_duty(make_line(load()), _count(count), name_of(by))
    if as_json:
        emit(_changed(change))
    else:
        _say_agents(change.status)


def _count(count: str) -> int | None:
    if count == "any":
        return None
    if count.isascii() and count.isdecimal() and int(count) <= 10_000:
        return int(count)
    raise click.BadParameter(
        f"{count} is no number of people; write 0 to 10000, or any", param_hint="COUNT"
    )


def _document(found: Status) -> dict[str, Any]:
    whole = asdict(found)
    rest = whole["limits"].pop("breaker_rest")
    return {**whole, "limits": {**whole["limits"], "breaker_rest_s": rest.total_seconds()}}


def _changed(change: Change) -> dict[str, Any]:
    return {
        "changed": change.changed,
        "was": change.was,
        "was_why": change.was_why,
        **_document(change.status),
    }


def _show(found: Status) -> None:
    since = "" if found.since is None else f" since {_time(found.since)}"
    by = f" by {found.by}" if found.by else ""
    say(f"{found.state}{since}{by}{f': {found.why}' if found.why else ''}")
    over = f", {found.transferred} of them with a person" if found.transferred else ""
    say(f"{found.live} of {found.limits.calls_at_once} lines in use{over}; {found.ready} ready")
    if found.failures and found.state is not State.BROKEN:
        failed = "1 order" if found.failures == 1 else f"{found.failures} orders in a row"
        say(f"{failed} failed; {found.limits.breaker_failures} in a row stop the dialling")
    _say_wait(found)
    _say_agents(found)
    rows = [
        (one.name or "(none)", one.live, one.ready, "-" if one.most is None else one.most)
        for one in found.branches
    ]
    if rows:
        table("branches", ("branch", "live", "ready", "at most"), rows)


def _say_wait(found: Status) -> None:
    if found.wait is None:
        say("the next call may start now")
        return
    until = found.wait.until
    say(WAITS[found.wait.code] + ("" if until is None else f" at {_time(until)}"))


def _say_agents(found: Status) -> None:
    if found.agents is None:
        say("people on duty: calls do not depend on them")
        return
    most = found.limits.calls_per_agent
    calls = "1 call" if most == 1 else f"{most} calls"
    say(f"people on duty: {found.agents}, with at most {calls} for each who is free")
    if not found.hands_over:
        say("calls are not handed over here, so that limits nothing; see HUIFANG_TRANSFER_TO")


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
