"""Whole calls through the carrier's webhooks: what is asked, what is kept, what comes of it."""

import pytest

from operations.choose_script import packaged
from store.tables import Attempt, Call, CallEvent, Case, Policy, Turn
from tests.operations.rig import NOW, SOMEBODY_ELSE, YES, Caller, Rig


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """The holder, whose telephone rings."""
    rig.import_rows({})
    return rig.ring()


def test_a_whole_call(rig: Rig, caller: Caller) -> None:
    first = caller.picks_up()
    assert "陈安平" in first.words
    assert packaged("standard").script.opening.source[:3] in first.words
    last = caller.talks()
    assert last.verbs[-1] == "Hangup"
    caller.hangs_up()

    turns = rig.all(Turn)
    assert [(turn.question_id, turn.words) for turn in turns] == caller.said
    assert [turn.number for turn in turns] == list(range(len(turns)))
    assert all(turn.heard_at > turn.asked_at for turn in turns)
    assert [turn.asked_at for turn in turns[1:]] == [turn.heard_at for turn in turns[:-1]]
    call = rig.one(Call)
    assert (call.outcome, call.class_name, call.answered_by) == ("completed", "标准件", "human")
    assert (call.answered_at, call.duration_s) == (NOW, 60)
    assert rig.one(Attempt).outcome == "completed"
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "completed")
    assert rig.cases == []


def test_nothing_of_the_policy_is_told_before_the_identity_is_proved(caller: Caller) -> None:
    secret = ("守护一生", "一万二千", "12000", "苗青", "P0001", "示范路", "保险合同", "二十年")
    heard = [caller.picks_up(), caller.says("你是谁"), caller.says("我是他儿子")]
    for answer in heard:
        assert not any(word in answer.words for word in secret)

    before = caller.says("我就是") if "Gather" in caller.last.verbs else caller.last
    assert not any(word in before.words for word in secret)


@pytest.mark.parametrize(
    ("answers", "outcome", "class_name", "finding"),
    [
        ({"SIGN_APP": "我儿子替我签的"}, "completed", "问题件", "SIGN_APP"),
        ({"AWARE": ["你说的是存款吧", "知道了，是保险"]}, "completed", "次标准件", "AWARE"),
        ({"AWARE": ["业务员说是存钱", "我存的是定期存款"]}, "unaware", "问题件", "AWARE"),
        ({"READ": ["没看过", "现在清楚了"]}, "completed", "次标准件", "READ"),
        ({"READ": ["没看过", "还是不清楚"]}, "completed", "问题件", "READ"),
        ({"LIABILITY": "对，但是我没看过责任免除"}, "completed", "问题件", "LIABILITY"),
        ({"RECEIPT": "没收到"}, "not-received", "核实件", "RECEIPT"),
        ({"HESITATION.length": ["#2", "#1"]}, "completed", "次标准件", "HESITATION.length"),
        ({"CONTACT.phone": "不对，换号了"}, "completed", "问题件", "CONTACT.phone"),
    ],
)
def test_every_answer_that_is_not_a_clear_yes_is_found(
    rig: Rig,
    caller: Caller,
    answers: dict[str, str | list[str]],
    outcome: str,
    class_name: str,
    finding: str,
) -> None:
    caller.picks_up()
    caller.talks({**answers, **YES})
    caller.hangs_up()

    assert rig.outcomes == [outcome]
    assert finding in [question for question, _, _ in rig.findings]
    assert [name for name, _ in rig.cases] == [class_name]


def test_keys_answer_as_well_as_words(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"ID_VERIFY": "#19850306", "*": "#1"})
    caller.hangs_up()

    assert rig.outcomes == ["completed"]
    assert {turn.via for turn in rig.all(Turn)} == {"keys"}
    assert rig.findings == []


def test_three_silences_end_the_call_and_confirm_nothing(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"READ": "", **YES})
    caller.hangs_up()

    assert rig.outcomes == ["silent"]
    assert ("READ", "silent", "live") in rig.findings
    assert rig.policy.revisit == "open"


def test_a_stranger_hears_nothing_and_the_holder_is_called_again(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"ID_PRESENT": "他不在，晚上八点打来", "*": ""})
    caller.hangs_up()

    assert rig.outcomes == ["not-holder"]
    assert rig.policy.revisit == "open"
    assert rig.one(Call).callback_at == NOW.replace(hour=20)
    assert rig.cases == []


@pytest.mark.parametrize(
    ("words", "because"), [("没有这个人，打错了", "wrong-number"), ("他去世了", "deceased")]
)
def test_somebody_who_can_never_be_reached_here_is_not_called_again(
    rig: Rig, caller: Caller, words: str, because: str
) -> None:
    caller.picks_up()
    caller.talks({"ID_PRESENT": words})
    caller.hangs_up()

    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", because)


def test_no_such_person_opens_a_case(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"ID_PRESENT": "没有这个人"})
    caller.hangs_up()

    assert rig.cases == [("核实件", "电话有误")]


def test_a_callback_is_kept_with_its_time(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"CONSENT": "我在开会，明天下午三点打", **YES})
    caller.hangs_up()

    assert rig.outcomes == ["callback"]
    assert rig.one(Attempt).callback_at == NOW.replace(day=19, hour=15)
    assert rig.policy.revisit == "open"


def test_a_machine_is_listened_to_and_told_nothing(rig: Rig, caller: Caller) -> None:
    first = caller.picks_up(by="machine_start")
    assert first.verbs == ["Gather"]
    assert first.words == ""
    last = caller.says("您好，您拨打的电话已关机，请稍后再拨。")
    assert last.verbs == ["Hangup"]
    caller.hangs_up()

    assert rig.outcomes == ["switched-off"]
    assert rig.one(Call).answered_by == "machine"
    assert rig.all(Turn) == []
    assert rig.policy.revisit == "open"


def test_a_voice_mailbox(rig: Rig, caller: Caller) -> None:
    caller.picks_up(by="machine_start")
    caller.says("您好，我现在不方便接听电话，请在提示音后留言。")
    caller.hangs_up()

    assert rig.outcomes == ["voicemail"]


def test_a_person_taken_for_a_machine_is_talked_to(rig: Rig, caller: Caller) -> None:
    caller.picks_up(by="machine_start")
    assert "陈安平" in caller.says("喂").words
    caller.talks()
    caller.hangs_up()

    assert rig.outcomes == ["completed"]


def test_an_announcement_taken_for_a_person(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.says("您拨打的号码是空号，请核对后再拨。")
    caller.hangs_up()

    assert rig.outcomes == ["empty-number"]
    assert rig.cases == [("核实件", "电话有误")]
    assert rig.policy.closed_because == "empty-number"


def test_a_transfer_that_reaches_a_person(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    last = caller.talks({"SIGN_TIP": "转人工", **YES})
    assert last.verbs[-1] == "Dial"
    assert caller.transferred("completed").verbs == ["Hangup"]
    caller.hangs_up()

    assert rig.outcomes == ["transferred"]
    assert rig.policy.revisit == "closed"


@pytest.mark.parametrize(
    ("words", "outcome"), [("转人工", "callback"), ("我要投诉，业务员骗我", "complaint")]
)
def test_a_transfer_that_reaches_nobody(rig: Rig, caller: Caller, words: str, outcome: str) -> None:
    caller.picks_up()
    caller.talks({"SIGN_TIP": words, **YES})
    sorry = caller.transferred("no-answer")
    assert sorry.verbs[-1] == "Hangup"
    assert "都在忙" in sorry.words
    assert caller.again().text == sorry.text
    caller.hangs_up()

    assert rig.outcomes == [outcome]


def test_a_transfer_whose_end_comes_after_the_end_of_the_call(rig: Rig, caller: Caller) -> None:
    """Who hangs up while the desk rings is not somebody who talked to a person."""
    caller.picks_up()
    caller.talks({"SIGN_TIP": "转人工", **YES})
    caller.hangs_up()
    assert rig.outcomes == ["transferred"]
    caller.transferred("no-answer")

    assert rig.outcomes == ["callback"]
    assert rig.one(Attempt).outcome == "callback"
    assert rig.policy.revisit == "open"


def test_without_a_desk_a_person_is_promised(rig: Rig) -> None:
    rig.import_rows({})
    rig.serve(desk=None)
    caller = rig.ring()
    caller.picks_up()
    last = caller.talks({"SIGN_TIP": "转人工", **YES})
    caller.hangs_up()

    assert last.verbs[-1] == "Hangup"
    assert rig.outcomes == ["callback"]


def test_who_hangs_up_in_the_middle_is_called_again_and_nothing_is_lost(
    rig: Rig, caller: Caller
) -> None:
    caller.picks_up()
    caller.talks({"READ": "stop", "SIGN_APP": "我儿子替我签的", **YES})
    caller.hangs_up()

    assert rig.outcomes == ["hung-up"]
    assert len(rig.all(Turn)) == len(caller.said)
    assert rig.cases == [("问题件", "投保单、保单回执等重要投保资料代签字")]
    assert rig.policy.revisit == "open"


def test_who_hangs_up_during_the_closing_words_has_completed(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"CLOSING": "stop", **YES})
    caller.hangs_up()

    assert rig.outcomes == ["completed"]


def test_an_answer_that_comes_after_the_end_is_kept_and_judged(rig: Rig, caller: Caller) -> None:
    """The carrier's word that the call is over overtook the last answer."""
    caller.picks_up()
    caller.talks({"SIGN_TIP": "stop", **YES})
    caller.hangs_up()
    assert rig.outcomes == ["hung-up"]
    ended = rig.one(Call).ended_at
    caller.says("不是我签的")

    assert rig.one(Turn, -1).words == "不是我签的"
    assert rig.one(Call).ended_at == ended
    assert ("SIGN_TIP", "denied", "live") in rig.findings
    assert [name for name, _ in rig.cases] == ["问题件"]
    assert rig.outcomes == ["hung-up"]


def test_a_last_answer_that_comes_after_the_end_completes_the_call(
    rig: Rig, caller: Caller
) -> None:
    caller.picks_up()
    caller.talks({"CONTACT.phone": "stop", **YES})
    caller.hangs_up()
    assert rig.outcomes == ["hung-up"]
    caller.says("对")  # the closing questions are no condition

    assert rig.outcomes == ["completed"]
    assert rig.policy.closed_because == "completed"


def test_an_answer_to_another_question_changes_nothing(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    asked = caller.says("我就是")
    before = rig.everything()
    url = asked.action or ""
    for stale in (url.replace("turn=1", "turn=0"), url.replace("ID_VERIFY", "READ")):
        answer = caller.post(stale, SpeechResult="是的")
        assert answer.text == asked.text
    assert rig.everything() == before


def test_every_webhook_may_come_twice(rig: Rig, caller: Caller) -> None:
    """Each of them, right after itself: the same answer, and nothing more in the database."""

    def twice() -> None:
        before = rig.everything()
        assert caller.again().text == caller.sent[-1][2].text
        assert rig.everything() == before

    caller.status("ringing", 1)
    twice()
    caller.picks_up()
    twice()
    caller.status("in-progress", 2)
    twice()
    answers = {"READ": ["没看过", "现在清楚了"], **YES}
    asked: dict[str, int] = {}
    while "Gather" in caller.last.verbs:
        question = caller.last.question
        asked[question] = asked.get(question, -1) + 1
        given = answers.get(question) or answers["*"]
        caller.says(given if isinstance(given, str) else given[min(asked[question], 1)])
        twice()
    caller.hangs_up()
    twice()
    caller.recorded()
    twice()
    assert rig.outcomes == ["completed"]


def test_everything_once_more_after_the_end_changes_nothing(rig: Rig, caller: Caller) -> None:
    caller.status("in-progress", 2)
    caller.picks_up()
    caller.talks({"SIGN_APP": "我儿子替我签的", **YES})
    caller.hangs_up()
    caller.recorded()
    before = rig.everything()
    rig.clock.tick(3600)
    for number in range(len(caller.sent)):
        caller.again(number)

    assert rig.everything() == before


def test_our_own_fault_is_one_polite_sentence_and_is_tried_again(
    rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller.picks_up()
    caller.says("我就是")
    with monkeypatch.context() as broken:
        broken.setattr("scripts.run.advance", lambda run, heard: 1 / 0)
        sorry = caller.says("一九八五年三月六日")
    assert sorry.status == 200
    assert sorry.verbs == ["Say", "Hangup"]
    assert "抱歉" in sorry.words
    caller.hangs_up()

    assert rig.outcomes == ["error"]
    assert rig.policy.revisit == "open"
    assert len(rig.all(Turn)) == 1
    assert rig.cases == [("核实件", "系统原因未完成")]
    rig.clock.tick(30 * 60)
    again = rig.ring()
    again.picks_up()
    again.talks()
    again.hangs_up()
    assert rig.outcomes == ["error", "completed"]


def test_a_call_of_our_own_fault_is_judged_by_what_was_said(
    rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller.picks_up()
    caller.talks({"SIGN_APP": "我儿子替我签的", "READ": "stop", **YES})
    with monkeypatch.context() as broken:
        broken.setattr("scripts.run.advance", lambda run, heard: 1 / 0)
        caller.says("看过")
    caller.hangs_up()

    assert rig.outcomes == ["error"]
    assert [name for name, _ in rig.cases] == ["问题件"]


def test_two_calls_at_once_are_kept_apart(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    one, two = rig.ring(), rig.ring()
    one.picks_up()
    two.picks_up()
    one.says("我就是")
    two.says("打错了，没有这个人")
    one.talks()
    two.hangs_up()
    one.hangs_up()

    assert rig.outcomes == ["completed", "not-holder"]
    assert [policy.revisit for policy in rig.all(Policy)] == ["closed", "closed"]
    assert len(rig.all(Case)) == 1
    assert len({event.vendor_id for event in rig.all(CallEvent)}) == 2
