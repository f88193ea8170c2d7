"""溯源整改: what was found wrong behind a complaint is put right, and somebody says that it was and
how. A correction outlives its complaint: it may be done when the file is closed."""

from typing import Final

from cases.complaint_states import WhyNot, may_handle
from operations import audit
from operations.case_work import words_of
from operations.complaint_change import OUT_OF_DATE, WHY_NOT, seen
from operations.complaint_record import ComplaintTrouble, doer_of, facts_of, known, write
from operations.line import Line
from operations.rights import Who
from store import complaints as store

#: What the ledger calls it.
CORRECTED: Final = "corrected"


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
        if not may_handle(facts_of(session, line, found, now), who.name, sells=doer.sells):
            raise ComplaintTrouble(WHY_NOT[WhyNot.SELLER])
        row.corrected_at = now
        write(session, found, CORRECTED, who.name, now, words)
        audit.note(session, line, who.name, f"complaint-{CORRECTED}", f"complaint:{number}")
