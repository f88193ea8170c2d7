"""The days to come, played through: lawful calls only, the same for the same seed, and more lines
never for the worse."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.facts import PolicyFacts, Tried, Use
from scheduler.hours import CallingHours, Span, is_night, is_open
from scheduler.intake.records import Status
from scheduler.may_dial import Allowed, may_dial
from scheduler.opening import opening
from scheduler.order import Order
from scheduler.outcome import Arrival, Outcome, Subject
from scheduler.rates import CELLS, Rates, rates_of
from scheduler.rules import DEFAULT_RETRIES, NEVER_RANG, Rules
from scheduler.simulation import run, simulate
from scripts.outcomes import Cause
from tests.scheduler.policies import MOBILE, NOW, OTHER, POLICY, RULES, at

RATES = rates_of()
#: The same of calls that all ring somebody.
RINGING = replace(
    RATES,
    shares={
        cell: {cause: 0 if cause.value in NEVER_RANG else share for cause, share in those.items()}
        for cell, those in RATES.shares.items()
    },
)
LATER = NOW + timedelta(days=14)


def only(cause: Cause, seconds: float = 60) -> Rates:
    """Every call ends so, and lasts at least half of these seconds."""
    return Rates({cell: {cause: 1.0} for cell in CELLS}, {cause: seconds})


def subject(number: int, **changes: object) -> Subject:
    """A policy of a person and a number of its own."""
    own = {"id": number, "number": f"P{number}", "phones": (f"+861390000{number:04d}",)}
    return Subject(replace(POLICY, **{**own, **changes}), f"person {number}")  # type: ignore[arg-type]


def many(count: int) -> list[Subject]:
    """Policies whose periods end in the course of two weeks."""
    days = [date(2026, 11, 10) + timedelta(days=n % 12) for n in range(count)]
    return [
        subject(n, receipt_signed_on=day, receipt_returned_on=day)
        for n, day in enumerate(days, start=1)
    ]


def play(
    policies: Sequence[Subject], lines: int | None = 2, rates: Rates = RATES, **more: object
) -> Outcome:
    rules = more.pop("rules", RULES)
    return simulate(policies, NOW, LATER, rules, lines, rates, **more)  # type: ignore[arg-type]


NUMBERS = [f"+861390000000{n}" for n in range(4)]
MOMENTS = st.integers(0, 3 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
TRIED = st.builds(Tried, st.sampled_from(Cause), MOMENTS, st.sampled_from(NUMBERS))


@st.composite
def policies(draw: st.DrawFn) -> list[Subject]:
    """Policies that share numbers and persons, in every state; what is said of a number or a person
    is said alike wherever it is met."""
    uses = {
        key: Use(
            today=draw(st.integers(0, 2)),
            last_ended_at=draw(st.none() | MOMENTS),
            blocked_until=draw(st.none() | st.just(at("2026-11-23T10:00"))),
            blocked=draw(st.booleans()),
            dead=draw(st.integers(0, 9)) == 0,
        )
        for key in (*NUMBERS, "a", "b")
    }
    found = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        signed = draw(st.none() | st.dates(date(2026, 11, 8), date(2026, 11, 24)))
        phones = tuple(draw(st.lists(st.sampled_from(NUMBERS), max_size=2, unique=True)))
        person = draw(st.sampled_from([None, "a", "b"]))
        facts = PolicyFacts(
            id=number,
            number=f"P{number}",
            status=draw(st.sampled_from([Status.ACCEPT] * 4 + [Status.SCREEN, Status.WAIT])),
            channel=POLICY.channel,
            product_type=POLICY.product_type,
            receipt_signed_on=signed,
            cooling_off_days=draw(st.sampled_from([None, 10, 15])),
            phones=phones,
            tried=tuple(draw(st.lists(TRIED, max_size=3))),
            numbers={phone: uses[phone] for phone in phones},
            person=uses[person] if person else None,
            special=draw(st.integers(0, 9)) == 0,
            handed_over=draw(st.integers(0, 9)) == 0,
            in_call=bool(phones) and draw(st.integers(0, 9)) == 0,
        )
        found.append(Subject(facts, person))
    return found


SHORT = CallingHours(working_day=(Span(time(10), time(11, 30)),), day_off=())
RULEBOOKS = st.builds(
    Rules,
    hours=st.sampled_from([CallingHours(), SHORT]),
    per_person=st.integers(1, 3),
    per_number=st.integers(1, 5),
    per_revisit=st.integers(1, 6),
    first_call_by=st.none() | st.integers(1, 5),
    whole_within=st.none() | st.integers(3, 10),
    after_period=st.integers(0, 3),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    policies(),
    RULEBOOKS,
    st.sampled_from([RATES, RINGING]),
    st.sampled_from(Order),
    st.integers(1, 4),
    st.integers(0, 99),
)
def test_every_simulated_call_is_one_that_may_be_made(
    those: list[Subject], rules: Rules, rates: Rates, order: Order, lines: int, seed: int
) -> None:
    calls: list[tuple[str, str | None, datetime]] = []
    persons = {one.facts.number: one.person for one in those}

    def watch(facts: PolicyFacts, now: datetime, phone: str) -> None:
        decision = may_dial(facts, now, rules, order)
        assert isinstance(decision, Allowed), decision
        assert decision.phone == phone
        assert not is_night(now, rules.hours)
        if not any(reason.code == "promised" for reason in decision.reasons):
            assert is_open(now, rules.hours)
        calls.append((phone, persons[facts.number], now))

    done = simulate(those, NOW, LATER, rules, lines, rates, order, seed, watch=watch)

    assert done.calls == len(calls)
    if rates is RINGING:  # calls that rang nobody do not count
        by_phone = Counter((phone, now.date()) for phone, _, now in calls)
        by_person = Counter((person, now.date()) for _, person, now in calls if person)
        assert max(by_phone.values(), default=0) <= rules.per_number
        assert max(by_person.values(), default=0) <= rules.per_person
        assert max((fate.calls for fate in done.fates), default=0) <= rules.per_revisit
    for fate in done.fates:
        if fate.last_call_at and fate.period_ends:
            late = fate.last_call_at - fate.period_ends
            assert late <= timedelta(days=rules.after_period)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99), st.sampled_from(Order))
def test_the_same_seed_gives_the_same(seed: int, order: Order) -> None:
    first = play(many(30), order=order, seed=seed)

    assert play(many(30), order=order, seed=seed) == first


def test_another_seed_gives_something_else() -> None:
    assert play(many(30), seed=1).fates != play(many(30), seed=2).fates


@pytest.mark.parametrize("seed", range(4))
def test_more_lines_never_reach_fewer(seed: int) -> None:
    """With answers that do not depend on the hour; but for callbacks that are named elsewhere."""
    opened = opening(many(400), NOW, RULES)
    shares = dict.fromkeys(CELLS, RATES.shares[CELLS[0]])
    slow = Rates(shares, {cause: 40 * seconds for cause, seconds in RATES.seconds.items()})
    reached = [run(opened, LATER, lines, slow, seed).in_time for lines in (1, 3, 9, 27, None)]

    assert all(more >= fewer - 4 for fewer, more in pairwise(reached))
    assert reached[0] < reached[-1] / 2


def test_one_line_makes_one_call_at_a_time() -> None:
    moments: list[datetime] = []
    done = play(
        many(40), 1, only(Cause.COMPLETED, 1200), watch=lambda _, now, __: moments.append(now)
    )

    assert all(later - sooner >= timedelta(minutes=10) for sooner, later in pairwise(moments))
    assert done.in_time == len(moments)
    for day in done.days:
        assert day.available_s is not None
        assert day.used_s <= day.available_s + 1800  # the last call of a window may outlast it


def test_who_waits_at_the_end_of_a_day() -> None:
    """One line, calls of an hour at the least, and more policies than fit before the evening."""
    done = play([subject(n) for n in range(1, 41)], 1, only(Cause.COMPLETED, 7200))

    first = done.days[0]
    assert first.waiting == 40 - first.calls
    assert done.days[6].deadlines == 40
    assert done.days[7].waiting == 0  # their period is over
    assert sum(day.calls for day in done.days[7:]) == 0


def test_retries_follow_the_rules() -> None:
    moments: list[datetime] = []
    play([subject(1)], 1, only(Cause.NO_ANSWER), watch=lambda _, now, __: moments.append(now))

    assert len(moments) == DEFAULT_RETRIES[Cause.NO_ANSWER].times + 1
    assert all(later - sooner >= timedelta(hours=2) for sooner, later in pairwise(moments))
    assert max(Counter(moment.date() for moment in moments).values()) == RULES.per_person


def test_policies_of_one_person_wait_for_each_other() -> None:
    """Three policies, two calls a day: the third is called on the next day."""
    those = [Subject(subject(n, phones=(MOBILE,)).facts, "one") for n in (1, 2, 3)]
    done = play(those, None, only(Cause.COMPLETED))

    starts = sorted(fate.first_call_at or NOW for fate in done.fates)
    assert starts[0] == NOW
    assert starts[1] - starts[0] >= RULES.gap
    assert starts[2].date() > NOW.date()


def test_an_empty_number_is_not_rung_again() -> None:
    """Nor for another policy that has it; the other number is."""
    rung: list[str] = []
    those = [
        Subject(subject(1, phones=(MOBILE, OTHER)).facts, "one"),
        Subject(subject(2, phones=(MOBILE,)).facts, "two"),
    ]
    play(those, 1, only(Cause.EMPTY_NUMBER), watch=lambda _, __, phone: rung.append(phone))

    assert rung == [MOBILE, OTHER]


def test_a_call_that_goes_on_ends() -> None:
    """It holds a line, counts once, and what follows it is decided then."""
    using = Use(today=1, in_call=True)
    running = subject(1, in_call=True, phones=(MOBILE,), numbers={MOBILE: using}, person=using)
    done = play([running], 1, only(Cause.NO_ANSWER))

    assert done.fates[0].calls == DEFAULT_RETRIES[Cause.NO_ANSWER].times
    assert done.days[0].calls == 1  # one of the two of the day had begun before


def test_a_call_of_somebody_outside_is_over() -> None:
    """The holder of a number is in a call about a policy that is not simulated."""
    busy = subject(1, phones=(MOBILE,), numbers={MOBILE: Use(today=1, in_call=True)})
    done = play([Subject(busy.facts)], 1, only(Cause.COMPLETED))

    assert done.fates[0].in_time


def test_an_arrival_is_rung_when_it_is_there() -> None:
    tomorrow = at("2026-11-21T15:00")
    late = subject(9)
    done = play([subject(1)], 1, only(Cause.COMPLETED), arrivals=[Arrival(tomorrow, late)])

    assert [fate.first_call_at for fate in done.fates] == [NOW, tomorrow]


def test_a_run_needs_a_line() -> None:
    with pytest.raises(ValueError, match="a line at least"):
        play([subject(1)], 0)


def test_nobody_to_ring() -> None:
    done = play([])

    assert (done.fates, done.calls, done.in_time) == ((), 0, 0)
    assert len(done.days) == 15
