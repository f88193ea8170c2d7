"""The shape of a guidance file, checked strictly at the door."""

from typing import Annotated

from pydantic import Field

from scripts.guide.model import SectionId
from scripts.schema import Id, Note, Phrase, Shape, Words

Loose = Field(strict=False)
Short = Annotated[tuple["TextShape", ...], Field(max_length=12, strict=False)]


class TitleShape(Shape):
    """``{zh: 六类风险, en: Six kinds of risk}``."""

    zh: Phrase
    en: Phrase


class TextShape(Shape):
    """The same for a sentence or a few."""

    zh: Words
    en: Words


class PieceShape(Shape):
    """One entry of ``pieces``."""

    id: Id
    title: TitleShape
    signs: TextShape | None = None
    text: TextShape | None = None
    says: Short = ()
    never: Short = ()
    when: Annotated[tuple[Id, ...], Field(max_length=12, strict=False)] = ()
    note: TextShape | None = None
    source: Note = ""


class SectionShape(Shape):
    """One entry of ``sections``."""

    id: Annotated[SectionId, Loose]
    title: TitleShape
    source: Annotated[Note, Field(min_length=1)]
    pieces: Annotated[list[PieceShape], Field(min_length=1, max_length=40)]


class QuizShape(Shape):
    """``{questions: 10, pass_mark: 80}``."""

    questions: Annotated[int, Field(ge=1, le=50)] = 10
    pass_mark: Annotated[int, Field(ge=1, le=100)] = 80


class GuideShape(Shape):
    """The whole file."""

    id: Id
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: TitleShape
    quiz: QuizShape = QuizShape()
    sections: Annotated[list[SectionShape], Field(min_length=1, max_length=len(SectionId))]
