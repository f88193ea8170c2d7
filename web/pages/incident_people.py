"""Who is there in an incident, and the rooms in which a group sits, each with a handler."""

from collections.abc import Iterator

from flask import Blueprint, request

from operations import incident_people as operation
from operations.incident_people import MOST_ROOMS, Room
from web.access import who
from web.at_hand import line
from web.forms import rows_ticked
from web.languages import gettext as _
from web.pages.case_work import whole
from web.pages.incident_work import Page, done
from web.pages.incidents import names_in

pages = Blueprint("incident_people", __name__)


@pages.post("/incidents/<row:number>/people")
def name(number: int) -> Page:
    """Name those who are there."""
    names, problem = names_in(whole("people")), "problem" in request.form
    return done(
        number, lambda seen: operation.name_people(line(), who(), number, seen, names, problem),
        _("Noted."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/rooms")
def propose(number: int) -> Page:
    """Split the group into the rooms that were written, one a line with its handler."""
    rooms = [_room(text) for text in whole("rooms").splitlines() if text.strip()]
    return done(
        number, lambda seen: operation.propose(line(), who(), number, seen, rooms),
        _("Split: look at who sits where, and change it by hand."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/places")
def arrange(number: int) -> Page:
    """Place everybody by hand."""
    rooms, where = list(_rooms()), dict(_places())
    problems = frozenset(rows_ticked("problem"))
    return done(
        number,
        lambda seen: operation.arrange(line(), who(), number, seen, rooms, where, problems),
        _("Noted."),
    )


def _room(text: str) -> Room:
    """``银保部办公室 张三`` or ``银保部办公室：张三``: the last word is the handler."""
    for sign in ("：", ":", ",", "，", "\t"):
        text = text.replace(sign, " ")
    parts = text.split()
    return Room(" ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else Room(text.strip())


def _rooms() -> Iterator[Room]:
    for number in range(1, MOST_ROOMS + 1):
        if f"room-{number}" in request.form:
            yield Room(whole(f"room-{number}"), whole(f"handler-{number}"))


def _places() -> Iterator[tuple[int, int | None]]:
    for field, value in request.form.items():
        person = field.removeprefix("place-")
        if person != field and person.isascii() and person.isdecimal() and len(person) < 10:
            yield int(person), int(value) if value.isascii() and value.isdecimal() else None
