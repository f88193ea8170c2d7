"""Which answers of a question lead elsewhere than in most questions: what a reader must be shown
at the question, apart from what is told once for all. Pure; it neither draws nor words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scripts.model import Event, Kind, Move, Question, Routes, Script, Step

#: A route is common when at least so many questions share it.
SHARED_BY = 2

Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Answers that are followed alike. With ``from_age`` only for holders of that age or more."""

    events: tuple[Event, ...]
    steps: Steps
    from_age: int | None = None

    @property
    def last(self) -> Step:
        """The step that leaves the question."""
        return self.steps[-1]

    @property
    def leads_away(self) -> bool:
        """Whether it leaves the line of questions, for an ending or a question aside."""
        return self.last.move in (Move.END, Move.ASK)


@dataclass(frozen=True, slots=True)
class Common:
    """What follows an answer in most questions, for everybody and for holders of ``from_age`` or
    more, to whom the script gives more care."""

    plain: Routes
    careful: Routes
    from_age: int


def common(script: Script) -> Common:
    """For every event the steps that most questions of the path share; an event of which no two
    questions agree has none, and is then told at each question."""
    return Common(
        _shared(question.on for question in reversed(script.questions)),
        _shared(question.on_with_care for question in reversed(script.questions)),
        script.care.from_age,
    )


def _shared(tables: Iterable[Routes]) -> Routes:
    """Of two that are shared equally often the first table's wins: read from the end of a script
    that is a question of fact, not one of identity."""
    counted: dict[Event, Counter[Steps]] = {}
    for table in tables:
        for event, steps in table.items():
            counted.setdefault(event, Counter())[steps] += 1
    tops = {event: counts.most_common(1)[0] for event, counts in counted.items()}
    return {event: tops[event][0] for event in Event if tops.get(event, ((), 0))[1] >= SHARED_BY}


def common_routes(shared: Common) -> tuple[Route, ...]:
    """What is common, answers that are followed alike together."""
    return _alike(shared.plain)


def common_with_care(shared: Common) -> tuple[Route, ...]:
    """What is common only for those whom the script gives more care."""
    other = {e: steps for e, steps in shared.careful.items() if shared.plain.get(e) != steps}
    return _alike(other, shared.from_age)


def own(question: Question, shared: Common) -> tuple[Route, ...]:
    """The routes of a question that differ from the common ones."""
    plain = {e: steps for e, steps in question.on.items() if shared.plain.get(e) != steps}
    careful = {
        event: steps
        for event, steps in question.on_with_care.items()
        if steps != plain.get(event, shared.careful.get(event))
    }
    return (*_alike(plain), *_alike(careful, shared.from_age))


def own_aside(question: Question, shared: Common) -> tuple[Route, ...]:
    """The routes of a question aside, one for each place they lead to, the widest last."""
    plain = {e: steps for e, steps in question.on.items() if shared.plain.get(e) != steps}
    places: dict[Step, list[Event]] = {}
    for event, steps in plain.items():
        places.setdefault(steps[-1], []).append(event)
    routes = [Route(tuple(sorted(events, key=_RANK)), (step,)) for step, events in places.items()]
    return tuple(sorted(routes, key=lambda route: len(route.events)))


def before_identity(script: Script) -> int:
    """How many questions are asked before the identity is surely proved, the one that proves it
    included; 0 when none does."""
    for number, question in enumerate(script.questions, start=1):
        if question.kind is Kind.IDENTITY and not question.when:
            return number
    return 0


_RANK = {event: rank for rank, event in enumerate(Event)}.__getitem__


def _alike(table: Mapping[Event, Steps], from_age: int | None = None) -> tuple[Route, ...]:
    """One route for all answers with the same steps, in the order of the events. Silences stand
    alone where they are counted: only those in a row count."""
    groups: dict[tuple[Steps, bool], list[Event]] = {}
    for event in sorted(table, key=_RANK):
        steps = table[event]
        apart = event is Event.SILENCE and len(steps) > 1
        groups.setdefault((steps, apart), []).append(event)
    return tuple(Route(tuple(events), steps, from_age) for (steps, _), events in groups.items())
