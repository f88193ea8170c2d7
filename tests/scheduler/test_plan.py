"""Random policies, calendars and histories: nobody is ever rung against a rule, and the plan is a
total order that does not depend on the order of its input."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.deadlines import deadlines, first_call_at
from scheduler.facts import PolicyFacts, Tried, Use
from scheduler.hours import EARLIEST, LATEST, SHANGHAI, CallingHours, Span, is_open
from scheduler.intake.records import Status
from scheduler.may_dial import APPOINTMENT, Allowed, Held, may_dial
from scheduler.plan import plan
from scheduler.reasons import Why
from scheduler.rules import DEAD, DEFAULT_RETRIES, Rules
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause
from scripts.rulebooks import FirstCallFrom
from tests.scheduler.policies import MOBILE, OTHER, RULES

MOMENTS = st.datetimes(datetime(2026, 9, 20), datetime(2026, 10, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001 - hypothesis adds the zone
DAYS = st.dates(date(2026, 9, 10), date(2026, 10, 25))
PHONES = st.lists(st.sampled_from([MOBILE, OTHER, "+8613900000003"]), unique=True, max_size=3)
TRIED = st.builds(
    Tried,
    cause=st.sampled_from(Cause),
    ended_at=MOMENTS,
    phone=st.sampled_from([MOBILE, OTHER]),
    callback_at=st.none() | MOMENTS,
)
USES = st.builds(
    Use,
    today=st.integers(0, 6),
    last_ended_at=st.none() | MOMENTS,
    in_call=st.booleans(),
    dead=st.booleans(),
    blocked=st.booleans(),
    blocked_until=st.none() | MOMENTS,
)
POLICIES = st.builds(
    PolicyFacts,
    id=st.integers(1, 10**6),
    number=st.text("ABC", min_size=1, max_size=3),
    status=st.sampled_from(Status) | st.just(Status.ACCEPT),
    channel=st.sampled_from(Channel),
    product_type=st.sampled_from(ProductType),
    receipt_signed_on=st.none() | DAYS,
    receipt_returned_on=st.none() | DAYS,
    issued_on=st.none() | DAYS,
    cooling_off_days=st.none() | st.integers(1, 30),
    phones=PHONES.map(tuple),
    tried=st.lists(TRIED, max_size=6).map(lambda rows: tuple(sorted(rows, key=_ended))),
    in_call=st.booleans() | st.just(False),
    numbers=st.dictionaries(st.sampled_from([MOBILE, OTHER]), USES | st.just(Use())),
    person=st.none() | USES | st.just(Use()),
    risks=st.sampled_from([(), ("senior",)]),
    case_place=st.none() | st.integers(0, 3),
    special=st.booleans() | st.just(False),
    handed_over=st.booleans() | st.just(False),
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
SPAN = st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))
SPANS = st.lists(SPAN, max_size=2).map(tuple)
WEEKDAYS = st.lists(st.tuples(st.integers(0, 6), SPANS), max_size=2).map(tuple)
HOURS = st.builds(CallingHours, SPANS, SPANS, SPANS, WEEKDAYS)
EVERY_RULE = st.builds(
    Rules,
    hours=HOURS,
    per_person=st.integers(1, 3),
    per_number=st.integers(1, 5),
    per_revisit=st.integers(1, 8),
    first_call_from=st.sampled_from(FirstCallFrom),
    first_call_after=st.integers(0, 7),
    first_call_by=st.none() | st.integers(0, 7),
    whole_within=st.none() | st.integers(0, 12),
    after_period=st.integers(0, 3),
    gap=st.sampled_from([timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=6)]),
)


def _ended(one: Tried) -> datetime:
    return one.ended_at


def promised(facts: PolicyFacts) -> datetime | None:
    """The time that was named in the last call."""
    last = facts.tried[-1] if facts.tried else None
    named = last and last.cause in (Cause.CALLBACK, Cause.NOT_HOLDER) and last.callback_at
    return max(named, last.ended_at) if named and last else None


def rested(facts: PolicyFacts, use: Use, now: datetime, rules: Rules) -> bool:
    """It rests long enough, or the customer named a time in the last call to it."""
    last = use.last_ended_at
    if last is None or now >= last + rules.gap:
        return True
    return promised(facts) is not None and last <= facts.tried[-1].ended_at


def hours_allow(facts: PolicyFacts, now: datetime, rules: Rules) -> bool:
    """Inside the hours; or within an hour of a time outside them that the customer chose."""
    chosen = promised(facts)
    if chosen is None or facts.tried[-1].cause is not Cause.CALLBACK:
        return is_open(now, rules.hours)
    appointed = chosen <= now < chosen + APPOINTMENT and not is_open(chosen, rules.hours)
    return is_open(now, rules.hours) or appointed


@settings(max_examples=600)
@given(POLICIES, MOMENTS, EVERY_RULE)
def test_nobody_is_ever_rung_against_a_rule(
    facts: PolicyFacts, now: datetime, rules: Rules
) -> None:
    decision = may_dial(facts, now, rules)

    assert decision.reasons
    if isinstance(decision, Held):
        assert decision.at is None or decision.at > now
        return
    assert EARLIEST <= now.time() < LATEST
    assert hours_allow(facts, now, rules)
    assert facts.status in (Status.ACCEPT, Status.WAIT)
    assert not facts.special
    assert not facts.handed_over
    assert not facts.in_call
    assert_in_time(facts, now, rules, decision)
    assert_number(facts, now, rules, decision)
    rang = [one for one in facts.tried if one.rang]
    assert len(rang) < rules.per_revisit or not facts.tried[-1].rang
    assert Cause.COMPLETED not in {one.cause for one in facts.tried}
    assert all(one.cause in DEFAULT_RETRIES for one in facts.tried[-1:])


def assert_in_time(facts: PolicyFacts, now: datetime, rules: Rules, decision: Allowed) -> None:
    """Not before its first day, and not after a deadline without the reason."""
    assert facts.receipt_signed_on
    assert now >= first_call_at(facts, rules)
    limits = deadlines(facts, rules)
    codes = {reason.code for reason in decision.reasons}
    assert now <= limits.last_call
    assert (now > limits.period_ends) == (Why.AFTER_PERIOD in codes)
    if limits.company and limits.company < now <= limits.period_ends:
        assert Why.PAST_COMPANY_LIMIT in codes
    assert now <= decision.deadline
    assert decision.slots_left > 0


def assert_number(facts: PolicyFacts, now: datetime, rules: Rules, decision: Allowed) -> None:
    """A number of the policy that exists, is free, rests, and is under its limits."""
    assert decision.phone in facts.phones
    number = facts.use_of(decision.phone)
    person = facts.person or number
    assert not number.dead
    assert all(one.phone != decision.phone for one in facts.tried if one.cause in DEAD)
    assert person.today < rules.per_person
    assert number.today < rules.per_number
    for use in (number, person):
        assert not use.in_call
        assert rested(facts, use, now, rules)
        blocked_now = use.blocked and (use.blocked_until is None or now < use.blocked_until)
        assert not blocked_now


@settings(max_examples=300)
@given(POLICIES, MOMENTS, EVERY_RULE)
def test_a_retry_falls_inside_the_hours(facts: PolicyFacts, now: datetime, rules: Rules) -> None:
    """Whoever waits until the moment that was told may be rung then, or has a new reason."""
    decision = may_dial(facts, now, rules)
    if isinstance(decision, Held) and decision.at is not None:
        assert EARLIEST <= decision.at.time() < LATEST
        assert hours_allow(facts, decision.at, rules)
        then = may_dial(facts, decision.at, rules)
        left = {Why.DAILY_LIMIT, Why.NUMBER_LIMIT}  # today's calls are still counted here
        assert isinstance(then, Allowed) or left & {one.code for one in then.reasons}


@settings(max_examples=60)
@given(st.lists(POLICIES, max_size=8), MOMENTS)
def test_a_plan_holds_everybody_once_and_does_not_depend_on_the_order(
    policies: list[PolicyFacts], now: datetime
) -> None:
    policies = [replace(one, id=i, number=f"{one.number}{i}") for i, one in enumerate(policies)]
    result = plan(policies, now, RULES)

    numbers = [one.number for one in (*result.due, *result.held, *result.cannot_make_it)]
    assert sorted(numbers) == sorted(one.number for one in policies)
    assert plan(policies[::-1], now, RULES) == result
    ranks = [one.rank for one in result.due]
    assert ranks == sorted(ranks)
    assert len({one.key for one in ranks}) == len(ranks)
