"""What happened to one policy, out of every table that knows of it, in one order of time and with
whoever did it. It reads, and names nothing: the words are the page's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from store import audit
from store.agenda import slices
from store.columns import LOCAL
from store.tables import (
    Attempt,
    Call,
    Case,
    CaseEvent,
    Complaint,
    CustomerRequest,
    Handover,
    HandoverList,
    Hearing,
    Import,
    Interview,
    OverdueStatement,
    Policy,
    Reading,
    ReadingVersion,
    Recording,
    Review,
    SpecialRevisit,
)

#: Audit entries of what the record of a case tells itself.
_IN_RECORD = "case-"
#: Who did what the software does to a case.
_ITSELF = "huifang"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. ``what`` is a stable word, ``detail`` a stored value that goes with
    it, ``words`` what somebody said or wrote, ``by`` who did it (None: Huifang itself), and
    ``page`` and ``number`` where there is more of it."""

    at: datetime
    what: str
    detail: str = ""
    words: str = ""
    by: str | None = None
    page: str = ""
    number: int = 0


def timeline(session: Session, policy: Policy) -> list[Moment]:
    """Everything that happened to a policy, the oldest first."""
    calls = list(session.scalars(select(Call.id).where(Call.policy_id == policy.id)))
    cases = list(session.scalars(select(Case).where(Case.policy_id == policy.id)))
    found = [
        *_import(session, policy),
        *_calls(session, policy.id),
        *_hearings(session, calls),
        *_reviews(session, calls),
        *_cases(session, cases),
        *_otherwise(session, policy.id),
        *_requests(session, policy.id),
        *_complaints(session, policy.id),
        *_audited(session, policy, calls, [case.id for case in cases]),
    ]
    return sorted(found, key=lambda one: one.at)


def _import(session: Session, policy: Policy) -> Iterator[Moment]:
    source = session.get(Import, policy.import_id)
    yield Moment(policy.imported_at, "imported", policy.status, source.file_name if source else "")
    if policy.receipt_signed_on is not None:
        signed = datetime.combine(policy.receipt_signed_on, time(), tzinfo=LOCAL)
        yield Moment(signed, "receipt-signed")
    if policy.reopened_at is not None:
        yield Moment(policy.reopened_at, "reopened")


def _calls(session: Session, policy_id: int) -> Iterator[Moment]:
    query = (
        select(Attempt, Call, Interview.agent)
        .outerjoin(Call, Call.attempt_id == Attempt.id)
        .outerjoin(Interview, Interview.call_id == Call.id)
        .where(Attempt.policy_id == policy_id)
    )
    for attempt, call, agent in session.execute(query):
        page = ("calls", call.id) if call else ("", 0)
        yield Moment(
            attempt.planned_at, "dialled", str(attempt.number), attempt.phone, agent, *page
        )
        if attempt.ended_at is not None:
            cause = attempt.cause or attempt.outcome or ""
            yield Moment(attempt.ended_at, "ended", cause, "", agent, *page)
        if call and call.judged_at and call.class_name:
            yield Moment(call.judged_at, "judged", call.class_name, "", None, *page)


def _hearings(session: Session, calls: Sequence[int]) -> Iterator[Moment]:
    answers = func.count(Reading.id)
    query = (
        select(Recording.call_id, ReadingVersion.made_at, Hearing.engine, answers)
        .join(Hearing, Hearing.recording_id == Recording.id)
        .join(ReadingVersion, ReadingVersion.hearing_id == Hearing.id)
        .join(Reading, Reading.version_id == ReadingVersion.id)
        .where(Recording.call_id.in_(calls))
        .group_by(Recording.call_id, ReadingVersion.id, ReadingVersion.made_at, Hearing.engine)
    )
    for call, at, engine, count in session.execute(query):
        yield Moment(at, "read", str(count), engine, None, "calls", call)


def _reviews(session: Session, calls: Sequence[int]) -> Iterator[Moment]:
    for one in session.scalars(select(Review).where(Review.call_id.in_(calls))):
        page = ("calls", one.call_id)
        yield Moment(one.made_at, "reviewed", one.label, one.note, one.reviewer, *page)
        if one.withdrawn_at is not None:
            yield Moment(one.withdrawn_at, "review-withdrawn", one.label, "", one.reviewer, *page)


def _cases(session: Session, cases: Sequence[Case]) -> Iterator[Moment]:
    for case in cases:
        page = ("cases", case.id)
        yield Moment(case.opened_at, "case-opened", case.class_name, case.headline, None, *page)
        if case.closed_at is not None and case.closed_because is not None:
            yield Moment(case.closed_at, "case-closed", case.closed_because, "", None, *page)
    of_these = CaseEvent.case_id.in_([case.id for case in cases])
    for event in session.scalars(select(CaseEvent).where(of_these).order_by(CaseEvent.id)):
        what, by = f"case-{event.what}", None if event.by == _ITSELF else event.by
        yield Moment(event.at, what, "", event.words, by, "cases", event.case_id)


def _otherwise(session: Session, policy_id: int) -> Iterator[Moment]:
    for one in _of(session, SpecialRevisit, policy_id):
        page = ("special", one.id)
        yield Moment(one.applied_at, "special-applied", one.way, one.reason, one.applied_by, *page)
        if one.decided_at is not None:
            because = one.decided_because or ""
            what = f"special-{one.state}"
            yield Moment(one.decided_at, what, one.way, because, one.decided_by, *page)
    for one in _of(session, Handover, policy_id):
        page = ("handovers", one.id)
        yield Moment(one.opened_at, "handover-opened", one.way, "", None, *page)
        made = session.get(HandoverList, one.list_id) if one.list_id else None
        if made is not None:
            yield Moment(made.made_at, "handover-issued", one.way, made.branch, made.made_by, *page)
        if one.ended_at is not None:
            what, result = f"handover-{one.state}", one.result or ""
            yield Moment(one.ended_at, what, one.way, result, one.ended_by, *page)
    for filed in _of(session, OverdueStatement, policy_id):
        in_time = "in-time" if filed.in_time else "late"
        yield Moment(filed.filed_at, "statement", in_time, filed.reason, filed.filed_by)


def _requests(session: Session, policy_id: int) -> Iterator[Moment]:
    for one in _of(session, CustomerRequest, policy_id):
        yield Moment(one.opened_at, "request", one.kind, one.words, one.opened_by)
        if one.done_at is not None:
            yield Moment(one.done_at, "request-done", one.kind, one.done_how or "", one.done_by)
    put_back: ColumnElement[bool] = Interview.call_id.is_(None)
    query: Select[Any] = select(Interview).where(Interview.policy_id == policy_id, put_back)
    for one in session.scalars(query):
        yield Moment(one.taken_at, "taken", "", "", one.agent)


def _complaints(session: Session, policy_id: int) -> Iterator[Moment]:
    """That there were complaints; what they say is for those who may open them."""
    for one in _of(session, Complaint, policy_id):
        page = ("complaints", one.id)
        yield Moment(one.received_at, "complaint-received", one.number, "", None, *page)
        if one.answered_at is not None:
            yield Moment(one.answered_at, "complaint-answered", one.number, "", None, *page)
        if one.closed_at is not None:
            yield Moment(one.closed_at, "complaint-ended", one.number, "", None, *page)


def _audited(
    session: Session, policy: Policy, calls: Sequence[int], cases: Sequence[int]
) -> Iterator[Moment]:
    """Who looked at full numbers, listened, or took something out."""
    recordings = session.scalars(select(Recording.id).where(Recording.call_id.in_(calls)))
    subjects = [
        f"policy:{policy.number}",
        *(f"call:{one}" for one in calls),
        *(f"case:{one}" for one in cases),
        *(f"recording:{one}" for one in recordings),
    ]
    for part in slices(subjects):
        for entry in audit.about(session, part):
            if not entry.what.startswith(_IN_RECORD):
                yield Moment(entry.at, "audited", entry.what, entry.detail, entry.who)


def _of(session: Session, table: Any, policy_id: int) -> Sequence[Any]:
    query = select(table).where(table.policy_id == policy_id).order_by(table.id)
    return session.scalars(query).all()
