"""Column types that keep what Python knows: aware times, and lists and maps as JSON."""

from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, DateTime, Dialect, types

#: Times are stored in UTC and come back in the insurer's time. China has one time zone and no
#: summer time, so this is a constant and not a setting.
LOCAL: tzinfo = ZoneInfo("Asia/Shanghai")


class AwareTime(types.TypeDecorator[datetime]):
    """A moment. Refuses a datetime without a zone; SQLite keeps it as UTC text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: pass an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(LOCAL)


class Json(types.TypeDecorator[Any]):
    """Plain data as JSON; dates become ISO text on the way in."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return plain(value)


def plain(value: Any) -> Any:
    """The same value made of what JSON has: tuples become lists, dates ISO text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
