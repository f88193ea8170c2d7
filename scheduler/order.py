"""In which order due policies are rung: promises first, then those with the fewest callable slots
before their deadline. Pure.

The slots that a policy has left shrink for everybody alike as time passes, so their order is the
order of the slots from one fixed day to the deadline, less those used today. That number changes
only when something happens to the policy or its person, or a day ends: a waiting policy keeps its
place without being looked at, and the next one is found in an index.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.hours import whole_days
from scheduler.rules import Rules

#: The fixed day. Any day before the first policy would do.
FIRST_DAY = date(2024, 1, 1)
_NO_CASE = 99


class Order(StrEnum):
    """How due policies are ordered. Those besides SLOTS are what it is compared with."""

    SLOTS = "slots"
    DEADLINE = "deadline"  # earliest deadline first
    ARRIVAL = "arrival"  # first in, first out


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """The place of a due policy; smaller is earlier, and no two policies have the same.

    ``first``: minutes since 1970 of a promised time, or the slots to the deadline, those of
    customers at risk counted as fewer. ``place``: of an open case in the rulebook's processing
    order. ``tried``: calls made. ``deadline``: its day. ``id``: of the policy.
    """

    unpromised: bool
    first: int
    place: int
    tried: int
    deadline: date
    id: int

    @property
    def key(self) -> str:
        """The same as digits of one length, so that a database's index has the same order."""
        day = (self.deadline.year * 100 + self.deadline.month) * 100 + self.deadline.day
        return (
            f"{self.unpromised:d}{self.first:010d}{self.place:02d}{self.tried:02d}"
            f"{day:08d}{self.id:012d}"
        )


#: What sorts before every policy that nobody was promised a call.
UNPROMISED = "1"


def rank(
    policy_id: int,
    deadline: datetime,
    rules: Rules,
    *,
    promised_at: datetime | None = None,
    used_today: int = 0,
    at_risk: bool = False,
    case_place: int | None = None,
    tried: int = 0,
    order: Order = Order.SLOTS,
) -> Rank:
    """The rank of a policy that is due, or will be."""
    day = deadline.astimezone(rules.hours.zone).date()
    if promised_at is not None:
        first = int(promised_at.timestamp() // 60)
    elif order is Order.SLOTS:
        first = slots_to(day, rules) - used_today - (rules.risk_slots if at_risk else 0)
    else:
        first = day.toordinal() if order is Order.DEADLINE else policy_id
    place = min(_NO_CASE, rules.case_places if case_place is None else case_place)
    plain = order is not Order.SLOTS
    return Rank(
        unpromised=promised_at is None,
        first=max(0, first),
        place=0 if plain else place,
        tried=0 if plain else min(tried, 99),
        deadline=day,
        id=policy_id,
    )


def slots_to(day: date, rules: Rules) -> int:
    """How many calls one person could get from the fixed day to the end of this one."""
    return whole_days(FIRST_DAY, rules.hours, rules.gap, rules.per_person, until=day)
