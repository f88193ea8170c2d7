"""The line of a run with killed workers, the same in every process: settings for an exchange next
door, a fast clock, and retries that come within minutes."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from huifang import wiring
from huifang.clock import CHINA
from huifang.settings import Settings
from ivr.twilio.client import TwilioPhone
from operations.line import Line
from scheduler.pacing import Limits
from scripts.outcomes import Cause
from scripts.rulebooks import Rulebook
from tests.killed.clock import FastClock

ACCOUNT, TOKEN, CALLER = "AC" + "0" * 32, "killed", "+861090000000"
#: Real seconds: the longest that an order may take, and how long a lease is seen unchanged before
#: another worker takes it over. The second must be longer, as in production.
PATIENCE_S, LEASE_S = 4.0, 9.0
#: Minutes after which somebody who was busy or not there is rung again.
AGAIN_MIN = 3


@dataclass(frozen=True)
class Parts:
    """Where everything is. Passed to a worker's process as JSON."""

    folder: str
    database_url: str
    exchange_port: int
    web_port: int
    began: float
    speed: float
    lines: int

    @property
    def clock(self) -> FastClock:
        """The clock of all processes."""
        return FastClock(self.began, self.speed)

    def as_json(self) -> str:
        """For the command line."""
        return json.dumps(asdict(self))

    @property
    def settings(self) -> Settings:
        """Of a line whose carrier is the exchange."""
        return Settings(
            home=Path(self.folder),
            database_url=self.database_url,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=SecretStr(TOKEN),
            twilio_base_url=f"http://127.0.0.1:{self.exchange_port}",
            caller=CALLER,
            public_url=f"http://127.0.0.1:{self.web_port}",
        )


@contextmanager
def line_of(parts: Parts) -> Iterator[Line]:
    """The line on these parts."""
    clock = parts.clock
    phone = TwilioPhone(
        ACCOUNT,
        TOKEN,
        CALLER,
        f"http://127.0.0.1:{parts.web_port}",
        base_url=f"http://127.0.0.1:{parts.exchange_port}",
        timeout_s=PATIENCE_S,
    )
    with closing(phone):
        line = wiring.make_line(
            parts.settings, now=lambda: clock.now().astimezone(CHINA), phone=phone
        )
        with closing(line.database):
            yield replace(
                line,
                rulebook=_impatient(line.rulebook),
                lease_s=round(LEASE_S * parts.speed),
                limits=Limits(calls_at_once=parts.lines),
                steady=clock.steady,
            )


def _impatient(rulebook: Rulebook) -> Rulebook:
    soon = {
        cause: replace(rulebook.retries[cause], after_min=AGAIN_MIN)
        for cause in (Cause.BUSY, Cause.NO_ANSWER)
    }
    calling = replace(rulebook.calling, gap_min=1)
    return replace(rulebook, calling=calling, retries={**rulebook.retries, **soon})
