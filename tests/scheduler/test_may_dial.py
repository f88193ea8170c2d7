"""Who may be rung, who is held back, and every reason."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from scheduler.facts import PolicyFacts, Tried, Use
from scheduler.hours import SHANGHAI, CallingHours
from scheduler.intake.records import Status
from scheduler.may_dial import Allowed, Held, may_dial
from scheduler.reasons import Because, Why
from scheduler.rules import Rules
from scripts.outcomes import Cause
from scripts.rulebooks import FirstCallFrom
from tests.scheduler.policies import MOBILE, NOW, OTHER, POLICY, RULES, at, tried, used, why


def allowed(facts: PolicyFacts, now: datetime = NOW, rules: Rules = RULES) -> Allowed:
    decision = may_dial(facts, now, rules)
    assert isinstance(decision, Allowed), decision
    return decision


def held(facts: PolicyFacts, now: datetime = NOW, rules: Rules = RULES) -> Held:
    decision = may_dial(facts, now, rules)
    assert isinstance(decision, Held), decision
    return decision


def test_a_due_policy() -> None:
    decision = allowed(POLICY)

    assert why(decision) == [Why.DUE]
    assert decision.phone == MOBILE
    assert decision.deadline == at("2026-11-26T23:59:59")
    assert decision.slots_left == 14  # two a day from the 20th to the 26th


@pytest.mark.parametrize(
    ("facts", "now", "reason", "opens"),
    [
        (POLICY, "2026-11-20T08:00", Why.OUTSIDE_HOURS, "2026-11-20T09:00"),
        (POLICY, "2026-11-20T12:30", Why.OUTSIDE_HOURS, "2026-11-20T13:30"),
        (POLICY, "2026-11-20T22:00", Why.OUTSIDE_HOURS, "2026-11-21T09:30"),
        (POLICY, "2026-11-17T10:00", Why.FIRST_CALL, "2026-11-18T09:00"),
        (replace(POLICY, receipt_returned_on=None), "2026-11-16T10:00", Why.FIRST_CALL,
         "2026-11-17T09:00"),
        (tried(Cause.BUSY, ended="2026-11-20T09:50"), "2026-11-20T10:00", Why.RETRY,
         "2026-11-20T10:20"),
        (tried(Cause.CALLBACK, callback="2026-11-20T15:00"), "2026-11-20T10:00", Why.CALLBACK,
         "2026-11-20T15:00"),
        (tried(Cause.CALLBACK, callback="2026-11-20T22:00"), "2026-11-20T10:00", Why.CALLBACK,
         "2026-11-21T09:30"),
        (used(today=2), "2026-11-20T10:00", Why.DAILY_LIMIT, "2026-11-21T09:30"),
        (used(Use(today=1), today=5), "2026-11-20T10:00", Why.NUMBER_LIMIT, "2026-11-21T09:30"),
        (used(blocked=True, blocked_until=at("2026-11-20T16:00")), "2026-11-20T10:00",
         Why.DO_NOT_CALL, "2026-11-20T16:00"),
    ],
)  # fmt: skip
def test_held_for_a_while(facts: PolicyFacts, now: str, reason: Why, opens: str) -> None:
    decision = held(facts, at(now))

    assert decision.in_time
    assert decision.rank
    assert reason in why(decision)
    assert decision.at == at(opens)
    later = replace(facts, numbers={}, person=None)  # what counts for a day, or ended
    assert allowed(later, at(opens)).phone == MOBILE


NEVER = Use(blocked=True)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (replace(POLICY, status=Status.SCREEN), [Why.NOT_ACCEPTED]),
        (replace(POLICY, status=Status.OUT_OF_SCOPE), [Why.NOT_ACCEPTED]),
        (replace(POLICY, status=Status.WAIT, receipt_signed_on=None), [Why.WAIT_RECEIPT]),
        (tried(Cause.NO_ANSWER, Cause.COMPLETED), [Why.COMPLETED]),
        (tried(Cause.EMPTY_NUMBER), [Why.STOPPED]),
        (tried(Cause.REFUSED), [Why.STOPPED]),
        (replace(POLICY, in_call=True), [Why.IN_CALL]),
        (replace(POLICY, special=True), [Why.SPECIAL]),
        (replace(POLICY, handed_over=True), [Why.HANDED_OVER]),
        (used(in_call=True), [Why.PERSON_IN_CALL]),
        (used(Use(in_call=True)), [Why.PERSON_IN_CALL]),
        (replace(POLICY, special=True, receipt_signed_on=None, status=Status.SCREEN),
         [Why.NOT_ACCEPTED, Why.SPECIAL, Why.WAIT_RECEIPT]),
    ],
)  # fmt: skip
def test_held_without_a_time(facts: PolicyFacts, reasons: list[Why]) -> None:
    decision = held(facts)

    assert (decision.at, decision.in_time) == (None, True)
    assert why(decision) == reasons


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (tried(*[Cause.NO_ANSWER] * 5), Why.EXHAUSTED),
        (replace(POLICY, phones=()), Why.NO_NUMBER),
        (used(dead=True), Why.NO_NUMBER),
        (used(blocked=True), Why.DO_NOT_CALL),
        (used(NEVER), Why.DO_NOT_CALL),
    ],
)
def test_who_is_to_be_revisited_but_not_by_telephone(facts: PolicyFacts, reason: Why) -> None:
    """The deadline goes on: somebody closes it with a case, and a branch goes on."""
    decision = held(facts)

    assert (decision.at, decision.in_time) == (None, False)
    assert decision.deadline == at("2026-11-26T23:59:59")
    assert why(decision) == [reason]


def test_a_number_blocked_for_a_while_is_no_reason_to_wait_where_there_is_another() -> None:
    blocked = Use(blocked=True, blocked_until=at("2026-11-28T00:00"))
    facts = replace(POLICY, phones=(MOBILE, OTHER), numbers={MOBILE: blocked})

    assert allowed(facts).phone == OTHER


def test_an_open_attempt_is_never_doubled_whatever_came_before() -> None:
    assert why(held(tried(Cause.BUSY, ended="2026-11-19T10:00", in_call=True))) == [Why.IN_CALL]


@pytest.mark.parametrize(
    ("facts", "now", "reason"),
    [
        (POLICY, "2026-11-27T00:00", Why.OVER),
        (POLICY, "2026-11-26T20:00", Why.TOO_LATE),
        (tried(Cause.NO_ANSWER, ended="2026-11-26T19:00"), "2026-11-26T19:10", Why.TOO_LATE),
        (replace(POLICY, receipt_returned_on=date(2026, 11, 26)), "2026-11-26T10:00",
         Why.TOO_LATE),
    ],
)  # fmt: skip
def test_cannot_make_it(facts: PolicyFacts, now: str, reason: Why) -> None:
    decision = held(facts, at(now))

    assert (decision.in_time, decision.slots_left) == (False, 0)
    assert reason in why(decision)


def test_every_reason_is_told_at_once() -> None:
    """A supervisor who mends one must not find the next behind it."""
    end = at("2026-11-20T08:50")
    facts = used(Use(today=2, last_ended_at=end), today=5, last_ended_at=end)

    assert why(held(facts, at("2026-11-20T08:55"))) == [
        Why.GAP, Why.DAILY_LIMIT, Why.NUMBER_LIMIT, Why.OUTSIDE_HOURS,
    ]  # fmt: skip


def test_two_calls_a_day_are_a_person_s_and_five_a_number_s() -> None:
    family = used(Use(today=1), today=4)  # husband and wife have one telephone

    assert allowed(family).slots_left == 13  # one of today's is gone
    assert why(held(used(Use(today=2), today=2))) == [Why.DAILY_LIMIT]
    assert held(used(today=2)).reasons == (
        Because(Why.DAILY_LIMIT, "2", at("2026-11-21T00:00")),
    )  # nobody knows who it is: the number stands for the person


@pytest.mark.parametrize(("ended", "may"), [("09:30:00", True), ("09:30:01", False)])
@pytest.mark.parametrize("whose", ["number", "person"])
def test_a_number_and_a_person_rest_between_two_calls(ended: str, may: bool, whose: str) -> None:
    last = at(f"2026-11-20T{ended}")
    use = Use(today=1, last_ended_at=last)
    facts = used(use) if whose == "person" else used(today=1, last_ended_at=last)
    decision = may_dial(facts, NOW, RULES)

    assert isinstance(decision, Allowed) is may
    if not may:
        assert decision.reasons == (Because(Why.GAP, until=last + RULES.gap),)
        assert decision.at == last + RULES.gap


def test_a_policy_that_waits_longer_anyway_does_not_speak_of_the_rest() -> None:
    ended = at("2026-11-20T09:50")
    facts = tried(Cause.NO_ANSWER, ended="2026-11-20T09:50", numbers={MOBILE: Use(1, ended)})

    assert why(held(facts)) == [Why.RETRY]


def test_a_time_that_the_customer_named_outranks_the_rest_after_that_call_only() -> None:
    last = {MOBILE: Use(today=1, last_ended_at=at("2026-11-20T09:50"))}
    mine = tried(
        Cause.CALLBACK, ended="2026-11-20T09:50", callback="2026-11-20T10:00", numbers=last
    )
    others = tried(
        Cause.CALLBACK, ended="2026-11-20T09:40", callback="2026-11-20T10:00", numbers=last
    )

    assert why(allowed(mine)) == [Why.DUE, Why.PROMISED]
    assert why(held(others)) == [Why.GAP]


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ("2026-11-21T20:00", False),  # the time named has not come
        ("2026-11-21T20:15", True),  # a Saturday, on which nobody rings after six
        ("2026-11-21T20:59", True),
        ("2026-11-21T21:00", False),  # the night, whatever was agreed
        ("2026-11-22T08:59", False),
        ("2026-11-22T09:10", False),  # the day after: the usual hours again
        ("2026-11-22T09:30", True),
    ],
)
def test_an_appointment_widens_the_hours_but_not_the_night(now: str, may: bool) -> None:
    facts = tried(Cause.CALLBACK, callback="2026-11-21T20:15")

    assert isinstance(may_dial(facts, at(now), RULES), Allowed) is may


def test_only_the_customer_widens_the_hours_and_only_for_an_hour() -> None:
    """Not his son; and nobody whose appointment inside the hours was missed is rung at lunch."""
    evening, lunch = at("2026-11-21T18:30"), at("2026-11-20T12:30")

    assert allowed(tried(Cause.CALLBACK, callback="2026-11-21T18:10"), evening)
    assert held(tried(Cause.NOT_HOLDER, callback="2026-11-21T18:10"), evening).at
    assert held(tried(Cause.CALLBACK, callback="2026-11-21T18:10"), at("2026-11-21T19:10")).at
    assert held(tried(Cause.CALLBACK, callback="2026-11-20T11:30"), lunch).at


DAY_AFTER_THE_DEADLINE = "2026-11-27T15:00"


@pytest.mark.parametrize("named", [DAY_AFTER_THE_DEADLINE, "2026-11-26T22:30", "2030-01-01T00:00"])
def test_a_callback_after_the_deadline_becomes_the_last_calling_window(named: str) -> None:
    """Named after the deadline, or at an hour from which the next opening is after it."""
    facts = tried(Cause.CALLBACK, callback=named)
    decision = held(facts)
    last = at("2026-11-26T13:30")

    assert decision.in_time
    assert decision.reasons == (Because(Why.CALLBACK_EARLIER, until=last),)
    assert decision.at == last
    assert why(allowed(facts, last)) == [Why.DUE, Why.CALLBACK_EARLIER]


def test_a_callback_after_the_deadline_is_due_at_once_in_the_last_window() -> None:
    last = {MOBILE: Use(today=1, last_ended_at=at("2026-11-26T14:00"))}
    facts = tried(
        Cause.CALLBACK, ended="2026-11-26T14:00", callback=DAY_AFTER_THE_DEADLINE, numbers=last
    )
    decision = held(facts, at("2026-11-26T14:05"))

    assert why(decision) == [Why.CALLBACK_EARLIER, Why.GAP]
    assert decision.at == at("2026-11-26T14:30")
    assert allowed(facts, at("2026-11-26T14:30"))
    assert not held(facts, at("2026-11-26T20:00")).in_time


def test_another_number_after_a_wrong_one_and_its_own_limits() -> None:
    facts = tried(Cause.WRONG_NUMBER, ended="2026-11-20T09:00", phones=(MOBILE, OTHER))

    assert (allowed(facts).phone, why(allowed(facts))) == (OTHER, [Why.DUE, Why.OTHER_NUMBER])
    busy = replace(facts, numbers={OTHER: Use(in_call=True)})
    assert why(held(busy)) == [Why.PERSON_IN_CALL]
    dead = replace(facts, numbers={OTHER: Use(dead=True)})
    assert why(held(dead)) == [Why.STOPPED]


def test_a_number_that_does_not_exist_is_not_rung_for_another_policy_either() -> None:
    facts = replace(POLICY, phones=(MOBILE, OTHER), numbers={MOBILE: Use(dead=True)})

    assert allowed(facts).phone == OTHER


DATES = replace(
    POLICY,
    issued_on=date(2026, 11, 9),
    receipt_signed_on=date(2026, 11, 12),
    receipt_returned_on=date(2026, 11, 17),
)


@pytest.mark.parametrize(
    ("facts", "counts_from", "after", "first"),
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
    facts: PolicyFacts, counts_from: FirstCallFrom, after: int, first: str
) -> None:
    rules = replace(RULES, first_call_from=counts_from, first_call_after=after)
    midnight = at(f"{first}T00:00")

    assert Why.FIRST_CALL not in why(may_dial(facts, midnight, rules))
    early = held(facts, midnight - timedelta(seconds=1), rules)
    assert Because(Why.FIRST_CALL, until=midnight) in early.reasons


def test_the_company_s_limits_come_first_and_are_told_when_they_have_passed() -> None:
    """002-k: within ten days of the receipt's return; here within five. 002-i: by day seven."""
    rules = replace(RULES, whole_within=5, first_call_by=2)

    assert allowed(POLICY, rules=rules).deadline == at("2026-11-22T23:59:59")
    late = allowed(POLICY, at("2026-11-23T10:00"), rules)
    assert late.deadline == at("2026-11-26T23:59:59")
    assert why(late) == [Why.DUE, Why.FIRST_CALL_LATE, Why.PAST_COMPANY_LIMIT]


def test_after_the_period_only_where_the_rulebook_says_so_and_with_the_reason() -> None:
    rules = replace(RULES, after_period=3)

    assert why(allowed(POLICY, at("2026-11-27T10:00"), rules)) == [Why.DUE, Why.AFTER_PERIOD]
    assert why(held(POLICY, at("2026-11-30T00:00"), rules)) == [Why.OVER]


def test_what_else_speaks_for_a_call_is_told() -> None:
    facts = replace(POLICY, risks=("senior",), case_place=0)

    assert allowed(facts).reasons[1:] == (Because(Why.CASE, "1"), Because(Why.AT_RISK, "senior"))


def test_no_calling_hours_at_all() -> None:
    assert not held(POLICY, rules=Rules(hours=CallingHours((), ()))).in_time


def test_midnight_belongs_to_the_new_day() -> None:
    midnight = datetime.combine(date(2026, 11, 18), time(), tzinfo=SHANGHAI)

    assert Why.FIRST_CALL not in why(may_dial(POLICY, midnight, RULES))
    assert Why.FIRST_CALL in why(may_dial(POLICY, midnight - timedelta(seconds=1), RULES))


def test_an_attempt_that_never_rang_rang_nobody() -> None:
    assert not Tried(Cause.FAILED, NOW, MOBILE).rang
    assert not Tried(Cause.CANCELED, NOW, MOBILE).rang
    assert not Tried(Cause.EMPTY_NUMBER, NOW, MOBILE).rang
    assert Tried(Cause.BUSY, NOW, MOBILE).rang
