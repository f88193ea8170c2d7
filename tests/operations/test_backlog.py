"""A backlog is worked off, every recording once per engine and version; a new engine hears
everything again, and an answer that came late is heard too."""

import threading
from dataclasses import dataclass, field, replace

import pytest

from operations.backlog import Tally, held_s, left, work_off
from operations.hear_recordings import hear_next, hear_waiting
from operations.line import Line
from recordings import pipeline
from recordings.speech import Heard, Samples
from store.tables import Case, Finding, Hearing, Reading, ReadingVersion, Recording, Turn
from tests.operations.heard import backlog, publish, store, turn_of
from tests.operations.rig import YES, Rig


def unseen(tally: Tally) -> None:
    """Nobody watches."""


def hearings(rig: Rig) -> list[tuple[int, str]]:
    """Every hearing: of which recording, by which engine."""
    return [(one.recording_id, one.engine) for one in rig.all(Hearing)]


def by(rig: Rig, engine: str) -> Line:
    """The line with another recogniser."""
    return replace(rig.line, speech=replace(rig.speech, name=engine))


def counting(rig: Rig) -> list[str]:
    """The engines whose hearings count, by recording."""
    return [one.engine for one in rig.all(Hearing) if one.counts]


@dataclass
class Both:
    """A recogniser that two threads use, and that shows when they do so at once."""

    inner: object
    name: str = "both:1"
    workers: int = 2
    meeting: threading.Barrier = field(default_factory=lambda: threading.Barrier(2))
    met: set[str] = field(default_factory=set)

    def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
        """Wait once for the other thread, then hear."""
        name = threading.current_thread().name
        if name not in self.met:
            self.met.add(name)
            self.meeting.wait(20)
        found: Heard = self.inner.hear(samples, rate)  # type: ignore[attr-defined]
        return found


def test_the_backlog_is_worked_off_with_news_of_how_far_it_is(rig: Rig) -> None:
    backlog(rig, 3)
    seen: list[Tally] = []

    assert work_off(rig.line, seen.append) == Tally(3, 0, 0, 0)
    assert [(tally.heard, tally.left) for tally in seen] == [(1, 2), (2, 1), (3, 0)]
    assert {one.state for one in rig.all(Recording)} == {"heard"}
    assert hearings(rig) == [(1, "tones:1"), (2, "tones:1"), (3, "tones:1")]


def test_a_backlog_asks_the_recogniser_no_more_often_than_its_recordings_one_by_one(
    rig: Rig,
) -> None:
    backlog(rig, 4)
    work_off(rig.line, unseen, most=1)
    one = rig.speech.heard
    work_off(rig.line, unseen)

    assert one > 10
    assert rig.speech.heard == 4 * one


def test_two_at_once_hear_every_recording_once(rig: Rig) -> None:
    backlog(rig, 4)
    both = Both(rig.speech)
    work_off(replace(rig.line, speech=both), unseen)

    assert len(both.met) == 2
    assert sorted(hearings(rig)) == [(n, "both:1") for n in (1, 2, 3, 4)]
    assert len(rig.all(ReadingVersion)) == 4


def test_no_more_than_asked_for(rig: Rig) -> None:
    backlog(rig, 3)

    assert work_off(rig.line, unseen, most=2) == Tally(2, 0, 0, 1)


def test_told_to_end_it_finishes_what_is_in_hand_and_the_next_time_goes_on(rig: Rig) -> None:
    backlog(rig, 3)
    ended = threading.Event()

    assert work_off(rig.line, lambda _: ended.set(), ended=ended).left in (1, 2)
    assert held_s(rig.line) is None
    assert work_off(rig.line, unseen).left == 0
    assert len(rig.all(Hearing)) == 3


def test_a_fault_of_the_database_ends_it_and_is_told(rig: Rig) -> None:
    backlog(rig, 1)

    class NoClockError(Exception):
        """Stands for anything that fails outside of one recording."""

    def stops() -> None:
        raise NoClockError

    with pytest.raises(NoClockError):
        work_off(replace(rig.line, clock=stops), unseen)  # type: ignore[arg-type]
    assert rig.one(Recording).state == "stored"


def test_nothing_waits(rig: Rig) -> None:
    assert work_off(rig.line, unseen) == Tally(0, 0, 0, 0)
    assert hear_waiting(rig.line, 5) == 0


def test_the_worker_and_somebody_at_the_keyboard_share_the_work(rig: Rig) -> None:
    backlog(rig, 4)
    both = [threading.Thread(target=hear_waiting, args=(rig.line, 4)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(hearings(rig)) == [(n, "tones:1") for n in (1, 2, 3, 4)]


def test_a_new_engine_hears_everything_again_and_then_counts(rig: Rig) -> None:
    backlog(rig, 2)
    work_off(rig.line, unseen)
    new = by(rig, "tones:2")
    assert (left(new), left(new, again=True)) == (0, 2)
    assert work_off(new, unseen, again=True) == Tally(2, 0, 0, 0)

    assert hearings(rig) == [(1, "tones:1"), (2, "tones:1"), (1, "tones:2"), (2, "tones:2")]
    assert counting(rig) == ["tones:2", "tones:2"]
    assert left(new, again=True) == 0


def test_broken_off_between_two_engines_it_goes_on_with_the_rest(rig: Rig) -> None:
    backlog(rig, 3)
    work_off(rig.line, unseen)
    new = by(rig, "tones:2")
    work_off(new, unseen, again=True, most=1)
    work_off(rig.line, unseen)  # the worker, with the engine of before: nothing waits for it
    assert left(new, again=True) == 2
    work_off(new, unseen, again=True)

    assert counting(rig) == ["tones:2"] * 3
    assert len(rig.all(Hearing)) == 6


def test_a_new_version_of_the_pipeline_hears_everything_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    backlog(rig, 1)
    work_off(rig.line, unseen)
    monkeypatch.setattr(pipeline, "VERSION", "next")
    work_off(rig.line, unseen, again=True)

    first, second = rig.all(Hearing)
    assert (second.version, second.counts, first.counts) == ("next", True, False)


def test_back_to_an_engine_that_has_heard_it_nothing_is_heard_but_it_counts(rig: Rig) -> None:
    backlog(rig, 1)
    work_off(rig.line, unseen)
    work_off(by(rig, "tones:2"), unseen, again=True)
    publish(rig, 2, "NAY")
    before = rig.speech.heard
    work_off(rig.line, unseen, again=True)

    assert rig.speech.heard == before
    assert counting(rig) == ["tones:1"]
    lexicons = [(one.hearing_id, one.lexicon) for one in rig.all(ReadingVersion)]
    assert lexicons == [(1, 1), (2, 1), (1, 2)]  # read with the lexicon of today


def test_a_long_recording_is_not_taken_by_another(rig: Rig) -> None:
    backlog(rig, 1)
    taken: list[object] = []

    class Slow:
        """Takes half a lease for every answer."""

        name, workers = "slow:1", 1

        def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
            rig.clock.tick(rig.line.lease_s / 2)
            taken.append(hear_next(rig.line))
            return rig.speech.hear(samples, rate)

    hear_next(replace(rig.line, speech=Slow()))

    assert len(taken) > 10
    assert set(taken) == {None}
    assert hearings(rig) == [(1, "slow:1")]


def test_what_a_killed_process_held_is_free_after_its_lease(rig: Rig) -> None:
    backlog(rig, 1)

    class Killed(BaseException):
        """The process is gone."""

    class Deadly:
        name, workers = "deadly:1", 1

        def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
            raise Killed

    with pytest.raises(Killed):
        hear_next(replace(rig.line, speech=Deadly()))

    assert work_off(rig.line, unseen) == Tally(0, 0, 0, 1)
    assert held_s(rig.line) == rig.line.lease_s
    rig.clock.tick(rig.line.lease_s + 1)
    assert held_s(rig.line) is None
    assert work_off(rig.line, unseen) == Tally(1, 0, 0, 0)


@pytest.fixture
def unfinished(rig: Rig) -> tuple[Rig, str]:
    """A call that has been heard, and the address of an answer of it that is still under way."""
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "SIGN_APP": "stop"})
    address = caller.last.action or ""
    caller.hangs_up()
    store(rig, caller)
    hear_next(rig.line)
    assert "SIGN_APP" in address
    return rig, address


def late(rig: Rig, address: str, words: str) -> None:
    """The answer's webhook comes after all."""
    rig.clock.tick(3)
    rig.caller().post(address, SpeechResult=words, Confidence="0.9")


def test_an_answer_that_comes_after_its_recording_was_heard_is_heard_too(
    unfinished: tuple[Rig, str],
) -> None:
    rig, address = unfinished
    heard = len(rig.all(Reading))
    assert rig.one(Recording).state == "heard"
    late(rig, address, "不是我签的")
    cases = rig.cases
    assert len(cases) == 1  # by what was heard live
    assert rig.one(Recording).state == "stored"
    assert hear_next(rig.line)

    assert rig.one(Recording).state == "heard"
    first, second = rig.all(Hearing)
    assert (first.turns, second.turns) == (heard, heard + 1)
    assert (first.counts, second.counts) == (False, True)
    last = turn_of(rig, "SIGN_APP")
    newest = rig.all(ReadingVersion)[-1]
    assert [one.turn_number for one in rig.all(Reading, version_id=newest.id)][-1] == last
    assert rig.cases == cases  # no second case
    assert len(rig.all(Case)) == 1
    assert hear_next(rig.line) is None


def test_an_answer_that_comes_while_its_recording_is_heard(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "SIGN_APP": "stop"})
    address = caller.last.action or ""
    caller.hangs_up()
    store(rig, caller)
    before = len(rig.all(Turn))

    class Overtaken:
        """While it hears, the answer comes."""

        name, workers = "tones:1", 1

        def hear(self, samples: Samples, rate: int, hints: object = ()) -> Heard:
            if len(rig.all(Turn)) == before:
                late(rig, address, "是我签的")
            return rig.speech.hear(samples, rate)

    hear_next(replace(rig.line, speech=Overtaken()))
    assert rig.one(Recording).state == "stored"
    hear_next(rig.line)

    assert rig.one(Recording).state == "heard"
    assert [one.turns for one in rig.all(Hearing)] == [before, before + 1]
    assert rig.all(Finding) == []


def test_the_same_answer_twice_is_not_heard_again(unfinished: tuple[Rig, str]) -> None:
    rig, address = unfinished
    late(rig, address, "是我签的")
    hear_next(rig.line)
    late(rig, address, "是我签的")

    assert rig.one(Recording).state == "heard"
