"""A killed exchange loses nothing: it goes on with its calls, callbacks and recordings."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import soundfile

from exchange import Exchange, Status, VirtualClock, latest_time
from exchange.calls import Hook, Order
from exchange.journal import Journal

CAST = """
callees:
  "13900000001":
    answers:
      ID_PRESENT: {says: 我就是}
      READ: [{says: 没看过}, {says: 现在清楚了}]
      LIABILITY: {says: 清楚}
"""
_ACCOUNT, _TOKEN = "AC" + "0123456789abcdef" * 2, "a secret of the tests"


@pytest.fixture
def again(tmp_path, voices, cast_of):
    """Opens the exchange of the folder as after a restart; closes it in the end."""
    opened = []
    cast = cast_of(CAST)

    def open_(later=0.0, **settings):
        folder = tmp_path / "exchange"
        clock = VirtualClock(latest_time(folder) + timedelta(seconds=later))
        exchange = Exchange(
            folder, cast, clock,
            account_sid=_ACCOUNT, auth_token=_TOKEN, voices=voices, **settings,
        )  # fmt: skip
        opened.append(exchange)
        return exchange

    yield open_
    for exchange in opened:
        exchange.close()


class _Held:
    """An application that asks four questions, and holds one of its answers back."""

    def __init__(self, gather, hold, nth):
        questions = ("ID_PRESENT", "READ", "READ", "LIABILITY")
        self.pages = [f"<Response>{gather(each)}</Response>" for each in questions]
        self.pages.append("<Response><Hangup/></Response>")
        self.hold, self.left = hold, nth
        self.held, self.go_on = threading.Event(), threading.Event()

    def wait(self, asked):
        self.left -= asked.path == self.hold
        if asked.path == self.hold and self.left == 0:
            self.held.set()
            self.go_on.wait(20)

    def ask(self, asked):
        self.wait(asked)
        if asked.path == "/start":
            return self.pages[0]
        steps = {"我就是": 1, "没看过": 2, "现在清楚了": 3, "清楚": 4}
        return self.pages[steps[asked.form["SpeechResult"]]]

    def take(self, asked):
        self.wait(asked)
        return "", 204, "text/plain"


@pytest.fixture
def killed(application, tmp_path, cast_of, gather):
    """Runs one call in a process and kills it while the application holds one answer back."""
    cast_of(CAST)

    def run(hold: str, nth: int = 1) -> None:
        held = _Held(gather, hold, nth)
        application.pages = {
            "/start": held.ask, "/answer": held.ask, "/status": held.take, "/recording": held.take,
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, Path(__file__).parent / "killed.py",
             tmp_path / "exchange", tmp_path / "cast.yaml", application.url],
            stdin=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        try:
            assert held.held.wait(30), "the call never came so far"
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            held.go_on.set()

    return run


def _words(call):
    return [one.text for one in call.said if one.side == "callee"]


@pytest.mark.parametrize(
    ("hold", "nth"),
    [("/status", 2), ("/start", 1), ("/answer", 1), ("/answer", 3), ("/status", 4),
     ("/recording", 1)],
)  # fmt: skip
def test_a_killed_exchange_goes_on(killed, again, application, wait_for, hold, nth):
    killed(hold, nth)
    exchange = again()
    exchange.resume()
    wait_for(exchange.idle)

    (call,) = exchange.calls()
    assert call.status is Status.COMPLETED
    assert _words(call) == ["我就是", "没看过", "现在清楚了", "清楚"]
    # Only the request that was under way when it was killed is sent a second time.
    asked = [_request(each) for each in application.asked]
    twice = [each for each in asked if asked.count(each) > 1]
    assert len(twice) == 2
    assert twice[0][0] == hold
    assert {number for _, _, number, _ in asked if number} == {"0", "1", "2", "3"}

    (recording,) = exchange.recordings()
    info = soundfile.info(str(exchange.media(recording.sid)))
    assert info.duration == pytest.approx((call.ended - call.answered).total_seconds(), abs=0.01)
    assert application.at("/recording")


def _request(asked):
    form = asked.form
    return asked.path, asked.query, form.get("SequenceNumber"), form.get("SpeechResult")


def test_an_ended_call_is_not_run_again(rig, again, application, wait_for):
    first = rig(CAST)
    call = first.call(Record="true")
    first.exchange.close()
    asked = len(application.asked)
    exchange = again()
    assert exchange.resume() == 0
    wait_for(exchange.idle)
    assert exchange.calls() == [call]
    assert len(application.asked) == asked
    assert exchange.recordings() == first.exchange.recordings()


def test_closing_leaves_the_call_for_the_next_time(rig, again, wait_for, gather):
    first = rig(CAST)
    first.says("/start", gather("ID_PRESENT"))
    first.says("/answer", "<Hangup/>")
    with first.clock.taking_part():
        first.order()
        first.clock.sleep(2)
        first.exchange.close()
    assert first.exchange.calls()[0].status is Status.RINGING
    exchange = again()
    assert exchange.resume() == 1
    wait_for(exchange.idle)
    assert _words(exchange.calls()[0]) == ["我就是"]


@pytest.mark.parametrize(("away", "answered"), [(60, True), (1200, False)])
def test_a_line_is_held_for_some_minutes(rig, again, application, wait_for, gather, away, answered):
    first = rig(CAST)
    first.says("/start", gather("ID_PRESENT"))
    first.says("/answer", "<Hangup/>")
    with first.clock.taking_part():
        first.order()
        first.clock.sleep(6)
        assert application.paths() == ["/start"]
        first.exchange.close()
    exchange = again(later=away)
    exchange.resume()
    wait_for(exchange.idle)
    assert bool(application.at("/answer")) == answered
    assert exchange.calls()[0].status is Status.COMPLETED
    assert (exchange.calls()[0].seconds >= away) == answered


def test_attempts_and_the_queue_survive(rig, again, wait_for):
    first = rig(CAST)
    first.call()
    first.exchange.close()
    exchange = again()
    call = exchange.place(Order("+8613900000001", "+85230000000", Hook("http://127.0.0.1:9/")))
    wait_for(exchange.idle)
    assert call.attempt == 1


def test_a_stop_survives(rig, again, wait_for):
    first = rig(CAST)
    first.says("/start", '<Pause length="60"/>')
    with first.clock.taking_part():
        first.order()
        first.clock.sleep(20)
        (call,) = first.exchange.calls()
        first.exchange.equipment.closing.set()
        first.exchange.stop(call, Status.COMPLETED)
    wait_for(first.exchange.idle)
    exchange = again()
    assert exchange.resume() == 1
    wait_for(exchange.idle)
    (call,) = exchange.calls()
    assert call.status is Status.COMPLETED
    assert (call.ended - call.created).total_seconds() == 20


def test_a_torn_line_of_a_journal_is_dropped(tmp_path):
    file = tmp_path / "journal.jsonl"
    file.write_text(
        '{"stop": "completed", "at": "2026-11-18T10:00:00+08:00"}\n{"reply": 200, "ty',
        encoding="utf-8",
    )
    journal = Journal(file)
    assert journal.stopped is not None
    assert journal.reply(0) is None
    assert file.read_text(encoding="utf-8").endswith("}\n")


def test_the_latest_time(rig, tmp_path):
    assert latest_time(tmp_path / "nothing") is None
    first = rig(CAST)
    call = first.call(StatusCallback=f"{first.application.url}/status")
    assert latest_time(tmp_path / "exchange") >= call.ended
    assert first.exchange.latest_time() == latest_time(tmp_path / "exchange")
