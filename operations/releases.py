"""What was published of every script, by whom and when: the versions, their texts, and taking one
out of use. A version that calls have run stays readable for good."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.choose_script import (
    NoScript,
    ScriptTrouble,
    in_force,
    named_by,
    packaged,
    read,
)
from operations.line import Line
from scripts.reader import library
from scripts.written import Written
from store import scripts as store
from store.database import Session
from store.tables import ScriptEvent, ScriptRelease

LONGEST_NAME, LONGEST_NOTE = 60, 2000
#: A hash may be shortened to so many digits.
_PART = 4


@dataclass(frozen=True, slots=True)
class Release:
    """One published version of a script. ``state`` is published or retired; the packaged script is
    number 0 and is never retired. ``by`` proposed it and ``approved_by`` is another person."""

    number: int
    script_id: str
    hash: str
    state: str
    published_at: datetime | None
    by: str
    approved_by: str
    note: str
    in_force: bool = False
    retired_at: datetime | None = None
    retired_by: str = ""
    retired_why: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to a script: ``what`` is started, saved, proposed, sent-back, withdrawn,
    approved or retired."""

    script_id: str
    what: str
    by: str
    at: datetime
    draft: int | None
    number: int | None
    note: str


def ids(line: Line) -> list[str]:
    """Every script there is: of the library, and of the insurer's own."""
    with line.database.reading() as session:
        return sorted({*library(), *store.published_ids(session)})


def releases(line: Line, script_id: str) -> list[Release]:
    """Every version of a script, the packaged one first. Raises NoScript for an unknown id."""
    with line.database.reading() as session:
        rows = store.releases(session, script_id)
    if not rows and script_id not in library():
        raise NoScript(f"there is no script {script_id}; see `huifang scripts list`")
    last = max((row.number for row in rows if row.retired_at is None), default=0)
    shipped = [_shipped(script_id, last == 0)] if script_id in library() else []
    return [*shipped, *(released(row, last) for row in rows)]


def _shipped(script_id: str, stands: bool) -> Release:
    digest = packaged(script_id).hash
    return Release(0, script_id, digest, "published", None, "Huifang", "Huifang", "", stands)


def released(row: ScriptRelease, last: int) -> Release:
    """A stored release; ``last`` is the number in force."""
    return Release(
        number=row.number,
        script_id=row.script_id,
        hash=row.hash,
        state="published" if row.retired_at is None else "retired",
        published_at=row.published_at,
        by=row.proposed_by,
        approved_by=row.approved_by,
        note=row.note,
        in_force=row.number == last,
        retired_at=row.retired_at,
        retired_by=row.retired_by or "",
        retired_why=row.retired_why or "",
    )


def text_of(line: Line, script_id: str, name: str) -> Written:
    """A version of a script by its number, its hash or a part of that, ``active`` or ``packaged``;
    by its hash also one that calls ran and nobody published. Raises NoScript, and FaultyFileError
    for a text that this Huifang cannot read."""
    with line.database.reading() as session:
        if name == "active":
            return in_force(session, script_id)
        if script_id in library() and _is_packaged(script_id, name):
            return packaged(script_id)
        for row in store.releases(session, script_id):
            if name == str(row.number):
                return read(row.hash, row.version.text)
        kept = store.versions_like(session, script_id, name) if len(name) >= _PART else []
        if len(kept) == 1:
            return read(kept[0].hash, kept[0].text)
    raise _no_version(script_id, name)


def _no_version(script_id: str, name: str) -> NoScript:
    see = f"see `huifang scripts versions {script_id}`"
    return NoScript(f"script {script_id} has no version {name}; {see}")


def _is_packaged(script_id: str, name: str) -> bool:
    part = len(name) >= _PART and packaged(script_id).hash.startswith(name)
    return name in ("packaged", "0") or part


def history(line: Line, script_id: str) -> list[Event]:
    """What was done to a script, the oldest first."""
    with line.database.reading() as session:
        rows = store.events(session, script_id)
    return [
        Event(row.script_id, row.what, row.by, row.at, row.draft_id, row.number, row.note)
        for row in rows
    ]


def retire(line: Line, script_id: str, number: int, by: str, why: str) -> Release:
    """Take a version out of use: no new call begins with it. Raises ScriptTrouble."""
    by, why, now = name_of(by), words_of(why, "why it is retired"), line.clock()
    with line.database.transaction() as session:
        rows = store.releases(session, script_id, lock=True)
        row = _to_retire(line, rows, script_id, number)
        row.retired_at, row.retired_by, row.retired_why = now, by, why
        note_event(session, line, script_id, "retired", by, number=number, note=why)
        return released(row, last=-1)


def _to_retire(
    line: Line, rows: Sequence[ScriptRelease], script_id: str, number: int
) -> ScriptRelease:
    if number == 0 and script_id in library():
        raise ScriptTrouble(
            f"version 0 of {script_id} ships with Huifang and stays; publish another one instead"
        )
    row = next((one for one in rows if one.number == number), None)
    if row is None:
        raise _no_version(script_id, str(number))
    if row.retired_at is not None:
        raise ScriptTrouble(
            f"version {number} of {script_id} was retired by {row.retired_by} on"
            f" {row.retired_at:%Y-%m-%d %H:%M} already"
        )
    left = any(one.retired_at is None for one in rows if one is not row)
    if not left and script_id not in library() and script_id in named(line):
        raise ScriptTrouble(
            f"version {number} is the last one of {script_id}, which the rulebook or HUIFANG_SCRIPT"
            " names; publish another one, or change what names it, first"
        )
    return row


def named(line: Line) -> set[str]:
    """The ids that the rulebook or the setting names: calls are made with them."""
    return {*named_by(line.rulebook), *([line.script_id] if line.script_id else [])}


def note_event(
    session: Session,
    line: Line,
    script_id: str,
    what: str,
    by: str,
    *,
    draft: int | None = None,
    number: int | None = None,
    note: str = "",
) -> None:
    """Add a line to the history of a script."""
    session.add(
        ScriptEvent(
            script_id=script_id,
            draft_id=draft,
            number=number,
            what=what,
            by=by,
            at=line.clock(),
            note=note,
        )
    )


def name_of(by: str) -> str:
    """A person's name as it is kept. Raises ScriptTrouble."""
    name = " ".join(unicodedata.normalize("NFKC", by).split())
    if any(unicodedata.category(char) == "Cf" for char in name):
        raise ScriptTrouble("a name is written without invisible characters")
    if not 0 < len(name) <= LONGEST_NAME or "\0" in name:
        raise ScriptTrouble(f"say who does it: a name of 1 to {LONGEST_NAME} characters")
    return name


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for spaces, width and capitals."""
    first, second = ("".join(name_of(name).split()).casefold() for name in (one, other))
    return first == second


def words_of(note: str, what: str) -> str:
    """A reason as it is kept. Raises ScriptTrouble when it says nothing."""
    words = note.strip()
    if not 0 < len(words) <= LONGEST_NOTE or "\0" in words:
        raise ScriptTrouble(f"say {what}, in 1 to {LONGEST_NOTE} characters")
    return words
