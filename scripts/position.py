"""Where a call stands, and the one rule that moves it on: a pure step from a position and what was
heard to the next position. It speaks no words; scripts.prompts does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scripts import conditions, slots
from scripts.conditions import Value
from scripts.facts import Facts
from scripts.heard import Heard
from scripts.labels import PRIORITY, Label
from scripts.model import STAYS, Event, Kind, Move, Question, Script, Step, event_of

#: Labels that outweigh a request beside them: whoever complains is not asked the same again.
_OUTWEIGH = frozenset({Label.NOT_HOLDER, Label.COMPLAINT, Label.CALLBACK, Label.REFUSE})
#: Values that tell why the holder will never be reached at this number.
ABSENT_FOR_GOOD = frozenset({"no-such-person", "deceased"})
_RANK = {label: rank for rank, label in enumerate(PRIORITY)}
_DOUBTS = frozenset({Event.DENY, Event.UNSURE, Event.EXPLAIN, Event.COMPLAINT})
#: Neither is an answer: a silence after a noise is still the next silence.
_NO_ANSWER = frozenset({Event.SILENCE, Event.UNCLEAR})


@dataclass(frozen=True, slots=True)
class Path:
    """What the facts decide before the call: which questions are asked, and with how much care."""

    questions: tuple[Question, ...]
    situation: Mapping[str, Value]
    careful: bool


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
    verified: bool = False
    ended: str | None = None
    value: str | None = None


def path(script: Script, facts: Facts) -> Path:
    """The questions that this policy is asked."""
    given = conditions.situation(facts)
    asked = (q for q in script.questions if conditions.all_hold(q.when, given))
    return Path(tuple(asked), given, bool(given["elderly"]))


def present(here: Path, position: Position) -> Question | None:
    """The question that waits for an answer, or None after the end."""
    if position.ended is not None:
        return None
    return position.aside or here.questions[position.index]


def begin(script: Script, here: Path) -> Position:
    """Before the first answer. A script without a question for this policy ends at once."""
    return Position(ended=None if here.questions else script.finish)


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
    counted = _counted(position, happened, heard)
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


def _counted(position: Position, happened: Event, heard: Heard) -> Position:
    counts = {**position.counts, happened: position.counts.get(happened, 0) + 1}
    kept = position.silences if happened in _NO_ANSWER else 0
    return replace(
        position,
        event=happened,
        counts=counts,
        silences=kept + (happened is Event.SILENCE),
        slow=position.slow or happened is Event.SLOWER,
        turns=position.turns + 1,
        value=heard.value,
    )


def _choose(question: Question, here: Path, position: Position, happened: Event) -> Step:
    """The step for this event: the n-th time the n-th step; an explanation is given once."""
    routes = question.on_with_care if here.careful else question.on
    steps = routes[happened]
    times = position.silences if happened is Event.SILENCE else position.counts[happened]
    index = min(times, len(steps)) - 1
    while steps[index].move is Move.EXPLAIN and position.explained and index + 1 < len(steps):
        index += 1
    return steps[index]


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
    verified = position.verified or question.kind is Kind.IDENTITY
    index = position.index + 1
    ended = script.finish if index >= len(here.questions) else None
    return replace(
        position,
        index=index,
        aside=None,
        move=Move.NEXT,
        counts={},
        explained=False,
        verified=verified,
        ended=ended,
    )
