"""Queries about forecasts and what they say of single policies. Decides nothing."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, joinedload

from store.agenda import slices
from store.tables import Forecast, ForecastRisk, Handover


def add(session: Session, forecast: Forecast, risks: Sequence[ForecastRisk]) -> None:
    """Keep a forecast with the policies at risk."""
    session.add(forecast)
    session.flush()  # the risks refer to it
    rows = [
        {
            "forecast_id": forecast.id, "policy_id": one.policy_id, "deadline": one.deadline,
            "chance": one.chance, "why": one.why, "way": one.way, "start_by": one.start_by,
        }
        for one in risks
    ]  # fmt: skip
    if rows:
        session.execute(insert(ForecastRisk), rows)


def latest(session: Session) -> Forecast | None:
    """The newest forecast."""
    return next(iter(newest(session, 1)), None)


def newest(session: Session, most: int) -> Sequence[Forecast]:
    """The newest forecasts, the oldest of them first."""
    query = select(Forecast).order_by(Forecast.made_at.desc(), Forecast.id.desc()).limit(most)
    return list(reversed(session.scalars(query).all()))


def risks(session: Session, forecast_id: int) -> Sequence[ForecastRisk]:
    """The policies at risk of a forecast with their policies, the earliest deadline first."""
    return session.scalars(
        select(ForecastRisk)
        .where(ForecastRisk.forecast_id == forecast_id)
        .order_by(ForecastRisk.deadline, ForecastRisk.chance, ForecastRisk.policy_id)
        .options(joinedload(ForecastRisk.policy))
    ).all()


def keep(session: Session, most: int) -> int:
    """Delete all but the newest forecasts, with their risks. Returns how many."""
    query = select(Forecast.id).order_by(Forecast.made_at.desc(), Forecast.id.desc()).offset(most)
    old = list(session.scalars(query))
    for part in slices(old):
        session.execute(delete(ForecastRisk).where(ForecastRisk.forecast_id.in_(part)))
        session.execute(delete(Forecast).where(Forecast.id.in_(part)))
    return len(old)


def turned_down(session: Session, policy_ids: Sequence[int], itself: str) -> set[int]:
    """Those of the policies for which somebody other than ``itself`` has declined what a forecast
    proposed."""
    found: set[int] = set()
    for part in slices(policy_ids):
        query = select(Handover.policy_id).where(
            Handover.policy_id.in_(part),
            Handover.because == "forecast",
            Handover.state == "withdrawn",
            Handover.ended_by != itself,
        )
        found |= set(session.scalars(query))
    return found
