"""A stored policy as the facts a script may speak of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from operations.line import Line
from scheduler.cooling_off import cooling_off
from scripts.answers import Record
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from store.tables import Policy

_FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)


def facts_of(line: Line, policy: Policy, today: date) -> Facts:
    """The facts of a policy on the day of a call. The policy must have a signed receipt."""
    return _FACTS.validate_python(policy)


def as_json(facts: Facts) -> dict[str, Any]:
    """Facts as plain JSON, to be kept with the call."""
    kept: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return kept


def from_json(kept: dict[str, Any]) -> Facts:
    """Facts as they were kept."""
    return _FACTS.validate_python(kept)
