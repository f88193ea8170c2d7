"""The facts on which decisions about many policies rest, gathered from what is stored in a handful
of queries. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from operations.facts import age_on, period_from_json
from operations.line import Line
from operations.rules import case_place, risks_of
from scheduler.facts import Booked, PolicyFacts, Tried, Use
from scheduler.intake.records import Status
from scripts.conditions import Value
from scripts.facts import Channel, Frequency, ProductType, payment_years_plus_age
from scripts.outcomes import Cause
from store import attempts, bookings, cases, otherwise, policies
from store.attempts import Used
from store.bookings import Booking
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt, Policy


@dataclass(frozen=True, slots=True)
class Gathered:
    """A policy, what was tried, and the facts made of it."""

    policy: Policy
    attempts: Sequence[Attempt]
    facts: PolicyFacts

    @property
    def to_be_rung(self) -> bool:
        """Whether anybody is to ring: for the first revisit, or for a second one that is booked."""
        return self.policy.revisit == "open" or self.facts.second is not None

    @property
    def used_today(self) -> bool:
        """Whether the person, or a number of the policy, was rung today."""
        uses = (*self.facts.numbers.values(), *([self.facts.person] if self.facts.person else []))
        return any(use.today for use in uses)


def gather(
    session: Session,
    line: Line,
    policy_ids: Sequence[int],
    now: datetime,
) -> list[Gathered]:
    """The facts of these policies at ``now``, in their order; ids that are not stored are left
    out."""
    found = policies.by_ids(session, policy_ids)
    return gather_rows(session, line, [found[one] for one in policy_ids if one in found], now)


def gather_rows(
    session: Session, line: Line, rows: Sequence[Policy], now: datetime
) -> list[Gathered]:
    """The same of rows at hand, stored or not: a list that is only looked at has none stored."""
    ids = [row.id for row in rows]
    uses = _Uses.of(session, rows, now)
    tried = attempts.of_policies(session, ids)
    standing = otherwise.standing(session, ids)
    handed = otherwise.open_of(session, ids)
    booked = bookings.booked_of_all(session, ids)
    places = _case_places(session, line, ids, now.astimezone(LOCAL).date())
    return [
        Gathered(
            row,
            tried.get(row.id, []),
            _facts(
                row,
                tried.get(row.id, []),
                uses,
                line,
                now,
                special=row.id in standing,
                handed_over=row.id in handed,
                place=places.get(row.id),
                second=booked.get(row.id),
            ),
        )
        for row in rows
    ]


def _facts(
    policy: Policy,
    tried: Sequence[Attempt],
    uses: "_Uses",
    line: Line,
    now: datetime,
    *,
    special: bool,
    handed_over: bool,
    place: int | None,
    second: Booking | None,
) -> PolicyFacts:
    phones = numbers_of(policy)
    return PolicyFacts(
        id=policy.id,
        number=policy.number,
        status=Status(policy.status),
        channel=Channel(policy.channel),
        product_type=ProductType(policy.product_type),
        receipt_signed_on=policy.receipt_signed_on,
        receipt_returned_on=policy.receipt_returned_on,
        issued_on=policy.issued_on,
        cooling_off_days=policy.cooling_off_days,
        phones=phones,
        tried=tried_of(policy, tried, second),
        in_call=any(one.ended_at is None for one in tried),
        numbers={phone: uses.number(phone) for phone in phones},
        person=uses.person(policy.person) if policy.person else None,
        risks=risks_of(line.rulebook, risk_facts(policy, now.astimezone(LOCAL).date())),
        case_place=place,
        special=special,
        handed_over=handed_over,
        second=Booked(second.not_before, second.until) if second else None,
    )


def numbers_of(policy: Policy) -> tuple[str, ...]:
    """Every number of a policy once, the one to ring first in front."""
    return tuple(dict.fromkeys(one for one in (policy.phone, *policy.other_phones) if one))


def tried_of(
    policy: Policy, rows: Sequence[Attempt], second: Booking | None = None
) -> tuple[Tried, ...]:
    """The attempts that count, as the scheduler knows them: for what is booked beside the first
    revisit those since it was booked."""
    since = second.booked_at if second else policy.reopened_at
    return tuple(
        Tried(
            Cause(one.cause or one.outcome or ""),
            one.ended_at or one.planned_at,
            one.phone,
            one.callback_at,
        )
        for one in attempts.that_count(since, rows)
    )


def risk_facts(policy: Policy, today: date) -> dict[str, Value]:
    """What the rulebook's risk rules may ask about."""
    age = age_on(policy.holder_birth, today)
    single = policy.frequency == Frequency.SINGLE
    paying = None if single else period_from_json(policy.payment_period)
    return {
        "channel": policy.channel,
        "product_type": policy.product_type,
        "frequency": policy.frequency,
        "double_recorded": policy.double_recorded,
        "holder_age": age,
        "payment_years_plus_age": payment_years_plus_age(paying, age),
    }


def _case_places(
    session: Session, line: Line, policy_ids: Sequence[int], today: date
) -> dict[int, int]:
    """The first place in the rulebook's processing order that an open case gives a policy."""
    places: dict[int, int] = {}
    ids = {one.name: one.id for one in line.rulebook.classes}
    for policy_id, class_name, opened_at in cases.open_of_policies(session, policy_ids):
        opened_on = opened_at.astimezone(LOCAL).date()
        place = case_place(line.rulebook, ids.get(class_name, ""), opened_on, today)
        places[policy_id] = min(place, places.get(policy_id, place))
    return places


@dataclass(frozen=True, slots=True)
class _Uses:
    """What numbers and persons were rung for today, and who must not be rung."""

    numbers: dict[str, Used]
    persons: dict[str, Used]
    empty: set[str]
    blocks: otherwise.Blocks

    @classmethod
    def of(cls, session: Session, rows: Sequence[Policy], now: datetime) -> "_Uses":
        """Those of these policies."""
        phones = sorted({phone for row in rows for phone in numbers_of(row)})
        persons = sorted({row.person for row in rows if row.person})
        day = datetime.combine(now.astimezone(LOCAL).date(), time(), tzinfo=LOCAL)
        return cls(
            numbers=attempts.used(session, Attempt.phone, phones, day),
            persons=attempts.used(session, Attempt.person, persons, day),
            empty=attempts.empty_numbers(session, phones),
            blocks=otherwise.blocks_of(session, phones, persons, now),
        )

    def number(self, phone: str) -> Use:
        """The use of a number."""
        used = self.numbers.get(phone, Used())
        blocked = phone in self.blocks.phones
        until = self.blocks.phones.get(phone)
        dead = phone in self.empty
        return Use(used.today, used.last_ended_at, used.in_call, dead, blocked, until)

    def person(self, person: str) -> Use:
        """The use of a person."""
        used = self.persons.get(person, Used())
        blocked = person in self.blocks.persons
        until = self.blocks.persons.get(person)
        return Use(used.today, used.last_ended_at, used.in_call, False, blocked, until)
