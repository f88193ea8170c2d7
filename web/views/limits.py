"""What limits the calls about a policy: its periods, and what its numbers and its holder were rung
for. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from operations.line import Line
from operations.policy_facts import Gathered
from scheduler.deadlines import deadlines, first_call_at
from scheduler.facts import PolicyFacts, Use
from scheduler.workdays import workday
from web.masks import mask_phone


@dataclass(frozen=True, slots=True)
class Period:
    """The cooling-off period (犹豫期), both days included, and the limits around it; ``last_call``
    where late calls go on after it. ``unconfirmed``: the working days of its last year are not
    published yet."""

    starts_on: date
    ends_on: date
    days: int
    below_law: bool
    first_call_from: datetime
    first_call_by: datetime | None
    company: datetime | None
    last_call: datetime | None
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class UseRow:
    """What the holder (``phone`` is "") or a number was rung for, whatever the policy. ``note`` is
    in-call, dead, blocked or nothing."""

    phone: str
    today: int
    most: int
    last_ended_at: datetime | None
    note: str
    blocked_until: datetime | None

    @property
    def used_up(self) -> bool:
        """Whether no further call is allowed today."""
        return self.today >= self.most


def calls_made(found: Gathered) -> int:
    """Calls of this revisit that rang, by the attempts that count."""
    return sum(one.rang for one in found.facts.tried)


def period_of(line: Line, facts: PolicyFacts) -> Period | None:
    """The period of a policy; None before the receipt is signed."""
    if facts.receipt_signed_on is None:
        return None
    limits = deadlines(facts, line.rules)
    period = limits.period
    later = limits.last_call > limits.period_ends
    return Period(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        days=period.days,
        below_law=period.below_law,
        first_call_from=first_call_at(facts, line.rules),
        first_call_by=limits.first_call_by,
        company=limits.company,
        last_call=limits.last_call if later else None,
        unconfirmed=not workday(period.ends_on, line.own_days).confirmed,
    )


def uses_of(line: Line, facts: PolicyFacts) -> list[UseRow]:
    """The holder, where it is known who that is on other policies, and every number."""
    return list(_uses(line, facts))


def _uses(line: Line, facts: PolicyFacts) -> Iterator[UseRow]:
    if facts.person is not None:
        yield _row("", facts.person, line.rules.per_person)
    most = line.rules.per_number
    for phone in facts.phones:
        # whoever nobody can recognise by identity is recognised by the number
        own = most if facts.person is not None else min(most, line.rules.per_person)
        yield _row(mask_phone(phone), facts.use_of(phone), own)


def _row(phone: str, use: Use, most: int) -> UseRow:
    note = "blocked" if use.blocked else "dead" if use.dead else "in-call" if use.in_call else ""
    return UseRow(phone, use.today, most, use.last_ended_at, note, use.blocked_until)
