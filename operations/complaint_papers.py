"""Papers of a complaint: taken in a stream, told by their content, and stored under their hash like
the papers of cases."""

from cases.complaint_papers import Paper
from cases.complaint_states import Deed
from operations import case_papers
from operations.case_papers import Upload
from operations.case_work import short, words_of
from operations.complaint_change import changing, check
from operations.complaint_record import ComplaintTrouble
from operations.line import Line
from operations.rights import Who
from store import complaints as store
from store.tables import ComplaintFile

_LONGEST_NAME = 120


def attach(
    line: Line, who: Who, number: int, version: int | None, paper: Paper, brought: Upload
) -> None:
    """Keep a paper with the complaint. The same file again changes nothing. Raises
    ComplaintTrouble, CaseTrouble."""
    words = short(brought.words, "the remark")
    check(line, who, number, Deed.ATTACH)  # nothing is stored for somebody who may not add it
    kind, stored = case_papers.keep(line, brought.stream)
    name = words_of(brought.name, "the name of the file")[-_LONGEST_NAME:]
    told = {"paper": paper.value, "sha256": stored.sha256, "name": name}
    with changing(line, who, number, version, Deed.ATTACH, words, told) as change:
        if change is None:
            return
        if store.same_file(change.session, number, stored.sha256) is not None:
            raise ComplaintTrouble("this file lies with the complaint already; choose another one")
        change.session.add(
            ComplaintFile(
                complaint_id=number,
                event_number=change.found.events[-1].number + 1,
                paper=paper.value,
                name=name,
                media_type=kind.value,
                bytes=stored.bytes,
                sha256=stored.sha256,
                path=stored.path,
                added_at=change.now,
                added_by=who.name,
            )
        )
