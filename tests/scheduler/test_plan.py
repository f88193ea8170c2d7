"""Who is due, who is held back and why; what follows each outcome."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.attempts import Next, Stop, next_attempt
from scheduler.hours import EARLIEST, LATEST, SHANGHAI, CallingHours, Span, is_open
from scheduler.intake.records import Status
from scheduler.plan import Attempts, Because, Decision, PolicyState, Why, decide, plan
from scheduler.rules import DEFAULT_RETRIES, Rules
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome
from scripts.rulebooks import FirstCallFrom

RULES = Rules()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NOW = at("2026-11-20T10:00")  # a Friday

STATE = PolicyState(
    number="P1",
    status=Status.ACCEPT,
    channel=Channel.AGENT,
    product_type=ProductType.TRADITIONAL,
    receipt_signed_on=date(2026, 11, 16),
    receipt_returned_on=date(2026, 11, 17),
    cooling_off_days=10,
)


def tried(*outcomes: Outcome, ended: str = "2026-11-20T09:00", **more: object) -> PolicyState:
    return replace(STATE, attempts=Attempts(outcomes, last_ended_at=at(ended), **more))  # type: ignore[arg-type]


def why(decision: Decision) -> list[Why]:
    return [reason.code for reason in decision.reasons]


def test_a_due_policy() -> None:
    decision = decide(STATE, NOW, RULES)

    assert decision.allow
    assert why(decision) == [Why.DUE]
    assert decision.deadline == at("2026-11-26T23:59:59")
    assert decision.slots_left == 14  # two a day from the 20th to the 26th


@pytest.mark.parametrize(
    ("state", "now", "reason", "opens"),
    [
        (STATE, "2026-11-20T08:00", Why.OUTSIDE_HOURS, "2026-11-20T09:00"),
        (STATE, "2026-11-20T22:00", Why.OUTSIDE_HOURS, "2026-11-21T09:30"),
        (STATE, "2026-11-17T10:00", Why.FIRST_CALL, "2026-11-18T09:00"),
        (replace(STATE, receipt_returned_on=None), "2026-11-16T10:00", Why.FIRST_CALL,
         "2026-11-17T09:00"),
        (tried(Outcome.BUSY, ended="2026-11-20T09:50"), "2026-11-20T10:00", Why.RETRY,
         "2026-11-20T10:20"),
        (tried(Outcome.CALLBACK, callback_at=at("2026-11-20T15:00")), "2026-11-20T10:00",
         Why.CALLBACK, "2026-11-20T15:00"),
        (tried(Outcome.CALLBACK, callback_at=at("2026-11-20T22:00")), "2026-11-20T10:00",
         Why.CALLBACK, "2026-11-21T09:30"),
        (tried(Outcome.BUSY, Outcome.BUSY, today=2), "2026-11-20T10:00", Why.DAILY_LIMIT,
         "2026-11-21T09:30"),
    ],
)  # fmt: skip
def test_held_for_a_while(state: PolicyState, now: str, reason: Why, opens: str) -> None:
    decision = decide(state, at(now), RULES)

    assert not decision.allow
    assert decision.in_time
    assert reason in why(decision)
    assert decision.at == at(opens)
    assert decide(replace(state, attempts=replace(state.attempts, today=0)), at(opens), RULES).allow


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (replace(STATE, status=Status.SCREEN), Why.NOT_ACCEPTED),
        (replace(STATE, status=Status.OUT_OF_SCOPE), Why.NOT_ACCEPTED),
        (replace(STATE, status=Status.WAIT, receipt_signed_on=None), Why.WAIT_RECEIPT),
        (tried(Outcome.NO_ANSWER, Outcome.COMPLETED), Why.COMPLETED),
        (tried(Outcome.EMPTY_NUMBER), Why.STOPPED),
        (tried(Outcome.REFUSED), Why.STOPPED),
        (tried(*[Outcome.NO_ANSWER] * 5), Why.EXHAUSTED),
        (replace(STATE, attempts=Attempts(open=True)), Why.IN_CALL),
        (replace(STATE, attempts=Attempts(open=True, planned=True)), Why.PLANNED),
    ],
)
def test_held_without_a_time(state: PolicyState, reason: Why) -> None:
    decision = decide(state, NOW, RULES)

    assert (decision.allow, decision.at, decision.in_time) == (False, None, True)
    assert why(decision) == [reason]


def test_an_open_attempt_is_never_doubled_whatever_came_before() -> None:
    state = tried(Outcome.BUSY, ended="2026-11-19T10:00", open=True)

    assert why(decide(state, NOW, RULES)) == [Why.IN_CALL]


@pytest.mark.parametrize(
    ("state", "now", "reason"),
    [
        (STATE, "2026-11-27T00:00", Why.OVER),
        (STATE, "2026-11-26T20:00", Why.TOO_LATE),
        (tried(Outcome.NO_ANSWER, ended="2026-11-26T19:00"), "2026-11-26T19:10", Why.TOO_LATE),
        (replace(STATE, receipt_returned_on=date(2026, 11, 26)), "2026-11-26T10:00", Why.TOO_LATE),
    ],
)
def test_cannot_make_it(state: PolicyState, now: str, reason: Why) -> None:
    decision = decide(state, at(now), RULES)

    assert (decision.allow, decision.in_time, decision.slots_left) == (False, False, 0)
    assert reason in why(decision)


def rung(**figures: object) -> PolicyState:
    """A policy never tried, whose number was rung for others."""
    return replace(STATE, attempts=Attempts(**figures))  # type: ignore[arg-type]


def test_the_day_s_calls_are_those_to_the_number() -> None:
    decision = decide(rung(phone_today=2), NOW, RULES)

    assert decision.reasons == (Because(Why.DAILY_LIMIT, "2", at("2026-11-21T00:00")),)
    assert decision.at == at("2026-11-21T09:30")
    assert decide(rung(phone_today=1), NOW, RULES).slots_left == 13  # one of today's is gone


@pytest.mark.parametrize(("ended", "allowed"), [("09:30:00", True), ("09:30:01", False)])
def test_a_number_rests_between_two_calls(ended: str, allowed: bool) -> None:
    last = at(f"2026-11-20T{ended}")
    decision = decide(rung(phone_today=1, phone_last_ended_at=last), NOW, RULES)

    assert decision.allow == allowed
    if not allowed:
        assert decision.reasons == (Because(Why.GAP, until=last + RULES.gap),)
        assert decision.at == last + RULES.gap


def test_a_policy_that_waits_longer_anyway_does_not_speak_of_the_rest() -> None:
    ended = at("2026-11-20T09:50")
    state = tried(Outcome.NO_ANSWER, ended="2026-11-20T09:50", phone_last_ended_at=ended)

    assert why(decide(state, NOW, RULES)) == [Why.RETRY]


def test_a_time_that_the_customer_named_outranks_the_rest_after_that_call_only() -> None:
    soon = at("2026-11-20T10:00")
    mine = tried(
        Outcome.CALLBACK, ended="2026-11-20T09:50", callback_at=soon,
        phone_last_ended_at=at("2026-11-20T09:50"),
    )  # fmt: skip
    others = tried(
        Outcome.CALLBACK, ended="2026-11-20T09:40", callback_at=soon,
        phone_last_ended_at=at("2026-11-20T09:50"),
    )  # fmt: skip

    assert decide(mine, NOW, RULES).allow
    assert why(decide(others, NOW, RULES)) == [Why.GAP]


DAY_AFTER_THE_DEADLINE = at("2026-11-27T15:00")


@pytest.mark.parametrize("named", ["2026-11-27T15:00", "2026-11-26T20:30", "2030-01-01T00:00"])
def test_a_callback_after_the_deadline_becomes_the_last_calling_window(named: str) -> None:
    """Named after the deadline, or at an hour from which the next opening is after it."""
    state = tried(Outcome.CALLBACK, callback_at=at(named))
    decision = decide(state, NOW, RULES)

    assert decision.in_time
    last = at("2026-11-26T13:30")
    assert decision.reasons == (Because(Why.CALLBACK_EARLIER, until=last),)
    assert decision.at == last
    due = decide(state, last, RULES)
    assert due.allow
    assert why(due) == [Why.DUE, Why.CALLBACK_EARLIER]


def test_a_callback_after_the_deadline_is_due_at_once_in_the_last_window() -> None:
    ended = "2026-11-26T14:00"
    state = tried(
        Outcome.CALLBACK, ended=ended, callback_at=DAY_AFTER_THE_DEADLINE,
        phone_last_ended_at=at(ended),
    )  # fmt: skip
    held = decide(state, at("2026-11-26T14:05"), RULES)

    assert why(held) == [Why.CALLBACK_EARLIER, Why.GAP]
    assert held.at == at("2026-11-26T14:30")
    assert decide(state, at("2026-11-26T14:30"), RULES).allow
    assert not decide(state, at("2026-11-26T20:00"), RULES).in_time


def test_a_callback_before_the_deadline_is_left_where_it_is() -> None:
    decision = decide(tried(Outcome.CALLBACK, callback_at=at("2026-11-26T19:30")), NOW, RULES)

    assert why(decision) == [Why.CALLBACK]
    assert decision.at == at("2026-11-26T19:30")


DATES = replace(
    STATE,
    issued_on=date(2026, 11, 9),
    receipt_signed_on=date(2026, 11, 12),
    receipt_returned_on=date(2026, 11, 17),
)


@pytest.mark.parametrize(
    ("state", "counts_from", "after", "first"),
    [
        (DATES, FirstCallFrom.RECEIPT, 1, "2026-11-13"),
        (DATES, FirstCallFrom.RECEIPT_RETURNED, 1, "2026-11-18"),
        (DATES, FirstCallFrom.RECEIPT_RETURNED, 0, "2026-11-17"),
        (DATES, FirstCallFrom.ISSUE, 7, "2026-11-16"),
        (DATES, FirstCallFrom.ISSUE, 1, "2026-11-12"),  # not before the receipt was signed
        (replace(DATES, receipt_returned_on=None), FirstCallFrom.RECEIPT_RETURNED, 1, "2026-11-13"),
        (replace(DATES, issued_on=None), FirstCallFrom.ISSUE, 2, "2026-11-14"),
    ],
)
def test_the_first_call_counts_from_what_the_rulebook_says(
    state: PolicyState, counts_from: FirstCallFrom, after: int, first: str
) -> None:
    rules = replace(RULES, first_call_from=counts_from, first_call_after=after)
    midnight = at(f"{first}T00:00")

    assert Why.FIRST_CALL not in why(decide(state, midnight, rules))
    early = decide(state, midnight - timedelta(seconds=1), rules)
    assert Because(Why.FIRST_CALL, until=midnight) in early.reasons


def test_fewest_slots_first_then_deadline_then_number() -> None:
    states = [
        replace(STATE, number="C"),
        replace(STATE, number="B"),
        replace(STATE, number="A", receipt_signed_on=date(2026, 11, 15)),
        replace(STATE, number="Z", receipt_signed_on=date(2026, 11, 11)),
        replace(STATE, number="H", status=Status.SCREEN),
        replace(STATE, number="L", receipt_signed_on=date(2026, 11, 1)),
    ]
    result = plan(states, NOW, RULES)

    assert [decision.number for decision in result.due] == ["Z", "A", "B", "C"]
    assert [decision.number for decision in result.held] == ["H"]
    assert [decision.number for decision in result.cannot_make_it] == ["L"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_an_answer(outcome: Outcome) -> None:
    following = next_attempt(outcome, (), NOW, RULES)

    if outcome in DEFAULT_RETRIES:
        assert following == Next(following.at, "retry")  # type: ignore[union-attr]
        assert following.at >= NOW + DEFAULT_RETRIES[outcome].delay
    else:
        assert following == Stop(outcome.value)


@pytest.mark.parametrize(
    "outcome",
    [Outcome.COMPLETED, Outcome.EMPTY_NUMBER, Outcome.SUSPENDED, Outcome.REFUSED, Outcome.COMPLAINT,
     Outcome.TRANSFERRED, Outcome.UNAWARE, Outcome.IDENTITY_FAILED],
)  # fmt: skip
def test_these_are_never_rung_again(outcome: Outcome) -> None:
    assert isinstance(next_attempt(outcome, (), NOW, RULES), Stop)


def test_hung_up_is_tried_once_more_only() -> None:
    assert isinstance(next_attempt(Outcome.HUNG_UP, (), NOW, RULES), Next)
    again = next_attempt(Outcome.HUNG_UP, (Outcome.HUNG_UP,), NOW, RULES)
    assert again == Stop("retries-exhausted")


def test_five_attempts_in_all() -> None:
    before = (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.FAILED)

    assert next_attempt(Outcome.BUSY, before, NOW, RULES) == Stop("attempts-exhausted")


def test_a_callback_without_a_time_and_one_in_the_past() -> None:
    assert next_attempt(Outcome.CALLBACK, (), NOW, RULES) == Next(at("2026-11-20T13:30"), "retry")
    past = next_attempt(Outcome.CALLBACK, (), NOW, RULES, callback_at=at("2026-11-20T09:30"))
    assert past == Next(NOW, "callback")


def test_no_calling_hours_at_all_stops() -> None:
    rules = Rules(hours=CallingHours((), ()))

    assert next_attempt(Outcome.BUSY, (), NOW, rules) == Stop("no-calling-hours")
    assert not decide(STATE, NOW, rules).in_time


MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001 - hypothesis adds the zone
DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 20))
ATTEMPTS = st.builds(
    Attempts,
    outcomes=st.lists(st.sampled_from(Outcome), max_size=6).map(tuple),
    today=st.integers(0, 3),
    last_ended_at=st.none() | MOMENTS,
    callback_at=st.none() | MOMENTS,
    open=st.booleans(),
    planned=st.booleans(),
    phone_today=st.integers(0, 3),
    phone_last_ended_at=st.none() | MOMENTS,
)
STATES = st.builds(
    PolicyState,
    number=st.text("ABC", min_size=1, max_size=3),
    status=st.sampled_from(Status),
    channel=st.sampled_from(Channel),
    product_type=st.sampled_from(ProductType),
    receipt_signed_on=st.none() | DAYS,
    receipt_returned_on=st.none() | DAYS,
    issued_on=st.none() | DAYS,
    cooling_off_days=st.none() | st.integers(1, 30),
    attempts=ATTEMPTS,
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
SPAN = st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))
HOURS = st.builds(
    CallingHours, st.lists(SPAN, max_size=2).map(tuple), st.lists(SPAN, max_size=2).map(tuple)
)
EVERY_RULE = st.builds(
    Rules,
    hours=HOURS,
    first_call_from=st.sampled_from(FirstCallFrom),
    first_call_after=st.integers(0, 2),
    gap=st.sampled_from([timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=6)]),
)


def rested(attempts: Attempts, now: datetime, rules: Rules) -> bool:
    """The number rests long enough, or the customer named a time in the last call to it."""
    last, named = attempts.phone_last_ended_at, attempts.callback_at
    if last is None or now >= last + rules.gap:
        return True
    mine = attempts.last_ended_at is not None and last <= attempts.last_ended_at
    return mine and attempts.outcomes[-1:] == (Outcome.CALLBACK,) and named is not None


@settings(max_examples=300)
@given(STATES, MOMENTS, EVERY_RULE)
def test_nobody_is_ever_rung_against_a_rule(
    state: PolicyState, now: datetime, rules: Rules
) -> None:
    decision = decide(state, now, rules)

    assert decision.reasons
    if decision.allow:
        assert EARLIEST <= now.time() < LATEST
        assert is_open(now, rules.hours)
        assert decision.deadline
        assert now <= decision.deadline
        assert state.status in (Status.ACCEPT, Status.WAIT)
        assert state.receipt_signed_on
        assert not state.attempts.open
        assert max(state.attempts.today, state.attempts.phone_today) < rules.max_per_day
        assert now.date() >= state.receipt_signed_on
        assert rested(state.attempts, now, rules)
        assert len(state.attempts.outcomes) < rules.max_attempts
        assert not {Outcome.COMPLETED} & set(state.attempts.outcomes)
        assert decision.slots_left > 0
    elif decision.at is not None:
        assert decision.at > now
        assert is_open(decision.at, rules.hours)


@settings(max_examples=60)
@given(st.lists(STATES, max_size=8), MOMENTS)
def test_a_plan_holds_everybody_once_and_does_not_depend_on_the_order(
    states: list[PolicyState], now: datetime
) -> None:
    states = [replace(state, number=f"{state.number}{i}") for i, state in enumerate(states)]
    result = plan(states, now, RULES)

    numbers = [d.number for d in (*result.due, *result.held, *result.cannot_make_it)]
    assert sorted(numbers) == sorted(state.number for state in states)
    assert plan(states[::-1], now, RULES) == result


def test_midnight_belongs_to_the_new_day() -> None:
    midnight = datetime.combine(date(2026, 11, 18), time(), tzinfo=SHANGHAI)

    assert Why.FIRST_CALL not in why(decide(STATE, midnight, RULES))
    assert Why.FIRST_CALL in why(decide(STATE, midnight - timedelta(seconds=1), RULES))
