"""The slots a text may carry, ``{{ holder.name }}`` or ``{{ holder.title | 本人 }}``: which there
are, what each says, and whether it tells something of the policy. No other templating."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scripts import spoken
from scripts.facts import Facts
from scripts.forms import Forms, forms

#: What a slot says of a policy: in the forms of one language, with what the last answer carried.
Speak = Callable[[Forms, Facts, str | None], str | None]


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot. ``known_by`` names the condition that makes a slot that may be empty certain."""

    speak: Speak
    policy: bool = True  # tells something of the policy: only after the identity is verified
    may_be_empty: bool = False
    known_by: str | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot's place in a text. ``fallback`` is spoken when the slot is empty."""

    slot: str
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text as written and its parts: words and holes."""

    source: str
    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The slots of this text in order."""
        return tuple(part for part in self.parts if isinstance(part, Hole))


EMPTY = Text("", ())
_HOLE = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|([^{}|]*))?\}\}")


def _always(speak: Callable[[Forms, Facts], str], *, policy: bool = True) -> Slot:
    return Slot(lambda say, facts, _: speak(say, facts), policy)


def _maybe(
    speak: Callable[[Forms, Facts], str | None],
    known_by: str | None = None,
    *,
    policy: bool = True,
) -> Slot:
    return Slot(lambda say, facts, _: speak(say, facts), policy, True, known_by)


def _callback_time(say: Forms, _: Facts, value: str | None) -> str | None:
    when = time_of(value)
    return None if when is None else say.moment(when)


def _day(say: Forms, day: date | None) -> str | None:
    return None if day is None else say.calendar_day(day)


#: Every slot by name. Amounts, dates, terms and digits are in spoken form.
SLOTS: Mapping[str, Slot] = {
    "company.name": _always(lambda _, f: f.company, policy=False),
    "company.phone": _always(lambda say, f: say.digits(f.company_phone), policy=False),
    "caller.role": _always(lambda say, f: say.caller(f.by_person), policy=False),
    "holder.name": _always(lambda _, f: f.holder_name, policy=False),
    "holder.title": _maybe(lambda say, f: say.title(f.holder_gender), policy=False),
    "callback.time": Slot(_callback_time, policy=False, may_be_empty=True, known_by="timed"),
    "policy.number": _always(lambda say, f: say.digits(f.policy_no)),
    "policy.product": _always(lambda _, f: f.product),
    "policy.issued_on": _always(lambda say, f: say.calendar_day(f.issued_on)),
    "policy.premium": _always(lambda say, f: say.amount(f.premium)),
    "policy.frequency": _always(lambda say, f: say.every(f.frequency)),
    "policy.cover_period": _always(lambda say, f: say.period(f.cover_period)),
    "policy.payment_period": _maybe(
        lambda say, f: say.period(f.payment_period) if f.payment_period else None,
        "payment_period_known",
    ),
    "policy.next_due_on": _maybe(lambda say, f: _day(say, f.next_due_on), "next_due_known"),
    "receipt.signed_on": _always(lambda say, f: say.calendar_day(f.receipt_on)),
    "cooling_off.days": _always(lambda say, f: say.days(f.cooling_off_days)),
    "cooling_off.starts_on": _always(lambda say, f: say.calendar_day(f.cooling_off_starts_on)),
    "cooling_off.ends_on": _always(lambda say, f: say.calendar_day(f.cooling_off_ends_on)),
    "insured.name": _always(lambda _, f: f.insured_name),
    "seller.name": _maybe(lambda _, f: f.seller_name, "seller_known"),
    "bank.branch": _maybe(lambda _, f: f.bank_branch, "bank_known"),
    "contact.address": _maybe(lambda _, f: f.address, "address_known"),
    "contact.phone_tail": _maybe(
        lambda say, f: f.phone_tail and say.digits(f.phone_tail), "phone_known"
    ),
    "matter.words": _maybe(lambda _, f: f.matter, "matter_known"),
    "matter.reported_on": _maybe(lambda say, f: _day(say, f.matter_on), "matter_dated"),
}


def parse(source: str) -> Text:
    """Split a text into words and holes. Raises ValueError for braces that are no slot; whether a
    slot exists is for the checks to say, all at once."""
    parts: list[str | Hole] = []
    end = 0
    for match in _HOLE.finditer(source):
        parts.append(source[end : match.start()])
        fallback = match[2]
        parts.append(Hole(match[1], None if fallback is None else fallback.strip()))
        end = match.end()
    parts.append(source[end:])
    if any(isinstance(part, str) and ("{" in part or "}" in part) for part in parts):
        raise ValueError("braces are only for slots: write {{ holder.name }}")
    return Text(source, tuple(part for part in parts if part))


def fill(text: Text, facts: Facts, value: str | None = None, language: str = spoken.CHINESE) -> str:
    """The text as it is spoken in its language. ``value`` is what the last answer carried (an ISO
    time).

    Raises LookupError for a slot that is unknown or empty without a fallback, which the checks
    rule out.
    """
    say = forms(language)
    return "".join(
        part if isinstance(part, str) else _filled(part, say, facts, value) for part in text.parts
    )


def _filled(hole: Hole, say: Forms, facts: Facts, value: str | None) -> str:
    words = SLOTS[hole.slot].speak(say, facts, value) or hole.fallback
    if words is None:
        raise LookupError(f"the slot {hole.slot} is empty and has no fallback")
    return words


def time_of(value: str | None) -> datetime | None:
    """The time an answer carried, or None. Only a whole, aware time counts: a birthday is none."""
    try:
        when = datetime.fromisoformat(value) if value and "T" in value else None
    except ValueError:
        return None
    return when if when is not None and when.tzinfo is not None else None
