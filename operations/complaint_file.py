"""The file of a complaint (投诉卷宗): everything that is stored about it, its papers, the calls
that it rests on with their audio and scripts, and what the audit log says, in an evidence package
that an outsider can check."""

from operations import evidence
from operations.complaint_record import ComplaintTrouble
from operations.evidence import Gathered, Package, Subject
from operations.evidence_text import transcript
from operations.line import Line
from store import complaints as store
from store import evidence as stored
from store.database import Session
from store.tables import Call, Complaint


def make(line: Line, number: int, by: str) -> Package:
    """A complaint's package; the audit log notes it. Raises ComplaintTrouble."""
    with line.database.reading() as session:
        row = store.by_id(session, number)
    if row is None:
        raise ComplaintTrouble(f"there is no complaint {number}; look at the register")
    about = Subject("complaint", row.number, str(number))
    return evidence.packed(line, about, by, lambda session: _gather(session, line, row))


def _gather(session: Session, line: Line, row: Complaint) -> Gathered:
    ids = _calls(session, row)
    rows = stored.complaint_records(session, row, ids)
    files = {"records.json": evidence.as_json(rows)}
    for digest, text in stored.scripts_of(session, ids).items():
        files[f"scripts/{digest}.yaml"] = text.encode()
    for number in ids:
        call = session.get_one(Call, number)
        files[f"transcripts/call-{number:06d}.txt"] = transcript(session, call).encode()
    return evidence.with_files(line, rows, files)


def _calls(session: Session, row: Complaint) -> list[int]:
    """The call in which it was said, those of its evidence, and its follow-ups."""
    found = {one.call_id for one in store.evidence_of(session, row.id)}
    found |= {one.call_id for one in store.revisits_of(session, row.id) if one.call_id}
    return sorted(found | ({row.call_id} if row.call_id else set()))
