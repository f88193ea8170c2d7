"""How long a recording is kept. Pure; deletes nothing.

For the recordings of revisit calls no national number was found. The careful default is the rule
for recorded sales (保监发〔2017〕54号 第12、13条; domain.md 2.5): from the end of the contract at
least five years where the cover is one year or less, ten where it is longer, and two years beyond
the end of a dispute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scripts.facts import Period, PeriodKind

YEARS_AFTER_SHORT, YEARS_AFTER_LONG, YEARS_AFTER_DISPUTE = 5, 10, 2


class Why(StrEnum):
    """What a recording is kept for, the longest first."""

    CASE_OPEN = "case-open"  # a case of the policy is open
    END_UNKNOWN = "end-unknown"  # for life, renewed, or to an age nobody can reckon
    CASE_CLOSED = "case-closed"  # two years from its end
    CONTRACT = "contract"  # five or ten years from the end of the contract
    CALL = "call"  # the same, from the call


@dataclass(frozen=True, slots=True)
class Kept:
    """``until`` is the last day on which it must be there; None: as long as ``why`` holds."""

    until: date | None
    why: Why

    def over(self, today: date) -> bool:
        """Whether its time has passed."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class Contract:
    """What the end of a contract depends on. ``insured_birth`` is None where it is unknown;
    ``renews`` is guaranteed renewal (保证续保)."""

    effective_on: date | None
    cover: Period
    renews: bool = False
    insured_birth: date | None = None

    @property
    def ends_on(self) -> date | None:
        """The end as agreed, a little late rather than early; None where nobody can tell. A
        contract that ended before counts to its agreed end, for no list tells the day."""
        if self.cover.kind is PeriodKind.YEARS and not self.renews:
            return self.effective_on and years_after(self.effective_on, self.cover.number or 1)
        if self.cover.kind is PeriodKind.TO_AGE and self.insured_birth is not None:
            return years_after(self.insured_birth, (self.cover.number or 0) + 1)
        return None

    @property
    def years_kept(self) -> int:
        """By the length of the cover."""
        short = self.cover.kind is PeriodKind.YEARS and (self.cover.number or 0) <= 1
        return YEARS_AFTER_SHORT if short and not self.renews else YEARS_AFTER_LONG


def kept(called_on: date, contract: Contract, cases: Sequence[date | None]) -> Kept:
    """How long the recording of a call of that day is kept. ``cases`` are the days on which the
    policy's cases were closed, None for one that is open."""
    if None in cases:
        return Kept(None, Why.CASE_OPEN)
    ends_on = contract.ends_on
    if ends_on is None:
        return Kept(None, Why.END_UNKNOWN)
    limits = [
        (years_after(ends_on, contract.years_kept), Why.CONTRACT),
        (years_after(called_on, contract.years_kept), Why.CALL),
        *((years_after(day, YEARS_AFTER_DISPUTE), Why.CASE_CLOSED) for day in cases if day),
    ]
    return Kept(*max(limits, key=lambda limit: limit[0]))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the 1st of March for a 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
