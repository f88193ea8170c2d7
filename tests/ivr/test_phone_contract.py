"""What every carrier has to keep, the fake and the real client alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from ivr.fake import FakePhone
from ivr.phone import Dial, Phone, PhoneTrouble, PhoneUncertain, PlacedCall

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TO = "+8613900001234"


@dataclass
class Line:
    """A carrier under test, and what a test does behind its back."""

    phone: Phone
    later: Callable[[timedelta], None]
    end: Callable[[str], None]
    lose_next_answer: Callable[[], None]
    refuse_next: Callable[[], None]


def fake_line() -> Line:
    clock = [NOW]
    phone = FakePhone(lambda: clock[0])

    def later(by: timedelta) -> None:
        clock[0] += by

    return Line(
        phone,
        later,
        phone.end,
        lambda: phone.make_trouble(PhoneUncertain("lost", retry=False), rings_anyway=True),
        lambda: phone.make_trouble(PhoneTrouble("busy", retry=True, code="20429")),
    )


def twilio_line(request: pytest.FixtureRequest) -> Line:
    carrier = request.getfixturevalue("carrier")
    carrier.now = NOW

    def later(by: timedelta) -> None:
        carrier.now += by

    def end(vendor_id: str) -> None:
        next(c for c in carrier.calls if c["sid"] == vendor_id)["status"] = "completed"

    return Line(
        request.getfixturevalue("phone"),
        later,
        end,
        lambda: carrier.lose_next_answer(),
        lambda: carrier.next.append((429, '{"code": 20429, "message": "", "status": 429}')),
    )


@pytest.fixture(params=["fake", "twilio"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    yield fake_line() if request.param == "fake" else twilio_line(request)


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
    line.phone.hang_up(vendor_id)
    line.phone.hang_up(vendor_id)
    assert [c.status for c in placed(line)] == ["completed"]


def test_hanging_up_a_call_that_ended_by_itself_is_no_trouble(line: Line) -> None:
    vendor_id = line.phone.place(Dial("one", TO))
    line.end(vendor_id)
    line.phone.hang_up(vendor_id)
    assert [c.status for c in placed(line)] == ["completed"]


def test_hanging_up_a_call_that_never_was_is_trouble(line: Line) -> None:
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.hang_up("CA" + "f" * 32)
    assert (caught.value.retry, caught.value.code) == (False, "20404")


@pytest.mark.parametrize("to", ["13900001234", "+86 139 0000 1234", "sip:someone@example.cn", ""])
def test_what_is_not_a_number_is_refused_for_good(line: Line, to: str) -> None:
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.place(Dial("one", to))
    assert not isinstance(caught.value, PhoneUncertain)
    assert (caught.value.retry, caught.value.code) == (False, "21211")
    assert placed(line, to) == []


def test_a_refused_order_rings_nobody_and_the_next_one_is_taken(line: Line) -> None:
    line.refuse_next()
    with pytest.raises(PhoneTrouble) as caught:
        line.phone.place(Dial("one", TO))
    assert not isinstance(caught.value, PhoneUncertain)
    assert (caught.value.retry, caught.value.code) == (True, "20429")
    assert placed(line) == []
    assert line.phone.place(Dial("one", TO)) == placed(line)[0].vendor_id


def test_after_a_lost_answer_the_call_is_found_among_the_placed_ones(line: Line) -> None:
    line.lose_next_answer()
    with pytest.raises(PhoneUncertain):
        line.phone.place(Dial("one", TO))
    assert [c.to for c in placed(line)] == [TO]
