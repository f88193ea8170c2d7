"""The shape of a script file, checked strictly at the door by pydantic. Only the shape: what the
words mean is for scripts.reader and scripts.checks."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scripts.model import Event, Kind, Polarity
from scripts.outcomes import Outcome

#: Words of one text; longer is a mistake, not a sentence for the telephone.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*([.-][A-Za-z0-9_-]+)*$")]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class Shape(BaseModel):
    """Strict: no unknown key, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Target(Shape):
    """``{end: refused}`` or ``{ask: CONSENT.when}``."""

    end: Id | None = None
    ask: Id | None = None


#: ``next``, ``explain``, ``again``, ``repeat``, ``slowly`` or a target.
StepShape = Annotated[str | Target, Field(union_mode="left_to_right")]
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
    item: str | None = None
    source: str = ""
    again: Words | None = None
    explain: Words | None = None
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

    slow: bool = True
    wait_s: Annotated[int, Field(ge=2, le=30)] = 8


class ScriptShape(Shape):
    """A whole script file."""

    id: Id
    version: Phrase
    title: Phrase
    language: Phrase = "zh-CN"
    voice: Phrase = "female"
    opening: Words
    finish: Id
    exhausted: Id
    phrases: PhrasesShape
    limits: LimitsShape = LimitsShape()
    care: CareShape = CareShape()
    expects: Phrases = []
    on: RoutesShape
    on_with_care: RoutesShape = {}
    questions: Annotated[list[QuestionShape], Field(min_length=1, max_length=200)]
    aside: Annotated[list[QuestionShape], Field(max_length=50)] = []
    endings: Annotated[list[EndingShape], Field(min_length=1, max_length=50)]
