"""Reads a script file into scripts.model, or tells every fault of it at once. Whether a readable
script may be published is for scripts.checks."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from scripts import conditions, slots
from scripts.compose import FindBlock, composed
from scripts.conditions import CALL_FLAGS, DOUBTED, Condition
from scripts.door import MOST_FAULTS, shaped
from scripts.faults import Fault, FaultyFileError
from scripts.formats import upgraded
from scripts.labels import CODES, code_of
from scripts.model import (
    Care,
    Ending,
    Kind,
    Limits,
    Phrases,
    Question,
    Saying,
    Script,
    Spot,
    Translation,
)
from scripts.routes import RoutesReader
from scripts.schema import EndingShape, QuestionShape, ScriptShape, TranslationShape
from scripts.slots import EMPTY, Text
from scripts.yamlfile import Document, Mark, Place
from scripts.yamlfile import load as load_yaml
from scripts.yamlfile import parse as parse_yaml

LIBRARY = Path(__file__).parent / "library"
#: The folder of shared blocks, in the library and beside a script file of one's own.
BLOCKS = "blocks"


def library() -> list[str]:
    """The ids of the scripts that ship with the package."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def load_script(name_or_path: str | Path) -> Script:
    """A library script by its id, or a file. Raises FaultyFileError with all faults."""
    return script_of(whole_file(name_or_path))


def read_script(text: str, name: str = "script") -> Script:
    """A script from its text. Raises FaultyFileError with all faults."""
    return script_of(whole_text(text, name))


def whole_file(name_or_path: str | Path) -> Document:
    """A file in the present format, its blocks filled in: the library's, and before them those in
    a folder ``blocks`` beside the file. Raises FaultyFileError."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in library():
        return _whole(load_yaml(LIBRARY / f"{name_or_path}.yaml"), shared)
    beside = path.parent / BLOCKS

    def find(name: str) -> Document | None:
        own = beside / f"{name}.yaml"
        return _block(own) if Path(name).name == name and own.is_file() else shared(name)

    return _whole(load_yaml(path), find)


def whole_text(text: str, name: str = "script") -> Document:
    """A text in the present format, the library's blocks filled in. Raises FaultyFileError."""
    return _whole(parse_yaml(text, name), shared)


def _whole(document: Document, find: FindBlock) -> Document:
    return composed(upgraded(document), find)


@lru_cache(maxsize=64)
def shared(name: str) -> Document | None:
    """A block of the library, or None. The files ship with the package and do not change."""
    known = {path.stem: path for path in (LIBRARY / BLOCKS).glob("*.yaml")}
    return _block(known[name]) if name in known else None


def _block(path: Path) -> Document:
    found = load_yaml(path)
    return Document(f"{BLOCKS}/{path.name}", found.data, found.marks)


def script_of(document: Document) -> Script:
    """A whole document as a script. Raises FaultyFileError with all faults."""
    return _Reading(document).script()


#: What a question's or a saying's condition may ask beyond the policy.
_IN_CALL = CALL_FLAGS | {DOUBTED}
#: A key of a question or ending lies so deep: questions, 3, explain; endings, 0, says, 1.
_DEEPEST = 4


class _Reading:
    """One file being read; collects faults instead of stopping at the first."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.shape = shaped(document, ScriptShape)
        self.faults: list[Fault] = []
        self.routes = RoutesReader(self.shape, self.fault)
        self.marks: dict[Spot, Mark] = {("", ""): document.mark(())}
        self.keys = _keys(document)
        for place in self.keys.get((), ()):
            self.marks[("", ".".join(map(str, place)))] = document.mark(place)

    def script(self) -> Script:
        script = self._script()
        self._ids(script)
        if self.faults:
            raise FaultyFileError(self.faults[:MOST_FAULTS])
        return script

    def fault(self, code: str, message: str, place: Place, question: str | None = None) -> None:
        self.faults.append(self.document.fault(code, message, place, question))

    def _script(self) -> Script:
        shape = self.shape
        return Script(
            id=shape.id,
            version=shape.version,
            title=shape.title,
            language=shape.language,
            voice=shape.voice,
            opening=self._text(shape.opening, ("opening",)),
            opening_by_person=self._text(shape.opening_by_person, ("opening_by_person",)),
            phrases=self._phrases(),
            questions=tuple(self._questions("questions", shape.questions)),
            aside=tuple(self._questions("aside", shape.aside)),
            endings=tuple(self._ending(i, e) for i, e in enumerate(shape.endings)),
            finish=self._known_ending(shape.finish, ("finish",)),
            exhausted=self._known_ending(shape.exhausted, ("exhausted",)),
            limits=Limits(shape.limits.turns, shape.limits.spoken_s),
            care=Care(shape.care.from_age, shape.care.slow, shape.care.wait_s),
            purpose=shape.purpose,
            medium=shape.medium,
            covers=self._conditions(shape.covers, ("for",), None),
            source=shape.source,
            translations={
                language: self._translation(language, texts)
                for language, texts in shape.translations.items()
            },
            marks=self.marks,
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
        self._mark(shape.id, place)
        routes, careful = self.routes.of(shape, place)
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
            says_by_person=self._text(shape.says_by_person, (*place, "says_by_person"), shape.id),
            when=self._conditions(shape.when, (*place, "when"), shape.id, _IN_CALL),
            polarity=shape.polarity,
            expects=tuple(dict.fromkeys((*shape.expects, *self._general(shape)))),
            keys=shape.keys,
            wait_s=shape.wait_s,
            barge_in=shape.barge_in,
            slow=shape.slow,
            source=shape.source,
        )

    def _general(self, shape: QuestionShape) -> list[str]:
        """The phrases every question of yes or no may expect."""
        return [] if shape.kind is Kind.TIME else self.shape.expects

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

    def _translation(self, language: str, shape: TranslationShape) -> Translation:
        place: Place = ("translations", language)
        self._translated_parts(language, shape)
        found: dict[Spot, Text] = {}
        for spot, source, rest in _translated(shape):
            self.marks[(spot[0], f"{spot[1]}::{language}")] = self.document.mark((*place, *rest))
            found[spot] = self._text(source, (*place, *rest), spot[0] or None)
        return Translation(found, shape.voice)

    def _translated_parts(self, language: str, shape: TranslationShape) -> None:
        """Translations of parts that do not exist are a slip of the pen."""
        questions = {q.id for q in (*self.shape.questions, *self.shape.aside)}
        endings = {e.id for e in self.shape.endings}
        for section, known in (("questions", questions), ("endings", endings)):
            for name in sorted(getattr(shape, section).keys() - known):
                message = f"translates {name!r}, which is not in {section}"
                self.fault("unknown-name", message, ("translations", language, section, name))

    def _ending(self, index: int, shape: EndingShape) -> Ending:
        place: Place = ("endings", index)
        self._mark(shape.id, place)
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
        )

    def _sayings(self, shape: EndingShape, place: Place) -> tuple[Saying, ...]:
        if isinstance(shape.says, str):
            return (Saying(self._text(shape.says, place, shape.id)),)
        sayings = tuple(
            Saying(
                self._text(part.says, (*place, i, "says"), shape.id),
                self._conditions(part.when, (*place, i, "when"), shape.id, _IN_CALL),
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
        question: str | None,
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
        seen: dict[str, Place] = {}
        for section in ("questions", "aside", "endings"):
            for index, part in enumerate(getattr(script, section)):
                place: Place = (section, index)
                if part.id in seen:
                    first = self.document.mark(seen[part.id]).line
                    message = f"the id {part.id!r} is used twice, first on line {first}"
                    self.fault("duplicate-id", message, place, part.id)
                seen.setdefault(part.id, place)
        self._first(script)

    def _first(self, script: Script) -> None:
        if any(condition.of_call for condition in script.questions[0].when):
            message = "the first question cannot depend on what happened in the call"
            self.fault("bad-condition", message, ("questions", 0, "when"), script.questions[0].id)

    def _mark(self, part: str, place: Place) -> None:
        """Remember where a part stands, and each of its keys."""
        self.marks.setdefault((part, ""), self.document.mark(place))
        size = len(place)
        for found in self.keys.get(place, ()):
            self.marks.setdefault(
                (part, ".".join(map(str, found[size:]))), self.document.mark(found)
            )


def _keys(document: Document) -> dict[Place, list[Place]]:
    """The places of the keys of every part, by the place of the part; () for the script's own."""
    found: dict[Place, list[Place]] = {}
    for place in document.marks:
        if len(place) > 1 and place[0] in ("questions", "aside", "endings"):
            if len(place) in (3, _DEEPEST):
                found.setdefault(place[:2], []).append(place)
        elif 0 < len(place) < 3:
            found.setdefault((), []).append(place)
    return found


def _translated(shape: TranslationShape) -> Iterable[tuple[Spot, str, Place]]:
    """Every translated text with its spot and its place inside the translation."""
    for name in ("opening", "opening_by_person"):
        if (text := getattr(shape, name)) is not None:
            yield ("", name), text, (name,)
    for name, text in shape.phrases.model_dump(exclude_none=True).items():
        yield ("", f"phrases.{name}"), text, ("phrases", name)
    for question, fields in shape.questions.items():
        for name, text in fields.model_dump(exclude_none=True).items():
            yield (question, name), text, ("questions", question, name)
    for ending, said in shape.endings.items():
        says = [said.says] if isinstance(said.says, str) else said.says or []
        for number, text in enumerate(says):
            yield (ending, f"says.{number}"), text, ("endings", ending, "says", number)
        if said.sorry is not None:
            yield (ending, "sorry"), said.sorry, ("endings", ending, "sorry")
