"""What complaints teach: groups beside the month before, rates with their intervals, clusters at
their bounds."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import lessons
from cases.complaint_statistics import Group, cluster, rates, summed, with_before
from store.columns import LOCAL

RULE = lessons.load().cluster
NOW = datetime(2026, 11, 18, 10, tzinfo=LOCAL)


def ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=one) for one in days]


def test_a_group_stands_beside_the_month_before_and_none_is_lost() -> None:
    now = [Group("sale", 2, 1, 1), Group(None, 2), Group("claim", 5)]
    before = [Group("sale", 7), Group("service", 1), Group(None, 1)]
    found = with_before(now, before)
    assert [(one.name, one.received, one.before) for one in found] == [
        ("claim", 5, 0), ("sale", 2, 7), (None, 2, 1), ("service", 0, 1),
    ]  # fmt: skip
    assert summed(found) == Group(None, 9, 1, 1, 0, 9)


def test_rates_put_the_surest_evil_first() -> None:
    found = rates({"小险": 1, "大险": 60, "无单": 2}, {"小险": 10, "大险": 1000})
    assert [one.product for one in found] == ["大险", "小险", "无单"]
    big, small, without = found
    assert big.share is not None
    assert big.share.rate == pytest.approx(0.06)
    assert small.share is not None
    assert small.share.low < big.share.low < small.share.rate  # type: ignore[operator]
    assert (without.share, without.above) == (None, False)


def test_above_the_average_only_when_it_cannot_be_chance() -> None:
    policies = {"甲": 1000, "乙": 9000}
    sure, *_ = rates({"甲": 40, "乙": 90}, policies)
    unsure, *_ = rates({"甲": 14, "乙": 90}, policies)
    assert (sure.product, sure.above) == ("甲", True)
    assert (unsure.product, unsure.above) == ("甲", False)


def test_more_complaints_than_policies_are_no_share() -> None:
    assert rates({"甲": 4}, {"甲": 3})[0].share is None


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ([0, 1], None),  # two are none
        ([0, 15, 30.9], 3),
        ([0, 15, 31], None),  # the month is over to the second
        ([0, 1, 2, 3], 4),
        ([40, 41, 42], 3),  # long ago, but together
        ([0, 40, 41, 42], 3),  # the newest cluster, not the newest complaint
        ([], None),
    ],
)
def test_a_cluster_at_its_bounds(days: list[float], count: int | None) -> None:
    found = cluster(ago(*days), RULE)
    assert (found.count if found else None) == count


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=12))
def test_a_cluster_is_as_large_and_as_short_as_the_rule_says(days: list[int]) -> None:
    moments = ago(*days)
    found = cluster(moments, RULE)
    within = [
        [other for other in moments if one - timedelta(days=RULE.days) < other <= one]
        for one in moments
    ]
    assert (found is not None) == any(len(one) >= RULE.complaints for one in within)
    if found is not None:
        assert found.last - found.first < timedelta(days=RULE.days)
        assert found.count == sum(found.first <= one <= found.last for one in moments)
