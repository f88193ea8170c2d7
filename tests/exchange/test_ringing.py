"""How calls begin and end: who picks up, machines, cancelling, the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from exchange import Status, VirtualClock
from exchange.line import Side

START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
CAST = """
callees:
  "13900000001": {picks_up: [no-answer, busy, failed, no, yes]}
  "13900000002": {picks_up: {announcement: 已关机}, answers: {"*": {says: 是的}}}
  "13900000003": {picks_up: voicemail}
  "13900000004": {greets: 喂, answers: {"*": {says: 是的}}}
"""


@pytest.fixture
def four(rig):
    return rig(CAST)


def test_one_behaviour_per_attempt(four):
    four.says("/start", "<Hangup/>")
    ends = [four.call().status for _ in range(6)]
    assert ends == [
        Status.NO_ANSWER, Status.BUSY, Status.FAILED, Status.NO_ANSWER,
        Status.COMPLETED, Status.COMPLETED,
    ]  # fmt: skip
    assert [call.attempt for call in four.exchange.calls_to("13900000001")] == [0, 1, 2, 3, 4, 5]


def test_a_phone_rings_as_long_as_the_order_says(four):
    call = four.call(Timeout="25")
    assert (call.ended - call.started).total_seconds() == pytest.approx(25.5)
    assert call.seconds == 0


def test_a_number_outside_the_cast_is_not_answered(four):
    assert four.call("+8613900000077").status is Status.NO_ANSWER


def test_the_default_callee_has_every_other_number(rig):
    rig = rig("callees: {}\ndefault: {picks_up: busy}\n")
    assert rig.call("+8613900000077").status is Status.BUSY


@pytest.mark.parametrize(
    ("number", "mode", "answered_by"),
    [
        ("13900000004", "DetectMessageEnd", "human"),
        ("13900000004", "Enable", "human"),
        ("13900000002", "DetectMessageEnd", "machine_end_other"),
        ("13900000002", "Enable", "machine_start"),
        ("13900000003", "DetectMessageEnd", "machine_end_beep"),
        ("13900000003", "Enable", "machine_start"),
    ],
)
def test_machine_detection(four, number, mode, answered_by):
    call = four.call(number, MachineDetection=mode, StatusCallback=f"{four.application.url}/status")
    assert four.application.at("/start")[0].form["AnsweredBy"] == answered_by
    assert four.application.at("/status")[0].form["AnsweredBy"] == answered_by
    assert call.answered_by == answered_by


def test_detection_gives_up(four):
    call = four.call(
        "13900000003", MachineDetection="DetectMessageEnd", MachineDetectionTimeout="3"
    )
    assert call.answered_by == "unknown"


def test_without_detection_nobody_says_who_answered(four):
    four.call("13900000002")
    assert "AnsweredBy" not in four.application.at("/start")[0].form


def test_a_gather_hears_the_announcement(four, gather):
    four.says("/start", gather("ID_PRESENT"))
    four.says("/answer", "<Hangup/>")
    four.call("13900000002")
    heard = four.application.at("/answer")[0].form["SpeechResult"]
    assert heard == "您好，您拨打的电话已关机，请稍后再拨。"


def test_the_carrier_hangs_up_after_its_announcements(four):
    four.says("/start", '<Pause length="600"/>')
    call = four.call("13900000002")
    assert call.seconds < 60
    assert len([one for one in call.said if one.side is Side.CALLEE]) == 3


def test_a_greeting_is_no_answer(four, gather):
    four.says("/start", gather("ID_PRESENT"))
    four.says("/answer", "<Hangup/>")
    call = four.call("13900000004")
    assert [one.text for one in call.said if one.side is Side.CALLEE] == ["喂", "是的"]
    assert four.application.at("/answer")[0].form["SpeechResult"] == "是的"


def test_one_call_a_second_leaves_the_queue(four):
    with four.clock.taking_part():
        answers = [four.order("+8613900000077") for _ in range(4)]
    four.settle()
    starts = [call.started for call in four.exchange.calls()]
    assert [later - starts[0] for later in starts] == [timedelta(seconds=n) for n in range(4)]
    assert [answer.json["queue_time"] for answer in answers] == ["0", "1000", "2000", "3000"]


def test_many_calls_at_once_go_the_same_way_again(rig, application, gather):
    def run(folder):
        application.asked.clear()
        application.clock = VirtualClock(START)
        made = rig(CAST, folder=folder, clock=application.clock, calls_per_second=4)
        made.says("/start", gather("ID_PRESENT"))
        made.application.pages["/answer"] = "<Response><Hangup/></Response>"
        with made.clock.taking_part():
            for number in (1, 2, 3, 4, 1, 4, 9, 4):
                made.order(
                    f"+861390000000{number}",
                    StatusCallback=f"{application.url}/status",
                    StatusCallbackEvent=["initiated", "ringing", "answered", "completed"],
                    MachineDetection="Enable",
                )
        made.settle()
        return [
            (one.at, one.path, one.form["To"], one.form["CallStatus"]) for one in application.asked
        ]

    first = run("first")
    assert len({to for _, _, to, _ in first}) == 5
    assert first == run("second")


def _update(rig, sid, status):
    account = rig.exchange.equipment.account_sid
    return rig.exchange.app.test_client().post(
        f"/2010-04-01/Accounts/{account}/Calls/{sid}.json",
        data={"Status": status},
        auth=(account, rig.exchange.equipment.auth_token),
    )


def test_a_ringing_call_can_be_cancelled(four):
    with four.clock.taking_part():
        sid = four.order().json["sid"]
        four.clock.sleep(10)
        assert _update(four, sid, "canceled").status_code == 200
        assert not four.exchange.idle()
    four.settle()
    call = four.exchange.equipment.book.call(sid)
    assert call.status is Status.CANCELED
    assert (call.ended - call.started).total_seconds() == 10


def test_a_running_call_can_be_ended_but_not_cancelled(four):
    four.says("/start", '<Pause length="600"/>')
    with four.clock.taking_part():
        sid = four.order("+8613900000004").json["sid"]
        four.clock.sleep(30)
        assert _update(four, sid, "canceled").json["code"] == 21220
        assert _update(four, sid, "completed").status_code == 200
    four.settle()
    call = four.exchange.equipment.book.call(sid)
    assert call.status is Status.COMPLETED
    assert (call.ended - call.started).total_seconds() == 30
    assert _update(four, sid, "completed").json["code"] == 21220


def test_an_announcement_may_pass_for_a_person(rig, gather):
    line = rig(
        'callees:\n  "13900000001":'
        " {picks_up: {announcement: 已关机, detected: human, heard: 不需要}}"
    )
    line.says("/start", gather("ID_PRESENT"))
    line.says("/answer", "<Hangup/>")
    call = line.call("13900000001", MachineDetection="Enable")
    assert call.answered_by == "human"
    assert line.application.at("/answer")[0].form["SpeechResult"] == "不需要"
    said = [one.text for one in call.said if one.side is Side.CALLEE]
    assert said[0] == "您好，您拨打的电话已关机，请稍后再拨。"
