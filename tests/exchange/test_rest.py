"""The REST API against the vendor's own OpenAPI description, both ways, and its refusals."""

from datetime import timedelta

import pytest
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from exchange import Status

ME = 'callees: {"13900000001": {answers: {"*": {says: 是的}}}}'


@pytest.fixture
def me(rig):
    rig = rig(ME)
    rig.says("/start", '<Pause length="5"/>')
    return rig


@pytest.fixture
def vendor(me, vendor_openapi):
    """Sends a request and checks it and its answer against the description."""

    def send(method, path, form=None, **query):
        account = me.exchange.equipment.account_sid
        builder = EnvironBuilder(
            f"/2010-04-01/Accounts/{account}/{path}",
            "https://api.twilio.com",
            method=method,
            data=form,
            query_string=query,
            auth=(account, me.exchange.equipment.auth_token),
        )
        request = Request(builder.get_environ())
        checked = WerkzeugOpenAPIRequest(request)
        vendor_openapi.validate_request(checked)
        answer = me.exchange.app.test_client().open(builder.get_request())
        response = Response(answer.data, answer.status_code, content_type=answer.content_type)
        vendor_openapi.validate_response(checked, WerkzeugOpenAPIResponse(response))
        return answer

    return send


def _order(me, **more):
    return {
        "To": "+8613900000001",
        "From": "+85230000000",
        "Url": f"{me.application.url}/start",
        **more,
    }


def test_create(me, vendor):
    answer = vendor(
        "POST",
        "Calls.json",
        _order(
            me,
            Method="POST",
            StatusCallback=f"{me.application.url}/status",
            StatusCallbackEvent=["initiated", "ringing", "answered", "completed"],
            Record="true",
            RecordingChannels="dual",
            RecordingStatusCallback=f"{me.application.url}/recording",
            RecordingStatusCallbackEvent=["completed", "absent"],
            MachineDetection="DetectMessageEnd",
            MachineDetectionTimeout="20",
            Timeout="45",
        ),
    )
    assert answer.status_code == 201
    me.settle()
    order = me.exchange.calls()[0].order
    assert order.record
    assert order.channels == 2
    assert order.machine_detection == "DetectMessageEnd"
    assert (order.timeout, order.machine_detection_timeout) == (45, 20)
    assert order.status.events == ("initiated", "ringing", "answered", "completed")
    assert order.recording.events == ("completed", "absent")


def test_fetch_follows_the_call(me, vendor):
    with me.clock.taking_part():
        sid = vendor("POST", "Calls.json", _order(me)).json["sid"]
        seen = [vendor("GET", f"Calls/{sid}.json").json["status"]]
        for _ in range(20):
            me.clock.sleep(1)
            seen.append(vendor("GET", f"Calls/{sid}.json").json["status"])
    assert list(dict.fromkeys(seen)) == ["queued", "ringing", "in-progress", "completed"]
    call = vendor("GET", f"Calls/{sid}.json").json
    assert call["duration"] == "5"
    assert call["start_time"] == "Wed, 18 Nov 2026 02:00:00 +0000"
    assert call["direction"] == "outbound-api"
    assert call["end_time"] > call["start_time"]


def test_list_filters_and_pages(me, vendor):
    for number in ("+8613900000001", "+8613900000002", "+8613900000001"):
        me.call(number)
        with me.clock.taking_part():
            me.clock.sleep(3600)
    first, second, third = me.exchange.calls()

    def sids(**query):
        return [call["sid"] for call in vendor("GET", "Calls.json", **query).json["calls"]]

    assert sids() == [third.sid, second.sid, first.sid]
    assert sids(To="+8613900000001") == [third.sid, first.sid]
    assert sids(To="+8613900000009") == []
    assert sids(From=first.order.from_, Status="no-answer") == [second.sid]
    after = (first.started + timedelta(minutes=5)).isoformat()
    assert sids(**{"StartTime>": after}) == [third.sid, second.sid]
    assert sids(**{"StartTime<": after}) == [first.sid]
    assert sids(StartTime="2026-11-18T00:00:00Z") == [third.sid, second.sid, first.sid]
    assert sids(StartTime="2026-11-17T00:00:00Z") == []
    page = vendor("GET", "Calls.json", PageSize=2).json
    assert (page["start"], page["end"], page["page_size"]) == (0, 1, 2)
    rest = me.exchange.app.test_client().get(
        page["next_page_uri"],
        auth=(me.exchange.equipment.account_sid, me.exchange.equipment.auth_token),
    )
    assert [call["sid"] for call in rest.json["calls"]] == [first.sid]
    assert rest.json["next_page_uri"] is None


def test_the_vendors_client_pages_through_the_list(me, serve):
    from twilio.rest import Client

    for _ in range(3):
        me.call()
    client = Client(me.exchange.equipment.account_sid, me.exchange.equipment.auth_token)
    with serve(me.exchange.app) as client.api.base_url:
        found = client.calls.list(to="+8613900000001", page_size=2)
        placed = client.calls.create(
            to="+8613900000001", from_="+85230000000", url=f"{me.application.url}/start"
        )
        assert client.calls(placed.sid).fetch().sid == placed.sid
    assert len(found) == 3
    assert found[0].start_time > found[-1].start_time
    me.settle()


def test_end_a_call(me, vendor):
    with me.clock.taking_part():
        sid = vendor("POST", "Calls.json", _order(me)).json["sid"]
        me.clock.sleep(2)
        answer = vendor("POST", f"Calls/{sid}.json", {"Status": "completed"})
        assert answer.status_code == 200
    me.settle()
    assert me.exchange.equipment.book.call(sid).status is Status.CANCELED


def test_recordings(me, vendor):
    with me.clock.taking_part():
        me.order(Record="true", RecordingChannels="dual")
        while not me.exchange.calls()[0].status.final:
            me.clock.sleep(0.5)
        _check_recordings(me, vendor)


def _check_recordings(me, vendor):
    (call,) = me.exchange.calls()
    (entry,) = vendor("GET", "Recordings.json", CallSid=call.sid).json["recordings"]
    (of_call,) = vendor("GET", f"Calls/{call.sid}/Recordings.json").json["recordings"]
    assert of_call["sid"] == entry["sid"]
    assert entry["channels"] == 2
    assert (entry["status"], entry["duration"]) == ("processing", "-1")
    assert me.get(f"Recordings/{entry['sid']}.wav").json["code"] == 20404
    me.clock.sleep(2)
    fetched = vendor("GET", f"Recordings/{entry['sid']}.json").json
    assert (fetched["status"], fetched["duration"]) == ("completed", "5")
    assert me.get(f"Recordings/{entry['sid']}.wav").data[:4] == b"RIFF"
    assert vendor("DELETE", f"Recordings/{entry['sid']}.json").status_code == 204
    assert me.get(f"Recordings/{entry['sid']}.wav").status_code == 404
    assert me.get(f"Recordings/{entry['sid']}.json").json["code"] == 20404
    assert vendor("GET", "Recordings.json").json["recordings"] == []


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"To": None}, 400, 21201),
        ({"To": "nobody"}, 400, 21211),
        ({"To": "+86139000000011111"}, 400, 21211),
        ({"From": None}, 400, 21213),
        ({"From": "me"}, 400, 21212),
        ({"Url": None}, 400, 21205),
        ({"Url": "ftp://x/y"}, 400, 21205),
        ({"StatusCallback": "somewhere"}, 400, 21609),
        ({"StatusCallbackEvent": "picked-up"}, 400, 20001),
        ({"MachineDetection": "yes"}, 400, 20001),
        ({"MachineDetectionTimeout": "90"}, 400, 20001),
        ({"Timeout": "soon"}, 400, 20001),
        ({"Timeout": "601"}, 400, 20001),
        ({"Record": "maybe"}, 400, 20001),
        ({"Twiml": "<Response>" + "x" * 4000}, 400, 21205),
    ],
)
def test_refusals(me, fields, status, code):
    answer = me.order(**fields)
    assert answer.status_code == status
    assert answer.json["code"] == code
    assert answer.json["status"] == status
    assert answer.json["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert answer.json["message"]
    assert me.exchange.calls() == []


@pytest.mark.parametrize("auth", [None, ("AC" + "0" * 32, "x"), ("", "")])
def test_credentials_are_checked(me, auth):
    client = me.exchange.app.test_client()
    account = me.exchange.equipment.account_sid
    answer = client.get(f"/2010-04-01/Accounts/{account}/Calls.json", auth=auth)
    assert (answer.status_code, answer.json["code"]) == (401, 20003)


@pytest.mark.parametrize(
    "path", ["Calls/CA0.json", "Recordings/RE0.json", "Recordings/RE0.wav", "X"]
)
def test_what_is_not_there(me, path):
    answer = me.get(path)
    assert (answer.status_code, answer.json["code"]) == (404, 20404)


def test_another_account_is_not_there(me):
    client = me.exchange.app.test_client()
    auth = (me.exchange.equipment.account_sid, me.exchange.equipment.auth_token)
    answer = client.get(f"/2010-04-01/Accounts/AC{'0' * 32}/Calls.json", auth=auth)
    assert answer.json["code"] == 20404


@pytest.mark.parametrize("query", [{"PageSize": "many"}, {"StartTime": "yesterday"}])
def test_a_query_that_cannot_be(me, query):
    me.call()
    answer = me.get("Calls.json", **query)
    assert (answer.status_code, answer.json["code"]) == (400, 20001)


def test_only_ending_can_be_changed(me):
    call = me.call()
    account = me.exchange.equipment.account_sid
    answer = me.exchange.app.test_client().post(
        f"/2010-04-01/Accounts/{account}/Calls/{call.sid}.json",
        data={"Url": "http://x/"},
        auth=(account, me.exchange.equipment.auth_token),
    )
    assert answer.json["code"] == 20001


def test_health_needs_no_credentials(me):
    assert me.exchange.app.test_client().get("/healthz").json["ok"]
