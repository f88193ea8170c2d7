"""Filters a list by time the way the vendor's query does: ``StartTime``, ``StartTime<``. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from exchange import errors

_DAY = timedelta(days=1)


def matches(asked: Mapping[str, str], name: str, moment: datetime | None) -> bool:
    """Whether a moment passes ``name`` (that day), ``name<`` and ``name>`` (both inclusive).

    Values are days or moments in ISO 8601. Raises RestError 20001 for anything else.
    """
    for sign in ("", "<", ">"):
        value = asked.get(f"{name}{sign}", "")
        if value and not (moment is not None and _passes(sign, name, value, moment)):
            return False
    return True


def _passes(sign: str, name: str, value: str, moment: datetime) -> bool:
    limit = _read(name, value)
    if sign == "<":
        return moment <= limit
    if sign == ">":
        return moment >= limit
    return limit <= moment < limit + _DAY


def _read(name: str, value: str) -> datetime:
    try:
        # An unescaped plus of a time zone comes as a space.
        moment = datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        raise errors.invalid(name, value) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
