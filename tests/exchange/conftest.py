"""A small application on a real port, an exchange on a virtual clock, and short words for both."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from werkzeug.serving import make_server

from exchange import Call, Cast, Exchange, Faults, VirtualClock, Voices, load_cast
from exchange.faults import NO_FAULTS

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "a secret of the tests"
START = datetime(2026, 11, 18, 10, 0, tzinfo=timezone(timedelta(hours=8)))
FROM = "+85230000000"
AUTH = (ACCOUNT, TOKEN)

Form = dict[str, str]
Page = str | tuple[str | bytes, int, str]


@dataclass(frozen=True)
class Asked:
    """One request that the application got."""

    method: str
    path: str
    query: str
    form: Form
    headers: Mapping[str, str]
    body: str
    at: datetime | None = None


@dataclass
class Application:
    """The other side of the exchange: pages by path, and everything that was asked."""

    pages: dict[str, Page | Callable[[Asked], Page]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    clock: VirtualClock | None = None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        form = {name: values[0] for name, values in parse_qs(body, True).items()}
        asked = Asked(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            form,
            {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")},
            body,
            self.clock.now() if self.clock else None,
        )
        self.asked.append(asked)
        page = self.pages.get(asked.path, "<Response/>")
        answer = page(asked) if callable(page) else page
        text, status, kind = answer if isinstance(answer, tuple) else (answer, 200, "text/xml")
        start(f"{status} -", [("Content-Type", kind)])
        return [text if isinstance(text, bytes) else text.encode()]

    def at(self, path: str) -> list[Asked]:
        """The requests to one path."""
        return [asked for asked in self.asked if asked.path == path]

    def paths(self) -> list[str]:
        """Every path asked for, in order."""
        return [asked.path for asked in self.asked]

    def statuses(self) -> list[str]:
        """What the status callbacks told, in the order they came."""
        return [asked.form["CallStatus"] for asked in self.at("/status")]


@contextmanager
def served(application: Callable[..., Any]) -> Iterator[str]:
    """A WSGI application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(START)


@pytest.fixture
def application(clock: VirtualClock) -> Iterator[Application]:
    """A running application with no pages."""
    application = Application(clock=clock)
    with served(application) as application.url:
        yield application


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Voices:
    """The shipped clips only: the tests do not depend on what else is installed."""
    return Voices(tmp_path_factory.mktemp("voices"), synthesise=False)


@dataclass
class Rig:
    """An exchange, its application and its clock."""

    exchange: Exchange
    application: Application
    clock: VirtualClock

    def order(self, to: str = "+8613900000001", **fields: str | list[str]) -> Any:
        """Place a call over the REST API; the answer of Flask's test client."""
        form: dict[str, Any] = {"To": to, "From": FROM, "Url": f"{self.application.url}/start"}
        form |= fields
        return self.exchange.app.test_client().post(
            f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json",
            data={name: value for name, value in form.items() if value is not None},
            auth=AUTH,
        )

    def call(self, to: str = "+8613900000001", **fields: str | list[str]) -> Call:
        """Place a call and wait for its end, and for its callbacks."""
        answer = self.order(to, **fields)
        assert answer.status_code == 201, answer.json
        self.settle()
        found = self.exchange.equipment.book.call(answer.json["sid"])
        assert found is not None
        return found

    def get(self, path: str, **query: Any) -> Any:
        """Ask the REST API for something below the account."""
        where = f"/2010-04-01/Accounts/{ACCOUNT}/{path}"
        client = self.exchange.app.test_client()
        return client.get(where, query_string=query, auth=AUTH, buffered=True)

    def says(self, path: str, *verbs: str) -> None:
        """Let the application answer a path with documents of these verbs, one after the other;
        the last one repeats."""
        left = list(verbs)
        self.application.pages[path] = lambda _: document(left.pop(0) if left[1:] else left[0])

    def settle(self) -> None:
        """Wait until nothing is under way."""
        wait_for(self.exchange.idle)


def wait_for(what: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait in real time for other threads to get somewhere."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "the exchange did not come to rest"
        threading.Event().wait(0.002)


@pytest.fixture
def cast_of(tmp_path: Path, voices: Voices) -> Callable[[str], Cast]:
    """A cast out of YAML text."""

    def made(text: str) -> Cast:
        file = tmp_path / "cast.yaml"
        file.write_text(text, encoding="utf-8")
        return load_cast(file, voices)

    return made


@pytest.fixture
def rig(
    tmp_path: Path,
    application: Application,
    clock: VirtualClock,
    voices: Voices,
    cast_of: Callable[[str], Cast],
) -> Iterator[Callable[..., Rig]]:
    """Makes an exchange for a cast in YAML; closes it at the end."""
    made: list[Exchange] = []

    def build(cast: str = "callees: {}", faults: Faults = NO_FAULTS, **settings: Any) -> Rig:
        its_clock = settings.pop("clock", clock)
        exchange = Exchange(
            tmp_path / settings.pop("folder", "exchange"),
            cast_of(cast),
            its_clock,
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            faults=faults,
            voices=voices,
            **settings,
        )
        made.append(exchange)
        return Rig(exchange, application, its_clock)

    yield build
    for exchange in made:
        exchange.close()


def document(verbs: str) -> str:
    """A TwiML document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>'


def gather(question: str, prompt: str = "请问您清楚吗", **attributes: str) -> str:
    """A speech Gather as our own application writes it."""
    given = {
        "input": "speech dtmf",
        "language": "cmn-Hans-CN",
        "speechTimeout": "auto",
        "action": f"/answer?question={question}&amp;turn=0",
        **attributes,
    }
    written = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f'<Gather {written}><Say language="cmn-CN">{prompt}</Say></Gather>'


@pytest.fixture(name="gather")
def _gather() -> Callable[..., str]:
    return gather


@pytest.fixture
def serve() -> Callable[..., Any]:
    """Serves a WSGI application on a free port."""
    return served


@pytest.fixture(name="wait_for")
def _wait_for() -> Callable[..., None]:
    return wait_for


@pytest.fixture(autouse=True)
def _quiet_server(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", logger="werkzeug")
