"""The forecast: its figures, its picture, and the policies at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from scheduler.forecast import DayLoad
from store.console.risks import RiskLine
from store.tables import Forecast
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.languages import is_chinese
from web.pictures import load_calendar
from web.views.lights import Light, shade
from web.words import word


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The newest forecast. ``best`` policies would be revisited with unlimited lines; ``measured``
    calls are what the chances were learnt from."""

    made_at: datetime
    open: int
    expected: int
    best: int
    at_risk: int
    lines: int
    measured: int
    whys: dict[str, int]
    days: list[DayLoad]
    at_risk_by_day: Mapping[date, int]
    picture: Markup


@dataclass(frozen=True, slots=True)
class Night:
    """One forecast of an earlier night, as figures."""

    made_at: datetime
    open: int
    expected: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One policy at risk. ``handover`` is the number of its hand-over, ``state`` where that stands;
    ``late``: the last day for the other way has passed."""

    policy: str
    holder: str
    branch: str
    product: str
    deadline: datetime
    light: Light
    chance: float
    why: str
    way: str | None
    start_by: date | None
    late: bool
    handover: int | None
    state: str | None


def forecast_view(found: Forecast, at_risk: Mapping[date, int]) -> ForecastView:
    """The page of a forecast."""
    days = days_of(found.summary)
    language = "zh_CN" if is_chinese() else "en"
    drawn = load_calendar(days, at_risk, language=language, alone=False)
    return ForecastView(
        made_at=found.made_at,
        open=found.open_policies,
        expected=round(found.expected),
        best=round(found.summary.get("best", found.expected)),
        at_risk=found.at_risk,
        lines=found.summary.get("lines", 0),
        measured=found.summary.get("measured_calls", 0),
        whys=dict(found.summary.get("why", {})),
        days=days,
        at_risk_by_day=at_risk,
        picture=Markup(drawn),
    )


def days_of(summary: Mapping[str, Any]) -> list[DayLoad]:
    """The days of a forecast as they were kept."""
    return [
        DayLoad(**{**one, "day": date.fromisoformat(str(one["day"]))})
        for one in summary.get("days", [])
    ]


def night(found: Forecast) -> Night:
    """A forecast as figures."""
    return Night(found.made_at, found.open_policies, round(found.expected), found.at_risk)


def row(found: RiskLine, now: datetime) -> RiskRow:
    """The row of a policy at risk."""
    risk, policy, handed = found.risk, found.policy, found.handover
    return RiskRow(
        policy=policy.number,
        holder=policy.holder_name,
        branch=policy.branch or "",
        product=policy.product,
        deadline=risk.deadline,
        light=Light(shade(risk.deadline, now), risk.deadline),
        chance=risk.chance,
        why=risk.why,
        way=risk.way,
        start_by=risk.start_by,
        late=risk.start_by is not None and risk.start_by < now.date(),
        handover=handed.id if handed else None,
        state=handed.state if handed else None,
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Policy"),
        _("Holder"),
        _("Branch"),
        _("Product"),
        _("Deadline (UTC+8)"),
        _("Chance"),
        _("Why"),
        _("Other way"),
        _("Start by"),
        _("State"),
    ]


def cells(one: RiskRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.policy,
        one.holder,
        one.branch,
        one.product,
        formats.moment(one.deadline),
        f"{one.chance:.0%}",
        word("short", one.why),
        word("way", one.way),
        formats.day(one.start_by),
        word("handing", one.state),
    ]
