"""What cannot be heard goes to the queue of unreadable ones (无法读取) with its reason, is never
dropped, and goes on from where it failed when somebody has mended the cause."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from operations.fetch_recordings import MOST_TRIES as MOST_FETCHES
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import MOST_TRIES, Came, hear_next
from operations.retry_recordings import NotUnreadable, Retried, retry
from recordings.media import Media, MediaStatus
from recordings.speech import Heard, Samples
from recordings.trouble import SpeechTrouble
from store import recordings
from store.tables import Hearing, Reading, Recording
from tests.operations.heard import backlog, called, sid, store
from tests.operations.rig import Rig

REFUSED = Media(MediaStatus.REFUSED, "the carrier will not give the recording (403)")


class Killed(BaseException):
    """The process is gone: nothing behind this line runs."""


def stored_file(rig: Rig) -> Path:
    """The file of the first recording."""
    return rig.line.storage.file(rig.one(Recording).path)


def shortened(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (Path.unlink, "no such recording"),
        (lambda file: file.write_bytes(b""), "the file is empty (0 of"),
        (shortened, "the file is truncated"),
        (changed, "changed since it was stored"),
        (a_folder, "no such recording"),
    ],
)
def test_a_damaged_file_waits_for_a_person_with_its_reason(
    rig: Rig, damage: Callable[[Path], object], reason: str
) -> None:
    backlog(rig, 1)
    damage(stored_file(rig))
    assert hear_next(rig.line) is Came.UNREADABLE

    kept = rig.one(Recording)
    assert (kept.state, kept.unreadable_at, kept.tries) == ("unreadable", rig.clock.now, 1)
    assert reason in kept.problem
    assert kept.path is not None
    assert hear_next(rig.line) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty (0 bytes)"),
        (b"<html>gone</html>", "a web page"),
        (b"RIFF\0\0\0\0WAVEfmt ", "truncated"),
        (b"no audio at all", "not a readable audio file"),
    ],
)
def test_what_is_stored_whole_and_is_no_audio(rig: Rig, content: bytes, reason: str) -> None:
    backlog(rig, 1)
    file = rig.line.storage.put([content])
    with rig.line.database.transaction() as session:
        recording = recordings.by_id(session, 1)
        assert recording is not None
        recording.path, recording.sha256, recording.bytes = file.path, file.sha256, file.bytes
    hear_next(rig.line)

    assert rig.one(Recording).state == "unreadable"
    assert reason in rig.one(Recording).problem


def test_one_that_cannot_be_read_does_not_hold_up_the_others(rig: Rig) -> None:
    backlog(rig, 3)
    shortened(stored_file(rig))

    assert [hear_next(rig.line) for _ in range(4)] == [
        Came.UNREADABLE, Came.HEARD, Came.HEARD, None,
    ]  # fmt: skip


class Deadly:
    """A recogniser with which the process dies, without a word."""

    name, workers = "deadly:1", 1

    def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
        raise Killed


def test_a_recording_that_the_process_dies_of_several_times(rig: Rig) -> None:
    backlog(rig, 2)
    deadly = replace(rig.line, speech=Deadly())
    for _ in range(MOST_TRIES):
        with pytest.raises(Killed):
            hear_next(deadly)
        assert rig.one(Recording).state == "stored"
        rig.clock.tick(rig.line.lease_s + 1)
    assert hear_next(deadly) is Came.UNREADABLE

    kept = rig.one(Recording)
    assert f"ended the process {MOST_TRIES} times" in kept.problem
    assert kept.unreadable_at == rig.clock.now
    assert hear_next(rig.line) is Came.HEARD  # the other one
    assert rig.one(Recording, 1).state == "heard"


def test_a_recording_that_the_process_dies_of_while_it_is_fetched(rig: Rig) -> None:
    def dies(vendor_id: str) -> Media:
        raise Killed

    called(rig).recorded()
    deadly = replace(rig.line, fetch=dies)
    for _ in range(MOST_FETCHES):
        with pytest.raises(Killed):
            fetch_next(deadly)
        rig.clock.tick(rig.line.lease_s + 1)
    assert fetch_next(deadly)

    assert rig.one(Recording).state == "unreadable"
    assert f"ended the process {MOST_FETCHES} times" in rig.one(Recording).problem


def test_our_own_fault_while_fetching_is_kept_and_tried_again(rig: Rig) -> None:
    def faulty(vendor_id: str) -> Media:
        raise RuntimeError("a slip of ours")

    called(rig).recorded()
    assert fetch_next(replace(rig.line, fetch=faulty))
    assert rig.one(Recording).state == "announced"
    assert "a slip of ours" in rig.one(Recording).problem


class Broken:
    """A recogniser whose model is gone."""

    name, workers = "broken:1", 1

    def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
        raise SpeechTrouble("no model here")


def test_a_recogniser_that_fails_is_tried_again_with_waits(rig: Rig) -> None:
    backlog(rig, 1)
    broken = replace(rig.line, speech=Broken())
    came = []
    for _ in range(MOST_TRIES):
        came.append(hear_next(broken))
        assert hear_next(broken) is None  # not at once
        rig.clock.tick(61)

    assert came == [*[Came.LATER] * (MOST_TRIES - 1), Came.UNREADABLE]
    assert rig.one(Recording).problem == "no model here"


def test_a_mended_file_is_heard_again(rig: Rig) -> None:
    backlog(rig, 1)
    content = stored_file(rig).read_bytes()
    shortened(stored_file(rig))
    hear_next(rig.line)
    stored_file(rig).write_bytes(content)
    assert retry(rig.line, [1]) == [Retried(1, "stored")]

    kept = rig.one(Recording)
    assert (kept.state, kept.tries, kept.problem, kept.unreadable_at) == ("stored", 0, None, None)
    assert hear_next(rig.line) is Came.HEARD
    assert rig.all(Reading) != []


def test_a_lost_file_is_fetched_again(rig: Rig) -> None:
    backlog(rig, 1)
    content = stored_file(rig).read_bytes()
    stored_file(rig).unlink()
    hear_next(rig.line)
    assert retry(rig.line, [1, 1]) == [Retried(1, "announced")]
    fetch_next(rig.line)

    assert stored_file(rig).read_bytes() == content
    assert hear_next(rig.line) is Came.HEARD


def test_another_file_than_the_one_before_is_no_replacement(rig: Rig) -> None:
    """A recording is evidence: what comes in the place of a lost one must be the same."""
    caller = called(rig)
    store(rig, caller)
    before = rig.one(Recording)
    stored_file(rig).unlink()
    hear_next(rig.line)
    rig.put_on_shelf(sid(caller), rig.recording({3: ""}))
    retry(rig.line, [1])
    fetch_next(rig.line)

    kept = rig.one(Recording)
    assert (kept.state, kept.path, kept.sha256) == ("unreadable", before.path, before.sha256)
    assert "another file" in kept.problem
    assert before.sha256 in kept.problem


def test_one_that_was_never_fetched_is_fetched_again(rig: Rig) -> None:
    caller = called(rig)
    rig.shelf.media[sid(caller)] = [REFUSED]
    caller.recorded()
    fetch_next(rig.line)
    assert rig.one(Recording).unreadable_at == rig.clock.now
    assert rig.one(Recording).tries == 1
    rig.put_on_shelf(sid(caller), rig.recording())
    assert retry(rig.line, [1]) == [Retried(1, "announced")]
    fetch_next(rig.line)

    assert rig.one(Recording).state == "stored"


def test_only_what_is_in_the_queue_is_put_back_and_else_nothing(rig: Rig) -> None:
    backlog(rig, 2)
    shortened(stored_file(rig))
    hear_next(rig.line)
    before = rig.everything()

    with pytest.raises(NotUnreadable, match="recording 2 is stored, not unreadable"):
        retry(rig.line, [1, 2])
    with pytest.raises(NotUnreadable, match="there is no recording 9"):
        retry(rig.line, [1, 9])
    assert rig.everything() == before


def test_a_file_that_vanished_after_it_was_heard_is_noticed_when_it_is_heard_again(
    rig: Rig,
) -> None:
    backlog(rig, 1)
    hear_next(rig.line)
    stored_file(rig).unlink()
    other = replace(rig.line, speech=replace(rig.speech, name="tones:2"))

    assert hear_next(other, again=True) is Came.UNREADABLE
    assert [one.counts for one in rig.all(Hearing)] == [True]  # what was heard stays
