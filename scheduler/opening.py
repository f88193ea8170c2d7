"""The beginning of a simulation: every policy with the first decision about it, made once for all
runs that start there. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.deadlines import deadlines
from scheduler.facts import PolicyFacts, Tried
from scheduler.may_dial import Decision, may_dial
from scheduler.order import Order
from scheduler.outcome import Arrival, Subject
from scheduler.rules import Rules
from scheduler.simulated_uses import Uses, keys_of, person_of


@dataclass(frozen=True, slots=True)
class Opening:
    """The policies at the beginning, each with the first decision about it (None for one that
    arrives later or is in a call), whether calls of the day counted for it, the end of its period,
    and who shares a number or a person."""

    subjects: tuple[Subject, ...]
    start: datetime
    rules: Rules
    order: Order
    decisions: tuple[Decision | None, ...]
    counted: tuple[bool, ...]
    joins: tuple[datetime, ...]
    ends: tuple[datetime | None, ...]
    sharers: Mapping[str, tuple[int, ...]]


def opening(
    policies: Sequence[Subject],
    start: datetime,
    rules: Rules,
    order: Order = Order.SLOTS,
    arrivals: Sequence[Arrival] = (),
) -> Opening:
    """What every run of these policies begins with."""
    start = start.astimezone(rules.hours.zone)
    subjects = (*policies, *(one.subject for one in arrivals))
    uses = Uses(subjects, start.date())
    found = [facts_at(one, one.facts.tried, uses, start) for one in policies]
    later = [max(start, one.at.astimezone(start.tzinfo)) for one in arrivals]
    decided = [
        None if one.facts.in_call else may_dial(facts, start, rules, order)
        for one, facts in zip(policies, found, strict=True)
    ]
    return Opening(
        subjects=subjects,
        start=start,
        rules=rules,
        order=order,
        decisions=(*decided, *(None for _ in arrivals)),
        counted=(*(counts_today(facts) for facts in found), *(False for _ in arrivals)),
        joins=(*(start for _ in policies), *later),
        ends=tuple(_period_ends(one.facts, rules) for one in subjects),
        sharers=_sharers(subjects),
    )


def counts_today(facts: PolicyFacts) -> bool:
    """Whether a call of the day counts in a decision on these facts."""
    person = facts.person
    return bool(person and person.today) or any(use.today for use in facts.numbers.values())


def _period_ends(facts: PolicyFacts, rules: Rules) -> datetime | None:
    return None if facts.receipt_signed_on is None else deadlines(facts, rules).period_ends


def _sharers(subjects: Sequence[Subject]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, subject in enumerate(subjects):
        for key in keys_of(subject):
            found[key].append(index)
    return {key: tuple(those) for key, those in found.items() if len(those) > 1}


def facts_at(subject: Subject, tried: tuple[Tried, ...], uses: Uses, now: datetime) -> PolicyFacts:
    """The facts of a policy at a moment of the simulation."""
    facts, today, person = subject.facts, now.date(), person_of(subject)
    return PolicyFacts(
        id=facts.id,
        number=facts.number,
        status=facts.status,
        channel=facts.channel,
        product_type=facts.product_type,
        receipt_signed_on=facts.receipt_signed_on,
        receipt_returned_on=facts.receipt_returned_on,
        issued_on=facts.issued_on,
        cooling_off_days=facts.cooling_off_days,
        phones=facts.phones,
        tried=tried,
        numbers={phone: uses.of(phone, today) for phone in facts.phones},
        person=uses.of(person, today) if person else None,
        risks=facts.risks,
        case_place=facts.case_place,
        special=facts.special,
        handed_over=facts.handed_over,
    )
