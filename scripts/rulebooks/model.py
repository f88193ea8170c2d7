"""One insurer's rules as typed, frozen data: classes of cases, what triggers them, deadlines, retry
rules, calling hours, cooling-off days. It decides nothing: cases and scheduler do. The sources
that a file names beside its rules stay in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import TypeVar

from scripts.conditions import Condition
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.verdicts import Status

Part = TypeVar("Part", "CaseClass", "Family", "Kind")


class Calendar(StrEnum):
    """How the days of a deadline are counted."""

    NATURAL = "natural"  # 自然日
    WORKING = "working"  # 工作日


class StartRule(StrEnum):
    """The first day of the cooling-off period (conflict C-02)."""

    DAY_AFTER = "day-after"  # 签收次日
    SAME_DAY = "same-day"  # 签收当日


class FirstCallFrom(StrEnum):
    """What the first call waits for (conflict C-01)."""

    RECEIPT = "receipt"  # the holder signed the receipt
    RECEIPT_RETURNED = "receipt-returned"  # 回执回销
    ISSUE = "issue"  # 承保


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
    proof: str = ""  # what closes it


@dataclass(frozen=True, slots=True)
class Kind:
    """One numbered kind of a family; ``number`` is the source's own."""

    id: str
    family_id: str
    number: int
    name: str


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


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows an unsuccessful attempt: nothing more, or another call after ``after_min``."""

    again: bool
    after_min: int = 0
    most: int = 1  # attempts with this outcome, the first included


@dataclass(frozen=True, slots=True)
class Calling:
    """When and how often we ring. Times are local to the policyholder; ``per_day`` and ``gap_min``
    hold for a number, whatever policy it is rung for, ``per_revisit`` for a policy."""

    opens: time
    closes: time
    weekends: bool
    holidays: bool
    per_day: int
    per_revisit: int
    gap_min: int


@dataclass(frozen=True, slots=True)
class CoolingOff:
    """Days of the cooling-off period; the first rule whose conditions hold is used, unless the
    policy itself carries a number. Conditions ask for channel and product type only."""

    days: int
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The first call comes ``after_days`` days after this event, or after the receipt was signed
    where its day is unknown."""

    counts_from: FirstCallFrom
    after_days: int


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One insurer's rules. ``precedence`` lists family ids, the one that gives a call its headline
    first; ``success`` are the outcomes after which a policy is revisited."""

    id: str
    version: str
    classes: tuple[CaseClass, ...]
    families: tuple[Family, ...]
    kinds: tuple[Kind, ...]
    triggers: tuple[Trigger, ...]
    precedence: tuple[str, ...]
    clean_class: str
    success: frozenset[Outcome]
    retries: Mapping[Outcome, Retry]
    calling: Calling
    cooling_off: tuple[CoolingOff, ...]
    cooling_off_start: StartRule
    first_call: FirstCall
    exhausted_kind: str

    def kind(self, kind_id: str) -> Kind:
        """The kind of this id. Raises LookupError."""
        return _by_id(self.kinds, kind_id)

    def family_of(self, kind_id: str) -> Family:
        """The family of a kind. Raises LookupError."""
        return _by_id(self.families, self.kind(kind_id).family_id)

    def class_of(self, kind_id: str) -> CaseClass:
        """The class of a kind. Raises LookupError."""
        return _by_id(self.classes, self.family_of(kind_id).class_id)


def _by_id(parts: tuple[Part, ...], wanted: str) -> Part:
    for part in parts:
        if part.id == wanted:
            return part
    raise LookupError(f"the rulebook has no entry {wanted!r}")
