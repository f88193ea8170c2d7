"""In which order due policies are rung, and that an index of the database has the same order."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.facts import PolicyFacts, Use
from scheduler.hours import CallingHours, Span, slots
from scheduler.may_dial import Allowed, may_dial
from scheduler.order import Order, Rank, rank, slots_to
from scheduler.plan import plan
from scripts.outcomes import Cause
from tests.scheduler.policies import MOBILE, NOW, POLICY, RULES, at, tried


def named(number: int, facts: PolicyFacts = POLICY, **changes: object) -> PolicyFacts:
    return replace(facts, id=number, number=f"P{number}", **changes)  # type: ignore[arg-type]


#: The processing order of a rulebook has places.
PLACES = replace(RULES, case_places=4)


def order_of(*policies: PolicyFacts, now: datetime = NOW, order: Order = Order.SLOTS) -> list[int]:
    return [one.rank.id for one in plan(policies, now, PLACES, order).due]


def test_fewest_slots_first_then_what_the_rulebook_puts_first() -> None:
    soon = date(2026, 11, 15)
    used_up = {MOBILE: Use(today=1)}
    policies = [
        named(1),
        named(2, receipt_signed_on=soon),
        named(3, case_place=0),
        named(4, numbers=used_up),
        named(5, receipt_signed_on=date(2026, 11, 11)),
        named(6, tried(Cause.BUSY, ended="2026-11-19T10:00")),
    ]

    assert order_of(*policies) == [5, 2, 4, 3, 1, 6]


def test_a_promise_goes_before_everything_else_and_promises_by_their_time() -> None:
    policies = [
        named(1, receipt_signed_on=date(2026, 11, 10)),
        named(2, tried(Cause.CALLBACK, callback="2026-11-20T09:50")),
        named(3, tried(Cause.CALLBACK, callback="2026-11-20T09:40")),
    ]

    assert order_of(*policies) == [3, 2, 1]


def test_customers_at_risk_go_a_day_earlier_and_not_before_who_has_none_left() -> None:
    policies = [
        named(1, receipt_signed_on=date(2026, 11, 15)),  # a day less, which is two calls
        named(2, risks=("senior",)),
        named(3, receipt_signed_on=date(2026, 11, 14)),
        named(4),
    ]

    assert order_of(*policies) == [3, 1, 2, 4]


def test_days_without_calling_hours_are_no_time_left() -> None:
    """The holiday from 1 to 8 October has no hours: seven days left are fewer than four."""
    before = at("2026-09-29T10:00")
    plain = replace(POLICY, receipt_returned_on=None)
    holiday = named(1, plain, receipt_signed_on=date(2026, 9, 26))  # to 6 October: two days left
    later = named(2, plain, receipt_signed_on=date(2026, 9, 28))  # to the 8th: as many

    assert slots_to(date(2026, 10, 6), RULES) == slots_to(date(2026, 9, 30), RULES)
    assert order_of(later, holiday, now=before) == [1, 2]  # equal slots: by the deadline


def test_the_orders_that_ours_is_compared_with() -> None:
    policies = [
        named(1, receipt_signed_on=date(2026, 11, 16), risks=("senior",)),
        named(2, receipt_signed_on=date(2026, 11, 14), case_place=0),
        named(3, receipt_signed_on=date(2026, 11, 14), numbers={MOBILE: Use(today=1)}),
    ]

    assert order_of(*policies, order=Order.DEADLINE) == [2, 3, 1]
    assert order_of(*policies, order=Order.ARRIVAL) == [1, 2, 3]
    assert order_of(*policies) == [3, 2, 1]


RANKS = st.builds(
    Rank,
    unpromised=st.booleans(),
    first=st.integers(0, 10**9),
    place=st.integers(0, 99),
    tried=st.integers(0, 99),
    deadline=st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    id=st.integers(0, 10**11),
)


@given(RANKS, RANKS)
def test_an_index_of_digits_has_the_same_order(one: Rank, other: Rank) -> None:
    assert (one < other) == (one.key < other.key)
    assert len(one.key) == len(other.key) == 35
    assert one.key.isdecimal()


@given(st.lists(RANKS, min_size=2, max_size=6, unique_by=lambda one: one.id))
def test_no_two_policies_have_the_same_rank(ranks: list[Rank]) -> None:
    assert len({one.key for one in ranks}) == len(ranks)


OFFICE = CallingHours(holiday=(Span(time(9), time(17)),))
HOURS = st.sampled_from([RULES.hours, CallingHours(day_off=()), OFFICE])


@given(
    HOURS,
    st.dates(date(2026, 9, 20), date(2026, 10, 20)),
    st.lists(st.integers(0, 20), min_size=2, max_size=2),
)
def test_slots_from_the_fixed_day_have_the_order_of_slots_from_now(
    hours: CallingHours, today: date, days: list[int]
) -> None:
    """What makes the rank hold while time passes."""
    rules = replace(RULES, hours=hours)
    morning = datetime.combine(today, time(), tzinfo=hours.zone)
    deadlines = [morning + timedelta(days=n, hours=23) for n in days]
    left = [slots(morning, one, hours, rules.gap, rules.per_person) for one in deadlines]
    ranks = [rank(n, one, rules).first for n, one in enumerate(deadlines)]

    assert ranks[0] - ranks[1] == left[0] - left[1]


@pytest.mark.parametrize("hour", [9, 12, 18])
def test_the_rank_of_a_waiting_policy_does_not_change_with_the_hour(hour: int) -> None:
    now = NOW.replace(hour=hour)
    decision = may_dial(POLICY, now, RULES)
    morning = may_dial(POLICY, NOW, RULES)
    assert isinstance(morning, Allowed)

    assert decision.rank == morning.rank
