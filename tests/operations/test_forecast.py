"""The nightly forecast: what it is counted from, what is kept of it, and what it proposes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from operations import forecast, handover
from operations.subjects import measured_rates, open_subjects
from scheduler.rates import Cell, Part, rates_of
from scripts.outcomes import Cause
from store import forecasts, outcomes
from store.tables import Attempt, Forecast, ForecastRisk, Handover, Policy
from tests.operations.rig import NOW, Rig

#: A policy whose period ends today, and one whose period ends in nine days.
TODAY = {"保单号": "P0001", "承保日期": "2026-11-05", "生效日期": "2026-11-06",
         "回执签收日期": "2026-11-08", "回执回销日期": "2026-11-09"}  # fmt: skip
LATER = {"保单号": "P0002", "手机": "13900000002", "回执签收日期": "2026-11-17",
         "回执回销日期": "2026-11-17", "投保人姓名": "李安平", "被保险人姓名": "李安平",
         "投保人证件号码": "", "投保人出生日期": "1980-01-01"}  # fmt: skip

FRESH = {"保单号": "P0003", "手机": "13900000003", "投保人出生日期": "1981-01-01"}


def evening(rig: Rig) -> None:
    """A quarter of an hour before the day's last call."""
    rig.clock.now = NOW.replace(hour=20, minute=45)


def hard(rig: Rig, number: str = "P0002") -> None:
    """The policy was tried in vain seven times, once a day; the rulebook allows eight calls."""
    causes = ["switched-off"] * 3 + ["unreachable"] * 3 + ["voicemail"]
    with rig.line.database.transaction() as session:
        policy = session.scalars(select(Policy).where(Policy.number == number)).one()
        for count, cause in enumerate(causes, start=1):
            planned = NOW - timedelta(days=len(causes) + 1 - count)
            attempt = Attempt(
                policy_id=policy.id, number=count, phone=policy.phone or "",
                person=policy.person, state="ended", planned_at=planned, deadline=NOW,
                reasons=[], lease=1, rang_at=planned, ended_at=planned + timedelta(seconds=30),
                outcome=cause, cause=cause,
            )  # fmt: skip
            session.add(attempt)


def test_a_forecast_is_kept_with_its_risks(rig: Rig) -> None:
    rig.import_rows({**LATER, **FRESH}, LATER)
    hard(rig)

    assert forecast.make(rig.line) == 1
    kept = rig.one(Forecast)
    with rig.line.database.reading() as session:
        (risk,) = forecast.risks(session, kept.id)
    assert (kept.open_policies, kept.at_risk, kept.made_at) == (2, 1, NOW)
    assert 0.8 < kept.expected < 1.6
    assert kept.summary["lines"] == 100
    assert kept.summary["why"] == {"hard-to-reach": 1}
    assert kept.summary["measured_calls"] == 7
    assert kept.summary["days"][0]["day"] == "2026-11-18"
    assert [day["deadlines"] for day in kept.summary["days"]] == [0] * 9 + [2]
    assert (risk.policy.number, risk.why) == ("P0002", "hard-to-reach")
    assert risk.chance < 0.5


def test_the_other_way_is_proposed_and_calls_go_on(rig: Rig) -> None:
    """The standard rulebook lets a branch ring first; it needs a day."""
    rig.import_rows(LATER)
    hard(rig)
    forecast.make(rig.line)
    forecast.make(rig.line)

    proposed = rig.one(Handover)
    assert (proposed.state, proposed.because) == ("proposed", "forecast")
    assert proposed.way == rig.line.rulebook.other_ways[0].way
    assert rig.due == ["P0002"]


def test_what_somebody_declined_is_not_proposed_again(rig: Rig) -> None:
    rig.import_rows(LATER)
    hard(rig)
    forecast.make(rig.line)
    handover.decline(rig.line, [rig.one(Handover).id], "陈督导", "we try in the evening")
    forecast.make(rig.line)

    assert [one.state for one in rig.all(Handover)] == ["withdrawn"]


def test_too_late_for_every_other_way(rig: Rig) -> None:
    rig.import_rows(TODAY)
    hard(rig, "P0001")
    evening(rig)

    assert forecast.make(rig.line) == 1
    assert rig.all(Handover) == []


def test_old_forecasts_go(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "KEPT", 2)
    rig.import_rows(LATER)
    hard(rig)
    for _ in range(3):
        forecast.make(rig.line)
        rig.clock.tick(3600)

    assert [one.id for one in rig.all(Forecast)] == [2, 3]
    assert [one.forecast_id for one in rig.all(ForecastRisk)] == [2, 3]


def test_a_forecast_grows_old(rig: Rig) -> None:
    with rig.line.database.reading() as session:
        assert forecast.latest(session, NOW) is None
    rig.import_rows(LATER)
    forecast.make(rig.line)
    rig.clock.tick(60)
    forecast.make(rig.line)

    with rig.line.database.reading() as session:
        fresh = forecast.latest(session, rig.clock.now + timedelta(hours=36))
        assert fresh is not None
        assert (fresh.forecast.id, fresh.old) == (2, False)
        late = forecast.latest(session, rig.clock.now + timedelta(hours=37))
        assert late is not None
        assert late.old
        assert [one.id for one in forecasts.newest(session, 5)] == [1, 2]


def test_a_forecast_is_the_same_when_it_is_made_again(rig: Rig) -> None:
    rig.import_rows(TODAY, LATER)

    assert forecast.look_ahead(rig.line, NOW) == forecast.look_ahead(rig.line, NOW)


def test_rates_are_counted_from_the_attempts(rig: Rig) -> None:
    rig.import_rows(LATER)
    hard(rig)
    with rig.line.database.reading() as session:
        rows = list(outcomes.ended_since(session, NOW - timedelta(days=3), 4))
    rates, assumed = measured_rates(rig.line, NOW), rates_of()

    assert [(row.hour, row.number, row.cause, row.calls, row.seconds) for row in rows] == [
        (NOW - timedelta(days=3), 4, "unreachable", 1, 30.0),
        (NOW - timedelta(days=2), 4, "unreachable", 1, 30.0),
        (NOW - timedelta(days=1), 4, "voicemail", 1, 30.0),
    ]
    for tries in (0, 3):
        cell = Cell(Part.MORNING, True, tries)
        assert rates.shares[cell][Cause.SWITCHED_OFF] > assumed.shares[cell][Cause.SWITCHED_OFF]
    assert rates.seconds[Cause.SWITCHED_OFF] > assumed.seconds[Cause.SWITCHED_OFF]
    assert measured_rates(rig.line, NOW + timedelta(days=90)) == assumed


def test_policies_are_read_in_parts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("operations.subjects.CHUNK", 2)
    rig.import_rows(*({"保单号": f"P000{n}", "手机": f"1390000000{n}"} for n in range(1, 6)))
    told: list[tuple[int, int]] = []
    found = open_subjects(rig.line, NOW, lambda done, whole: told.append((done, whole)))

    assert [one.facts.number for one in found] == [f"P000{n}" for n in range(1, 6)]
    assert len({one.person for one in found}) == 1
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_other_lines_and_rules(rig: Rig) -> None:
    rig.import_rows(TODAY, LATER)
    strict = replace(rig.line.rules, per_revisit=1)

    plain = forecast.look_ahead(rig.line, NOW)
    assert forecast.look_ahead(rig.line, NOW, lines=1).lines == 1
    assert forecast.look_ahead(rig.line, NOW, rules=strict).expected < plain.expected
