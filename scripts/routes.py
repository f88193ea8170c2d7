"""What follows each answer: reads the ``on`` tables of a script and lays a question's own over
the script's, so that a run looks up one table. Nothing here walks."""

from collections.abc import Callable

from scripts.model import STAYS, Event, Kind, Move, Routes, Step
from scripts.schema import QuestionShape, RoutesShape, ScriptShape, Target
from scripts.yamlfile import Place

#: Events that every script must answer; TIMED belongs to questions of kind time alone.
NEEDED = frozenset(Event) - {Event.TIMED}
#: What a time question leaves to the script's own table; everything else leads to its ``then``.
_SHARED = frozenset(
    {Event.PERSON, Event.COMPLAINT, Event.NOT_HOLDER, Event.NO_SUCH_PERSON, Event.DECEASED}
)
_ONCE_MORE = (Event.UNCLEAR, Event.SILENCE, Event.REPEAT, Event.SLOWER)

Report = Callable[[str, str, Place], None]


class RoutesReader:
    """Merges the tables of one script. Faults of the script's own tables are reported once."""

    def __init__(self, shape: ScriptShape, report: Report) -> None:
        self.endings = {ending.id for ending in shape.endings}
        self.asides = {question.id for question in shape.aside}
        self.general = self._table(shape.on, ("on",), report)
        self.careful = self._table(shape.on_with_care, ("on_with_care",), report)
        missing = sorted(NEEDED - set(self.general))
        if missing:
            report("missing-route", f"'on' does not say what follows {', '.join(missing)}", ("on",))

    def of(self, shape: QuestionShape, place: Place) -> tuple[Routes, Routes]:
        """The whole table of one question, plain and for the elderly. Raises ValueError."""
        own = self.read(shape.on)
        if shape.kind is Kind.TIME:
            table = {**self._aside(shape), **own}
            return table, table
        return {**self.general, **own}, {**self.general, **self.careful, **own}

    def read(self, shape: RoutesShape) -> dict[Event, tuple[Step, ...]]:
        """One ``on`` table. Raises ValueError for the first route that cannot be."""
        return {event: self._steps(event, steps) for event, steps in shape.items()}

    def _table(
        self, shape: RoutesShape, place: Place, report: Report
    ) -> dict[Event, tuple[Step, ...]]:
        try:
            return self.read(shape)
        except ValueError as error:
            report("bad-route", str(error), place)
            return {}

    def _aside(self, shape: QuestionShape) -> dict[Event, tuple[Step, ...]]:
        end = self._target(Move.END, shape.then or "", self.endings)
        table: dict[Event, tuple[Step, ...]] = dict.fromkeys(Event, (end,))
        table |= dict.fromkeys(_ONCE_MORE, (Step(Move.REPEAT), end))
        shared = {event: self.general[event] for event in _SHARED if event in self.general}
        itself = Step(Move.ASK, shape.id)
        return table | {event: steps for event, steps in shared.items() if itself not in steps}

    def _steps(self, event: Event, shapes: list[str | Target]) -> tuple[Step, ...]:
        steps = tuple(self._step(shape) for shape in shapes)
        if not steps or steps[-1].move in STAYS:
            raise ValueError(
                f"{event}: never gives up: the last step must be next, an ending or a question"
            )
        if any(step.move not in STAYS for step in steps[:-1]):
            raise ValueError(f"{event}: steps after one that leaves the question are never taken")
        if event is Event.AFFIRM and len(steps) > 1:
            raise ValueError("affirm: a clear yes is taken at once, so it has one step")
        return steps

    def _step(self, shape: str | Target) -> Step:
        if isinstance(shape, str):
            words = [move.value for move in (Move.NEXT, *sorted(STAYS))]
            if shape not in words:
                raise ValueError(
                    f"unknown step {shape!r}: use one of {', '.join(words)}, "
                    "{end: an ending} or {ask: a question}"
                )
            return Step(Move(shape))
        if (shape.end is None) is (shape.ask is None):
            raise ValueError("a step has either 'end' or 'ask'")
        if shape.end is not None:
            return self._target(Move.END, shape.end, self.endings)
        return self._target(Move.ASK, shape.ask or "", self.asides)

    def _target(self, move: Move, target: str, known: set[str]) -> Step:
        if target not in known:
            what = "ending" if move is Move.END else "question under 'aside'"
            raise ValueError(f"there is no {what} {target!r}")
        return Step(move, target)
