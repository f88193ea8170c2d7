"""The facts of a policy as walk files and authors write them: plain words to typed values and
back. Knows no script."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from scripts.facts import Facts, Period, PeriodKind


def typed(name: str, value: object) -> object:
    """One fact as scripts.facts types it: a period is written ``[years, 20]`` or ``[life]``, a
    date ``2026-11-05``, an amount ``12000``.

    Raises LookupError for a fact that does not exist, ValueError for a value that is none; both
    say what is allowed.
    """
    known = _types()
    if name not in known:
        raise LookupError(f"{name!r} is no fact of a policy: use one of {', '.join(known)}")
    adapter = known[name]
    try:
        return adapter.validate_python(_pair(name, value))
    except ValidationError as error:
        detail = error.errors(include_url=False)[-1]["msg"]
        raise ValueError(f"{name} cannot be {value!r}: {detail[0].lower()}{detail[1:]}") from None


def as_plain(value: object) -> Any:
    """A typed fact as it is written; the inverse of ``typed``."""
    if isinstance(value, Period):
        return [value.kind.value] + ([] if value.number is None else [value.number])
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    assert value is None or isinstance(value, str | bool | int | date), value
    return value


def _pair(name: str, value: object) -> object:
    """A period is the only fact of two parts: its kind and, but for 终身, its number."""
    if not name.endswith("_period") or value is None:
        return value
    parts = value if isinstance(value, list) else [value]
    kind, number = parts[0] if parts else None, parts[1] if parts[1:] else None
    if parts[2:] or (number is None) is not (kind == PeriodKind.LIFE):
        raise ValueError(f"{name} cannot be {value!r}: write [years, 20], [to-age, 70] or [life]")
    return {"kind": kind, "number": number}


@cache
def _types() -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(Facts)
    return {one.name: TypeAdapter(hints[one.name]) for one in fields(Facts)}
