"""Drafts of scripts and their way into use: written by one person, proposed, and approved by
another. What is published is exactly what was proposed, and it passed the check."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from operations.choose_script import FALLBACK, NoScript, ScriptTrouble, in_force
from operations.line import Line
from operations.releases import (
    Release,
    name_of,
    note_event,
    released,
    same_person,
    words_of,
)
from scripts import checks, written
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.written import Written
from scripts.yamlfile import MAX_BYTES
from store import scripts as store
from store.database import Session
from store.tables import ScriptDraft, ScriptRelease

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID = 60
OPEN, PROPOSED, SENT_BACK = "open", "proposed", "sent-back"
APPROVED, WITHDRAWN = "approved", "withdrawn"


class DraftChanged(ScriptTrouble):
    """Somebody else has saved the draft meanwhile. ``draft`` is as it stands now."""

    def __init__(self, sentence: str, draft: "Draft") -> None:
        super().__init__(sentence)
        self.draft = draft


class FaultyDraft(ScriptTrouble):
    """What is to be published is no script, or the check finds errors in it: ``faults``."""

    def __init__(self, sentence: str, faults: list[Fault]) -> None:
        super().__init__(sentence)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. ``hash`` is of its text as it stands, for the next save; ``based_on`` of what was
    in force when it was begun, None for a new id; ``frozen`` is the whole text that is proposed,
    None while none is. ``state``: open, proposed, sent-back, approved, withdrawn."""

    number: int
    script_id: str
    state: str
    text: str
    hash: str
    based_on: str | None
    by: str
    started_at: datetime
    changed_by: str
    changed_at: datetime
    proposed_by: str
    proposed_at: datetime | None
    note: str
    why: str  # it was sent back
    frozen: str | None
    frozen_hash: str | None


def drafts(line: Line, *, unfinished: bool = True) -> list[Draft]:
    """The drafts that somebody works on or that wait for approval, the newest first; or all."""
    with line.database.reading() as session:
        return [_draft(row) for row in store.drafts(session, unfinished=unfinished)]


def draft(line: Line, number: int) -> Draft:
    """One draft. Raises ScriptTrouble when there is none of this number."""
    with line.database.reading() as session:
        return _draft(_row(session, number))


def start_draft(line: Line, script_id: str, by: str, text: str | None = None) -> int:
    """Begin a draft of a script, or of a new one of the insurer's own; without a text it begins as
    the version in force, and a new one as the standard script. Returns its number."""
    by = name_of(by)
    if len(script_id) > _LONGEST_ID or not _ID.fullmatch(script_id):
        raise ScriptTrouble(
            f"{script_id!r} is no id for a script: use small letters, digits and hyphens, at most"
            f" {_LONGEST_ID}"
        )
    with line.database.transaction() as session:
        return _start(session, line, script_id, by, text).id


def _start(session: Session, line: Line, script_id: str, by: str, text: str | None) -> ScriptDraft:
    base = _standing(session, script_id)
    begun = _text_of(text if text is not None else _first_text(session, script_id, base))
    row = ScriptDraft(
        script_id=script_id,
        state=OPEN,
        text=begun,
        hash=_hash(begun),
        based_on=base.hash if base else None,
        started_by=by,
        started_at=line.clock(),
        changed_by=by,
        changed_at=line.clock(),
        note="",
        why="",
    )
    session.add(row)
    session.flush()
    note_event(session, line, script_id, "started", by, draft=row.id)
    if text is not None:
        note_event(session, line, script_id, "saved", by, draft=row.id)
    return row


def _standing(session: Session, script_id: str) -> Written | None:
    try:
        return in_force(session, script_id)
    except NoScript:
        return None


def _first_text(session: Session, script_id: str, base: Written | None) -> str:
    """The order of the keys stays, so that the id stands where it is looked for."""
    if base is not None:
        return base.text
    return written.as_yaml({**in_force(session, FALLBACK).data, "id": script_id})


def save_draft(line: Line, number: int, text: str, by: str, seen: str) -> Draft:
    """Keep a text, faulty or not. ``seen`` is the hash of the text that the editor began with:
    raises DraftChanged when another one is stored. A proposal is taken back by it."""
    by, text = name_of(by), _text_of(text)
    with line.database.transaction() as session:
        row = _row(session, number, lock=True)
        _unfinished(row)
        if row.hash == _hash(text):
            return _draft(row)  # saved already
        if row.hash != seen:
            raise DraftChanged(
                f"draft {number} was saved by {row.changed_by} on {row.changed_at:%Y-%m-%d %H:%M}"
                " after you began; bring your changes over to that text",
                _draft(row),
            )
        row.text, row.hash, row.state = text, _hash(text), OPEN
        row.changed_by, row.changed_at = by, line.clock()
        row.frozen = row.frozen_hash = None
        note_event(session, line, row.script_id, "saved", by, draft=row.id)
        return _draft(row)


def propose(line: Line, number: int, by: str, note: str) -> Draft:
    """Freeze a draft as the version that another person is to approve. Raises FaultyDraft when the
    check finds an error in it, and ScriptTrouble."""
    by, note = name_of(by), words_of(note, "why it is proposed")
    before = draft(line, number)
    frozen = _frozen(before.text, f"draft {number}")
    with line.database.transaction() as session:
        row = _row(session, number, lock=True)
        if row.hash != before.hash:
            raise DraftChanged(
                f"draft {number} was saved by {row.changed_by} meanwhile; look at it again",
                _draft(row),
            )
        return _propose(session, line, row, frozen, by, note)


def propose_text(line: Line, text: str, by: str, note: str, name: str = "script") -> Draft:
    """Begin a draft with this text and propose it at once: all or nothing. ``name`` is that of the
    file. Raises FaultyDraft and ScriptTrouble."""
    by, note = name_of(by), words_of(note, "why it is proposed")
    frozen = _frozen(_text_of(text), name)
    with line.database.transaction() as session:
        row = _start(session, line, frozen.script.id, by, text)
        return _propose(session, line, row, frozen, by, note)


def _propose(
    session: Session, line: Line, row: ScriptDraft, frozen: Written, by: str, note: str
) -> Draft:
    if row.state == PROPOSED:
        raise ScriptTrouble(f"draft {row.id} waits for approval already")
    _unfinished(row)
    if frozen.script.id != row.script_id:
        raise ScriptTrouble(
            f"draft {row.id} is one of {row.script_id}, but its text says id: {frozen.script.id};"
            " mend the id, or begin a draft of the other script"
        )
    base = _up_to_date(session, row)
    if base is not None and base.hash == frozen.hash:
        raise ScriptTrouble(
            f"this is what the version in force of {row.script_id} says already; nothing to approve"
        )
    row.state, row.proposed_by, row.proposed_at = PROPOSED, by, line.clock()
    row.note, row.why = note, ""
    row.frozen, row.frozen_hash = frozen.text, frozen.hash
    note_event(session, line, row.script_id, "proposed", by, draft=row.id, note=note)
    return _draft(row)


def approve(line: Line, number: int, by: str, seen: str | None = None) -> Release:
    """Publish a proposal: from the next call on it is in force. ``by`` is somebody who neither
    wrote nor proposed it; ``seen`` is the hash of the version they looked at, where known."""
    by = name_of(by)
    before = draft(line, number)
    if before.frozen is not None:  # Huifang may have been renewed since: the check of today counts
        _frozen(before.frozen, f"draft {number}")
    with line.database.transaction() as session:
        row = _row(session, number, lock=True)
        # Before the look at what is in force: a version published after that look has this number.
        next_number = _next_number(session, row.script_id)
        _approvable(session, row, by, seen or before.frozen_hash)
        return _publish(session, line, row, by, next_number)


def _next_number(session: Session, script_id: str) -> int:
    before = store.releases(session, script_id)
    return before[-1].number + 1 if before else 1


def _approvable(session: Session, row: ScriptDraft, by: str, seen: str | None) -> None:
    if row.state == APPROVED:
        raise ScriptTrouble(f"draft {row.id} is published already")
    if row.state != PROPOSED:
        raise ScriptTrouble(f"draft {row.id} is not proposed ({row.state}); propose it first")
    if row.frozen_hash != seen:
        raise DraftChanged(
            f"draft {row.id} was changed and proposed again by {row.proposed_by}; look at it again",
            _draft(row),
        )
    if any(same_person(by, one) for one in store.writers(session, row.id)):
        raise ScriptTrouble(
            f"{by} has written or proposed draft {row.id}; another person must approve it"
        )
    _up_to_date(session, row)


def _up_to_date(session: Session, row: ScriptDraft) -> Written | None:
    """What the draft was begun with is in force still. Raises ScriptTrouble: to publish it would
    undo what somebody else has published meanwhile."""
    base = _standing(session, row.script_id)
    if row.based_on == (base.hash if base else None):
        return base
    raise ScriptTrouble(
        f"draft {row.id} was begun with another version of {row.script_id} than the one in force"
        " now; begin a new draft and bring the changes over"
    )


def _publish(session: Session, line: Line, row: ScriptDraft, by: str, number: int) -> Release:
    assert row.frozen is not None  # it is proposed
    assert row.frozen_hash is not None
    assert row.proposed_by is not None
    kept = store.keep(session, row.frozen_hash, row.script_id, row.frozen)
    release = ScriptRelease(
        script_id=row.script_id,
        number=number,
        hash=kept.hash,
        draft_id=row.id,
        published_at=line.clock(),
        proposed_by=row.proposed_by,
        approved_by=by,
        note=row.note,
    )
    if not store.add_release(session, release):
        raise ScriptTrouble(
            f"another version of {row.script_id} was published at the same moment; begin a draft"
            " with it and bring the changes over"
        )
    row.state = APPROVED
    note_event(session, line, row.script_id, "approved", by, draft=row.id, number=number)
    return released(release, number)


def send_back(line: Line, number: int, by: str, why: str) -> Draft:
    """Give a proposal back to who wrote it. Raises ScriptTrouble."""
    by, why = name_of(by), words_of(why, "why it is sent back")
    with line.database.transaction() as session:
        row = _row(session, number, lock=True)
        if row.state != PROPOSED:
            raise ScriptTrouble(f"draft {number} is not proposed ({row.state})")
        row.state, row.why = SENT_BACK, why
        row.frozen = row.frozen_hash = None
        note_event(session, line, row.script_id, "sent-back", by, draft=number, note=why)
        return _draft(row)


def withdraw(line: Line, number: int, by: str) -> Draft:
    """Give a draft up; it stays readable. Raises ScriptTrouble."""
    by = name_of(by)
    with line.database.transaction() as session:
        row = _row(session, number, lock=True)
        _unfinished(row)
        row.state = WITHDRAWN
        note_event(session, line, row.script_id, "withdrawn", by, draft=number)
        return _draft(row)


def _frozen(text: str, name: str) -> Written:
    """The whole script that a text comes to. Raises FaultyDraft."""
    try:
        whole = written.of_text(text, name)
    except FaultyFileError as faulty:
        raise _faulty(name, list(faulty.faults)) from None
    errors = [one for one in checks.check(whole.script) if one.severity is Severity.ERROR]
    if errors:
        raise _faulty(name, errors)
    return whole


def _faulty(name: str, errors: list[Fault]) -> FaultyDraft:
    more = f" and {len(errors) - 1} more" if errors[1:] else ""
    return FaultyDraft(f"{name} must not be published: {errors[0]}{more}", errors)


def _row(session: Session, number: int, *, lock: bool = False) -> ScriptDraft:
    row = store.draft(session, number, lock=lock)
    if row is None:
        raise NoScript(f"there is no draft {number}; see `huifang scripts drafts`")
    return row


def _unfinished(row: ScriptDraft) -> None:
    if row.state in (APPROVED, WITHDRAWN):
        raise ScriptTrouble(f"draft {row.id} is {row.state}; begin a new one")


def _text_of(text: str) -> str:
    """A text that can be kept. Raises ScriptTrouble."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise ScriptTrouble("the text has characters that are none; paste it as UTF-8") from None
    if size > MAX_BYTES:
        raise ScriptTrouble(f"the text is larger than {MAX_BYTES // 1000} kB; shorten it")
    if "\0" in text:
        raise ScriptTrouble("the text cannot hold the character NUL; leave it out")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _draft(row: ScriptDraft) -> Draft:
    return Draft(
        number=row.id,
        script_id=row.script_id,
        state=row.state,
        text=row.text,
        hash=row.hash,
        based_on=row.based_on,
        by=row.started_by,
        started_at=row.started_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        proposed_by=row.proposed_by or "",
        proposed_at=row.proposed_at,
        note=row.note,
        why=row.why,
        frozen=row.frozen,
        frozen_hash=row.frozen_hash,
    )
