"""Other lines, hours or limits compared with the present ones, over the same policies and the same
people. Stores nothing."""

from dataclasses import dataclass
from datetime import datetime

from operations.forecast import look_ahead
from operations.line import Line
from operations.subjects import Progress
from scheduler.forecast import Expected
from scheduler.what_if import Changes, changed_rules


@dataclass(frozen=True, slots=True)
class Compared:
    """The days to come as things are, and with the changes."""

    now: Expected
    changed: Expected


def compare(
    line: Line,
    changes: Changes,
    at: datetime | None = None,
    progress: Progress = lambda done, whole: None,
) -> Compared:
    """Both forecasts at ``at``, or now."""
    now = at or line.clock()
    rules = changed_rules(line.rules, changes)
    return Compared(
        look_ahead(line, now, progress=lambda done, whole: progress(done, 2 * whole)),
        look_ahead(
            line,
            now,
            lines=changes.lines,
            rules=rules,
            progress=lambda done, whole: progress(whole + done, 2 * whole),
        ),
    )
