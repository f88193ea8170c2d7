"""``huifang complaints``: the register of complaints (投诉台账), what runs out first in front."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from operations.complaint_record import clocks_of, known
from operations.line import Line
from store import complaints as store
from store.console import complaints as console
from store.database import Session
from store.tables import Complaint


@click.group("complaints")
def complaints_command() -> None:
    """The register of complaints."""


@complaints_command.command("list")
@click.option("--state", default="open", show_default=True, help="open, closed or all.")
@click.option("--of", "handler", help="Only those of this handler; - for nobody's.")
@click.option("--overdue", is_flag=True, help="Only those with a limit that has passed.")
@json_option
def list_complaints(state: str, handler: str | None, overdue: bool, as_json: bool) -> None:
    """Every complaint, the earliest limit first."""
    line = make_line(load())
    wanted = console.ComplaintFilter(
        state=None if state == "all" else state,
        whose="" if handler == "-" else handler,
        light="overdue" if overdue else None,
    )
    with line.database.reading() as session:
        found = [
            _line(one) for one in console.complaints(session, wanted, line.clock(), 0, None).rows
        ]
    if as_json:
        emit(found)
        return
    if not found:
        say("no complaints; whoever complains in a call is entered by itself")
        return
    columns = ("number", "state", "kind", "policy", "matter", "due", "with")
    table("complaints", columns, [_row(one) for one in found])


@complaints_command.command("show")
@click.argument("number")
@json_option
def show_complaint(number: str, as_json: bool) -> None:
    """One complaint, by its id or its number: clocks, notices, papers and the ledger."""
    line = make_line(load())
    with line.database.reading() as session:
        row = store.by_id(session, _id_of(number))
        found = _whole(session, line, row) if row else None
    if found is None:
        raise InputFault(f"there is no complaint {number}; see `huifang complaints list`")
    if as_json:
        emit(found)
    else:
        _show(found)


def _row(one: Mapping[str, Any]) -> tuple[object, ...]:
    due = f"{one['next_due_at']:%m-%d}" if one["next_due_at"] else ""
    return (
        one["number"], one["state"], one["kind"], one["policy"], one["matter"], due, one["handler"],
    )  # fmt: skip


def _id_of(number: str) -> int:
    """7, or TS2026-000007."""
    digits = number.rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


def _line(row: Complaint) -> dict[str, Any]:
    return {
        "complaint": row.id, "number": row.number, "state": row.state, "channel": row.channel,
        "kind": row.kind, "policy": row.policy.number if row.policy else None,
        "matter": row.matter, "received_at": row.received_at, "next_due_at": row.next_due_at,
        "alarm": row.alarm, "handler": row.handler, "branch": row.branch, "major": row.major,
        "signals": row.signals, "result": row.result,
    }  # fmt: skip


def _whole(session: Session, line: Line, row: Complaint) -> dict[str, Any]:
    found = known(session, row)
    clocks = clocks_of(line, found, line.clock())
    return {
        **_line(row),
        "demand": row.demand,
        "clocks": [{"clock": one.clock, "hand": one.hand, "due": one.due} for one in clocks],
        "notices": [
            {"kind": one.kind, "form": one.form, "sent_at": one.sent_at, "proof": one.proof}
            for one in found.notices
        ],
        "papers": [
            {"paper": one.paper, "name": one.name, "sha256": one.sha256} for one in found.files
        ],
        "ledger": [
            {"at": one.at, "by": one.by, "what": one.what, "from": one.from_state,
             "to": one.to_state, "words": one.words, "detail": one.detail}
            for one in found.events
        ],
    }  # fmt: skip


def _show(found: Mapping[str, Any]) -> None:
    say(f"complaint {found['number']}: {found['state']}, {found['kind'] or 'not triaged'}")
    say(f"policy {found['policy'] or '-'}, with {found['handler'] or 'nobody'}: {found['matter']}")
    clocks = [(one["clock"], one["hand"], _at(one["due"])) for one in found["clocks"]]
    table("clocks", ("clock", "stands", "limit"), clocks)
    done = [(_at(one["at"]), one["by"], one["what"], one["to"], one["words"])
            for one in found["ledger"]]  # fmt: skip
    table("ledger", ("at", "by", "what", "state", "words"), done)


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
