"""A carrier on this machine that answers as the vendor documents and can be told to misbehave, and
a check of TwiML against the vendor's documentation."""

import json
import re
import socket
import struct
import threading
import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import yaml

from ivr.twilio.client import TwilioPhone

DATA = Path(__file__).parent / "data"
ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a-secret-of-the-tests"
CALLER = "+861000000000"
PUBLIC = "https://huifang.example.cn/line"


class Carrier(ThreadingHTTPServer):
    """Keeps calls in memory. ``next`` holds what the next requests meet instead of an answer:
    ``(status, body)``, "silence" (for ten seconds) or "reset" (breaks off)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str, bytes, dict[str, str]]] = []
        self.calls: list[dict[str, str | None]] = []
        self.next: deque[tuple[int, str] | str] = deque()
        self.answers_lost = 0
        self.over = threading.Event()
        self.now = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def form(self, index: int = -1) -> dict[str, list[str]]:
        return parse_qs(self.requests[index][2].decode())

    def lose_next_answer(self) -> None:
        """Do what the next request asks, then break off instead of answering."""
        self.answers_lost += 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Carrier

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(("POST", self.path, body, dict(self.headers)))
        if not self._misbehave():
            self._post(dict(parse_qsl(body.decode())))

    def do_GET(self) -> None:
        self.server.requests.append(("GET", self.path, b"", dict(self.headers)))
        if not self._misbehave():
            self._get(urlsplit(self.path).path)

    def _get(self, path: str) -> None:
        if path.endswith("/Recordings.json"):
            self._answer(200, json.dumps({"recordings": [], "next_page_uri": None}))
        elif path.endswith("/Calls.json"):
            to = parse_qs(urlsplit(self.path).query).get("To", [""])[0]
            found = [c for c in reversed(self.server.calls) if c["to"] == to]
            self._answer(200, json.dumps({"calls": found, "next_page_uri": None}))
        else:
            sid = path.rpartition("/")[2].removesuffix(".json")
            one = [c for c in self.server.calls if c["sid"] == sid]
            self._answer(200, json.dumps(one[0])) if one else self._refuse(404, 20404)

    def _post(self, form: dict[str, str]) -> None:
        if self.path.endswith("/Calls.json"):
            self._answer(201, json.dumps(self._create(form)))
            return
        sid = self.path.rpartition("/")[2].removesuffix(".json")
        found = [c for c in self.server.calls if c["sid"] == sid]
        if not found:
            self._refuse(404, 20404)
        elif found[0]["status"] in ("completed", "busy", "failed", "no-answer", "canceled"):
            self._refuse(400, 21220)
        else:
            found[0]["status"] = form["Status"]
            self._answer(200, json.dumps(found[0]))

    def _create(self, form: dict[str, str]) -> dict[str, str | None]:
        call = {
            "sid": f"CA{len(self.server.calls) + 1:032x}",
            "to": form["To"],
            "status": "queued",
            "date_created": format_datetime(self.server.now),
            "start_time": None,
        }
        self.server.calls.append(call)
        return call

    def _misbehave(self) -> bool:
        if not self.server.next:
            return False
        match self.server.next.popleft():
            case "silence":
                self.server.over.wait(10)
                return False
            case "reset":
                self._reset()
            case (status, body):
                self._answer(status, body)
        return True

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def _refuse(self, status: int, code: int) -> None:
        body = {"code": code, "message": "as documented", "more_info": "", "status": status}
        self._answer(status, json.dumps(body))

    def _answer(self, status: int, body: str) -> None:
        if self.server.answers_lost:
            self.server.answers_lost -= 1
            self._reset()
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """The vendor's stand-in, listening."""
    server = Carrier()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(carrier: Carrier) -> Iterator[TwilioPhone]:
    """The real client, pointed at the stand-in."""
    phone = TwilioPhone(ACCOUNT, TOKEN, CALLER, PUBLIC, base_url=carrier.url, timeout_s=5)
    yield phone
    phone.close()


@pytest.fixture(scope="session")
def check_twiml() -> Callable[[str], ET.Element]:
    """Parses TwiML and fails on anything that the vendor does not document."""
    table = yaml.safe_load((DATA / "twiml.yaml").read_text("utf-8"))

    def check(element: ET.Element) -> None:
        row = table[element.tag]
        for name, value in element.attrib.items():
            shape = row.get("attributes", {}).get(name)
            assert shape is not None, f"<{element.tag}> has no attribute {name}"
            assert re.fullmatch(shape, value), f"<{element.tag} {name}={value!r}>"
        assert row.get("text") or not (element.text or "").strip(), f"text in <{element.tag}>"
        if element.tag == "Say":
            words = "".join(element.itertext())
            assert words.strip(), "an empty <Say>"
            assert len(words.encode()) <= 3000, "a <Say> too long"
        for child in element:
            assert child.tag in row.get("holds", []), f"<{child.tag}> in <{element.tag}>"
            assert not (child.tail or "").strip()
            check(child)

    def check_document(xml: str) -> ET.Element:
        assert xml.startswith('<?xml version="1.0" encoding="UTF-8"?>')
        assert len(xml.encode()) <= 64_000
        root = ET.fromstring(xml)
        assert root.tag == "Response"
        check(root)
        return root

    return check_document
