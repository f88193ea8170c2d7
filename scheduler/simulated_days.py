"""What a simulation writes down of its days: calls, the time they held lines, and who was left
waiting at the end. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from scheduler.hours import windows
from scheduler.outcome import Day
from scheduler.rules import Rules


class Days:
    """The book of one run, from ``start`` to ``until``, with so many lines (None: no limit)."""

    def __init__(self, start: datetime, until: datetime, lines: int | None, rules: Rules) -> None:
        self._start, self._until = start, until
        self._lines, self._rules = lines, rules
        self._calls: dict[date, int] = defaultdict(int)
        self._used: dict[date, float] = defaultdict(float)
        self._waiting: dict[date, int] = {}

    def call(self, day: date, seconds: float, *, counts: bool) -> None:
        """A call holds a line; ``counts`` is false for one that had begun before."""
        self._calls[day] += counts
        self._used[day] += seconds

    def waits(self, day: date, policies: int) -> None:
        """So many were left waiting for a line at the end of a day."""
        self._waiting[day] = policies

    def told(self, ends: Sequence[datetime | None]) -> Iterator[Day]:
        """Every day in order; ``ends`` are the ends of the policies' periods."""
        deadlines = Counter(end.date() for end in ends if end is not None)
        for day in days_between(self._start, self._until):
            yield Day(
                day=day,
                calls=self._calls[day],
                used_s=self._used[day],
                available_s=None if self._lines is None else self._lines * self._open(day),
                waiting=self._waiting.get(day, 0),
                deadlines=deadlines[day],
            )

    def _open(self, day: date) -> float:
        return open_seconds(day, self._start, self._until, self._rules)


def open_seconds(day: date, start: datetime, until: datetime, rules: Rules) -> float:
    """Seconds of the calling hours of a day that lie between two moments."""
    spans = (
        (min(window.end, until) - max(window.start, start)).total_seconds()
        for window in windows(day, rules.hours)
    )
    return sum(max(0.0, span) for span in spans)


def days_between(start: datetime, until: datetime) -> Iterator[date]:
    """The days of two moments of one zone and those between them."""
    for offset in range((until.date() - start.date()).days + 1):
        yield start.date() + timedelta(days=offset)
