"""The agent's desk: what may stand on the screen. Until the identity is proved nothing of the
policy is in the view at all, so that no template can show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.calls import run_of
from operations.desk_end import choices, outcome_of
from operations.line import Line
from scripts import prompts, slots
from scripts import run as runs
from scripts.effects import Ask, Say, Transfer
from scripts.model import Kind, Polarity, Question
from scripts.outcomes import Outcome
from scripts.run import Run
from store import desk
from store.console.queue import QueueLine
from store.database import Session
from store.tables import Call, CustomerRequest, FormerAnswer, Interview, Policy
from web.masks import mask_phone, mask_text
from web.views.people import PolicyFacts, policy_facts
from web.views.queue import QueueRow
from web.views.queue import row as queue_row


@dataclass(frozen=True, slots=True)
class Asked:
    """The question on the screen. ``turn`` is the number of the answer that it waits for,
    ``changing`` whether it had one before; ``reversed`` where 没有 is the good answer."""

    id: str
    code: str
    kind: str
    turn: int
    text: str
    explain: str
    reversed: bool
    changing: bool = False
    label: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that was given. ``counts`` is false for those that were changed or left the path;
    ``doubted`` is what the words of a kept yes read as."""

    turn: int
    code: str
    label: str
    words: str
    counts: bool = True
    doubted: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier attempt: nothing of the policy is in it."""

    at: datetime
    cause: str | None
    callback_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class InterviewView:
    """The screen. ``state`` is taken, talking, spoken (the script has come to its end) or ended.
    ``facts`` is None until the gate is open, and what ``cases`` are about as well."""

    number: int
    version: int
    state: str
    way: str | None
    holder: str
    phone: str
    gate: bool
    asked: Asked | None
    farewell: str
    hands_over: bool
    outcome: str
    choices: tuple[Outcome, ...]
    answered: list[Answered]
    former: list[Answered]
    left: int
    tried: list[Tried]
    cases: list[tuple[str, datetime, str]]
    requests: list[CustomerRequest]
    facts: PolicyFacts | None
    carrier_said: str | None
    note: str
    from_robot: bool


def interview_view(
    session: Session, interview: Interview, turn: int | None = None
) -> InterviewView:
    """The screen of an interview; ``turn`` is the answer that is to be changed, if one is."""
    call = interview.call
    assert call is not None  # one that was put back has no screen
    run = run_of(session, call)
    gate = is_open(run)
    end = runs.effects(run)[0] if runs.ended(run) else None
    return InterviewView(
        number=interview.id,
        version=interview.version,
        state=_state(interview, run),
        way=interview.way,
        holder=interview.policy.holder_name,
        phone=mask_phone(call.phone),
        gate=gate,
        asked=_asked(run, turn) if interview.started_at else None,
        farewell=end.text if isinstance(end, (Say, Transfer)) else "",
        hands_over=isinstance(end, Transfer),
        outcome=outcome_of(run).value,
        choices=choices(run),
        answered=_answered(session, call, run),
        former=[_former(one, run) for one in desk.former(session, call.id)],
        left=sum(1 for one in runs.verdicts(run) if one.status is runs.Status.NOT_ASKED),
        tried=_tried(session, interview, call),
        cases=_cases(session, interview.policy, gate=gate),
        requests=list(desk.requests_of(session, call.policy_id)),
        facts=policy_facts(interview.policy) if gate else None,
        carrier_said=interview.carrier_said,
        note=interview.note,
        from_robot=interview.continues_id is not None,
    )


def is_open(run: Run) -> bool:
    """Whether somebody proved to be the holder, and nobody else has come to the telephone."""
    return run.position.verified and not run.position.stranger


def _state(interview: Interview, run: Run) -> str:
    if interview.ended_at is not None:
        return "ended"
    if interview.started_at is None:
        return "taken"
    return "spoken" if runs.ended(run) else "talking"


def _asked(run: Run, turn: int | None) -> Asked | None:
    if turn is not None and turn < len(run.turns):
        before = Run(run.script, run.facts, run.turns[:turn])
        question = runs.question(before)
        old = run.turns[turn].heard
        secret = question is not None and question.kind is Kind.IDENTITY
        words = "" if secret else old.words
        return _of(before, question, changing=True, label=old.label.value, words=words)
    return _of(run, runs.question(run))


def _of(
    run: Run,
    question: Question | None,
    *,
    changing: bool = False,
    label: str | None = None,
    words: str = "",
) -> Asked | None:
    if question is None:
        return None
    ask = prompts.ask(run.script, run.facts, run.path, run.position, question)
    assert isinstance(ask, Ask)
    language = run.script.language
    return Asked(
        id=question.id,
        code=question.code,
        kind=question.kind.value,
        turn=len(run.turns),
        text=ask.text,
        explain=slots.fill(question.explain, run.facts, run.position.value, language),
        reversed=question.polarity is Polarity.NEGATIVE,
        changing=changing,
        label=label,
        words=words,
    )


def _answered(session: Session, call: Call, run: Run) -> list[Answered]:
    doubts = {one.turn_number: one.label for one in desk.kept_yes(session, call.id)}
    found = []
    for number, turn in enumerate(run.turns):
        question = run.script.question(turn.question_id)
        words = _words(question, turn.heard.words)
        code = question.code if question else ""
        label = turn.heard.label.value
        found.append(Answered(number, code, label, words, doubted=doubts.get(number)))
    return found


def _former(one: FormerAnswer, run: Run) -> Answered:
    question = run.script.question(one.question_id)
    words = _words(question, one.words)
    return Answered(one.number, question.code if question else "", one.label, words, counts=False)


def _words(question: Question | None, words: str) -> str:
    """The customer's words; a birthday is not shown again."""
    if question is not None and question.kind is Kind.IDENTITY and words:
        return "••••"
    return mask_text(words)


def _tried(session: Session, interview: Interview, call: Call) -> list[Tried]:
    rows = desk.attempts_before(session, interview.policy_id, call.attempt_id)
    return [
        Tried(
            row.rang_at or row.planned_at,
            row.cause or row.outcome,
            row.callback_at,
            (row.leased_by or "") if row.decision is None else "",
        )
        for row in rows
    ]


def _cases(session: Session, policy: Policy, *, gate: bool) -> list[tuple[str, datetime, str]]:
    """Class, day and kind; what they are about only behind the gate."""
    return [
        (one.class_name, one.opened_at, (one.kind or "") if gate else "")
        for one in desk.cases_of(session, policy.id)
    ]


def queue_rows(line: Line, found: Sequence[QueueLine], now: datetime) -> list[QueueRow]:
    """The front of the queue as the desk shows it."""
    return [queue_row(one, line.rulebook, now) for one in found]


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A call that the robot handed over, or the open interview of a colleague."""

    number: int
    holder: str
    phone: str
    agent: str
    at: datetime
    running: bool


def handed_rows(found: Sequence[Call]) -> list[OpenRow]:
    """The robot's calls that wait for an agent."""
    return [
        OpenRow(
            one.id,
            one.policy.holder_name,
            mask_phone(one.phone),
            "",
            one.answered_at or one.ordered_at,
            one.ended_at is None,
        )
        for one in found
    ]


def open_rows(found: Sequence[Interview], mine: str) -> list[OpenRow]:
    """The open interviews of the others."""
    return [
        OpenRow(
            one.id,
            one.policy.holder_name,
            "",
            one.agent,
            one.touched_at,
            one.started_at is not None,
        )
        for one in found
        if one.agent != mine
    ]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request of a customer."""

    number: int
    policy: str
    holder: str
    branch: str
    kind: str
    words: str
    opened_at: datetime
    opened_by: str
    done_at: datetime | None
    done_by: str | None
    done_how: str


def request_row(request: CustomerRequest, policy: Policy) -> RequestRow:
    """The row of a request."""
    return RequestRow(
        number=request.id,
        policy=policy.number,
        holder=policy.holder_name,
        branch=policy.branch or "",
        kind=request.kind,
        words=mask_text(request.words),
        opened_at=request.opened_at,
        opened_by=request.opened_by,
        done_at=request.done_at,
        done_by=request.done_by,
        done_how=mask_text(request.done_how),
    )
