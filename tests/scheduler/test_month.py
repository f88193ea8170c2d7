"""A small month through the real plan and store: floors for what our order reaches, and the bound
that no order surpasses. ``make month`` is the large one, with every order side by side."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from operations.rules import scheduling_rules
from scheduler.order import Order
from scripts import rulebooks
from scripts.outcomes import Cause
from store.columns import LOCAL
from tests.month import people
from tests.month.best import Best, Need, best
from tests.month.policies import Month, month
from tests.month.run import RULEBOOK, Result, run

#: One line, and calls as long as if six times as many policies had to share it.
POLICIES, DAYS, TICK_S, LINES, SLOWER = 400, 2, 3600, 1, 6


@pytest.fixture(scope="module")
def small() -> Month:
    return replace(month(POLICIES, tick_s=TICK_S, days=DAYS), slower=SLOWER)


@pytest.fixture(scope="module")
def bound(small: Month) -> Best:
    return best(small, scheduling_rules(rulebooks.load(RULEBOOK)))


@pytest.fixture(scope="module")
def ours(small: Month, tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(small, tmp_path_factory.mktemp("month"), LINES, Order.SLOTS)


def test_our_order_reaches_its_floor_and_not_more_than_the_bound(ours: Result, bound: Best) -> None:
    assert 0.58 <= ours.share <= bound.share(LINES)
    assert ours.used <= 1.05 * ours.given


def test_it_beats_first_in_first_out(ours: Result, small: Month, tmp_path: Path) -> None:
    arrival = run(small, tmp_path, LINES, Order.ARRIVAL)
    assert ours.share > arrival.share


def test_the_bound_grows_with_the_lines_up_to_those_who_can_be_reached(bound: Best) -> None:
    shares = [bound.share(lines) for lines in (1, 2, 4, 64)]
    assert shares == sorted(shares)
    assert shares[-1] == len(bound.needs) / POLICIES < 0.9
    assert bound.share(bound.lines_needed()) >= 0.998 * shares[-1]


def test_the_bound_is_what_can_be_counted_by_hand() -> None:
    """Two days of 100 s a line: three jobs of the first day, one of either, in work order."""
    first = [Need(0, 0, 60.0)] * 3
    either = Need(0, 1, 90.0)
    one = Best(4, (*first, either), (100.0, 100.0))
    assert one.reached(1) == pytest.approx(100 / 60 + 1)  # the last one waits for the second day
    assert one.reached(2) == pytest.approx(3 + 1)
    crowded = Best(4, (*first, Need(0, 0, 90.0)), (100.0, 100.0))
    assert crowded.reached(2) == pytest.approx(3 + 20 / 90)


def test_people_are_the_same_whatever_the_order() -> None:
    who = people.person(0, 7)
    noon = datetime(2026, 9, 16, 10, tzinfo=LOCAL)
    assert people.answer(0, who, 0, noon) == people.answer(0, who, 0, noon)
    assert {people.answer(seed, who, 0, noon).seconds for seed in range(9)} != {0.0}
    assert len({people.answer(seed, who, 0, noon).seconds for seed in range(9)}) > 5


def test_the_made_up_people_are_as_the_assumptions_have_them() -> None:
    kinds = Counter(people.person(0, number).kind.name for number in range(4000))
    for name, told in people.assumptions()["types"].items():
        assert kinds[name] / 4000 == pytest.approx(told["share"], abs=0.03)


def test_somebody_who_named_a_time_mostly_answers_then() -> None:
    at = datetime(2026, 9, 16, 10, tzinfo=LOCAL)
    never = next(one for one in map(_of, range(500)) if one.kind.name == "never")
    assert people.chance(never, at, None) == 0
    assert people.chance(never, at, at) == people.assumptions()["promise-kept"]
    assert people.chance(never, at + timedelta(hours=3), at) == 0


def _of(number: int) -> people.Person:
    return people.person(0, number)


def test_every_policy_comes_with_a_list_and_most_before_the_holiday() -> None:
    made = month(500)
    assert sum(map(len, made.by_list.values())) == 500
    assert made.first > date(2026, 9, 15)
    assert all(one.receipt_on >= one.listed_on for one in made.policies)
    assert {cause.value for cause in Cause} >= set(people.assumptions()["seconds"])
