"""Forecasts and comparisons as documents and as text."""

from datetime import datetime
from typing import Any

from huifang.cli.output import say, table
from operations import forecast
from operations.line import Line
from operations.what_if import Compared
from scheduler.forecast import Expected

#: What is short for a policy at risk, in words.
SHORT = {
    "too-few-lines": "too few lines (线路不足)",
    "too-few-slots": "too few calls fit before the deadline (可拨时段不足)",
    "hard-to-reach": "hard to reach (多次未接通)",
    "no-number": "no number to ring (无有效号码)",
}


def assumption(measured: int) -> str:
    """What the figures rest on."""
    if measured == 0:
        return "no call has been measured yet: how calls end is assumed (docs/forecast.md)"
    few = "; the assumption still weighs much" if measured < 500 else ""
    return f"how calls end was measured on {measured} calls{few}"


def forecast_document(line: Line, now: datetime) -> dict[str, Any] | None:
    """The newest forecast with the policies at risk; None before the first."""
    with line.database.reading() as session:
        told = forecast.latest(session, now)
        if told is None:
            return None
        kept = told.forecast
        return {
            "made_at": kept.made_at,
            "old": told.old,
            "open": kept.open_policies,
            "expected": round(kept.expected, 1),
            "at_risk": kept.at_risk,
            "summary": kept.summary,
            "risks": [
                {
                    "policy": one.policy.number,
                    "deadline": one.deadline,
                    "chance": round(one.chance, 2),
                    "why": one.why,
                    "way": one.way,
                    "start_by": one.start_by,
                }
                for one in forecast.risks(session, kept.id)
            ],
        }


def show_forecast(told: dict[str, Any], limit: int) -> None:
    """The same for the eye."""
    from huifang.cli.plan import first_rows

    if told["old"]:
        say("this forecast is old (over 36 hours): does the worker run? see `huifang timetable`")
    say(
        f"forecast of {told['made_at']:%Y-%m-%d %H:%M}: {told['open']} open policies,"
        f" {told['expected']:.0f} will probably be revisited in time, {told['at_risk']} are at risk"
    )
    say(assumption(told["summary"]["measured_calls"]))
    rows = [
        (
            one["policy"],
            f"{one['deadline']:%m-%d}",
            f"{one['chance']:.0%}",
            SHORT.get(one["why"], one["why"]),
            one["way"] or "too late for any",
            one["start_by"],
        )
        for one in told["risks"]
    ]
    columns = ("policy", "deadline", "chance", "what is short", "other way", "begin by")
    first_rows("at risk", columns, rows, limit)


def comparison(found: Compared) -> dict[str, Any]:
    """Now and changed, as plain data."""
    return {
        "now": _expected(found.now),
        "changed": _expected(found.changed),
        "measured_calls": found.now.measured,
    }


def _expected(one: Expected) -> dict[str, Any]:
    return {
        "lines": one.lines,
        "open": one.open,
        "expected": round(one.expected, 1),
        "share": round(one.expected / one.open, 4) if one.open else None,
        "at_risk": len(one.risks),
        "line_hours": round(one.line_hours, 1),
        "busiest_day": max((round(day.made) for day in one.days), default=0),
    }


def show_comparison(told: dict[str, Any]) -> None:
    """The same for the eye."""
    names = {
        "lines": "lines",
        "open": "policies to revisit",
        "expected": "revisited in time, expected",
        "share": "of all",
        "at_risk": "at risk",
        "line_hours": "hours that calls hold lines",
        "busiest_day": "calls on the busiest day",
    }
    rows = [
        (name, _shown(key, told["now"][key]), _shown(key, told["changed"][key]))
        for key, name in names.items()
    ]
    table("what if", ("", "now", "changed"), rows)
    say(assumption(told["measured_calls"]))


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.1%}" if key == "share" else f"{value:,}"
