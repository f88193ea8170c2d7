"""When a question or a sentence belongs to a call: a small closed vocabulary over the facts. It is
not an expression language and never reaches Python."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scripts.facts import Channel, Facts, Frequency, ProductType

#: Age from which a call is slower and a person comes sooner (产品信息披露 2022 No. 8 Art 18).
ELDERLY_FROM = 60

Value = str | bool
Situation = Mapping[str, Value]

#: What a condition may ask of a policy with yes or no.
FLAGS: Mapping[str, Callable[[Facts], bool]] = {
    "instalments": lambda facts: facts.instalments,
    "insured_is_holder": lambda facts: facts.insured_is_holder,
    "double_recorded": lambda facts: facts.double_recorded,
    "elderly": lambda facts: facts.holder_age is not None and facts.holder_age >= ELDERLY_FROM,
    "in_cooling_off": lambda facts: (
        facts.called_on is not None and facts.called_on <= facts.cooling_off_ends_on
    ),
    "address_known": lambda facts: bool(facts.address),
    "phone_known": lambda facts: bool(facts.phone_tail),
    "seller_known": lambda facts: bool(facts.seller_name),
    "next_due_known": lambda facts: facts.next_due_on is not None,
    "payment_period_known": lambda facts: facts.payment_period is not None,
}

#: What a condition may compare with a list of words.
CHOICES: Mapping[str, tuple[Callable[[Facts], str], tuple[str, ...]]] = {
    "product_type": (lambda facts: facts.product_type.value, tuple(ProductType)),
    "channel": (lambda facts: facts.channel.value, tuple(Channel)),
    "frequency": (lambda facts: facts.frequency.value, tuple(Frequency)),
}

#: What the sentence of an ending may ask beside: how far the call itself had come.
CALL_FLAGS: frozenset[str] = frozenset({"verified", "timed", "doubts"})

_SHAPE = re.compile(r"(?P<negated>not +)?(?P<fact>[a-z_]+)(?: +in +\[(?P<values>[^\[\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Condition:
    """``not insured_is_holder`` or ``product_type in [universal, unit-linked]``."""

    fact: str
    negated: bool = False
    values: tuple[str, ...] = ()


def parse(text: str, also: frozenset[str] = frozenset()) -> Condition:
    """Read one condition; ``also`` are further flags allowed here. Raises ValueError that says
    what is allowed."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"condition {text!r} is not understood: write a fact, 'not' and a fact,"
            " or a fact 'in' a list in brackets"
        )
    values = match["values"]
    words = None if values is None else [w.strip() for w in values.split(",")]
    _check(match["fact"], words, also)
    return Condition(match["fact"], match["negated"] is not None, tuple(words or ()))


def _check(fact: str, values: list[str] | None, also: frozenset[str]) -> None:
    if values is None:
        known = set(FLAGS) | also
        if fact not in known:
            raise ValueError(f"unknown condition {fact!r}: use one of {', '.join(sorted(known))}")
        return
    if fact not in CHOICES:
        raise ValueError(f"{fact!r} has no list of values: use one of {', '.join(CHOICES)}")
    wrong = [value for value in values if value not in CHOICES[fact][1]]
    if wrong:
        allowed = ", ".join(CHOICES[fact][1])
        raise ValueError(f"{fact} is never {', '.join(map(repr, wrong))}: use {allowed}")


def situation(facts: Facts) -> dict[str, Value]:
    """Everything conditions may ask, answered for one policy."""
    answers: dict[str, Value] = {name: ask(facts) for name, ask in FLAGS.items()}
    answers |= {name: ask(facts) for name, (ask, _) in CHOICES.items()}
    return answers


def holds(condition: Condition, given: Situation) -> bool:
    """Whether the condition is met. What is not known counts as no."""
    value = given.get(condition.fact, False)
    met = value in condition.values if condition.values else bool(value)
    return met is not condition.negated


def all_hold(conditions: tuple[Condition, ...], given: Situation) -> bool:
    """Whether every condition is met; none at all is always met."""
    return all(holds(condition, given) for condition in conditions)
