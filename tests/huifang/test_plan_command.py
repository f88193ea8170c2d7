"""``huifang plan`` and ``huifang preflight`` as somebody in a terminal has them."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from huifang.settings import load
from huifang.wiring import make_line
from operations import forecast
from store.columns import LOCAL
from store.tables import Attempt, Policy
from tests.huifang.conftest import DATA, Terminal

POLICIES = str(DATA / "policies.csv")
SAMPLES = Path(__file__).parents[1] / "scheduler" / "data"
AT = "2026-11-18T10:00"
NOW = datetime(2026, 11, 18, 10, tzinfo=LOCAL)


@pytest.fixture
def stored(terminal: Terminal) -> Terminal:
    """Four policies that may be rung."""
    terminal.run("import", POLICIES)
    return terminal


def tried(cause: str = "no-answer") -> None:
    """The first policy was rung half an hour ago."""
    database = make_line(load()).database
    with database.transaction() as session:
        policy = session.scalars(select(Policy).order_by(Policy.id)).first()
        assert policy is not None
        rang = NOW - timedelta(minutes=30)
        attempt = Attempt(
            policy_id=policy.id, number=1, phone=policy.phone or "", person=policy.person,
            state="ended", planned_at=rang, deadline=NOW, lease=1, rang_at=rang, outcome=cause,
            reasons=[{"code": "due", "detail": "", "until": None}], cause=cause,
            decision={"rank": "1", "slots_left": 9, "rulebook": "standard:1"},
            ended_at=rang + timedelta(seconds=30),
        )  # fmt: skip
        session.add(attempt)
    database.close()


def test_the_counts_come_first_and_long_lists_are_cut(stored: Terminal) -> None:
    said = stored.run("plan", "--at", AT, "--limit", "3")

    assert said.err.startswith("4 due, 0 held back, 0 cannot make it")
    assert "and 1 more" in said.err
    assert "K0003" in said.out
    assert "K0004" not in said.out
    assert len(stored.run("plan", "--at", AT, "--limit", "3", "--json").json["due"]) == 4


def test_explain_one_policy(stored: Terminal) -> None:
    told = stored.run("plan", "--explain", "K0001", "--at", AT, "--json").json

    assert told["policy"] == "K0001"
    assert told["decision"]["may_be_rung"] is True
    assert [one["code"] for one in told["decision"]["reasons"]] == ["due"]
    assert told["decision"]["order"][0].endswith("fewer is earlier")
    assert told["facts"]["period_ends_on"]
    assert told["facts"]["hours_today"] == ["09:00-12:00", "13:30-21:00"]
    assert told["facts"]["numbers"][0]["calls_today"] == 0
    assert told["calls"] == []


def test_explain_a_policy_that_was_rung(stored: Terminal) -> None:
    tried()
    told = stored.run("plan", "--explain", "K0001", "--at", AT, "--json").json

    assert told["decision"]["may_be_rung"] is False
    assert told["decision"]["reasons"][0]["code"] == "retry-not-before"
    assert told["decision"]["not_before"].startswith("2026-11-18T11:30")
    assert told["facts"]["person"]["calls_today"] == 1
    (call,) = told["calls"]
    assert (call["cause"], call["reasons"][0]["code"]) == ("no-answer", "due")
    assert call["decision"]["rulebook"] == "standard:1"


def test_explain_for_the_eye_shows_no_number(stored: Terminal) -> None:
    tried()
    said = stored.run("plan", "--explain", "K0001", "--at", AT)
    everything = said.out + said.err

    assert "K0001 at 2026-11-18 10:00: held back until 11-18 11:30" in said.err
    assert "****" in everything
    assert "1390000" not in everything
    assert "1390000" not in stored.run("plan", "--explain", "K0001", "--json").out
    for word in ("retry-not-before", "calls so far", "no-answer", "period ends on"):
        assert word in said.out


def test_explain_a_closed_policy(stored: Terminal) -> None:
    database = make_line(load()).database
    with database.transaction() as session:
        policy = session.scalars(select(Policy).order_by(Policy.id)).first()
        assert policy is not None
        policy.revisit, policy.closed_because = "closed", "completed"
    database.close()
    said = stored.run("plan", "--explain", "K0001", "--at", AT)

    assert "closed (completed), nobody rings" in said.err
    told = stored.run("plan", "--explain", "K0001", "--at", AT, "--json").json
    assert told["decision"]["may_be_rung"] is False


def test_an_unknown_policy(stored: Terminal) -> None:
    complaint = stored.run("plan", "--explain", "K9999").complaint

    assert complaint.startswith("no policy is called K9999;")


def test_what_if(stored: Terminal) -> None:
    told = stored.run(
        "plan", "--at", AT, "--what-if", "lines=1,hours=10:00-11:00,days=5", "--json"
    ).json

    assert (told["now"]["lines"], told["changed"]["lines"]) == (5, 1)
    assert told["now"]["open"] == told["changed"]["open"] == 4
    assert 0 < told["changed"]["share"] <= 1
    assert told["measured_calls"] == 0
    said = stored.run("plan", "--at", AT, "--what-if", "lines=20")
    assert "revisited in time, expected" in said.out
    assert "no call has been measured yet" in said.err


@pytest.mark.parametrize("changes", ["lanes=3", "lines=0", "hours=07:00-08:00", ""])
def test_a_wrong_change_is_one_sentence(terminal: Terminal, changes: str) -> None:
    assert terminal.run("plan", "--what-if", changes).complaint


def test_one_question_at_a_time(terminal: Terminal) -> None:
    said = terminal.run("plan", "--what-if", "lines=3", "--explain", "K0001")

    assert said.code == 2
    assert "one at a time" in said.err


def test_the_last_forecast(stored: Terminal) -> None:
    assert stored.run("plan", "--forecast", "--json").json is None
    assert "no forecast yet" in stored.run("plan", "--forecast").err
    line = make_line(load(), now=lambda: NOW + timedelta(days=3, hours=10, minutes=45))
    forecast.make(line)
    line.database.close()
    told = stored.run("plan", "--forecast", "--at", "2026-11-22T09:00", "--json").json

    assert (told["open"], told["old"]) == (4, False)
    assert told["at_risk"] == len(told["risks"])
    late = stored.run("plan", "--forecast", "--at", "2026-11-25T09:00")
    assert "this forecast is old" in late.err
    assert "at risk" in late.out


def test_preflight(terminal: Terminal) -> None:
    told = terminal.run("preflight", POLICIES, "--at", AT, "--lines", "2", "--json").json

    assert told["read"] == len(told["called"]) == 4
    assert told["lines"] == 2
    assert told["lines_needed"] >= 1
    assert told["left_out"] == []
    assert 0 < told["share"] <= 1
    assert sum(day["deadlines"] for day in told["days"]) == 4
    assert {"row", "policy", "deadline", "first_call_at"} <= set(told["called"][0])


def test_preflight_stores_nothing(stored: Terminal) -> None:
    before = stored.database
    stored.run("preflight", POLICIES, "--at", AT)

    assert stored.database == before


def test_preflight_for_the_eye(terminal: Terminal) -> None:
    sample = str(SAMPLES / "policies-200.xlsx")
    said = terminal.run("preflight", sample, "--at", AT, "--limit", "5")

    assert said.code == 0
    assert "200 rows:" in said.err
    assert "lines needed:" in said.err
    assert "1390000" not in said.out + said.err
    for title in ("first calls", "left out, by reason", "the days to come"):
        assert title in said.out


def test_preflight_of_what_is_no_list(terminal: Terminal) -> None:
    assert terminal.run("preflight", "nowhere.csv").complaint
    assert terminal.run("preflight", terminal.file("list.csv", "a,b\n1,2\n")).complaint


def test_documents_are_json(stored: Terminal) -> None:
    for words in (["plan"], ["plan", "--explain", "K0001"], ["plan", "--forecast"]):
        json.loads(stored.run(*words, "--json").out)


def test_the_picture_of_the_days_to_come(stored: Terminal, tmp_path: Path) -> None:
    picture = tmp_path / "days.svg"
    told = stored.run("plan", "--at", AT, "--picture", str(picture), "--json").json

    assert told["days"] > 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    refused = stored.run("plan", "--picture", str(tmp_path / "none" / "days.svg"))
    assert (refused.code, "cannot be written" in refused.err) == (1, True)
