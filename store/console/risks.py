"""Policies at risk by a forecast, and the hand-overs proposed for them, for their list."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from store.columns import LOCAL
from store.console.paging import Part, Query, part_by_number
from store.tables import ForecastRisk, Handover, Policy


@dataclass(frozen=True, slots=True)
class RiskFilter:
    """What the policies at risk are narrowed to; None narrows nothing. ``state`` is that of the
    proposal."""

    why: str | None = None
    way: str | None = None
    branch: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A policy at risk, and the newest hand-over that a forecast proposed for it."""

    risk: ForecastRisk
    policy: Policy
    handover: Handover | None


def risks(
    session: Session, forecast_id: int, wanted: RiskFilter, first: int, size: int | None
) -> Part[RiskLine]:
    """The policies at risk of a forecast, the earliest deadline first."""
    numbers = _numbers(forecast_id, wanted).order_by(
        ForecastRisk.deadline, ForecastRisk.chance, ForecastRisk.id
    )
    return part_by_number(session, numbers, _lines(), lambda row: RiskLine(*row), first, size)


def proposals(session: Session, forecast_id: int, wanted: RiskFilter) -> list[int]:
    """The hand-overs among the policies wanted that somebody still has to decide about."""
    open_ = _lines().where(Handover.state == "proposed").with_only_columns(Handover.id)
    return list(session.scalars(open_.where(ForecastRisk.id.in_(_numbers(forecast_id, wanted)))))


def _numbers(forecast_id: int, wanted: RiskFilter) -> Select[int]:
    """The rows wanted, joined to no more than the filter asks for."""
    query = select(ForecastRisk.id).where(ForecastRisk.forecast_id == forecast_id)
    if wanted.branch:
        query = query.join(Policy, ForecastRisk.policy_id == Policy.id)
    if wanted.state:
        query = query.join(Handover, Handover.id == _newest())
    limits = {
        ForecastRisk.why: wanted.why,
        ForecastRisk.way: wanted.way,
        Policy.branch: wanted.branch,
        Handover.state: wanted.state,
    }
    return query.where(*(column == value for column, value in limits.items() if value))


def _lines() -> Query:
    return (
        select(ForecastRisk, Policy, Handover)
        .join(Policy, ForecastRisk.policy_id == Policy.id)
        .outerjoin(Handover, Handover.id == _newest())
    )


def _newest() -> ScalarSelect[int]:
    return (
        select(func.max(Handover.id))
        .where(Handover.policy_id == ForecastRisk.policy_id)
        .correlate(ForecastRisk)
        .scalar_subquery()
    )


def risk_branches(session: Session, forecast_id: int) -> list[str]:
    """The branches that policies at risk name."""
    query = select(Policy.branch).join(ForecastRisk, ForecastRisk.policy_id == Policy.id)
    query = query.where(ForecastRisk.forecast_id == forecast_id, Policy.branch.is_not(None))
    return sorted(one for one in session.scalars(query.distinct()) if one)


def risks_by_day(session: Session, forecast_id: int) -> dict[date, int]:
    """How many policies at risk have their deadline on which day."""
    # many share the moment at which a day ends
    query = (
        select(ForecastRisk.deadline, func.count())
        .where(ForecastRisk.forecast_id == forecast_id)
        .group_by(ForecastRisk.deadline)
    )
    found: dict[date, int] = {}
    for deadline, count in session.execute(query):
        day = deadline.astimezone(LOCAL).date()
        found[day] = found.get(day, 0) + count
    return found
