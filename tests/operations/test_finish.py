"""What follows the end of an attempt: another call, a closed policy, a case. And what the carrier
did not tell is asked for."""

from datetime import timedelta

import pytest

from ivr.phone import PhoneTrouble, RecordingNews
from operations.fetch_recordings import fetch_next
from operations.reconcile import ask_about_silent_calls, ask_for_missing_recordings
from store.columns import LOCAL
from store.tables import Attempt, Call, CallEvent, Case, Handover, Recording
from tests.operations.rig import NOW, YES, Caller, Rig


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """The holder, whose telephone rings."""
    rig.import_rows({})
    return rig.ring()


def wait_for_next_call(rig: Rig) -> float:
    """Minutes until the policy may be called again."""
    began = rig.clock.now
    while not rig.due:
        rig.clock.tick(300)
        assert rig.clock.now - began < timedelta(days=3)
    return (rig.clock.now - began).total_seconds() / 60


@pytest.mark.parametrize(
    ("word", "more", "outcome", "minutes"),
    [
        ("busy", {}, "busy", 30),
        ("no-answer", {}, "no-answer", 120),
        ("canceled", {}, "canceled", 10),
        ("failed", {}, "failed", 60),
        ("failed", {"SipResponseCode": "480"}, "unreachable", 120),
        ("failed", {"SipResponseCode": "486"}, "busy", 30),
    ],
)
def test_who_was_not_reached_is_called_again_after_a_while(
    rig: Rig, caller: Caller, word: str, more: dict[str, str], outcome: str, minutes: int
) -> None:
    rig.clock.tick(4 * 3600)  # no lunch in between
    caller.status(word, **more)

    assert rig.outcomes == [outcome]
    assert rig.cases == []
    assert wait_for_next_call(rig) == minutes
    rig.ring_next()
    assert rig.one(Attempt, -1).number == 2


def test_a_number_that_does_not_exist_is_not_called_again(rig: Rig, caller: Caller) -> None:
    caller.status("failed", SipResponseCode="404")

    assert rig.outcomes == ["empty-number"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "empty-number")
    assert rig.cases == [("核实件", "电话有误")]


def test_attempts_are_used_up(rig: Rig, caller: Caller) -> None:
    """busy: 4 of them, at most 2 a day."""
    caller.status("busy")
    moments = [NOW]
    while rig.policy.revisit == "open":
        wait_for_next_call(rig)
        moments.append(rig.clock.now)
        rig.ring_next().status("busy")

    assert rig.outcomes == ["busy"] * 4
    assert rig.policy.closed_because == "retries-exhausted"
    days = [moment.astimezone(LOCAL).date() for moment in moments]
    assert max(days.count(day) for day in days) == 2
    assert rig.cases == [("核实件", "联系不上投保人")]
    assert rig.one(Case).call_id == 4
    assert rig.due == []


def test_a_callback_is_made_at_the_time_that_was_named(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"CONSENT": "我在开会，明天下午三点打", **YES})
    caller.hangs_up()
    wait_for_next_call(rig)

    assert rig.clock.now >= NOW.replace(day=19, hour=15)
    assert rig.clock.now <= NOW.replace(day=19, hour=15, minute=5)


def test_a_contract_that_was_not_received_opens_a_case(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks({"RECEIPT": "没收到", **YES})
    caller.hangs_up()

    assert rig.cases == [("核实件", "未收到合同")]
    assert rig.one(Case).due_at == NOW.replace(day=25, hour=23, minute=59, second=59)


def test_the_first_end_stands(rig: Rig, caller: Caller) -> None:
    """Callbacks come late and out of order; a second end is an event and changes nothing."""
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    call = rig.one(Call)
    for number, word in enumerate(["initiated", "ringing", "in-progress", "busy", "failed"]):
        caller.status(word, 10 + number)
    after = rig.one(Call)

    assert (after.outcome, after.ended_at) == (call.outcome, call.ended_at)
    assert (after.vendor_status, after.answered_at) == ("completed", call.answered_at)
    assert len(rig.all(CallEvent)) == 6


def test_a_status_before_the_first_words(rig: Rig, caller: Caller) -> None:
    caller.status("completed", 3, CallDuration="0")
    caller.status("in-progress", 2)
    caller.status("ringing", 1)

    assert rig.outcomes == ["hung-up"]
    assert rig.policy.revisit == "open"


def test_a_word_that_the_carrier_never_used_before_ends_no_call(rig: Rig, caller: Caller) -> None:
    """Somebody may still be talking: to plan the policy anew would ring a second time."""
    caller.status("vanished")

    assert rig.outcomes == [None]
    assert rig.due == []


def test_a_policy_taken_out_of_scope_during_its_call_stays_out(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    rig.import_rows({"保险期间": "1年"})
    caller.hangs_up()

    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "out-of-scope")


def test_a_call_whose_end_was_never_told_is_asked_about(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks()
    rig.phone.end(caller.sid)
    assert ask_about_silent_calls(rig.line) == 0  # it may still be going on
    rig.clock.tick(31 * 60)
    assert ask_about_silent_calls(rig.line) == 1

    assert rig.outcomes == ["completed"]
    assert ask_about_silent_calls(rig.line) == 0


def test_a_call_that_goes_on_is_left_alone(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    rig.clock.tick(31 * 60)
    ask_about_silent_calls(rig.line)

    assert rig.outcomes == [None]


def test_a_call_that_the_carrier_has_forgotten_is_over(rig: Rig, caller: Caller) -> None:
    rig.phone.calls.clear()
    rig.clock.tick(31 * 60)
    ask_about_silent_calls(rig.line)

    assert rig.outcomes == ["failed"]
    assert rig.policy.revisit == "open"


def test_a_carrier_that_cannot_be_asked_changes_nothing(
    rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(vendor_id: str) -> None:
        raise PhoneTrouble("cannot be reached", retry=True)

    caller.picks_up()
    caller.hangs_up()
    rig.clock.tick(31 * 60)
    second = rig.everything()
    monkeypatch.setattr(rig.phone, "news_of", down)
    monkeypatch.setattr(rig.phone, "recordings_of", down)
    ask_about_silent_calls(rig.line)
    ask_for_missing_recordings(rig.line)

    assert rig.everything() == second


def test_a_recording_that_was_never_announced_is_found(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    rig.phone.recordings.append(RecordingNews(caller.sid, "RE1", ready=True, channels=2))
    rig.put_on_shelf("RE1", rig.recording())
    assert ask_for_missing_recordings(rig.line) == 0
    rig.clock.tick(11 * 60)
    assert ask_for_missing_recordings(rig.line) == 1
    assert ask_for_missing_recordings(rig.line) == 0
    assert fetch_next(rig.line)

    assert rig.one(Recording).state == "stored"


def test_a_recording_that_is_not_there_yet_is_asked_for_again(rig: Rig, caller: Caller) -> None:
    caller.picks_up()
    caller.hangs_up()
    rig.clock.tick(11 * 60)

    assert ask_for_missing_recordings(rig.line) == 1
    assert ask_for_missing_recordings(rig.line) == 1


def test_a_call_that_nobody_answered_has_no_recording_to_miss(rig: Rig, caller: Caller) -> None:
    caller.status("busy")
    rig.clock.tick(11 * 60)

    assert ask_for_missing_recordings(rig.line) == 0


def handed(rig: Rig) -> list[tuple[str, str]]:
    """Every hand-over: the way and the state."""
    return [(row.way, row.state) for row in rig.all(Handover)]


def test_what_the_telephone_could_not_do_goes_to_the_branch(rig: Rig, caller: Caller) -> None:
    """No further number: the branch calls. Mended data take it back before anybody began."""
    caller.status("failed", SipResponseCode="404")
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "empty-number")
    assert handed(rig) == [("branch-call", "waiting")]

    rig.clock.tick(60)
    rig.import_rows({"手机": "13900000008"})
    assert handed(rig) == [("branch-call", "withdrawn")]
    assert rig.due == ["P0001"]


def test_the_next_number_is_rung_after_one_that_does_not_exist(rig: Rig) -> None:
    rig.import_rows({"手机": "13900000001", "联系电话": "13900000005"})
    rig.ring().status("failed", SipResponseCode="404")
    assert handed(rig) == []
    rig.clock.tick(30 * 60)
    rig.ring()

    assert [dial.to[-1] for dial in rig.phone.dials] == ["1", "5"]
    assert [reason["code"] for reason in rig.one(Attempt, -1).reasons] == [
        "due", "other-number", "open-case",
    ]  # fmt: skip


def test_who_hangs_up_at_once_is_told_from_who_hangs_up_in_the_middle(rig: Rig) -> None:
    rig.import_rows({})
    early = rig.ring()
    early.picks_up()
    early.hangs_up()
    wait_for_next_call(rig)
    late = rig.ring_next()
    late.picks_up()
    late.talks({"AWARE": "stop", **YES})
    late.hangs_up()

    assert [attempt.cause for attempt in rig.all(Attempt)] == ["hung-up-early", "hung-up"]
    assert rig.outcomes == ["hung-up", "hung-up"]


def test_the_clock_of_a_retry_starts_when_the_telephone_rang(rig: Rig) -> None:
    """The carrier kept the order in its queue for two hours; nobody's telephone rang until then."""
    rig.import_rows({})
    caller = rig.ring()
    rig.clock.tick(2 * 3600)
    caller.status("ringing", sequence=1)
    rig.clock.tick(40)
    caller.status("no-answer", sequence=2)

    attempt = rig.one(Attempt)
    assert attempt.rang_at == NOW + timedelta(hours=2)
    assert wait_for_next_call(rig) >= 120
