"""Work off the backlog of recordings that wait to be heard, as many at once as the recogniser can,
with news of how far it is. Broken off at any moment it loses nothing: the next time goes on."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np

from operations.hear_recordings import Came, hear_next, queue_of
from operations.line import Line
from store import recordings


@dataclass(frozen=True, slots=True)
class Tally:
    """How far it is. ``left`` are those that wait still, also those that are tried again later."""

    heard: int
    later: int
    unreadable: int
    left: int

    @property
    def taken(self) -> int:
        """How many recordings were taken."""
        return self.heard + self.later + self.unreadable

    def __add__(self, after: "Tally") -> "Tally":
        """The two one after the other."""
        return Tally(
            self.heard + after.heard,
            self.later + after.later,
            self.unreadable + after.unreadable,
            after.left,
        )


Watch = Callable[[Tally], None]


def warm_up(line: Line) -> None:
    """Load the recogniser's model, so that one that cannot be used is known before any recording is
    taken. Raises SpeechTrouble."""
    assert line.speech is not None
    line.speech.hear(np.zeros(16_000, dtype=np.float32), 16_000)


def left(line: Line, *, again: bool = False) -> int:
    """How many recordings wait to be heard; ``again``: to be heard by the present engine."""
    with line.database.reading() as session:
        return recordings.left(session, queue_of(line, again=again))


def held_s(line: Line, *, again: bool = False) -> float | None:
    """After how many seconds a recording is free that somebody holds, or held when it was killed;
    None when nobody holds one."""
    now = line.clock()
    with line.database.reading() as session:
        free = recordings.free_at(session, queue_of(line, again=again), now)
    return None if free is None else (free - now).total_seconds()


def work_off(
    line: Line,
    watch: Watch,
    *,
    again: bool = False,
    most: int | None = None,
    ended: threading.Event | None = None,
) -> Tally:
    """Hear what waits and is due, at most ``most``. Once ``ended`` is set no more is taken, and
    what is in hand is finished. Raises what a thread failed with, when the others are done."""
    assert line.speech is not None
    shift = _Shift(line, again, most, ended or threading.Event())
    for number in range(line.speech.workers):
        name = f"hearing {number}"
        threading.Thread(target=shift.work, name=name, daemon=True).start()
    done = Counter[Came]()
    while shift.gone < line.speech.workers:
        came = shift.next()
        if came is not None:
            done[came] += 1
            watch(_tally(line, done, again))
    if shift.faults:
        raise shift.faults[0]
    return _tally(line, done, again)


def _tally(line: Line, done: Counter[Came], again: bool) -> Tally:
    waiting = left(line, again=again)
    return Tally(done[Came.HEARD], done[Came.LATER], done[Came.UNREADABLE], waiting)


class _Shift:
    """Threads that hear until nothing is due, or they are told to end."""

    def __init__(self, line: Line, again: bool, most: int | None, ended: threading.Event) -> None:
        self._line, self._again, self._ended = line, again, ended
        self._tickets = itertools.count() if most is None else iter(range(most))
        self._news: SimpleQueue[Came | None] = SimpleQueue()
        self._lock = threading.Lock()
        self.faults: list[Exception] = []
        self.gone = 0  # threads that will send no more news

    def work(self) -> None:
        """What every thread does."""
        try:
            while self._goes_on():
                came = hear_next(self._line, again=self._again)
                if came is None:
                    break
                self._news.put(came)
        except Exception as fault:  # the database, for one: whoever started the threads must know
            self.faults.append(fault)
        finally:
            self._news.put(None)

    def next(self) -> Came | None:
        """Wait for the next news; None when a thread has gone."""
        came = self._news.get()
        self.gone += came is None
        return came

    def _goes_on(self) -> bool:
        if self._ended.is_set() or self.faults:
            return False
        with self._lock:
            return next(self._tickets, None) is not None
