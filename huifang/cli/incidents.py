"""``huifang incidents``: emergencies at the counter (突发事件), each with the sentence that decided
its grade and what was done about it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import click

from cases.emergencies import Kind
from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from store import incidents as store
from store.console.incidents import IncidentFilter, incidents
from store.incidents import WholeIncident
from store.tables import Incident

_ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}


@dataclass(frozen=True, slots=True)
class Line:
    """One incident as it is listed. ``grade`` is the one in force, 1 the gravest; ``amount`` in
    ``counted`` is in fen."""

    id: int
    grade: int
    computed: int
    decided_by: str
    kind: str
    also: list[str]
    branch: str | None
    counter: str
    words: str
    visitors: int
    counted: dict[str, int]
    happened_at: datetime
    reported_by: str
    stage: str
    told_at: datetime | None


@click.group("incidents")
def incidents_command() -> None:
    """Emergencies at the counter."""


@incidents_command.command("list")
@click.option("--stage", default="open", show_default=True, help="open, closed, or all.")
@click.option("--grade", type=click.IntRange(1, 4), help="Only this grade, 1 the gravest.")
@click.option("--kind", type=click.Choice([one.value for one in Kind]), help="Only this kind.")
@json_option
def list_incidents(stage: str, grade: int | None, kind: str | None, as_json: bool) -> None:
    """Every incident, the gravest first."""
    wanted = IncidentFilter(stage=None if stage == "all" else stage, grade=grade, kind=kind)
    with make_line(load()).database.reading() as session:
        found = [_line(one.incident) for one in incidents(session, wanted, 0, None).rows]
    if as_json:
        emit(found)
        return
    if not found:
        say("no incidents; report one in the console, under Emergencies")
        return
    columns = ("incident", "grade", "kind", "counter", "what happened", "happened", "stage")
    table("incidents", columns, [_row(one) for one in found])


@incidents_command.command("show")
@click.argument("incident_id", type=int)
@json_option
def show_incident(incident_id: int, as_json: bool) -> None:
    """One incident: why this grade, who is there and where, the checklist, what was done."""
    with make_line(load()).database.reading() as session:
        found = store.whole(session, incident_id)
    if found is None:
        raise InputFault(f"there is no incident {incident_id}; see `huifang incidents list`")
    if as_json:
        emit(_document(found))
    else:
        _show(found)


def _line(one: Incident) -> Line:
    return Line(
        id=one.id, grade=one.grade, computed=one.computed, decided_by=one.decided["zh"],
        kind=one.kind, also=one.also, branch=one.branch, counter=one.counter, words=one.words,
        visitors=one.visitors, counted=one.counted, happened_at=one.happened_at,
        reported_by=one.reported_by, stage=one.stage, told_at=one.told_at,
    )  # fmt: skip


def _row(one: Line) -> tuple[object, ...]:
    return (
        one.id, _ROMAN[one.grade], one.kind, one.counter, one.words,
        f"{one.happened_at:%Y-%m-%d %H:%M}", one.stage,
    )  # fmt: skip


def _document(found: WholeIncident) -> dict[str, Any]:
    one = found.incident
    return {
        **asdict(_line(one)),
        "decided": one.decided,
        "given_because": one.given_because,
        "spokesman": one.spokesman,
        "checklist": one.plan,
        "rooms": one.rooms,
        "people": [
            {"name": who.name, "problem": who.problem, "room": who.room,
             "complaint": who.complaint_id}
            for who in found.people
        ],
        "closing": one.closing,
        "record": [
            {"at": did.at, "by": did.by, "what": did.what, "words": did.words,
             "detail": did.detail}
            for did in found.events
        ],
    }  # fmt: skip


def _show(found: WholeIncident) -> None:
    one = found.incident
    say(f"incident {one.id}: grade {_ROMAN[one.grade]}, {one.kind}, {one.stage}")
    say(f"computed {_ROMAN[one.computed]}: {one.decided['zh']}")
    if one.given_because:
        say(f"given by hand: {one.given_because}")
    say(f"{one.branch or 'head office'}, {one.counter}, {one.happened_at:%Y-%m-%d %H:%M}")
    say(one.words)
    if found.people:
        names = {int(room["number"]): room["name"] for room in one.rooms}
        rows = [(who.name, "yes" if who.problem else "", names.get(who.room or 0, "-"))
                for who in found.people]  # fmt: skip
        table("people", ("name", "problem customer", "room"), rows)
    done = [(f"{did.at:%Y-%m-%d %H:%M}", did.by, did.what, did.words) for did in found.events]
    table("what was done", ("at", "by", "what", "words"), done)
