"""Emergencies at the counter (突发事件处理): report, grade, start the plan, work through the
checklist, tell those above, and close with a report. A form that was sent from an old page changes
nothing, and the same form twice does nothing twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.emergencies import Fact, Kind
from cases.incident_grade import Graded, Hit, Known, graded
from cases.incident_life import Deed, Stage
from operations import audit
from operations.group_visits import call_major, with_complaints
from operations.incident_record import (
    SHORT,
    IncidentTrouble,
    changing,
    settled,
    short,
    words_of,
    write,
)
from operations.line import Line
from operations.rights import Who
from store import incidents as store
from store.database import Session
from store.incidents import WholeIncident
from store.tables import Incident, IncidentPerson

#: More than that is a slip of the pen; the amount in fen.
MOST_PEOPLE, MOST_FEN = 100_000, 10**14
_LONGEST_PLACE = 120
_NAMES = 200


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known now: the kinds, what was counted (``counted``: the amount in fen), and how
    many people came together."""

    kind: Kind
    also: frozenset[Kind] = frozenset()
    counted: Mapping[Fact, int] = field(default_factory=dict)
    visitors: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A first report. ``branch`` None: head office's own; ``form_key`` is of the form, so that the
    same one twice reports once. ``people`` are the names of those who came, ``complaints`` those by
    visit that it is about."""

    form_key: str
    branch: str | None
    counter: str
    situation: Situation
    words: str
    happened_at: datetime
    people: Sequence[str] = ()
    complaints: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing report (事故报告单) says beyond the record."""

    cause: str
    result: str
    lessons: str


def report(line: Line, who: Who, told: Report) -> int:
    """Keep a first report, graded at once; returns its number. Raises IncidentTrouble."""
    words = words_of(told.words, "what happened")
    counter = words_of(told.counter, "the counter", _LONGEST_PLACE)
    names = names_of(told.people)
    with line.database.transaction() as session:
        known = store.by_form(session, told.form_key)
        if known is not None:
            return known.id
        now = line.clock()
        people = with_complaints(session, names, told.complaints, who.branch or told.branch)
        if told.happened_at > now:
            raise IncidentTrouble("the incident lies in the future; give the time it happened")
        situation = checked(told.situation, len(people))
        incident = _new(line, who, told, situation, now)
        incident.words, incident.counter = words, counter
        session.add(incident)
        session.flush()
        there = [
            IncidentPerson(incident_id=incident.id, name=name, problem=True, complaint_id=complaint)
            for name, complaint in people.items()
        ]
        session.add_all(there)
        found = WholeIncident(incident, people=there)
        call_major(session, line, who, found)
        detail = {"grade": incident.computed, "rule": incident.decided["rule"]}
        write(session, found, "report", who.name, now, words, detail)
        audit.note(session, line, who.name, "incident-report", f"incident:{incident.id}")
        return incident.id


def count(line: Line, who: Who, incident_id: int, version: int | None, now: Situation) -> None:
    """Keep what is known now; the grade is computed anew. A grade that somebody had given stays
    only while the computed one is what it was. Once the plan is started, the steps of a kind that
    is new come to the checklist, and none goes. Raises IncidentTrouble."""
    now = checked(now, 0)
    decided = graded(known_of(now), line.emergencies)
    detail = {**_told(now), "grade": decided.grade, "rule": decided.by.rule}
    with changing(line, who, incident_id, version, Deed.COUNT, "", detail) as case:
        if case is None:
            return
        incident = case.incident
        known = {*kinds_of(incident), *(Kind(one["kind"]) for one in incident.plan)}
        _keep(incident, now)
        if incident.stage not in (Stage.REPORTED, Stage.GRADED):
            new = [kind for kind in kinds_of(incident) if kind not in known]
            incident.plan = incident.plan + checklist(line, case.session, new)
        if decided.grade != incident.computed:
            incident.grade, incident.given_because = decided.grade, ""
        incident.computed, incident.decided = decided.grade, kept(decided)
        call_major(case.session, line, who, case.found)


def grade(
    line: Line, who: Who, incident_id: int, version: int | None, to: int, because: str = ""
) -> None:
    """Confirm the computed grade, or give another one with a reason. Raises IncidentTrouble."""
    because = short(because, "the reason")
    if to not in (1, 2, 3, 4):
        raise IncidentTrouble("a grade is Ⅰ, Ⅱ, Ⅲ or Ⅳ; choose one")
    with changing(line, who, incident_id, version, Deed.GRADE, because, {"grade": to}) as case:
        if case is None:
            return
        other = to != case.incident.computed
        if other and not because:
            raise IncidentTrouble("another grade than the computed one needs a reason; write it")
        case.incident.grade, case.incident.given_because = to, because if other else ""


def start(line: Line, who: Who, incident_id: int, version: int | None, spokesman: str) -> None:
    """Start the plan: the checklist is kept as it stands, one spokesman is named. Raises
    IncidentTrouble."""
    name = words_of(spokesman, "the name of the spokesman", SHORT)
    with changing(line, who, incident_id, version, Deed.START, "", {"spokesman": name}) as case:
        if case is not None:
            case.incident.spokesman = name
            case.incident.plan = checklist(line, case.session, kinds_of(case.incident))


def name_spokesman(
    line: Line, who: Who, incident_id: int, version: int | None, spokesman: str
) -> None:
    """Name another spokesman; there is one. Raises IncidentTrouble."""
    name = words_of(spokesman, "the name of the spokesman", SHORT)
    detail = {"spokesman": name}
    with changing(line, who, incident_id, version, Deed.SPOKESMAN, "", detail) as case:
        if case is not None:
            case.incident.spokesman = name


def step(
    line: Line, who: Who, incident_id: int, key: str, words: str = "", *, left_out: bool = False
) -> None:
    """Tick a step of the checklist, or leave it out with a reason. Several people may do so at
    once; a step that is ticked already stays as it is. Raises IncidentTrouble."""
    words = words_of(words, "the reason") if left_out else short(words, "the remark")
    detail = {"key": key, "left_out": left_out}

    def already(found: WholeIncident) -> bool:
        done = settled(found.events).get(key)
        return done is not None and done.detail["left_out"] == left_out

    with changing(line, who, incident_id, None, Deed.STEP, words, detail, already=already) as case:
        if case is not None and key not in {one["key"] for one in case.incident.plan}:
            raise IncidentTrouble("the checklist has no such step; open the page again")


def note(line: Line, who: Who, incident_id: int, words: str) -> None:
    """Write down what happens. Raises IncidentTrouble."""
    words = words_of(words, "what happened")
    with changing(line, who, incident_id, None, Deed.NOTE, words):
        pass


def notify(line: Line, who: Who, incident_id: int, to: str, way: str, words: str = "") -> None:
    """Note that somebody above was told meanwhile. Raises IncidentTrouble."""
    told = _told_whom(to, way)
    words = short(words, "the remark")
    with changing(line, who, incident_id, None, Deed.NOTIFY, words, told) as case:
        if case is not None and case.incident.told_at is None:
            case.incident.told_at = case.now


def report_up(
    line: Line, who: Who, incident_id: int, version: int | None, to: str, way: str, words: str = ""
) -> None:
    """All of it is reported to somebody above, after it was handled. Raises IncidentTrouble."""
    told = _told_whom(to, way)
    words = short(words, "the remark")
    with changing(line, who, incident_id, version, Deed.REPORT_UP, words, told) as case:
        if case is not None and case.incident.told_at is None:
            case.incident.told_at = case.now


def handle(line: Line, who: Who, incident_id: int, version: int | None, words: str) -> None:
    """It is handled: what came of it. Raises IncidentTrouble."""
    words = words_of(words, "what came of it")
    with changing(line, who, incident_id, version, Deed.HANDLE, words):
        pass


def close(line: Line, who: Who, incident_id: int, version: int | None, said: Closing) -> None:
    """Close it with its report (事故报告单). Raises IncidentTrouble."""
    closing = {
        "cause": words_of(said.cause, "the cause"),
        "result": words_of(said.result, "the result"),
        "lessons": short(said.lessons, "the lessons"),
    }
    with changing(line, who, incident_id, version, Deed.CLOSE, "", closing) as case:
        if case is not None:
            case.incident.closing = {**closing, "by": who.name}
            case.incident.closed_at = case.now


def dismiss(line: Line, who: Who, incident_id: int, version: int | None, because: str) -> None:
    """No emergency, or reported twice: closed without a report. Raises IncidentTrouble."""
    because = words_of(because, "the reason")
    with changing(line, who, incident_id, version, Deed.DISMISS, because) as case:
        if case is not None:
            case.incident.closed_at = case.now


def reopen(line: Line, who: Who, incident_id: int, version: int | None, because: str) -> None:
    """Open it again; its report stays in the record. Raises IncidentTrouble."""
    because = words_of(because, "the reason")
    with changing(line, who, incident_id, version, Deed.REOPEN, because) as case:
        if case is not None:
            case.incident.closing, case.incident.closed_at = {}, None


def checklist(line: Line, session: Session, kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """What to do and what to avoid in incidents of these kinds: the file's steps, then those that
    the insurer has added. ``source`` is file or own."""
    found = []
    own = store.own_steps(session, [kind.value for kind in kinds])
    for kind in kinds:
        scenario = line.emergencies.scenario(kind)
        for manner, steps in (("do", scenario.do), ("avoid", scenario.avoid)):
            for number, said in enumerate(steps, start=1):
                key = f"{kind}.{manner}.{number}"
                found.append(_step(key, kind, manner, "file", said.zh, said.en))
        for one in own:
            if one.kind == kind:
                found.append(_step(f"own.{one.id}", kind, one.manner, "own", one.words, one.words))
    return found


def kinds_of(incident: Incident) -> list[Kind]:
    """The kind of an incident, then those that it involves too."""
    return [Kind(incident.kind), *(Kind(one) for one in incident.also)]


def known_of(situation: Situation) -> Known:
    """What its grade is computed from."""
    return Known(situation.kind, situation.also, situation.counted)


def kept(decided: Graded) -> dict[str, Any]:
    """The sentence that decided, to be kept as it was said."""
    return {**_hit(decided.by), "others": [_hit(one) for one in decided.others]}


def checked(situation: Situation, named: int) -> Situation:
    """The situation with numbers that can be; those who are named are visitors. Raises
    IncidentTrouble."""
    counted = {fact: number for fact, number in situation.counted.items() if number}
    for fact, number in counted.items():
        most = MOST_FEN if fact is Fact.AMOUNT else MOST_PEOPLE
        if not 0 <= number <= most:
            raise IncidentTrouble(f"a number lies between 0 and {most}; correct it")
    if not 0 <= situation.visitors <= MOST_PEOPLE:
        raise IncidentTrouble(f"a number lies between 0 and {MOST_PEOPLE}; correct it")
    visitors = max(situation.visitors, named)
    also = situation.also - {situation.kind}
    return Situation(situation.kind, also, counted, visitors)


def names_of(people: Sequence[str]) -> list[str]:
    """The names, each once, in their order. Raises IncidentTrouble."""
    found = list(dict.fromkeys(short(one, "a name", SHORT) for one in people))
    names = [one for one in found if one]
    if len(names) > _NAMES:
        raise IncidentTrouble(f"at most {_NAMES} people can be named; count the others")
    return names


def _new(line: Line, who: Who, told: Report, now_known: Situation, now: datetime) -> Incident:
    decided = graded(known_of(now_known), line.emergencies)
    incident = Incident(
        branch=who.branch or told.branch, happened_at=told.happened_at, reported_at=now,
        reported_by=who.name, stage=Stage.REPORTED.value, computed=decided.grade,
        decided=kept(decided), grade=decided.grade, given_because="", plan=[], rooms=[],
        closing={}, version=1, form_key=told.form_key,
    )  # fmt: skip
    _keep(incident, now_known)
    return incident


def _keep(incident: Incident, now: Situation) -> None:
    told = _told(now)
    incident.kind, incident.also = told["kind"], told["also"]
    incident.counted, incident.visitors = told["counted"], told["visitors"]


def _told(now: Situation) -> dict[str, Any]:
    return {
        "kind": now.kind.value,
        "also": sorted(one.value for one in now.also),
        "counted": {fact.value: number for fact, number in sorted(now.counted.items())},
        "visitors": now.visitors,
    }


def _told_whom(to: str, way: str) -> dict[str, str]:
    return {"to": words_of(to, "whom you told", SHORT), "way": short(way, "how", SHORT)}


def _hit(hit: Hit) -> dict[str, Any]:
    fact = hit.fact.value if hit.fact else None
    return {
        "rule": hit.rule, "grade": hit.grade, "zh": hit.says.zh, "en": hit.says.en, "fact": fact,
        "number": hit.number,
    }  # fmt: skip


def _step(key: str, kind: Kind, manner: str, source: str, zh: str, en: str) -> dict[str, Any]:
    return {"key": key, "kind": kind.value, "manner": manner, "source": source, "zh": zh, "en": en}
