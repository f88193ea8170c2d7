"""The few facts of a policy on which a decision rests. Plain data, gathered above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.intake.records import Status
from scheduler.rules import SILENT
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt that has ended: how, when, on which number. ``callback_at`` is the time that was
    named in it."""

    cause: Cause
    ended_at: datetime
    phone: str
    callback_at: datetime | None = None

    @property
    def rang(self) -> bool:
        """Whether somebody's telephone rang."""
        return self.cause not in SILENT


@dataclass(frozen=True, slots=True)
class Use:
    """What a number or a person was rung for, whatever the policy: ``today`` counts calls that
    rang, those that go on included. ``blocked`` (禁拨) ends at ``blocked_until``, None for never.
    ``dead``: the number does not exist, or not for this holder."""

    today: int = 0
    last_ended_at: datetime | None = None
    in_call: bool = False
    dead: bool = False
    blocked: bool = False
    blocked_until: datetime | None = None


UNUSED = Use()


@dataclass(frozen=True, slots=True)
class Booked:
    """A second revisit (二次回访) that is to be rung, between these moments."""

    not_before: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """Everything that :func:`scheduler.may_dial.may_dial` looks at.

    ``tried`` are the attempts that count, in order; ``phones`` the policy's numbers, the one to
    ring first in front, ``numbers`` their use; ``person`` is the use of the holder, and None where
    nobody knows who that is on other policies. ``risks`` are ids of the rulebook's risk rules;
    ``case_place`` the place of an open case in its processing order; ``id`` breaks ties.
    ``second`` stands in the place of the first revisit's own limits.
    """

    id: int
    number: str
    status: Status
    channel: Channel
    product_type: ProductType
    receipt_signed_on: date | None = None
    receipt_returned_on: date | None = None
    issued_on: date | None = None
    cooling_off_days: int | None = None
    phones: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()
    in_call: bool = False
    numbers: Mapping[str, Use] = field(default_factory=dict)
    person: Use | None = None
    risks: tuple[str, ...] = ()
    case_place: int | None = None
    special: bool = False
    handed_over: bool = False
    second: Booked | None = None

    def use_of(self, phone: str) -> Use:
        """What one of the numbers was used for."""
        return self.numbers.get(phone, UNUSED)
