"""``huifang dial``: what a supervisor reads and says."""

import getpass
from datetime import timedelta

import pytest

from huifang import wiring
from huifang.settings import SettingsFault, load
from operations import dialling
from operations.line import Line
from scheduler.pacing import Limits
from tests.huifang.conftest import Terminal
from tests.operations.orders import order


@pytest.fixture
def line(terminal: Terminal) -> Line:
    """The line of the terminal's home, with two calls that run."""
    found = wiring.make_line(load())
    with found.database.transaction() as session:
        order(session, found.clock(), "济南")
        order(session, found.clock(), "济南", ending="transferred")
    return found


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is logged in here."""
    monkeypatch.setattr(getpass, "getuser", lambda: "班长")


def test_the_status_is_one_document(terminal: Terminal, line: Line) -> None:
    found = terminal.run("dial", "status", "--json").json
    assert (found["state"], found["live"], found["transferred"]) == ("running", 2, 1)
    assert found["branches"] == [{"name": "济南", "live": 2, "ready": 0, "most": None}]
    assert found["limits"]["breaker_rest_s"] == 300


def test_the_status_in_words(terminal: Terminal, line: Line) -> None:
    terminal.set(CALLS_AT_ONCE="2")
    said = terminal.run("dial", "status")
    assert "2 of 2 lines in use, 1 of them with a person; 0 ready" in said.err
    assert "every line is in use" in said.err
    assert "济南" in said.out


def test_pausing_says_how_many_calls_still_end(terminal: Terminal, line: Line) -> None:
    said = terminal.run("dial", "pause", "--why", "午休")
    assert said.err.splitlines() == ["paused: 2 live calls end as usual, none starts"]
    assert "was paused already" in terminal.run("dial", "pause").err
    status = terminal.run("dial", "status").err
    assert "by 班长: 午休" in status
    assert "huifang dial resume" in status

    resumed = terminal.run("dial", "resume", "--by", "主管", "--json").json
    assert (resumed["changed"], resumed["was"], resumed["was_why"]) == (True, "paused", "午休")
    assert (resumed["by"], resumed["state"]) == ("主管", "running")
    assert "was running already" in terminal.run("dial", "resume").err


def test_resuming_says_what_had_failed(terminal: Terminal, line: Line) -> None:
    terminal.set(BREAKER_FAILURES="2")
    broken = wiring.make_line(load())
    for _ in range(2):
        with line.database.transaction() as session:
            dialling.note_order(session, broken, failed=True, now=line.clock(), said="20003")
    assert "one call is tried at" in terminal.run("dial", "status").err
    said = terminal.run("dial", "resume").err
    assert "it was broken: 2 orders in a row failed, the last with 20003" in said


def test_failures_show_before_they_stop_anything(terminal: Terminal, line: Line) -> None:
    with line.database.transaction() as session:
        dialling.note_order(session, line, failed=True, now=line.clock())
    assert "1 order failed; 5 in a row stop the dialling" in terminal.run("dial", "status").err


def test_people_on_duty(terminal: Terminal, line: Line) -> None:
    said = terminal.run("dial", "agents", "3").err
    assert "people on duty: 3, with at most 4 calls for each who is free" in said
    assert "see HUIFANG_TRANSFER_TO" in said
    terminal.set(TRANSFER_TO="+861090000001")
    assert "HUIFANG_TRANSFER_TO" not in terminal.run("dial", "agents", "3").err
    assert terminal.run("dial", "agents", "any", "--json").json["agents"] is None
    assert "do not depend on them" in terminal.run("dial", "status").err


@pytest.mark.parametrize("count", ["many", "-1", "1.5", "10001", ""])
def test_a_wrong_number_of_people_is_wrong_usage(terminal: Terminal, count: str) -> None:
    said = terminal.run("dial", "agents", "--", count)
    assert said.code == 2
    assert "write 0 to 10000, or any" in said.err


def test_somebody_answers_for_every_change(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "add --by" in terminal.run("dial", "pause", "--by", " ").complaint

    def nameless() -> str:
        raise KeyError("uid 1000 has no name")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert "add --by" in terminal.run("dial", "pause").complaint


def test_the_limits_come_from_the_settings(terminal: Terminal) -> None:
    terminal.set(CALLS_AT_ONCE="30", CALLS_A_SECOND="2.5", CALLS_PER_BRANCH="7")
    terminal.set(BREAKER_FAILURES="9", BREAKER_REST_S="60", CALLS_PER_AGENT="2")
    terminal.set(CONFIG=terminal.file("huifang.toml", 'branch_limits = {"济南" = 5}\n'))
    assert wiring.limits_of(load()) == Limits(2.5, 30, {"济南": 5}, 7, 9, timedelta(seconds=60), 2)
    terminal.set(BRANCH_LIMITS='{"青岛": 0}')
    assert load().branch_limits == {"济南": 5, "青岛": 0}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BRANCH_LIMITS", "济南=5", "HUIFANG_BRANCH_LIMITS: is not JSON; write it as"),
        ("BRANCH_LIMITS", '{"济南": -1}', "HUIFANG_BRANCH_LIMITS, 济南: "),
        ("BRANCH_LIMITS", "[1]", "HUIFANG_BRANCH_LIMITS: "),
        ("CALLS_A_SECOND", "0", "HUIFANG_CALLS_A_SECOND: "),
        ("CALLS_A_SECOND", "nan", "HUIFANG_CALLS_A_SECOND: "),
    ],
)
def test_a_wrong_limit_is_one_sentence(
    terminal: Terminal, name: str, value: str, sentence: str
) -> None:
    terminal.set(**{name: value})
    with pytest.raises(SettingsFault, match=sentence):
        load()
