"""What follows an attempt whose end named a time."""

from datetime import datetime

from scheduler.attempts import Next, next_attempt
from scheduler.hours import SHANGHAI
from scheduler.rules import Rules
from scripts.outcomes import Outcome

RULES = Rules()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_a_time_named_by_somebody_else_is_kept_too() -> None:
    """His son says: tomorrow at three. He was told that we shall call then."""
    ended, named = at("2026-11-18T10:00"), at("2026-11-19T15:00")
    for outcome in (Outcome.CALLBACK, Outcome.NOT_HOLDER):
        assert next_attempt(outcome, [], ended, RULES, named) == Next(named, "callback")
    assert next_attempt(Outcome.HUNG_UP, [], ended, RULES, named).reason == "retry"
