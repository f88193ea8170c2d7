"""A script's text as it stands on paper: slots filled, digits written as digits, and a blank with
a label where something is not known. It never fails: a blank is filled in by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scripts import slots
from scripts.facts import Facts
from scripts.show.terms import term
from scripts.slots import Hole, Text


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on; ``label`` says what."""

    label: str


#: One line of the letter: words and blanks.
Line = tuple[str | Blank, ...]

NOTHING: Mapping[str, str | None] = {}

#: What is read out digit by digit on the telephone is written in digits.
_WRITTEN: Mapping[str, Callable[[Facts], str | None]] = {
    "company.phone": lambda facts: facts.company_phone,
    "policy.number": lambda facts: facts.policy_no,
    "contact.phone_tail": lambda facts: facts.phone_tail,
}


def blank(slot: str) -> Blank:
    """The blank for a slot."""
    return Blank(term("slot", slot, "zh"))


def yuan(amount: Decimal) -> str:
    """12000 -> 12,000.00元."""
    return f"{amount:,.2f}元"


def fill(text: Text, facts: Facts | None, given: Mapping[str, str | None] = NOTHING) -> Line:
    """The text for this policy; without facts every slot is a labelled blank. What is ``given`` for
    a slot goes before."""
    line: list[str | Blank] = []
    for part in text.parts:
        run = part if isinstance(part, str) else _filled(part, facts, given)
        if isinstance(run, str) and line and isinstance(line[-1], str):
            line[-1] += run
        else:
            line.append(run)
    return tuple(line)


def _filled(hole: Hole, facts: Facts | None, given: Mapping[str, str | None]) -> str | Blank:
    said = given.get(hole.slot) or (None if facts is None else _said(hole, facts))
    return blank(hole.slot) if said is None else said


def _said(hole: Hole, facts: Facts) -> str | None:
    if hole.slot in _WRITTEN:
        return _WRITTEN[hole.slot](facts) or hole.fallback
    try:
        said = slots.fill(Text("", (hole,)), facts)
    except LookupError:  # empty and without a fallback
        return None
    return f"{said}（{yuan(facts.premium)}）" if hole.slot == "policy.premium" else said
