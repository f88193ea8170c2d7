"""The record of a case: what is written whenever something is done to it, and the facts that the
workflow decides on. It decides nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.papers import PROOFS, Paper
from cases.workflow import CaseFacts, Deed, Doer, Stage
from operations import sellers
from operations.line import Line
from operations.rights import Action, Who
from scripts.rulebooks import Family, Proof
from store import case_notices, case_work
from store.database import Session
from store.tables import Case, CaseEvent, CaseFile, CaseWork

#: What the software itself writes into a record.
ITSELF = "huifang"
PASSED, FAILED = "passed", "failed"
WARNING, OVERDUE = "warning", "overdue"
#: Whose doing makes somebody a handler, who does not review it.
_HANDLING = frozenset({Deed.CONTACT, Deed.ATTACH, Deed.CONCLUDE})


class CaseTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """Something that cannot be done to a case. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case with everything that was done to it. ``work`` is None while nobody has touched it."""

    case: Case
    work: CaseWork | None
    events: list[CaseEvent]
    files: list[CaseFile]

    @property
    def counted(self) -> list[CaseEvent]:
        """What was done since the case was opened, or opened again."""
        return [one for one in self.events if self.work and one.number >= self.work.since]


def known(session: Session, case: Case) -> Known:
    """The case as the session sees it."""
    work = case_work.work_of(session, case.id)
    events, files = case_work.events_of(session, case.id), case_work.files_of(session, case.id)
    return Known(case, work, events, files)


def facts_of(session: Session, line: Line, found: Known) -> CaseFacts:
    """What the workflow decides on."""
    case, work = found.case, found.work
    family = family_of(line, case)
    stage = Stage(work.stage) if work else Stage.ISSUED
    if case.state == "closed":  # also by a machine's announcement, which touches no work
        stage = Stage.CLOSED
    elif stage is Stage.CLOSED:
        stage = Stage.ASSIGNED if work and work.assignee else Stage.ISSUED
    return CaseFacts(
        stage=stage,
        assignee=work.assignee if work else None,
        handlers=frozenset(one.by for one in found.counted if one.what in _HANDLING),
        proofs=_proofs(session, line, found),
        closed_by=family.closed_by if family else (),
        seller_may_handle=family.seller_may_handle if family else True,
        seller=case.policy.seller_name,
        seller_code=case.policy.seller_code or None,
    )


def family_of(line: Line, case: Case) -> Family | None:
    """The family of a case in the rulebook in force; None where another one had opened it."""
    return next((one for one in line.rulebook.families if one.name == case.family), None)


def doer_of(session: Session, who: Who) -> Doer:
    """Somebody's rights at cases."""
    found = sellers.known(session, who.name)
    return Doer(
        who.name,
        works=who.may(Action.WORK_CASES),
        assigns=who.may(Action.ASSIGN_CASES),
        reviews=who.may(Action.REVIEW_CASES),
        sells=found.sells,
        code=found.code,
        by_name=found.by_name,
    )


def write(
    session: Session,
    found: Known,
    what: str,
    by: str,
    now: datetime,
    words: str = "",
    **detail: Any,
) -> CaseEvent:
    """Add to the record, and count the version up, which makes forms of before out of date."""
    work = found.work
    assert work is not None  # whoever writes has locked it
    number = found.events[-1].number + 1 if found.events else 1
    event = CaseEvent(
        case_id=found.case.id, number=number, at=now, by=by, what=what, words=words, detail=detail
    )
    session.add(event)
    found.events.append(event)
    work.version += 1
    return event


def open_again(
    session: Session, found: Known, by: str, now: datetime, words: str, *, itself: bool = False
) -> None:
    """Open a closed case: what proved it before proves nothing any more. ``itself``: a call came
    to another result than it had when the case was closed, and nobody has asked for it."""
    case, work = found.case, found.work
    assert work is not None  # whoever opens it has locked it
    case.state, case.closed_at, case.closed_because = "open", None, None
    work.since = found.events[-1].number + 1 if found.events else 1
    work.alarm = None
    case_notices.forget(session, case.id)
    if itself:
        work.stage = Stage.ASSIGNED if work.assignee else Stage.ISSUED
        write(session, found, Deed.REOPEN, by, now, words)


def _proofs(session: Session, line: Line, found: Known) -> frozenset[Proof]:
    proofs = {
        PROOFS[Paper(file.paper)]
        for file in found.files
        if Paper(file.paper) in PROOFS and found.work and file.event_number >= found.work.since
    }
    for event in found.counted:
        if event.what == Deed.CONCLUDE:
            proofs.add(Proof.OPINION)
        elif event.what == Deed.CONTACT and event.detail.get("reached"):
            proofs.add(Proof.ANSWER)
    results = [one.what for one in found.counted if one.what in (PASSED, FAILED)]
    if results:
        return frozenset(proofs | ({Proof.RECALLED} if results[-1] == PASSED else set()))
    book = line.rulebook
    clean = next(one.name for one in book.classes if one.id == book.clean_class)
    started = found.work is None or found.work.since == 1
    if started and case_work.revisited_since(session, found.case, book.success.outcomes, clean):
        proofs.add(Proof.RECALLED)  # a first revisit that went on beside the case says as much
    return frozenset(proofs)
