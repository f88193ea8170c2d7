"""The simulated month: the real plan, claims, follow-ups and deadlines on the real tables, on a
clock of its own. The carrier, scripts and judging are left out: how a call ends is drawn."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import joinedload

from operations.claim import next_up
from operations.deadlines import close_overdue
from operations.finish_call import note_end, touch_after
from operations.follow_up import follow
from operations.line import Line
from operations.plan import refresh, sweep, touch
from recordings.storage import Storage
from scheduler.hours import windows
from scheduler.order import Order
from scripts import rulebooks
from scripts.outcomes import FINER, Cause, Outcome
from store import agenda
from store.columns import LOCAL
from store.database import Database, Session
from store.tables import Attempt, Import, Policy
from tests.month.people import Answer, answer
from tests.month.policies import LIST_HOUR, Made, Month, receipt_of, row_of

RULEBOOK = "standard"


@dataclass(frozen=True, slots=True)
class Result:
    """What one order came to on one number of lines. ``calls`` rang; ``used`` are seconds that
    they held lines, ``given`` those of all lines in the calling hours. ``causes`` counts how they
    ended. ``seconds`` is the time that the run took."""

    order: Order
    lines: int
    policies: int
    in_time: int
    calls: int
    used: float
    given: float
    causes: Counter[str]
    seconds: float

    @property
    def share(self) -> float:
        """Of all policies, those revisited inside their period."""
        return self.in_time / self.policies


@dataclass
class Clock:
    """Stands until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


Watch = Callable[[date, "Run"], None]


@dataclass
class Run:
    """One run. ``busy``: calls that go on, by their end. ``free``: when each line is
    free."""

    month: Month
    line: Line
    clock: Clock
    lines: int
    made: dict[int, Made]
    busy: list[tuple[datetime, int, Answer]] = field(default_factory=list)
    tries: Counter[int] = field(default_factory=Counter)
    promised: dict[int, datetime | None] = field(default_factory=dict)
    done: dict[int, datetime] = field(default_factory=dict)
    causes: Counter[str] = field(default_factory=Counter)
    free: list[datetime] = field(default_factory=list)
    used: float = 0
    given: float = 0

    def day(self, day: date) -> None:
        """One day: the nightly jobs, the morning's list, the calling hours."""
        self._at(day, 0, 10)
        close_overdue(self.line)
        sweep(self.line)
        self._at(day, LIST_HOUR)
        self._list(day)
        for window in windows(day, self.line.rules.hours):
            self.clock.now = window.start
            self.free = [window.start] * self.lines
            while self.clock.now < window.end:
                self._tick(window.end)
                self.clock.now = self._next(window.end)
            self.given += self.lines * (window.end - window.start).total_seconds()
            self.clock.now = window.end + self.month.longest
            self._hang_up()

    def _at(self, day: date, hour: int, minute: int = 0) -> None:
        self.clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL)

    def _tick(self, end: datetime) -> None:
        """Calls that have ended end, what is to be decided is decided, and every line that is free,
        or will be before the next tick, rings one after another."""
        self._hang_up()
        refresh(self.line)
        until = min(self.clock.now + self.month.tick, end)
        while room := sum(self._room(moment, until) for moment in self.free):
            with self.line.database.transaction() as session:
                claimed = next_up(session, self.line, self.clock.now, most=room)
                for attempt in claimed:
                    self._ring(attempt)
            if len(claimed) < room:
                return

    def _room(self, free: datetime, until: datetime) -> int:
        """How many calls can begin on a line by then, however long they are."""
        begins = max(free, self.clock.now)
        return max(0, -((begins - until) // self.month.longest))

    def _next(self, end: datetime) -> datetime:
        """The next tick at which anything can happen: a call ends, or a decision may change."""
        with self.line.database.reading() as session:
            moments = [end, *filter(None, [agenda.next_change(session)])]
            if agenda.next_ready(session, 1, promised_only=False):
                moments.append(self.free[0])
        soonest = min([*moments, *(one[0] for one in self.busy[:1])])
        steps = max(1, -((self.clock.now - soonest) // self.month.tick))
        return self.clock.now + steps * self.month.tick

    def _ring(self, attempt: Attempt) -> None:
        """The line that is free first rings: what the person does is settled."""
        made = self.made[attempt.policy_id]
        begins = max(self.clock.now, heappop(self.free))
        attempt.state, attempt.rang_at = "placed", begins
        found = answer(
            self.month.seed,
            made.who,
            self.tries[made.id],
            begins,
            on_wrong_number=made.who.wrong and attempt.phone == made.phones[0],
            promised=self.promised.get(made.id),
        )
        self.tries[made.id] += 1
        self.promised[made.id] = found.callback_at
        seconds = found.seconds * self.month.slower
        self.used += seconds
        ends = begins + timedelta(seconds=seconds)
        heappush(self.free, ends)
        heappush(self.busy, (ends, attempt.id, found))

    def _hang_up(self) -> None:
        """End the calls that have ended, all of a tick in one transaction."""
        ended: dict[int, tuple[datetime, Answer]] = {}
        while self.busy and self.busy[0][0] <= self.clock.now:
            moment, attempt_id, found = heappop(self.busy)
            ended[attempt_id] = (moment, found)
        if ended:
            with self.line.database.transaction() as session:
                self._end(session, ended)

    def _end(self, session: Session, ended: dict[int, tuple[datetime, Answer]]) -> None:
        rows = session.scalars(
            select(Attempt).where(Attempt.id.in_(ended)).options(joinedload(Attempt.policy))
        ).all()
        policies = list[Policy]()
        for attempt in rows:
            moment, found = ended[attempt.id]
            outcome = FINER.get(found.cause) or Outcome(found.cause.value)
            note_end(attempt, outcome, found.cause, found.callback_at, moment)
            policies.append(attempt.policy)
            self.causes[found.cause.value] += 1
            if found.cause is Cause.COMPLETED:
                self.done.setdefault(attempt.policy_id, moment)
        session.flush()
        follow(session, self.line, policies, self.clock.now)
        touch_after(session, rows, self.clock.now)

    def _list(self, day: date) -> None:
        """The list of this morning: new policies, and receipts of earlier ones."""
        now, new = self.clock.now, self.month.by_list.get(day, [])
        known = self.month.by_receipt.get(day, [])
        if not new and not known:
            return
        with self.line.database.transaction() as session:
            source = Import(
                file_name=f"{day}.csv",
                sha256="0" * 64,
                imported_at=now,
                rows_read=len(new),
                counts={},
            )
            session.add(source)
            session.flush()
            rows = [row_of(one, source.id, now) for one in new]
            for part in agenda.slices(rows):
                session.execute(insert(Policy), list(part))
            for one in known:
                session.execute(update(Policy).where(Policy.id == one.id).values(**receipt_of(one)))
            touch(session, now, policy_ids=[one.id for one in (*new, *known)])

    def in_time(self) -> int:
        """Policies revisited inside their period."""
        return sum(
            at.astimezone(LOCAL).date() <= self.made[one].ends_on for one, at in self.done.items()
        )


def run(month: Month, folder: Path, lines: int, order: Order, watch: Watch | None = None) -> Result:
    """One order of dialling on so many lines, from the first day to the end of the last period."""
    began = time.perf_counter()
    with _line(folder / f"{order}-{lines}.db", order) as (line, clock):
        this = Run(month, line, clock, lines, {one.id: one for one in month.policies})
        day = month.first
        while day <= month.last:
            this.day(day)
            if watch is not None:
                watch(day, this)
            day += timedelta(days=1)
        _agrees(this)
    return Result(
        order, lines, len(month.policies), this.in_time(), this.causes.total(), this.used,
        this.given, this.causes, time.perf_counter() - began,
    )  # fmt: skip


@contextmanager
def _line(file: Path, order: Order) -> Iterator[tuple[Line, Clock]]:
    file.unlink(missing_ok=True)
    clock = Clock(datetime(2026, 1, 1, tzinfo=LOCAL))
    with closing(Database(f"sqlite:///{file}")) as database:
        database.prepare()
        line = Line(
            database=database,
            clock=clock,
            rulebook=rulebooks.load(RULEBOOK),
            company="示例人寿",
            company_phone="95500",
            storage=Storage(file.parent / "recordings"),
            worker="month",
        )
        yield replace(line, order=order), clock


def _agrees(this: Run) -> None:
    """What was counted here is what the database has: every attempt has ended, and whoever was
    revisited is closed as such."""
    with this.line.database.reading() as session:
        closed = select(func.count()).where(Policy.closed_because == "completed")
        left = select(func.count()).where(Attempt.ended_at.is_(None))
        assert session.scalar(closed) == len(this.done)
        assert session.scalar(left) == 0
        assert session.scalar(select(func.count()).select_from(Attempt)) == this.causes.total()
