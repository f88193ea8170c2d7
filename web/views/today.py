"""The first page: what the head of the floor reads in five seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from operations.line import Line
from scripts.rulebooks import Rulebook
from store.console.queue import QueueCounts
from store.console.today import Day, Trouble

#: Hours that the strip always shows; calls outside widen it.
FROM_HOUR, TO_HOUR = 8, 20
STEP = 62  # width of one hour in the drawing
TALL = 96  # height of the tallest bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour of the strip, in the units of the drawing."""

    hour: int
    dialled: int
    answered: int
    x: int
    height: int
    filled: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The strip of hours."""

    bars: list[Bar]
    width: int


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome; ``width`` is its bar in percent of the most frequent one."""

    name: str
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class (件别): found today, and cases open now; None where the class opens none."""

    name: str
    today: int
    open: int | None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first page."""

    on: date
    before: date
    after: date | None  # None on the present day
    anything: bool
    due: int
    cannot: int
    day: Day
    trouble: Trouble
    hours: Hours
    outcomes: list[OutcomeRow]
    ended: int
    classes: list[ClassRow]
    listening: bool  # whether there is a recogniser to hear recordings with


def today_view(
    line: Line, on: date, queue: QueueCounts, anything: bool, day: Day, trouble: Trouble
) -> TodayView:
    """The page of the numbers given."""
    return TodayView(
        on=on,
        before=on - timedelta(days=1),
        after=on + timedelta(days=1) if on < line.clock().date() else None,
        anything=anything,
        due=queue.of("ready"),
        cannot=queue.of("late"),
        day=day,
        trouble=trouble,
        hours=hours(day.hours),
        outcomes=_outcomes(day.outcomes),
        ended=sum(count for _, count in day.outcomes),
        classes=_classes(trouble, line.rulebook),
        listening=line.speech is not None,
    )


def hours(found: Mapping[int, tuple[int, int]]) -> Hours:
    """Calls by the hour in which they were ordered, and those answered of them."""
    shown = range(min([FROM_HOUR, *found]), max([TO_HOUR, *found]) + 1)
    counts = {hour: found.get(hour, (0, 0)) for hour in shown}
    most = max(1, *(dialled for dialled, _ in counts.values()))
    bars = [
        Bar(
            hour=hour,
            dialled=dialled,
            answered=answered,
            x=12 + index * STEP,
            height=_high(dialled, most),
            filled=_high(answered, most),
        )
        for index, (hour, (dialled, answered)) in enumerate(counts.items())
    ]
    return Hours(bars, len(bars) * STEP)


def _high(count: int, most: int) -> int:
    return max(2, round(count / most * TALL)) if count else 0


def _outcomes(counted: Sequence[tuple[str, int]]) -> list[OutcomeRow]:
    most = max((count for _, count in counted), default=1)
    return [OutcomeRow(name, count, round(count / most * 100)) for name, count in counted]


def _classes(trouble: Trouble, rulebook: Rulebook) -> list[ClassRow]:
    return [
        ClassRow(
            name=one.name,
            today=trouble.found.get(one.name, 0),
            open=trouble.open.get(one.name, 0) if one.opens_case else None,
        )
        for one in rulebook.classes
    ]
