"""Sampling plans against strata that were computed by hand."""

from collections import Counter
from itertools import pairwise

import pytest

from cases.quality_plan import LEAST, SHARE, Revisit, Wanted, drawn, twice
from scripts.scorecards import Risk

WEIGHTS = {Risk.CASE: 5, Risk.SHORT: 1, Risk.SELLER: 4}


def revisits(count: int, channel: str, product: str, first: int = 1) -> list[Revisit]:
    return [Revisit(n, f"P{n:06d}", channel, product) for n in range(first, first + count)]


def some() -> list[Revisit]:
    """60 by agents with participating products, 30 by banks with universal ones, 8 and 2 others."""
    return [
        *revisits(60, "agent", "participating"),
        *revisits(30, "bank", "universal", 61),
        *revisits(5, "broker", "unit-linked", 91),
        *revisits(3, "online", "unit-linked", 96),
        *revisits(2, "telesales", "health", 99),
    ]


def test_the_regulators_numbers() -> None:
    assert (SHARE, LEAST) == (0.005, 1200)
    wanted = Wanted()
    assert wanted.count(900) == 900  # all where there are fewer
    assert wanted.count(1201) == 1200
    assert wanted.count(240_000) == 1200
    assert wanted.count(240_001) == 1201
    assert wanted.count(1_000_000) == 5000


def test_strata_are_channel_by_product_and_share_by_size() -> None:
    plan = drawn(some(), Wanted(least=20), {}, 7)
    # one each (4), the other 16 by what is left: 59/96, 29/96, 7/96 and 1/96 of 16
    assert [(row.channel, row.product, row.size, row.taken) for row in plan.rows] == [
        ("agent", "participating", 60, 11),
        ("bank", "universal", 30, 6),
        ("other", "other", 2, 1),
        ("other", "unit-linked", 8, 2),
    ]
    assert plan.population == 100
    taken = Counter(one.stratum for one in plan.chosen)
    assert taken == {(row.channel, row.product): row.taken for row in plan.rows}


def test_calls_are_taken_at_equal_intervals_in_the_order_of_policy_numbers() -> None:
    plan = drawn(reversed(revisits(100, "agent", "participating")), Wanted(least=10), {}, 3)
    (row,) = plan.rows
    assert row.step == 10
    calls = sorted(one.call for one in plan.chosen)
    assert {b - a for a, b in pairwise(calls)} == {10}
    assert calls[0] == int(row.start * 10) + 1


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    wanted = Wanted(least=20, twice=0.3)
    plan = drawn(some(), wanted, WEIGHTS, 7)
    assert drawn(list(reversed(some())), wanted, WEIGHTS, 7) == plan
    other = drawn(some(), wanted, WEIGHTS, 8)
    assert {one.call for one in other.chosen} != {one.call for one in plan.chosen}


def test_every_call_has_the_same_chance() -> None:
    taken = Counter(
        one.call
        for seed in range(400)
        for one in drawn(revisits(20, "bank", "health"), Wanted(least=5), {}, seed).chosen
    )
    assert len(taken) == 20
    assert all(60 <= count <= 140 for count in taken.values())  # 100 each, five sigma


def test_calls_of_risk_come_on_top_and_first_and_heavier_ones_more_often() -> None:
    plain = revisits(80, "agent", "health")
    short = [
        Revisit(n, f"P{n}", "agent", "health", None, frozenset({Risk.SHORT})) for n in range(81, 91)
    ]
    cases = [
        Revisit(n, f"P{n}", "agent", "health", None, frozenset({Risk.CASE})) for n in range(91, 101)
    ]
    found: Counter[str] = Counter()
    for seed in range(200):
        plan = drawn([*plain, *short, *cases], Wanted(least=10, by_risk=5), WEIGHTS, seed)
        assert len({one.call for one in plan.chosen}) == 15
        assert [one.by_chance for one in plan.chosen] == [False] * 5 + [True] * 10
        found.update(risk for one in plan.chosen if not one.by_chance for risk in one.risks)
    assert found[Risk.CASE] > 3 * found[Risk.SHORT]


def test_every_call_in_which_an_answer_waits_is_heard_first_where_that_is_wanted() -> None:
    plain = revisits(40, "agent", "health")
    waiting = [
        Revisit(n, f"P{n}", "bank", "health", None, frozenset({Risk.DISAGREEMENT}), waits=True)
        for n in range(41, 49)
    ]
    weights = {Risk.DISAGREEMENT: 4}
    plan = drawn([*plain, *waiting], Wanted(0, 4, every=True), weights, 5)
    by_chance = {one.call for one in plan.chosen if one.by_chance}
    assert len(by_chance) == 4
    assert {one.call for one in plan.chosen} == by_chance | set(range(41, 49))
    assert [one.by_chance for one in plan.chosen][-4:] == [True] * 4
    none = drawn([*plain, *waiting], Wanted(0, 4), weights, 5)
    assert {one.call for one in none.chosen} == by_chance


def test_what_is_on_a_work_list_already_is_drawn_by_chance_alone() -> None:
    listed = [
        Revisit(n, f"P{n}", "bank", "health", None, frozenset({Risk.CASE}), waits=True,
                drawn_before=True)
        for n in range(1, 9)
    ]  # fmt: skip
    plan = drawn(listed, Wanted(0, 0, by_risk=5, every=True), WEIGHTS, 5)
    assert plan.chosen == []
    assert len(drawn(listed, Wanted(0, 3), WEIGHTS, 5).chosen) == 3


def test_no_more_are_drawn_by_risk_than_have_one() -> None:
    one = Revisit(1, "P1", "agent", "health", None, frozenset({Risk.HOLDER}))
    plan = drawn([one, *revisits(9, "agent", "health", 2)], Wanted(0, 0, by_risk=9), WEIGHTS, 1)
    assert plan.chosen == []  # HOLDER has no weight here
    plan = drawn([one, *revisits(9, "agent", "health", 2)], Wanted(0, 0, by_risk=9),
                 {Risk.HOLDER: 1}, 1)  # fmt: skip
    assert [(one.call, one.risks) for one in plan.chosen] == [(1, (Risk.HOLDER,))]


def test_a_seller_with_two_cases_marks_all_their_calls() -> None:
    def sold(call: int, *risks: Risk) -> Revisit:
        return Revisit(call, f"P{call}", "agent", "health", "S1", frozenset(risks))

    once = drawn([sold(1, Risk.CASE), sold(2)], Wanted(0, 0, by_risk=9), WEIGHTS, 1)
    assert [one.call for one in once.chosen] == [1]
    often = drawn([sold(1, Risk.CASE), sold(2, Risk.CASE), sold(3)], Wanted(0, 0, 9), WEIGHTS, 1)
    assert {one.call: one.risks for one in often.chosen}[3] == (Risk.SELLER,)
    assert len(often.chosen) == 3


def test_the_second_reviewers_share_is_chosen_by_hash() -> None:
    chosen = [call for call in range(2000) if twice(11, call, 0.2)]
    assert 300 < len(chosen) < 500
    assert chosen == [call for call in range(2000) if twice(11, call, 0.2)]
    assert chosen != [call for call in range(2000) if twice(12, call, 0.2)]
    assert not any(twice(11, call, 0) for call in range(200))
    assert all(twice(11, call, 1) for call in range(200))


@pytest.mark.parametrize("count", [0, 1])
def test_a_period_with_hardly_a_call(count: int) -> None:
    plan = drawn(revisits(count, "agent", "health"), Wanted(), {}, 1)
    assert (plan.population, len(plan.chosen), len(plan.rows)) == (count, count, count)
