"""What ``huifang recordings`` shows in the terminal, and the same as plain data."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from huifang.cli.output import messages, results, say, table
from operations.backlog import Tally
from operations.line import Line
from operations.read_recordings import Change, Reread
from operations.retention import Outdated
from operations.retry_recordings import Retried
from store.console.recordings import RecordingLine

#: Seconds over which the remaining time is estimated: several recordings, however long they are.
ESTIMATED_OVER_S = 600
MOST_CHANGES = 50

Watch = Callable[..., None]


def entry(line: RecordingLine) -> dict[str, Any]:
    """One recording as plain data."""
    recording, hearing, read_by = line.recording, line.hearing, line.read_by
    return {
        "id": recording.id,
        "policy": line.policy.number,
        "call": line.call.id,
        "vendor_id": recording.vendor_id,
        "state": recording.state,
        "reason": recording.problem,
        "tries": recording.tries,
        "since": recording.unreadable_at,
        "announced_at": recording.announced_at,
        "next_try_at": recording.next_try_at,
        "path": recording.path,
        "sha256": recording.sha256,
        "seconds": recording.seconds,
        "heard_by": hearing.engine if hearing else None,
        "heard_at": hearing.made_at if hearing else None,
        "lexicon": read_by.lexicon if read_by else None,
        "fingerprint": read_by.fingerprint if read_by else None,
    }


def show_list(counts: Mapping[str, int], rows: Sequence[Mapping[str, Any]], total: int) -> None:
    """The states, the queue of unreadable ones with every reason in full, then the others."""
    table("recordings", ("state", "count"), list(counts.items()))
    for one in rows:
        if one["state"] == "unreadable":
            _show_unreadable(one)
    others = [_row(one) for one in rows if one["state"] != "unreadable"]
    if others:
        table(
            "others, the newest first",
            ("id", "policy", "call", "state", "heard by, or why not"),
            others,
        )
    if len(rows) < total:
        say(f"{len(rows)} of {total} are shown; --limit shows more, --json all")
    if counts["unreadable"]:
        say("mend the cause, then: huifang recordings retry --unreadable")


def _show_unreadable(one: Mapping[str, Any]) -> None:
    tries = f"{one['tries']} {'try' if one['tries'] == 1 else 'tries'}"
    since = f"since {one['since']:%Y-%m-%d %H:%M}, {tries}"
    for line in (
        f"unreadable {one['id']}: policy {one['policy']}, call {one['call']}, {since}",
        f"    {one['reason']}",
        f"    {one['path'] or 'never fetched'}",
    ):
        results.print(line, markup=False, soft_wrap=True)


def _row(one: Mapping[str, Any]) -> tuple[object, ...]:
    heard = f"{one['heard_by']}, lexicon {one['lexicon']}" if one["heard_by"] else ""
    return (one["id"], one["policy"], one["call"], one["state"], one["reason"] or heard)


@contextmanager
def hearing(*, show: bool) -> Iterator[Watch]:
    """A bar with the count, the remaining time and recordings a minute; call what it yields with
    a Tally, and with seconds while it waits for what others hold."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(
        *columns,
        TextColumn("ETA"),
        TimeRemainingColumn(),
        console=messages,
        disable=not show,
        speed_estimate_period=ESTIMATED_OVER_S,
    )
    began = monotonic()
    with bar:
        task = bar.add_task("hearing", total=None)

        def watch(tally: Tally, waits_s: float | None = None) -> None:
            text = f"{per_minute(tally, monotonic() - began):.1f} a minute, {tally.left} left"
            if waits_s is not None:
                text += f", waiting {waits_s:.0f} s for what another process holds or held"
            done = tally.heard + tally.unreadable
            bar.update(task, description=text, completed=done, total=done + tally.left)

        yield watch


def per_minute(tally: Tally, seconds: float) -> float:
    """Recordings heard in a minute."""
    return tally.heard * 60 / seconds if seconds else 0.0


def heard_entry(line: Line, tally: Tally, took_s: float) -> dict[str, Any]:
    """A worked-off backlog as plain data."""
    rate = round(per_minute(tally, took_s), 1)
    engine = line.speech.name if line.speech else None
    return {"engine": engine, **asdict(tally), "took_s": took_s, "per_minute": rate}


def show_heard(tally: Tally, took_s: float, *, again: bool) -> None:
    """What came of the backlog, and what to do about the rest."""
    rate = per_minute(tally, took_s)
    say(f"{tally.heard} heard in {took_s} s ({rate:.1f} a minute), {tally.left} left")
    if tally.later:
        say(
            f"{tally.later} tries failed and are made again after a minute: huifang recordings list"
        )
    if tally.unreadable:
        say(f"{tally.unreadable} cannot be read: huifang recordings list --state unreadable")
    if tally.left:
        say(f"go on with: huifang recordings hear{' --again' if again else ''}")


def reread_entry(found: Reread, *, dry_run: bool) -> dict[str, Any]:
    """Reading again as plain data, what becomes a yes first."""
    gains = [change for change in found.changes if change.gains_yes]
    return {
        "dry_run": dry_run,
        "lexicon": found.lexicon,
        "fingerprint": found.fingerprint,
        "recordings": found.recordings,
        "answers": found.answers,
        "gains_yes": len(gains),
        "counts": [{"old": o, "new": n, "count": c} for (o, n), c in _counts(found.changes)],
        "changes": list(found.changes),
        "unusable": [{"recording": number, "reason": why} for number, why in found.unusable],
    }


def _counts(changes: Sequence[Change]) -> list[tuple[tuple[str, str], int]]:
    """(old, new) -> how many; those that become a yes first."""
    counted = Counter((change.old, change.new) for change in changes)
    return sorted(counted.items(), key=lambda item: (item[0][1] != "affirm", -item[1], item[0]))


def show_reread(found: Reread, *, dry_run: bool) -> None:
    """What changes, and loudly what becomes a yes."""
    gains = [change for change in found.changes if change.gains_yes]
    if gains:
        become = "would become" if dry_run else "became"
        messages.print(f"!!! {len(gains)} answers {become} a YES: listen to each of them",
                       style="bold red", soft_wrap=True)  # fmt: skip
        _show_changes("become a yes", gains)
    others = [change for change in found.changes if not change.gains_yes]
    if found.changes:
        rows = [(old, new, count) for (old, new), count in _counts(found.changes)]
        table("labels that change", ("old", "new", "answers"), rows)
    if others:
        _show_changes("other changes", others[:MOST_CHANGES])
    if len(others) > MOST_CHANGES:
        say(f"{MOST_CHANGES} of {len(others)} other changes are shown; --json shows all")
    for number, why in found.unusable:
        say(f"recording {number}: {why}")
    say(
        f"lexicon {found.lexicon} ({found.fingerprint}): {found.answers} answers of"
        f" {found.recordings} recordings, {len(found.changes)} read otherwise"
        + ("; dry run: nothing was stored" if dry_run else "")
    )


def _show_changes(title: str, changes: Sequence[Change]) -> None:
    rows = [(c.recording_id, c.policy, c.question, c.words, c.old, c.new) for c in changes]
    table(title, ("recording", "policy", "question", "words", "old", "new"), rows)


def show_retried(done: Sequence[Retried]) -> None:
    """Where each was put back to."""
    counted = Counter(one.state for one in done)
    stored, announced = counted["stored"], counted["announced"]
    say(f"{len(done)} put back: {stored} to be heard, {announced} to be fetched")
    if counted["announced"]:
        say("`huifang worker` fetches from the carrier; `huifang recordings hear` hears now")


def show_outdated(found: Sequence[Outdated], at: datetime) -> None:
    """What has been kept long enough by that moment, and until when it had to be kept."""
    if found:
        rows = [
            (one.recording, one.policy, one.called_on, one.contract_ends_on, one.kept_until)
            for one in found
        ]
        columns = ("recording", "policy", "called on", "contract ends", "kept until")
        table("to be deleted", columns, rows)
    megabytes = sum(one.bytes or 0 for one in found) / 1e6
    say(
        f"{len(found)} to be deleted on {at:%Y-%m-%d} ({megabytes:.1f} MB); the worker does it at 3"
    )
