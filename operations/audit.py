"""The audit log (审计日志): who saw a full number, listened, took a list out or decided. Only added
to; ``verify`` finds any entry that was changed, removed or put in between."""

from dataclasses import dataclass
from datetime import timedelta

from operations.line import Line
from store import audit as store
from store.database import Session

#: Kinds of entries that pages write; others are named by the operation that writes them.
UNMASKED, LISTENED, EXPORTED = "unmasked", "listened", "exported"
#: Playing the same recording again within this time is the same listening.
ONE_LISTENING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries hold together, and the first that does not, with a sentence."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""


def note(session: Session, line: Line, who: str, what: str, about: str, detail: str = "") -> None:
    """Write an entry within the caller's transaction: both are kept or neither."""
    store.add(session, line.clock(), who, what, about, detail)


def note_alone(line: Line, who: str, what: str, about: str, detail: str = "") -> None:
    """Write an entry about something that changes nothing else."""
    with line.database.transaction() as session:
        note(session, line, who, what, about, detail)


def note_listening(line: Line, who: str, about: str) -> None:
    """Write that somebody plays a recording: once in ``ONE_LISTENING``, because a player asks for
    one file in many parts."""
    since = line.clock() - ONE_LISTENING
    with line.database.reading() as session:
        if store.noted_since(session, since, who, LISTENED, about):
            return
    with line.database.transaction() as session:
        store.wait(session)  # parts that are asked for at the same moment are one listening
        if not store.noted_since(session, since, who, LISTENED, about):
            note(session, line, who, LISTENED, about)


def verify(line: Line, known_head: str | None = None) -> Verified:
    """Follow the chain from its beginning. ``known_head`` is a hash that was kept elsewhere: where
    it does not stand in the chain, entries were taken away at its end."""
    before, number, seen = store.NOTHING_BEFORE, 0, known_head is None
    with line.database.reading() as session:
        written = store.head(session)
        for entry in store.chain(session):
            why = _fault(entry.number, number + 1, entry.before == before,
                         entry.hash == store.digest(entry))  # fmt: skip
            if why:
                return Verified(number, before, number + 1, why)
            before, number = entry.hash, entry.number
            seen = seen or entry.hash == known_head
            if entry.number == written.number and entry.hash != written.hash:
                return Verified(number, before, number, f"entry {number} is not the one written")
        if written.number > number:
            why = f"the log ends at entry {number}, but {written.number} had been written"
            return Verified(number, before, number + 1, why)
        # What was added while we read is in the head by now, for both are committed as one.
        head = store.head(session)
    if head.number < number:
        why = f"entry {head.number + 1} was put in: {head.number} had been written"
        return Verified(number, before, head.number + 1, why)
    if not seen:
        return Verified(number, before, number, "the hash that you kept stands nowhere in the log")
    return Verified(number, before)


def _fault(number: int, expected: int, linked: bool, intact: bool) -> str:
    if number != expected:
        return f"entry {expected} is missing"
    if not intact:
        return f"entry {number} was changed after it was written"
    return "" if linked else f"entry {number} does not follow the entry before it"
