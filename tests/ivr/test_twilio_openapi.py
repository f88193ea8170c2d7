"""Every kind of request that our client sends, against the vendor's official description."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from openapi_core.datatypes import RequestParameters
from openapi_core.validation.request.exceptions import InvalidRequestBody
from werkzeug.datastructures import Headers, ImmutableMultiDict

from ivr.phone import Dial

TO = "+8613900001234"


class Sent:
    """A recorded request, as the validator wants to see it."""

    host_url = "https://api.twilio.com"

    def __init__(self, recorded):
        method, target, self.body, headers = recorded
        parts = urlsplit(target)
        self.method, self.path = method.lower(), parts.path
        self.content_type = headers.get("Content-Type", "")
        query = ImmutableMultiDict(parse_qsl(parts.query))
        self.parameters = RequestParameters(query=query, header=Headers(headers))


@pytest.fixture
def sent(carrier, phone):
    """One request of every kind."""
    vendor_id = phone.place(Dial("call-7", TO))
    list(phone.placed_to(TO, datetime(2026, 11, 21, tzinfo=UTC)))
    phone.hang_up(vendor_id)
    return [Sent(recorded) for recorded in carrier.requests]


def test_the_vendor_understands_every_request(vendor_openapi, sent):
    assert [(s.method, s.path.rpartition("/")[2][:2]) for s in sent] == [
        ("post", "Ca"),
        ("get", "Ca"),
        ("post", "CA"),
    ]
    for request in sent:
        vendor_openapi.validate_request(request)


def test_every_parameter_is_one_that_the_vendor_has(vendor_openapi, sent):
    account = "/2010-04-01/Accounts/{AccountSid}"
    paths = vendor_openapi.spec / "paths"
    for request, path in zip(sent, ("Calls.json", "Calls.json", "Calls/{Sid}.json"), strict=True):
        where = paths / f"{account}/{path}" / request.method
        if request.method == "get":
            known = {parameter["name"] for parameter in (where / "parameters").read_value()}
            names = set(request.parameters.query)
        else:
            content = where / "requestBody" / "content" / "application/x-www-form-urlencoded"
            known = (content / "schema" / "properties").read_value().keys()
            names = set(dict(parse_qsl(request.body.decode())))
        assert names
        assert names <= set(known)


def test_the_check_can_fail(vendor_openapi, sent):
    sent[0].body = sent[0].body.replace(b"Method=POST", b"Method=PAINT")
    with pytest.raises(InvalidRequestBody):
        vendor_openapi.validate_request(sent[0])
