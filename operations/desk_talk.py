"""An interview on the screen: the number is rung, answers are marked one by one, earlier ones are
changed. Each is kept at once; one that comes twice, or from an old page, changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from operations import audit, claim
from operations.calls import run_of
from operations.desk import OUT_OF_DATE, DeskTrouble, of_agent
from operations.desk_marks import LABELS, Marked, Understood, understand
from operations.lexicon import for_call
from operations.line import Line
from operations.rights import Who
from scripts import mending
from scripts import run as runs
from scripts.heard import Heard, Request, Via
from scripts.heard import Turn as Answer
from scripts.labels import Label
from scripts.model import Question
from scripts.run import Run
from store import desk
from store.database import Session
from store.tables import Call, FormerAnswer, Interview, KeptYes, Turn

OTHER_PHONE, CARRIER = "other-phone", "carrier"


@dataclass(frozen=True, slots=True)
class Doubt:
    """The words beside a mark read as something else: nothing is kept until the agent has looked
    once more. ``label`` is what they read as."""

    question_id: str
    turn: int
    label: Label
    marked: Marked


@dataclass(frozen=True, slots=True)
class _Row:
    """A turn that is to be written: what was heard, when, and how its words were read."""

    answer: Answer
    asked_at: datetime
    heard_at: datetime
    why: Sequence[Mapping[str, object]] = ()
    lexicon: str | None = None
    against: str | None = None  # what the words read as beside a yes that was kept


def number_to_dial(line: Line, who: Who, number: int) -> str:
    """The full number of the customer, for whoever dials it on another phone: noted in the audit
    log. Raises DeskTrouble."""
    with line.database.transaction() as session:
        interview = of_agent(session, who, number, None)
        call = _call(interview)
        about = f"policy:{interview.policy.number}"
        audit.note(session, line, who.name, audit.UNMASKED, about, "to dial it at the desk")
        return call.phone


def begin(line: Line, who: Who, number: int, version: int, way: str) -> bool:
    """The number is dialled now: once more it is asked whether it may be. False where it was
    dialled already. Raises DeskTrouble, and leaves the interview as it was."""
    with line.database.transaction() as session:
        interview = of_agent(session, who, number, None)
        if interview.started_at is not None:
            return False
        of_agent(session, who, number, version)
        now = line.clock()
        call = _call(interview)
        if not claim.may_still_ring(session, line, call.attempt, now):
            raise DeskTrouble(
                "this customer may not be rung now any more; put the policy back, the queue says"
                " when it is its turn"
            )
        interview.way, interview.started_at, interview.touched_at = way, now, now
        interview.version += 1
        call.ordered_at = call.answered_at = call.asked_at = call.attempt.rang_at = now
        call.asking = _asking(run_of(session, call))
        return True


def answer(
    line: Line, who: Who, number: int, version: int, turn: int, question: str, marked: Marked
) -> Doubt | None:
    """Keep one answer; None once it is kept. ``turn`` and ``question`` are those that the page
    showed: the present one, or an earlier one that is changed. Raises DeskTrouble, MarkTrouble."""
    with line.database.transaction() as session:
        interview = of_agent(session, who, number, None)
        call = _call(interview)
        run = run_of(session, call)
        if interview.version != version:
            if _is_repeated(run, turn, question, marked):
                return None
            raise DeskTrouble(OUT_OF_DATE)
        asked = _asked(run, turn, question)
        if interview.started_at is None or asked is None:
            raise DeskTrouble("this question is not being asked; here is the one that is")
        now, book = line.clock(), for_call(session, call)
        understood = understand(asked, run.facts, marked, now, line.rules.hours, book)
        if understood.against is not None and not marked.kept:
            return Doubt(question, turn, understood.against, marked)
        _keep(session, interview, run, turn, understood, now, book.fingerprint)
        return None


def _keep(
    session: Session,
    interview: Interview,
    run: Run,
    turn: int,
    understood: Understood,
    now: datetime,
    lexicon: str,
) -> None:
    """Write the answer, and the later ones that still count, in the place of what was there."""
    call = _call(interview)
    old = list(call.turns)
    asked = runs.question(run)
    question_id = old[turn].question_id if turn < len(old) else (asked.id if asked else "")
    reading = understood.reading
    new = _Row(
        Answer(question_id, understood.heard),
        old[turn].asked_at if turn < len(old) else call.asked_at or now,
        now if turn == len(old) else old[turn].heard_at,
        [asdict(why) for why in reading.why] if reading else (),
        lexicon if reading else None,
    )
    doubts = {one.turn_number: one.label for one in desk.drop_kept_yes(session, call.id, turn)}
    if understood.against is not None and understood.heard.label is Label.AFFIRM:
        new = replace(new, against=understood.against)
    rows = [new, *_still_there(session, interview, run, new, turn, doubts, now)]
    desk.drop_turns(session, call, turn)
    for at, row in enumerate(rows, start=turn):
        session.add(_turn(call, at, row))
        if row.against is not None:
            session.add(_kept_yes(call, interview.agent, at, row, now))
    session.flush()
    session.refresh(call, ["turns"])
    interview.version += 1
    interview.touched_at = call.asked_at = now
    call.asking = _asking(run_of(session, call))


def _still_there(
    session: Session,
    interview: Interview,
    run: Run,
    new: _Row,
    turn: int,
    doubts: Mapping[int, str],
    now: datetime,
) -> list[_Row]:
    """The later answers that count after this one: those that the path still asks for, and those
    that had left it and that it asks for again."""
    call = _call(interview)
    old = list(call.turns)
    if turn < len(old):
        mended = mending.change(run, turn, new.answer.heard)
        kept, after = mended.kept, mended.run
        _set_aside(session, interview, old[turn:], kept, mended.waiting, doubts, now)
    else:
        kept, after = (), runs.advance(run, new.answer.heard)[0]
    rows = [_row(old[one], doubts.get(one)) for one in kept]
    return rows + _come_back(session, call, after)


def _set_aside(
    session: Session,
    interview: Interview,
    rows: Sequence[Turn],
    kept: Sequence[int],
    waiting: Sequence[int],
    doubts: Mapping[int, str],
    now: datetime,
) -> None:
    """Keep what does not count any more as history."""
    for row in rows:
        if row.number in kept:
            continue
        session.add(
            FormerAnswer(
                call_id=row.call_id,
                number=row.number,
                question_id=row.question_id,
                asked_at=row.asked_at,
                heard_at=row.heard_at,
                label=row.label,
                words=row.words,
                request=row.request,
                value=row.value,
                against=doubts.get(row.number),
                waiting=row.number in waiting,
                changed_at=now,
                changed_by=interview.agent,
            )
        )
    session.flush()


def _come_back(session: Session, call: Call, run: Run) -> list[_Row]:
    """Answers that had left the path and that it asks for again from here."""
    waiting = desk.former(session, call.id, waiting=True)
    answers = [
        Answer(
            one.question_id,
            Heard(
                Label(one.label),
                one.words,
                request=Request(one.request) if one.request else None,
                value=one.value,
                via=Via.AGENT,
            ),
        )
        for one in waiting
    ]
    _, used = mending.follow(run, answers)
    for at in used:
        waiting[at].waiting = False
    return [
        _Row(
            answers[at],
            waiting[at].asked_at,
            waiting[at].heard_at,
            against=waiting[at].against,
        )
        for at in used
    ]


def _row(row: Turn, against: str | None) -> _Row:
    heard = Heard(
        Label(row.label),
        row.words,
        request=Request(row.request) if row.request else None,
        value=row.value,
        via=Via(row.via),
    )
    answer = Answer(row.question_id, heard)
    return _Row(answer, row.asked_at, row.heard_at, row.why, row.lexicon, against)


def _turn(call: Call, number: int, row: _Row) -> Turn:
    heard = row.answer.heard
    return Turn(
        call_id=call.id,
        number=number,
        question_id=row.answer.question_id,
        asked_at=row.asked_at,
        heard_at=row.heard_at,
        via=heard.via,
        words=heard.words,
        label=heard.label,
        also=list(heard.also),
        request=heard.request,
        value=heard.value,
        why=list(row.why),
        lexicon=row.lexicon,
    )


def _kept_yes(call: Call, agent: str, turn: int, row: _Row, now: datetime) -> KeptYes:
    """A yes that was kept against its words: a finding where they say no, and work for quality."""
    return KeptYes(
        call_id=call.id,
        turn_number=turn,
        question_id=row.answer.question_id,
        label=row.against or "",
        words=row.answer.heard.words,
        kept_at=now,
        kept_by=agent,
    )


def _asked(run: Run, turn: int, question: str) -> Question | None:
    """The question that the page showed, where it is still the one of that turn."""
    if turn < len(run.turns):
        old = run.turns[turn].question_id
        return run.script.question(old) if old == question else None
    present = runs.question(run) if turn == len(run.turns) else None
    return present if present is not None and present.id == question else None


def _is_repeated(run: Run, turn: int, question: str, marked: Marked) -> bool:
    """Whether this very answer was kept already: a double click, or a form that was sent again."""
    if turn >= len(run.turns) or run.turns[turn].question_id != question:
        return False
    kept = run.turns[turn].heard
    timed = marked.when is not None and kept.value == marked.when.isoformat()
    return kept.words == marked.words and (timed or kept.label is LABELS[marked.mark])


def _asking(run: Run) -> str | None:
    question = runs.question(run)
    return question.id if question else None


def _call(interview: Interview) -> Call:
    assert interview.call is not None  # an open interview has one
    return interview.call
