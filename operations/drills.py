"""Drills (演练): planned from a case of the file or made up, run with a clock, kept with what was
done and what was learnt. A form that was sent twice does nothing twice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.drills import STEPS, Compared, Deed, Planned, State, Summary, compared, summary
from operations import audit
from operations.incident_record import OUT_OF_DATE, SHORT, IncidentTrouble, short, words_of
from operations.line import Line
from operations.rights import Who
from store import drills as store
from store.columns import LOCAL
from store.database import Session
from store.tables import Drill, DrillStep

#: Steps of one plan, and minutes of one drill.
MOST_STEPS, MOST_MINUTES = 20, 600
_LONGEST = 120
_LONGEST_STEP = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """A drill as it is planned. ``case_id`` None: made up. ``form_key`` is of the form, so that the
    same one twice plans once."""

    form_key: str
    branch: str | None
    case_id: str | None
    title: str
    situation: str
    place: str
    planned_on: date
    steps: Sequence[Planned]


def plan(line: Line, who: Who, asked: Plan) -> int:
    """Keep a plan; returns its number. Raises IncidentTrouble."""
    steps = _steps(asked.steps)
    title = words_of(asked.title, "the title", _LONGEST)
    situation = words_of(asked.situation, "the situation")
    place = words_of(asked.place, "the place", _LONGEST)
    with line.database.transaction() as session:
        known = store.by_form(session, asked.form_key)
        if known is not None:
            return known.id
        now = line.clock()
        if asked.planned_on < now.astimezone(LOCAL).date():
            raise IncidentTrouble("the day of the drill has passed; choose today or later")
        drill = Drill(
            branch=who.branch or asked.branch, case_id=asked.case_id, title=title,
            situation=situation, place=place, planned_on=asked.planned_on, plan=steps,
            planned_at=now, planned_by=who.name, state=State.PLANNED.value, result="", version=1,
            form_key=asked.form_key,
        )  # fmt: skip
        session.add(drill)
        session.flush()
        audit.note(session, line, who.name, "drill-plan", f"drill:{drill.id}")
        return drill.id


def start(line: Line, who: Who, drill_id: int, version: int) -> None:
    """Begin: from here on minutes are counted. Raises IncidentTrouble."""
    with _changing(line, who, drill_id, version, Deed.START) as opened:
        if opened is not None:
            opened.drill.started_at = opened.now


def step(line: Line, who: Who, drill_id: int, number: int | None, words: str = "") -> None:
    """A step of the plan was done now, or something that nobody had planned (None). What is ticked
    stays as it was. Raises IncidentTrouble."""
    if number is None:
        words = words_of(words, "what was done", _LONGEST_STEP)
    words = short(words, "the remark", _LONGEST_STEP)
    with _changing(line, who, drill_id, None, Deed.STEP) as opened:
        assert opened is not None  # a deed without a version is never an old one
        drill, session = opened.drill, opened.session
        assert drill.started_at is not None  # it runs
        if number is not None and not 1 <= number <= len(drill.plan):
            raise IncidentTrouble("the plan has no such step; open the page again")
        if opened.now < drill.started_at:
            raise IncidentTrouble(
                "the clock stands before the beginning of the drill; set the computer's clock right"
            )
        there = store.steps_of(session, drill_id)
        if number is not None and any(one.step == number for one in there):
            return
        last = there[-1] if there else None
        if number is None and last and (last.step, last.by, last.words) == (None, who.name, words):
            return
        session.add(
            DrillStep(drill_id=drill_id, step=number, at=opened.now, by=who.name, words=words)
        )


def end(line: Line, who: Who, drill_id: int, version: int, result: str) -> None:
    """End it, with what was learnt. Raises IncidentTrouble."""
    result = words_of(result, "what was learnt")
    with _changing(line, who, drill_id, version, Deed.END, result) as opened:
        if opened is not None:
            opened.drill.ended_at, opened.drill.result = opened.now, result


def call_off(line: Line, who: Who, drill_id: int, version: int, because: str) -> None:
    """It does not take place, or is broken off. Raises IncidentTrouble."""
    because = words_of(because, "the reason")
    with _changing(line, who, drill_id, version, Deed.CALL_OFF, because) as opened:
        if opened is not None:
            opened.drill.ended_at, opened.drill.result = opened.now, because


def planned(drill: Drill) -> list[Planned]:
    """The plan of a drill."""
    return [Planned(one["words"], one["who"], one["minute"]) for one in drill.plan]


def against_plan(drill: Drill, done: Sequence[DrillStep]) -> tuple[list[Compared], Summary]:
    """What was done against the plan; nothing was before the drill began."""
    if drill.started_at is None:
        steps = [Compared(number, one) for number, one in enumerate(planned(drill), start=1)]
        return steps, summary(steps, None)
    at = {one.step: one.at for one in done if one.step is not None}
    took = drill.ended_at - drill.started_at if drill.ended_at else None
    steps = compared(planned(drill), at, drill.started_at)
    return steps, summary(steps, took)


@dataclass(frozen=True, slots=True)
class _Open:
    session: Session
    drill: Drill
    now: datetime


@contextmanager
def _changing(
    line: Line, who: Who, drill_id: int, version: int | None, deed: Deed, result: str = ""
) -> Iterator[_Open | None]:
    """One deed: locked, as the form had seen it, allowed. None where just this was done, with the
    same result: the button was pressed twice."""
    with line.database.transaction() as session:
        drill = store.locked(session, drill_id)
        if drill is None or who.branch not in (None, drill.branch):
            raise IncidentTrouble(f"there is no drill {drill_id}; look at the calendar")
        state = State(drill.state)
        if version is not None and version != drill.version:
            just_this = state in _leads_to(deed) and drill.result == result
            if version == drill.version - 1 and just_this:
                yield None
                return
            raise IncidentTrouble(OUT_OF_DATE.replace("incident", "drill"))
        if deed not in STEPS[state]:
            raise IncidentTrouble(_NOT_NOW[state])
        yield _Open(session, drill, line.clock())
        drill.state = STEPS[state][deed].value
        if deed is not Deed.STEP:  # several people tick at once
            drill.version += 1
            audit.note(session, line, who.name, f"drill-{deed.value}", f"drill:{drill_id}")


_NOT_NOW = {
    State.PLANNED: "the drill has not begun; begin it first",
    State.RUNNING: "the drill runs already",
    State.ENDED: "the drill is over; plan another one",
    State.CALLED_OFF: "the drill was called off; plan another one",
}


def _leads_to(deed: Deed) -> set[State]:
    return {then[deed] for then in STEPS.values() if deed in then}


def _steps(steps: Sequence[Planned]) -> list[dict[str, Any]]:
    given = [one for one in steps if one.words.strip()]
    if not given:
        raise IncidentTrouble("the plan has no step; write at least one")
    if len(given) > MOST_STEPS:
        raise IncidentTrouble(f"a plan has at most {MOST_STEPS} steps; join some")
    found: list[dict[str, Any]] = []
    for one in given:
        if one.minute is not None and not 0 <= one.minute <= MOST_MINUTES:
            raise IncidentTrouble(f"minutes lie between 0 and {MOST_MINUTES}; correct them")
        words = words_of(one.words, "a step", _LONGEST_STEP)
        who = short(one.who, "a role", SHORT)
        found.append({"words": words, "who": who, "minute": one.minute})
    return found
