"""One insurer's rules as typed, frozen data: classes of cases, what triggers them, deadlines, retry
rules, calling hours, cooling-off days, KPIs, the twelve decisions. It decides nothing: cases and
scheduler do. The sources that a file names beside its rules stay in the file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from typing import TypeVar

from scripts.conditions import Condition
from scripts.labels import Label, code_of
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
from scripts.verdicts import Status

Part = TypeVar("Part", "CaseClass", "Family", "Kind")


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many days after the day of discovery, which is not counted itself."""

    days: int
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class CaseClass:
    """件别: 标准件, 次标准件, 问题件, 核实件. ``opens_case`` tells whether somebody must act."""

    id: str
    name: str
    opens_case: bool
    next_action: str


@dataclass(frozen=True, slots=True)
class Family:
    """类: several kinds under one class, e.g. 代签字类."""

    id: str
    class_id: str
    name: str
    deadline: Deadline | None
    owner: str = ""  # who handles it, in the words of the floor
    seller_may_handle: bool = True  # False: somebody other than the seller (2010-4 Art 18)
    proof: str = ""  # what closes it, in the words of the source
    #: The same as data: it is closed by everything of any one of these. Empty: by any one proof.
    closed_by: tuple[frozenset[Proof], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One numbered kind of a family; ``number`` is the source's own."""

    id: str
    family_id: str
    number: int
    name: str
    found_by: FoundBy = FoundBy.CALL


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes a finding a kind. A trigger with codes looks at verdicts, one with outcomes at
    the end of an attempt. Empty ``statuses`` or ``doubts`` allow any; the first trigger of the
    rulebook that fits a verdict, or an outcome, names its kind."""

    kind_id: str
    codes: frozenset[str] = frozenset()  # question codes or whole ids; empty with statuses = any
    statuses: frozenset[Status] = frozenset()
    doubts: frozenset[Label] = frozenset()
    outcomes: frozenset[Outcome] = frozenset()
    values: frozenset[str] = frozenset()  # what the last answer carried, e.g. no-such-person

    def fits_answer(self, question_id: str, status: Status, doubts: Collection[Label]) -> bool:
        """Whether it takes up what a question came to; ``doubts`` are all that were heard on it."""
        named = not self.codes or bool(self.codes & {question_id, code_of(question_id)})
        doubted = not self.doubts or not self.doubts.isdisjoint(doubts)
        return named and status in self.statuses and doubted

    def fits_end(self, outcome: Outcome, value: str | None) -> bool:
        """Whether it takes up the end of an attempt."""
        return outcome in self.outcomes and (not self.values or value in self.values)


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows an attempt that ended so: nothing more, or another call after ``after_min``
    minutes, with ``other_number`` to another number of the policy. ``then`` is how the branch goes
    on when calling stops with this cause; None where a case alone says what to do."""

    again: bool
    after_min: int = 0
    most: int = 1  # attempts with this cause, the first included
    other_number: bool = False
    then: Way | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day, local to the policyholder: from ``start`` to ``end``, which is excluded."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When we may ring, by kind of day. ``weekdays`` holds weekdays (0 is Monday) whose spans stand
    in place of those of their ordinary kind."""

    working: tuple[Span, ...]
    day_off: tuple[Span, ...]
    holiday: tuple[Span, ...]
    weekdays: tuple[tuple[int, tuple[Span, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Calling:
    """When and how often we ring: ``per_day`` calls to a person and ``per_day_number`` to a number,
    whatever policy they are for, ``per_revisit`` to a policy in all. ``gap_min`` minutes lie
    between two calls to one person or number."""

    hours: Hours
    per_day: int
    per_day_number: int
    per_revisit: int
    gap_min: int


@dataclass(frozen=True, slots=True)
class CoolingOff:
    """Days and first day of the cooling-off period; the first rule whose conditions hold is used.
    A policy that carries a number of days itself keeps it. Conditions ask for channel and product
    type only."""

    days: int
    starts: StartRule
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The first call comes ``after_days`` days after this event, or after the receipt was signed
    where its day is unknown, and should come by day ``by_days``."""

    counts_from: FirstCallFrom
    after_days: int
    by_days: int | None = None


@dataclass(frozen=True, slots=True)
class InPeriod:
    """The test of a revisit in the period (C-03): up to the last cooling-off day, or up to and
    including natural day ``days`` since issue."""

    counts_from: PeriodFrom
    days: int | None = None


@dataclass(frozen=True, slots=True)
class WholeWithin:
    """The whole revisit is done within so many natural days of this event (T-03)."""

    days: int
    counts_from: FirstCallFrom


@dataclass(frozen=True, slots=True)
class Success:
    """When a policy is revisited: after these outcomes. ``with_problem`` says whether a revisit
    that led to a 问题件 counts (domain.md 2.13), ``signed_on_paper`` whether a visit or letter
    counts only with the holder's own signature."""

    outcomes: frozenset[Outcome]
    holder_in_person: bool
    with_problem: bool
    signed_on_paper: bool


@dataclass(frozen=True, slots=True)
class SecondRevisit:
    """Who does the second revisit (C-07), and whether that may be the seller."""

    by: str
    seller_may_handle: bool


@dataclass(frozen=True, slots=True)
class FirstModes:
    """How a first revisit is made (C-10): always so, or so only where ``special_when`` is met."""

    always: tuple[Medium, ...]
    special: tuple[Medium, ...] = ()
    special_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskRule:
    """Policies whose holder is rung earlier, for which every condition holds."""

    id: str
    name: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """Customers at risk (domain.md 2.4): those for whom a rule holds are ordered as if they had
    ``earlier_slots`` calls fewer left before the deadline."""

    earlier_slots: int
    rules: tuple[RiskRule, ...]


@dataclass(frozen=True, slots=True)
class OtherWay:
    """A way that is not head office's telephone, and the natural days that it needs before the
    deadline."""

    way: Way
    needs_days: int


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One place of the processing order: cases of these classes, issued in this month or any."""

    classes: frozenset[str]
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """So many points from this value on."""

    at_least: float
    points: float


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure: ``counts`` divided by ``of``, or ``counts`` alone. The scale runs downward."""

    id: str
    name: str
    counts: Countable
    of: Countable | None
    unit: Unit
    scale: tuple[ScalePoint, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class SellerWarning:
    """A seller is warned whose KPI lies ``over`` or ``under`` so many percent, one of the two, by
    its whole interval, with at least so many ``policies`` in what the KPI is counted of."""

    kpi_id: str
    over: float | None
    under: float | None
    policies: int


@dataclass(frozen=True, slots=True)
class ScriptChoice:
    """A script and the policies that get it for this purpose, by phone or on paper."""

    script_id: str
    purpose: Purpose
    medium: Medium
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A part on which the source document says nothing, and where its value was taken from."""

    field: str
    taken: Taken
    source: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of the twelve decisions: ``decision`` with its slots filled from ``values``, so that the
    sentence says what the data say. ``values`` maps what the sentence names to its value."""

    id: str
    topic: str
    decision: str
    values: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One insurer's rules. ``precedence`` lists family ids, the one that gives a call its headline
    first; ``exhausted_kinds`` are the kinds of policies whose last attempt ended so, when no
    attempt is left, ``exhausted_kind`` that of all others. ``after_period`` days after the period a
    policy is still rung, as late. ``other_ways`` stand in the order in which they are proposed, to
    policies whose chance to be reached in time is ``at_risk_below``; ``handover`` is the time that
    a branch has from receiving a hand-over list (T-11)."""

    id: str
    version: str
    title: str
    source: str
    silent: tuple[Silence, ...]
    conflicts: tuple[Conflict, ...]
    classes: tuple[CaseClass, ...]
    families: tuple[Family, ...]
    kinds: tuple[Kind, ...]
    triggers: tuple[Trigger, ...]
    precedence: tuple[str, ...]
    processing_order: tuple[OrderStep, ...]
    clean_class: str
    success: Success
    exhausted_kind: str
    exhausted_kinds: Mapping[Outcome, str]
    screening: Mapping[Screened, str]
    retries: Mapping[Cause, Retry]
    calling: Calling
    cooling_off: tuple[CoolingOff, ...]
    first_call: FirstCall
    in_period: InPeriod
    whole_within: WholeWithin | None
    after_period: int
    risk: Risk
    other_ways: tuple[OtherWay, ...]
    handover: Deadline
    at_risk_below: float
    first_modes: FirstModes
    second_revisit: SecondRevisit
    complaint_reply: Deadline
    group_visit_from: int
    police: Police
    monthly_report_by: int
    kpis: tuple[Kpi, ...]
    problem_classes: frozenset[str]
    seller_warning: SellerWarning | None
    scripts: tuple[ScriptChoice, ...]

    def kind(self, kind_id: str) -> Kind:
        """The kind of this id. Raises LookupError."""
        return _by_id(self.kinds, kind_id)

    def family_of(self, kind_id: str) -> Family:
        """The family of a kind. Raises LookupError."""
        return _by_id(self.families, self.kind(kind_id).family_id)

    def class_of(self, kind_id: str) -> CaseClass:
        """The class of a kind. Raises LookupError."""
        return _by_id(self.classes, self.family_of(kind_id).class_id)

    def kind_of_answer(
        self, question_id: str, status: Status, doubts: Collection[Label] = ()
    ) -> str | None:
        """The kind that the first fitting trigger names for what a question came to."""
        for trigger in self.triggers:
            if trigger.statuses and trigger.fits_answer(question_id, status, doubts):
                return trigger.kind_id
        return None

    def kind_of_end(self, outcome: Outcome, value: str | None = None) -> str | None:
        """The kind that the first fitting trigger names for the end of an attempt."""
        for trigger in self.triggers:
            if trigger.fits_end(outcome, value):
                return trigger.kind_id
        return None

    def kind_when_exhausted(self, outcome: Outcome) -> str:
        """The kind of a policy with no attempt left, the last of which ended so."""
        return self.exhausted_kinds.get(outcome, self.exhausted_kind)


def _by_id(parts: tuple[Part, ...], wanted: str) -> Part:
    for part in parts:
        if part.id == wanted:
            return part
    raise LookupError(f"the rulebook has no entry {wanted!r}")
