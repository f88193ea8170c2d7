"""The case of a call that was handed to a person (转人工) often says one thing: one is wanted. When
a later call confirms what that one had left unheard, the person has answered, and the case is
closed by it. Whatever the customer had denied or doubted stays open for somebody to work on."""

from datetime import datetime

from cases.classify import Headline
from cases.findings import LIVE
from cases.workflow import Deed, is_proved
from operations.calls import run_of
from operations.case_record import ITSELF, Known, family_of, known, write
from operations.line import Line
from operations.plan import touch
from scripts import run as runs
from scripts.heard import Request
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.rulebooks import Proof
from scripts.verdicts import Status
from store import case_work, cases
from store.database import Session
from store.tables import Call, Case, Finding

#: Why such a case is closed.
CLOSED_BECAUSE = "interview"
_NO_ANSWER = frozenset({Label.UNCLEAR, Label.SILENCE})


def close_answered(
    session: Session, line: Line, call: Call, headline: Headline | None, now: datetime
) -> None:
    """Close the cases that this call has answered; open them again where more is known of the call
    now, and it is not clean any more. A case that somebody has worked on is left to them."""
    clean = (
        headline is not None
        and headline.case_class.id == line.rulebook.clean_class
        and call.outcome in line.rulebook.success.outcomes
    )
    for case in cases.of_policy(session, call.policy_id):
        if clean and case.state == "open" and _answered_by(session, line, case, call):
            _close(session, case, call, now)
        elif not clean and _closed_by(session, case, call):
            _open_again(session, case, now)


def _answered_by(session: Session, line: Line, case: Case, call: Call) -> bool:
    """Whether the case rests on nothing but an earlier call's being handed over, the rulebook lets
    a revisit prove it, and the call has confirmed whatever had not been answered there."""
    handed, family = case.call, family_of(line, case)
    if handed is None or handed.id >= call.id or handed.outcome != Outcome.TRANSFERRED:
        return False
    if case.key != f"call:{handed.id}" or family is None:
        return False
    asked = {one.question_id: one.status for one in runs.verdicts(run_of(session, call))}
    return is_proved({Proof.RECALLED}, family.closed_by) and all(
        asked.get(one.question_id) is Status.CONFIRMED and _no_doubt(one, handed)
        for one in cases.findings_of(session, handed.id)
    )


def _no_doubt(finding: Finding, handed: Call) -> bool:
    """Whether the customer had only asked for a person there, or was not heard: whoever doubts
    first and is then content makes another case (次标准件)."""
    return finding.source == LIVE and all(
        turn.label in _NO_ANSWER or turn.request == Request.PERSON
        for turn in handed.turns
        if turn.question_id == finding.question_id
    )


def _close(session: Session, case: Case, call: Call, now: datetime) -> None:
    found = _locked(session, case)
    if any(one.by != ITSELF for one in found.counted):  # somebody works on it, and decides
        return
    assert found.work is not None  # locked with the case
    case.state, case.closed_at, case.closed_because = "closed", now, CLOSED_BECAUSE
    found.work.stage = "closed"
    write(session, found, Deed.CLOSE, ITSELF, now, call=call.id)
    touch(session, now, policy_ids=[case.policy_id])


def _closed_by(session: Session, case: Case, call: Call) -> bool:
    if case.closed_because != CLOSED_BECAUSE:
        return False
    last = case_work.last_event(session, case.id)
    return last is not None and last.detail.get("call") == call.id


def _open_again(session: Session, case: Case, now: datetime) -> None:
    found = _locked(session, case)
    assert found.work is not None  # locked with the case
    case.state, case.closed_at, case.closed_because = "open", None, None
    found.work.stage = "issued"
    write(session, found, Deed.REOPEN, ITSELF, now)
    touch(session, now, policy_ids=[case.policy_id])


def _locked(session: Session, case: Case) -> Known:
    locked = case_work.locked(session, case.id)
    assert locked is not None  # it is at hand
    return known(session, locked[0])
