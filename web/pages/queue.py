"""队列: who is dialled next, who is held back and why, who cannot be reached in time."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from operations.plan import preview
from scheduler.plan import Decision
from store.policies import by_numbers
from store.tables import Policy
from web import exports, lists, words
from web.at_hand import line
from web.views import queue as view

pages = Blueprint("queue", __name__)


@pages.get("/queue")
def show() -> str:
    """One part of the queue, narrowed by reason and words."""
    parts = view.parts_of(preview(line()))
    part = part_wanted()
    found = wanted(parts[part])
    shown = found[lists.skipped() : lists.skipped() + lists.SIZE]
    return render_template(
        "queue.html",
        rows=rows_of(shown),
        pages=lists.Pages(lists.page_wanted(), len(found)),
        part=part,
        parts={name: len(decisions) for name, decisions in parts.items()},
        reasons=view.counted(parts[part]),
        why=lists.one_of("why", words.TABLES["why"]),
        words=lists.text("words"),
    )


@pages.get("/queue.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same part with the same filters, all of it."""
    part = part_wanted()
    found = wanted(view.parts_of(preview(line()))[part])
    rows = [view.cells(row) for row in rows_of(found)]
    return exports.send(kind, f"queue-{part}", view.titles(), rows, line().clock())


def part_wanted() -> str:
    """The part in the address, the due by default."""
    return lists.one_of("part", dict.fromkeys(view.PARTS)) or "due"


def wanted(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that the filters in the address leave."""
    why, text = lists.one_of("why", words.TABLES["why"]), lists.text("words")
    known: dict[str, Policy] = {}
    if text:
        with line().database.reading() as session:
            known = by_numbers(session, [one.number for one in decisions])
    return view.matching(decisions, known, why, text)


def rows_of(decisions: Sequence[Decision]) -> list[view.QueueRow]:
    """The decisions with their policies."""
    with line().database.reading() as session:
        known = by_numbers(session, [one.number for one in decisions])
    now = line().clock()
    return [view.row(one, known.get(one.number), now) for one in decisions]
