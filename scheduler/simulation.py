"""The days to come, played through on a clock of its own: the decisions are those of ``may_dial``,
only the answers are drawn. Pure, and the same for the same seed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from scheduler.draws import Answer, drawn
from scheduler.facts import Tried
from scheduler.hours import Window, next_opening, windows
from scheduler.may_dial import Allowed, Decision, may_dial
from scheduler.opening import Opening, counts_today, facts_at, opening
from scheduler.order import Order, Rank
from scheduler.outcome import Arrival, Fate, Outcome, Subject, Watch
from scheduler.rates import Cell, Rates, cell_of
from scheduler.rules import Rules
from scheduler.simulated_days import Days, days_between
from scheduler.simulated_uses import Uses, person_of
from scheduler.workdays import workday
from scripts.outcomes import Cause

#: Where a policy is: nowhere (a call or an end is waited for), before its moment, in the queue.
_NOWHERE, _LATER, _READY = 0, 1, 2

#: A rank in a form that is compared quickly.
_Place = tuple[bool, int, int, int, date, int]


def simulate(
    policies: Sequence[Subject],
    start: datetime,
    until: datetime,
    rules: Rules,
    lines: int | None,
    rates: Rates,
    order: Order = Order.SLOTS,
    seed: int = 0,
    arrivals: Sequence[Arrival] = (),
    watch: Watch | None = None,
) -> Outcome:
    """Ring these policies, and those that arrive, from ``start`` to ``until`` with so many lines
    (None: as many as it takes).

    Limits of branches and of calls a second are left out. Each policy's n-th answer is drawn from
    the seed, its id and n alone, so that runs with other lines, hours or orders meet the same
    people. Who runs the same policies several times makes one :func:`opening` for all.
    """
    return run(opening(policies, start, rules, order, arrivals), until, lines, rates, seed, watch)


def run(
    opened: Opening,
    until: datetime,
    lines: int | None,
    rates: Rates,
    seed: int = 0,
    watch: Watch | None = None,
) -> Outcome:
    """One run from an opening; see :func:`simulate`. Raises ValueError for less than one line."""
    if lines is not None and lines < 1:
        raise ValueError(f"a simulation needs a line at least, not {lines}")
    return _Run(opened, until, lines, rates, seed, watch).outcome()


def _place(rank: Rank) -> _Place:
    return rank.unpromised, rank.first, rank.place, rank.tried, rank.deadline, rank.id


class _Run:
    """The state of one run. Policies are known by their place in the opening; ``stamp`` counts up
    with every decision about one, so that what was queued before is known to be stale."""

    def __init__(
        self,
        opened: Opening,
        until: datetime,
        lines: int | None,
        rates: Rates,
        seed: int,
        watch: Watch | None,
    ) -> None:
        size, start = len(opened.subjects), opened.start
        self.opened, self.rates, self.seed, self.watch = opened, rates, seed, watch
        self.until, self.given = until.astimezone(start.tzinfo), lines
        self.lines = size if lines is None else lines
        self.uses, self.days = (
            Uses(opened.subjects, start.date()),
            Days(start, self.until, lines, opened.rules),
        )
        self.tried = [one.facts.tried for one in opened.subjects]
        self.decisions: list[Decision | None] = list(opened.decisions)
        self.decided_at = [start] * size
        self.counted, self.calling = bytearray(opened.counted), bytearray(size)
        self.stamp, self.where = [0] * size, bytearray(size)
        self.rung: list[list[datetime]] = [[] for _ in range(size)]
        self.revisited: list[datetime | None] = [None] * size
        self.later: list[tuple[datetime, int, int]] = []
        self.ready: list[tuple[_Place, int, int]] = []
        self.busy: list[tuple[datetime, int, str, Answer]] = []
        self.window: Window | None = None
        self.cells: dict[tuple[date, int, int], Cell] = {}

    def outcome(self) -> Outcome:
        """Play until the end."""
        self._begin()
        now: datetime | None = self.opened.start
        while now is not None and now <= self.until:
            self._hang_up(now)
            self._wake(now)
            self._dial(now)
            following = self._next(now)
            if following is None or following.date() != now.date():
                self._close_days(now, following)
            now = following
        fates, days = tuple(self._fates()), tuple(self.days.told(self.opened.ends))
        return Outcome(self.given, fates, days)

    def _begin(self) -> None:
        start = self.opened.start
        for index, decision in enumerate(self.decisions):
            facts = self.opened.subjects[index].facts
            if decision is not None:
                self._put(index, decision, start)
            elif facts.in_call and self.opened.joins[index] <= start and facts.phones:
                self._occupy(index, facts.phones[0], start, counts=False)
            else:
                self.where[index] = _LATER
                self.later.append((self.opened.joins[index], index, 0))
        heapify(self.later)

    def _hang_up(self, now: datetime) -> None:
        """End the calls that have ended by now, and decide anew whatever they had a part in."""
        while self.busy and self.busy[0][0] <= now:
            ended, index, phone, answer = heappop(self.busy)
            one = Tried(answer.cause, ended, phone, answer.callback_at)
            self.tried[index] += (one,)
            self.calling[index] = False
            if answer.cause is Cause.COMPLETED:
                self.revisited[index] = ended
            touched = {index}
            for key in self._keys(index, phone):
                self.uses.end(key, ended, answer.cause, rang=one.rang)
                touched.update(self.opened.sharers.get(key, ()))
            for each in touched:
                self._look(each, now)

    def _wake(self, now: datetime) -> None:
        """Queue the policies whose moment has come. ``may_dial`` has said that they may be rung
        from then on; it is asked again only where calls of another day counted."""
        while self.later and self.later[0][0] <= now:
            _, index, stamp = heappop(self.later)
            if stamp != self.stamp[index]:
                continue
            decision = self.decisions[index]
            if decision is None or decision.rank is None or self._grown_old(index, decision, now):
                self._look(index, now)
            else:
                self.where[index] = _READY
                heappush(self.ready, (_place(decision.rank), index, stamp))

    def _dial(self, now: datetime) -> None:
        """Ring in the order of the queue while lines are free; outside the calling hours only those
        that were promised a call."""
        closed = not self._is_open(now)
        while self.ready and len(self.busy) < self.lines:
            (unpromised, *_), index, stamp = self.ready[0]
            decision = self.decisions[index]
            stale = stamp != self.stamp[index] or decision is None
            if closed and not stale and unpromised:
                return
            heappop(self.ready)
            if stale or decision is None:
                continue
            if self._grown_old(index, decision, now, closed=closed):
                self._look(index, now)
            else:
                self._ring(index, decision, now)

    def _ring(self, index: int, decision: Decision, now: datetime) -> None:
        """Begin a call, unless the number or the person is in one: its end looks at them again."""
        phone = decision.phone
        assert phone is not None  # whoever is in the queue has a number to be rung on
        self.where[index] = _NOWHERE
        if any(self.uses.of(key, now.date()).in_call for key in self._keys(index, phone)):
            return
        if self.watch is not None:
            subject = self.opened.subjects[index]
            self.watch(facts_at(subject, self.tried[index], self.uses, now), now, phone)
        self.stamp[index] += 1
        self.rung[index].append(now)
        self._occupy(index, phone, now, counts=True)

    def _occupy(self, index: int, phone: str, now: datetime, *, counts: bool) -> None:
        """Hold a line as long as the answer that is drawn takes; ``counts`` is false for a call
        that had begun before."""
        before, policy = len(self.tried[index]), self.opened.subjects[index].facts.id
        answer = drawn(self.rates, self._cell(now, before), now, (self.seed, policy, before))
        for key in self._keys(index, phone):
            self.uses.begin(key, now.date(), counts=counts)
        self.calling[index], self.decisions[index] = True, None
        self.days.call(now.date(), answer.seconds, counts=counts)
        heappush(self.busy, (now + timedelta(seconds=answer.seconds), index, phone, answer))

    def _look(self, index: int, now: datetime) -> None:
        """Decide anew, unless the policy is revisited, in a call, or not there yet."""
        done = self.revisited[index] is not None or self.calling[index]
        if done or now < self.opened.joins[index]:
            return
        opened = self.opened
        facts = facts_at(opened.subjects[index], self.tried[index], self.uses, now)
        self.counted[index] = counts_today(facts)
        self._put(index, may_dial(facts, now, opened.rules, opened.order), now)

    def _put(self, index: int, decision: Decision, now: datetime) -> None:
        """Keep a decision, and queue the policy where it belongs."""
        self.stamp[index] += 1
        self.decisions[index], self.decided_at[index] = decision, now
        self.where[index] = _NOWHERE
        if decision.at is None or decision.rank is None:
            return
        if isinstance(decision, Allowed):
            self.where[index] = _READY
            heappush(self.ready, (_place(decision.rank), index, self.stamp[index]))
        else:
            self.where[index] = _LATER
            heappush(self.later, (decision.at, index, self.stamp[index]))

    def _grown_old(
        self, index: int, decision: Decision, now: datetime, *, closed: bool = False
    ) -> bool:
        """Whether a decision may have become another one by itself: its limit has passed, calls of
        another day counted, or the hours are closed."""
        decided = self.decided_at[index]
        if decided == now:
            return False
        late = decision.deadline is None or now > decision.deadline
        return closed or late or (self.counted[index] > 0 and decided.date() != now.date())

    def _next(self, now: datetime) -> datetime | None:
        """When something happens next: a call ends, a policy's moment comes, the hours open."""
        moments = [heap[0][0] for heap in (self.busy, self.later) if heap]
        if self.ready and len(self.busy) < self.lines:
            window = self._window(now)
            if window is not None and now < window.start:
                moments.append(window.start)
        return min(moments, default=None)

    def _is_open(self, now: datetime) -> bool:
        window = self._window(now)
        return window is not None and window.start <= now

    def _window(self, now: datetime) -> Window | None:
        """The calling window that is open, or opens next; None when none does for two months."""
        if self.window is None or self.window.end <= now:
            hours = self.opened.rules.hours
            opens = next_opening(now, hours)
            those = () if opens is None else windows(opens.date(), hours)
            self.window = next((one for one in those if opens and opens < one.end), None)
        return self.window

    def _close_days(self, now: datetime, following: datetime | None) -> None:
        """Count who is left waiting at the end of this day, and of those on which nothing
        happens."""
        ends = self.opened.ends
        left = [end.date() for where, end in zip(self.where, ends, strict=True)
                if where == _READY and end is not None]  # fmt: skip
        until = self.until if following is None else min(following, self.until)
        for day in days_between(now, until):
            if following is None or day < following.date():
                self.days.waits(day, sum(end >= day for end in left))

    def _keys(self, index: int, phone: str) -> tuple[str, ...]:
        person = person_of(self.opened.subjects[index])
        return (phone, person) if person else (phone,)

    def _cell(self, now: datetime, tries: int) -> Cell:
        key = (now.date(), now.hour, tries)
        found = self.cells.get(key)
        if found is None:
            working = workday(now.date(), self.opened.rules.hours.own).working
            found = self.cells[key] = cell_of(now, working, tries)
        return found

    def _fates(self) -> Iterator[Fate]:
        opened = self.opened
        for index, subject in enumerate(opened.subjects):
            rung = self.rung[index]
            yield Fate(
                id=subject.facts.id,
                number=subject.facts.number,
                period_ends=opened.ends[index],
                revisited_at=self.revisited[index],
                calls=len(rung),
                first_call_at=rung[0] if rung else None,
                last_call_at=rung[-1] if rung else None,
            )
