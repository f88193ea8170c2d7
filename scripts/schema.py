"""The shape of a whole script file of the present format, checked strictly at the door by pydantic.
Only the shape: what the words mean is for scripts.reader and scripts.checks."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from scripts.model import Event, Kind, Medium, Polarity, Purpose
from scripts.outcomes import Outcome


def _visible(text: str) -> str:
    """A text without characters that nobody sees: they could turn it round, or hide a part of it
    from whoever approves it."""
    hidden = [char for char in text if unicodedata.category(char) == "Cf"]
    if hidden:
        raise ValueError(f"holds the invisible character U+{ord(hidden[0]):04X}: take it out")
    return text


#: Words of one text; longer is a mistake, not a sentence for the telephone.
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(_visible),
]
Id = Annotated[
    str,
    StringConstraints(max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9_]*([.-][A-Za-z0-9_-]+)*$"),
]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
#: Where something comes from; nobody hears it, but it must fit a cell of a spreadsheet.
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
#: A language tag such as zh-CN, en, yue.
Language = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
]


class Shape(BaseModel):
    """Strict: no unknown key, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Target(Shape):
    """``{end: refused}`` or ``{ask: CONSENT.when}``."""

    end: Id | None = None
    ask: Id | None = None


#: ``next``, ``explain``, ``again``, ``repeat``, ``slowly`` or a target.
StepShape = Annotated[Phrase | Target, Field(union_mode="left_to_right")]
RoutesShape = dict[
    Annotated[Event, Field(strict=False)], Annotated[list[StepShape], Field(max_length=6)]
]
ConditionsShape = Annotated[list[Phrase], Field(max_length=10)]
Phrases = Annotated[list[Phrase], Field(max_length=60)]


class QuestionShape(Shape):
    """One entry of ``questions`` or ``aside``."""

    id: Id
    says: Words
    kind: Annotated[Kind, Field(strict=False)] = Kind.FACT
    item: Phrase | None = None
    source: Note = ""
    again: Words | None = None
    explain: Words | None = None
    says_by_person: Words | None = None
    when: ConditionsShape = []
    polarity: Annotated[Polarity, Field(strict=False)] = Polarity.POSITIVE
    expects: Phrases = []
    keys: Annotated[int, Field(ge=1, le=20)] = 1
    wait_s: Annotated[int, Field(ge=2, le=30)] = 5
    barge_in: bool = False
    slow: bool = False
    on: RoutesShape = {}
    then: Id | None = None


class SayingShape(Shape):
    """One sentence of an ending."""

    says: Words
    when: ConditionsShape = []


class EndingShape(Shape):
    """One entry of ``endings``."""

    id: Id
    outcome: Annotated[Outcome, Field(strict=False)]
    says: Words | Annotated[list[SayingShape], Field(min_length=1, max_length=10)]
    hand_over: bool = False
    otherwise: Annotated[Outcome, Field(strict=False)] = Outcome.CALLBACK
    sorry: Words | None = None


class PhrasesShape(Shape):
    """What is said before a question is asked again."""

    unclear: Words
    silence: Words
    keys: Words
    keys_reversed: Words


class LimitsShape(Shape):
    """Bounds of one call."""

    turns: Annotated[int, Field(ge=10, le=400)] = 150
    spoken_s: Annotated[int, Field(ge=5, le=60)] = 15


class CareShape(Shape):
    """How the call differs for the elderly."""

    from_age: Annotated[int, Field(ge=50, le=80)] = 60
    slow: bool = True
    wait_s: Annotated[int, Field(ge=2, le=30)] = 8
    on: RoutesShape = {}


class PhrasesTranslated(Shape):
    """The phrases in another language."""

    unclear: Words | None = None
    silence: Words | None = None
    keys: Words | None = None
    keys_reversed: Words | None = None


class QuestionTranslated(Shape):
    """The texts of one question in another language."""

    says: Words | None = None
    again: Words | None = None
    explain: Words | None = None
    says_by_person: Words | None = None


class EndingTranslated(Shape):
    """The texts of one ending in another language, one of ``says`` for every saying."""

    says: Words | Annotated[list[Words], Field(min_length=1, max_length=10)] | None = None
    sorry: Words | None = None


class TranslationShape(Shape):
    """Everything that is said, in another language."""

    voice: Phrase | None = None
    opening: Words | None = None
    opening_by_person: Words | None = None
    phrases: PhrasesTranslated = PhrasesTranslated()
    questions: dict[Id, QuestionTranslated] = {}
    endings: dict[Id, EndingTranslated] = {}


class ScriptShape(Shape):
    """A whole script file, shared blocks filled in."""

    format: Literal[2] = 2
    id: Id
    version: Phrase = "1"
    title: Phrase
    source: Note = ""
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.REVISIT
    medium: Annotated[Medium, Field(strict=False)] = Medium.PHONE
    covers: Annotated[ConditionsShape, Field(alias="for")] = []
    language: Language = "zh-CN"
    voice: Phrase = "female"
    opening: Words
    opening_by_person: Words | None = None
    finish: Id
    exhausted: Id
    phrases: PhrasesShape
    limits: LimitsShape = LimitsShape()
    care: CareShape = CareShape()
    expects: Phrases = []
    on: RoutesShape
    questions: Annotated[list[QuestionShape], Field(min_length=1, max_length=200)]
    aside: Annotated[list[QuestionShape], Field(max_length=50)] = []
    endings: Annotated[list[EndingShape], Field(min_length=1, max_length=50)]
    translations: Annotated[dict[Language, TranslationShape], Field(max_length=20)] = {}
