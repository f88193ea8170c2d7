"""Policies at risk by a forecast, and the hand-overs proposed for them, for their list."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.columns import LOCAL
from store.console.paging import Part, Query, part_of
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
    query = _risks(forecast_id, wanted).order_by(
        ForecastRisk.deadline, ForecastRisk.chance, ForecastRisk.id
    )
    return part_of(session, query, lambda row: RiskLine(*row), first, size)


def proposals(session: Session, forecast_id: int, wanted: RiskFilter) -> list[int]:
    """The hand-overs among the policies wanted that somebody still has to decide about."""
    query = _risks(forecast_id, wanted).where(Handover.state == "proposed")
    return list(session.scalars(query.with_only_columns(Handover.id)))


def _risks(forecast_id: int, wanted: RiskFilter) -> Query:
    newest = (
        select(func.max(Handover.id))
        .where(Handover.policy_id == ForecastRisk.policy_id)
        .correlate(ForecastRisk)
        .scalar_subquery()
    )
    query = (
        select(ForecastRisk, Policy, Handover)
        .join(Policy, ForecastRisk.policy_id == Policy.id)
        .outerjoin(Handover, Handover.id == newest)
        .where(ForecastRisk.forecast_id == forecast_id)
    )
    limits = {
        ForecastRisk.why: wanted.why,
        ForecastRisk.way: wanted.way,
        Policy.branch: wanted.branch,
        Handover.state: wanted.state,
    }
    return query.where(*(column == value for column, value in limits.items() if value))


def risk_branches(session: Session, forecast_id: int) -> list[str]:
    """The branches that policies at risk name."""
    query = select(Policy.branch).join(ForecastRisk, ForecastRisk.policy_id == Policy.id)
    query = query.where(ForecastRisk.forecast_id == forecast_id, Policy.branch.is_not(None))
    return sorted(one for one in session.scalars(query.distinct()) if one)


def risks_by_day(session: Session, forecast_id: int) -> dict[date, int]:
    """How many policies at risk have their deadline on which day."""
    query = select(ForecastRisk.deadline).where(ForecastRisk.forecast_id == forecast_id)
    found: dict[date, int] = {}
    for deadline in session.scalars(query):
        day = deadline.astimezone(LOCAL).date()
        found[day] = found.get(day, 0) + 1
    return found
