"""Complaints by visit that look like a group (群访): proposed as an incident, never made one by
itself, for only somebody at the counter sees whether the people came together."""

from collections.abc import Sequence
from datetime import timedelta

from cases.group_visits import Proposal, Visit, is_major, proposals
from operations.complaint_record import known, write
from operations.incident_record import SHORT
from operations.line import Line
from operations.rights import Who
from store import complaints
from store import incidents as store
from store.columns import LOCAL
from store.database import Session
from store.incidents import WholeIncident
from store.tables import Complaint

#: What a complaint's ledger calls it.
GROUP = "group"
#: Days that are looked at, today included, and complaints of them.
_DAYS, _MOST = 2, 2_000


def proposed(session: Session, line: Line) -> list[Proposal]:
    """The groups that the session sees, the largest first. A complaint names its branch and no
    counter: a branch's complaints of one day stand together."""
    today = line.clock().astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    found = store.visits_since(session, today - timedelta(days=_DAYS - 1), _MOST)
    return proposals([_visit(one) for one in reversed(found)], line.emergencies.group)


def with_complaints(
    session: Session, names: Sequence[str], numbers: Sequence[int], branch: str | None
) -> dict[str, int | None]:
    """Everybody of an incident, with the complaint that is theirs. Of the complaints those count
    that came by visit to this branch and belong to no incident yet."""
    people: dict[str, int | None] = dict.fromkeys(names)
    for one in store.visits(session, numbers):
        if one.branch == branch and people.get(name := _name(one)) is None:
            people[name] = one.id
    return people


def call_major(session: Session, line: Line, who: Who, found: WholeIncident) -> None:
    """So many who complain together are a major complaint (2020年第3号 第29条): each complaint of
    the incident is told so, with how many they are; those that know it already stay as they are."""
    visitors = found.incident.visitors
    if not is_major(visitors, line.emergencies.group):
        return
    numbers = sorted(one.complaint_id for one in found.people if one.complaint_id is not None)
    for number in numbers:
        row = complaints.locked(session, number)
        if row is None or (row.major and row.people >= visitors):
            continue
        row.people, row.major = max(row.people, visitors), True
        told = {"incident": found.incident.id, "people": visitors}
        write(session, known(session, row), GROUP, who.name, line.clock(), "", told)


def _visit(one: Complaint) -> Visit:
    day = one.received_at.astimezone(LOCAL).date()
    return Visit(one.id, one.branch, "", day, _name(one), max(one.people, 1))


def _name(one: Complaint) -> str:
    """Whoever complains; somebody who gave no name is one person by the number."""
    return one.complainant_name.strip()[:SHORT] or one.number
