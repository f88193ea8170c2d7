"""``huifang recordings``: the states and the queue of unreadable ones, hearing the backlog, reading
again, and putting back what somebody has mended."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from huifang import clock
from huifang.cli import recordings as commands
from operations.hear_recordings import hear_next
from operations.line import Line
from recordings.engines import Choice
from recordings.trouble import SpeechTrouble
from store.tables import Hearing, Reading, ReadingVersion, Recording
from tests.huifang.conftest import Terminal
from tests.operations.heard import backlog, called, sid, store
from tests.operations.rig import Rig
from tests.operations.sounds import Loudness


@pytest.fixture
def rig(terminal: Terminal) -> Iterator[Rig]:
    """A line in the terminal's home."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    yield rig
    rig.close()


@pytest.fixture
def tones(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """The same, with a recogniser and a voice detector for tones at the terminal."""
    choice = Choice(rig.speech, rig.speech.name, "The tones' recogniser is what the test asks for.")
    make = commands.make_line

    def made(*given: Any, **more: Any) -> Line:
        return replace(make(*given, **more), detector=Loudness())

    monkeypatch.setattr(commands, "choose_speech", lambda settings, engine: choice)
    monkeypatch.setattr(commands, "make_line", made)
    return rig


def shorten(rig: Rig, place: int = 0) -> None:
    """Cut one byte off a stored recording."""
    file = rig.line.storage.file(rig.one(Recording, place).path)
    file.write_bytes(file.read_bytes()[:-1])


def read_by_an_older_lexicon(rig: Rig, words: str, label: str) -> None:
    """Make it so that the newest answer with these words was read otherwise by an older lexicon."""
    with rig.line.database.transaction() as session:
        session.execute(update(ReadingVersion).values(fingerprint="of long ago", lexicon=0))
        row = session.scalars(select(Reading).where(Reading.words == words)).first()
        assert row is not None
        row.label = label


def test_a_home_without_recordings(terminal: Terminal) -> None:
    said = terminal.run("recordings", "list", "--json")
    assert said.json["recordings"] == []
    assert set(said.json["counts"].values()) == {0}
    assert terminal.run("recordings", "list").code == 0


def test_list_tells_states_and_reasons(terminal: Terminal, rig: Rig) -> None:
    backlog(rig, 3)
    shorten(rig)
    hear_next(rig.line)
    hear_next(rig.line)
    told = terminal.run("recordings", "list", "--json").json

    assert told["counts"] == {
        "announced": 0, "stored": 1, "heard": 1, "unreadable": 1, "absent": 0,
        "deleted": 0,
    }  # fmt: skip
    first, newest, heard = told["recordings"]
    assert (first["id"], first["policy"], first["call"]) == (1, "P0001", 1)
    assert (first["state"], first["tries"]) == ("unreadable", 1)
    assert first["since"] == rig.clock.now.isoformat()
    assert first["path"] == rig.one(Recording).path
    assert "truncated" in first["reason"]
    assert (newest["id"], newest["state"], newest["heard_by"]) == (3, "stored", None)
    assert (heard["heard_by"], heard["lexicon"]) == ("tones:1", 1)


def test_list_narrowed_to_the_queue(terminal: Terminal, rig: Rig) -> None:
    backlog(rig, 2)
    shorten(rig)
    hear_next(rig.line)
    narrowed = terminal.run("recordings", "list", "--state", "unreadable", "--json").json
    assert [one["id"] for one in narrowed["recordings"]] == [1]
    assert len(terminal.run("recordings", "list", "--limit", "1", "--json").json["recordings"]) == 1

    said = terminal.run("recordings", "list", "--limit", "1")
    assert "unreadable 1: policy P0001, call 1, since 2026-11-18 10:" in said.out
    assert "the file is truncated" in said.out
    assert f"    {rig.one(Recording).path}" in said.out
    assert "1 of 2 are shown" in said.err
    assert "huifang recordings retry --unreadable" in said.err


def test_hear_works_off_the_backlog(terminal: Terminal, tones: Rig) -> None:
    backlog(tones, 3)
    first = terminal.run("recordings", "hear", "--limit", "2", "--json").json
    assert (first["engine"], first["heard"], first["left"]) == ("tones:1", 2, 1)
    assert first["per_minute"] > 0
    said = terminal.run("recordings", "hear")
    assert said.code == 0
    assert "1 heard" in said.err
    assert "0 left" in said.err
    assert "a minute" in said.err

    assert [one.state for one in tones.all(Recording)] == ["heard"] * 3
    assert len(tones.all(Hearing)) == 3
    assert terminal.run("recordings", "hear", "--json").json["heard"] == 0


def test_hear_again_with_another_engine(terminal: Terminal, tones: Rig) -> None:
    backlog(tones, 2)
    terminal.run("recordings", "hear")
    tones.speech.name = "tones:2"
    assert terminal.run("recordings", "hear", "--json").json["heard"] == 0
    told = terminal.run("recordings", "hear", "--again", "--limit", "1")
    assert "go on with: huifang recordings hear --again" in told.err
    told = terminal.run("recordings", "hear", "--again", "--json")
    assert (told.json["heard"], told.json["left"]) == (1, 0)

    assert [one.engine for one in tones.all(Hearing) if one.counts] == ["tones:2"] * 2


def test_hear_tells_what_cannot_be_read(terminal: Terminal, tones: Rig) -> None:
    backlog(tones, 2)
    shorten(tones)
    said = terminal.run("recordings", "hear")

    assert said.code == 0
    assert "1 heard" in said.err
    assert "1 cannot be read: huifang recordings list --state unreadable" in said.err


def test_hear_waits_for_what_a_killed_process_held(terminal: Terminal, tones: Rig) -> None:
    backlog(tones, 1)
    soon = clock.now() + timedelta(seconds=0.2)
    with tones.line.database.transaction() as session:
        session.execute(update(Recording).values(leased_until=soon))

    assert terminal.run("recordings", "hear", "--json").json["heard"] == 1


def test_hear_broken_off_finishes_what_is_in_hand(
    terminal: Terminal, tones: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    backlog(tones, 3)
    hear = tones.speech.hear

    def interrupted(*given: object) -> object:
        monkeypatch.setattr(tones.speech, "hear", hear)
        os.kill(os.getpid(), signal.SIGINT)
        return hear(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(commands, "warm_up", lambda line: None)
    monkeypatch.setattr(tones.speech, "hear", interrupted)
    before = signal.getsignal(signal.SIGINT)
    said = terminal.run("recordings", "hear")

    assert signal.getsignal(signal.SIGINT) is before
    assert said.code == commands.BROKEN_OFF
    assert "finishing what is in hand" in said.err
    assert len(tones.all(Hearing)) in (1, 2)
    assert {one.tries for one in tones.all(Recording)} == {0}
    assert terminal.run("recordings", "hear", "--json").json["left"] == 0


def test_hear_without_a_recogniser(terminal: Terminal, rig: Rig) -> None:
    backlog(rig, 1)
    terminal.set(ENGINE="none")
    assert "switched off" in terminal.run("recordings", "hear").complaint
    assert rig.one(Recording).state == "stored"


def test_a_recogniser_that_cannot_be_loaded_takes_no_recording(
    terminal: Terminal, tones: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise SpeechTrouble("no model here: fetch one")

    backlog(tones, 1)
    monkeypatch.setattr(tones.speech, "hear", missing)
    assert terminal.run("recordings", "hear").complaint == "no model here: fetch one"
    assert (tones.one(Recording).state, tones.one(Recording).tries) == ("stored", 0)


def test_read_again_shows_what_becomes_a_yes_first(terminal: Terminal, rig: Rig) -> None:
    store(rig, called(rig), {8: "记不清了"})
    hear_next(rig.line)
    read_by_an_older_lexicon(rig, "是的", "unsure")
    read_by_an_older_lexicon(rig, "记不清了", "affirm")
    before = rig.everything()
    told = terminal.run("recordings", "read-again", "--dry-run", "--json").json
    assert rig.everything() == before

    assert (told["dry_run"], told["recordings"], told["gains_yes"]) == (True, 1, 1)
    first = told["changes"][0]
    assert (first["words"], first["old"], first["new"]) == ("是的", "unsure", "affirm")
    assert told["counts"][0] == {"old": "unsure", "new": "affirm", "count": 1}
    assert {change["words"] for change in told["changes"]} == {"是的", "记不清了"}

    said = terminal.run("recordings", "read-again", "--dry-run")
    assert "!!! 1 answers would become a YES" in said.err
    assert said.out.index("become a yes") < said.out.index("labels that change")
    assert "nothing was stored" in said.err


def test_read_again_adds_a_version(terminal: Terminal, rig: Rig) -> None:
    backlog(rig, 2)
    hear_next(rig.line)
    hear_next(rig.line)
    read_by_an_older_lexicon(rig, "是的", "unsure")
    said = terminal.run("recordings", "read-again")
    assert "became a YES" in said.err

    assert [one.counts for one in rig.all(ReadingVersion)] == [False, False, True, True]
    assert terminal.run("recordings", "read-again", "--json").json["recordings"] == 0


def test_retry_puts_back_what_was_mended(terminal: Terminal, rig: Rig) -> None:
    backlog(rig, 2)
    content = rig.line.storage.read(rig.one(Recording).path)
    shorten(rig)
    shorten(rig, 1)
    hear_next(rig.line)
    hear_next(rig.line)
    rig.line.storage.put([content])

    assert terminal.run("recordings", "retry", "1", "--json").json == [
        {"recording": 1, "state": "stored"}
    ]
    assert (
        "1 put back: 0 to be heard, 1 to be fetched"
        in terminal.run("recordings", "retry", "--unreadable").err
    )
    assert [one.state for one in rig.all(Recording)] == ["stored", "announced"]


def test_retry_of_what_is_not_there(terminal: Terminal, rig: Rig) -> None:
    called(rig).recorded(sid(rig.caller()))
    assert "recording 1 is announced" in terminal.run("recordings", "retry", "1").complaint
    assert "there is no recording 7" in terminal.run("recordings", "retry", "7").complaint
    assert terminal.run("recordings", "retry", "--unreadable", "--json").json == []


@pytest.mark.parametrize(
    "words",
    ["retry", "retry 1 --unreadable", "retry one", "list --state lost", "hear --limit 0",
     "hear --engine other"],
)  # fmt: skip
def test_wrong_usage(terminal: Terminal, words: str) -> None:
    said = terminal.run("recordings", *words.split())
    assert (said.code, said.out) == (2, "")
