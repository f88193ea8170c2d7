"""The timed jobs in the words of the page."""

from dataclasses import dataclass
from datetime import datetime

from operations.timed_jobs import Shown
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.words import word


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job. ``state`` is never, runs, failed or done."""

    job: str
    name: str
    when: str
    leader: bool
    needs: str
    started_at: datetime | None
    took_s: float | None
    state: str
    failures: int
    said: str
    worker: str
    runs: int
    next_at: datetime | None


def row(one: Shown) -> JobRow:
    """The row of a job."""
    return JobRow(
        job=one.job,
        name=word("job", one.job),
        when=_when(one.when),
        leader=one.leader,
        needs=word("needs", one.needs),
        started_at=one.started_at,
        took_s=one.took_s,
        state=_state(one),
        failures=one.failures,
        said=mask_text(one.said),
        worker=one.worker or "",
        runs=one.runs,
        next_at=one.next_at,
    )


def _state(one: Shown) -> str:
    if one.started_at is None:
        return "never"
    if one.running:
        return "runs"
    return "failed" if one.failures else "done"


def _when(when: str) -> str:
    how, _space, what = when.partition(" ")
    if how == "daily":
        return _("daily at %(time)s", time=what)
    return _("every %(seconds)s s", seconds=what.removesuffix(" s"))


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Job"),
        _("What it does"),
        _("When"),
        _("Last run (UTC+8)"),
        _("Failures in a row"),
        _("Said"),
        _("Next (UTC+8)"),
        _("Worker"),
    ]


def cells(one: JobRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.job,
        one.name,
        one.when,
        formats.moment(one.started_at),
        one.failures,
        one.said,
        formats.moment(one.next_at),
        one.worker,
    ]
