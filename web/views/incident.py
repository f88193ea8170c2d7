"""One incident as it is read: the grade with its sentence, the checklist, the rooms, the record.
Free text is masked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from cases.emergencies import Fact, Said
from cases.incident_grade import FEN
from cases.incident_life import Deed, Stage
from operations.case_record import ITSELF
from operations.incident_look import Look
from operations.incident_record import WHY_NOT
from store.tables import IncidentEvent, IncidentPerson
from web import formats
from web.languages import gettext as _
from web.languages import is_chinese
from web.masks import mask_text
from web.troubles import said
from web.words import word


@dataclass(frozen=True, slots=True)
class Place:
    """One stage of the way. ``place`` is before, here or ahead."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the source that fits, with its grade and the number that made it fit."""

    grade: str
    words: str
    number: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the checklist. ``own``: the insurer's, not the source's."""

    key: str
    words: str
    own: bool
    done_at: datetime | None
    done_by: str
    remark: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """The steps of one kind."""

    kind: str
    do: list[StepRow]
    avoid: list[StepRow]


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room with those in it; ``crowded``: too many problem customers."""

    number: int
    name: str
    handler: str
    people: list[IncidentPerson]
    crowded: bool


@dataclass(frozen=True, slots=True)
class Did:
    """One thing that was done."""

    at: datetime
    by: str
    what: str
    words: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """The page of one incident."""

    id: int
    version: int
    stage: str
    stages: list[Place]
    kind: str
    also: list[str]
    branch: str
    counter: str
    words: str
    visitors: int
    happened_at: datetime
    reported_at: datetime
    reported_by: str
    grade: str
    computed: str
    given_because: str
    decided: Sentence
    others: list[Sentence]
    counted: list[tuple[str, str]]
    form: Mapping[str, str]
    spokesman: str
    told_at: datetime | None
    due_at: datetime | None
    late: bool
    told_whom: tuple[str, ...]
    told_how: str
    may: frozenset[str]
    why_not: list[tuple[str, str]]
    next_deed: str | None
    chapters: list[Chapter]
    open_steps: int
    lost: list[str]
    rooms: list[RoomRow]
    unplaced: list[IncidentPerson]
    people: list[IncidentPerson]
    rooms_needed: int
    is_group: bool
    is_major: bool
    contacts: list[tuple[str, str, str]]
    police: str
    closing: Mapping[str, str]
    record: list[Did]


def incident_view(look: Look, now: datetime) -> IncidentView:
    """The page of an incident."""
    one, events = look.found.incident, look.found.events
    numbers = {str(room["number"]) for room in one.rooms}
    return IncidentView(
        id=one.id,
        version=one.version,
        stage=one.stage,
        stages=list(_stages(look.facts.stage)),
        kind=one.kind,
        also=list(one.also),
        branch=one.branch or "",
        counter=one.counter,
        words=mask_text(one.words),
        visitors=one.visitors,
        happened_at=one.happened_at,
        reported_at=one.reported_at,
        reported_by=one.reported_by,
        grade=str(one.grade),
        computed=str(one.computed),
        given_because=mask_text(one.given_because),
        decided=sentence(one.decided),
        others=[sentence(other) for other in one.decided["others"]],
        counted=list(counted(one.counted)),
        form=form_of(one.counted),
        spokesman=one.spokesman or "",
        told_at=one.told_at,
        due_at=look.due_at,
        late=look.due_at is not None and (one.told_at or now) > look.due_at,
        told_whom=look.route.to,
        told_how=look.route.way,
        may=frozenset(deed.value for deed, why in look.offers.items() if why is None),
        why_not=list(_why_not(look)),
        next_deed=look.next_deed.value if look.next_deed else None,
        chapters=list(_chapters(look)),
        open_steps=look.facts.open_steps,
        lost=[kind.value for kind in look.lost],
        rooms=[_room(look, room) for room in one.rooms],
        unplaced=[one for one in look.found.people if str(one.room) not in numbers],
        people=look.found.people,
        rooms_needed=look.rooms_needed,
        is_group=look.is_group,
        is_major=look.is_major,
        contacts=[(one.what, one.name, one.phone) for one in look.contacts],
        police=in_words(look.police),
        closing={name: mask_text(str(text)) for name, text in one.closing.items()},
        record=[_did(event, one.plan) for event in reversed(events)],
    )


def in_words(text: Said) -> str:
    """A sentence of the file in the language of the page."""
    return text.zh if is_chinese() else text.en


def sentence(kept: Mapping[str, Any]) -> Sentence:
    """A sentence that was kept with the incident."""
    fact, number = kept["fact"], kept["number"]
    shown = "" if fact is None else f"{word('emergency_fact', fact)} {number_of(fact, number)}"
    return Sentence(str(kept["grade"]), kept["zh" if is_chinese() else "en"], shown)


def number_of(fact: str, number: int) -> str:
    """A number that was counted; the amount is kept in fen and shown in yuan."""
    return formats.money(Decimal(number) / FEN) if fact == Fact.AMOUNT else str(number)


def counted(kept: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """What was counted, by name."""
    for fact in Fact:
        if fact.value in kept:
            yield word("emergency_fact", fact.value), number_of(fact.value, kept[fact.value])


def form_of(kept: Mapping[str, int]) -> dict[str, str]:
    """The same as a form takes it."""
    plain = {fact: str(number) for fact, number in kept.items()}
    if Fact.AMOUNT.value in kept:
        plain[Fact.AMOUNT.value] = f"{Decimal(kept[Fact.AMOUNT.value]) / FEN:.2f}"
    return plain


def _stages(stage: Stage) -> Iterator[Place]:
    every = tuple(Stage)
    here = every.index(stage)
    for place, one in enumerate(every):
        yield Place(one.value, "before" if place < here else "here" if place == here else "ahead")


def _why_not(look: Look) -> Iterator[tuple[str, str]]:
    for deed in (Deed.HANDLE, Deed.CLOSE):
        why = look.offers[deed]
        if why is not None and look.next_deed is deed:
            yield deed.value, said(WHY_NOT[why])


def _chapters(look: Look) -> Iterator[Chapter]:
    plan = look.found.incident.plan
    for kind in dict.fromkeys(step["kind"] for step in plan):
        rows = [(step["manner"], _step(look, step)) for step in plan if step["kind"] == kind]
        yield Chapter(
            kind,
            [step for manner, step in rows if manner == "do"],
            [step for manner, step in rows if manner == "avoid"],
        )


def _step(look: Look, step: Mapping[str, Any]) -> StepRow:
    done = look.settled.get(step["key"])
    return StepRow(
        key=step["key"],
        words=step["zh" if is_chinese() else "en"],
        own=step["source"] == "own",
        done_at=done.at if done else None,
        done_by=done.by if done else "",
        remark=mask_text(done.words) if done else "",
        left_out=bool(done and done.detail["left_out"]),
    )


def _room(look: Look, room: Mapping[str, Any]) -> RoomRow:
    number = int(room["number"])
    people = [one for one in look.found.people if one.room == number]
    return RoomRow(number, room["name"], room["handler"], people, number in look.crowded)


def _did(event: IncidentEvent, plan: Sequence[Mapping[str, Any]]) -> Did:
    what = word("incident_did", f"incident-{event.what}")
    details = [*_details(event), *_ticked(event, plan)]
    by = _("the system") if event.by == ITSELF else event.by
    return Did(event.at, by, what, mask_text(event.words), tuple(details))


def _ticked(event: IncidentEvent, plan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The step that was ticked, in its words."""
    if event.what == Deed.STEP:
        key = event.detail["key"]
        yield from (step["zh" if is_chinese() else "en"] for step in plan if step["key"] == key)


def _details(event: IncidentEvent) -> Iterator[str]:
    detail = event.detail
    if due := detail.get("due"):
        yield formats.moment(datetime.fromisoformat(str(due)))
    if "grade" in detail:
        yield word("grade", str(detail["grade"]))
    if event.what == Deed.COUNT:
        yield word("emergency_kind", detail["kind"])
        yield from (f"{name} {number}" for name, number in counted(detail["counted"]))
    if event.what in (Deed.NOTIFY, Deed.REPORT_UP):
        yield " ".join(part for part in (detail["to"], detail["way"]) if part)
    if "spokesman" in detail:
        yield detail["spokesman"]
    if event.what == Deed.STEP:
        yield _("left out") if detail["left_out"] else _("done")
    if event.what == Deed.PEOPLE:
        yield "、".join(detail["names"])
    if event.what == Deed.ROOMS:
        yield "、".join(f"{room['name']} {room['handler']}".strip() for room in detail["rooms"])
    if event.what == Deed.CLOSE:
        yield mask_text(detail["result"])
