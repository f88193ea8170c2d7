"""What every list page shares: which part of it is shown, and links that keep the filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

#: Rows of one page: what fits on two screens.
SIZE = 50


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
    kept = {key: value for key, value in request.args.items() if key != "page"}
    kept |= changes
    given: dict[str, Any] = {key: value for key, value in kept.items() if value not in (None, "")}
    return url_for(endpoint or str(request.endpoint), **_path(endpoint), **given)


def _path(endpoint: str | None) -> Mapping[str, Any]:
    return (request.view_args or {}) if endpoint is None else {}


def text(name: str) -> str:
    """A filter's words, at most 100 characters of them."""
    return request.args.get(name, "").strip()[:100]


def one_of(name: str, allowed: Mapping[str, Any]) -> str | None:
    """A filter's value if it is one of those allowed."""
    value = request.args.get(name)
    return value if value in allowed else None


def day(name: str) -> date | None:
    """A filter's day, as an ISO date; anything else narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
