"""The shape of the lexicon's three YAML files, checked strictly at the door by pydantic. What the
words mean is for scripts.answers.check."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scripts.labels import Label

Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Symbol = Annotated[str, StringConstraints(pattern=r"^[A-Z@][A-Z0-9_@]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Meanings = dict[Annotated[Label, Field(strict=False)], Words]


class Shape(BaseModel):
    """Strict: no unknown key, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LexiconShape(Shape):
    """lexicon.yaml."""

    version: int
    classes: dict[Name, Words]
    compounds: dict[Name, list[Words]] = {}
    homophones: Words


class PhraseShape(Shape):
    """One entry of phrases.yaml."""

    id: Id
    match: Words
    symbol: Symbol = Field(alias="as")
    for_: Words = Field("all", alias="for")
    each: list[Name] = []


class PhrasesShape(Shape):
    """phrases.yaml."""

    phrases: list[PhraseShape]


class LayerShape(Shape):
    """What symbols mean, for everything or for a kind of question."""

    means: Meanings = {}
    weakly: Meanings = {}
    nothing: str = ""


class QuestionShape(LayerShape):
    """What symbols mean for one question. An id (``READ.contract``) is like its code."""

    like: str = ""
    rushed: bool = True


class QuestionsShape(Shape):
    """questions.yaml."""

    common: LayerShape
    like: dict[str, LayerShape]
    questions: dict[str, QuestionShape]
