"""When a question or a sentence belongs to a call: a small closed vocabulary over the facts and
over what happened in the call. It is not an expression language and never reaches Python."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scripts.facts import Channel, Facts, Frequency, ProductType
from scripts.labels import CODES

#: Age from which a call is slower and a person comes sooner (产品信息披露 2022 No. 8 Art 18).
ELDERLY_FROM = 60

Value = str | bool | int | None | frozenset[str]
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
    "bank_known": lambda facts: bool(facts.bank_branch),
    "next_due_known": lambda facts: facts.next_due_on is not None,
    "payment_period_known": lambda facts: facts.payment_period is not None,
    "matter_known": lambda facts: bool(facts.matter),
    "matter_dated": lambda facts: facts.matter_on is not None,
    "resumed": lambda facts: facts.resumed,
}

#: What a condition may compare with a list of words.
CHOICES: Mapping[str, tuple[Callable[[Facts], str], tuple[str, ...]]] = {
    "product_type": (lambda facts: facts.product_type.value, tuple(ProductType)),
    "channel": (lambda facts: facts.channel.value, tuple(Channel)),
    "frequency": (lambda facts: facts.frequency.value, tuple(Frequency)),
}

#: What a condition may compare with a number, and its unit. What is unknown is never met.
NUMBERS: Mapping[str, tuple[Callable[[Facts], int | None], str]] = {
    "holder_age": (lambda facts: facts.holder_age, "full years"),
    "days_since_issue": (lambda facts: facts.days_since_issue, "natural days"),
    "payment_years_plus_age": (lambda facts: facts.payment_years_plus_age, "full years"),
}

#: Question codes that were answered with a doubt in this call, resolved or not.
DOUBTED = "doubted"
#: What the sentence of an ending may ask beside: how far the call itself had come.
CALL_FLAGS: frozenset[str] = frozenset({"verified", "timed", "doubts"})

_SHAPE = re.compile(
    r"(?P<negated>not +)?(?P<fact>[a-z_]+)"
    r"(?: +in +\[(?P<values>[^\[\]]*)\]| *(?P<sign><=|>=) *(?P<number>\d{1,4}))?"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """``not insured_is_holder``, ``product_type in [universal]`` or ``holder_age >= 65``.

    ``at_least`` and ``at_most`` are the bounds of a number, both included.
    """

    fact: str
    negated: bool = False
    values: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    @property
    def of_call(self) -> bool:
        """Whether it asks for what happened in the call, and not for the policy."""
        return self.fact == DOUBTED or self.fact in CALL_FLAGS

    def __str__(self) -> str:
        negated = "not " if self.negated else ""
        values = f" in [{', '.join(self.values)}]" if self.values else ""
        bounds = "" if self.at_least is None else f" >= {self.at_least}"
        bounds += "" if self.at_most is None else f" <= {self.at_most}"
        return f"{negated}{self.fact}{values}{bounds}"


def parse(text: str, also: frozenset[str] = frozenset()) -> Condition:
    """Read one condition; ``also`` are further facts allowed here (CALL_FLAGS, DOUBTED). Raises
    ValueError that says what is allowed."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"condition {text!r} is not understood: write a fact, 'not' and a fact, a fact 'in' a"
            " list in brackets, or a number with >= or <="
        )
    fact, negated = match["fact"], match["negated"] is not None
    if match["sign"]:
        return _number(fact, negated, match["sign"], int(match["number"]))
    values = match["values"]
    words = None if values is None else [w.strip() for w in values.split(",")]
    _check(fact, words, also)
    return Condition(fact, negated, tuple(words or ()))


def _number(fact: str, negated: bool, sign: str, bound: int) -> Condition:
    if fact not in NUMBERS:
        raise ValueError(f"{fact!r} is no number: use one of {', '.join(NUMBERS)}")
    if sign == ">=":
        return Condition(fact, negated, at_least=bound)
    return Condition(fact, negated, at_most=bound)


def _check(fact: str, values: list[str] | None, also: frozenset[str]) -> None:
    if values is None:
        known = (set(FLAGS) | also) - {DOUBTED}
        if fact in NUMBERS:
            raise ValueError(f"{fact} is a number: compare it, {fact} >= 60 or {fact} <= 18")
        if fact not in known:
            raise ValueError(f"unknown condition {fact!r}: use one of {', '.join(sorted(known))}")
        return
    lists = {name: words for name, (_, words) in CHOICES.items()}
    if DOUBTED in also:
        lists[DOUBTED] = tuple(sorted(CODES))
    if fact not in lists:
        raise ValueError(f"{fact!r} has no list of values: use one of {', '.join(lists)}")
    wrong = [value for value in values if value not in lists[fact]]
    if wrong:
        allowed = ", ".join(lists[fact])
        raise ValueError(f"{fact} is never {', '.join(map(repr, wrong))}: use {allowed}")


def situation(facts: Facts) -> dict[str, Value]:
    """Everything conditions may ask, answered for one policy."""
    answers: dict[str, Value] = {name: ask(facts) for name, ask in FLAGS.items()}
    answers |= {name: ask(facts) for name, (ask, _) in CHOICES.items()}
    answers |= {name: ask(facts) for name, (ask, _) in NUMBERS.items()}
    return answers


def holds(condition: Condition, given: Situation) -> bool:
    """Whether the condition is met. What is not known counts as no, also behind ``not`` where it
    is a number: an unknown age is neither above nor below a bound."""
    value = given.get(condition.fact, False)
    if condition.at_least is not None or condition.at_most is not None:
        return _within(condition, value)
    if isinstance(value, frozenset):
        met = not value.isdisjoint(condition.values)
    else:
        met = value in condition.values if condition.values else bool(value)
    return met is not condition.negated


def _within(condition: Condition, value: Value) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    low = condition.at_least is None or value >= condition.at_least
    high = condition.at_most is None or value <= condition.at_most
    return (low and high) is not condition.negated


def all_hold(conditions: tuple[Condition, ...], given: Situation) -> bool:
    """Whether every condition is met; none at all is always met."""
    return all(holds(condition, given) for condition in conditions)
