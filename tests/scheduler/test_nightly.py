"""The nightly rules: who is followed up with care, who is visited, and that nobody is visited while
there is still time to call."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.nightly import FOCUS_CAUSES, FollowUp, NightlyRules, Unrevisited, follow_up
from scripts.outcomes import Cause

SIGNED = date(2026, 11, 1)


def mark(day: int, period: int = 15, cause: Cause | None = None) -> FollowUp | None:
    """The mark so many days after the receipt, of a policy with so many days of cooling-off."""
    ends_on = SIGNED + timedelta(days=period)
    return follow_up(Unrevisited(SIGNED, ends_on, cause), SIGNED + timedelta(days=day))


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (0, 15, None),
        (11, 15, None),
        (12, 15, FollowUp.FOCUS),  # 15 - 12 = 3
        (15, 15, FollowUp.FOCUS),  # the period's last day: calls go on
        (16, 15, FollowUp.VISIT),
        (6, 10, None),
        (7, 10, FollowUp.FOCUS),  # the last three days of a shorter period
        (14, 10, FollowUp.FOCUS),
        (15, 10, FollowUp.VISIT),
        (12, 20, FollowUp.FOCUS),
        (20, 20, FollowUp.FOCUS),
        (21, 20, FollowUp.VISIT),
    ],
)
def test_the_days(day: int, period: int, expected: FollowUp | None) -> None:
    assert mark(day, period) == expected


@pytest.mark.parametrize("cause", list(Cause))
def test_the_causes(cause: Cause) -> None:
    assert mark(1, cause=cause) == (FollowUp.FOCUS if cause in FOCUS_CAUSES else None)


def test_the_numbers_are_data() -> None:
    rules = NightlyRules(visit_day=5, focus_days=1, causes=frozenset())
    policy = Unrevisited(SIGNED, SIGNED + timedelta(days=4), Cause.REFUSED)
    days = [follow_up(policy, SIGNED + timedelta(days=day), rules) for day in range(6)]
    assert days == [None, None, None, FollowUp.FOCUS, FollowUp.FOCUS, FollowUp.VISIT]


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([None, *Cause]))
def test_nobody_is_visited_while_the_period_runs_and_no_mark_is_taken_back(
    day: int, period: int, cause: Cause | None
) -> None:
    order = [None, FollowUp.FOCUS, FollowUp.VISIT]
    found = mark(day, period, cause)
    assert found is not FollowUp.VISIT or day > period
    assert order.index(found) <= order.index(mark(day + 1, period, cause))
