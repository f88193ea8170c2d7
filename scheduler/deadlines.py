"""By when a policy is to be revisited: the law's period, the insurer's own limits, and how long
late calls still go on. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from scheduler.cooling_off import CoolingOff, cooling_off
from scheduler.facts import PolicyFacts
from scheduler.rules import Rules
from scripts.rulebooks import FirstCallFrom


@dataclass(frozen=True, slots=True)
class Deadlines:
    """``period_ends`` is the last second of the cooling-off period (犹豫期), ``last_call`` that of
    the last day on which anybody rings. ``company`` is the insurer's limit for the whole revisit,
    ``first_call_by`` for the first call, None where there is none; before ``first_call_at`` nobody
    rings."""

    period: CoolingOff
    period_ends: datetime
    last_call: datetime
    company: datetime | None
    first_call_by: datetime | None
    first_call_at: datetime

    def at(self, now: datetime) -> datetime:
        """The limit that a call at this moment works towards: the nearest not yet passed."""
        for limit in sorted(filter(None, (self.company, self.period_ends))):
            if now <= limit:
                return limit
        return self.last_call


#: So many are remembered, and then forgotten all at once.
_MOST_COMPUTED = 50_000


def deadlines(facts: PolicyFacts, rules: Rules) -> Deadlines:
    """The limits of a policy with a signed receipt; those of a second revisit are its own."""
    first = _of_first(facts, rules)
    second = facts.second
    if second is None:
        return first
    return replace(
        first,
        period_ends=second.until,
        last_call=second.until,
        company=None,
        first_call_by=None,
        first_call_at=second.not_before,
    )


def _of_first(facts: PolicyFacts, rules: Rules) -> Deadlines:
    dates = (facts.receipt_signed_on, facts.receipt_returned_on, facts.issued_on)
    key = (*dates, facts.cooling_off_days, facts.channel, facts.product_type)
    known = rules.computed.get(key)
    if known is None:
        if len(rules.computed) >= _MOST_COMPUTED:
            rules.computed.clear()
        known = rules.computed[key] = _computed(facts, rules)
    found: Deadlines = known
    return found


def _computed(facts: PolicyFacts, rules: Rules) -> Deadlines:
    signed = facts.receipt_signed_on
    assert signed is not None
    period = cooling_off(
        signed,
        facts.cooling_off_days,
        facts.channel,
        facts.product_type,
        rules.cooling_off_start,
        rules.default_days,
    )
    return Deadlines(
        period=period,
        period_ends=period.deadline(rules.hours.zone),
        last_call=_end_of(period.ends_on + timedelta(days=rules.after_period), rules),
        company=_after(facts, rules.whole_from, rules.whole_within, rules),
        first_call_by=_after(facts, rules.first_call_from, rules.first_call_by, rules),
        first_call_at=first_call_at(facts, rules),
    )


def first_call_at(facts: PolicyFacts, rules: Rules) -> datetime:
    """So many days after what the rulebook counts from (domain.md C-01), or after the receipt was
    signed where that day is unknown; never before the receipt was signed."""
    signed = facts.receipt_signed_on
    assert signed is not None
    counted = _counted_from(facts, rules.first_call_from) + timedelta(days=rules.first_call_after)
    return datetime.combine(max(counted, signed), time(), tzinfo=rules.hours.zone)


def _after(
    facts: PolicyFacts, counts_from: FirstCallFrom, days: int | None, rules: Rules
) -> datetime | None:
    if days is None:
        return None
    return _end_of(_counted_from(facts, counts_from) + timedelta(days=days), rules)


def _counted_from(facts: PolicyFacts, event: FirstCallFrom) -> date:
    signed = facts.receipt_signed_on
    assert signed is not None
    known = {
        FirstCallFrom.RECEIPT: signed,
        FirstCallFrom.RECEIPT_RETURNED: facts.receipt_returned_on,
        FirstCallFrom.ISSUE: facts.issued_on,
    }
    return known[event] or signed


def _end_of(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=rules.hours.zone)
