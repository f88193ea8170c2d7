"""Who is there in an incident, and who sits where: a group is split into rooms (群访分流) with a
handler each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.group_visits import Visitor, split
from cases.incident_life import Deed
from operations.group_visits import call_major
from operations.incident_record import SHORT, IncidentTrouble, Open, changing, words_of
from operations.incidents import names_of
from operations.line import Line
from operations.rights import Who
from store.tables import IncidentPerson

#: Rooms of one incident.
MOST_ROOMS = 20


@dataclass(frozen=True, slots=True)
class Room:
    """A room and who looks after those in it; the handler may still be open."""

    name: str
    handler: str = ""


def name_people(
    line: Line, who: Who, incident_id: int, version: int | None, names: Sequence[str],
    problem: bool = True,
) -> None:  # fmt: skip
    """Add people by their names; whoever is there already stays as they are. Raises
    IncidentTrouble."""
    given = names_of(names)
    if not given:
        raise IncidentTrouble("the names are missing; write them down")
    detail = {"names": given, "problem": problem}
    with changing(line, who, incident_id, version, Deed.PEOPLE, "", detail) as case:
        if case is None:
            return
        there = {one.name for one in case.found.people}
        added = [
            IncidentPerson(incident_id=incident_id, name=name, problem=problem)
            for name in given
            if name not in there
        ]
        case.session.add_all(added)
        everybody = len(there) + len(added)
        case.incident.visitors = max(case.incident.visitors, everybody)
        call_major(case.session, line, who, case.found)


def propose(
    line: Line, who: Who, incident_id: int, version: int | None, rooms: Sequence[Room]
) -> None:
    """Split the group: so many rooms, everybody placed, problem customers spread. Raises
    IncidentTrouble."""
    kept = _rooms(rooms)
    detail = {"rooms": kept}
    with changing(line, who, incident_id, version, Deed.ROOMS, "", detail) as case:
        if case is None:
            return
        people = [Visitor(one.id, one.problem) for one in case.found.people]
        placed = split(people, len(kept))
        where = {one: number for number, room in enumerate(placed, start=1) for one in room}
        _place(case, kept, where)


def arrange(
    line: Line, who: Who, incident_id: int, version: int | None, rooms: Sequence[Room],
    where: Mapping[int, int | None], problems: frozenset[int],
) -> None:  # fmt: skip
    """Place everybody by hand: person -> number of the room, or None; ``problems`` are the problem
    customers. Raises IncidentTrouble."""
    kept = _rooms(rooms)
    numbers = {room["number"] for room in kept}
    if any(room is not None and room not in numbers for room in where.values()):
        raise IncidentTrouble("there is no such room; choose one of the list")
    told = {"rooms": kept, "where": {str(one): room for one, room in sorted(where.items())},
            "problems": sorted(problems)}  # fmt: skip
    with changing(line, who, incident_id, version, Deed.ROOMS, "", told) as case:
        if case is None:
            return
        _place(case, kept, where)
        for one in case.found.people:
            one.problem = one.id in problems


def _rooms(rooms: Sequence[Room]) -> list[dict[str, object]]:
    if not rooms:
        raise IncidentTrouble("no room is named; write at least one")
    if len(rooms) > MOST_ROOMS:
        raise IncidentTrouble(f"an incident has at most {MOST_ROOMS} rooms; name fewer")
    return [
        {
            "number": number,
            "name": words_of(one.name, "the name of the room", SHORT),
            "handler": one.handler.strip()[:SHORT],
        }
        for number, one in enumerate(rooms, start=1)
    ]


def _place(case: Open, rooms: list[dict[str, object]], where: Mapping[int, int | None]) -> None:
    case.incident.rooms = rooms
    for one in case.found.people:
        one.room = where.get(one.id)
