"""How long the console's pages take with 100,000 policies in the database, against the same pages
with nothing in it. ``make bench`` prints it with the rest, ``python -m tests.bench_pages`` alone.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from rich.console import Console

from cases.quality_plan import Wanted
from operations.line import Line
from operations.quality_draw import Days, draw
from tests.crowd import multiply
from tests.web.agent import HERE, entered
from tests.web.stage import NOW, line_at
from tests.web.world import furnish
from web.app import create_app

#: Copies of the small world's 18 policies, and of its cases.
POLICIES, CASES = 5_555, 2_000
#: Calls that are drawn for the reviewers.
REVIEWS = 10_000
#: A page may take so many times as long as with an empty database, and so many milliseconds.
MOST_TIMES, MOST_MS = 3.0, 200
TRIES = 9
LISTS = (
    "/today", "/queue", "/queue?part=held", "/queue?words=李", "/calls", "/calls?outcome=completed",
    "/calls?words=替我签", "/cases", "/cases?light=overdue", "/quality", "/recordings", "/hearing",
    "/board", "/kpis", "/forecast", "/handovers", "/special-revisits", "/do-not-call", "/dialling",
    "/timetable", "/scripts", "/drafts", "/desk", "/accounts", "/audit", "/quality/tasks",
    "/quality/tasks?words=李", "/quality/plans", "/quality/agreement", "/quality/appeals",
    "/quality/words", "/results",
)  # fmt: skip
#: Pages of one thing, with what they are compared: the same page in the small world.
DETAILS = ("/policies/8860202611000002", "/calls/2", "/cases/1")
Row = tuple[str, str]


def rows() -> Iterator[Row]:
    """Every page: its time among 100,000 policies, and how many times as long that is."""
    with tempfile.TemporaryDirectory() as folder:
        full, small, empty = (_line(Path(folder) / name) for name in ("full", "small", "empty"))
        furnish(small)
        furnish(full)
        multiply(full.database, POLICIES, CASES)
        _to_hear(full)
        slow = [
            row
            for paths, other in ((LISTS, empty), (DETAILS, small))
            for row in _compared(paths, _reader(full), _reader(other))
        ]
        for line in (full, small, empty):
            line.database.close()
    for path, seconds, times in slow:
        yield f"page {path}", f"{seconds * 1000:.0f} ms, {times:.1f} times"
    _hold(slow)


def _to_hear(line: Line) -> None:
    """Many calls on the reviewers' work list."""
    days = Days(NOW.date() - timedelta(days=30), NOW.date())
    draw(line, "bench", days, Wanted(0.0, REVIEWS, twice=0.1), 1)


def _line(folder: Path) -> Line:
    folder.mkdir()
    return line_at(folder)


def _reader(line: Line) -> FlaskClient:
    """Somebody with every right."""
    client = create_app(line, secret="bench").test_client()
    entered(client)
    return client


def _compared(
    paths: tuple[str, ...], full: FlaskClient, other: FlaskClient
) -> Iterator[tuple[str, float, float]]:
    """Path, median seconds among many, and that over the median of the other; taken in turn."""
    for path in paths:
        for client in (full, other):
            _seconds(client, path)  # what is compiled and cached at first use
        pairs = [(_seconds(full, path), _seconds(other, path)) for _ in range(TRIES)]
        seconds = median(one for one, _ in pairs)
        yield path, seconds, seconds / median(one for _, one in pairs)


def _seconds(client: FlaskClient, path: str) -> float:
    """CPU time: the database is in this process, and others on the machine do not count."""
    began = time.process_time()
    answer = client.get(path, base_url=HERE, buffered=True)
    took = time.process_time() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return took


def _hold(found: list[tuple[str, float, float]]) -> None:
    slow = [one for one in found if one[1] * 1000 > MOST_MS and one[2] > MOST_TIMES]
    assert not slow, f"pages that are slow among many policies: {slow}"


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False)
    for what, measured in rows():
        console.print(f"{what:<45} {measured}")


if __name__ == "__main__":
    main()
