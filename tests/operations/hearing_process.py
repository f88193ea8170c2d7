"""A process of its own that works off a backlog with two threads, and stands still where it is
told, so that a test can kill it there. Arguments: the folder, the words of the tones as JSON, the
time, where to stop (``answer``, ``storing`` or nowhere), and at which of them."""

import json
import sys
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from operations.backlog import work_off
from recordings.speech import Heard, Samples
from tests.operations.rig import Rig
from tests.operations.sounds import Tones


def tell(line: str) -> None:
    """One line to whoever started us."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Stop:
    """Lets so many pass; whoever comes then says so and waits until the process is killed, and so
    does everybody after him."""

    def __init__(self, after: int) -> None:
        self._left, self._lock = after, threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left <= 0:
                tell("here")
                threading.Event().wait()


class Stopping(Tones):
    """The tones' recogniser, stopping at one of its answers."""

    stop: Stop | None = None

    def hear(self, samples: Samples, rate: int, hints: Any = ()) -> Heard:
        """See ``Speech.hear``."""
        if self.stop:
            self.stop()
        return super().hear(samples, rate, hints)


def main(folder: str, words: str, now: str, where: str, number: str) -> None:
    """Work off what waits there, and tell what came of it."""
    rig = Rig(Path(folder), fresh=False)
    rig.clock.now = datetime.fromisoformat(now)
    speech = Stopping({int(tone): text for tone, text in json.loads(words).items()}, workers=2)
    stop = Stop(int(number))
    if where == "answer":
        speech.stop = stop
    if where == "storing":
        engine = rig.line.database.engine

        @event.listens_for(engine, "after_cursor_execute")
        def inserted(*given: Any) -> None:
            if str(given[2]).startswith("INSERT INTO hearing"):
                stop()

    tally = work_off(replace(rig.line, speech=speech), lambda tally: None)
    tell(json.dumps([tally.heard, tally.left]))
    rig.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
