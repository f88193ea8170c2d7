"""队列: who is dialled next, who is held back and why, who cannot be reached in time. Reads the
agenda page by page and decides nothing anew."""

from datetime import timedelta

from flask import Blueprint, Response, render_template

from store.console import queue as store
from web import exports, lists, words
from web.at_hand import line, reading
from web.views import queue as view

pages = Blueprint("queue", __name__)

#: The plan is renewed every few seconds; when decisions wait longer, no worker runs.
PATIENCE = timedelta(minutes=5)


@pages.get("/queue")
def show() -> str:
    """One part of the queue, narrowed by reason, branch and words."""
    here, now = line(), line().clock()
    wanted = wanted_queue()
    with reading() as session:
        counts = store.counts(session)
        found = store.queue(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(one, here.rulebook, now) for one in found.rows]
        branches = store.branches(session)
        waiting = store.overdue(session, now - PATIENCE)
    return render_template(
        "queue.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), found.total),
        part=part_wanted(),
        parts={part: counts.of(state) for part, state in view.PARTS.items()},
        reasons=counts.whys.get(wanted.state, {}),
        branches=branches,
        wanted=wanted,
        opens=view.opens_at(here, now),
        waiting=waiting,
    )


@pages.get("/queue.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same part with the same filters, all of it."""
    here, now = line(), line().clock()
    with reading() as session:
        found = store.queue(session, wanted_queue(), 0, None)
        rows = [view.cells(view.row(one, here.rulebook, now)) for one in found.rows]
    return exports.send(kind, f"queue-{part_wanted()}", view.titles(), rows, now)


def part_wanted() -> str:
    """The part in the address, the due by default."""
    return lists.one_of("part", view.PARTS) or "due"


def wanted_queue() -> store.QueueFilter:
    """The filters in the address."""
    return store.QueueFilter(
        state=view.PARTS[part_wanted()],
        why=lists.one_of("why", words.TABLES["why"]),
        branch=lists.text("branch") or None,
        words=lists.text("words"),
    )
