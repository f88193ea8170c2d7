"""Talks a script through without a telephone: typed words go the way of spoken ones, and every
answer is told with what it came to and why. Stores nothing and rings nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from huifang import clock
from huifang.faults import InputFault
from huifang.settings import Settings
from huifang.typed import Typed
from huifang.wiring import make_line
from ivr import conversation
from ivr.conversation import Said, Step
from operations.facts import facts_of
from scripts import run as runs
from scripts import sample
from scripts.answers.lexicon import Book
from scripts.answers.records import Reading
from scripts.effects import Ask, Effect, HangUp, Say, Transfer
from scripts.facts import Facts
from scripts.heard import Via
from scripts.model import STAYS, Event, Move, Question, Script
from scripts.run import Run
from store import policies


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a rehearsal. ``who`` is ``we``, the ``customer``, ``heard`` (what the answer
    came to), ``end`` (the outcome), ``finding`` (a verdict that somebody has to look at, with the
    customer's words) or ``verdict`` (the questions that came to the same).

    Of ``heard``: ``label``, ``also`` and ``rule`` are how it was read, ``then`` what follows and
    why.
    """

    who: str
    words: str
    question: str | None = None
    label: str | None = None
    also: tuple[str, ...] = ()
    rule: str = ""
    then: str = ""


class Rehearsal:
    """One talk. ``run`` is how far it has come, also after it was broken off."""

    def __init__(
        self, script: Script, facts: Facts, now: datetime, book: Book | None = None
    ) -> None:
        self.run = Run(script, facts)
        self._now, self._book = now, book

    def talk(self, answers: Typed) -> Iterator[Spoken]:
        """The lines of the talk: one answer for each time something is asked, read as a call reads
        it. Digits alone are keys."""
        step = conversation.greet(self.run)
        yield from _said(step.effects)
        while step.outcome is None and (asked := runs.question(self.run)) is not None:
            words = answers.next(asked.id).strip()
            yield Spoken("customer", words or "……", asked.id)
            step = self._hear(asked, words)
            yield _heard(self.run, step, asked)
            self.run = step.run
            yield from _said(step.effects)
        yield from _verdicts(self.run)

    def _hear(self, asked: Question, words: str) -> Step:
        keys = words if words.isdigit() else None
        turn = len(self.run.turns)
        said = Said(asked.id, turn, speech=None if keys else words, digits=keys)
        return conversation.hear(self.run, said, self._now, self._book)


def _said(effects: tuple[Effect, ...]) -> Iterator[Spoken]:
    for effect in effects:
        match effect:
            case Ask():
                yield Spoken("we", effect.text, effect.question)
            case Say() | Transfer():
                yield Spoken("we", effect.text)
            case HangUp():
                yield Spoken("end", effect.outcome)


def _heard(before: Run, step: Step, asked: Question) -> Spoken:
    if step.announcement:
        words = f"a machine says that the number is {step.outcome}"
        return Spoken("heard", words, asked.id, then="the call ends")
    heard = step.run.turns[-1].heard
    also = f" (also {', '.join(heard.also)})" if heard.also else ""
    return Spoken(
        "heard",
        f"{heard.label}{also}",
        asked.id,
        label=heard.label,
        also=heard.also,
        rule=_rule(step.reading, heard.via),
        then=_then(before, step.run, asked),
    )


def _rule(reading: Reading | None, via: Via) -> str:
    """What decided the reading: rules of the lexicon, or that nothing had to be read."""
    if reading is None:
        return {Via.KEYS: "key", Via.NONE: "nothing said"}.get(via, "")
    return ", ".join(dict.fromkeys(why.rule for why in reading.why))


_AGAIN = {
    Move.EXPLAIN: "explains and asks again",
    Move.AGAIN: "asks again in plainer words",
    Move.REPEAT: "asks again in the same words",
    Move.SLOWLY: "asks again slowly, in plainer words",
}


def _then(before: Run, after: Run, asked: Question) -> str:
    here, following = after.position, runs.question(after)
    if here.event is None:
        return ""
    if here.ended is None and here.move not in STAYS:
        return f"goes on to {following.id if following else 'the end'}"
    what = _AGAIN[here.move] if here.ended is None else f"ends as {here.ended}"
    routes = _routes(before, asked, here.event)
    return f"{what}: the {_nth(before, here.event)} {here.event} on {asked.id} ({routes})"


def _nth(before: Run, event: Event) -> str:
    here = before.position
    times = 1 + (here.silences if event is Event.SILENCE else here.counts.get(event, 0))
    return {1: "first", 2: "second", 3: "third"}.get(times, f"{times}th")


def _routes(run: Run, asked: Question, event: Event) -> str:
    table = asked.on_with_care if run.path.careful else asked.on
    steps = (f"{step.move} {step.target}".strip() for step in table.get(event, ()))
    return ", then ".join(steps)


def _verdicts(run: Run) -> Iterator[Spoken]:
    verdicts = runs.verdicts(run)
    for verdict in verdicts:
        if verdict.is_finding:
            words = f"{verdict.question_id} {verdict.status}: {verdict.words}"
            yield Spoken("finding", words, verdict.question_id)
    plain = sorted((v for v in verdicts if not v.is_finding), key=lambda v: v.status)
    for status, alike in groupby(plain, key=lambda v: v.status):
        yield Spoken("verdict", f"{status}: {', '.join(v.question_id for v in alike)}")


def facts_for(settings: Settings, number: str | None, script: Script | None = None) -> Facts:
    """The facts of a stored policy, or of an invented one that the script is meant for. Raises
    InputFault."""
    if number is None:
        invented = sample.fitting(script.covers if script else ())
        return replace(invented, company=settings.company, company_phone=settings.company_phone)
    line = make_line(settings)
    with line.database.reading() as session:
        policy = policies.by_number(session, number)
        if policy is None:
            raise InputFault(f"policy {number}: not stored here; import its list first")
        if policy.receipt_signed_on is None:
            raise InputFault(f"policy {number}: has no signed receipt, so it is not called yet")
        return facts_of(line, policy, clock.now().date())
