"""Stored words read with another lexicon: without audio, without a recogniser, and without losing
how they were read before."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from operations.hear_recordings import hear_next
from operations.lexicon import active
from operations.read_recordings import RULES, Reread, read_again
from recordings import pipeline
from scripts.labels import Label
from store.tables import Call, Case, Hearing, QualityItem, Reading, ReadingVersion, Recording
from tests.operations.heard import STRANGE, called, publish, store, turn_of
from tests.operations.rig import Rig


class Deaf:
    """A recogniser that must not be asked."""

    name = "tones:1"
    workers = 1

    def hear(self, *_: object) -> None:
        raise AssertionError("somebody listened")


@pytest.fixture
def heard(rig: Rig) -> int:
    """A recording in which the answer about reading the papers is strange, heard, and read as not
    sure; that turn."""
    publish(rig, 1, "FORGET")
    caller = called(rig)
    turn = turn_of(rig, "READ")
    store(rig, caller, {turn: STRANGE})
    assert hear_next(rig.line)
    return turn


def again(rig: Rig, **options: bool) -> Reread:
    """Read again where neither a recogniser nor a single recording is at hand."""
    for file in (rig.folder / "recordings").rglob("*.wav"):
        file.unlink()
    return read_again(replace(rig.line, speech=Deaf()), **options)


def labels(rig: Rig, turn: int) -> list[str]:
    """How each version of the readings reads this turn, the oldest first."""
    return [one.label for one in rig.all(Reading, turn_number=turn)]


def counting(rig: Rig) -> list[str]:
    """The fingerprints of the versions that count."""
    return [one.fingerprint for one in rig.all(ReadingVersion) if one.counts]


def test_what_was_read_says_with_what(rig: Rig, heard: int) -> None:
    version = rig.one(ReadingVersion)
    with rig.line.database.reading() as session:
        book = active(session)

    assert (version.lexicon, version.fingerprint) == (book.version, book.fingerprint)
    assert (version.rules, version.counts) == (RULES, True)
    assert (rig.one(Hearing).version, rig.one(Hearing).engine) == (pipeline.VERSION, "tones:1")


def test_with_the_same_lexicon_nothing_is_read(rig: Rig, heard: int) -> None:
    before = rig.everything()
    found = again(rig)

    assert (found.recordings, found.answers, found.changes) == (0, 0, ())
    assert rig.everything() == before


def test_another_lexicon_adds_a_version_and_the_older_one_stays(rig: Rig, heard: int) -> None:
    old = rig.all(Reading)
    new = publish(rig, 2, "NAY")
    rig.clock.tick(3600)
    found = again(rig)

    assert (found.lexicon, found.fingerprint) == (2, new)
    assert (found.recordings, found.answers) == (1, len(old))
    first, second = rig.all(ReadingVersion)
    assert (first.counts, second.counts, second.fingerprint) == (False, True, new)
    assert second.made_at == rig.clock.now
    kept = rig.all(Reading, version_id=first.id)
    assert [(one.words, one.label) for one in kept] == [(one.words, one.label) for one in old]
    assert len(rig.all(Hearing)) == 1


def test_the_newest_reading_counts_for_the_judge(rig: Rig, heard: int) -> None:
    assert rig.cases == []
    publish(rig, 2, "NAY")
    (change,) = again(rig).changes

    assert (change.turn, change.words, change.new) == (heard, STRANGE, Label.DENY)
    assert change.policy == "P0001"
    assert ("READ", "denied", "recording") in rig.findings
    assert [name for name, _ in rig.cases] == ["问题件"]
    assert rig.one(Call).class_name == "问题件"


def test_read_again_twice_is_one_version_and_one_case(rig: Rig, heard: int) -> None:
    publish(rig, 2, "NAY")
    again(rig)
    before = rig.everything()

    assert again(rig).recordings == 0
    assert rig.everything() == before
    assert len(rig.all(Case)) == 1


def test_a_dry_run_tells_the_same_and_changes_nothing(rig: Rig, heard: int) -> None:
    publish(rig, 2, "NAY")
    before = rig.everything()
    told = again(rig, dry_run=True)

    assert rig.everything() == before
    assert again(rig).changes == told.changes != ()


def test_what_becomes_a_yes_stands_first(rig: Rig) -> None:
    caller = called(rig)
    turn = turn_of(rig, "LIABILITY.term")
    store(rig, caller, {turn: STRANGE, turn - 1: f"{STRANGE}，没有"})
    hear_next(rig.line)
    publish(rig, 2, "NAY")
    again(rig)
    publish(rig, 3, "YEA")
    changes = again(rig, dry_run=True).changes

    assert [change.gains_yes for change in changes] == sorted(
        (change.gains_yes for change in changes), reverse=True
    )
    assert (changes[0].turn, changes[0].old, changes[0].new) == (turn, "deny", "affirm")


def test_a_yes_gained_in_the_recording_leaves_the_case_to_a_person(rig: Rig, heard: int) -> None:
    publish(rig, 2, "NAY")
    again(rig)
    publish(rig, 3, "YEA")
    again(rig)

    assert labels(rig, heard)[-1] == Label.AFFIRM
    assert [case.state for case in rig.all(Case)] == ["open"]


def test_back_to_the_first_lexicon_its_readings_count_again(rig: Rig, heard: int) -> None:
    first = counting(rig)
    second = publish(rig, 2, "NAY")
    again(rig)
    assert counting(rig) == [second]
    publish(rig, 1, "FORGET")  # put in force once more
    again(rig)

    assert counting(rig) == first
    assert len(rig.all(ReadingVersion)) == 2
    assert "READ" not in [question for question, _, _ in rig.findings]


def test_broken_off_it_goes_on_with_the_rest(rig: Rig) -> None:
    for number in (1, 2, 3):
        store(rig, called(rig, number))
        assert hear_next(rig.line)
    publish(rig, 2, "NAY")

    def broken_off(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_again(rig.line, progress=broken_off)
    seen: list[tuple[int, int]] = []
    found = read_again(rig.line, progress=lambda done, total: seen.append((done, total)))

    assert (found.recordings, seen) == (1, [(0, 1), (1, 1)])
    assert len(rig.all(ReadingVersion)) == 6
    assert len(counting(rig)) == 3


def test_words_of_another_version_that_cannot_be_used_are_named(rig: Rig, heard: int) -> None:
    with rig.line.database.transaction() as session:
        session.execute(update(Hearing).values(product={"answers": "of long ago"}, version="0"))
    publish(rig, 2, "NAY")
    found = again(rig)

    ((recording, why),) = found.unusable
    assert (recording, found.recordings) == (1, 0)
    assert "version 0" in why
    assert "huifang recordings hear --again" in why
    assert len(rig.all(ReadingVersion)) == 1


def test_a_second_hearing_without_hints_is_kept_for_the_next_reading(rig: Rig) -> None:
    """The no that a second hearing took back stays taken back, without the audio."""
    caller = called(rig)
    turn = turn_of(rig, "SIGN_APP")
    store(rig, caller, {turn: "不是我签的"})

    class Hinted:
        """Hears the no only where it is told to expect answers."""

        name, workers = "hinted:1", 1

        def hear(self, samples: object, rate: int, hints: object = ()) -> object:
            found = rig.speech.hear(samples, rate)  # type: ignore[arg-type]
            return found if hints or found.text != "不是我签的" else replace(found, text="是我签的")

    assert hear_next(replace(rig.line, speech=Hinted()))  # type: ignore[arg-type]
    assert rig.one(Hearing).openly == {str(turn): "是我签的"}
    publish(rig, 2, "NAY")
    again(rig)

    assert labels(rig, turn) == [Label.UNCLEAR, Label.UNCLEAR]
    assert [item.turn_number for item in rig.all(QualityItem)] == [turn]
    assert "SIGN_APP" not in [question for question, _, _ in rig.findings]


def test_who_looks_at_a_call_sees_every_version(rig: Rig, heard: int) -> None:
    from store.console.calls import one_call

    publish(rig, 2, "NAY")
    again(rig)
    with rig.line.database.reading() as session:
        found = one_call(session, 1)
        assert found is not None
        assert found.hearing is not None
        assert [version.lexicon for version in found.hearing.versions] == [1, 2]
        assert found.hearing.read_by is found.hearing.versions[1]
        assert [one.recording_id for one in found.hearings] == [rig.one(Recording).id]
