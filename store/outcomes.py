"""How calls ended lately, counted for the forecast. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Integer, case, cast, extract, func, select
from sqlalchemy.orm import Session

from store.columns import LOCAL
from store.tables import Attempt

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Ended:
    """Calls of one hour that were the ``number``-th of their policies (``most`` stands for that
    and more) and ended with this cause; ``seconds`` from their order to their end, in all."""

    hour: datetime
    number: int
    cause: str
    calls: int
    seconds: float


def ended_since(session: Session, since: datetime, most: int) -> Iterator[Ended]:
    """The attempts that were decided since then and have ended, in groups."""
    hour = cast(extract("epoch", Attempt.planned_at), BigInteger) // _HOUR_S
    number = cast(case((Attempt.number >= most, most), else_=Attempt.number), Integer)
    lasted = extract("epoch", Attempt.ended_at) - extract("epoch", Attempt.planned_at)
    query = (
        select(hour, number, Attempt.cause, func.count(), func.sum(lasted))
        .where(
            Attempt.state == "ended",
            Attempt.planned_at >= since,
            Attempt.ended_at.is_not(None),
            Attempt.cause.is_not(None),
        )
        .group_by(hour, number, Attempt.cause)
        .order_by(hour, number, Attempt.cause)
    )
    for started, count, cause, calls, seconds in session.execute(query):
        moment = datetime.fromtimestamp(int(started) * _HOUR_S, UTC).astimezone(LOCAL)
        yield Ended(moment, count, cause or "", calls, float(seconds))
