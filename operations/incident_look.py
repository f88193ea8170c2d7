"""One incident as somebody looks at it: what may be done, what is still open, who is to be told and
by when, and whom to ask for help. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.emergencies import Emergencies, Kind, Route, Said
from cases.group_visits import Visitor, is_crowded, is_major, rooms_needed
from cases.incident_life import Deed, IncidentFacts, WhyNot, allowed, next_deed
from operations.incident_record import doer_of, facts_of, settled
from operations.incidents import kinds_of
from operations.line import Line
from operations.rights import Who
from store import incidents as store
from store.database import Session
from store.incidents import WholeIncident
from store.tables import HelpContact, IncidentEvent


@dataclass(frozen=True, slots=True)
class Look:
    """An incident and everything that its page needs. ``due_at`` None: no time limit is set.
    ``lost`` are kinds whose steps neither the source nor the insurer has."""

    found: WholeIncident
    facts: IncidentFacts
    offers: dict[Deed, WhyNot | None]
    next_deed: Deed | None
    route: Route
    due_at: datetime | None
    settled: dict[str, IncidentEvent]
    contacts: list[HelpContact]
    crowded: frozenset[int]
    rooms_needed: int
    is_group: bool
    is_major: bool
    lost: list[Kind]
    police: Said


def look(session: Session, line: Line, who: Who, found: WholeIncident) -> Look:
    """The incident as this person sees it."""
    incident, book = found.incident, line.emergencies
    facts, doer = facts_of(found), doer_of(who)
    route = book.route(incident.grade)
    people = [Visitor(one.id, one.problem) for one in found.people]
    return Look(
        found=found,
        facts=facts,
        offers={deed: allowed(facts, deed, doer) for deed in Deed},
        next_deed=next_deed(facts.stage),
        route=route,
        due_at=due_of(incident.reported_at, route),
        settled=settled(found.events),
        contacts=store.contacts(session, incident.branch or ""),
        crowded=_crowded(found, book),
        rooms_needed=rooms_needed(people, book.group),
        is_group=incident.visitors >= book.group.people,
        is_major=is_major(incident.visitors, book.group),
        lost=_lost(found, book),
        police=book.police,
    )


def due_of(reported_at: datetime, route: Route) -> datetime | None:
    """By when somebody above is to be told; None where no limit is set."""
    if route.within_minutes is None:
        return None
    return reported_at + timedelta(minutes=route.within_minutes)


def _crowded(found: WholeIncident, book: Emergencies) -> frozenset[int]:
    """Rooms with too many problem customers."""
    problems: dict[int, int] = {}
    for one in found.people:
        if one.room is not None and one.problem:
            problems[one.room] = problems.get(one.room, 0) + 1
    return frozenset(number for number, count in problems.items() if is_crowded(count, book.group))


def _lost(found: WholeIncident, book: Emergencies) -> list[Kind]:
    filled = {step["kind"] for step in found.incident.plan}
    return [
        kind
        for kind in kinds_of(found.incident)
        if not book.scenario(kind).do and kind.value not in filled
    ]
