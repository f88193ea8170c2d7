"""The nightly look at emergencies: where nobody above was told within the route's minutes it is
written into the record, once. How many are late at any moment is counted for the first page."""

from datetime import datetime

from cases.incident_life import Stage
from operations.case_record import ITSELF, OVERDUE
from operations.incident_look import due_of
from operations.incident_record import write
from operations.line import Line
from store import incidents as store
from store.database import Session
from store.tables import Incident


def escalate(line: Line) -> int:
    """Write down every report that is late, once. Returns how many were. Where no limit is set, as
    in the shipped file, nothing is late."""
    done = 0
    with line.database.reading() as session:
        numbers = [one.id for one in store.untold(session)]
    for number in numbers:
        with line.database.transaction() as session:
            found, now = store.locked(session, number), line.clock()
            assert found is not None  # it is at hand, and incidents are never deleted
            due = _late_since(line, found.incident, now)
            if due is not None and OVERDUE not in {one.what for one in found.events}:
                detail = {"due": due.isoformat(timespec="minutes")}
                write(session, found, OVERDUE, ITSELF, now, "", detail)
                done += 1
    return done


def late(session: Session, line: Line, now: datetime) -> int:
    """How many reports are late now, of those that the session sees."""
    return sum(_late_since(line, one, now) is not None for one in store.untold(session))


def _late_since(line: Line, incident: Incident, now: datetime) -> datetime | None:
    """When somebody above ought to have been told, where that has passed and nobody was."""
    if incident.told_at is not None or incident.stage == Stage.CLOSED:
        return None
    due = due_of(incident.reported_at, line.emergencies.route(incident.grade))
    return due if due is not None and now > due else None
