"""The whole plan at a moment: who may be rung now and in which order, who is held back and why, who
cannot be reached in time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduler.facts import PolicyFacts
from scheduler.may_dial import Allowed, Held, may_dial
from scheduler.order import Order
from scheduler.rules import Rules


@dataclass(frozen=True, slots=True)
class Plan:
    """``due`` is in the order of dialling; the others are in the order of policy numbers."""

    due: tuple[Allowed, ...]
    held: tuple[Held, ...]
    cannot_make_it: tuple[Held, ...]


def plan(
    policies: Iterable[PolicyFacts], now: datetime, rules: Rules, order: Order = Order.SLOTS
) -> Plan:
    """Every policy exactly once."""
    due: list[Allowed] = []
    held: list[Held] = []
    for facts in policies:
        decision = may_dial(facts, now, rules, order)
        if isinstance(decision, Allowed):
            due.append(decision)
        else:
            held.append(decision)
    due.sort(key=lambda one: one.rank)
    held.sort(key=lambda one: one.number)
    return Plan(
        tuple(due),
        tuple(one for one in held if one.in_time),
        tuple(one for one in held if not one.in_time),
    )
