"""Measures hearing from sound to label: three sets of spoken answers, sounds of nobody, and what
thresholds are worth on voices they were not chosen on."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import soundfile

from huifang import wiring
from huifang.settings import load
from recordings import whisper
from recordings.listen import listen
from recordings.silero import Silero
from recordings.whisper import WhisperSpeech
from scripts.answers import opinion, read
from scripts.answers.normalise import normalise
from scripts.labels import Label
from tests.hearing import clips, sets, thresholds
from tests.hearing.figures import Case, Errors, confusions, count, errors, line
from tests.hearing.heard import Hearing, Hints, heard
from tests.hearing.noises import RATE, noises
from tests.hearing.progress import counted
from tests.hearing.understood import Understanding, trained_without
from tests.hearing.words import LONG

NOISES, FEW_NOISES = 200, 48
QUICK = 7  # a quick look takes one clip of so many: of every voice, speed and noise some
NOISE_QUESTIONS = ("SIGN_APP", "CONSENT", "READ")

Part = tuple[str, Callable[[Hearing], bool]]
PARTS: tuple[Part, ...] = (
    ("clean", lambda one: one.clip.row.channel == "clean"),
    ("noisy", lambda one: one.clip.row.channel == "noisy"),
    ("short", lambda one: len(one.clip.row.text) < LONG),
    ("long", lambda one: len(one.clip.row.text) >= LONG),
)


@dataclass(frozen=True, slots=True)
class Set:
    """One set of clips as they were heard, and how they are understood."""

    name: str
    hearings: tuple[Hearing, ...]
    how: Understanding

    def cases(self, closed: bool) -> list[Case]:
        """What was understood, against the clips' labels."""
        return [
            Case(h.clip.row.question, h.clip.row.text, (h.clip.row.label,), label)
            for h in self.hearings
            for label, _ in [self.how.of_sound(h, closed)]
        ]

    def of_true_words(self) -> list[str]:
        """What the words that were really said are read as."""
        return [self.how.label(h.clip.row.question, h.clip.row.text) for h in self.hearings]


def lines(quick: bool) -> Iterator[str]:
    """The report, line by line."""
    if not whisper.installed():
        yield "No audio is measured: Whisper is missing; install huifang with its extra [whisper]."
        return
    speech = WhisperSpeech(whisper.join_model(wiring.engine_paths(load()).folder))
    hints = {q.code: q.expects for q in wiring.load_script("standard").questions}
    found = [*_sets(speech, hints, quick)]
    for one in found:
        yield from _of_set(one)
    if len(found) == 1:
        yield "Sets C and U need the natural voices: install huifang with its extra"
        yield "[voices-natural], then run python -m exchange.voices fetch"
        yield ""
    yield from _of_noises(speech, hints, FEW_NOISES if quick else NOISES)
    if len(found) > 1:
        yield ""
        yield "Thresholds chosen on all voices but one, measured on that one"
        yield from _of_thresholds(found)
    yield ""
    yield "The commonest mistakes of closed hearing, false yeses first"
    yield from _mistakes(found)


def _sets(speech: WhisperSpeech, hints: Hints, quick: bool) -> Iterator[Set]:
    step = QUICK if quick else 1
    spoken = {"A": sets.shipped()[::step]}
    if clips.installed():
        spoken |= {"C": _made(sets.drawn()[::step], "C"), "U": _made(sets.unseen()[::step], "U")}
    texts = {name: {normalise(c.row.text) for c in made} for name, made in spoken.items()}
    known = texts["A"] | texts.get("C", set())
    model = opinion.model() if quick else trained_without(known)
    for name, made in spoken.items():
        how = Understanding(texts["A"] | texts[name], opinion.model() if name == "U" else model)
        yield Set(name, tuple(heard(made, speech, hints, name)), how)


def _made(rows: Sequence[clips.Row], name: str) -> list[clips.Clip]:
    return [*counted(clips.made(rows), len(rows), f"set {name}: clips made")]


def _of_set(one: Set) -> Iterator[str]:
    """The figures of one set: open and closed hearing, against what was meant and against what
    the reader makes of the true words, so that the recogniser's share in the errors shows."""
    yield f"Set {one.name}"
    truth = one.of_true_words()
    openly, closely = one.cases(closed=False), one.cases(closed=True)
    yield line("true words read", count(_with_labels(openly, truth)))
    yield line("open hearing", count(openly))
    yield line("closed hearing", count(closely))
    yield line("open, against true words read", count(_against(openly, truth)))
    yield line("closed, against true words read", count(_against(closely, truth)))
    for name, belongs in PARTS:
        own = [c for c, h in zip(closely, one.hearings, strict=True) if belongs(h)]
        if 0 < len(own) < len(closely):
            yield line(f"closed hearing, {name}", count(own))
    for name, closed in (("open", False), ("closed", True)):
        yield f"  {name}: {_errors(one, closed)}"
    yield ""


def _with_labels(cases: Sequence[Case], labels: Sequence[str]) -> list[Case]:
    pairs = zip(cases, labels, strict=True)
    return [Case(case.question, case.words, case.wanted, label) for case, label in pairs]


def _against(cases: Sequence[Case], truth: Sequence[str]) -> list[Case]:
    pairs = zip(cases, truth, strict=True)
    return [Case(case.question, case.words, (label,), case.got) for case, label in pairs]


def _errors(one: Set, closed: bool) -> Errors:
    pairs = [(h.clip.row.text, one.how.of_sound(h, closed)[1]) for h in one.hearings]
    return errors(pairs)


def _of_noises(speech: WhisperSpeech, hints: Hints, many: int) -> Iterator[str]:
    """Sounds of nobody, the way of every recording; and what the recogniser makes of them when it
    is asked without the voice detector before it."""
    voiced = worded = yeses = bare_words = bare_yeses = 0
    for number, (_, sound) in enumerate(counted(noises(many), many, "noises heard")):
        question = NOISE_QUESTIONS[number % len(NOISE_QUESTIONS)]
        label, words = _from_file(speech, sound, question, hints[question])
        voiced += label != Label.SILENCE
        worded += bool(words)
        yeses += label == Label.AFFIRM
        alone = speech.hear(sound, RATE, hints[question]).text
        bare_words += bool(alone)
        bare_yeses += bool(alone) and read(question, alone).label == Label.AFFIRM
    told = f"{voiced} taken for speech, {worded} heard as words, {yeses} as yes"
    yield f"Of {many} sounds of nobody {told}"
    yield f"  without the voice detector: {bare_words} heard as words, {bare_yeses} as yes"


def _from_file(
    speech: WhisperSpeech, sound: clips.Wave, question: str, expected: Sequence[str]
) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "noise.wav"
        soundfile.write(file, sound, RATE, subtype="ULAW", format="WAV")
        entry = listen(file, speech, Silero(), question=question, read_words=read, hints=expected)
    return entry["reading"]["label"], entry["reading"]["words"]


def _of_thresholds(found: Sequence[Set]) -> Iterator[str]:
    """Over all sets; the two voices of A say the same texts and stay together."""
    pairs = [(one, hearing) for one in found for hearing in one.hearings]
    cases = [case for one in found for case in one.cases(closed=True)]
    folds = [h.clip.row.voice if h.clip.row.voice in clips.VOICES else "A" for _, h in pairs]
    measure = lambda: [one.how.of_sound(hearing)[0] for one, hearing in pairs]  # noqa: E731
    yield from thresholds.lines(cases, folds, measure)


def _mistakes(found: Sequence[Set]) -> Iterator[str]:
    """With an example each, and whose fault that example is: the reader's, when it errs on the true
    words too."""
    cases = []
    for one in found:
        for case, hearing in zip(one.cases(closed=True), one.hearings, strict=True):
            misread = one.how.label(case.question, case.words) != case.wanted[0]
            whose = "the reader" if misread else "the recogniser"
            told = f"{case.words} -> {one.how.of_sound(hearing)[1]} ({whose})"
            cases.append(Case(case.question, told, case.wanted, case.got))
    for wanted, got, times, case in confusions(cases):
        yield f"  {wanted} heard as {got}: {times}, as {case.question} {case.words}"
