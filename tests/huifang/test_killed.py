"""Kill the demonstration at any moment and start it again: no answer is lost, nobody is called more
often than without the kills, and no recording is missing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"
COMMAND = [
    *(
        sys.executable,
        "-c",
        "from huifang.cli import main; main()",
        "demo",
        "--once",
        "--json",
        "--engine",
        "none",
    ),
    *("--policies", str(DATA / "policies.csv"), "--cast", str(DATA / "cast.yaml")),
    *("--at", "2026-11-18T09:30:00"),
]


#: The calls that the carrier knows, each with its number among those of its policy.
RUNG = (
    "WITH rung AS (SELECT *, row_number() OVER (PARTITION BY policy_id ORDER BY id) AS nth"
    " FROM call WHERE vendor_id IS NOT NULL)"
)


@dataclass(frozen=True)
class Run:
    """A home for one demonstration, however often it is started."""

    home: Path
    _watching: list[sqlite3.Connection] = field(default_factory=list)

    def start(self) -> subprocess.Popen[str]:
        """Start it, or let it go on."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("HUIFANG_")}
        return subprocess.Popen(
            COMMAND,
            env={**environment, "HUIFANG_HOME": str(self.home), "HUIFANG_PORT": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self) -> dict[str, Any]:
        """Let it go on to its end; the document that it prints."""
        with self.start() as process:
            out, err = process.communicate(timeout=100)
        assert process.returncode == 0, err
        document: dict[str, Any] = json.loads(out)
        return document

    def kill_at(self, moment: Callable[["Run"], bool]) -> bool:
        """Start it and kill it at this moment. False when it was over before."""
        try:
            return self._kill_at(moment)
        finally:
            while self._watching:
                self._watching.pop().close()

    def _kill_at(self, moment: Callable[["Run"], bool]) -> bool:
        with self.start() as process:
            while True:
                try:
                    process.wait(timeout=0.002)
                except subprocess.TimeoutExpired:
                    if not moment(self):
                        continue
                    process.send_signal(signal.SIGKILL)
                process.communicate()
                return process.returncode == -signal.SIGKILL

    def ask(self, query: str, default: int) -> int:
        """One number from its database; ``default`` while there is none. Asked every other
        millisecond, so the connection is kept until the kill: to open one takes more of the
        processor than to ask, and the process that is watched wants it too."""
        try:
            if not self._watching:
                self._watching.append(self._connected())
            return int(self._watching[0].execute(query).fetchone()[0])
        except (sqlite3.OperationalError, StopIteration):
            return default

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of its database."""
        with closing(self._connected()) as database:
            return database.execute(query).fetchall()

    def _connected(self) -> sqlite3.Connection:
        file = next(self.home.glob("demo/*/huifang.db"))
        return sqlite3.connect(f"file:{file}?mode=ro", uri=True)

    @property
    def attempts(self) -> list[tuple[Any, ...]]:
        """Who was called how often, and how it ended."""
        return self.rows(
            f"{RUNG} SELECT policy.number, nth, rung.outcome FROM rung"
            " JOIN policy ON policy.id = policy_id ORDER BY 1, 2"
        )

    @property
    def never_rang(self) -> int:
        """Calls whose process was killed before the order was out: they were taken back."""
        found = self.rows(
            "SELECT count(*) FROM call WHERE vendor_id IS NULL AND outcome = 'canceled'"
        )
        return int(found[0][0])

    @property
    def answers(self) -> list[tuple[Any, ...]]:
        """Every answer of every call."""
        return self.rows(
            f"{RUNG} SELECT policy.number, nth, turn.number, question_id, words, label, via"
            " FROM turn JOIN rung ON rung.id = call_id JOIN policy ON policy.id = policy_id"
            " ORDER BY 1, 2, 3"
        )

    @property
    def recordings(self) -> list[tuple[Any, ...]]:
        """Every recording: whose, and whether it is stored."""
        return self.rows(
            f"{RUNG} SELECT policy.number, nth, recording.state FROM recording"
            " JOIN rung ON rung.id = call_id JOIN policy ON policy.id = policy_id ORDER BY 1, 2"
        )

    @property
    def rung(self) -> set[str]:
        """The ids of the calls that the exchange took. A folder without its order was killed
        before that: such a call never rang."""
        taken = self.home.glob("demo/*/exchange/calls/*/accepted.json")
        return {order.parent.name for order in taken}


Moment = Callable[[Run], bool]


def counted(query: str, number: int) -> Moment:
    """When a query of the database has come to this number."""
    return lambda run: run.ask(query, 0) >= number


def order_is_out(run: Run) -> bool:
    """When the exchange has a call whose id we have not kept; the last one if none was seen."""
    rung = len(run.rung)
    known = run.ask("SELECT count(*) FROM call WHERE vendor_id IS NOT NULL", 0)
    return rung > known or known >= 4


MOMENTS: list[Moment] = [
    counted("SELECT count(*) FROM attempt", 1),
    order_is_out,
    counted("SELECT count(*) FROM turn", 3),
    counted("SELECT count(*) FROM turn", 17),
    counted("SELECT count(*) FROM recording WHERE path IS NOT NULL", 1),
    counted("SELECT count(*) FROM call WHERE ended_at IS NOT NULL", 6),
]


def told(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a demonstration came to, without what differs from run to run."""
    cases = [
        {k: v for k, v in case.items() if k not in ("id", "opened_at", "due_at")}
        for case in document["cases"]
    ]
    kept = {k: v for k, v in document.items() if k not in ("elapsed_s", "cases")}
    return {**kept, "cases": sorted(cases, key=lambda case: str(case["policy"]))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, Any]]:
    """The same demonstration, never killed."""
    run = Run(tmp_path_factory.mktemp("whole"))
    return run, run.finish()


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, Any]]:
    """A demonstration that was killed at every one of the moments, and then went on to its end."""
    run = Run(tmp_path_factory.mktemp("killed"))
    for number, moment in enumerate(MOMENTS):
        assert run.kill_at(moment), f"it was over before moment {number} came"
    return run, run.finish()


Both = tuple[Run, dict[str, Any]]


def test_the_whole_run_is_as_its_cast_expects(whole: Both) -> None:
    document = whole[1]
    assert document["mismatches"] == []
    assert (document["expected"], document["matched"]) == (4, 4)
    assert document["calls"] == len(whole[0].rung) == 8


def test_nobody_is_called_more_often(whole: Both, killed: Both) -> None:
    assert killed[0].attempts == whole[0].attempts
    assert len(killed[0].rung) == len(whole[0].rung)


def test_every_call_of_the_exchange_is_known(killed: Both) -> None:
    known = [row[0] for row in killed[0].rows("SELECT vendor_id FROM call")]
    assert known.count(None) == killed[0].never_rang
    assert {one for one in known if one} == killed[0].rung


def test_no_answer_is_lost_and_none_is_invented(whole: Both, killed: Both) -> None:
    assert killed[0].answers == whole[0].answers


def test_every_recording_is_stored_whole(whole: Both, killed: Both) -> None:
    assert killed[0].recordings == whole[0].recordings
    for run in (whole[0], killed[0]):
        assert {state for _, _, state in run.recordings} == {"stored"}
        for (path,) in run.rows("SELECT path FROM recording"):
            (file,) = run.home.glob(f"demo/*/recordings/{path}")
            assert sha256(file.read_bytes()).hexdigest() == file.stem


def test_it_comes_to_the_same(whole: Both, killed: Both) -> None:
    calls = killed[1]["calls"] - killed[0].never_rang
    assert told({**killed[1], "calls": calls}) == told(whole[1])
