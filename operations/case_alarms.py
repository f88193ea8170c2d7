"""The nightly escalation (催办): cases near or past their deadline are marked and told to those who
supervise them, once each; bookings whose time is over go back. A second time it changes nothing."""

from operations.case_record import ITSELF, OVERDUE, WARNING, known, write
from operations.line import Line
from operations.second_revisits import close_lapsed
from store import case_work
from store.console.cases import WARNING as WARNED_BEFORE

BATCH = 50


def escalate(line: Line) -> int:
    """Mark what is to be marked. Returns how many cases were, or bookings given up."""
    done, last = close_lapsed(line), 0
    while True:
        with line.database.transaction() as session:
            now = line.clock()
            part = case_work.to_alarm(session, now + WARNED_BEFORE, BATCH, last)
            for case in part:
                assert case.due_at is not None  # the query asks for it
                alarm = OVERDUE if case.due_at < now else WARNING
                locked = case_work.locked(session, case.id)
                assert locked is not None  # it is at hand
                if locked[1].alarm in (alarm, OVERDUE):
                    continue
                locked[1].alarm = alarm
                write(session, known(session, case), alarm, ITSELF, now)
                done += 1
        if len(part) < BATCH:
            return done
        last = part[-1].id
