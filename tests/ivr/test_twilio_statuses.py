"""The vendor's words and ours."""

import pytest

from ivr.twilio.statuses import SIP_CODES, STATUSES, Answerer, answerer, outcome_of, progress
from scripts.outcomes import Outcome


@pytest.mark.parametrize("status", ["queued", "initiated", "ringing", "in-progress"])
def test_a_running_call_has_no_outcome_whatever_else_is_known(status):
    assert progress(status).final is False
    assert outcome_of(status) is None
    assert outcome_of(status, 404, Outcome.COMPLETED) is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("completed", Outcome.HUNG_UP),
        ("busy", Outcome.BUSY),
        ("no-answer", Outcome.NO_ANSWER),
        ("failed", Outcome.FAILED),
        ("canceled", Outcome.CANCELED),
    ],
)
def test_an_ended_call_by_the_carrier_alone(status, outcome):
    assert progress(status).final
    assert outcome_of(status) == outcome


@pytest.mark.parametrize("status", [s for s, row in STATUSES.items() if row.final])
@pytest.mark.parametrize("ending", [Outcome.COMPLETED, Outcome.REFUSED, Outcome.VOICEMAIL])
def test_what_was_talked_wins_over_what_the_carrier_saw(status, ending):
    assert outcome_of(status, 404, ending) == ending


def test_every_status_of_the_vendors_api_is_known(vendor_openapi):
    schemas = vendor_openapi.spec / "components" / "schemas"
    words = (schemas / "call_enum_status" / "enum").read_value()
    assert words
    assert set(words) <= STATUSES.keys()


@pytest.mark.parametrize(
    ("sip_code", "outcome"),
    [
        (404, Outcome.EMPTY_NUMBER),
        (484, Outcome.EMPTY_NUMBER),
        (480, Outcome.UNREACHABLE),
        (486, Outcome.BUSY),
        (603, Outcome.BUSY),
        (487, Outcome.CANCELED),
        (500, Outcome.FAILED),
        (0, Outcome.FAILED),
        (None, Outcome.FAILED),
    ],
)
def test_the_networks_answer_explains_a_failed_call(sip_code, outcome):
    assert outcome_of("failed", sip_code) == outcome


@pytest.mark.parametrize("sip_code", sorted(SIP_CODES))
@pytest.mark.parametrize("status", ["busy", "no-answer", "canceled", "completed"])
def test_and_no_other(status, sip_code):
    assert outcome_of(status, sip_code) == outcome_of(status)


def test_an_unknown_status_ends_no_call_and_is_logged(caplog):
    assert outcome_of("teleported") is None
    assert "teleported" in caplog.text


@pytest.mark.parametrize(
    ("word", "who"),
    [
        ("human", Answerer.HUMAN),
        ("machine_start", Answerer.MACHINE),
        ("machine_end_beep", Answerer.MACHINE),
        ("machine_end_silence", Answerer.MACHINE),
        ("machine_end_other", Answerer.MACHINE),
        ("fax", Answerer.FAX),
        ("unknown", Answerer.UNKNOWN),
        ("", Answerer.UNKNOWN),
        (None, Answerer.UNKNOWN),
    ],
)
def test_who_picked_up(caplog, word, who):
    assert answerer(word) == who
    assert caplog.text == ""


def test_an_unknown_answerer_is_unknown_and_is_logged(caplog):
    assert answerer("parrot") == Answerer.UNKNOWN
    assert "parrot" in caplog.text
