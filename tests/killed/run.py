"""Two workers on one database ring a list through the exchange, over real HTTP, and one of them is
killed by SIGKILL again and again. What came of it is counted by the exchange's own books.

The exchange and the webhooks run in this process, each worker in its own. All of them share a fast
clock (tests.killed.clock): nothing waits for anything, as on several machines. Calls take seconds
instead of minutes, and a lease is as much shorter, but longer than an order may take.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from exchange import Cast, Exchange, Voices, load_cast
from exchange.calls import Call as Rung
from huifang import wiring
from huifang.servers import free_port, serving
from operations.import_policies import import_policies
from operations.line import Line
from store import attempts
from store.tables import Attempt, Call, Policy
from tests.killed import people
from tests.killed.parts import ACCOUNT, TOKEN, Parts, line_of
from web.app import create_app
from web.phone import blueprint

#: Real seconds in which a worker must have started, and the whole run must have ended.
START_S, LONGEST_S = 60.0, 1800.0


@dataclass(frozen=True)
class Count:
    """What a run came to. ``calls`` are those of the exchange. The lists are empty when all is
    well: numbers that were rung twice at once, attempts with a second call, calls that only one
    side knows, and policies that did not come to what their holder does."""

    calls: int
    kills: int
    seconds: float
    twice_at_once: Sequence[str]
    second_calls: Sequence[str]
    unknown: Sequence[str]
    lost: Sequence[str]

    @property
    def well(self) -> bool:
        """Nobody called twice, nobody lost."""
        return not (self.twice_at_once or self.second_calls or self.unknown or self.lost)


@dataclass
class Worker:
    """A worker's process, which is started again whenever it was killed."""

    parts: Parts
    process: "subprocess.Popen[str]" = field(init=False)

    def start(self) -> None:
        """Start it and wait until it works."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed.worker", self.parts.as_json()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "working\n", "a worker did not start"

    def kill(self) -> None:
        """As the machine's power would."""
        self.process.kill()
        self._clear()

    def end(self) -> None:
        """Politely."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self._clear()

    def _clear(self) -> None:
        self.process.wait(timeout=START_S)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


def play(
    folder: Path,
    policies: int,
    kills: int,
    *,
    seed: int,
    database_url: str | None = None,
    speed: float = 20,
    lines: int = 12,
) -> Count:
    """Ring so many policies with two workers, killing one of the two so many times at moments that
    the seed draws, and count."""
    began = time.monotonic()
    parts = Parts(
        folder=str(folder),
        database_url=database_url or f"sqlite:///{folder / 'huifang.db'}",
        exchange_port=free_port(),
        web_port=free_port(),
        began=time.time(),
        speed=speed,
        lines=lines,
    )
    with staged(parts, policies) as (line, exchange):
        done = _work(line, exchange, parts, kills, random.Random(seed))
        return count(line, exchange, policies, done, time.monotonic() - began)


@contextmanager
def staged(parts: Parts, policies: int) -> Iterator[tuple[Line, Exchange]]:
    """The exchange and the webhooks, and the list imported."""
    folder = Path(parts.folder)
    listed, cast = people.write(folder, policies)
    voices = Voices(folder / "voices", synthesise=False)
    with ExitStack() as running:
        line = running.enter_context(line_of(parts))
        import_policies(line, listed)
        exchange = _exchange(parts, load_cast(cast, voices), voices)
        carrier = wiring.webhooks(parts.settings)
        app = create_app(line, secret=TOKEN, phone=blueprint(line, carrier))
        running.enter_context(serving(exchange.app, "127.0.0.1", parts.exchange_port, threads=16))
        running.enter_context(serving(app, "127.0.0.1", parts.web_port, threads=16))
        yield line, exchange
        exchange.close()


def _exchange(parts: Parts, cast: Cast, voices: Voices) -> Exchange:
    return Exchange(
        Path(parts.folder) / "exchange",
        cast,
        parts.clock,
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        calls_per_second=1000,
        voices=voices,
        api=f"http://127.0.0.1:{parts.exchange_port}",
    )


def _work(line: Line, exchange: Exchange, parts: Parts, kills: int, draw: random.Random) -> int:
    """Two workers until nobody is left to be rung. Returns how many kills there were."""
    workers, done = [Worker(parts), Worker(parts)], 0
    for worker in workers:
        worker.start()
    until = time.monotonic() + LONGEST_S
    while not _over(line, exchange):
        assert time.monotonic() < until, "the run does not end; see the log"
        time.sleep(draw.uniform(0.05, 2.0))
        if done < kills:
            victim = draw.choice(workers)
            victim.kill()
            done += 1
            victim.start()
    for worker in workers:
        worker.end()
    return done


def _over(line: Line, exchange: Exchange) -> bool:
    with line.database.reading() as session:
        left = session.scalars(select(Policy.id).where(Policy.revisit == "open").limit(1)).first()
        return left is None and not attempts.unfinished(session) and exchange.idle()


def count(line: Line, exchange: Exchange, policies: int, kills: int, seconds: float) -> Count:
    """By the exchange's books, against what is stored and what the people do."""
    rung = exchange.calls()
    with line.database.reading() as session:
        stored = {one.vendor_id: one.token for one in session.scalars(select(Call))}
        closed = session.execute(select(Policy.phone, Policy.closed_because))
        ends = {row.phone: row.closed_because for row in closed}
        left = session.scalars(select(Attempt.id).where(Attempt.ended_at.is_(None))).all()
    tokens = Counter(_token(one) for one in rung)
    known = {one.sid for one in rung}
    return Count(
        calls=len(rung),
        kills=kills,
        seconds=seconds,
        twice_at_once=overlapping(rung),
        second_calls=[token for token, times in tokens.items() if times > 1],
        unknown=sorted({str(one) for one in stored if one not in known} | (known - set(stored))),
        lost=[*lost_ones(rung, ends, policies), *(f"attempt {one} has no end" for one in left)],
    )


def _token(call: Rung) -> str:
    """Ours: it stands in the address of every webhook."""
    return urlsplit(call.order.hook.url).path.split("/")[2]


def overlapping(rung: Sequence[Rung]) -> list[str]:
    """Numbers with a call that was ordered before the last one had ended."""
    found = list[str]()
    last: dict[str, datetime | None] = {}
    for call in sorted(rung, key=lambda one: one.created):
        number = call.order.to
        if number in last:
            ended = last[number]
            if ended is None or call.created < ended:
                found.append(number)
        last[number] = call.ended
    return found


def lost_ones(
    rung: Sequence[Rung], ends: Mapping[str | None, str | None], policies: int
) -> list[str]:
    """Policies that did not get the calls, or the end, that their holder makes."""
    calls = Counter(one.order.to for one in rung)
    return [
        f"{who.phone}: {calls[who.phone]} calls, {ends.get(who.phone)}"
        for who in people.everybody(policies)
        if (calls[who.phone], ends.get(who.phone)) != (who.calls, who.end)
    ]
