"""The vendor's REST API (2010-04-01) for calls and recordings. Flask routes only."""

import hmac
from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

from flask import Blueprint, Flask, Response, current_app, jsonify, request, send_file

from exchange import errors, orders, resources
from exchange.calls import API_VERSION, Call, Order, Recording, Status
from exchange.cast import national
from exchange.equipment import Equipment
from exchange.errors import RestError
from exchange.faults import OnCreate
from exchange.moments import matches

_LARGEST_PAGE = 1000
_ACCOUNT = f"/{API_VERSION}/Accounts/<account>"
_MEDIA_ASKED = "media asked for"

bp = Blueprint("vendor", __name__)


class Switchboard(Protocol):
    """What the API needs of the exchange behind it."""

    equipment: Equipment

    def calls(self) -> list[Call]:
        """Every call, oldest first."""
        ...

    def recordings(self) -> list[Recording]:
        """Every recording that is kept."""
        ...

    def idle(self) -> bool:
        """Whether nothing is under way."""
        ...

    def next_fault(self) -> OnCreate:
        """What happens to the order that has just come in."""
        ...

    def place(self, order: Order) -> Call:
        """Take an order."""
        ...

    def stop(self, call: Call, status: Status) -> Call:
        """End a call."""
        ...


def create_app(exchange: Switchboard) -> Flask:
    """The WSGI application of one exchange."""
    app = Flask(__name__, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["exchange"] = exchange
    app.extensions[_MEDIA_ASKED] = Counter[str]()
    app.register_blueprint(bp)
    app.register_error_handler(RestError, _refused)
    app.register_error_handler(404, lambda _: _refused(errors.not_found(request.path)))
    app.register_error_handler(405, lambda _: _refused(RestError(405, 20004, "Method not allowed")))
    return app


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the exchange is there, for whoever waits for it."""
    return jsonify(ok=True, calls=len(_exchange().calls()), idle=_exchange().idle())


@bp.before_request
def authenticate() -> None:
    """HTTP Basic: the account's sid and token. Raises RestError 20003."""
    if request.endpoint == "vendor.healthz":
        return
    works, given = _exchange().equipment, request.authorization
    user, password = (given.username or "", given.password or "") if given else ("", "")
    known = hmac.compare_digest(user.encode(), works.account_sid.encode())
    if not (hmac.compare_digest(password.encode(), works.auth_token.encode()) and known):
        raise errors.authenticate()
    if (request.view_args or {}).get("account", works.account_sid) != works.account_sid:
        raise errors.not_found(request.path)


@bp.post(f"{_ACCOUNT}/Calls.json")
def create_call(account: str) -> tuple[Response, int]:
    """Order a call."""
    fault = _exchange().next_fault()
    if fault is OnCreate.TOO_MANY:
        raise errors.too_many()
    if fault is OnCreate.BROKEN:
        raise errors.internal()
    call = _exchange().place(orders.read(request.form.to_dict(flat=False)))
    if fault is OnCreate.LOST:
        _keep_waiting()
    if fault in {OnCreate.LOST, OnCreate.BROKEN_BUT_PLACED}:
        raise errors.internal()
    return jsonify(resources.call_json(account, call)), 201


@bp.get(f"{_ACCOUNT}/Calls.json")
def list_calls(account: str) -> Response:
    """Calls, newest first, by To, From, Status, StartTime and EndTime."""
    calls = [call for call in reversed(_exchange().calls()) if _wanted(call)]
    return jsonify(_page().of("calls", [resources.call_json(account, call) for call in calls]))


@bp.get(f"{_ACCOUNT}/Calls/<sid>.json")
def fetch_call(account: str, sid: str) -> Response:
    """One call."""
    return jsonify(resources.call_json(account, _call(sid)))


@bp.post(f"{_ACCOUNT}/Calls/<sid>.json")
def update_call(account: str, sid: str) -> Response:
    """End a call: Status canceled (before the answer) or completed."""
    call, status = _call(sid), request.form.get("Status", "")
    if status not in {Status.CANCELED, Status.COMPLETED}:
        raise errors.invalid("Status", status or "(none); this exchange changes nothing else")
    late = status == Status.CANCELED and call.status is Status.IN_PROGRESS
    if call.status.final or late:
        raise RestError(400, 21220, f"Call is {call.status.value}. Cannot end it as {status}.")
    return jsonify(resources.call_json(account, _exchange().stop(call, Status(status))))


@bp.get(f"{_ACCOUNT}/Calls/<sid>/Recordings.json")
def list_recordings_of_call(account: str, sid: str) -> Response:
    """The recordings of one call."""
    kept = [one for one in _recordings() if one.call_sid == _call(sid).sid]
    now = _exchange().equipment.clock.now()
    shown = [resources.call_recording_json(account, one, now) for one in kept]
    return jsonify(_page().of("recordings", shown))


@bp.get(f"{_ACCOUNT}/Recordings.json")
def list_recordings(account: str) -> Response:
    """Every recording, newest first, by CallSid and DateCreated."""
    call_sid = request.args.get("CallSid", "")
    kept = [
        one
        for one in _recordings()
        if call_sid in {"", one.call_sid} and matches(request.args, "DateCreated", one.started)
    ]
    return jsonify(_page().of("recordings", [_recording_json(account, one) for one in kept]))


@bp.get(f"{_ACCOUNT}/Recordings/<sid>.json")
def fetch_recording(account: str, sid: str) -> Response:
    """What is known of one recording."""
    return jsonify(_recording_json(account, _recording(sid)))


@bp.delete(f"{_ACCOUNT}/Recordings/<sid>.json")
@bp.delete(f"{_ACCOUNT}/Recordings/<sid>")
def delete_recording(account: str, sid: str) -> tuple[str, int]:
    """Delete one recording and its media."""
    _exchange().equipment.book.delete_recording(_recording(sid).sid)
    return "", 204


@bp.get(f"{_ACCOUNT}/Recordings/<sid>.wav")
@bp.get(f"{_ACCOUNT}/Recordings/<sid>")
def media(account: str, sid: str) -> Response:
    """The sound of one recording; 404 until it is ready."""
    recording, works = _recording(sid), _exchange().equipment
    asked: Counter[str] = current_app.extensions[_MEDIA_ASKED]
    asked[sid] += 1
    if works.clock.now() < recording.ready or asked[sid] <= works.faults.media_missing:
        raise errors.not_found(request.path)
    return send_file(works.book.media(recording.sid).resolve(), mimetype="audio/x-wav")


def _exchange() -> Switchboard:
    exchange: Switchboard = current_app.extensions["exchange"]
    return exchange


def _refused(error: RestError) -> tuple[Response, int]:
    return jsonify(error.body()), error.status


def _keep_waiting() -> None:
    """Let the caller's patience run out; in real time, for nobody here may sleep on the clock."""
    works = _exchange().equipment
    works.closing.wait(works.faults.lost_answer_s)


def _call(sid: str) -> Call:
    call = _exchange().equipment.book.call(sid)
    if call is None:
        raise errors.not_found(request.path)
    return call


def _recording(sid: str) -> Recording:
    recording = _exchange().equipment.book.recording(sid)
    if recording is None:
        raise errors.not_found(request.path)
    return recording


def _recordings() -> Iterable[Recording]:
    return reversed(_exchange().recordings())


def _recording_json(account: str, recording: Recording) -> dict[str, Any]:
    works = _exchange().equipment
    return resources.recording_json(account, recording, works.clock.now(), works.api)


def _wanted(call: Call) -> bool:
    order, asked = call.order, request.args
    return (
        _same_number(asked.get("To", ""), order.to)
        and _same_number(asked.get("From", ""), order.from_)
        and asked.get("Status", "") in {"", call.status.value}
        and matches(asked, "StartTime", call.started or call.starts)
        and matches(asked, "EndTime", call.ended)
    )


def _same_number(asked: str, number: str) -> bool:
    # A plus that was not escaped comes as a space.
    return not asked or national(asked.replace(" ", "+", 1)) == national(number)


def _page() -> resources.Page:
    filters = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name not in {"Page", "PageSize", "PageToken"}
    ]
    size = min(max(_whole("PageSize", 50), 1), _LARGEST_PAGE)
    return resources.Page(request.path, filters, _whole("Page", 0), size)


def _whole(name: str, default: int) -> int:
    word = request.args.get(name, "") or str(default)
    if not word.isdecimal():
        raise errors.invalid(name, word)
    return int(word)
