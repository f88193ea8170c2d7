"""A policy's time line as it is read: what happened, its detail in words, who did it, and a link.
Numbers are masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.console.timeline import Moment
from web.masks import mask_phone, mask_text
from web.words import word

#: What happened -> the table that has the names of its detail.
_DETAILS: Final[Mapping[str, str]] = {
    "imported": "imported_as",
    "ended": "cause",
    "judged": "class_name",
    "reviewed": "label",
    "review-withdrawn": "label",
    "case-opened": "class_name",
    "statement": "in_time",
    "request": "wanted",
    "request-done": "wanted",
    "audited": "audited",
}
#: Parts of the words whose detail is a way of revisiting.
_BY_WAY = ("special-", "handover-")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``sign`` groups what is alike, beside the words; ``endpoint`` is None without a
    page of its own."""

    at: datetime
    sign: str
    what: str
    detail: str
    words: str
    by: str | None
    endpoint: str | None
    number: int


def lines(moments: Sequence[Moment]) -> list[Line]:
    """The time line, the newest first."""
    return [_line(one) for one in reversed(moments)]


def _line(one: Moment) -> Line:
    audited = one.what == "audited"
    return Line(
        at=one.at,
        sign=_sign(one.what),
        what=word("audited", one.detail) if audited else word("happened", one.what),
        detail="" if audited else _detail(one),
        words=mask_phone(one.words) if one.what == "dialled" else mask_text(one.words),
        by=one.by,
        endpoint=f"console.{one.page}.one" if one.page else None,
        number=one.number,
    )


def _detail(one: Moment) -> str:
    if one.what in _DETAILS:
        return word(_DETAILS[one.what], one.detail)
    if one.what.startswith(_BY_WAY):
        return word("way", one.detail)
    return one.detail


def _sign(what: str) -> str:
    """A call, a case, something by a branch, a look, or anything else."""
    if what in ("dialled", "ended", "taken"):
        return "☎"
    if what.startswith("case-"):
        return "!"
    if what.startswith(_BY_WAY):
        return "→"
    return {"audited": "◉", "read": "♪", "reviewed": "✓", "judged": "="}.get(what, "·")
