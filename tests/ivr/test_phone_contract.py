"""What every carrier has to keep: the fake, and the real client with a small stand-in of the vendor
and with the exchange."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from exchange import Cast, Exchange, Faults, VirtualClock, Voices
from exchange.faults import OnCreate
from ivr.fake import ENDED, FakePhone
from ivr.phone import Dial, Phone, PhoneTrouble, PhoneUncertain, PlacedCall
from ivr.twilio.client import TwilioPhone
from scripts.outcomes import Outcome

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TO = "+8613900001234"
ACCOUNT = "AC" + "0" * 31 + "1"
NOBODY_LISTENS = "http://127.0.0.1:9"  # webhooks go nowhere: these tests are about orders


@dataclass
class Line:
    """A carrier under test, and what happens on its side. ``settle`` lets it finish its work."""

    phone: Phone
    later: Callable[[timedelta], None]
    end: Callable[[str], None]
    settle: Callable[[], None] = lambda: None


def first_order(fate: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Lets a test's first order be "refused" (nothing rings) or "lost" (it rings, no answer)."""
    return pytest.mark.parametrize("fate", [fate])


@pytest.fixture
def fate() -> str | None:
    """What becomes of the first order: nothing special."""
    return None


def fake_line(fate: str | None) -> Line:
    clock = [NOW]
    phone = FakePhone(lambda: clock[0])
    if fate == "refused":
        phone.make_trouble(PhoneTrouble("too many", retry=True, code="20429"))
    if fate == "lost":
        phone.make_trouble(PhoneUncertain("lost", retry=False), rings_anyway=True)

    def later(by: timedelta) -> None:
        clock[0] += by

    return Line(phone, later, lambda vendor_id: phone.end(vendor_id, "no-answer"))


def stand_in_line(request: pytest.FixtureRequest, fate: str | None) -> Line:
    carrier = request.getfixturevalue("carrier")
    carrier.now = NOW
    if fate == "refused":
        carrier.next.append((429, '{"code": 20429, "message": "", "status": 429}'))
    if fate == "lost":
        carrier.lose_next_answer()

    def later(by: timedelta) -> None:
        carrier.now += by

    def end(vendor_id: str) -> None:
        next(c for c in carrier.calls if c["sid"] == vendor_id)["status"] = "no-answer"

    return Line(request.getfixturevalue("phone"), later, end)


def exchange_line(folder: Path, fate: str | None, stack: ExitStack) -> Line:
    """A real exchange behind a real port, on a clock that stands while the test does not sleep."""
    clock = VirtualClock(NOW)
    creates = {"refused": (OnCreate.TOO_MANY,), "lost": (OnCreate.BROKEN_BUT_PLACED,)}
    exchange = Exchange(
        folder,
        Cast(),
        clock,
        account_sid=ACCOUNT,
        auth_token="t",
        faults=Faults(creates=creates.get(fate or "", ())),
        voices=Voices(folder / "voices", synthesise=False),
    )
    stack.callback(exchange.close)
    server = make_server("127.0.0.1", 0, exchange.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stack.callback(server.server_close)
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    url = f"http://127.0.0.1:{server.server_port}"
    phone = TwilioPhone(ACCOUNT, "t", "+861000000000", NOBODY_LISTENS, base_url=url)
    stack.callback(phone.close)
    stack.enter_context(clock.taking_part())
    return Line(
        phone,
        lambda by: clock.sleep(by.total_seconds()),
        lambda _: clock.sleep(3600),
        lambda: clock.sleep(1),
    )


@pytest.fixture(params=["fake", "stand-in", "exchange"])
def line(request: pytest.FixtureRequest, tmp_path: Path, fate: str | None) -> Iterator[Line]:
    """Every carrier in turn."""
    with ExitStack() as stack:
        if request.param == "fake":
            yield fake_line(fate)
        elif request.param == "stand-in":
            yield stand_in_line(request, fate)
        else:
            yield exchange_line(tmp_path, fate, stack)


def placed(line: Line, to: str = TO, since: datetime = NOW) -> list[PlacedCall]:
    return list(line.phone.placed_to(to, since))


def test_a_placed_call_is_listed_under_its_number_only(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    assert [(c.vendor_id, c.to, c.created_at) for c in placed(line)] == [(vendor_id, TO, NOW)]
    assert placed(line, "+8613900005678") == []


def test_every_call_has_its_own_id_and_the_newest_comes_first(line: Line) -> None:
    first = line.phone.place(Dial("one", TO))
    line.later(timedelta(minutes=1))
    second = line.phone.place(Dial("two", TO))
    assert [c.vendor_id for c in placed(line)] == [second, first]


def test_calls_before_the_given_time_are_left_out(line: Line) -> None:
    line.phone.place(Dial("one", TO))
    line.later(timedelta(hours=1))
    second = line.phone.place(Dial("two", TO))
    assert [c.vendor_id for c in placed(line, since=NOW + timedelta(hours=1))] == [second]


def test_hanging_up_ends_a_call_and_doing_it_again_changes_nothing(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    assert placed(line)[0].status not in ENDED
    line.phone.hang_up(vendor_id)
    line.settle()
    ended = placed(line)
    assert ended[0].status in ENDED
    line.phone.hang_up(vendor_id)
    assert placed(line) == ended


def test_hanging_up_a_call_that_ended_by_itself_changes_nothing(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    line.end(vendor_id)
    before = placed(line)
    assert before[0].status in ENDED
    line.phone.hang_up(vendor_id)
    assert placed(line) == before


def test_a_call_that_goes_on_has_no_outcome_and_one_that_ended_has(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    before = line.phone.news_of(vendor_id)
    assert before is not None
    assert (before.vendor_id, before.outcome) == (vendor_id, None)
    line.end(vendor_id)
    after = line.phone.news_of(vendor_id)
    assert after is not None
    assert after.outcome is Outcome.NO_ANSWER
    assert after.key != before.key


def test_of_a_call_that_never_was_there_is_no_news(line: Line) -> None:
    assert line.phone.news_of("CA" + "f" * 32) is None


def test_a_call_that_nobody_answered_has_no_recording(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    line.end(vendor_id)
    assert list(line.phone.recordings_of(vendor_id)) == []


def test_hanging_up_a_call_that_never_was_is_trouble(line: Line) -> None:
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.hang_up("CA" + "f" * 32)
    assert (caught.value.retry, caught.value.code) == (False, "20404")


@pytest.mark.parametrize("to", ["13900001234", "+86 139 0000 1234", "sip:someone@example.cn"])
def test_what_is_not_a_number_is_refused_for_good(line: Line, to: str) -> None:
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.place(Dial("one", to))
    assert not isinstance(caught.value, PhoneUncertain)
    assert (caught.value.retry, caught.value.code) == (False, "21211")
    assert placed(line) == []


@first_order("refused")
def test_a_refused_order_rings_nobody_and_the_next_one_is_taken(line: Line) -> None:
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.place(Dial("one", TO))
    assert not isinstance(caught.value, PhoneUncertain)
    assert (caught.value.retry, caught.value.code) == (True, "20429")
    assert placed(line) == []
    assert line.phone.place(Dial("one", TO)) == placed(line)[0].vendor_id


@first_order("lost")
def test_after_a_lost_answer_the_call_is_found_among_the_placed_ones(line: Line) -> None:
    with pytest.raises(PhoneUncertain) as caught:
        line.phone.place(Dial("one", TO))
    assert caught.value.retry is False
    assert [c.to for c in placed(line)] == [TO]
