"""Drills (演练): what may be done when, and what was done against what was planned. Pure: it
decides and changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a drill stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CALLED_OFF = "called-off"


class Deed(StrEnum):
    """What somebody does in a drill."""

    START = "start"
    STEP = "step"
    END = "end"
    CALL_OFF = "call-off"


#: State -> what can be done in it, and the state that follows. What is over stays as it is: its
#: result is kept, and another drill is planned anew.
STEPS: Final[Mapping[State, Mapping[Deed, State]]] = {
    State.PLANNED: {Deed.START: State.RUNNING, Deed.CALL_OFF: State.CALLED_OFF},
    State.RUNNING: {
        Deed.STEP: State.RUNNING,
        Deed.END: State.ENDED,
        Deed.CALL_OFF: State.CALLED_OFF,
    },
    State.ENDED: {},
    State.CALLED_OFF: {},
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A step of the plan: what, by whom (a role), and within how many minutes of the beginning;
    None where the plan sets no time."""

    words: str
    who: str = ""
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A step of the plan against what was done. ``after``: since the beginning, None where it was
    not done. ``late`` is how much over the plan; ``out_of_order``: a later step came before it."""

    number: int
    planned: Planned
    after: timedelta | None = None
    late: timedelta | None = None
    out_of_order: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A drill in numbers."""

    steps: int
    done: int
    late: int
    out_of_order: int
    took: timedelta | None


def compared(
    plan: Sequence[Planned], done: Mapping[int, datetime], began: datetime
) -> list[Compared]:
    """Each step of the plan, in its order. ``done``: number of the step, from 1 -> when."""
    return [_compared(number, step, done, began) for number, step in enumerate(plan, start=1)]


def summary(steps: Sequence[Compared], took: timedelta | None) -> Summary:
    """The numbers of a drill that took so long; None while it runs."""
    return Summary(
        steps=len(steps),
        done=sum(one.after is not None for one in steps),
        late=sum(one.late is not None for one in steps),
        out_of_order=sum(one.out_of_order for one in steps),
        took=took,
    )


def _compared(
    number: int, step: Planned, done: Mapping[int, datetime], began: datetime
) -> Compared:
    at = done.get(number)
    if at is None:
        return Compared(number, step)
    after = at - began
    allowed = None if step.minute is None else timedelta(minutes=step.minute)
    late = after - allowed if allowed is not None and after > allowed else None
    earlier = any(later > number and when < at for later, when in done.items())
    return Compared(number, step, after, late, earlier)
