"""The talk on the telephone: what came in (speech, keys, nothing, something late, a machine)
becomes an answer to the script, and its effects go out. Pure; knows no carrier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scripts import answers
from scripts import run as runs
from scripts.answers import Reading, Record, times
from scripts.answers.lexicon import Book
from scripts.effects import Effect, HangUp, Listen
from scripts.facts import Facts, Period, PeriodKind
from scripts.heard import Heard, Request, Via
from scripts.labels import Label
from scripts.model import Kind, Polarity, Question
from scripts.outcomes import Outcome
from scripts.run import Run

#: Somebody whom the carrier took for a machine says no more than this: 喂, 你好, 哪位啊.
_SHORT_GREETING = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one webhook brings. ``question`` and ``turn`` are those of the Ask it answers, with an
    empty question after a Listen. Neither ``speech`` nor ``digits`` is silence."""

    question: str
    turn: int
    speech: str | None = None
    digits: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What came of it. ``changed`` tells whether ``run`` has one more turn to be kept; ``reading``
    is how speech was understood; ``outcome`` is set once the call is over, also when a machine
    ended it without a turn; ``announcement`` are the machine's words then."""

    run: Run
    effects: tuple[Effect, ...]
    changed: bool = False
    reading: Reading | None = None
    outcome: Outcome | None = None
    announcement: str = ""


def greet(run: Run, *, machine: bool = False) -> Step:
    """Somebody picked up. Nothing is spoken to a machine: its announcement may say why."""
    if machine and not run.turns:
        return Step(run, (Listen(turn=0),))
    return Step(run, runs.effects(run), outcome=runs.ending(run))


def hear(run: Run, said: Said, now: datetime, book: Book | None = None) -> Step:
    """One answer, read with the lexicon ``book`` (the packaged one without it). An answer to
    another question or turn than the present one is late or came twice: nothing changes, and the
    present words are said again."""
    question = runs.question(run)
    if said.turn != len(run.turns) or question is None:
        return _unchanged(run)
    if not said.question:
        return _machine(run, said)
    if said.question != question.id:
        return _unchanged(run)
    if question.kind is Kind.PRESENCE and said.speech and not said.digits:
        outcome = answers.announcement(said.speech)
        if outcome is not None:
            return _announced(run, outcome, said.speech)
    heard, reading = understand(question, run.facts, said, now, book)
    after, effects = runs.advance(run, heard)
    return Step(after, effects, True, reading, runs.ending(after))


def understand(
    question: Question, facts: Facts, said: Said, now: datetime, book: Book | None = None
) -> tuple[Heard, Reading | None]:
    """What was heard in answer to a question. Keys win over speech: they are pressed on purpose."""
    digits = (said.digits or "").strip("#")
    if digits:
        return _pressed(question, facts, digits, now, book)
    words = (said.speech or "").strip()
    if not words:
        return Heard(Label.SILENCE, via=Via.NONE), None
    return _read(question, facts, words, now, book, Via.SPEECH)


_KEYS: Mapping[str, Heard] = {
    "1": Heard(Label.AFFIRM, "按键1", via=Via.KEYS),
    "2": Heard(Label.DENY, "按键2", via=Via.KEYS),
    "3": Heard(Label.UNCLEAR, "按键3", request=Request.REPEAT, via=Via.KEYS),
    "0": Heard(Label.EXPLAIN, "按键0", request=Request.PERSON, via=Via.KEYS),
}
#: Where 没有 is the good answer, 2 is the good key.
_KEYS_REVERSED: Mapping[str, Heard] = {
    **_KEYS,
    "1": Heard(Label.DENY, "按键1", via=Via.KEYS),
    "2": Heard(Label.AFFIRM, "按键2", via=Via.KEYS),
}
_COMMANDS = frozenset({"0", "3"})


def _pressed(
    question: Question, facts: Facts, digits: str, now: datetime, book: Book | None
) -> tuple[Heard, Reading | None]:
    if question.kind in (Kind.IDENTITY, Kind.TIME) and digits not in _COMMANDS:
        return _read(question, facts, digits, now, book, Via.KEYS)
    keys = _KEYS_REVERSED if question.polarity is Polarity.NEGATIVE else _KEYS
    wrong = Heard(Label.UNCLEAR, f"按键{digits}", via=Via.KEYS)
    return keys.get(digits, wrong), None


def _read(
    question: Question, facts: Facts, words: str, now: datetime, book: Book | None, via: Via
) -> tuple[Heard, Reading]:
    reading = answers.read(question.id, words, record=record(facts), now=now, book=book)
    label = reading.label
    if label is Label.AFFIRM and question.kind is Kind.IDENTITY and not _provable(facts):
        label = Label.UNSURE  # nothing on file to hold the answer against
    value = reading.value or _time_named(question, reading, now)
    return Heard(label, words, reading.also, reading.request, value, via), reading


def _time_named(question: Question, reading: Reading, now: datetime) -> str | None:
    """The time to call again, also from 他不在，晚上八点打来, whose label is not the callback."""
    wanted = question.kind is Kind.TIME or Label.CALLBACK in (reading.label, *reading.also)
    moment = times.said(reading.normalised, now) if wanted else None
    return moment.isoformat() if moment else None


def record(facts: Facts) -> Record:
    """What answers about the birthday, the premium and the periods are held against."""
    return Record(
        birth=facts.holder_birth,
        id_tail=facts.holder_id_tail,
        premium=facts.premium,
        instalments=facts.instalments,
        payment_years=_counted(facts.payment_period, PeriodKind.YEARS),
        frequency=facts.frequency,
        cooling_off_days=facts.cooling_off_days,
        cover_years=_counted(facts.cover_period, PeriodKind.YEARS),
        cover_age=_counted(facts.cover_period, PeriodKind.TO_AGE),
        cover_life=facts.cover_period.kind is PeriodKind.LIFE,
    )


def _counted(period: Period | None, kind: PeriodKind) -> int | None:
    return period.number if period and period.kind is kind else None


def _provable(facts: Facts) -> bool:
    return facts.holder_birth is not None or bool(facts.holder_id_tail)


def _machine(run: Run, said: Said) -> Step:
    """After a Listen: an announcement, a mailbox, or a person whom the carrier mistook."""
    words = (said.speech or "").strip()
    outcome = answers.announcement(words, by_machine=True) if words else None
    if outcome is None and 0 < len(words) <= _SHORT_GREETING:
        return _unchanged(run)
    return _announced(run, outcome or Outcome.VOICEMAIL, words)


def _announced(run: Run, outcome: Outcome, words: str) -> Step:
    return Step(run, (HangUp(outcome),), outcome=outcome, announcement=words)


def _unchanged(run: Run) -> Step:
    return Step(run, runs.effects(run), outcome=runs.ending(run))
