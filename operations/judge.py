"""Judge a call by all that is known of it: findings, class, case and quality items. It is done
when the call ends, when its recording was heard and when a reviewer has decided, and may be done
any number of times."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from cases.classify import Ended, Headline, classify
from cases.deadlines import due_at
from cases.findings import (
    Finding,
    Recorded,
    Truth,
    corrected,
    disagreements,
    live_findings,
    recorded_findings,
    reviewed_findings,
    settled,
    typed_findings,
)
from operations import (
    case_record,
    complaint_intake,
    complaint_revisits,
    handed_cases,
    second_revisits,
)
from operations.announced import settle
from operations.calls import run_of
from operations.follow_up import GAVE_UP
from operations.line import Line
from operations.plan import touch
from scheduler.workdays import add_working_days
from scripts import run as runs
from scripts.heard import Heard, Via
from scripts.labels import Label
from scripts.model import Kind
from scripts.outcomes import Outcome
from scripts.run import Run
from scripts.verdicts import judge as verdicts_of
from store import attempts, case_work, cases, desk, recordings, reviews
from store.database import Session
from store.reviews import DISAGREEMENT
from store.tables import Call, Case, Policy, QualityItem, Reading, Review
from store.tables import Finding as FindingRow

ANNOUNCEMENT = "announcement"


def judge(session: Session, line: Line, call: Call, now: datetime) -> None:
    """Decide findings, class and case of a call from its turns, the newest hearing and the reviews.
    Where a carrier's machine was taken for a person, nothing in the call was an answer."""
    run = run_of(session, call)
    heard = recordings.newest_hearing(session, call.id)
    if settle(session, line, call, run, heard, now):
        _judge_announcement(session, line, call, now)
        return
    recorded = _recorded(heard.readings) if heard else []
    found = _findings(run, recorded)
    found += _reviewed(run, recorded, reviews.of_call(session, call.id))
    found += typed_findings(runs.verdicts(run), _kept_yes(session, call))
    rows = _save_findings(session, call, found, heard.recording_id if heard else None)
    if complaint_revisits.settle(session, line, call, now):
        call.judged_at = now  # whoever is not content has a complaint already, and needs no case
        if complaint_revisits.is_stranger(call):
            complaint_intake.from_call(session, line, call, rows, now)
        return
    _queue_disagreements(session, call, run, recorded, now)
    headline = classify(found, _ended(session, call, run), line.rulebook)
    second_revisits.settle(session, line, call, headline, now)
    handed_cases.close_answered(session, line, call, headline, now)
    _keep(session, line, call, headline, now)
    complaint_intake.from_call(session, line, call, rows, now)


def _judge_announcement(session: Session, line: Line, call: Call, now: datetime) -> None:
    """The end of the attempt alone counts. A case that rests on the machine's words, such as a
    refusal that nobody spoke, is closed; another one may follow from the end."""
    _save_findings(session, call, [], None)
    headline = classify([], _machine_ended(session, call), line.rulebook)
    second_revisits.settle(session, line, call, headline, now)
    key = f"call:{call.id}"
    case = cases.by_key(session, key)
    if case is not None and not (headline and headline.opens_case):
        case.state, case.closed_because, case.closed_at = "closed", ANNOUNCEMENT, now
    _keep(session, line, call, headline, now)


def _keep(
    session: Session, line: Line, call: Call, headline: Headline | None, now: datetime
) -> None:
    call.judged_at = now
    call.class_name = headline.case_class.name if headline else None
    if headline and headline.opens_case:
        open_case(session, line, f"call:{call.id}", call.policy, call, headline, now)


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
    if case.closed_because == ANNOUNCEMENT:
        case.state, case.closed_because, case.closed_at = "open", None, None
    elif case.state == "closed" and case.kind != kind:
        _open_again(session, case, kind or headline.case_class.name, now)
    if call is not None:
        case.call_id = max(case.call_id or 0, call.id)
    case.class_name = headline.case_class.name
    case.family = headline.family.name if headline.family else None
    case.kind = kind
    case.headline = case.kind or case.class_name
    case.owner = headline.family.owner if headline.family else None
    case.rulebook = f"{line.rulebook.id}:{line.rulebook.version}"
    case.due_at = (
        due_at(case.opened_at, headline.deadline, partial(add_working_days, own=line.own_days))
        if headline.deadline
        else None
    )
    touch(session, now, policy_ids=[policy.id])  # a case gives its policy another place


def _open_again(session: Session, case: Case, kind: str, now: datetime) -> None:
    """What was closed was another trouble than the one that is known now."""
    locked = case_work.locked(session, case.id)
    assert locked is not None  # it is at hand
    record = case_record.known(session, locked[0])
    case_record.open_again(session, record, case_record.ITSELF, now, kind, itself=True)


def _ended(session: Session, call: Call, run: Run) -> Ended | None:
    if call.outcome is None:
        return None
    end = runs.ended(run)
    return Ended(Outcome(call.outcome), end.value if end else None, _exhausted(session, call))


def _machine_ended(session: Session, call: Call) -> Ended | None:
    """The end without what the conversation seemed to say about it."""
    if call.outcome is None:
        return None
    return Ended(Outcome(call.outcome), None, _exhausted(session, call))


def _exhausted(session: Session, call: Call) -> bool:
    tried = attempts.of_policy(session, call.policy_id)
    return call.policy.closed_because in GAVE_UP and tried[-1].id == call.attempt_id


def _findings(run: Run, recorded: Sequence[Recorded]) -> list[Finding]:
    """Live findings, and those of the recording."""
    verdicts = runs.verdicts(run)
    spoken = [one for one in recorded if one.turn in spoken_facts(run)]
    return [*live_findings(verdicts, recorded), *recorded_findings(verdicts, spoken)]


def _reviewed(run: Run, recorded: Sequence[Recorded], standing: Sequence[Review]) -> list[Finding]:
    """What reviewers found beyond what the call knew: derived anew with their words in the place of
    those heard live."""
    if not standing:
        return []
    truths = truths_of(standing, run, recorded)
    found = runs.verdicts(run)
    # Not another run: with other answers the call would have gone another way.
    asked = [run.script.question(verdict.question_id) for verdict in found]
    true = verdicts_of([one for one in asked if one], corrected(run.turns, truths))
    questions = frozenset(run.turns[truth.turn].question_id for truth in truths)
    return reviewed_findings(true, found, questions, recorded)


def truths_of(standing: Sequence[Review], run: Run, recorded: Sequence[Recorded]) -> list[Truth]:
    """What reviewers heard, one for each answer: the gravest label where they differ, with their
    words, or those of whoever had heard the same."""
    by_turn: dict[int, list[Review]] = {}
    for review in standing:
        by_turn.setdefault(review.turn_number, []).append(review)
    heard = {one.turn: one for one in recorded}
    return [
        _truth(own, run.turns[turn].heard, heard.get(turn)) for turn, own in sorted(by_turn.items())
    ]


def _truth(own: Sequence[Review], live: Heard, recorded: Recorded | None) -> Truth:
    label = settled(Label(review.label) for review in own)
    said = next((review.words for review in own if review.words and review.label == label), None)
    if said is None and recorded is not None and live.label is not label:
        said = recorded.words
    return Truth(own[0].turn_number, label, said or live.words)


def spoken_facts(run: Run) -> dict[int, Label]:
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


def _kept_yes(session: Session, call: Call) -> list[Truth]:
    """What an agent had typed beside a yes that was marked and kept."""
    return [
        Truth(one.turn_number, Label(one.label), one.words)
        for one in desk.kept_yes(session, call.id)
    ]


def _save_findings(
    session: Session, call: Call, found: Sequence[Finding], recording_id: int | None
) -> list[FindingRow]:
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
    return rows


def _queue_disagreements(
    session: Session, call: Call, run: Run, recorded: Sequence[Recorded], now: datetime
) -> None:
    for one in disagreements(spoken_facts(run), recorded):
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
