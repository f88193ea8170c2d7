"""The nightly look at complaints: a limit that comes near or has passed is written into the ledger,
once each, so that whoever handles it and their superiors see it in the morning; follow-up revisits
whose time is over go back."""

from datetime import timedelta

from operations.case_record import OVERDUE, WARNING
from operations.complaint_record import ITSELF, known, write
from operations.complaint_revisits import close_lapsed
from operations.line import Line
from store import complaints as store

#: Complaints of one transaction.
BATCH = 200


def escalate(line: Line) -> int:
    """Warn of every limit that is near, raise the alarm for every one that has passed. Returns how
    many were written down, or bookings given up; done twice it writes nothing more."""
    done, last = close_lapsed(line), 0
    while True:
        with line.database.transaction() as session:
            now = line.clock()
            before = now + timedelta(hours=line.complaints.warning_hours)
            part = store.to_alarm(session, before, BATCH, last)
            for one in part:
                row = store.locked(session, one.id)
                assert row is not None  # it is at hand
                if row.next_due_at is None:  # answered meanwhile
                    continue
                alarm = OVERDUE if row.next_due_at < now else WARNING
                if row.alarm in (alarm, OVERDUE):
                    continue
                row.alarm = alarm
                due = row.next_due_at.isoformat(timespec="minutes")
                write(session, known(session, row), alarm, ITSELF, now, "", {"due": due})
                done += 1
        if len(part) < BATCH:
            return done
        last = part[-1].id
