"""溯源整改: what was found wrong behind a complaint is put right, and somebody says that it was and
how. A correction outlives its complaint: it may be done when the file is closed. The night writes
down which are late."""

from datetime import date
from typing import Final

from cases.complaint_states import WhyNot, may_handle
from operations import audit
from operations.case_work import words_of
from operations.complaint_change import OUT_OF_DATE, WHY_NOT, seen
from operations.complaint_record import (
    ITSELF,
    ComplaintTrouble,
    doer_of,
    facts_of,
    known,
    write,
)
from operations.line import Line
from operations.rights import Who
from store import complaints as store
from store import corrections as store_of_corrections
from store.columns import LOCAL
from store.database import Session

#: What the ledger calls it, and a correction whose day has passed.
CORRECTED: Final = "corrected"
LATE: Final = "correction-overdue"
#: Corrections that are looked at together.
_BATCH: Final = 200


def escalate(line: Line) -> int:
    """Write into the ledger which corrections are over their day, once for each day that was
    promised. Returns how many were."""
    done, last = 0, 0
    today = line.clock().astimezone(LOCAL).date()
    while True:
        with line.database.transaction() as session:
            part = store_of_corrections.to_alarm(session, today, _BATCH, last)
            done += sum(_tell(session, line, number, today) for number in part)
        if len(part) < _BATCH:
            return done
        last = part[-1]


def _tell(session: Session, line: Line, number: int, today: date) -> bool:
    """Write one down, if it is late still and was not told of that day before."""
    row = store.locked(session, number)
    assert row is not None  # it is at hand
    due = row.correction_due_on
    if row.corrected_at is not None or due is None or due >= today:
        return False
    found, told = known(session, row), {"due_on": due.isoformat()}
    if any(one.what == LATE and one.detail == told for one in found.counted):
        return False
    write(session, found, LATE, ITSELF, line.clock(), "", told)
    return True


def done(line: Line, who: Who, number: int, version: int, words: str) -> None:
    """Write down that a correction is done, and how; the same form twice changes nothing. Raises
    ComplaintTrouble, or CaseTrouble for words that are missing or too many."""
    words = words_of(words, "what was put right")
    with line.database.transaction() as session:
        row = seen(store.locked(session, number), who, number)
        found, now = known(session, row), line.clock()
        last = found.events[-1] if found.events else None
        if last and (last.what, last.by, last.words) == (CORRECTED, who.name, words):
            return
        if row.version != version:
            raise ComplaintTrouble(OUT_OF_DATE)
        if row.correction is None:
            raise ComplaintTrouble("no correction is written down; note the root cause first")
        if row.corrected_at is not None:
            raise ComplaintTrouble("this correction is done already")
        doer = doer_of(session, who)
        if not (doer.works or doer.assigns):
            raise ComplaintTrouble(WHY_NOT[WhyNot.NO_RIGHT])
        facts = facts_of(session, line, found, now)
        if not may_handle(facts, who.name, sells=doer.sells, code=doer.code):
            raise ComplaintTrouble(WHY_NOT[WhyNot.SAME_NAME if doer.by_name else WhyNot.SELLER])
        row.corrected_at = now
        write(session, found, CORRECTED, who.name, now, words)
        audit.note(session, line, who.name, f"complaint-{CORRECTED}", f"complaint:{number}")
