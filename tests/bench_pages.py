"""How long the console's pages take with 100,000 policies in the database, against the same pages
with 1,000 and with nothing in it. ``make bench`` prints it with the rest,
``python -m tests.bench_pages`` alone.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from rich.console import Console

from cases.quality_plan import Wanted
from operations.line import Line
from operations.quality_draw import Days, draw
from operations.rights import Role
from tests.crowd import multiply
from tests.web.agent import HERE, entered
from tests.web.filled import THEIRS, fill
from tests.web.stage import NOW, line_at
from web.app import create_app

#: Copies of the small world's 18 policies, and of its cases; and of a database a hundredth of that,
#: in which every list fills its first page.
POLICIES, CASES = 5_555, 2_000
FEW = 60
#: Calls that are drawn for the reviewers.
REVIEWS = 10_000
#: No page takes more milliseconds, and none that need not look through everything takes more than
#: so many times as long as among a hundredth of the policies.
MOST_MS, MOST_TIMES = 200, 3.0
#: What looks through everything: words in a text, and every answer of a week.
LOOKS_THROUGH = ("words=", "/hearing")
TRIES = 9
LISTS = (
    "/today", "/queue", "/queue?part=held", "/queue?words=李", "/calls", "/calls?outcome=completed",
    "/calls?words=替我签", "/cases", "/cases?light=overdue", "/quality", "/recordings", "/hearing",
    "/board", "/kpis", "/forecast", "/handovers", "/special-revisits", "/do-not-call", "/dialling",
    "/timetable", "/scripts", "/drafts", "/desk", "/accounts", "/audit", "/quality/tasks",
    "/quality/tasks?words=李", "/quality/plans", "/quality/agreement", "/quality/appeals",
    "/quality/words", "/results", "/complaints", "/complaints?words=李", "/clusters",
    "/corrections", "/accountability", "/incidents", "/drills", "/compare", "/desk/requests",
    "/guidance", "/special-revisits?words=李", "/handovers?words=李", "/do-not-call?words=李",
    "/cases?words=李",
)  # fmt: skip
#: Pages of one thing, of which an empty database has none.
DETAILS = ("/policies/8860202611000002", "/calls/2", "/cases/1")
#: Pages as somebody of a branch with 3,000 policies sees them.
OF_A_BRANCH = (
    "/today", "/queue", "/calls", "/cases", "/quality", "/recordings", "/handovers",
    "/complaints", "/quality/tasks", "/desk/requests",
)  # fmt: skip
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timed:
    """Median CPU seconds of a page among many policies, among few, and in an empty database."""

    path: str
    many: float
    few: float
    empty: float | None

    @property
    def told(self) -> str:
        """As the bench prints it."""
        told = f"{self.many * 1000:.0f} ms, {self.many / self.few:.1f} times"
        return told if self.empty is None else f"{told}, {self.many / self.empty:.1f} of an empty"

    @property
    def slow(self) -> bool:
        """Whether it takes too long, or grows too fast."""
        grows = self.many / self.few > MOST_TIMES
        return self.many * 1000 > MOST_MS or (
            grows and not any(one in self.path for one in LOOKS_THROUGH)
        )


def rows() -> Iterator[Row]:
    """Every page: its time among 100,000 policies, how many times as long as among 1,000 that is,
    and as with nothing in the database."""
    with tempfile.TemporaryDirectory() as folder:
        many, few, empty = (_line(Path(folder) / name) for name in ("many", "few", "empty"))
        for line, copies, cases in ((many, POLICIES, CASES), (few, FEW, FEW)):
            fill(line)
            multiply(line.database, copies, cases)
        _to_hear(many)
        readers = [_reader(line) for line in (many, few, empty)]
        found = [_timed(path, readers) for path in LISTS]
        found += [_timed(path, readers[:2]) for path in DETAILS]
        theirs = [_reader(line, f"{THEIRS}1") for line in (many, few)]
        branched = [_timed(path, theirs) for path in OF_A_BRANCH]
        for line in (many, few, empty):
            line.database.close()
    for one in found:
        yield f"page {one.path}", one.told
    for one in branched:
        yield f"page of a branch {one.path}", one.told
    slow = [one for one in found if one.slow]
    slow += [one for one in branched if one.many * 1000 > MOST_MS]
    assert not slow, f"pages that are slow among many policies: {slow}"


def _to_hear(line: Line) -> None:
    """Many calls on the reviewers' work list."""
    days = Days(NOW.date() - timedelta(days=30), NOW.date())
    draw(line, "bench", days, Wanted(0.0, REVIEWS, twice=0.1), 1)


def _line(folder: Path) -> Line:
    folder.mkdir()
    return line_at(folder)


def _reader(line: Line, branch: str | None = None) -> FlaskClient:
    """Somebody with every right, of everywhere or of a branch."""
    client = create_app(line, secret="bench").test_client()
    entered(client, f"某人 {branch}", tuple(Role), branch)
    return client


def _timed(path: str, readers: Sequence[FlaskClient]) -> Timed:
    """The page by each of these readers, taken in turn."""
    for client in readers:
        _seconds(client, path)  # what is compiled and cached at first use
    tries = [[_seconds(client, path) for client in readers] for _ in range(TRIES)]
    seconds = [median(of_one) for of_one in zip(*tries, strict=True)]
    return Timed(path, seconds[0], seconds[1], seconds[2] if len(seconds) > 2 else None)


def _seconds(client: FlaskClient, path: str) -> float:
    """CPU time: the database is in this process, and others on the machine do not count."""
    began = time.process_time()
    answer = client.get(path, base_url=HERE, buffered=True)
    took = time.process_time() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return took


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False)
    for what, measured in rows():
        console.print(f"{what:<45} {measured}")


if __name__ == "__main__":
    main()
