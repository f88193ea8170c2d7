"""Key figures for the page and for the file: numbers, intervals, definitions, and the places of
funnel and trend in their drawings."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.estimates import Share
from cases.kpis import RUNNING, Figure
from operations.kpis import Figures, Group, Seller
from scripts.rulebooks import Countable, Kpi, Rulebook
from web.exports import Cell
from web.languages import gettext as _
from web.languages import is_chinese
from web.words import word

#: The steps of the funnel: each is a part of the one before.
STEPS = (
    Countable.DUE, Countable.COMPLETED, Countable.SUCCESS, Countable.SUCCESS_IN_PERIOD,
)  # fmt: skip
#: The drawings' own units.
FUNNEL_WIDE, FUNNEL_HIGH = 640, 34
TREND_WIDE, TREND_HIGH, TREND_LEFT = 300, 84, 8


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One KPI with its definition. ``rate`` is a share in words or a number; ``change`` against
    the time before, in percentage points, None where there is none to compare."""

    name: str
    rate: str
    count: int
    of: int | None
    interval: str
    few: bool
    points: str
    change: float | None
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many policies are due, and its KPIs as (rate, few, of what)."""

    name: str
    due: int
    running: int
    rates: list[tuple[str, bool, str]]


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A seller on the warning list."""

    name: str
    certain: bool
    rate: str
    count: int
    of: int
    interval: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel, in the units of the drawing."""

    name: str
    count: int
    share: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One month of a trend; ``x`` and ``y`` in the units of the drawing, None without a rate."""

    month: str
    rate: str
    x: float
    y: float | None
    few: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """One KPI month by month; ``line`` are the points of its line."""

    name: str
    dots: list[Dot]
    line: str
    last: str


def name_of(kpi: Kpi) -> str:
    """A KPI's name: the rulebook's own, in English that of the console where it has one."""
    if is_chinese():
        return kpi.name
    named = word("kpi", kpi.id)
    return kpi.name if named == kpi.id else named


def definition(kpi: Kpi) -> str:
    """What is divided by what."""
    counts = word("countable", kpi.counts)
    return f"{counts} ÷ {word('countable', kpi.of)}" if kpi.of else counts


def percent(share: Share | None) -> str:
    """``96.5%``; a dash where there is nothing to divide by."""
    return "–" if share is None or share.rate is None else f"{share.rate:.1%}"


def interval(share: Share | None) -> str:
    """``94.0–98.1%``."""
    if share is None or share.rate is None:
        return ""
    return f"{share.low * 100:.1f}–{share.high * 100:.1f}%"


def rows(now: Group, before: Group | None) -> list[FigureRow]:
    """Every KPI of the whole."""
    old = {one.kpi.id: one for one in before.figures} if before else {}
    return [_row(one, old.get(one.kpi.id)) for one in now.figures]


def group_rows(found: Figures) -> list[GroupRow]:
    """Every group, the largest first."""
    return [
        GroupRow(
            name=group_name(found.grouping, group.name),
            due=group.counts.get("due", 0),
            running=group.counts.get(RUNNING, 0),
            rates=[(shown(one), one.few, counted(one)) for one in group.figures],
        )
        for group in found.groups
    ]


def group_name(grouping: str, name: str) -> str:
    """A group's name as it is read."""
    if not name:
        return _("no call yet") if grouping == "script" else _("not named")
    return word("channel", name) if grouping == "channel" else name


def seller_rows(sellers: Sequence[Seller]) -> list[SellerRow]:
    """The warning list."""
    return [
        SellerRow(
            name=one.name,
            certain=one.warned.certain,
            rate=percent(one.warned.share),
            count=one.warned.share.count,
            of=one.warned.share.of,
            interval=interval(one.warned.share),
        )
        for one in sellers
    ]


def threshold(book: Rulebook) -> str:
    """The rulebook's rule for the warning list, in a sentence; empty where there is none."""
    rule = book.seller_warning
    if rule is None:
        return ""
    kpi = next(one for one in book.kpis if one.id == rule.kpi_id)
    given = {"kpi": name_of(kpi), "count": rule.policies}
    if rule.over is not None:
        return _("%(kpi)s over %(bound)g%%, with at least %(count)d policies", bound=rule.over,
                 **given)  # fmt: skip
    return _("%(kpi)s under %(bound)g%%, with at least %(count)d policies", bound=rule.under,
             **given)  # fmt: skip


def funnel(whole: Group) -> list[Step]:
    """From what must be revisited to what was revisited with success in its period."""
    due = whole.counts.get(Countable.DUE, 0)
    return [
        Step(
            name=word("countable", step),
            count=(count := whole.counts.get(step, 0)),
            share=f"{count / due:.1%}" if due else "–",
            y=number * (FUNNEL_HIGH + 10),
            width=round(count / due * FUNNEL_WIDE, 1) if due else 0,
        )
        for number, step in enumerate(STEPS)
    ]


def trends(months: Sequence[Group]) -> list[Trend]:
    """One small drawing for each KPI that is a share."""
    if not months:
        return []
    return [
        _trend([(group.name, group.figures[at]) for group in months])
        for at, first in enumerate(months[0].figures)
        if first.of is not None
    ]


def titles(grouping: str, kpis: Sequence[Kpi]) -> list[str]:
    """The columns of the file: every KPI with its numerator and denominator."""
    named = [name_of(kpi) for kpi in kpis]
    parts = [(name, f"{name} {_('numerator')}", f"{name} {_('denominator')}") for name in named]
    return [word("grouping", grouping), _("Must be revisited"), _("Still in their period"),
            *(title for part in parts for title in part)]  # fmt: skip


def cells(grouping: str, group: Group) -> list[Cell]:
    """One line of the file; rates are numbers from 0 to 1."""
    found: list[Cell] = [
        group_name(grouping, group.name),
        group.counts.get("due", 0),
        group.counts.get(RUNNING, 0),
    ]
    for one in group.figures:
        rate = one.share.rate if one.share else None
        found += [round(rate, 4) if rate is not None else None, one.count, one.of]
    return found


def shown(one: Figure) -> str:
    """A KPI's value: a share in percent, or a number."""
    return str(one.count) if one.of is None else percent(one.share)


def counted(one: Figure) -> str:
    """``193 / 200``."""
    return "" if one.of is None else f"{one.count} / {one.of}"


def _row(one: Figure, old: Figure | None) -> FigureRow:
    return FigureRow(
        name=name_of(one.kpi),
        rate=shown(one),
        count=one.count,
        of=one.of,
        interval=interval(one.share),
        few=one.few,
        points="" if one.points is None else f"{one.points:g}",
        change=_change(one, old),
        definition=definition(one.kpi),
        source=one.kpi.source,
    )


def _change(one: Figure, old: Figure | None) -> float | None:
    """In percentage points."""
    if old is None or one.share is None or old.share is None:
        return None
    if one.share.rate is None or old.share.rate is None:
        return None
    return round((one.share.rate - old.share.rate) * 100, 1)


def _trend(months: Sequence[tuple[str, Figure]]) -> Trend:
    step = (TREND_WIDE - 2 * TREND_LEFT) / max(1, len(months) - 1)
    dots = [_dot(name, one, TREND_LEFT + at * step) for at, (name, one) in enumerate(months)]
    line = " ".join(f"{dot.x:g},{dot.y:g}" for dot in dots if dot.y is not None)
    return Trend(name_of(months[0][1].kpi), dots, line, dots[-1].rate)


def _dot(month: str, one: Figure, x: float) -> Dot:
    """0 % lies at the foot, 100 % at the top: no axis that begins in the middle."""
    rate = one.share.rate if one.share else None
    y = None if rate is None else round(TREND_HIGH - 8 - rate * (TREND_HIGH - 16), 1)
    return Dot(month, percent(one.share), round(x, 1), y, one.few)
