"""What every list page shares: what may stand in an address, which part of a list is shown, and
links that keep the filters. Whatever an address says, it is a filter, or ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import request, url_for
from werkzeug.routing import IntegerConverter, Map

#: Rows of one page: what fits on two screens.
SIZE = 50

#: Everything that narrows a list. Nothing else in an address is carried on to another page.
FILTERS: Final = frozenset(
    {"part", "why", "words", "outcome", "class", "from", "to", "family", "light", "state", "reason",
     "engine", "purpose", "medium", "old", "new", "branch", "way", "month", "span",
     "by", "whose", "stage", "sort", "plan", "grade", "what", "year"}
)  # fmt: skip

#: Days on which somebody may have been called. Outside, a day is a slip of the pen, and one at the
#: very ends of the calendar has no day before or after it.
DAYS: Final = (date(1949, 10, 1), date(2999, 12, 31))


class RowNumber(IntegerConverter):
    """The number of a row in an address: at most what the database counts to, else 404."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the reader is in a list of ``total`` rows; pages count from 1."""

    number: int
    total: int
    size: int = SIZE

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The first row shown, counted from 1; 0 in an empty list."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last_row(self) -> int:
        """The last row shown."""
        return min(self.number * self.size, self.total)


def page_wanted() -> int:
    """The page number in the address; anything else than a sensible number is page 1."""
    number = request.args.get("page", default=1, type=int)
    return min(max(number or 1, 1), 1_000_000)


def skipped() -> int:
    """How many rows lie before the page wanted."""
    return (page_wanted() - 1) * SIZE


def link(endpoint: str | None = None, **changes: Any) -> str:
    """This list's address with its filters, and these changed; None or "" drops one."""
    kept: dict[str, Any] = {k: v for k, v in request.args.items() if k in FILTERS}
    kept |= changes
    given: dict[str, Any] = {key: value for key, value in kept.items() if value not in (None, "")}
    return url_for(endpoint or str(request.endpoint), **_path(endpoint), **given)


def _path(endpoint: str | None) -> Mapping[str, Any]:
    return (request.view_args or {}) if endpoint is None else {}


def text(name: str) -> str:
    """A filter's words, at most 100 characters of them; no database finds a NUL."""
    return request.args.get(name, "").replace("\0", "").strip()[:100]


def one_of(name: str, allowed: Mapping[str, Any]) -> str | None:
    """A filter's value if it is one of those allowed."""
    value = request.args.get(name)
    return value if value in allowed else None


def day(name: str) -> date | None:
    """A filter's day, as an ISO date; anything else narrows nothing."""
    return day_of(request.args.get(name, ""))


def day_of(text: str) -> date | None:
    """A day as an ISO date; None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if DAYS[0] <= found <= DAYS[1] else None
