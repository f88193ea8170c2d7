"""Grades of incidents, boundary by boundary, against the numbers of 003 written out here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.emergencies import Fact, Kind, usual
from cases.incident_grade import Graded, Known, graded

YI = 100_000_000 * 100  # 1亿元 in fen
WAN = 10_000 * 100


def grade(kind: Kind = Kind.MASS_BUSINESS, *also: Kind, **counted: int) -> Graded:
    facts = {Fact(name): number for name, number in counted.items()}
    return graded(Known(kind, frozenset(also), facts), usual())


@pytest.mark.parametrize(
    ("people", "expected"),
    [(1, 4), (9, 4), (10, 3), (11, 3), (49, 3), (50, 2), (51, 2), (99, 2), (100, 1), (101, 1)],
)
def test_holders_who_surrender_together(people: int, expected: int) -> None:
    """以上 and 以下 include the number: 50 and 100 stand in two grades, and the graver holds."""
    found = grade(surrendering=people)
    assert (found.grade, found.by.number, found.by.fact) == (
        expected, people, Fact.SURRENDERING,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "expected"),
    [
        (1, 4),
        (2000 * WAN - 1, 4),
        (2000 * WAN, 4),
        (2000 * WAN + 1, 3),
        (5000 * WAN, 3),
        (5000 * WAN + 1, 2),
        (YI, 2),
        (YI + 1, 1),
    ],
)
def test_the_amount_of_abnormal_surrenders(fen: int, expected: int) -> None:
    """超过 does not include the number."""
    assert grade(amount=fen).grade == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [(1, 3), (9, 3), (10, 2), (11, 2), (49, 2), (50, 1), (51, 1), (100, 1)],
)
def test_people_who_sit_in_or_gather(people: int, expected: int) -> None:
    assert grade(Kind.SIT_IN, gathered=people).grade == expected


@pytest.mark.parametrize(
    ("found", "expected", "sentence"),
    [
        (grade(Kind.CUSTOMER_HURT, dead=1), 1, "导致客户或员工死亡的事件"),
        (grade(Kind.CUSTOMER_HURT, dead=1, injured=3), 1, "导致客户或员工死亡的事件"),
        (grade(Kind.DISTURBANCE, injured=1), 2, "导致客户或员工伤亡的事件"),
        (grade(Kind.STAFF_HURT, taken_ill=1), 4, "柜员及客户意外严重受伤或突发严重疾病"),
        (grade(Kind.STAFF_HURT), 4, "柜员及客户意外严重受伤或突发严重疾病"),
        (grade(Kind.DISASTER), 4, "其它视情况需要作为一般突发事件对待的事件"),
        (grade(Kind.DISASTER, counters=1), 2, "单个柜面遭受自然灾害破坏"),
        (grade(Kind.DISASTER, counters=2), 1, "多个柜面遭受自然灾害破坏"),
        (grade(Kind.ROBBERY), 2, "柜面职场内的客户或员工遭受抢劫、绑架"),
        (grade(Kind.DISTURBANCE), 3, "柜面职场内有人寻衅滋事"),
        (grade(Kind.SIT_IN), 3, "发生静坐、示威事件"),
        (grade(Kind.COMPLAINT), 4, "性质较严重的客户投诉"),
        (grade(Kind.MEDIA), 4, "媒体采访"),
        (grade(Kind.OFFICIALS), 4, "政府部门执行公务"),
        (grade(Kind.SYSTEM_DOWN), 4, "业务系统瘫痪"),
        (grade(Kind.CROWD), 4, "柜面客流不正常激增"),
        (grade(Kind.MASS_BUSINESS), 4, "其他投保人集中退保或非正常集中退保"),
        (grade(Kind.FALSE_NEWS), 4, "重大失实信息传播"),
        (grade(Kind.POWER_CUT), 4, "其它视情况需要作为一般突发事件对待的事件"),
        (grade(Kind.COMPLAINT, Kind.ROBBERY), 2, "柜面职场内的客户或员工遭受抢劫、绑架"),
    ],
)
def test_each_sentence_of_the_source_decides_where_it_fits(
    found: Graded, expected: int, sentence: str
) -> None:
    assert (found.grade, found.by.says.zh) == (expected, sentence)


def test_of_people_and_amount_the_graver_holds() -> None:
    assert grade(surrendering=12, amount=YI + 1).by.says.zh == "非正常退保金额超过1亿元"
    assert grade(surrendering=120, amount=1).by.says.zh == "100人以上投保人集中退保"
    others = [hit.rule for hit in grade(surrendering=50, amount=2000 * WAN + 1).others]
    assert others == ["people-10", "amount-20m", "people-1", "amount-0", "mass-business"]


NUMBERS = st.dictionaries(st.sampled_from(Fact), st.integers(0, 2 * YI), max_size=4)


@given(st.sampled_from(Kind), NUMBERS, st.sampled_from(Fact), st.integers(0, 2 * YI))
def test_more_of_anything_never_makes_it_less_grave(
    kind: Kind, counted: dict[Fact, int], fact: Fact, more: int
) -> None:
    before = graded(Known(kind, counted=counted), usual())
    worse = {**counted, fact: counted.get(fact, 0) + more}
    assert graded(Known(kind, counted=worse), usual()).grade <= before.grade <= 4
