"""A carrier's announcement that seemed to be a person: the recording tells, the outcome and what
follows it are put right, and nothing that was noted as an answer counts."""

import io
from datetime import datetime, timedelta

import numpy as np
import pytest
import soundfile

from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from store.tables import Announcement, Attempt, Call, Case, QualityItem, Reading, Recording
from tests.operations.rig import YES, Caller, Rig
from tests.operations.sounds import RATE, lay

OFF = "您好您不打的电话已关机,请稍后再播。"
REFUSED = ("不需要，别打了", "不需要，别打了")
EMPTY = "您好,您拨打的号码时空号,请和对后再拨。"


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """Somebody, or something, whose telephone rings."""
    rig.speech.words[200] = "您好，请问您是陈安平先生本人吗"  # the tone of our own prompts
    rig.import_rows({})
    return rig.ring()


def hear(rig: Rig, caller: Caller, *said: str) -> None:
    """Hear the recording, which says this in the call's turns."""
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, rig.recording(dict(enumerate(said))))
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)


def answers(caller: Caller, *words: str) -> None:
    """What the live recogniser made of it, until the call ends."""
    caller.picks_up()
    for one in words:
        if one:
            caller.says(one)
        else:
            caller.is_silent()
    caller.hangs_up()


def next_call_after(rig: Rig) -> timedelta:
    """How long until the policy is planned again."""
    began: datetime = rig.clock.now
    while not rig.due:
        rig.clock.tick(600)
        assert rig.clock.now - began < timedelta(days=2)
    return rig.clock.now - began


def test_a_silent_call_was_switched_off(rig: Rig, caller: Caller) -> None:
    answers(caller, "", "", "")
    assert rig.outcomes == ["silent"]
    hear(rig, caller, OFF, OFF, "请稍后再播")

    assert rig.outcomes == ["switched-off"]
    assert rig.one(Attempt).outcome == "switched-off"
    (found,) = rig.all(Announcement)
    assert (found.outcome, found.words, found.instead_of) == ("switched-off", OFF, "silent")
    assert (found.engine, found.recording_id) == ("tones:1", 1)
    assert found.to_s > found.from_s > 0
    assert rig.cases == []
    assert next_call_after(rig) >= timedelta(hours=3, minutes=50)  # switched off: four hours


def test_words_taken_for_a_refusal_do_not_count(rig: Rig, caller: Caller) -> None:
    answers(caller, *REFUSED)
    assert rig.outcomes == ["refused"]
    assert rig.cases == [("核实件", "拒访")]
    assert rig.policy.closed_because == "refused"
    hear(rig, caller, OFF, OFF)

    assert rig.outcomes == ["switched-off"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("open", None)
    assert [(one.state, one.closed_because) for one in rig.all(Case)] == [
        ("closed", "announcement")
    ]
    assert rig.findings == []
    assert rig.one(Call).class_name is None
    assert next_call_after(rig) >= timedelta(hours=3, minutes=50)


def test_an_empty_number_is_never_dialled_again(rig: Rig, caller: Caller) -> None:
    answers(caller, "啊哦呢")
    assert rig.policy.revisit == "open"
    hear(rig, caller, EMPTY)

    assert rig.outcomes == ["empty-number"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "empty-number")
    assert rig.cases == [("核实件", "电话有误")]
    rig.clock.tick(86400)
    assert rig.due == []


def test_a_planned_call_to_an_empty_number_is_not_placed(rig: Rig, caller: Caller) -> None:
    """The recording may be heard when the next attempt is planned already."""
    from operations.place_call import place_next

    answers(caller, "")
    next_call_after(rig)
    hear(rig, caller, EMPTY)

    assert not place_next(rig.line)
    assert rig.outcomes == ["empty-number"]


def test_the_holder_was_not_said_to_be_dead(rig: Rig, caller: Caller) -> None:
    answers(caller, "没有这个人")
    assert rig.policy.closed_because == "wrong-number"
    hear(rig, caller, OFF)

    assert rig.outcomes == ["switched-off"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("open", None)
    assert [one.state for one in rig.all(Case)] == ["closed"]


def test_a_yes_to_the_first_question_was_nobodys(rig: Rig, caller: Caller) -> None:
    answers(caller, "是的", "", "")
    hear(rig, caller, OFF, OFF, OFF)

    assert rig.outcomes == ["switched-off"]
    assert (rig.findings, rig.all(QualityItem)) == ([], [])


def test_it_is_heard_where_nothing_was_asked(rig: Rig, caller: Caller) -> None:
    """The carrier hung up before any answer came: there is no window to cut."""
    answers(caller)
    assert rig.outcomes == ["hung-up"]
    ours, theirs = np.zeros(9 * RATE, "f4"), np.zeros(9 * RATE, "f4")
    lay(theirs, 1.0, 2.0, rig.speech.frequency(EMPTY))
    lay(ours, 0.2, 6.0, 200)
    content = io.BytesIO()
    soundfile.write(content, np.stack([ours, theirs], axis=1), RATE, format="WAV")
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, content.getvalue())
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)

    (found,) = rig.all(Announcement)
    assert (found.outcome, round(found.from_s), round(found.to_s)) == ("empty-number", 1, 3)
    assert rig.outcomes == ["empty-number"]


def test_a_machine_that_was_taken_for_our_own_side(rig: Rig, caller: Caller) -> None:
    """It speaks before we do, and then its channel seems to be ours."""
    answers(caller, "我是他儿子")
    assert rig.outcomes == ["hung-up"]
    ours, theirs = np.zeros(9 * RATE, "f4"), np.zeros(9 * RATE, "f4")
    lay(theirs, 0.2, 7.0, rig.speech.frequency(OFF))
    lay(ours, 2.0, 1.5, 200)
    content = io.BytesIO()
    soundfile.write(content, np.stack([ours, theirs], axis=1), RATE, format="WAV")
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, content.getvalue())
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)

    assert rig.one(Reading).words == rig.speech.words[200]  # read from the wrong side
    assert rig.outcomes == ["switched-off"]


@pytest.mark.parametrize(
    "said", ["我手机快关机了你快说", "我的号码以后是空号", "没有这个人", "你打错号码了"]
)
def test_a_person_who_speaks_of_it_stays_a_person(rig: Rig, caller: Caller, said: str) -> None:
    answers(caller, said)
    before = rig.outcomes
    hear(rig, caller, said)

    assert rig.all(Announcement) == []
    assert rig.outcomes == before


def test_a_person_who_comes_after_the_announcement(rig: Rig, caller: Caller) -> None:
    """请不要挂机，您拨打的电话正在通话中, and then the son takes the call."""
    answers(caller, "", "我是他儿子，他不在")
    before = rig.outcomes
    hear(rig, caller, "您好,请不要挂机,您拨打的电话正在通话中。", "我是他儿子，他不在")

    assert rig.outcomes == before
    assert rig.all(Announcement) == []


def test_behind_a_proved_identity_nothing_is_an_announcement(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()
    hear(rig, caller, *[OFF] * 40)

    assert rig.outcomes == ["completed"]
    assert rig.all(Announcement) == []


def test_a_key_was_pressed_by_a_person(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.presses("2")
    caller.hangs_up()
    before = rig.outcomes
    hear(rig, caller, OFF)

    assert rig.outcomes == before


def test_judged_again_it_stays_and_changes_nothing(rig: Rig, caller: Caller) -> None:
    from operations.judge import judge

    answers(caller, *REFUSED)
    hear(rig, caller, OFF, OFF)
    before = rig.everything()
    with rig.line.database.transaction() as session:
        call = session.get_one(Call, 1)
        judge(session, rig.line, call, call.judged_at)

    assert rig.everything() == before


def test_another_hearing_that_finds_a_person_gives_the_call_back(rig: Rig, caller: Caller) -> None:
    from operations.judge import judge

    answers(caller, *REFUSED)
    hear(rig, caller, OFF, OFF)
    with rig.line.database.transaction() as session:
        for reading in session.query(Reading):
            reading.words, reading.label = "不需要别打了", "refuse"
        judge(session, rig.line, session.get_one(Call, 1), rig.clock.now)

    assert rig.all(Announcement) == []
    assert rig.outcomes == ["refused"]
    assert rig.policy.closed_because == "refused"
    assert [(one.state, one.kind) for one in rig.all(Case)] == [("open", "拒访")]


def test_an_end_that_is_told_late_keeps_the_announcement(rig: Rig, caller: Caller) -> None:
    """The recording may be heard before the carrier says that the call is over."""
    caller.picks_up()
    for _ in range(3):
        caller.is_silent()
    hear(rig, caller, OFF, OFF, OFF)
    assert rig.outcomes == [None]
    caller.hangs_up()

    assert rig.outcomes == ["switched-off"]
    assert rig.one(Announcement).instead_of == "silent"
    assert rig.one(Recording).state == "heard"


def test_used_up_attempts_are_counted_anew(rig: Rig, caller: Caller) -> None:
    """Hung up three times is the end of calling; one of them was a telephone that was off."""
    answers(caller)
    rig.clock.tick(5 * 3600)
    answers(rig.ring(), "喂")
    rig.clock.tick(20 * 3600)
    last = rig.ring()
    answers(last, "喂")
    assert rig.policy.closed_because == "retries-exhausted"
    assert [name for _, name in rig.cases] == ["联系不上投保人"]
    hear(rig, last, OFF)

    assert rig.outcomes == ["hung-up", "hung-up", "switched-off"]
    assert rig.policy.revisit == "open"
    assert [one.state for one in rig.all(Case)] == ["closed"]
