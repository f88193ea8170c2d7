"""What a timed job is, when it is due, and whether it has to run for a moment it may have missed.
Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

#: A daily job is offered again so often until it has run for its latest moment: a worker that
#: became the leader after that moment makes it up, and so does one whose clock was set right.
OFFERED_EVERY_S = 60
#: A daily job that failed is tried again after this, and not only on the next day.
TRIED_AGAIN_AFTER = timedelta(minutes=10)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after so many seconds; runs that were missed are made up by one."""

    seconds: float

    def due(self, now: datetime) -> datetime:
        """The moment it is due for when it runs now: this one."""
        return now

    def next(self, now: datetime) -> datetime:
        """When it comes after now."""
        return now + timedelta(seconds=self.seconds)

    def offered(self, now: datetime) -> datetime:
        """When the worker asks next whether it has to run."""
        return self.next(now)

    def __str__(self) -> str:
        return f"{self.seconds:g} s"


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of day in a zone."""

    at: time
    zone: tzinfo

    def due(self, now: datetime) -> datetime:
        """The latest moment not after now at which it should have run."""
        today = self._on(now)
        return today if today <= now else self._on(now - _DAY)

    def next(self, now: datetime) -> datetime:
        """When it comes after now."""
        return self._on(self.due(now) + _DAY)

    def offered(self, now: datetime) -> datetime:
        """When the worker asks next whether it has to run."""
        return min(self.next(now), now + timedelta(seconds=OFFERED_EVERY_S))

    def _on(self, moment: datetime) -> datetime:
        return datetime.combine(moment.astimezone(self.zone).date(), self.at, tzinfo=self.zone)

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"


When = Every | Daily


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable. ``leader``: only one worker of all runs it. What ``run`` returns,
    a number or a short text, is kept as what it did."""

    name: str
    when: When
    run: Callable[[], object]
    leader: bool = False


@dataclass(frozen=True, slots=True)
class LastRun:
    """How a job ran last: the moment it was due for, when it ended (None: it never did), and
    whether it failed."""

    due_at: datetime
    ended_at: datetime | None
    failed: bool


def has_to_run(job: Job, due: datetime, last: LastRun | None, now: datetime) -> bool:
    """Whether a job that is offered now really runs: a daily one once for its latest moment, which
    is ``due``, however many it has missed, and again where that run failed or never ended.

    A last run that lies in the future was made by a clock that went wrong; it proves nothing.
    """
    if isinstance(job.when, Every) or last is None or last.due_at != due:
        return True
    if last.ended_at is None:
        return True  # its worker is gone: one that lives runs a job only once at a time
    since = now - last.ended_at
    return last.failed and not timedelta(0) <= since < TRIED_AGAIN_AFTER
