"""The conversation's webhooks: what was said comes in, is understood and saved, and what to do
next goes out. An answer that comes twice changes nothing; one that comes late is still kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from ivr import conversation
from ivr.conversation import Said, Step
from operations.calls import UnknownCall, known_call, run_of
from operations.finish_call import end, outcome_of
from operations.lexicon import for_call
from operations.line import Line
from scripts import run as runs
from scripts.answers.lexicon import Book
from scripts.effects import Ask, Effect, HangUp, Say, Transfer
from scripts.model import Script
from scripts.outcomes import Outcome
from scripts.slots import time_of
from store import calls, recordings
from store.database import Session
from store.tables import Call, Turn

__all__ = ["Reply", "Said", "UnknownCall", "answered", "failed", "heard", "transferred"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say and do next, and the script of the call, which says in which voice."""

    effects: Sequence[Effect]
    script: Script


def answered(line: Line, token: str, vendor_id: str, *, machine: bool) -> Reply:
    """Somebody, or a machine, picked up: what to say first."""
    now = line.clock()
    with line.database.transaction() as session:
        call = known_call(session, token, vendor_id)
        call.answered_by = "machine" if machine else "human"
        call.answered_at = call.answered_at or now
        step = conversation.greet(run_of(session, call), machine=machine)
        _note(line, call, step, now)
        return Reply(step.effects, step.run.script)


def heard(line: Line, token: str, vendor_id: str, said: Said) -> Reply:
    """Something was said or pressed, or nothing was: keep it, and say what comes next."""
    now = line.clock()
    with line.database.transaction() as session:
        call = known_call(session, token, vendor_id)
        book = for_call(session, call)
        step = conversation.hear(run_of(session, call), said, now, book)
        if step.changed:
            _keep_turn(session, call, step, now, book)
            recordings.put_back(session, call.id, now)  # what was heard without this answer
        _note(line, call, step, now)
        if step.changed:
            _end_again(session, line, call)
        return Reply(step.effects, step.run.script)


def transferred(line: Line, token: str, vendor_id: str, *, reached: bool) -> Reply:
    """The call to a person is over. When nobody could be reached, say so and call back."""
    with line.database.transaction() as session:
        call = known_call(session, token, vendor_id)
        run = run_of(session, call)
        transfer = next((one for one in runs.effects(run) if isinstance(one, Transfer)), None)
        if reached or transfer is None:
            return Reply((HangUp(Outcome(call.ending or Outcome.TRANSFERRED)),), run.script)
        if call.ending != transfer.otherwise:
            call.ending = transfer.otherwise
            _end_again(session, line, call)
        return Reply((Say(transfer.sorry), HangUp(transfer.otherwise)), run.script)


def _end_again(session: Session, line: Line, call: Call) -> None:
    """The carrier may have said already that the call is over: judge it with this too."""
    if call.ended_at is not None and call.outcome is not None:
        outcome = outcome_of(session, call, Outcome(call.outcome))
        end(session, line, call, outcome, call.ended_at)


def failed(line: Line, token: str) -> None:
    """A fault of ours ended the conversation: keep it on the call, so that it is tried again and
    a case is opened."""
    with line.database.transaction() as session:
        call = calls.by_token(session, token, lock=True)
        if call is not None and call.ending is None:
            call.ending = Outcome.ERROR


def _note(line: Line, call: Call, step: Step, now: datetime) -> None:
    """Keep when the present question was put, or how the conversation ended."""
    last = step.effects[-1]
    if isinstance(last, Ask) and (step.changed or call.asking is None):
        call.asking, call.asked_at = last.question, now
    if step.outcome is None or call.ending is not None:
        return
    call.ending = step.outcome
    if isinstance(last, Transfer) and not line.hands_over:
        call.ending = last.otherwise
    end = runs.ended(step.run)
    call.callback_at = time_of(end.value) if end else None


def _keep_turn(session: Session, call: Call, step: Step, now: datetime, book: Book) -> None:
    turn = step.run.turns[-1]
    heard = turn.heard
    session.add(
        Turn(
            call_id=call.id,
            number=len(step.run.turns) - 1,
            question_id=turn.question_id,
            asked_at=call.asked_at or now,
            heard_at=now,
            via=heard.via,
            words=heard.words,
            label=heard.label,
            also=list(heard.also),
            request=heard.request,
            value=heard.value,
            why=[asdict(why) for why in step.reading.why] if step.reading else [],
            lexicon=book.fingerprint if step.reading else None,
        )
    )
    session.flush()  # the judge reads the turns anew
    session.refresh(call, ["turns"])
