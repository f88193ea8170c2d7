"""The shape of a rulebook file, checked strictly at the door. Every ``source`` is for whoever reads
the file; nothing is decided by it."""

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from scripts.labels import Label
from scripts.model import Medium, Purpose
from scripts.outcomes import Cause, Outcome
from scripts.rulebooks.vocabulary import (
    Calendar,
    Countable,
    FirstCallFrom,
    FoundBy,
    Issued,
    PeriodFrom,
    Police,
    Proof,
    Screened,
    StartRule,
    Taken,
    Unit,
    Way,
)
from scripts.schema import Id, Phrase, Shape
from scripts.verdicts import Status

Days = Annotated[int, Field(ge=0, le=365)]
Minutes = Annotated[int, Field(ge=0, le=60 * 24 * 14)]
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
#: ``09:00-12:00``, local time of day.
SpanText = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}-{_CLOCK}$")]
Spans = Annotated[list[SpanText], Field(max_length=10)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=300)]
Conditions = Annotated[list[Phrase], Field(max_length=10)]
Loose = Field(strict=False)


class DeadlineShape(Shape):
    """``{days: 7, calendar: natural}``."""

    days: Annotated[int, Field(ge=1, le=365)]
    calendar: Annotated[Calendar, Loose]
    source: str = ""


class ClassShape(Shape):
    """One entry of ``classes``."""

    id: Id
    name: Phrase
    opens_case: bool
    next_action: str
    source: str = ""


class FamilyShape(Shape):
    """One entry of ``families``."""

    id: Id
    class_id: Annotated[Id, Field(alias="class")]
    name: Phrase
    deadline: DeadlineShape | None = None
    owner: str = ""
    seller_may_handle: bool = True
    proof: str = ""
    closed_by: list[Annotated[list[Annotated[Proof, Loose]], Field(min_length=1)]] = Field(
        default_factory=list
    )
    source: str = ""


class KindShape(Shape):
    """One entry of ``kinds``."""

    id: Id
    family: Id
    number: Annotated[int, Field(ge=1, le=99)]
    name: Phrase
    found_by: Annotated[FoundBy, Loose] = FoundBy.CALL
    source: str = ""


class TriggerShape(Shape):
    """One entry of ``triggers``."""

    kind: Id
    codes: list[str] = Field(default_factory=list)
    statuses: list[Annotated[Status, Loose]] = Field(default_factory=list)
    doubts: list[Annotated[Label, Loose]] = Field(default_factory=list)
    outcomes: list[Annotated[Outcome, Loose]] = Field(default_factory=list)
    values: list[str] = Field(default_factory=list)


class OrderStepShape(Shape):
    """One entry of ``processing_order``."""

    classes: Annotated[list[Id], Field(min_length=1, max_length=20)]
    issued: Annotated[Issued, Loose] | None = None


class SuccessShape(Shape):
    """When a policy is revisited."""

    outcomes: Annotated[list[Annotated[Outcome, Loose]], Field(min_length=1)]
    holder_in_person: bool
    with_problem: bool
    signed_on_paper: bool
    source: str = ""


class RetryShape(Shape):
    """One entry of ``retries``."""

    again: bool
    after_min: Minutes = 0
    most: Annotated[int, Field(ge=1, le=20)] = 1
    other_number: bool = False
    then: Annotated[Way, Loose] | None = None


class HoursShape(Shape):
    """Calling hours of each kind of day; a weekday's own in place of those of its ordinary kind."""

    working: Spans
    day_off: Annotated[Spans, Field(alias="day-off")]
    holiday: Spans
    monday: Spans | None = None
    tuesday: Spans | None = None
    wednesday: Spans | None = None
    thursday: Spans | None = None
    friday: Spans | None = None
    saturday: Spans | None = None
    sunday: Spans | None = None


#: The keys of weekdays above; their places are Python's numbers, Monday 0.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class CallingShape(Shape):
    """When and how often we ring."""

    hours: HoursShape
    per_day: Annotated[int, Field(ge=1, le=10)]
    per_day_number: Annotated[int, Field(ge=1, le=20)]
    per_revisit: Annotated[int, Field(ge=1, le=50)]
    gap_min: Annotated[int, Field(ge=1, le=60 * 24)]


class CoolingOffShape(Shape):
    """One entry of ``cooling_off``; without ``starts`` it starts as ``cooling_off_start`` says."""

    days: Annotated[int, Field(ge=1, le=60)]
    starts: Annotated[StartRule, Loose] | None = None
    when: Conditions = Field(default_factory=list)
    source: str = ""


class FirstCallShape(Shape):
    """When the first call may come, and by when it should."""

    counts_from: Annotated[FirstCallFrom, Loose]
    after_days: Days
    by_days: Days | None = None
    source: str = ""


class InPeriodShape(Shape):
    """What counts as in the period."""

    counts_from: Annotated[PeriodFrom, Loose]
    days: Annotated[int, Field(ge=1, le=90)] | None = None
    source: str = ""


class WholeWithinShape(Shape):
    """By when the whole revisit is done."""

    days: Annotated[int, Field(ge=1, le=90)]
    counts_from: Annotated[FirstCallFrom, Loose]
    source: str = ""


class AfterPeriodShape(Shape):
    """How long after the period a policy that was not reached in it is still rung."""

    days: Annotated[int, Field(ge=1, le=90)]
    source: str = ""


class RiskRuleShape(Shape):
    """One entry of ``risk.rules``."""

    id: Id
    name: Phrase
    when: Annotated[list[Phrase], Field(min_length=1, max_length=10)]
    source: str = ""


class RiskShape(Shape):
    """Customers who are rung earlier."""

    earlier_slots: Annotated[int, Field(ge=0, le=50)]
    rules: Annotated[list[RiskRuleShape], Field(max_length=20)]


class OtherWayShape(Shape):
    """One entry of ``other_ways``."""

    way: Annotated[Way, Loose]
    needs_days: Days


class ForecastShape(Shape):
    """When the nightly forecast tells of a policy: a chance between 0 and 1."""

    at_risk_below: Annotated[float, Field(ge=0, le=1)]


class FirstModesShape(Shape):
    """How a first revisit is made."""

    always: Annotated[list[Annotated[Medium, Loose]], Field(min_length=1)]
    special: list[Annotated[Medium, Loose]] = Field(default_factory=list)
    special_when: list[Phrase] = Field(default_factory=list)
    source: str = ""


class SecondRevisitShape(Shape):
    """Who does the second revisit."""

    by: Phrase
    seller_may_handle: bool
    source: str = ""


class GroupVisitShape(Shape):
    """From how many visitors on a visit is a 群访."""

    from_persons: Annotated[int, Field(ge=2, le=100)]
    source: str = ""


class MonthlyReportShape(Shape):
    """On which day of the next month the monthly report is due."""

    by_day: Annotated[int, Field(ge=1, le=28)]
    source: str = ""


class ScalePointShape(Shape):
    """``{at_least: 95, points: 2}``."""

    at_least: Annotated[float, Field(ge=0)]
    points: Annotated[float, Field(ge=0)]


class KpiShape(Shape):
    """One entry of ``kpis``."""

    id: Id
    name: Phrase
    counts: Annotated[Countable, Loose]
    of: Annotated[Countable, Loose] | None = None
    unit: Annotated[Unit, Loose]
    scale: Annotated[list[ScalePointShape], Field(max_length=10)] = Field(default_factory=list)
    source: str = ""


class SellerWarningShape(Shape):
    """When a seller stands on the warning list: a KPI ``over`` or ``under`` so many percent, by its
    interval, with at least so many ``policies``."""

    kpi: Id
    over: Annotated[float, Field(ge=0, le=100)] | None = None
    under: Annotated[float, Field(ge=0, le=100)] | None = None
    policies: Annotated[int, Field(ge=1, le=100_000)]
    source: str = ""


class ScriptChoiceShape(Shape):
    """One entry of ``scripts``."""

    script: Id
    purpose: Annotated[Purpose, Loose] = Purpose.REVISIT
    medium: Annotated[Medium, Loose] = Medium.PHONE
    when: Conditions = Field(default_factory=list)


class SilenceShape(Shape):
    """One entry of ``silent``."""

    field: Phrase
    taken: Annotated[Taken, Loose]
    source: str = ""


class ConflictShape(Shape):
    """One entry of ``conflicts``."""

    id: Id
    decision: Sentence
    source: Phrase


class RulebookShape(Shape):
    """A whole rulebook file."""

    id: Id
    version: Phrase
    title: Phrase
    source: Sentence
    silent: Annotated[list[SilenceShape], Field(max_length=100)] = Field(default_factory=list)
    conflicts: Annotated[list[ConflictShape], Field(max_length=20)]
    classes: Annotated[list[ClassShape], Field(min_length=1, max_length=20)]
    families: Annotated[list[FamilyShape], Field(min_length=1, max_length=50)]
    kinds: Annotated[list[KindShape], Field(min_length=1, max_length=200)]
    triggers: Annotated[list[TriggerShape], Field(max_length=500)]
    precedence: list[Id]
    processing_order: Annotated[list[OrderStepShape], Field(min_length=1, max_length=50)]
    clean_class: Id
    success: SuccessShape
    exhausted_kind: Id
    exhausted_kinds: dict[Annotated[Outcome, Loose], Id] = Field(default_factory=dict)
    screening: dict[Annotated[Screened, Loose], Id]
    retries: dict[Annotated[Cause, Loose], RetryShape]
    calling: CallingShape
    cooling_off_start: Annotated[StartRule, Loose]
    cooling_off: Annotated[list[CoolingOffShape], Field(min_length=1, max_length=50)]
    first_call: FirstCallShape
    in_period: InPeriodShape
    whole_within: WholeWithinShape | None = None
    after_period: AfterPeriodShape | None = None
    risk: RiskShape
    other_ways: Annotated[list[OtherWayShape], Field(max_length=5)]
    handover: DeadlineShape
    forecast: ForecastShape
    first_modes: FirstModesShape
    second_revisit: SecondRevisitShape
    complaint_reply: DeadlineShape
    group_visit: GroupVisitShape
    police: Annotated[Police, Loose]
    monthly_report: MonthlyReportShape
    kpis: Annotated[list[KpiShape], Field(min_length=1, max_length=50)]
    problem_classes: Annotated[list[Id], Field(max_length=20)] = Field(default_factory=list)
    seller_warning: SellerWarningShape | None = None
    scripts: Annotated[list[ScriptChoiceShape], Field(min_length=1, max_length=50)]


def clocks(text: str) -> tuple[time, time]:
    """``09:00-12:00`` as two times of day; the pattern above has been checked."""
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)
