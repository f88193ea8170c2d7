"""Every timed job of the worker, in one table: what it is called, when it runs, who runs it, what
it needs, and what it does. ``docs/timetable.md`` is the same table for people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from huifang.clock import CHINA
from operations import (
    case_alarms,
    case_notices,
    complaint_alarms,
    complaint_clusters,
    complaint_figures,
    corrections,
    deadlines,
    desk_end,
    forecast,
    handover,
    incident_alarms,
    kpis,
    monthly_report,
    nightly,
    plan,
    quality_draw,
    retention,
)
from operations.duties import RENEW_S, Lead
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_waiting
from operations.job_runs import Book
from operations.line import Line
from operations.place_call import look_for_abandoned, place_next
from operations.reconcile import ask_about_silent_calls, ask_for_missing_recordings
from operations.timed_jobs import TimedJob
from scheduler.jobs import Daily, Every, Job, When
from scheduler.worker import Worker

#: A job that works through a queue stops after so many, so that others get their turn.
MOST_AT_ONCE = 50


class Needs(StrEnum):
    """What a line must have for a job to make sense."""

    NOTHING = "nothing"
    CARRIER = "a carrier"
    RECOGNISER = "a recogniser"
    MAIL = "a mail server"


Run = Callable[[Line], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable. ``leader``: one worker of all runs it."""

    name: str
    when: When
    leader: bool
    needs: Needs
    run: Run

    def possible(self, line: Line) -> bool:
        """Whether the line has what the job needs."""
        there = {
            Needs.NOTHING: True,
            Needs.CARRIER: line.phone is not None and line.fetch is not None,
            Needs.RECOGNISER: line.speech is not None,
            Needs.MAIL: line.mail is not None,
        }
        return there[self.needs]


def drain(step: Callable[[], bool]) -> int:
    """Repeat ``step`` until it has nothing left to do, at most MOST_AT_ONCE times."""
    for done in range(MOST_AT_ONCE):
        if not step():
            return done
    return MOST_AT_ONCE


def _draining(step: Callable[[Line], bool]) -> Run:
    return lambda line: drain(lambda: step(line))


def _hear(line: Line) -> int:
    return hear_waiting(line, MOST_AT_ONCE)


def _daily(hour: int, minute: int = 0) -> Daily:
    return Daily(time(hour, minute), CHINA)


_ALWAYS, _CARRIER, _RECOGNISER = Needs.NOTHING, Needs.CARRIER, Needs.RECOGNISER
_ONE, _ALL = True, False  # who runs it: the leader, or all workers

TABLE = (
    Entry("plan", Every(10), _ONE, _ALWAYS, plan.refresh),
    Entry("place-calls", Every(1), _ALL, _CARRIER, _draining(place_next)),
    Entry("look-for-abandoned", Every(30), _ALL, _CARRIER, _draining(look_for_abandoned)),
    Entry("ask-about-silent-calls", Every(300), _ONE, _CARRIER, ask_about_silent_calls),
    Entry("left-interviews", Every(300), _ONE, _ALWAYS, desk_end.end_left),
    Entry("retry-sweep", Every(300), _ONE, _ALWAYS, plan.sweep),
    Entry("fetch-recordings", Every(5), _ALL, _CARRIER, _draining(fetch_next)),
    Entry("ask-for-missing-recordings", Every(300), _ONE, _CARRIER, ask_for_missing_recordings),
    Entry("hear-recordings", Every(5), _ALL, _RECOGNISER, _hear),
    Entry("case-notices", Every(300), _ONE, Needs.MAIL, case_notices.send_due),
    Entry("key-figures", Every(3600), _ONE, _ALWAYS, kpis.count_hourly),
    Entry("deadlines", _daily(0, 10), _ONE, _ALWAYS, deadlines.close_overdue),
    Entry("case-alarms", _daily(0, 20), _ONE, _ALWAYS, case_alarms.escalate),
    Entry("incident-alarms", _daily(0, 22), _ONE, _ALWAYS, incident_alarms.escalate),
    Entry("complaint-alarms", _daily(0, 25), _ONE, _ALWAYS, complaint_alarms.escalate),
    Entry("complaint-clusters", _daily(0, 27), _ONE, _ALWAYS, complaint_clusters.find),
    Entry("correction-alarms", _daily(0, 28), _ONE, _ALWAYS, corrections.escalate),
    Entry("nightly-rules", _daily(0, 30), _ONE, _ALWAYS, nightly.apply),
    Entry("key-figures-nightly", _daily(1), _ONE, _ALWAYS, kpis.count_nightly),
    Entry("forecast", _daily(2), _ONE, _ALWAYS, forecast.make),
    Entry("retention", _daily(3), _ONE, _ALWAYS, retention.sweep),
    Entry("quality-sample", _daily(4), _ONE, _ALWAYS, quality_draw.draw_nightly),
    Entry("monthly-report", _daily(6), _ONE, _ALWAYS, monthly_report.make_due),
    Entry("complaint-report", _daily(6, 10), _ONE, _ALWAYS, complaint_figures.make_due),
    Entry("handover-lists", _daily(8), _ONE, _ALWAYS, handover.issue_due),
)


def entries(lead: Lead) -> tuple[Entry, ...]:
    """The whole timetable: in front the one job that is about the workers themselves, by which the
    leader stays the leader and the others see whether it lives."""
    return (Entry("lead", Every(RENEW_S), _ALL, _ALWAYS, lambda _: lead.hold()), *TABLE)


def known_jobs(line: Line) -> list[TimedJob]:
    """The whole timetable, for people who look at it."""
    return [
        TimedJob(entry.name, entry.when, entry.leader, entry.needs.value)
        for entry in entries(Lead(line))
    ]


def timetable(line: Line, lead: Lead) -> list[Job]:
    """The jobs that this line can do: without a carrier nothing is placed or fetched, without a
    recogniser nothing is heard."""
    return [_job(entry, line) for entry in entries(lead) if entry.possible(line)]


def _job(entry: Entry, line: Line) -> Job:
    return Job(entry.name, entry.when, lambda: entry.run(line), leader=entry.leader)


@contextmanager
def working(line: Line, lead: Lead, jobs: list[Job]) -> Iterator[None]:
    """These jobs run while the block does; at its end the running ones end, and then the lead is
    given up."""
    worker = Worker(jobs, Book(line, lead), clock=line.clock, steady=line.steady)
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        lead.release()
