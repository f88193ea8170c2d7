"""Judge a call by all that is known of it: findings, class, case and quality items. It is done
when the call ends and again when its recording was heard, and may be done any number of times."""

from collections.abc import Sequence
from datetime import datetime

from cases.classify import Ended, Headline, classify
from cases.deadlines import due_at
from cases.findings import Finding, Recorded, disagreements, live_findings, recorded_findings
from operations.calls import run_of
from operations.line import Line
from scheduler.workdays import add_working_days
from scripts import run as runs
from scripts.heard import Via
from scripts.labels import Label
from scripts.model import Kind
from scripts.outcomes import Outcome
from scripts.run import Run
from store import attempts, cases, policies, recordings
from store.database import Session
from store.tables import Call, Case, Policy, QualityItem, Reading
from store.tables import Finding as FindingRow

DISAGREEMENT = "disagreement"
#: Why calling a policy stops without success. Its last call says so, once.
_GAVE_UP = frozenset({"retries-exhausted", "attempts-exhausted", "no-calling-hours"})


def judge(session: Session, line: Line, call: Call, now: datetime) -> None:
    """Decide findings, class and case of a call from its turns and the newest hearing."""
    run = run_of(session, call)
    heard = recordings.newest_hearing(session, call.id)
    recorded = _recorded(heard.readings) if heard else []
    found = _findings(run, recorded)
    _save_findings(session, call, found, heard.recording_id if heard else None)
    _queue_disagreements(session, call, run, recorded, now)
    headline = classify(found, _ended(session, call, run), line.rulebook)
    call.judged_at = now
    call.class_name = headline.case_class.name if headline else None
    if headline and headline.opens_case:
        open_case(session, line, f"call:{call.id}", call.policy, call, headline, now)


def close_unreached(session: Session, line: Line, numbers: Sequence[str], now: datetime) -> None:
    """Close policies whose cooling-off period ended without a revisit, each with a case."""
    for policy in policies.by_numbers(session, numbers).values():
        if any(attempt.ended_at is None for attempt in attempts.of_policy(session, policy.id)):
            continue  # its last call is still running; its end decides
        policy.revisit, policy.closed_because = "closed", "cooling-off-over"
        headline = classify([], Ended(Outcome.NO_ANSWER, exhausted=True), line.rulebook)
        if headline:
            open_case(session, line, f"policy:{policy.id}:over", policy, None, headline, now)


def open_case(
    session: Session,
    line: Line,
    key: str,
    policy: Policy,
    call: Call | None,
    headline: Headline,
    now: datetime,
) -> None:
    """Open the case of this key, or bring its headline up to date. The same kind of trouble with
    the same policy in a later call is the same case, with the later call as its evidence. The
    clock of a case starts when it is first opened and is not turned back by a second look."""
    kind = headline.kind.name if headline.kind else None
    case = cases.by_key(session, key) or cases.open_of_kind(session, policy.id, kind)
    if case is None:
        case = Case(key=key, policy_id=policy.id, state="open", opened_at=now)
        session.add(case)
    if call is not None:
        case.call_id = max(case.call_id or 0, call.id)
    case.class_name = headline.case_class.name
    case.family = headline.family.name if headline.family else None
    case.kind = kind
    case.headline = case.kind or case.class_name
    case.owner = headline.family.owner if headline.family else None
    case.rulebook = f"{line.rulebook.id}:{line.rulebook.version}"
    case.due_at = (
        due_at(case.opened_at, headline.deadline, add_working_days) if headline.deadline else None
    )


def _ended(session: Session, call: Call, run: Run) -> Ended | None:
    if call.outcome is None:
        return None
    end = runs.ended(run)
    tried = attempts.of_policy(session, call.policy_id)
    exhausted = call.policy.closed_because in _GAVE_UP and tried[-1].id == call.attempt_id
    return Ended(Outcome(call.outcome), end.value if end else None, exhausted)


def _findings(run: Run, recorded: Sequence[Recorded]) -> list[Finding]:
    """Live findings, and those of the recording."""
    verdicts = runs.verdicts(run)
    spoken = [one for one in recorded if one.turn in _spoken_facts(run)]
    return [*live_findings(verdicts, recorded), *recorded_findings(verdicts, spoken)]


def _spoken_facts(run: Run) -> dict[int, Label]:
    """The turns in which live hearing and recording can be held against each other: about a fact,
    for a birthday misheard denies nothing, and not by key, which cannot be misheard. Where nothing
    was heard live, the recording may know better."""
    return {
        number: turn.heard.label
        for number, turn in enumerate(run.turns)
        if turn.heard.via is not Via.KEYS and _is_fact(run, turn.question_id)
    }


def _is_fact(run: Run, question_id: str) -> bool:
    question = run.script.question(question_id)
    return question is not None and question.kind is Kind.FACT


def _recorded(readings: Sequence[Reading]) -> list[Recorded]:
    return [
        Recorded(
            turn=row.turn_number,
            question_id=row.question_id,
            label=Label(row.label),
            words=row.words,
            from_s=row.from_s,
            to_s=row.to_s,
        )
        for row in readings
    ]


def _save_findings(
    session: Session, call: Call, found: Sequence[Finding], recording_id: int | None
) -> None:
    rows = [
        FindingRow(
            policy_id=call.policy_id,
            call_id=call.id,
            question_id=finding.question_id,
            code=finding.code,
            status=finding.status,
            label=finding.label,
            words=finding.words,
            source=finding.source,
            turn_number=finding.turn,
            recording_id=recording_id if finding.from_s is not None else None,
            from_s=finding.from_s,
            to_s=finding.to_s,
        )
        for finding in found
    ]
    cases.replace_findings(session, call.id, rows)


def _queue_disagreements(
    session: Session, call: Call, run: Run, recorded: Sequence[Recorded], now: datetime
) -> None:
    for one in disagreements(_spoken_facts(run), recorded):
        if cases.quality_item(session, call.id, one.turn, DISAGREEMENT) is None:
            session.add(
                QualityItem(
                    call_id=call.id,
                    question_id=one.question_id,
                    turn_number=one.turn,
                    reason=DISAGREEMENT,
                    live_label=one.live,
                    recorded_label=one.recorded,
                    opened_at=now,
                )
            )
