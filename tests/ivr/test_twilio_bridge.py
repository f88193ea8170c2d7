"""What the carrier is told when an agent's own phone was answered: the exchange can execute it."""

from exchange import twiml_reader
from exchange.twiml import Dial, Hangup
from ivr.twilio.bridge import RING_S, bridged_to, ended
from ivr.twilio.urls import Urls

URLS = Urls("https://huifang.example.cn/line", "call-7")
TO = "+8613900001234"


def test_the_customer_is_rung_and_we_are_told_how() -> None:
    (dial,) = twiml_reader.read(bridged_to(TO, URLS, "+861000000000"))
    assert isinstance(dial, Dial)
    assert (dial.number, dial.action, dial.timeout) == (TO, URLS.bridged, RING_S)


def test_without_a_number_of_ours_the_carrier_chooses() -> None:
    document = bridged_to(TO, URLS, None)
    assert "callerId" not in document
    assert twiml_reader.read(document)


def test_the_agents_part_ends_with_the_customers() -> None:
    assert [type(one) for one in twiml_reader.read(ended())] == [Hangup]
