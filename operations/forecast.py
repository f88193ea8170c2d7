"""The nightly forecast (预测): which policies will probably not be revisited in time, kept for the
console, and the other way proposed for them. It rings nobody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from operations import handover
from operations.line import Line
from operations.subjects import Progress, measured_rates, open_subjects
from scheduler.forecast import Expected, Risk, forecast
from scheduler.rules import Rules
from store import forecasts, policies
from store.database import Session
from store.tables import Forecast, ForecastRisk

#: Forecasts that are kept: two months of nights.
KEPT = 60
#: A forecast that is older than this says so wherever it is shown.
OLD = timedelta(hours=36)
#: Hand-overs proposed in one transaction.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast as it is shown; ``old`` when the night's forecast is missing."""

    forecast: Forecast
    old: bool


def make(line: Line) -> int:
    """Forecast, keep it, and propose the other way for the policies at risk. Returns how many those
    are. Made again it changes nothing that somebody has decided."""
    now = line.clock()
    expected = look_ahead(line, now)
    with line.database.transaction() as session:
        forecasts.add(session, _row(expected, now), [_risk(one) for one in expected.risks])
        forecasts.keep(session, KEPT)
    to_propose = [one for one in expected.risks if one.way is not None]
    for start in range(0, len(to_propose), _BATCH):
        with line.database.transaction() as session:
            _propose(session, to_propose[start : start + _BATCH], line.clock())
    return len(expected.risks)


def look_ahead(
    line: Line,
    now: datetime,
    *,
    lines: int | None = None,
    rules: Rules | None = None,
    progress: Progress = lambda done, whole: None,
) -> Expected:
    """The forecast at ``now`` for the lines and rules that there are, or for others. Stores
    nothing."""
    book = line.rulebook
    return forecast(
        open_subjects(line, now),
        now,
        rules or line.rules,
        line.limits.calls_at_once if lines is None else lines,
        measured_rates(line, now),
        other_ways=book.other_ways,
        at_risk_below=book.at_risk_below,
        order=line.order,
        progress=progress,
    )


def latest(session: Session, now: datetime) -> Told | None:
    """The newest forecast; None before the first night."""
    found = forecasts.latest(session)
    return None if found is None else Told(found, now - found.made_at > OLD)


def risks(session: Session, forecast_id: int) -> Sequence[ForecastRisk]:
    """The policies at risk of a forecast, the earliest deadline first."""
    return forecasts.risks(session, forecast_id)


def _propose(session: Session, those: Sequence[Risk], now: datetime) -> None:
    """Propose the other way, unless the policy is done meanwhile or somebody has declined it."""
    ids = [one.id for one in those]
    found = policies.by_ids(session, ids)
    declined = forecasts.turned_down(session, ids, handover.ITSELF)
    for one in those:
        policy = found.get(one.id)
        if policy is None or policy.revisit != "open" or one.id in declined or one.way is None:
            continue
        handover.open_handover(session, policy, one.way, handover.FORECAST, now)


def _row(expected: Expected, now: datetime) -> Forecast:
    return Forecast(
        made_at=now,
        open_policies=expected.open,
        expected=expected.expected,
        at_risk=len(expected.risks),
        summary=summary_of(expected),
    )


def summary_of(expected: Expected) -> dict[str, Any]:
    """What a forecast assumed, and its days, as plain data."""
    return {
        "lines": expected.lines,
        "runs": expected.runs,
        "measured_calls": expected.measured,
        "best": expected.best,
        "line_hours": round(expected.line_hours, 1),
        "why": dict(Counter(one.why.value for one in expected.risks)),
        "days": [
            {
                name: round(value, 1) if isinstance(value, float) else value
                for name, value in asdict(day).items()
            }
            for day in expected.days
        ],
    }


def _risk(risk: Risk) -> ForecastRisk:
    return ForecastRisk(
        policy_id=risk.id,
        deadline=risk.deadline,
        chance=risk.chance,
        why=risk.why.value,
        way=None if risk.way is None else risk.way.value,
        start_by=risk.start_by,
    )
