"""What complaints teach, for the page: groups with their bars, rates per policies, and the months
in the units of their drawing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.complaint_statistics import PER, Group, Grouping, Rate
from operations.complaint_figures import Figures
from operations.line import Line
from web.languages import gettext as _
from web.languages import is_chinese
from web.words import word

#: Groups of one table, and bars of one picture.
MOST, BARS = 50, 8
#: The drawings' own units.
BAR_WIDE, BAR_HIGH = 560, 30
COLUMNS_WIDE, COLUMNS_HIGH, COLUMNS_TOP = 720, 150, 20


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group. ``y`` and ``width`` are those of its bar."""

    name: str
    received: int
    before: int
    answered: int
    upheld: int
    discontent: int
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Table:
    """One grouping; ``rest``: groups that are not shown."""

    by: str
    rows: list[GroupRow]
    rest: int


@dataclass(frozen=True, slots=True)
class RateRow:
    """One product, per ``PER`` policies; a dash where there is nothing to divide by."""

    product: str
    complaints: int
    policies: int
    rate: str
    interval: str
    above: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One month of the picture."""

    month: str
    label: str
    count: int
    x: float
    width: float
    y: float
    high: float


def tables(line: Line, found: Figures) -> dict[str, Table]:
    """Every grouping in the words of the page."""
    return {by.value: _table(by, found.groups[by], _namer(line, by)) for by in Grouping}


def rate_rows(rates: Sequence[Rate]) -> list[RateRow]:
    """Products, the surest evil first."""
    return [
        RateRow(one.product, one.complaints, one.policies, *_told(one), one.above)
        for one in rates[:MOST]
    ]


def columns(trend: Sequence[tuple[date, int]]) -> list[Column]:
    """The months side by side; every column stands on the same ground."""
    most = max([1, *(count for _day, count in trend)])
    step = COLUMNS_WIDE / max(1, len(trend))
    return [
        Column(
            month=f"{day:%Y-%m}",
            label=f"{day:%Y-%m}" if at == 0 or day.month == 1 else str(day.month),
            count=count,
            x=round(at * step + step * 0.15, 1),
            width=round(step * 0.7, 1),
            y=round(COLUMNS_TOP + COLUMNS_HIGH * (1 - count / most), 1),
            high=round(COLUMNS_HIGH * count / most, 1),
        )
        for at, (day, count) in enumerate(trend)
    ]


def _table(by: Grouping, groups: Sequence[Group], name: Callable[[str | None], str]) -> Table:
    most = max([1, *(one.received for one in groups)])
    rows = [
        GroupRow(
            name=name(one.name),
            received=one.received,
            before=one.before,
            answered=one.answered,
            upheld=one.upheld,
            discontent=one.discontent,
            y=at * (BAR_HIGH + 8),
            width=round(BAR_WIDE * one.received / most, 1),
        )
        for at, one in enumerate(groups[:MOST])
    ]
    return Table(by.value, rows, max(0, len(groups) - MOST))


def _namer(line: Line, by: Grouping) -> Callable[[str | None], str]:
    language = "zh" if is_chinese() else "en"
    terms = {Grouping.KIND: line.complaints.kinds, Grouping.CAUSE: line.complaints.causes}
    own: Mapping[str, str] = {one.id: one.said(language) for one in terms.get(by, ())}
    unknown = {Grouping.RESULT: _("not decided yet"), Grouping.BRANCH: _("Head office")}
    words = {Grouping.CHANNEL: "complaint_channel", Grouping.RESULT: "complaint_result"}

    def name(value: str | None) -> str:
        if value is None:
            return unknown.get(by, _("not named"))
        return word(words[by], value) if by in words else own.get(value, value)

    return name


def _told(one: Rate) -> tuple[str, str]:
    """Rate and interval in words."""
    if one.share is None or one.share.rate is None:
        return "–", ""
    interval = f"{one.share.low * PER:.1f}–{one.share.high * PER:.1f}"
    return f"{one.share.rate * PER:.1f}", interval
