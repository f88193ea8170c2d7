"""Complaints by visit that become a group incident: proposed to those who may see them, linked to
the people, and proposed no more."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cases.emergencies import Kind
from operations import complaint_intake, group_visits, incidents
from operations.complaint_intake import Channel, Intake
from operations.incidents import Situation
from operations.line import Line
from operations.rights import Who
from store.tables import Complaint, ComplaintEvent
from tests.operations.counter import BAI, FOUR, LU, report_of, seen
from tests.operations.rig import NOW, Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def line(rig: Rig) -> Line:
    return rig.line


def visit(
    line: Line, names: Sequence[str], who: Who = LU, at: datetime = NOW,
    channel: Channel = Channel.VISIT, people: int = 1,
) -> list[int]:  # fmt: skip
    """Each of them complains at the counter."""
    return [
        complaint_intake.take_in(
            line, who,
            Intake(
                key=f"form:{name}{at}{channel}{who.name}", channel=channel, received_at=at,
                matter="要求按存款利息兑付", demand="兑付", name=name, people=people,
                branch=who.branch or "",
            ),
        )
        for name in names
    ]  # fmt: skip


def groups(line: Line, branch: str | None = "青岛分公司") -> list[tuple[str, ...]]:
    with line.database.reading(branch) as session:
        return [one.people for one in group_visits.proposed(session, line)]


def test_three_visits_of_a_day_propose_a_group(line: Line) -> None:
    visit(line, FOUR[:2])
    assert groups(line) == []
    visit(line, FOUR[2:3])
    assert groups(line) == [FOUR[:3]]
    assert groups(line, None) == [FOUR[:3]]
    assert groups(line, "济南分公司") == []


def test_what_came_otherwise_or_long_ago_is_no_group(line: Line) -> None:
    visit(line, FOUR[:2])
    visit(line, FOUR[2:3], channel=Channel.HOTLINE)
    visit(line, FOUR[3:], who=BAI)
    visit(line, ["赵五", "赵六", "赵七"], at=NOW - timedelta(days=3))
    assert groups(line) == groups(line, "济南分公司") == []


def test_one_who_speaks_for_twenty_is_a_major_complaint(line: Line) -> None:
    visit(line, ["王一"], people=20)
    with line.database.reading() as session:
        (found,) = group_visits.proposed(session, line)
    assert (found.count, found.major) == (20, True)


def test_a_group_that_is_reported_is_proposed_no_more(line: Line) -> None:
    numbers = visit(line, FOUR)
    others = visit(line, ["赵五"], who=BAI)
    number = report_of(line, [*numbers, *others, 999])
    people = {one.name: one.complaint_id for one in seen(line, number).people}
    assert people == dict(zip(FOUR, numbers, strict=True))
    assert groups(line) == []


def test_twenty_who_came_together_make_each_complaint_major(rig: Rig, line: Line) -> None:
    numbers = visit(line, FOUR)
    report_of(line, numbers)
    assert [one.major for one in rig.all(Complaint)] == [False] * 4
    crowd = Situation(Kind.COMPLAINT, frozenset(), {}, 20)
    incidents.count(line, LU, 1, None, crowd)
    incidents.count(line, LU, 1, None, Situation(Kind.COMPLAINT, frozenset(), {}, 20))
    told = [one for one in rig.all(ComplaintEvent) if one.what == "group"]
    assert [(one.major, one.people) for one in rig.all(Complaint)] == [(True, 20)] * 4
    assert [one.detail for one in told] == [{"incident": 1, "people": 20}] * 4
