"""The calculator of a call: whatever is heard it ends, tells nothing to strangers, and takes
nothing but a clear yes for a yes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import reader, run
from scripts.effects import Ask, HangUp, Transfer
from scripts.facts import Facts
from scripts.heard import Heard, Request, Turn
from scripts.labels import Label
from scripts.model import Kind
from scripts.outcomes import Outcome
from scripts.position import event
from scripts.run import Run, Status
from tests.scripts.calls import FACTS, HEARD, MOSTLY_YES, SECRETS, spoken

SCRIPT = reader.load_script("standard")


def _to_the_end(facts: Facts, answers: st.DataObject) -> Run:
    """Answers drawn until the call ends."""
    now, _ = run.start(SCRIPT, facts)
    while run.ending(now) is None:
        assert len(now.turns) < SCRIPT.limits.turns
        now, _ = run.advance(now, answers.draw(MOSTLY_YES))
    return now


@settings(max_examples=150, deadline=None)
@given(FACTS, st.data())
def test_every_call_ends_with_one_last_effect(facts: Facts, answers: st.DataObject) -> None:
    ended = _to_the_end(facts, answers)
    effects = run.effects(ended)

    assert isinstance(effects[-1], HangUp | Transfer)
    assert run.asking(ended) is None
    assert run.advance(ended, Heard(Label.AFFIRM)) == (ended, effects)


@settings(max_examples=200, deadline=None)
@given(FACTS, st.lists(HEARD.filter(lambda h: event(h) != "affirm"), min_size=1, max_size=60))
def test_a_stranger_hears_nothing_of_the_policy(facts: Facts, answers: list[Heard]) -> None:
    """The holder's presence is claimed, the identity never proved."""
    now, effects = run.start(SCRIPT, facts)
    said = spoken(effects)
    for number, heard in enumerate([Heard(Label.AFFIRM), *answers]):
        if run.question(now) is not None and number:
            assert run.question(now).kind is not Kind.FACT  # type: ignore[union-attr]
        now, effects = run.advance(now, heard)
        said += spoken(effects)

    assert not [secret for secret in SECRETS if secret in said]


@settings(max_examples=150, deadline=None)
@given(FACTS, st.data())
def test_only_a_clear_yes_confirms(facts: Facts, answers: st.DataObject) -> None:
    ended = _to_the_end(facts, answers)
    last = {turn.question_id: turn.heard for turn in ended.turns}

    for verdict in run.verdicts(ended):
        if verdict.status in (Status.CONFIRMED, Status.RESOLVED):
            heard = last[verdict.question_id]
            assert (heard.label, heard.request) == (Label.AFFIRM, None)
            assert set(heard.also) <= {Label.AFFIRM}


@settings(max_examples=150, deadline=None)
@given(FACTS, st.data())
def test_a_completed_call_asked_everything(facts: Facts, answers: st.DataObject) -> None:
    ended = _to_the_end(facts, answers)

    if run.ending(ended) is Outcome.COMPLETED:
        assert run.heard_out(ended)
        assert Status.NOT_ASKED not in {verdict.status for verdict in run.verdicts(ended)}


@settings(max_examples=25, deadline=None)
@given(FACTS, st.data())
def test_the_position_follows_from_the_turns(facts: Facts, answers: st.DataObject) -> None:
    walked = _to_the_end(facts, answers)

    for length in range(len(walked.turns) + 1):
        stored = Run(SCRIPT, facts, walked.turns[:length])
        step_by_step, _ = run.start(SCRIPT, facts)
        for turn in walked.turns[:length]:
            step_by_step, _ = run.advance(step_by_step, turn.heard)
        assert stored.position == step_by_step.position
        assert run.effects(stored) == run.effects(step_by_step)


@settings(max_examples=50, deadline=None)
@given(FACTS, st.sampled_from([Label.SILENCE, Label.UNCLEAR]), st.integers(0, 20))
def test_silence_and_noise_alone_come_to_an_end(facts: Facts, label: Label, yeses: int) -> None:
    now, _ = run.start(SCRIPT, facts)
    for heard in [Heard(Label.AFFIRM)] * yeses + [Heard(label)] * 3:
        confirmed = sum(v.status is Status.CONFIRMED for v in run.verdicts(now))
        now, _ = run.advance(now, heard)
    after = sum(v.status is Status.CONFIRMED for v in run.verdicts(now))

    assert after <= confirmed
    assert run.ending(now) is not None


def test_turns_of_another_script_are_refused(facts_with: Callable[..., Facts]) -> None:
    stored = Run(SCRIPT, facts_with(), (Turn("READ", Heard(Label.AFFIRM)),))

    with pytest.raises(ValueError, match="turn 0 answers READ, but script standard"):
        run.effects(stored)


def test_the_words_of_a_finding_are_the_customers_own(facts_with: Callable[..., Facts]) -> None:
    now, _ = run.start(SCRIPT, facts_with())
    while run.question(now).id != "SIGN_APP":  # type: ignore[union-attr]
        now, _ = run.advance(now, Heard(Label.AFFIRM, "是的"))
    asked = len(now.turns)
    for words, label in (("我儿子替我签的", Label.DENY), ("记不清", Label.UNSURE)):
        now, _ = run.advance(now, Heard(label, words))
    verdict = next(v for v in run.verdicts(now) if v.code == "SIGN_APP")

    assert (verdict.status, verdict.words) == (Status.DENIED, "我儿子替我签的")
    assert verdict.decided_by == asked
    assert verdict.turns == (asked, asked + 1)
    assert verdict.doubts == (Label.DENY, Label.UNSURE)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (Heard(Label.AFFIRM), "affirm"),
        (Heard(Label.AFFIRM, request=Request.PERSON), "person"),
        (Heard(Label.AFFIRM, request=Request.REPEAT), "repeat"),
        (Heard(Label.AFFIRM, also=(Label.DENY,)), "deny"),
        (Heard(Label.AFFIRM, also=(Label.SILENCE,)), "silence"),
        (Heard(Label.DENY, request=Request.PERSON), "person"),
        (Heard(Label.COMPLAINT, request=Request.PERSON), "complaint"),
        (Heard(Label.NOT_HOLDER, request=Request.REPEAT), "not-holder"),
        (Heard(Label.NOT_HOLDER, value="deceased"), "deceased"),
        (Heard(Label.DENY, also=(Label.NOT_HOLDER,)), "not-holder"),
    ],
)
def test_a_yes_counts_only_when_nothing_else_was_said(heard: Heard, expected: str) -> None:
    assert event(heard) == expected


def test_the_elderly_are_asked_slowly(facts_with: Callable[..., Facts]) -> None:
    asks = [run.asking(Run(SCRIPT, facts_with(holder_age=age))) for age in (None, 59, 60)]

    assert [ask.slow for ask in asks if ask] == [False, False, True]
    assert [ask.wait_s for ask in asks if ask] == [5, 5, 8]


def test_what_the_law_lists_cannot_be_talked_over(facts_with: Callable[..., Facts]) -> None:
    now, _ = run.start(SCRIPT, facts_with())
    interruptible = set()
    while (ask := run.asking(now)) is not None:
        if ask.barge_in:
            interruptible.add(ask.question)
        now, _ = run.advance(now, Heard(Label.AFFIRM))

    assert interruptible == {"ID_VERIFY", "CLOSING"}


def test_a_machine_says_that_it_is_one_and_a_person_does_not(
    facts_with: Callable[..., Facts],
) -> None:
    """domain.md 2.10: whoever is called is told that a machine speaks."""
    said = {}
    for by_person in (False, True):
        now, effects = run.start(SCRIPT, facts_with(by_person=by_person))
        asked_who = Heard(Label.EXPLAIN, "你是谁")
        said[by_person] = (spoken(effects), spoken(run.advance(now, asked_who)[1]))

    assert ["智能" in words for words in said[False]] == [True, True]
    assert ["智能" in words for words in said[True]] == [False, False]
    assert all("录音" in opening for opening, _ in said.values())


def test_a_person_asks_for_no_keys(facts_with: Callable[..., Facts]) -> None:
    """Nobody presses keys for an agent who listens; what is asked for stays the same."""
    said, again = {}, {}
    for by_person in (False, True):
        now, _ = run.start(SCRIPT, facts_with(by_person=by_person))
        now, effects = run.advance(now, Heard(Label.AFFIRM))
        assert run.asking(now).question == "ID_VERIFY"  # type: ignore[union-attr]
        said[by_person] = spoken(effects)
        again[by_person] = spoken(run.advance(now, Heard(Label.UNCLEAR, request=Request.REPEAT))[1])
    assert ["按键" in words for words in said.values()] == [True, False]
    assert ["按键" in words for words in again.values()] == [True, False]
    assert all("出生年月日" in words and "最后四位" in words for words in said.values())


def test_slower_stays_slow(facts_with: Callable[..., Facts]) -> None:
    now, _ = run.start(SCRIPT, facts_with())
    for heard in (Heard(Label.UNCLEAR, request=Request.SLOWER), Heard(Label.AFFIRM)):
        now, effects = run.advance(now, heard)

    assert isinstance(effects[0], Ask)
    assert (effects[0].question, effects[0].slow) == ("ID_VERIFY", True)


def test_the_turn_number_counts_what_was_heard(facts_with: Callable[..., Facts]) -> None:
    now, effects = run.start(SCRIPT, facts_with())
    numbers = []
    for heard in (Heard(Label.UNSURE), Heard(Label.SILENCE), Heard(Label.AFFIRM)):
        assert isinstance(effects[0], Ask)
        numbers.append(effects[0].turn)
        now, effects = run.advance(now, heard)

    assert numbers == [0, 1, 2]


def test_a_callback_keeps_its_time_and_a_birthday_is_none(
    facts_with: Callable[..., Facts],
) -> None:
    when = datetime(2026, 11, 6, 15, tzinfo=UTC).isoformat()
    now, _ = run.start(SCRIPT, facts_with())
    at_once, _ = run.advance(now, Heard(Label.CALLBACK, value=when))
    asked, _ = run.advance(now, Heard(Label.CALLBACK, value="1985-03-06"))
    ended = run.ended(at_once)

    assert ended is not None
    assert (ended.id, ended.value) == ("callback", when)
    assert run.question(asked).id == "CONSENT.when"  # type: ignore[union-attr]


def test_no_birthday_leaks_into_the_end(facts_with: Callable[..., Facts]) -> None:
    now, _ = run.start(SCRIPT, facts_with())
    now, _ = run.advance(now, Heard(Label.AFFIRM))
    for _ in range(2):
        now, _ = run.advance(now, Heard(Label.DENY, value="1985-03-06"))
    ended = run.ended(now)

    assert ended is not None
    assert (ended.outcome, ended.value) == (Outcome.IDENTITY_FAILED, None)


def test_hanging_up_at_the_last_word_has_heard_all(facts_with: Callable[..., Facts]) -> None:
    now, _ = run.start(SCRIPT, facts_with())
    heard_out = []
    while run.ending(now) is None:
        heard_out.append(run.heard_out(now))
        now, _ = run.advance(now, Heard(Label.AFFIRM))

    assert heard_out == [False] * (len(heard_out) - 1) + [True]


def test_a_turn_limit_ends_what_nothing_else_ends(facts_with: Callable[..., Facts]) -> None:
    short = replace(SCRIPT, limits=replace(SCRIPT.limits, turns=10))
    now, _ = run.start(short, facts_with())
    for _ in range(10):
        now, effects = run.advance(now, Heard(Label.AFFIRM))

    assert run.ending(now) is Outcome.LANGUAGE
    assert effects[-1] == HangUp(Outcome.LANGUAGE)
