"""What follows an attempt: another call, when and on which number, or none, and who goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.attempts import Next, Stop, next_attempt, phone_after, retry_after
from scheduler.facts import Tried
from scheduler.rules import DEFAULT_RETRIES, Retry, Rules, Way
from scripts.outcomes import FINER, Cause, Outcome
from tests.scheduler.policies import MOBILE, NOW, OTHER, RULES, at

THIRD = "+8613900000003"


def after(*causes: Cause, phones: tuple[str, ...] = (MOBILE,), rules: Rules = RULES) -> Next | Stop:
    tried = [Tried(cause, NOW, MOBILE) for cause in causes]
    return next_attempt(tried, phones, rules)


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_an_answer(cause: Cause) -> None:
    following = after(cause, phones=(MOBILE, OTHER))
    rule = DEFAULT_RETRIES.get(cause)

    if rule is None:
        assert following == Stop(cause.value)
    elif rule.times == 0:
        assert following == Stop(cause.value, rule.then)
    else:
        phone = OTHER if rule.other_number else MOBILE
        assert following == Next(NOW + rule.delay, phone)


@pytest.mark.parametrize(
    ("cause", "then"),
    [
        (Cause.COMPLETED, None), (Cause.COMPLAINT, None), (Cause.TRANSFERRED, None),
        (Cause.UNAWARE, None), (Cause.IDENTITY_FAILED, None), (Cause.REFUSED, Way.LETTER),
        (Cause.LANGUAGE, Way.VISIT), (Cause.EMPTY_NUMBER, Way.BRANCH_CALL),
        (Cause.WRONG_NUMBER, Way.BRANCH_CALL),
    ],
)  # fmt: skip
def test_these_are_never_rung_again_on_that_number(cause: Cause, then: Way | None) -> None:
    assert after(cause) == Stop(cause.value, then)


@pytest.mark.parametrize("finer", list(FINER))
def test_a_finer_word_without_a_rule_follows_its_outcome(finer: Cause) -> None:
    coarse = Cause(FINER[finer].value)
    rules = replace(RULES, retries={coarse: Retry(timedelta(minutes=7), 1)})

    assert retry_after(finer, rules) == rules.retries[coarse]
    assert retry_after(finer, RULES) == DEFAULT_RETRIES[finer]


def test_every_outcome_is_a_cause() -> None:
    assert {cause.value for cause in Cause} - FINER.keys() == {one.value for one in Outcome}


def test_hung_up_in_the_middle_is_tried_once_more_only() -> None:
    assert isinstance(after(Cause.HUNG_UP), Next)
    assert after(Cause.HUNG_UP, Cause.HUNG_UP) == Stop("retries-exhausted", Way.BRANCH_CALL)
    assert isinstance(after(Cause.HUNG_UP, Cause.HUNG_UP_EARLY), Next)


def test_five_calls_in_all() -> None:
    causes = (Cause.BUSY, Cause.NO_ANSWER, Cause.VOICEMAIL, Cause.SWITCHED_OFF, Cause.BUSY)

    assert isinstance(after(*causes[:4]), Next)
    assert after(*causes) == Stop("attempts-exhausted", Way.BRANCH_CALL)


def test_what_never_rang_uses_up_no_call_of_the_policy() -> None:
    """The carrier was down; the customer's telephone was silent."""
    silent = [Cause.FAILED, Cause.CANCELED] * 2

    assert isinstance(after(*silent, Cause.FAILED), Next)
    assert isinstance(after(*silent, *[Cause.NO_ANSWER] * 4), Next)
    assert after(*[Cause.FAILED] * 4) == Stop("retries-exhausted", Way.BRANCH_CALL)


def test_the_delay_runs_from_the_end_of_the_call() -> None:
    early = Tried(Cause.NO_ANSWER, at("2026-11-20T09:00"), MOBILE)

    assert next_attempt([early], [MOBILE], RULES) == Next(at("2026-11-20T11:00"), MOBILE)


@pytest.mark.parametrize("cause", [Cause.CALLBACK, Cause.NOT_HOLDER])
def test_a_time_that_was_named_is_kept(cause: Cause) -> None:
    """By the customer, or by his son, who was told that we shall call then."""
    named = at("2026-11-21T15:00")
    one = Tried(cause, NOW, MOBILE, named)

    chosen = cause is Cause.CALLBACK
    assert next_attempt([one], [MOBILE], RULES) == Next(named, MOBILE, True, chosen)


def test_a_time_in_the_past_is_now_and_other_ends_name_none() -> None:
    past = Tried(Cause.CALLBACK, NOW, MOBILE, at("2026-11-20T09:30"))
    hung_up = Tried(Cause.HUNG_UP, NOW, MOBILE, at("2026-11-21T15:00"))

    assert next_attempt([past], [MOBILE], RULES) == Next(NOW, MOBILE, promised=True, chosen=True)
    assert next_attempt([hung_up], [MOBILE], RULES) == Next(at("2026-11-20T12:00"), MOBILE)


def test_a_wrong_number_is_followed_by_the_next_and_never_rung_again() -> None:
    phones = (MOBILE, OTHER, THIRD)
    first = Tried(Cause.EMPTY_NUMBER, NOW, MOBILE)
    second = Tried(Cause.WRONG_NUMBER, NOW, OTHER)
    third = Tried(Cause.NO_ANSWER, NOW, THIRD)

    assert phone_after([], phones, RULES) == MOBILE
    assert phone_after([first], phones, RULES) == OTHER
    assert phone_after([first, second], phones, RULES) == THIRD
    assert phone_after([first, second, third], phones, RULES) == THIRD
    assert next_attempt([first, second], phones[:2], RULES) == Stop("wrong-number", Way.BRANCH_CALL)


def test_a_suspended_number_rests_while_others_are_tried() -> None:
    suspended = Tried(Cause.SUSPENDED, NOW, MOBILE)
    busy = Tried(Cause.BUSY, NOW, OTHER)

    assert phone_after([suspended], (MOBILE, OTHER), RULES) == OTHER
    assert phone_after([suspended, busy], (MOBILE, OTHER), RULES) == OTHER
    assert phone_after([suspended], (MOBILE,), RULES) is None


def test_a_number_that_may_not_be_rung_any_more_is_left() -> None:
    """It was blocked since, or turned out not to exist when somebody else was called."""
    assert after(Cause.NO_ANSWER, phones=(OTHER,)) == Next(NOW + timedelta(hours=2), OTHER)
    assert after(Cause.NO_ANSWER, phones=()) == Stop("no-number-left", Way.BRANCH_CALL)
