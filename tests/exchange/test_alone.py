"""The exchange run alone: its command line, real time, and the tool of the voices."""

import threading
import time

import pytest
from click.testing import CliRunner

from exchange import Exchange, RealClock, Status, VirtualClock, __main__
from exchange.calls import Hook, Order
from exchange.voices.__main__ import main as voices_main


def test_a_bad_cast_is_one_sentence(tmp_path):
    (tmp_path / "cast.yaml").write_text("people: {}", encoding="utf-8")
    result = CliRunner().invoke(__main__.main, ["--cast", str(tmp_path / "cast.yaml")])
    assert result.exit_code == 1
    assert "`people` is not a field of a cast" in result.output


@pytest.mark.parametrize("fast", [True, False])
def test_it_serves_a_cast(tmp_path, monkeypatch, fast):
    served = {}

    def serve(app, **settings):
        served.update(settings, calls=app.test_client().get("/healthz").json["calls"])

    monkeypatch.setattr("waitress.serve", serve)
    (tmp_path / "cast.yaml").write_text('callees: {"1390": {picks_up: busy}}', encoding="utf-8")
    arguments = ["--cast", str(tmp_path / "cast.yaml"), "--folder", str(tmp_path / "x")]
    result = CliRunner().invoke(__main__.main, [*arguments, *(["--fast"] if fast else [])])
    assert result.exit_code == 0, result.output
    assert "1 callees at http://127.0.0.1:4010" in result.output
    assert (served["host"], served["port"], served["calls"]) == ("127.0.0.1", 4010, 0)


def test_real_time(tmp_path, cast_of, voices, wait_for):
    exchange = Exchange(
        tmp_path / "exchange", cast_of('callees: {"1390000": {picks_up: failed}}'), RealClock(),
        account_sid="AC1", auth_token="x", voices=voices,
    )  # fmt: skip
    begun = time.monotonic()
    exchange.place(Order("1390000", "1", Hook("http://127.0.0.1:9/")))
    wait_for(exchange.idle)
    assert exchange.calls()[0].status is Status.FAILED
    assert 0.6 < time.monotonic() - begun < 5
    exchange.close()


def test_closing_wakes_real_sleepers_at_once(tmp_path, cast_of, voices):
    exchange = Exchange(
        tmp_path / "exchange", cast_of("callees: {}"), RealClock(),
        account_sid="AC1", auth_token="x", voices=voices,
    )  # fmt: skip
    exchange.place(Order("1390000", "1", Hook("http://127.0.0.1:9/")))
    begun = time.monotonic()
    exchange.close()
    assert time.monotonic() - begun < 2
    assert not exchange.calls()[0].status.final


def test_joining_does_not_hold_the_time():
    clock = VirtualClock(RealClock().now())
    place = clock.reserve()

    def work():
        with place:
            clock.sleep(5)

    thread = threading.Thread(target=work)
    with clock.taking_part():
        begun = clock.now()
        thread.start()
        clock.join(thread)
        assert (clock.now() - begun).total_seconds() == 5
        clock.sleep(1)
        assert (clock.now() - begun).total_seconds() == 6


def test_clips_are_not_made_without_the_natural_voices(tmp_path):
    (tmp_path / "p.tsv").write_text("text\tvoices\n", encoding="utf-8")
    arguments = ["make", str(tmp_path / "p.tsv"), "--kokoro", str(tmp_path / "none")]
    result = CliRunner().invoke(voices_main, arguments)
    assert result.exit_code == 1
    assert "voices-natural" in result.output
