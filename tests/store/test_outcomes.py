"""How calls ended, counted alike by both databases; and forecasts that are kept for a while."""

from datetime import timedelta

from store import forecasts, outcomes
from store.database import Database
from store.outcomes import Ended
from store.tables import Attempt, Forecast, ForecastRisk
from tests.store.conftest import NOW, attempt, policy


def ended(row: Attempt, minutes: int, cause: str, seconds: float) -> Attempt:
    """The attempt as it was decided so many minutes ago."""
    row.planned_at = NOW - timedelta(minutes=minutes)
    row.ended_at = row.planned_at + timedelta(seconds=seconds)
    row.state, row.cause, row.outcome = "ended", cause, cause
    return row


def test_calls_are_counted_by_hour_number_and_cause(database: Database) -> None:
    with database.transaction() as session:
        first, second = policy(session, "P1"), policy(session, "P2", "+8613900000002")
        session.add_all(
            [
                ended(attempt(first, 1, lease=0), 50, "busy", 10),
                ended(attempt(second, 1, lease=0), 40, "busy", 20),
                ended(attempt(first, 5, lease=0), 30, "no-answer", 40),
                ended(attempt(first, 9, lease=0), 20, "no-answer", 40),
                ended(attempt(second, 2, lease=0), 3 * 24 * 60, "busy", 10),
                attempt(second, 3, lease=0),
            ]
        )
    with database.reading() as session:
        found = list(outcomes.ended_since(session, NOW - timedelta(days=2), 4))

    hour = NOW - timedelta(hours=1)
    assert found == [Ended(hour, 1, "busy", 2, 30.0), Ended(hour, 4, "no-answer", 2, 80.0)]


def test_the_newest_forecasts_are_kept_with_their_risks(database: Database) -> None:
    with database.transaction() as session:
        row = policy(session, "P1")
        session.flush()
        for night in range(4):
            forecasts.add(
                session,
                Forecast(
                    made_at=NOW + timedelta(days=night), open_policies=1, expected=0.2, at_risk=1,
                    summary={},
                ),
                [ForecastRisk(policy_id=row.id, deadline=NOW, chance=0.2, why="no-number")],
            )  # fmt: skip
        assert forecasts.keep(session, 3) == 1
        assert forecasts.keep(session, 3) == 0
    with database.reading() as session:
        newest = forecasts.latest(session)
        assert newest is not None
        assert newest.made_at == NOW + timedelta(days=3)
        (risk,) = forecasts.risks(session, newest.id)
        assert (risk.policy.number, risk.way) == ("P1", None)
