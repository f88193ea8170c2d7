"""One call: what is known of it, and its time line of callbacks and answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from operations.facts import from_json
from operations.hear_recordings import starts_at
from scripts.labels import code_of
from scripts.model import Script
from scripts.prompts import spoken
from scripts.slots import fill
from store.console.calls import WholeCall
from store.reviews import DISAGREEMENT
from store.tables import Call, CallEvent, QualityItem, Reading, Recording, Turn
from web.masks import mask_text
from web.views.evidence import Evidence, audio_of, evidence_of
from web.views.people import PolicyFacts, policy_facts
from web.views.review import LABELS, Machine, ReviewBox, boxes_of, machine_of
from web.views.versions import Otherwise, VersionView, otherwise_of, versions_of


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood, live or in the recording, and the words that decided it."""

    words: str
    label: str
    also: list[str]
    decided_by: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer on the time line. ``reason`` is why a reviewer should look at it."""

    at: datetime
    number: int
    question: str
    code: str
    asked: str
    via: str
    request: str | None
    live: Heard
    recorded: Heard | None
    from_s: float | None
    to_s: float | None
    reason: str | None
    otherwise: list[Otherwise]  # what other engines and lexicons make of it
    kind: str = "said"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something else on the time line: dialled, picked up, a callback, the end."""

    at: datetime
    what: str
    detail: str
    kind: str = "happened"


@dataclass(frozen=True, slots=True)
class CallView:
    """The page of one call."""

    call: Call
    attempt: int
    deadline: datetime
    policy: PolicyFacts
    case_id: int | None
    class_name: str | None
    headline: str
    time_line: list[Said | Happened]
    answers: int
    disagreements: int
    findings: list[Evidence]
    recordings: list[Recording]
    audio: int | None  # id of the newest recording whose audio is here
    versions: list[VersionView]
    script: str
    script_id: str
    script_changed: bool
    reviews: dict[int, ReviewBox]  # turn -> its quality item
    labels: list[str]  # what an answer can be, for a reviewer to choose from
    machine: Machine | None  # a carrier's announcement that was taken for a person


def call_view(found: WholeCall, script: Script, *, changed: bool) -> CallView:
    """The page of a call. ``script`` is the one the call ran, ``changed`` whether today's is
    another one."""
    call, case = found.call, found.case
    said = _all_said(found, script)
    return CallView(
        call=call,
        attempt=call.attempt.number,
        deadline=call.attempt.deadline,
        policy=policy_facts(call.policy),
        case_id=case.id if case else None,
        class_name=call.class_name,
        headline=mask_text(case.headline) if case else "",
        time_line=_time_line(said, _happened(call, found.events)),
        answers=len(said),
        disagreements=len(_reasons(found.quality)),
        findings=[evidence_of(finding) for finding in found.findings],
        recordings=found.recordings,
        audio=audio_of(found.recordings),
        versions=versions_of(found),
        script=f"{script.id} {script.version} · {call.script_hash[:8]}",
        script_id=script.id,
        script_changed=changed,
        reviews=boxes_of(found),
        labels=LABELS,
        machine=machine_of(found.announcement),
    )


def _time_line(said: list[Said], happened: Iterable[Happened]) -> list[Said | Happened]:
    return sorted([*said, *happened], key=lambda moment: moment.at)


def _all_said(found: WholeCall, script: Script) -> list[Said]:
    readings = {reading.turn_number: reading for reading in _readings(found)}
    reasons = _reasons(found.quality)
    started = next((starts_at(recording) for recording in found.recordings), None)
    texts, unlike = _texts(found.call, script), otherwise_of(found)
    said = [
        _said(turn, readings.get(turn.number), reasons.get(turn.number), started, texts)
        for turn in found.call.turns
    ]
    return [replace(one, otherwise=unlike.get(one.number, [])) for one in said]


def _readings(found: WholeCall) -> list[Reading]:
    return found.hearing.readings if found.hearing else []


def _reasons(quality: list[QualityItem]) -> dict[int, str]:
    return {item.turn_number: item.reason for item in quality if item.reason == DISAGREEMENT}


def _said(
    turn: Turn,
    reading: Reading | None,
    reason: str | None,
    started: datetime | None,
    texts: dict[str, str],
) -> Said:
    from_s, to_s = _stretch(turn, reading, started)
    return Said(
        at=turn.heard_at,
        number=turn.number,
        question=turn.question_id,
        code=code_of(turn.question_id),
        asked=mask_text(texts.get(turn.question_id, "")),
        via=turn.via,
        request=turn.request,
        live=_heard(turn),
        recorded=_heard(reading) if reading else None,
        from_s=from_s,
        to_s=to_s,
        reason=reason,
        otherwise=[],
    )


def _stretch(
    turn: Turn, reading: Reading | None, started: datetime | None
) -> tuple[float | None, float | None]:
    """Where to listen: the stretch the recogniser cut, else from question to answer."""
    if reading is not None:
        return reading.from_s, reading.to_s
    if started is None:
        return None, None
    asked, heard = turn.asked_at - started, turn.heard_at - started
    return max(0.0, asked.total_seconds()), max(0.0, heard.total_seconds())


def _heard(source: Turn | Reading) -> Heard:
    return Heard(mask_text(source.words), source.label, list(source.also), decided_by(source.why))


def decided_by(why: list[dict[str, Any]]) -> list[str]:
    """The words of an answer that decided its label."""
    words = dict.fromkeys(str(reason.get("words", "")) for reason in why)
    return [mask_text(word) for word in words if word]


def _happened(call: Call, events: list[CallEvent]) -> list[Happened]:
    return [
        Happened(call.ordered_at, "dialled", ""),
        *(Happened(event.received_at, event.kind, _detail(event)) for event in events),
    ]


def _detail(event: CallEvent) -> str:
    return str(event.payload.get("status", ""))


def _texts(call: Call, script: Script) -> dict[str, str]:
    """Question id -> its text as this customer heard it, or as written when that fails."""
    written = {q.id: q.says.source for q in (*script.questions, *script.aside)}
    try:
        facts = from_json(call.facts)
    except ValueError:
        return written
    asked = {turn.question_id for turn in call.turns}
    for question in (*script.questions, *script.aside):
        if question.id in asked:
            try:
                written[question.id] = fill(spoken(question, by_person=facts.by_person), facts)
            except LookupError:
                continue
    return written
