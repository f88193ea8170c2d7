"""What was done in a drill against what was planned."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.drills import STEPS, Deed, Planned, State, compared, summary

BEGAN = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
PLAN = [Planned("分开", "柜面经理", 5), Planned("记录", "客服", 10), Planned("签字")]


def at(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "late"),
    [(4.9, None), (5, None), (5.5, timedelta(seconds=30)), (9, timedelta(minutes=4))],
)
def test_the_minute_of_the_plan_is_still_in_time(minutes: float, late: timedelta | None) -> None:
    first = compared(PLAN, {1: at(minutes)}, BEGAN)[0]
    assert (first.after, first.late) == (timedelta(minutes=minutes), late)


def test_a_step_without_a_time_is_never_late_and_one_not_done_is_missing() -> None:
    found = compared(PLAN, {3: at(600)}, BEGAN)
    assert [one.after is None for one in found] == [True, True, False]
    assert found[2].late is None
    numbers = summary(found, timedelta(minutes=600))
    assert (numbers.steps, numbers.done, numbers.late) == (3, 1, 0)


def test_what_came_after_a_later_step_is_out_of_order() -> None:
    found = compared(PLAN, {1: at(8), 2: at(3), 3: at(9)}, BEGAN)
    assert [one.out_of_order for one in found] == [True, False, False]
    assert summary(found, None).out_of_order == 1


def test_steps_at_one_moment_are_in_order() -> None:
    assert not any(
        one.out_of_order for one in compared(PLAN, dict.fromkeys((1, 2, 3), BEGAN), BEGAN)
    )


def test_every_drill_comes_to_an_end_and_stays_there() -> None:
    assert STEPS[State.PLANNED][Deed.START] is State.RUNNING
    for state in (State.PLANNED, State.RUNNING):
        assert STEPS[state][Deed.CALL_OFF] is State.CALLED_OFF
    assert STEPS[State.ENDED] == STEPS[State.CALLED_OFF] == {}
