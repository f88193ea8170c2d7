"""People who come together: when several complaints at one counter in a day propose a group
incident (群访), and how a group is split into rooms. Pure; the numbers are data."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.emergencies import Group


@dataclass(frozen=True, slots=True)
class Visit:
    """One complaint by visit: where, on which day (local), by whom; ``people`` came with them,
    themselves included."""

    complaint: int
    branch: str | None
    counter: str
    day: date
    person: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Complaints that look like one group of ``count`` people, some of them named. ``major``: a
    major complaint (2020年第3号 第29条)."""

    branch: str | None
    counter: str
    day: date
    people: tuple[str, ...]
    count: int
    complaints: tuple[int, ...]
    major: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody of a group. ``problem``: one of the problem customers (问题客户)."""

    id: int
    problem: bool = True


def proposals(visits: Iterable[Visit], group: Group) -> list[Proposal]:
    """Groups of people at one counter in one day, the largest first. One person who complains
    twice is one person; a counter without a name is the branch's only one."""
    together: dict[tuple[str, str, date], list[Visit]] = defaultdict(list)
    for one in visits:
        together[(one.branch or "", _same(one.counter), one.day)].append(one)
    found = [_proposal(those, group) for those in together.values()]
    large = [one for one in found if one.count >= group.people]
    return sorted(large, key=lambda one: (-one.count, one.day, one.complaints))


def is_major(people: int, group: Group) -> bool:
    """Whether so many who complain together face to face are a major complaint."""
    return people >= group.major


def split(people: Sequence[Visitor], rooms: int) -> list[list[int]]:
    """A proposal who sits where: the ids room by room. Everybody alone where there are rooms
    enough, else spread evenly, problem customers first, so that no room has many of them (000:
    尽量将每一个客户分开，或者至少分成二至三组). Never more rooms than people."""
    wanted = min(rooms, len(people))
    if wanted < 1:
        return []
    placed: list[list[int]] = [[] for _ in range(wanted)]
    ordered = sorted(people, key=lambda one: not one.problem)
    for number, one in enumerate(ordered):
        placed[number % wanted].append(one.id)
    return placed


def rooms_needed(people: Sequence[Visitor], group: Group) -> int:
    """The fewest rooms in which no room is crowded, and ``groups`` where there are as many
    people."""
    problems = sum(one.problem for one in people)
    most = group.fewer_in_a_room - 1
    return min(len(people), max(group.groups, -(-problems // most)))


def is_crowded(problems: int, group: Group) -> bool:
    """Whether a room has too many problem customers (000: 降低到3人以下)."""
    return problems >= group.fewer_in_a_room


def _proposal(those: Sequence[Visit], group: Group) -> Proposal:
    people: dict[str, Visit] = {}
    for one in those:
        name = _same(one.person)
        if name not in people or one.people > people[name].people:
            people[name] = one
    count = sum(one.people for one in people.values())
    first = those[0]
    return Proposal(
        first.branch,
        first.counter,
        first.day,
        tuple(one.person for one in people.values()),
        count,
        tuple(sorted(one.complaint for one in those)),
        is_major(count, group),
    )


def _same(name: str) -> str:
    """Names are compared without spaces and case: 张 三 is 张三."""
    return "".join(name.split()).casefold()
