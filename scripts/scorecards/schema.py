"""The shape of a scorecard file, checked strictly at the door."""

from typing import Annotated

from pydantic import Field

from scripts.schema import Id, Phrase, Shape
from scripts.scorecards.model import Made, Risk

Weight = Annotated[int, Field(ge=1, le=100)]
Loose = Field(strict=False)


class TitleShape(Shape):
    """``{zh: 评分表, en: Scorecard}``."""

    zh: Phrase
    en: Phrase


class CriterionShape(Shape):
    """One entry of ``criteria``."""

    id: Id
    title: TitleShape
    weight: Weight
    critical: bool = False
    made: Annotated[Made, Loose] = Made.BOTH
    codes: Annotated[tuple[str, ...], Field(max_length=30, strict=False)] = ()
    source: str = ""


class NightlyShape(Shape):
    """``{share: 0.05, least: 10, by_risk: 10, twice: 0.1}``."""

    share: Annotated[float, Field(ge=0, le=1)] = 0.05
    least: Annotated[int, Field(ge=0, le=10_000)] = 10
    by_risk: Annotated[int, Field(ge=0, le=10_000)] = 10
    twice: Annotated[float, Field(ge=0, le=1)] = 0.1


class ScorecardShape(Shape):
    """The whole file."""

    id: Id
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: TitleShape
    pass_mark: Annotated[int, Field(ge=1, le=100)]
    criteria: Annotated[list[CriterionShape], Field(min_length=1, max_length=60)]
    risks: dict[Annotated[Risk, Loose], Weight] = Field(default_factory=dict)
    short_s: Annotated[int, Field(ge=1, le=3600)] = 60
    nightly: NightlyShape = Field(default_factory=NightlyShape)
    appeal_days: Annotated[int, Field(ge=1, le=60)] = 5
