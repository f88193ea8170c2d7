"""What a simulation of the days to come starts from: the open policies as they stand, and how calls
ended lately. Changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from operations.line import Line
from operations.policy_facts import gather
from scheduler.outcome import Subject
from scheduler.rates import MOST_TRIES, Counted, Rates, cell_of, rates_of
from scheduler.workdays import workday
from scripts.outcomes import Cause
from store import outcomes, policies

#: Calls older than this tell little about those to come.
LOOK_BACK = timedelta(days=60)
#: Policies read in one transaction: nobody who writes waits long.
CHUNK = 1_000

#: Told how many of all are done.
Progress = Callable[[int, int], None]


def open_subjects(
    line: Line, now: datetime, progress: Progress = lambda done, whole: None
) -> list[Subject]:
    """Every policy that may still need a call, as it stands at ``now``."""
    with line.database.reading() as session:
        ids = policies.open_ids(session)
    found: list[Subject] = []
    for start in range(0, len(ids), CHUNK):
        with line.database.reading() as session:
            part = gather(session, line, ids[start : start + CHUNK], now)
            found += [Subject(one.facts, one.policy.person) for one in part]
        progress(min(start + CHUNK, len(ids)), len(ids))
    return found


def measured_rates(line: Line, now: datetime) -> Rates:
    """How calls end here: counted from the attempts of the last LOOK_BACK, on the assumption that
    the scheduler begins with."""
    with line.database.reading() as session:
        rows = list(outcomes.ended_since(session, now - LOOK_BACK, MOST_TRIES + 1))
    known = {cause.value for cause in Cause}
    return rates_of(
        Counted(
            cell_of(row.hour, workday(row.hour.date(), line.own_days).working, row.number - 1),
            Cause(row.cause),
            row.calls,
            row.seconds,
        )
        for row in rows
        if row.cause in known
    )
