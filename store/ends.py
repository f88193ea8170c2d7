"""What became of every policy: its calls in order, how the last one ended, its class and case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from scripts.outcomes import TALKED, Outcome
from store import case_work
from store.reviews import DISAGREEMENT
from store.tables import (
    Call,
    Case,
    CaseEvent,
    CaseFile,
    CaseWork,
    Finding,
    Policy,
    QualityItem,
    Recording,
)


@dataclass(frozen=True, slots=True)
class End:
    """Where one policy stands after its calls. ``outcome`` is None when it was never called."""

    policy: str
    phone: str
    outcome: str | None
    class_name: str | None
    findings: frozenset[str]  # question codes, of the last call and those that it went on with
    closed_because: str | None
    reasons: tuple[str, ...]  # codes of what the list's screening said


def ends(session: Session) -> Iterator[End]:
    """One end per stored policy, in the order of import."""
    for policy in session.scalars(select(Policy).order_by(Policy.id)):
        calls = session.scalars(
            select(Call).where(Call.policy_id == policy.id).order_by(Call.id)
        ).all()
        last = calls[-1] if calls else None
        parts = _last_talk(calls)
        yield End(
            policy=policy.number,
            phone=policy.phone or "",
            outcome=last.outcome if last else None,
            class_name=_class(session, policy, parts),
            findings=_codes(session, parts),
            closed_because=policy.closed_because,
            reasons=tuple(str(reason["code"]) for reason in policy.reasons),
        )


def _last_talk(calls: Sequence[Call]) -> list[Call]:
    """The last call and, where it goes on with earlier ones, those back to the beginning."""
    parts: list[Call] = []
    for call in reversed(calls):
        parts.append(call)
        if not call.facts.get("resumed"):
            break
    return parts


def _class(session: Session, policy: Policy, parts: Sequence[Call]) -> str | None:
    """The class of the last call; of a talk in parts that of the newest case any part opened."""
    ids = [call.id for call in parts]
    query = select(Case.class_name).where(Case.call_id.in_(ids)).order_by(Case.call_id.desc())
    found = session.scalar(query.limit(1)) if len(parts) > 1 else None
    last = parts[0].class_name if parts else None
    return found or last or _case_class(session, policy)


def _case_class(session: Session, policy: Policy) -> str | None:
    """The class of the policy's newest case, for calls that have none of their own."""
    return session.scalar(
        select(Case.class_name).where(Case.policy_id == policy.id).order_by(Case.id.desc()).limit(1)
    )


def _codes(session: Session, calls: Sequence[Call]) -> frozenset[str]:
    ids = [call.id for call in calls]
    return frozenset(session.scalars(select(Finding.code).where(Finding.call_id.in_(ids))))


def person_answered() -> ColumnElement[bool]:
    """The calls that a person answered (接通): who talked, however it ended, and until that is
    known, or where our own fault ended it, whoever the carrier took for a person. Voicemail and
    the network's announcements (关机, 空号, 停机, 无法接通) pick up too, and are none."""
    open_end = or_(Call.outcome.is_(None), Call.outcome == Outcome.ERROR)
    return or_(Call.outcome.in_(sorted(TALKED)), and_(open_end, Call.answered_by == "human"))


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a run."""

    policies: int
    calls: int
    answered: int  # by a person
    completed: int
    recordings: int  # stored
    transcribed: int  # heard by a recogniser
    disagreements: int  # live hearing and recording differ


def totals(session: Session) -> Totals:
    """Count everything."""

    def count(query: Any) -> int:
        return session.scalar(query) or 0

    calls, stored = select(func.count(Call.id)), select(func.count(Recording.id))
    return Totals(
        policies=count(select(func.count(Policy.id))),
        calls=count(calls),
        answered=count(calls.where(person_answered())),
        completed=count(calls.where(Call.outcome == "completed")),
        recordings=count(stored.where(Recording.path.is_not(None))),
        transcribed=count(stored.where(Recording.state == "heard")),
        disagreements=count(
            select(func.count(QualityItem.id)).where(QualityItem.reason == DISAGREEMENT)
        ),
    )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as a list shows it. ``words`` are the customer's own, of the gravest finding;
    ``stage`` says how far the work on it is, ``assignee`` whose it is."""

    id: int
    policy: str
    class_name: str
    family: str | None
    kind: str | None
    findings: tuple[str, ...]
    words: tuple[str, ...]
    opened_at: datetime
    due_at: datetime | None
    state: str
    stage: str
    assignee: str | None


def case_lines(session: Session) -> Iterator[CaseLine]:
    """Every case, the earliest deadline first."""
    for case in session.scalars(select(Case).order_by(Case.due_at, Case.id)):
        yield case_line(session, case)


def case_line(session: Session, case: Case) -> CaseLine:
    """One case as a list shows it."""
    found = session.scalars(
        select(Finding).where(Finding.call_id == case.call_id).order_by(Finding.id)
    ).all()
    work = session.get(CaseWork, case.id)
    stage = work.stage if work else "issued"
    return CaseLine(
        id=case.id,
        policy=case.policy.number,
        class_name=case.class_name,
        family=case.family,
        kind=case.kind,
        findings=tuple(dict.fromkeys(finding.code for finding in found)),
        words=tuple(dict.fromkeys(finding.words for finding in found if finding.words)),
        opened_at=case.opened_at,
        due_at=case.due_at,
        state=case.state,
        stage="closed" if case.state == "closed" else stage,
        assignee=work.assignee if work else None,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done to a case. ``detail`` is what belongs to it, such as minutes."""

    at: datetime
    by: str
    what: str
    words: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaperKept:
    """One paper of a case: what it shows, and the file in the storage."""

    paper: str
    name: str
    bytes: int
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding and its proof: seconds of the recording, and the recording's file."""

    question_id: str
    code: str
    status: str
    label: str
    words: str
    source: str
    recording: str | None
    sha256: str | None
    from_s: float | None
    to_s: float | None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case with everything that proves it, and everything that was done to it."""

    case: CaseLine
    owner: str | None
    rulebook: str
    evidence: tuple[Evidence, ...]
    record: tuple[Done, ...]
    papers: tuple[PaperKept, ...]


def case_detail(session: Session, case_id: int) -> CaseDetail | None:
    """One case, or None."""
    case = session.get(Case, case_id)
    if case is None:
        return None
    rows = session.execute(
        select(Finding, Recording)
        .outerjoin(Recording, Recording.id == Finding.recording_id)
        .where(Finding.call_id == case.call_id)
        .order_by(Finding.id)
    )
    evidence = tuple(_evidence(finding, recording) for finding, recording in rows)
    return CaseDetail(
        case_line(session, case),
        case.owner,
        case.rulebook,
        evidence,
        tuple(_done(one) for one in case_work.events_of(session, case_id)),
        tuple(_paper(one) for one in case_work.files_of(session, case_id)),
    )


def _done(event: CaseEvent) -> Done:
    return Done(event.at, event.by, event.what, event.words, event.detail)


def _paper(file: CaseFile) -> PaperKept:
    return PaperKept(file.paper, file.name, file.bytes, file.sha256, file.path)


def _evidence(finding: Finding, recording: Recording | None) -> Evidence:
    return Evidence(
        question_id=finding.question_id,
        code=finding.code,
        status=finding.status,
        label=finding.label,
        words=finding.words,
        source=finding.source,
        recording=recording.path if recording else None,
        sha256=recording.sha256 if recording else None,
        from_s=finding.from_s,
        to_s=finding.to_s,
    )
