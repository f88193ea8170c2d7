"""One demonstration from beginning to end: servers up, list imported, everybody rung, results."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from pathlib import Path

import httpx
from pydantic import SecretStr

from exchange import Cast, Exchange, VirtualClock, Voices, latest_time, load_cast
from huifang import wiring
from huifang.clock import CHINA
from huifang.clock import now as real_now
from huifang.demo import place as places
from huifang.demo.people import let_in
from huifang.demo.results import Results, collect
from huifang.demo.run import Progress, ring_everybody
from huifang.servers import serving
from huifang.settings import Settings
from huifang.timetable import known_jobs
from operations.import_policies import Imported, import_policies
from operations.line import Line
from recordings.engines import Choice
from scheduler.hours import CallingHours, next_opening
from web.app import create_app
from web.phone import blueprint

#: The fabricated list speaks of policies of mid-November 2026, so its clock starts there.
STARTS = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)
#: Nobody outside this machine ever sees these: both sides of the line are ours.
MOST_LINES = 100
ACCOUNT, TOKEN, CALLER, DESK = "AC" + "0" * 32, "demonstration", "+861090000000", "+861090000001"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is rung, who answers, and when it begins (None: the list's own time or now)."""

    policies: Path = places.POLICIES
    cast: Path = places.CAST
    at: datetime | None = None

    @property
    def starts(self) -> datetime:
        """When the exchange's clock begins, inside the calling hours."""
        own = STARTS if self.policies == places.POLICIES else real_now()
        moment = self.at or own
        return next_opening(moment, CallingHours()) or moment


@dataclass(frozen=True, slots=True)
class Stage:
    """A demonstration with its servers up and its list imported."""

    line: Line
    exchange: Exchange
    clock: VirtualClock
    cast: Cast
    imported: Imported
    place: places.Place
    began_at: datetime  # on the exchange's clock
    began: float  # on the machine's, in seconds


@contextmanager
def staged(settings: Settings, inputs: Inputs, speech: Choice) -> Iterator[Stage]:
    """Bring up both servers and import the list. Raises the faults of list, cast and script."""
    began = time.monotonic()
    rest = f"{settings.script}:{settings.rulebook}:{speech.name}:{inputs.at}"
    voices = Voices()
    cast = load_cast(inputs.cast, voices)
    with (
        places.taken(settings.home, inputs.policies, inputs.cast, rest, settings.port) as place,
        ExitStack() as running,
    ):
        clock = VirtualClock(latest_time(place.exchange) or inputs.starts)
        exchange = Exchange(
            place.exchange,
            cast,
            clock,
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            calls_per_second=10,
            voices=voices,
            api=f"http://127.0.0.1:{place.exchange_port}",
        )
        line = running.enter_context(demo_line(settings, place, clock, speech))
        imported = import_policies(line, inputs.policies)
        carrier = wiring.webhooks(demo_settings(settings, place))
        app = create_app(
            line,
            secret=TOKEN,
            phone=blueprint(line, carrier),
            timetable=known_jobs(line),
            shown_accounts=let_in(line),
        )
        for each, port in ((exchange.app, place.exchange_port), (app, place.web_port)):
            running.enter_context(serving(each, "127.0.0.1", port))
        exchange.resume()
        yield Stage(line, exchange, clock, cast, imported, place, inputs.starts, began)
        exchange.close()


def play(stage: Stage, watch: Callable[[Progress], None]) -> Results:
    """Ring everybody and collect what came of it."""
    ring_everybody(stage.line, stage.exchange, stage.clock, watch)
    places.finish(stage.place)
    return collect(stage.line, stage.cast, time.monotonic() - stage.began)


def demo_settings(settings: Settings, place: places.Place) -> Settings:
    """The settings of a line whose carrier is the exchange next door."""
    return settings.model_copy(
        update={
            "home": place.folder,
            "database_url": None,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TOKEN),
            "twilio_base_url": f"http://127.0.0.1:{place.exchange_port}",
            "caller": CALLER,
            "transfer_to": DESK,
            "public_url": f"http://127.0.0.1:{place.web_port}",
        }
    )


@contextmanager
def demo_line(
    settings: Settings, place: places.Place, clock: VirtualClock, speech: Choice
) -> Iterator[Line]:
    """The line of a demonstration: everything real but the carrier's other end and the clock."""
    own = demo_settings(settings, place)
    with closing(wiring.twilio_phone(own)) as phone, httpx.Client() as client:
        line = wiring.make_line(
            own,
            now=lambda: clock.now().astimezone(CHINA),
            speech=speech,
            phone=phone,
            fetch=wiring.twilio_media(own, phone, client),
        )
        with closing(line.database):
            # Leases are watched on the exchange's clock too, and all of its lines are ours.
            yield replace(
                line,
                steady=lambda: clock.now().timestamp(),
                limits=replace(line.limits, calls_a_second=inf, calls_at_once=MOST_LINES),
            )
