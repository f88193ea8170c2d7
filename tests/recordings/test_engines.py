from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from recordings import engines, models, whisper
from recordings.engines import EnginePaths, choose, doctor
from recordings.trouble import SpeechTrouble
from recordings.vosk import VoskSpeech
from recordings.whisper import WhisperSpeech

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def paths(tmp_path):
    return EnginePaths(tmp_path / "models", base_url=NOWHERE)


@pytest.fixture
def no_whisper(monkeypatch):
    monkeypatch.setattr(whisper, "installed", lambda: False)


@pytest.fixture
def some_whisper(monkeypatch):
    """Whisper is installed, and its model need not be joined."""
    monkeypatch.setattr(whisper, "installed", lambda: True)
    monkeypatch.setattr(whisper, "join_model", lambda into: into / whisper.MODEL)


def lay_model(folder: Path) -> None:
    """What an unpacked Vosk model looks like from outside."""
    (folder / "am").mkdir(parents=True)
    (folder / "graph").mkdir()
    (folder / "am" / "final.mdl").write_bytes(b"")


def test_vosk_is_the_default_where_its_model_is(paths, some_whisper):
    lay_model(paths.vosk)
    choice = choose("auto", paths, NOW)
    assert isinstance(choice.speech, VoskSpeech)
    assert choice.name == "vosk:vosk-model-small-cn-0.22"
    assert choice.why == "Vosk with vosk-model-small-cn-0.22 is the default, and its model is here."


def test_whisper_stands_in_and_says_why(paths, some_whisper):
    choice = choose("auto", paths, NOW)
    assert isinstance(choice.speech, WhisperSpeech)
    assert choice.name == "whisper:whisper-base"
    assert choice.why == "Whisper stands in for Vosk: its model is not here."


def test_with_neither_recordings_wait(paths, no_whisper):
    choice = choose("auto", paths, NOW)
    assert (choice.speech, choice.name) == (None, "none")
    assert "recordings wait" in choice.why
    assert "`huifang speech fetch`" in choice.why
    assert "[whisper]" in choice.why


def test_none_is_nobody(paths, some_whisper):
    assert choose("none", paths, NOW).speech is None


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("vosk", "no Vosk model in .*: get one with `huifang speech fetch`"),
        ("whisper", r"Whisper is not installed: install huifang with its extra \[whisper\]"),
        ("siri", "engine 'siri' is unknown: use one of auto, vosk, whisper, none"),
    ],
)
def test_what_was_asked_for_by_name_must_be_there(paths, no_whisper, setting, sentence):
    with pytest.raises(SpeechTrouble, match=sentence):
        choose(setting, paths, NOW)


def test_auto_fetches_the_model_when_it_may(paths, some_whisper, monkeypatch):
    def fetch(model, into, progress, base_url):
        progress(1, 1)
        lay_model(into / model.name)

    monkeypatch.setattr(engines, "_refuse_unreachable", lambda base_url: None)
    monkeypatch.setattr(models, "fetch", fetch)
    seen = []
    choice = choose("auto", paths, NOW, may_fetch=True, progress=lambda *at: seen.append(at))
    assert choice.name == "vosk:vosk-model-small-cn-0.22"
    assert seen == [(1, 1)]


def test_without_internet_it_asks_once_a_day(paths, some_whisper, monkeypatch):
    first = choose("auto", paths, NOW, may_fetch=True)
    assert "could not be fetched (http://127.0.0.1:9/ cannot be reached)" in first.why

    asked = []
    monkeypatch.setattr(engines, "_refuse_unreachable", asked.append)
    monkeypatch.setattr(models, "fetch", lambda *args, **more: None)
    later = choose("auto", paths, NOW + timedelta(hours=23), may_fetch=True)
    assert asked == []
    assert "earlier today" in later.why
    lay_model(paths.vosk)
    assert choose("auto", paths, NOW + timedelta(hours=25), may_fetch=True).name.startswith("vosk")


def test_a_day_later_it_asks_again(paths, some_whisper, monkeypatch):
    choose("auto", paths, NOW, may_fetch=True)
    asked = []

    def still_away(base_url):
        asked.append(base_url)
        raise SpeechTrouble("still away")

    monkeypatch.setattr(engines, "_refuse_unreachable", still_away)
    choice = choose("auto", paths, NOW + timedelta(hours=25), may_fetch=True)
    assert asked == [NOWHERE]
    assert "still away" in choice.why


def test_a_damaged_note_is_no_obstacle(paths, some_whisper):
    paths.folder.mkdir()
    (paths.folder / ".vosk-not-fetched.json").write_text("{")
    assert "cannot be reached" in choose("auto", paths, NOW, may_fetch=True).why


def test_a_reachable_place_is_reachable(server, sounds):
    server.pages["/models/"] = [sounds.Page(b"index")]
    engines._refuse_unreachable(f"{server.url}/models/")


def test_the_doctor_names_what_is_missing_and_the_mend(paths, no_whisper):
    findings = {finding.what: finding for finding in doctor(paths)}
    assert not findings["vosk"].ok
    assert str(paths.vosk) in findings["vosk"].sentence
    assert findings["vosk"].mend == "`huifang speech fetch`"
    assert findings["whisper"].mend == "pip install 'huifang[whisper]'"
    assert not findings["engine"].ok


def test_the_doctor_finds_nothing_wrong(paths, some_whisper):
    lay_model(paths.vosk)
    assert [finding.ok for finding in doctor(paths)] == [True, True, True]
