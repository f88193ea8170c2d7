"""The talk on the telephone: speech, keys, silence, late answers and machines, read by the real
reader and walked through the real script."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr import conversation
from ivr.conversation import Said, Step
from scripts import run
from scripts.effects import HangUp, Listen, Transfer
from scripts.facts import Frequency, Period, PeriodKind
from scripts.heard import Request, Via
from scripts.labels import Label
from scripts.model import Kind, Polarity
from scripts.outcomes import Outcome
from scripts.reader import library, load_script
from scripts.run import Run, Status
from tests.ivr.talk import ASKING_BACK, FACTS, NOW, SCRIPT, SECRETS, Caller


def test_a_call_by_words_comes_to_its_end() -> None:
    caller = Caller().until("CLOSING").says("没有了")

    assert caller.step.outcome is Outcome.COMPLETED
    assert caller.step.effects[-1] == HangUp(Outcome.COMPLETED)
    verdicts = run.verdicts(caller.step.run)
    assert {v.status for v in verdicts} == {Status.CONFIRMED}


@pytest.mark.parametrize(
    ("key", "label", "request_"),
    [
        ("1", Label.AFFIRM, None),
        ("1#", Label.AFFIRM, None),
        ("2", Label.DENY, None),
        ("3", Label.UNCLEAR, Request.REPEAT),
        ("0", Label.EXPLAIN, Request.PERSON),
        ("7", Label.UNCLEAR, None),
        ("11", Label.UNCLEAR, None),
        ("*", Label.UNCLEAR, None),
    ],
)
def test_keys(key: str, label: Label, request_: Request | None) -> None:
    caller = Caller().until("READ").presses(key)

    assert (caller.last.label, caller.last.request) == (label, request_)
    assert caller.last.via is Via.KEYS


def test_key_two_is_the_good_answer_to_any_other_questions() -> None:
    caller = Caller(script=ASKING_BACK).until("CLOSING").presses("2")

    assert caller.last.label is Label.AFFIRM
    assert caller.step.outcome is Outcome.COMPLETED
    assert not any(v.is_finding for v in run.verdicts(caller.step.run))


def test_key_one_there_is_a_question_and_kept() -> None:
    caller = Caller(script=ASKING_BACK).until("CLOSING").presses("1")

    assert caller.step.outcome is Outcome.COMPLETED
    assert [v.code for v in run.verdicts(caller.step.run) if v.is_finding] == ["CLOSING"]


@pytest.mark.parametrize(("key", "findings"), [("1", []), ("2", ["CLOSING"])])
def test_the_standard_script_closes_with_a_yes(key: str, findings: list[str]) -> None:
    caller = Caller().until("CLOSING").presses(key)

    assert caller.step.outcome is Outcome.COMPLETED
    assert [v.code for v in run.verdicts(caller.step.run) if v.is_finding] == findings


def test_wrong_keys_are_told_which_to_press() -> None:
    caller = Caller().until("READ").presses("9")

    assert "是请按1，不是请按2" in caller.words
    assert caller.question == "READ"


def test_keys_win_over_what_the_microphone_heard() -> None:
    caller = Caller().until("READ").says("是的", "2")

    assert (caller.last.label, caller.last.via) == (Label.DENY, Via.KEYS)


@pytest.mark.parametrize("digits", ["19850306", "0021", "19850306#"])
def test_the_birthday_or_the_last_four_by_keys(digits: str) -> None:
    caller = Caller().until("ID_VERIFY").presses(digits)

    assert caller.question == "CONSENT"


@pytest.mark.parametrize("digits", ["19850307", "1234", "1", "2", "00000000"])
def test_wrong_digits_prove_nothing(digits: str) -> None:
    caller = Caller().until("ID_VERIFY").presses(digits)
    assert caller.question == "ID_VERIFY"

    caller.presses(digits)
    assert caller.question == "ID_VERIFY" or caller.step.outcome is Outcome.IDENTITY_FAILED
    assert not [secret for secret in SECRETS if secret in caller.told]


def test_zero_calls_a_person_also_where_eight_keys_are_awaited() -> None:
    caller = Caller().until("ID_VERIFY").presses("0")

    assert isinstance(caller.step.effects[-1], Transfer)


def test_a_bare_yes_proves_no_identity() -> None:
    caller = Caller().until("ID_VERIFY").says("对的")

    assert caller.question == "ID_VERIFY"


def test_nothing_on_file_proves_nothing() -> None:
    empty = replace(FACTS, holder_birth=None, holder_id_tail=None)
    caller = Caller(empty).until("ID_VERIFY")
    caller.says("一九八五年三月六号").says("一九八五年三月六号")

    assert caller.step.outcome is Outcome.IDENTITY_FAILED


def test_but_decides() -> None:
    caller = Caller().until("LIABILITY").says("对，但是我没看懂")

    assert caller.last.label is Label.DENY
    assert caller.step.reading is not None
    assert caller.step.reading.words == "对，但是我没看懂"


def test_wanting_out_is_told_the_right_and_handed_over() -> None:
    caller = Caller().until("READ").says("我要退保")
    end = caller.step.effects[-1]

    assert isinstance(end, Transfer)
    assert end.otherwise is Outcome.COMPLAINT
    assert "二〇二六年十一月十八日" in end.text


def test_tomorrow_at_three() -> None:
    caller = Caller().until("CONSENT").says("现在不方便，明天下午三点打吧")
    ended = run.ended(caller.step.run)

    assert ended is not None
    assert (ended.outcome, ended.value) == (Outcome.CALLBACK, "2026-11-06T15:00:00+08:00")
    assert "十一月六日下午三点" in caller.words


def test_a_relative_names_a_time_at_once() -> None:
    caller = Caller().says("他不在，晚上八点打来")
    ended = run.ended(caller.step.run)

    assert ended is not None
    assert (ended.outcome, ended.value) == (Outcome.NOT_HOLDER, "2026-11-05T20:00:00+08:00")


def test_a_relative_is_asked_for_a_time() -> None:
    caller = Caller().says("我是他儿子")
    assert caller.question == "ID_PRESENT.when"

    caller.says("三点吧")
    assert caller.step.outcome is Outcome.NOT_HOLDER
    assert "下午三点" in caller.words


def test_three_silences_end_the_call() -> None:
    caller = Caller().says().says().says()

    assert caller.step.outcome is Outcome.SILENT
    assert [turn.heard.label for turn in caller.step.run.turns] == [Label.SILENCE] * 3


def test_blanks_are_silence() -> None:
    assert Caller().says("  ").last.label is Label.SILENCE


@pytest.mark.parametrize(
    "said",
    [
        Said("ID_PRESENT", 0, "我就是"),  # came twice
        Said("ID_VERIFY", 0, "我就是"),  # another question
        Said("ID_VERIFY", 2, "我就是"),  # a turn that has not been
        Said("ID_PRESENT", 1, "我就是"),
        Said("", 0),
        Said("", 7, "您拨打的电话已关机"),
    ],
)
def test_late_and_repeated_answers_change_nothing(said: Said) -> None:
    before = Caller().says("我就是").step
    step = conversation.hear(before.run, said, NOW)

    assert step.run is before.run
    assert (step.changed, step.outcome, step.effects) == (False, None, before.effects)


def test_an_answer_after_the_end_changes_nothing() -> None:
    over = Caller().until("CLOSING").says("没有了").step
    step = conversation.hear(over.run, Said("CLOSING", len(over.run.turns), "等一下"), NOW)

    assert (step.run, step.effects, step.changed) == (over.run, over.effects, False)


def _machine(speech: str | None) -> Step:
    first = conversation.greet(Run(SCRIPT, FACTS), machine=True)
    assert first.effects == (Listen(turn=0),)
    return conversation.hear(first.run, Said("", 0, speech), NOW)


@pytest.mark.parametrize(
    ("speech", "outcome"),
    [
        ("您好，您所拨打的电话已关机", Outcome.SWITCHED_OFF),
        ("您拨打的号码是空号", Outcome.EMPTY_NUMBER),
        ("您好，我现在不方便接电话，听到嘀声后请留言", Outcome.VOICEMAIL),
        ("这里是某某公司总机，请直拨分机号", Outcome.VOICEMAIL),
        (None, Outcome.VOICEMAIL),
    ],
)
def test_nothing_is_spoken_to_a_machine(speech: str | None, outcome: Outcome) -> None:
    step = _machine(speech)

    assert step.effects == (HangUp(outcome),)
    assert (step.outcome, step.changed) == (outcome, False)
    assert step.announcement == (speech or "")


def test_somebody_mistaken_for_a_machine_is_greeted() -> None:
    step = _machine("喂？")

    assert step.effects == conversation.greet(Run(SCRIPT, FACTS)).effects


def test_an_announcement_taken_for_a_person_ends_the_call() -> None:
    caller = Caller().says("对不起，您拨打的用户已关机")

    assert caller.step.effects == (HangUp(Outcome.SWITCHED_OFF),)


def test_a_call_picked_up_again_after_a_machines_word_goes_on() -> None:
    """The carrier may tell of a machine late, when somebody is already talking to us."""
    talking = Caller().says("我就是").step

    assert conversation.greet(talking.run, machine=True).effects == talking.effects


PHRASES = (
    *("是的", "对", "不是", "没有", "嗯", "喂", "我要退保", "转人工", "再说一遍", "慢一点"),
    *("不知道", "我是他儿子", "没有这个人", "明天下午三点", "对，但是没看懂", "（咳嗽）"),
    "一九八五年三月七号",
)
SPEECH = st.one_of(st.none(), st.text(max_size=30), st.sampled_from(PHRASES))
DIGITS = st.one_of(st.none(), st.none(), st.text("0123456789*#", max_size=8))
SAID = st.tuples(SPEECH, DIGITS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_said_or_pressed_the_call_ends(data: st.DataObject) -> None:
    caller = Caller()
    while caller.question is not None:
        assert len(caller.step.run.turns) < SCRIPT.limits.turns
        if data.draw(st.integers(0, 3)):
            caller.says("19850306" if caller.question == "ID_VERIFY" else "是的")
        else:
            caller.says(*data.draw(SAID))

    assert caller.step.outcome is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=40))
def test_nothing_of_the_policy_is_told_before_the_identity(said: list[tuple[str, str]]) -> None:
    """Whoever never gives the birthday or the last four hears nothing."""
    caller = Caller().says("我就是")
    for speech, digits in said:
        if caller.question is None:
            break
        caller.says(speech, digits)
        turns = caller.step.run.turns
        if any(t.question_id == "ID_VERIFY" and t.heard.label is Label.AFFIRM for t in turns):
            return  # the right digits were found
        assert not [secret for secret in SECRETS if secret in caller.told]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([None, "", "（咳嗽）", "……", "呃", "滋滋滋"]), max_size=12))
def test_silence_and_noise_confirm_nothing(noises: list[str | None]) -> None:
    caller = Caller().until("READ")
    before = _confirmed(caller)
    for noise in noises:
        if caller.question is None:
            break
        caller.says(noise)

    assert _confirmed(caller) == before


def _confirmed(caller: Caller) -> list[str]:
    verdicts = run.verdicts(caller.step.run)
    return [v.question_id for v in verdicts if v.status in (Status.CONFIRMED, Status.RESOLVED)]


def test_every_question_of_the_script_has_a_place_on_the_phone() -> None:
    kinds = {question.kind for question in (*SCRIPT.questions, *SCRIPT.aside)}

    assert kinds == set(Kind)


def test_answers_are_held_against_every_fact_a_customer_may_contradict():
    held = conversation.record(FACTS)
    assert (held.birth, held.id_tail) == (FACTS.holder_birth, FACTS.holder_id_tail)
    assert (held.premium, held.instalments, held.payment_years) == (FACTS.premium, True, 20)
    assert (held.frequency, held.cooling_off_days) == (Frequency.YEARLY, 15)
    assert (held.cover_years, held.cover_age, held.cover_life) == (None, None, True)


@pytest.mark.parametrize(
    ("period", "counted"),
    [
        (Period(PeriodKind.YEARS, 10), (10, None, False)),
        (Period(PeriodKind.TO_AGE, 70), (None, 70, False)),
        (Period(PeriodKind.LIFE), (None, None, True)),
    ],
)
def test_a_cover_period_is_held_as_it_is_counted(period, counted):
    held = conversation.record(replace(FACTS, cover_period=period))
    assert (held.cover_years, held.cover_age, held.cover_life) == counted


@pytest.mark.parametrize(
    ("asked", "words", "label"),
    [
        ("HESITATION.length", "对，二十天", Label.DENY),
        ("HESITATION.length", "对，十五天", Label.AFFIRM),
        ("LIABILITY.term", "对，保十年", Label.DENY),
        ("LIABILITY.term", "对，终身", Label.AFFIRM),
        ("PREMIUM.frequency", "对，一次", Label.DENY),
        ("PREMIUM.frequency", "对，每年", Label.AFFIRM),
    ],
)
def test_a_yes_with_a_wrong_number_is_a_denial(asked, words, label):
    question = next(q for q in SCRIPT.questions if q.id == asked)
    heard, _ = conversation.understand(question, FACTS, Said(asked, 0, words), NOW)
    assert heard.label is label


@pytest.mark.parametrize("name", [n for n in library() if not load_script(n).medium.on_paper])
def test_the_keys_do_what_the_script_says_they_do(name: str) -> None:
    """没有请按2: and 2 is the good key where 没有 is the good answer."""
    phrases = load_script(name).phrases

    assert re.search(r"是请按1，不是请按2", phrases.keys.source)
    assert re.search(r"没有请按2，有请按1", phrases.keys_reversed.source)
    for polarity, good in ((Polarity.POSITIVE, "1"), (Polarity.NEGATIVE, "2")):
        question = replace(SCRIPT.questions[-1], polarity=polarity)
        for key in "12":
            said = Said(question.id, 0, digits=key)
            heard, _ = conversation.understand(question, FACTS, said, NOW)
            assert (heard.label is Label.AFFIRM) is (key == good)
