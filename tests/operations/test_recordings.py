"""A recording from the carrier's word for it to what was heard in it: kept once, never dropped, and
held against what was heard live."""

from dataclasses import replace
from itertools import pairwise

import pytest

from operations.fetch_recordings import MOST_TRIES, fetch_next
from operations.hear_recordings import hear_next
from recordings.media import Media, MediaStatus
from recordings.speech import Heard, Samples
from store.tables import Call, Case, Finding, Hearing, QualityItem, Reading, Recording, Turn
from tests.operations.rig import NOW, YES, Caller, Rig

NOT_READY = Media(MediaStatus.NOT_READY, "the recording is not ready yet (404)")
BROKEN = Media(MediaStatus.BROKEN, "the recording is no audio")
REFUSED = Media(MediaStatus.REFUSED, "the carrier will not give the recording (403)")


class Killed(BaseException):
    """The process is gone: nothing behind this line runs."""


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """A holder who has said yes to everything and hung up."""
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    return caller


def sid(caller: Caller) -> str:
    return caller.sid.replace("CA", "RE")


def hear(rig: Rig, caller: Caller, say: dict[int, str] | None = None) -> None:
    """Announce, fetch and hear the recording; ``say`` is what it says in some turns."""
    rig.put_on_shelf(sid(caller), rig.recording(say))
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)


def turn_of(rig: Rig, question: str) -> int:
    return next(turn.number for turn in rig.all(Turn) if turn.question_id == question)


def files(rig: Rig) -> list[str]:
    """Every file under the recordings' folder."""
    return [file.name for file in (rig.folder / "recordings").rglob("*") if file.is_file()]


def test_announced_twice_is_one_recording(rig: Rig, caller: Caller) -> None:
    caller.recorded()
    caller.recorded()
    caller.recorded(RecordingDuration="61")

    assert [one.state for one in rig.all(Recording)] == ["announced"]


def test_one_that_will_never_be_is_kept_as_absent_and_not_fetched(rig: Rig, caller: Caller) -> None:
    caller.recorded(status="absent")

    assert [one.state for one in rig.all(Recording)] == ["absent"]
    assert not fetch_next(rig.line)


def test_one_that_was_absent_and_comes_after_all_is_fetched(rig: Rig, caller: Caller) -> None:
    caller.recorded(status="absent")
    caller.recorded()

    assert [one.state for one in rig.all(Recording)] == ["announced"]


def test_one_that_is_ready_does_not_become_absent(rig: Rig, caller: Caller) -> None:
    caller.recorded()
    caller.recorded(status="absent")

    assert [one.state for one in rig.all(Recording)] == ["announced"]


def test_fetched_checked_and_stored(rig: Rig, caller: Caller) -> None:
    content = rig.recording()
    rig.put_on_shelf(sid(caller), content)
    caller.recorded()
    assert fetch_next(rig.line)
    assert not fetch_next(rig.line)

    kept = rig.one(Recording)
    assert (kept.state, kept.channels, kept.bytes) == ("stored", 2, len(content))
    assert rig.line.storage.read(kept.path) == content


def test_not_ready_at_first_is_asked_for_again_with_longer_waits(rig: Rig, caller: Caller) -> None:
    rig.put_on_shelf(sid(caller), rig.recording(), NOT_READY, NOT_READY, NOT_READY)
    caller.recorded()
    tried = []
    for second in range(60):
        rig.clock.tick(1)
        if fetch_next(rig.line):
            tried.append(second)

    assert [later - earlier for earlier, later in pairwise(tried)] == [5, 10, 20]
    assert rig.one(Recording).state == "stored"
    assert rig.one(Recording).problem is None


def test_one_that_is_never_ready_waits_for_a_person_with_its_reason(
    rig: Rig, caller: Caller
) -> None:
    rig.shelf.media[sid(caller)] = [BROKEN]
    caller.recorded()
    began = rig.clock.now
    while rig.one(Recording).state == "announced":
        rig.clock.tick(600)
        fetch_next(rig.line)

    assert (rig.one(Recording).state, rig.one(Recording).problem) == ("unreadable", BROKEN.reason)
    assert len(rig.shelf.asked) == MOST_TRIES
    assert (rig.clock.now - began).days >= 1


def test_one_that_is_refused_waits_for_a_person_at_once(rig: Rig, caller: Caller) -> None:
    rig.shelf.media[sid(caller)] = [REFUSED]
    caller.recorded()
    fetch_next(rig.line)

    assert (rig.one(Recording).state, rig.one(Recording).problem) == ("unreadable", REFUSED.reason)


def test_killed_while_fetching(rig: Rig, caller: Caller) -> None:
    def dies(vendor_id: str) -> Media:
        raise Killed

    rig.put_on_shelf(sid(caller), rig.recording())
    caller.recorded()
    with pytest.raises(Killed):
        fetch_next(replace(rig.line, fetch=dies))

    assert not fetch_next(rig.line)  # somebody may still be at it
    rig.clock.tick(rig.line.lease_s + 1)
    assert fetch_next(rig.line)
    assert rig.one(Recording).state == "stored"


def test_killed_between_storing_the_file_and_saying_so(
    rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.put_on_shelf(sid(caller), rig.recording())
    caller.recorded()
    put = rig.line.storage.put

    def stores_and_dies(stream: list[bytes]) -> None:
        put(stream)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(rig.line.storage, "put", stores_and_dies)
        with pytest.raises(Killed):
            fetch_next(rig.line)
    assert rig.one(Recording).path is None
    rig.clock.tick(rig.line.lease_s + 1)
    assert fetch_next(rig.line)

    kept = rig.one(Recording)
    assert files(rig) == [kept.path.split("/")[1]]
    assert rig.line.storage.intact(kept.path)


def test_a_disk_that_is_full_loses_nothing(
    rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(stream: list[bytes]) -> None:
        raise OSError(28, "No space left on device")

    rig.put_on_shelf(sid(caller), rig.recording())
    caller.recorded()
    with monkeypatch.context() as trouble:
        trouble.setattr(rig.line.storage, "put", full)
        fetch_next(rig.line)
    assert rig.one(Recording).state == "announced"
    assert "No space left" in rig.one(Recording).problem
    rig.clock.tick(60)
    fetch_next(rig.line)
    assert rig.one(Recording).state == "stored"


def test_every_answer_is_heard_and_none_changes(rig: Rig, caller: Caller) -> None:
    hear(rig, caller)

    readings, turns = rig.all(Reading), rig.all(Turn)
    assert [(one.turn_number, one.question_id, one.words, one.label) for one in readings] == [
        (turn.number, turn.question_id, turn.words, turn.label) for turn in turns
    ]
    for one, turn in zip(readings, turns, strict=True):
        spoken = (turn.heard_at - NOW).total_seconds() - 2.5
        assert one.from_s == pytest.approx(spoken, abs=0.3)
        assert one.to_s == pytest.approx(spoken + 1, abs=0.3)
    assert rig.one(Recording).state == "heard"
    assert (rig.findings, rig.cases, rig.all(QualityItem)) == ([], [], [])


def test_heard_once_per_engine(rig: Rig, caller: Caller) -> None:
    from operations.hear_recordings import hear as hear_again

    hear(rig, caller)
    hear_again(rig.line, 1)
    assert len(rig.all(Hearing)) == 1

    other = replace(rig.line, speech=replace(rig.speech, name="tones:2"))
    hear_again(other, 1)
    assert [one.engine for one in rig.all(Hearing)] == ["tones:1", "tones:2"]


def test_a_false_yes_is_found_in_the_recording(rig: Rig, caller: Caller) -> None:
    """Heard live as a yes: the customer said no. The worst that can happen, so a case follows."""
    assert rig.cases == []
    hear(rig, caller, {turn_of(rig, "SIGN_APP"): "不是我签的"})

    (found,) = rig.all(Finding)
    assert (found.question_id, found.status, found.source) == ("SIGN_APP", "denied", "recording")
    assert (found.words, found.recording_id) == ("不是我签的", 1)
    assert found.to_s > found.from_s > 0
    assert rig.cases == [("问题件", "投保单、保单回执等重要投保资料代签字")]
    assert rig.one(Call).class_name == "问题件"
    assert [one.question_id for one in rig.all(QualityItem)] == ["SIGN_APP"]


@pytest.mark.parametrize("said", ["记不清了", "啊哦呢"])
def test_a_vague_recording_goes_to_a_reviewer(rig: Rig, caller: Caller, said: str) -> None:
    hear(rig, caller, {turn_of(rig, "READ"): said})

    assert (rig.findings, rig.cases) == ([], [])
    (item,) = rig.all(QualityItem)
    assert (item.question_id, item.reason, item.live_label) == ("READ", "disagreement", "affirm")


def test_a_silent_recording_goes_to_a_reviewer(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {turn_of(rig, "READ"): ""})

    (item,) = rig.all(QualityItem)
    assert (item.live_label, item.recorded_label) == ("affirm", "silence")


def test_what_was_pressed_is_not_held_against_the_recording(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"SIGN_APP": "#1", **YES})
    caller.hangs_up()
    hear(rig, caller, {turn_of(rig, "SIGN_APP"): "不是我签的"})

    assert (rig.findings, rig.all(QualityItem)) == ([], [])


def test_the_birthday_misheard_is_no_denial(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {turn_of(rig, "ID_VERIFY"): "一九六五年三月六日"})

    assert (rig.findings, rig.cases) == ([], [])


def test_a_live_finding_gets_its_place_in_the_recording(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"SIGN_TIP": "业务员替我签的", **YES})
    caller.hangs_up()
    assert rig.one(Finding).from_s is None
    case, due = rig.one(Case).opened_at, rig.one(Case).due_at
    rig.clock.tick(3 * 86400)
    hear(rig, caller)

    assert rig.one(Finding).recording_id == 1
    assert rig.one(Finding).to_s > rig.one(Finding).from_s
    assert (rig.one(Case).opened_at, rig.one(Case).due_at) == (case, due)  # its clock runs on
    assert len(rig.all(Case)) == 1


def test_a_recorded_yes_does_not_take_a_finding_away(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"SIGN_TIP": "业务员替我签的", **YES})
    caller.hangs_up()
    hear(rig, caller, dict.fromkeys(range(5, 10), "是的"))

    assert ("SIGN_TIP", "denied", "live") in rig.findings
    assert [name for name, _ in rig.cases] == ["问题件"]
    assert "SIGN_TIP" in [item.question_id for item in rig.all(QualityItem)]


def test_a_recording_heard_twice_opens_one_item(rig: Rig, caller: Caller) -> None:
    from operations.hear_recordings import hear as hear_again

    hear(rig, caller, {turn_of(rig, "READ"): ""})
    hear_again(rig.line, 1)

    assert len(rig.all(QualityItem)) == 1


def test_a_late_hearing_of_an_earlier_call_opens_no_second_case(rig: Rig) -> None:
    """That the holder was never reached is said once, by the last call."""
    rig.import_rows({})
    first = rig.ring()
    first.picks_up()
    first.hangs_up()
    rig.clock.tick(4 * 3600)
    rig.put_on_shelf(sid(first), rig.recording())
    first.recorded()
    for later in (0, 20):
        rig.clock.tick(later * 3600)
        again = rig.ring()
        again.picks_up()
        again.hangs_up()
    assert rig.policy.closed_because == "retries-exhausted"
    assert len(rig.cases) == 1
    fetch_next(rig.line)
    hear_next(rig.line)

    assert rig.cases == [("核实件", "联系不上投保人")]
    assert rig.one(Case).call_id == rig.one(Call, -1).id


def test_without_a_recogniser_recordings_wait(rig: Rig, caller: Caller) -> None:
    rig.put_on_shelf(sid(caller), rig.recording())
    caller.recorded()
    fetch_next(rig.line)

    assert not hear_next(replace(rig.line, speech=None))
    assert rig.one(Recording).state == "stored"
    assert hear_next(rig.line)


class Failing:
    """A recogniser that breaks down."""

    name = "failing:1"
    workers = 1

    def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
        raise MemoryError("no room for the model")


def test_our_own_fault_while_hearing_is_tried_again_and_then_shown(
    rig: Rig, caller: Caller
) -> None:
    rig.put_on_shelf(sid(caller), rig.recording(), *[NOT_READY] * 7)
    caller.recorded()
    while rig.one(Recording).state == "announced":
        rig.clock.tick(3600)
        fetch_next(rig.line)
    broken = replace(rig.line, speech=Failing())
    hear_next(broken)
    assert rig.one(Recording).state == "stored"  # however often it had to be fetched
    assert "no room for the model" in rig.one(Recording).problem
    assert not hear_next(broken)
    for _ in range(10):
        rig.clock.tick(3600)
        hear_next(broken)

    assert rig.one(Recording).state == "unreadable"
    assert "no room for the model" in rig.one(Recording).problem


def test_killed_while_hearing(rig: Rig, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.put_on_shelf(sid(caller), rig.recording())
    caller.recorded()
    fetch_next(rig.line)

    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(rig.speech, "hear", dies)
        with pytest.raises(Killed):
            hear_next(rig.line)
    assert not hear_next(rig.line)
    rig.clock.tick(rig.line.lease_s + 1)
    assert hear_next(rig.line)
    assert rig.one(Recording).state == "heard"
