"""People who come together: who is a group, and who sits where."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.emergencies import usual
from cases.group_visits import (
    Visit,
    Visitor,
    is_crowded,
    is_major,
    proposals,
    rooms_needed,
    split,
)

GROUP = usual().group
DAY, NEXT = date(2026, 11, 18), date(2026, 11, 19)


def visits(*people: str, branch: str = "青岛", counter: str = "市南柜面", day: date = DAY,
           first: int = 1) -> list[Visit]:  # fmt: skip
    return [Visit(first + n, branch, counter, day, who) for n, who in enumerate(people)]


def test_three_people_at_one_counter_in_a_day_are_a_group() -> None:
    (found,) = proposals(visits("王一", "王二", "王三"), GROUP)
    assert (found.people, found.complaints, found.major) == (
        ("王一", "王二", "王三"),
        (1, 2, 3),
        False,
    )
    assert proposals(visits("王一", "王二"), GROUP) == []


def test_one_person_with_three_complaints_is_one_person() -> None:
    assert proposals(visits("王一", "王 一", "王一", "王二"), GROUP) == []


def test_whoever_brings_others_along_counts_for_all_of_them() -> None:
    (found,) = proposals([Visit(1, "青岛", "", DAY, "王一", people=20)], GROUP)
    assert (found.people, found.count, found.major) == (("王一",), 20, True)
    twice = [Visit(n, "青岛", "", DAY, "王一", people=2) for n in (1, 2)]
    assert proposals(twice, GROUP) == []


@pytest.mark.parametrize(
    "elsewhere", [{"branch": "北京"}, {"counter": "市北柜面"}, {"day": NEXT}], ids=str
)
def test_another_branch_counter_or_day_is_another_group(elsewhere: dict[str, str]) -> None:
    apart = visits("王三", first=3, **elsewhere)  # type: ignore[arg-type]
    assert proposals([*visits("王一", "王二"), *apart], GROUP) == []


@pytest.mark.parametrize(("people", "major"), [(19, False), (20, True), (21, True)])
def test_twenty_who_complain_together_are_a_major_complaint(people: int, major: bool) -> None:
    (found,) = proposals(visits(*(f"客户{n}" for n in range(people))), GROUP)
    assert found.major is is_major(people, GROUP) is major


def test_the_largest_group_stands_first() -> None:
    few, many = visits("一", "二", "三"), visits(*"甲乙丙丁", counter="市北柜面", first=9)
    assert [len(one.people) for one in proposals([*few, *many], GROUP)] == [4, 3]


def test_four_are_sat_alone_where_there_are_four_rooms() -> None:
    four = [Visitor(n) for n in (1, 2, 3, 4)]
    assert split(four, 4) == [[1], [2], [3], [4]]
    assert split(four, 2) == [[1, 3], [2, 4]]
    assert split(four, 9) == [[1], [2], [3], [4]]
    assert split([], 3) == split(four, 0) == []
    assert rooms_needed(four, GROUP) == 2


@pytest.mark.parametrize(("problems", "crowded"), [(2, False), (3, True), (4, True)])
def test_three_problem_customers_crowd_a_room(problems: int, crowded: bool) -> None:
    assert is_crowded(problems, GROUP) is crowded


PEOPLE = st.lists(st.booleans(), max_size=40).map(
    lambda problems: [Visitor(n, problem) for n, problem in enumerate(problems)]
)


@given(PEOPLE, st.integers(0, 12))
def test_everybody_sits_in_one_room(people: list[Visitor], rooms: int) -> None:
    placed = split(people, rooms)
    assert sorted(one for room in placed for one in room) == (
        [one.id for one in people] if rooms else []
    )
    sizes = [len(room) for room in placed]
    assert not sizes or max(sizes) - min(sizes) <= 1


@given(PEOPLE)
def test_the_rooms_needed_are_enough(people: list[Visitor]) -> None:
    problem = {one.id for one in people if one.problem}
    for room in split(people, rooms_needed(people, GROUP)):
        assert not is_crowded(len(problem & set(room)), GROUP)
