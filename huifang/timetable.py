"""Every timed job of the worker: what it is called, how often it runs, and what it does."""

from collections.abc import Callable

from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_waiting
from operations.line import Line
from operations.place_call import look_for_abandoned, place_next
from operations.plan import plan_attempts
from operations.reconcile import ask_about_silent_calls, ask_for_missing_recordings
from scheduler.worker import Job

#: A job that works through a queue stops after so many, so that others get their turn.
MOST_AT_ONCE = 50


def timetable(line: Line, calls_at_once: int) -> list[Job]:
    """The jobs that this line can do: without a carrier nothing is placed or fetched, without a
    recogniser nothing is heard."""
    jobs = []
    if line.phone is not None:
        jobs += [
            Job("plan", 30, lambda: plan_attempts(line, calls_at_once)),
            Job("place-calls", 5, lambda: drain(lambda: place_next(line))),
            Job("look-for-abandoned", 30, lambda: drain(lambda: look_for_abandoned(line))),
            Job("ask-about-silent-calls", 300, lambda: ask_about_silent_calls(line)),
        ]
    if line.fetch is not None:
        jobs += [
            Job("fetch-recordings", 5, lambda: drain(lambda: fetch_next(line))),
            Job("ask-for-missing-recordings", 300, lambda: ask_for_missing_recordings(line)),
        ]
    if line.speech is not None:
        jobs.append(Job("hear-recordings", 5, lambda: hear_waiting(line, MOST_AT_ONCE)))
    return jobs


def drain(step: Callable[[], bool]) -> int:
    """Repeat ``step`` until it has nothing left to do, at most MOST_AT_ONCE times."""
    for done in range(MOST_AT_ONCE):
        if not step():
            return done
    return MOST_AT_ONCE
