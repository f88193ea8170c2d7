"""Where a call stands, and the one rule that moves it on: a pure step from a position and what was
heard to the next position. It speaks no words; scripts.prompts does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scripts import conditions, slots
from scripts.conditions import Condition, Value
from scripts.facts import Facts
from scripts.heard import Heard
from scripts.labels import PRIORITY, Label, code_of
from scripts.model import STAYS, Event, Kind, Move, Question, Script, Step, event_of

#: Labels that outweigh a request beside them: whoever complains is not asked the same again.
_OUTWEIGH = frozenset({Label.NOT_HOLDER, Label.COMPLAINT, Label.CALLBACK, Label.REFUSE})
#: Values that tell why the holder will never be reached at this number.
ABSENT_FOR_GOOD = frozenset({"no-such-person", "deceased"})
#: Whoever answers so is not the holder, whoever was on the line before.
STRANGERS = frozenset({Event.NOT_HOLDER, Event.NO_SUCH_PERSON, Event.DECEASED})
_RANK = {label: rank for rank, label in enumerate(PRIORITY)}
_DOUBTS = frozenset({Event.DENY, Event.UNSURE, Event.EXPLAIN, Event.COMPLAINT})
#: What counts together where care is taken.
_FAILURES = frozenset({Event.SILENCE, Event.UNCLEAR, Event.UNSURE})
#: Neither is an answer: a silence after a noise is still the next silence.
_NO_ANSWER = frozenset({Event.SILENCE, Event.UNCLEAR})


@dataclass(frozen=True, slots=True)
class Path:
    """What the facts decide before the call: which questions are asked, and with how much care."""

    questions: tuple[Question, ...]
    situation: Mapping[str, Value]
    careful: bool
    #: By index: the questions that only the course of the call decides about.
    pending: Mapping[int, tuple[Condition, ...]] = field(default_factory=dict)
    #: Codes that an earlier part of the same revisit left in doubt.
    doubted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Position:
    """Where the call stands. ``ended`` is the id of the ending once there is one, ``value`` what
    the last answer carried, ``doubts`` whether a question was left with a doubt."""

    index: int = 0
    aside: Question | None = None
    move: Move = Move.NEXT
    event: Event | None = None  # the event that led here, for the words before the question
    counts: Mapping[Event, int] = field(default_factory=dict)  # on the present question
    explained: bool = False
    silences: int = 0  # in a row
    slow: bool = False
    turns: int = 0
    doubts: bool = False
    doubted: frozenset[str] = frozenset()  # codes answered with a doubt, resolved or not
    verified: bool = False
    stranger: bool = False  # the last answer that told who speaks told of somebody else
    ended: str | None = None
    value: str | None = None


def path(script: Script, facts: Facts) -> Path:
    """The questions that this policy is asked, as far as its facts decide."""
    given = conditions.situation(facts)
    opened = in_scope(script, facts.scope)
    asked = tuple(
        question
        for question in script.questions
        if question.id in opened
        and all(conditions.holds(c, given) for c in question.when if not c.of_call)
    )
    pending = {i: question.of_call for i, question in enumerate(asked) if question.of_call}
    careful = facts.holder_age is not None and facts.holder_age >= script.care.from_age
    return Path(asked, given, careful, pending, facts.doubted)


def in_scope(script: Script, scope: frozenset[str] | None) -> frozenset[str]:
    """The ids of the questions that a call may ask which asks only these ids or codes (None:
    everything). An entry opens the question of this id; where there is none, all of this code.
    Whoever is called again is identified and asked for consent again, and the last question
    closes every call. A question that waits for a doubt is open where one of its codes is."""
    ids = frozenset(question.id for question in script.questions)
    if scope is None:
        return ids
    codes = scope - ids
    opened = {
        question.id
        for question in script.questions
        if question.kind not in (Kind.FACT, Kind.REMARK)
        or question.id in scope
        or question.code in codes
        or question is script.questions[-1]
    }
    doubtable = {code_of(name) for name in opened}
    waiting = {
        question.id
        for question in script.questions
        if any(not doubtable.isdisjoint(one.values) for one in question.of_call)
    }
    return frozenset(opened | waiting)


def asked_at(here: Path, index: int, position: Position) -> int:
    """The index of the first question from here on that is asked as the call went so far."""
    while index in here.pending and not conditions.all_hold(
        here.pending[index], known(here, position)
    ):
        index += 1
    return index


def known(here: Path, position: Position) -> dict[str, Value]:
    """Everything that a condition can ask at this position."""
    return {
        **here.situation,
        "verified": position.verified and not position.stranger,
        "timed": slots.time_of(position.value) is not None,
        "doubts": position.doubts,
        "doubted": position.doubted,
    }


def present(here: Path, position: Position) -> Question | None:
    """The question that waits for an answer, or None after the end."""
    if position.ended is not None:
        return None
    return position.aside or here.questions[position.index]


def begin(script: Script, here: Path) -> Position:
    """Before the first answer. A script without a question for this policy ends at once."""
    position = Position(doubted=here.doubted)
    index = asked_at(here, 0, position)
    ended = None if index < len(here.questions) else script.finish
    return replace(position, index=index, ended=ended)


def event(heard: Heard) -> Event:
    """What an answer comes to. A yes counts only when nothing else was said or asked for."""
    label = min((heard.label, *heard.also), key=_RANK.__getitem__)
    if label is Label.NOT_HOLDER and heard.value in ABSENT_FOR_GOOD:
        return Event(heard.value)
    if heard.request is not None and label not in _OUTWEIGH:
        return Event(heard.request.value)
    return event_of(label)


def step(script: Script, here: Path, position: Position, heard: Heard) -> Position:
    """The position after one more answer. Unchanged after the end."""
    question = present(here, position)
    if question is None:
        return position
    happened = _event_on(question, heard)
    counted = _counted(position, question, happened, heard)
    chosen = _choose(question, here, counted, happened)
    moved = _move(script, here, counted, question, chosen)
    if moved.ended is None and moved.turns >= script.limits.turns:
        return replace(moved, ended=script.exhausted)
    return moved


def _event_on(question: Question, heard: Heard) -> Event:
    happened = event(heard)
    if question.kind is Kind.TIME and slots.time_of(heard.value) is not None:
        return Event.TIMED
    return happened


def _counted(position: Position, question: Question, happened: Event, heard: Heard) -> Position:
    doubt = happened in _DOUBTS and question.kind is Kind.FACT
    counts = {**position.counts, happened: position.counts.get(happened, 0) + 1}
    kept = position.silences if happened in _NO_ANSWER else 0
    return replace(
        position,
        event=happened,
        counts=counts,
        silences=kept + (happened is Event.SILENCE),
        slow=position.slow or happened is Event.SLOWER,
        turns=position.turns + 1,
        doubted=position.doubted | {question.code} if doubt else position.doubted,
        stranger=position.stranger or happened in STRANGERS,
        value=heard.value,
    )


def _choose(question: Question, here: Path, position: Position, happened: Event) -> Step:
    """The step for this event: the n-th time the n-th step; an explanation is given once."""
    routes = question.on_with_care if here.careful else question.on
    steps = routes[happened]
    times = _times(here, position, happened)
    index = min(times, len(steps)) - 1
    while steps[index].move is Move.EXPLAIN and position.explained and index + 1 < len(steps):
        index += 1
    return steps[index]


def _times(here: Path, position: Position, happened: Event) -> int:
    """The how-manieth time. With care every failure to understand each other counts, of whatever
    kind: the second one brings a person (T/IAC 54-2025)."""
    if here.careful and happened in _FAILURES:
        return sum(position.counts.get(one, 0) for one in _FAILURES)
    return position.silences if happened is Event.SILENCE else position.counts[happened]


def _move(
    script: Script, here: Path, position: Position, question: Question, chosen: Step
) -> Position:
    if chosen.move in STAYS:
        explained = position.explained or chosen.move is Move.EXPLAIN
        return replace(position, move=chosen.move, explained=explained)
    position = replace(position, doubts=position.doubts or position.event in _DOUBTS)
    if chosen.move is Move.END:
        return replace(position, ended=chosen.target)
    if chosen.move is Move.ASK:
        return _step_aside(script, position, chosen.target)
    return _next(script, here, position, question)


def _step_aside(script: Script, position: Position, target: str) -> Position:
    """Go to the question aside; when the answer already named a time it need not be asked."""
    question = script.question(target)
    assert question is not None, target  # the reader knows every target
    timed = question.on.get(Event.TIMED, ())
    if slots.time_of(position.value) is not None and timed and timed[0].move is Move.END:
        return replace(position, ended=timed[0].target)
    return replace(position, aside=question, move=Move.NEXT, counts={}, explained=False, silences=0)


def _next(script: Script, here: Path, position: Position, question: Question) -> Position:
    proved = question.kind is Kind.IDENTITY
    verified = position.verified or proved
    index = asked_at(here, position.index + 1, position)
    ended = script.finish if index >= len(here.questions) else None
    return replace(
        position,
        index=index,
        aside=None,
        move=Move.NEXT,
        counts={},
        explained=False,
        verified=verified,
        stranger=position.stranger and not proved,
        ended=ended,
    )
