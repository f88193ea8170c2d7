"""The deadline's light (时效: 正常, 警告, 超时). A word goes with every colour."""

from dataclasses import dataclass
from datetime import datetime

from store.console.cases import CLOSED, WARNING
from store.tables import Case


@dataclass(frozen=True, slots=True)
class Light:
    """``name`` is normal, warning or overdue."""

    name: str
    due: datetime | None


def light_of(case: Case, now: datetime) -> Light | None:
    """The light of a case; None when it is closed or has no deadline."""
    if case.state == CLOSED or case.due_at is None:
        return None
    return Light(shade(case.due_at, now), case.due_at)


def shade(due: datetime, now: datetime) -> str:
    """Overdue when passed, warning within the last day, else normal."""
    if due < now:
        return "overdue"
    return "warning" if due < now + WARNING else "normal"
