"""The made-up policies of the simulated month: when each is issued, signed for and known, and the
rows that a list would have brought. All names and numbers are fabricated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from scheduler.persons import person_key
from scheduler.workdays import workday
from tests.month.people import Person, assumptions, longest, numbers, person, picked

#: Lists come in the morning after.
LIST_HOUR = 7
#: Seconds between two looks at the agenda.
TICK_S = 300


@dataclass(frozen=True, slots=True)
class Made:
    """One policy and its holder. ``listed_on``: the day of the list it comes with; ``receipt_on``
    that of the list with its receipt, by which it can be rung. ``other``: a second number."""

    id: int
    who: Person
    issued_on: date
    signed_on: date
    returned_on: date
    days: int
    channel: str
    senior: bool
    holder: int
    branch: str
    second: bool

    @property
    def listed_on(self) -> date:
        """The day after it was issued."""
        return self.issued_on + timedelta(days=1)

    @property
    def receipt_on(self) -> date:
        """The day after its receipt came back."""
        return max(self.listed_on, self.returned_on + timedelta(days=1))

    @property
    def ends_on(self) -> date:
        """The last day of the cooling-off period, which starts the day after the receipt was
        signed."""
        return self.signed_on + timedelta(days=self.days)

    @property
    def phones(self) -> tuple[str, ...]:
        """Its numbers: fabricated ones with two digits more than any telephone has."""
        first = f"+8613900000{self.holder:06d}"
        return (first, f"+8613900005{self.id:06d}") if self.second else (first,)


@dataclass(frozen=True)
class Month:
    """So many policies, in the order in which they become known. The agenda is looked at
    every ``tick_s`` seconds. Calls are ``slower`` times as long as assumed: so few policies keep a
    line as busy as many."""

    seed: int
    policies: tuple[Made, ...]
    tick_s: int
    slower: float = 1.0

    @property
    def longest(self) -> timedelta:
        """What the longest call takes."""
        return timedelta(seconds=longest() * self.slower)

    @property
    def tick(self) -> timedelta:
        """The step of the clock."""
        return timedelta(seconds=self.tick_s)

    @cached_property
    def by_list(self) -> Mapping[date, list[Made]]:
        """The new policies of each morning's list."""
        return _grouped((one.listed_on, one) for one in self.policies)

    @cached_property
    def by_receipt(self) -> Mapping[date, list[Made]]:
        """The receipts of each morning that belong to policies of an earlier list."""
        late = (one for one in self.policies if one.receipt_on > one.listed_on)
        return _grouped((one.receipt_on, one) for one in late)

    @cached_property
    def first(self) -> date:
        """The first day."""
        return min(one.listed_on for one in self.policies)

    @cached_property
    def last(self) -> date:
        """The last day of the last period."""
        return max(one.ends_on for one in self.policies)


def _grouped(pairs: Iterator[tuple[date, Made]]) -> Mapping[date, list[Made]]:
    found: dict[date, list[Made]] = defaultdict(list)
    for day, one in pairs:
        found[day].append(one)
    return found


def month(count: int, seed: int = 0, tick_s: int = TICK_S, days: int | None = None) -> Month:
    """So many policies, issued over the month as the assumptions have it, or its first days."""
    told = assumptions()["policies"]
    days = [told["first-day"] + timedelta(days=number) for number in range(days or told["days"])]
    shares = {day: _weight(day) for day in days}
    issued = sorted(
        picked(shares, numbers(seed, number, "day", words=1)[0]) for number in range(count)
    )
    made = list[Made]()
    for number, day in enumerate(issued, start=1):
        made.append(_made(seed, number, day, made))
    return Month(seed, tuple(made), tick_s)


def _weight(day: date) -> float:
    """How many policies are issued on a day, against a working day."""
    told = assumptions()["policies"]
    peak, kind = told["peak"], workday(day)
    if peak["from"] <= day <= peak["to"]:
        return float(peak["factor"])
    if kind.working:
        return 1.0
    return float(told["holiday"] if kind.holiday else told["day-off"])


def _made(seed: int, number: int, issued: date, before: list[Made]) -> Made:
    told = assumptions()["policies"]
    draws = numbers(seed, number, "policy", words=8)
    channel = picked(told["channels"], draws[0])
    signed = issued + timedelta(days=picked(told["signed-after"], draws[1]))
    who = person(seed, number)
    again = draws[4] < told["same-holder"] and len(before) > 10
    twin = before[-1 - int(draws[5] * 10)] if again else None
    return Made(
        id=number,
        who=who if twin is None else Person(number, twin.who.kind, twin.who.wrong),
        issued_on=issued,
        signed_on=signed,
        returned_on=signed + timedelta(days=picked(told["returned-after"], draws[2])),
        days=picked(told["cooling-off"][channel], draws[3]),
        channel=channel,
        senior=draws[6] < told["senior"],
        holder=twin.holder if twin else number,
        branch=picked(told["branches"], draws[7]),
        second=numbers(seed, number, "second", words=1)[0] < assumptions()["second-number"],
    )


def row_of(one: Made, source: int, now: datetime) -> dict[str, Any]:
    """The policy's row as its first list brings it."""
    birth = date(1955 if one.senior else 1985, 1 + one.holder % 12, 1 + one.holder % 28)
    name = f"示例{one.holder}"
    known = one.receipt_on <= one.listed_on
    return {
        "id": one.id, "number": f"M{one.id:08d}", "import_id": source, "product": "示例终身寿险",
        "product_type": "participating" if one.id % 3 else "traditional", "channel": one.channel,
        "issued_on": one.issued_on, "effective_on": one.issued_on, "cooling_off_days": one.days,
        "holder_name": name, "holder_birth": birth, "person": person_key(name, None, birth),
        "phone": one.phones[0], "other_phones": list(one.phones[1:]), "insured_name": name,
        "premium": Decimal("12000.00"), "frequency": "yearly",
        "payment_period": {"kind": "years", "number": 10},
        "cover_period": {"kind": "life", "number": None}, "branch": one.branch or None,
        "double_recorded": False, "guaranteed_renewal": False, "reasons": [],
        "content_hash": "0" * 64, "imported_at": now, "revisit": "open",
        **(receipt_of(one) if known else {**dict.fromkeys(RECEIPT), "status": "wait"}),
    }  # fmt: skip


RECEIPT = ("receipt_signed_on", "receipt_returned_on")


def receipt_of(one: Made) -> dict[str, Any]:
    """What a list with the receipt brings."""
    return {
        "receipt_signed_on": one.signed_on,
        "receipt_returned_on": one.returned_on,
        "status": "accept",
    }
