"""The record of an incident: one deed in one transaction, written down with who and when. It knows
what may be done (``cases.incident_life``), and not what a deed changes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.incident_life import Deed, Doer, IncidentFacts, Stage, WhyNot, after, allowed
from operations import audit
from operations.line import Line
from operations.rights import Action, Who
from store import incidents as store
from store.database import Session
from store.incidents import WholeIncident
from store.tables import Incident, IncidentEvent

LONGEST = 2000
SHORT = 60
#: Said to a form from an old page. What was typed is shown again.
OUT_OF_DATE = "somebody has changed this incident meanwhile, and nothing of yours was kept yet"
#: Why not, in one sentence with the mend.
WHY_NOT = {
    WhyNot.NO_RIGHT: "none of your roles allows this; an administrator can give you another role",
    WhyNot.NOT_NOW: "it is not the time for this; look at where the incident stands",
    WhyNot.CLOSED: "the incident is closed; have it opened again first",
    WhyNot.NOT_CLOSED: "the incident is not closed",
    WhyNot.STEPS_OPEN: "steps of the checklist are open; tick each, or leave it out with a reason",
    WhyNot.ALONE: "somebody is in no room, or in one without a handler; place everybody first",
}


class IncidentTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """Something that cannot be done about an incident. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Open:
    """An incident that is being changed, within its transaction."""

    session: Session
    found: WholeIncident
    now: datetime

    @property
    def incident(self) -> Incident:
        """The row."""
        return self.found.incident


@contextmanager
def changing(
    line: Line,
    who: Who,
    incident_id: int,
    version: int | None,
    deed: Deed,
    words: str = "",
    detail: Mapping[str, Any] | None = None,
    already: Callable[[WholeIncident], bool] = lambda found: False,
) -> Iterator[Open | None]:
    """One deed: locked, looked at as the form had seen it, allowed, written down at the end. None
    where this very thing was done last, the button pressed twice, or where it is done ``already``.
    ``version`` None: as it stands, for what many do at once and nobody undoes. Raises
    IncidentTrouble."""
    told = dict(detail or {})
    with line.database.transaction() as session:
        found = _seen(store.locked(session, incident_id), who, incident_id)
        old = version is not None and version != found.incident.version
        again = (old or version is None) and _done_before(found, who, deed, words, told)
        if again or already(found):
            yield None
            return
        if old:
            raise IncidentTrouble(OUT_OF_DATE)
        why_not = allowed(facts_of(found), deed, doer_of(who))
        if why_not is not None:
            raise IncidentTrouble(WHY_NOT[why_not])
        case = Open(session, found, line.clock())
        yield case
        found.incident.stage = after(Stage(found.incident.stage), deed).value
        found.incident.version += 1
        write(session, found, deed.value, who.name, case.now, words, told)
        audit.note(session, line, who.name, f"incident-{deed.value}", f"incident:{incident_id}")


def write(
    session: Session,
    found: WholeIncident,
    what: str,
    by: str,
    now: datetime,
    words: str,
    detail: Mapping[str, Any],
) -> None:
    """Add to the record."""
    number = found.events[-1].number + 1 if found.events else 1
    event = IncidentEvent(
        incident_id=found.incident.id, number=number, at=now, by=by, what=what, words=words,
        detail=dict(detail),
    )  # fmt: skip
    session.add(event)
    found.events.append(event)


def facts_of(found: WholeIncident) -> IncidentFacts:
    """What the life of the incident decides on."""
    incident = found.incident
    done = settled(found.events)
    todo = [step for step in incident.plan if step["manner"] == "do" and step["key"] not in done]
    looked_after = {room["number"] for room in incident.rooms if room["handler"]}
    unplaced = [one for one in found.people if one.room not in looked_after]
    return IncidentFacts(Stage(incident.stage), len(todo), len(unplaced) if incident.rooms else 0)


def settled(events: list[IncidentEvent]) -> dict[str, IncidentEvent]:
    """Steps of the checklist that were done or left out, each by what was said of it last."""
    return {str(one.detail["key"]): one for one in events if one.what == Deed.STEP}


def doer_of(who: Who) -> Doer:
    """Somebody's rights at incidents."""
    return Doer(
        who.name, works=who.may(Action.WORK_INCIDENTS), judges=who.may(Action.JUDGE_INCIDENTS)
    )


def words_of(text: str, what: str, most: int = LONGEST) -> str:
    """Words that have to be there. Raises IncidentTrouble."""
    found = short(text, what, most)
    if not found:
        raise IncidentTrouble(f"{what} is missing; write it down")
    return found


def short(text: str, what: str, most: int = LONGEST) -> str:
    """Words that may be missing. Raises IncidentTrouble."""
    found = text.replace("\0", "").strip()
    if len(found) > most:
        raise IncidentTrouble(f"{what} may have {most} characters; shorten it")
    return found


def _seen(found: WholeIncident | None, who: Who, incident_id: int) -> WholeIncident:
    if found is None or who.branch not in (None, found.incident.branch):
        raise IncidentTrouble(f"there is no incident {incident_id}; look at the list")
    return found


def _done_before(
    found: WholeIncident, who: Who, deed: Deed, words: str, detail: dict[str, Any]
) -> bool:
    last = found.events[-1] if found.events else None
    told = (who.name, deed.value, words, detail)
    return last is not None and (last.by, last.what, last.words, last.detail) == told
