"""The lexicon (词表) that answers are read with: which one is in force, and putting another in
force. Every process asks the database, so that all read alike and none needs a restart."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ivr.conversation import record
from operations.facts import from_json
from operations.line import Line
from scripts.answers.changes import Answer, Change, changed, of_example, ordered
from scripts.answers.examples import labelled, of_words, read_examples
from scripts.answers.lexicon import Book, LexiconError, book
from scripts.answers.sources import EXAMPLES, Texts, book_of, packaged
from store import lexicons
from store.database import Session
from store.tables import Call, LexiconVersion

Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)

#: Compiled lexicons by fingerprint, which stands for their content: compiling takes half a second.
_compiled: dict[str, Book] = {}
_MOST_COMPILED = 8
#: A fingerprint may be shortened to so many digits.
_PART = 4


def active(session: Session, at: datetime | None = None) -> Book:
    """The lexicon in force now, or at a moment: the newest one published, else the packaged one."""
    version = lexicons.in_force(session, at)
    return book() if version is None else _book_of(version)


def for_call(session: Session, call: Call) -> Book:
    """The lexicon for every answer of a call: the one in force when it was picked up. So a call
    under way ends as it began."""
    return active(session, call.answered_at)


def _book_of(version: LexiconVersion) -> Book:
    found = _compiled.get(version.fingerprint)
    if found is None:
        found = _compile(version)
        while len(_compiled) >= _MOST_COMPILED:
            _compiled.pop(next(iter(_compiled)))
        _compiled[version.fingerprint] = found
    return found


def _compile(version: LexiconVersion) -> Book:
    """The version's book. One that a newer Huifang cannot use any more must not silence a call:
    the packaged one stands in, and `huifang doctor` tells."""
    try:
        return book_of(version.files)
    except LexiconError:
        _log.exception("lexicon version %s cannot be used; reading with the packaged", version.id)
        return book()


@dataclass(frozen=True, slots=True)
class Version:
    """One lexicon that can be named: ``packaged`` is number 0."""

    number: int
    fingerprint: str
    published_at: datetime | None
    published_by: str
    note: str
    in_force: bool


def versions(line: Line) -> list[Version]:
    """The packaged lexicon and every published one, the oldest first."""
    with line.database.reading() as session:
        rows = lexicons.all_versions(session)
    last = rows[-1].id if rows else 0
    shipped = Version(0, book().fingerprint, None, "Huifang", "as it ships", not rows)
    return [
        shipped,
        *(
            Version(
                row.id,
                row.fingerprint,
                row.published_at,
                row.published_by,
                row.note,
                row.id == last,
            )
            for row in rows
        ),
    ]


def texts_of(line: Line, name: str) -> Texts | None:
    """The files of a version by its number, its fingerprint or a part of that, ``active`` or
    ``packaged``; None when there is none."""
    with line.database.reading() as session:
        rows = lexicons.all_versions(session)
        if name == "active" and rows:
            return dict(rows[-1].files)
        if name in ("active", "packaged", "0") or book().fingerprint == name:
            return packaged()
        for row in reversed(rows):
            if name == str(row.id) or (len(name) >= _PART and row.fingerprint.startswith(name)):
                return dict(row.files)
    return packaged() if len(name) >= _PART and book().fingerprint.startswith(name) else None


def publish(line: Line, texts: Texts, by: str, note: str) -> int | None:
    """Put a lexicon that was checked in force, from the next call on. Returns its number; None
    when it is in force already."""
    fingerprint = book_of(texts).fingerprint
    with line.database.transaction() as session:
        current = lexicons.in_force(session)
        files = dict(current.files) if current else packaged()
        if files == dict(texts):
            return None
        version = LexiconVersion(
            fingerprint=fingerprint,
            published_at=line.clock(),
            published_by=by,
            note=note,
            files=dict(texts),
        )
        session.add(version)
        session.flush()
        return version.id


def preview(
    line: Line, texts: Texts, *, stored: bool = True, progress: Progress = lambda done, whole: None
) -> list[Change]:
    """Every answer that a lexicon would read otherwise than the one in force: the labelled ones
    that ship, every word in its sentence, the insurer's own examples, and (with ``stored``) all
    that was ever read in calls. What becomes a yes comes first. Changes nothing."""
    new = book_of(texts)
    with line.database.reading() as session:
        old = active(session)
        answers = [
            of_example(one)
            for one in (*labelled(), *of_words(), *read_examples(texts[EXAMPLES], EXAMPLES))
        ]
        found = list(changed(answers, old, new))
        if stored:
            found += changed(_stored(session, progress), old, new)
    return ordered(found)


def _stored(session: Session, progress: Progress) -> Iterator[Answer]:
    whole = lexicons.count_answers(session)
    for done, one in enumerate(lexicons.stored_answers(session), 1):
        progress(done, whole)
        yield Answer(
            question=one.question_id,
            words=one.words,
            place=f"call {one.call_id}, turn {one.turn_number}, {one.source}",
            label=one.label or "",
            call=one.call_id,
            record=record(from_json(one.facts)),
            now=one.heard_at,
        )
