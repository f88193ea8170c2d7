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

#: Takes the code, the sentence, the place and the id of the question of a fault.
Report = Callable[[str, str, Place, str | None], None]


class NeverGivesUpError(ValueError):
    """The last step of a row stays at the question, so that a call could go on for ever."""


class RoutesReader:
    """Merges the tables of one script. Faults of the script's own tables are reported once."""

    def __init__(self, shape: ScriptShape, report: Report) -> None:
        self.report = report
        self.endings = {ending.id for ending in shape.endings}
        self.asides = {question.id for question in shape.aside}
        self.general = self._table(shape.on, ("on",))
        self.careful = self._table(shape.care.on, ("care", "on"))
        missing = sorted(NEEDED - set(shape.on))
        if missing:
            message = f"'on' does not say what follows {', '.join(missing)}"
            report("missing-route", message, ("on",), None)

    def of(self, shape: QuestionShape, place: Place) -> tuple[Routes, Routes]:
        """The whole table of one question, plain and for the elderly."""
        own = self._table(shape.on, (*place, "on"), shape.id)
        if shape.kind is Kind.TIME:
            table = {**self._aside(shape, place), **own}
            return table, table
        return {**self.general, **own}, {**self.general, **self.careful, **own}

    def _table(
        self, shape: RoutesShape, place: Place, question: str | None = None
    ) -> dict[Event, tuple[Step, ...]]:
        """One ``on`` table; every event that cannot be is reported and left out."""
        table = {}
        for event, steps in shape.items():
            try:
                table[event] = self._steps(event, steps)
            except NeverGivesUpError as error:
                self.report("never-gives-up", str(error), (*place, event.value), question)
            except ValueError as error:
                self.report("bad-route", str(error), (*place, event.value), question)
        return table

    def _aside(self, shape: QuestionShape, place: Place) -> dict[Event, tuple[Step, ...]]:
        if shape.then is None:
            return {}  # told by the reader
        try:
            end = self._target(Move.END, shape.then, self.endings)
        except ValueError as error:
            self.report("bad-route", str(error), (*place, "then"), shape.id)
            return {}
        table: dict[Event, tuple[Step, ...]] = dict.fromkeys(Event, (end,))
        table |= dict.fromkeys(_ONCE_MORE, (Step(Move.REPEAT), end))
        shared = {event: self.general[event] for event in _SHARED if event in self.general}
        itself = Step(Move.ASK, shape.id)
        return table | {event: steps for event, steps in shared.items() if itself not in steps}

    def _steps(self, event: Event, shapes: list[str | Target]) -> tuple[Step, ...]:
        steps = tuple(self._step(shape) for shape in shapes)
        if not steps or steps[-1].move in STAYS:
            raise NeverGivesUpError(
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
