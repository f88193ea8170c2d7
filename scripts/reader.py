"""Reads a script file into scripts.model, or tells every fault of it at once. Whether a readable
script may be published is for scripts.checks."""

from collections.abc import Iterable
from pathlib import Path

from scripts import conditions, slots
from scripts.conditions import Condition
from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.labels import CODES, code_of
from scripts.model import (
    Care,
    Ending,
    Kind,
    Limits,
    Phrases,
    Question,
    Routes,
    Saying,
    Script,
)
from scripts.routes import RoutesReader
from scripts.schema import EndingShape, QuestionShape, ScriptShape
from scripts.slots import EMPTY, Text
from scripts.yamlfile import Document, Place
from scripts.yamlfile import load as load_yaml
from scripts.yamlfile import parse as parse_yaml

LIBRARY = Path(__file__).parent / "library"


def library() -> list[str]:
    """The ids of the scripts that ship with the package."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def load_script(name_or_path: str | Path) -> Script:
    """A library script by its id, or a file. Raises FaultyFileError with all faults."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in library():
        path = LIBRARY / f"{name_or_path}.yaml"
    return _Reading(load_yaml(path)).script()


def read_script(text: str, name: str = "script") -> Script:
    """A script from its text. Raises FaultyFileError with all faults."""
    return _Reading(parse_yaml(text, name)).script()


class _Reading:
    """One file being read; collects faults instead of stopping at the first."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.shape = shaped(document, ScriptShape)
        self.faults: list[Fault] = []
        self.routes = RoutesReader(self.shape, self.fault)

    def script(self) -> Script:
        script = self._script()
        self._ids(script)
        if self.faults:
            raise FaultyFileError(self.faults)
        return script

    def fault(self, code: str, message: str, place: Place, question: str | None = None) -> None:
        line = self.document.line(place)
        self.faults.append(Fault(code, message, self.document.name, question, line))

    def _script(self) -> Script:
        shape = self.shape
        return Script(
            id=shape.id,
            version=shape.version,
            title=shape.title,
            language=shape.language,
            voice=shape.voice,
            opening=self._text(shape.opening, ("opening",)),
            phrases=self._phrases(),
            questions=tuple(self._questions("questions", shape.questions)),
            aside=tuple(self._questions("aside", shape.aside)),
            endings=tuple(self._ending(i, e) for i, e in enumerate(shape.endings)),
            finish=self._known_ending(shape.finish, ("finish",)),
            exhausted=self._known_ending(shape.exhausted, ("exhausted",)),
            limits=Limits(shape.limits.turns, shape.limits.spoken_s),
            care=Care(shape.care.slow, shape.care.wait_s),
        )

    def _phrases(self) -> Phrases:
        shape = self.shape.phrases
        return Phrases(
            unclear=self._text(shape.unclear, ("phrases", "unclear")),
            silence=self._text(shape.silence, ("phrases", "silence")),
            keys=self._text(shape.keys, ("phrases", "keys")),
            keys_reversed=self._text(shape.keys_reversed, ("phrases", "keys_reversed")),
        )

    def _questions(self, section: str, shapes: list[QuestionShape]) -> Iterable[Question]:
        for index, shape in enumerate(shapes):
            place = (section, index)
            self._fits(section, shape, place)
            yield self._question(shape, place)

    def _question(self, shape: QuestionShape, place: Place) -> Question:
        routes, careful = self._routes(shape, place)
        return Question(
            id=shape.id,
            code=code_of(shape.id),
            kind=shape.kind,
            says=self._text(shape.says, (*place, "says"), shape.id),
            on=routes,
            on_with_care=careful,
            item=shape.item,
            explain=self._text(shape.explain, (*place, "explain"), shape.id),
            again=self._text(shape.again, (*place, "again"), shape.id),
            when=self._conditions(shape.when, (*place, "when"), shape.id),
            polarity=shape.polarity,
            expects=tuple(dict.fromkeys((*shape.expects, *self._general(shape)))),
            keys=shape.keys,
            wait_s=shape.wait_s,
            barge_in=shape.barge_in,
            slow=shape.slow,
            source=shape.source,
            line=self.document.line(place),
        )

    def _general(self, shape: QuestionShape) -> list[str]:
        """The phrases every question of yes or no may expect."""
        return [] if shape.kind is Kind.TIME else self.shape.expects

    def _routes(self, shape: QuestionShape, place: Place) -> tuple[Routes, Routes]:
        try:
            return self.routes.of(shape, place)
        except ValueError as error:
            self.fault("bad-route", str(error), (*place, "on"), shape.id)
            return {}, {}

    def _fits(self, section: str, shape: QuestionShape, place: Place) -> None:
        if code_of(shape.id) not in CODES:
            known = ", ".join(sorted(CODES))
            message = f"{code_of(shape.id)!r} is no question code: use one of {known}"
            self.fault("bad-code", message, (*place, "id"), shape.id)
        if (section == "aside") is not (shape.kind is Kind.TIME):
            message = "questions of kind time stand under 'aside', all others under 'questions'"
            self.fault("wrong-section", message, place, shape.id)
        if (shape.kind is Kind.TIME) is not (shape.then is not None):
            message = "'then' names the ending after a question of kind time, and only there"
            self.fault("bad-route", message, place, shape.id)

    def _ending(self, index: int, shape: EndingShape) -> Ending:
        place: Place = ("endings", index)
        if shape.hand_over and shape.sorry is None:
            message = f"the ending {shape.id} hands over: write 'sorry' for when nobody is free"
            self.fault("missing-key", message, place, shape.id)
        return Ending(
            id=shape.id,
            outcome=shape.outcome,
            says=self._sayings(shape, (*place, "says")),
            hand_over=shape.hand_over,
            otherwise=shape.otherwise,
            sorry=self._text(shape.sorry, (*place, "sorry"), shape.id),
            line=self.document.line(place),
        )

    def _sayings(self, shape: EndingShape, place: Place) -> tuple[Saying, ...]:
        if isinstance(shape.says, str):
            return (Saying(self._text(shape.says, place, shape.id)),)
        sayings = tuple(
            Saying(
                self._text(part.says, (*place, i, "says"), shape.id),
                self._conditions(part.when, (*place, i, "when"), shape.id, conditions.CALL_FLAGS),
            )
            for i, part in enumerate(shape.says)
        )
        if sayings[-1].when:
            message = f"the last saying of the ending {shape.id} must have no 'when'"
            self.fault("ending-speechless", message, place, shape.id)
        return sayings

    def _text(self, source: str | None, place: Place, question: str | None = None) -> Text:
        if source is None:
            return EMPTY
        try:
            return slots.parse(source)
        except ValueError as error:
            self.fault("bad-slot", str(error), place, question)
            return EMPTY

    def _conditions(
        self,
        sources: list[str],
        place: Place,
        question: str,
        also: frozenset[str] = frozenset(),
    ) -> tuple[Condition, ...]:
        result = []
        for index, source in enumerate(sources):
            try:
                result.append(conditions.parse(source, also))
            except ValueError as error:
                self.fault("bad-condition", str(error), (*place, index), question)
        return tuple(result)

    def _known_ending(self, ending: str, place: Place) -> str:
        if ending not in {shape.id for shape in self.shape.endings}:
            self.fault("unknown-ending", f"there is no ending {ending!r}", place)
        return ending

    def _ids(self, script: Script) -> None:
        seen: dict[str, int | None] = {}
        parts: list[Question | Ending] = [*script.questions, *script.aside, *script.endings]
        for part in parts:
            if part.id in seen:
                message = f"the id {part.id!r} is used twice, first on line {seen[part.id]}"
                fault = Fault("duplicate-id", message, self.document.name, part.id, part.line)
                self.faults.append(fault)
            seen.setdefault(part.id, part.line)
