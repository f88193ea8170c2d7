"""A carrier's announcement in the recording of a call that a person seemed to answer: the call ends
with the announcement's outcome, and what follows it is decided anew."""

from datetime import datetime

from cases.announced import Announced, Spoken, announced
from operations.calls import run_of
from operations.follow_up import cause_of, close_or_go_on
from operations.line import Line
from operations.plan import touch
from recordings import pipeline
from recordings.pipeline import Opening
from scripts import answers
from scripts.heard import Via
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.run import Run
from store import announcements
from store.database import Session
from store.tables import Announcement, Call, Hearing, Reading


def settle(
    session: Session, line: Line, call: Call, run: Run, hearing: Hearing | None, now: datetime
) -> bool:
    """Bring the call's outcome in line with its newest hearing. True when a machine answered. Found
    again it changes nothing; no longer found, the call is again what it had seemed."""
    known = announcements.of_call(session, call.id)
    found = _found(run, hearing)
    if hearing is None or (known is None and found is None):
        return False
    seemed = known.instead_of if known and call.outcome == known.outcome else call.outcome
    if known is not None and found is None:
        session.delete(known)
    elif found is not None:
        _keep(session, call, known, found, hearing, seemed, now)
    session.flush()  # what follows depends on whether there is one
    _end_so(session, line, call, found.outcome if found else seemed, machine=found is not None)
    return found is not None


def _found(run: Run, hearing: Hearing | None) -> Announced | None:
    """Only what was said before the identity was verified counts: whoever could prove to be the
    holder was a person. So was whoever pressed a key."""
    pressed = any(turn.heard.via is Via.KEYS for turn in run.turns)
    if hearing is None or run.position.verified or pressed:
        return None
    callee, openings = hearing.callee_channel, pipeline.openings_of(hearing.product)
    for one in openings:
        # Our own side says no such thing: then this is the callee's, and what was read as answers
        # was our prompts.
        found = announced([_opening(run, one)]) if one.channel != callee else None
        if found is not None:
            return found
    own = [_opening(run, one) for one in openings if one.channel == callee]
    return announced([*own, *(_spoken(run, reading) for reading in hearing.readings)])


def _opening(run: Run, heard: Opening) -> Spoken:
    """What was said in the first seconds, read as if it answered the first question."""
    label = answers.read(run.path.questions[0].id, heard.text).label
    return Spoken(heard.text, label, heard.from_s, heard.to_s)


def _spoken(run: Run, reading: Reading) -> Spoken:
    heard = run.turns[reading.turn_number].heard
    return Spoken(
        words=reading.words,
        label=Label(reading.label),
        from_s=reading.from_s,
        to_s=reading.to_s,
        live=heard.label,
        live_words=heard.words,
    )


def _keep(
    session: Session,
    call: Call,
    known: Announcement | None,
    found: Announced,
    hearing: Hearing,
    seemed: str | None,
    now: datetime,
) -> None:
    row = known or Announcement(call_id=call.id, found_at=now)
    row.recording_id, row.engine = hearing.recording_id, hearing.engine
    row.outcome, row.words = found.outcome, found.words
    row.from_s, row.to_s = found.from_s, found.to_s
    row.instead_of = seemed
    session.add(row)


def _end_so(
    session: Session, line: Line, call: Call, outcome: str | None, *, machine: bool
) -> None:
    """Give a call that has ended this outcome, and decide what follows. One that has not ended yet
    gets it with its end."""
    if call.ended_at is None or outcome is None or outcome == call.outcome:
        return
    before, call.outcome = call.outcome, outcome
    call.attempt.outcome = Outcome(outcome)
    call.attempt.cause = cause_of(run_of(session, call), Outcome(outcome), machine=machine)
    session.flush()  # the attempt counts with its new outcome
    close_or_go_on(session, line, call, before)
    person = call.attempt.person
    touch(
        session,
        line.clock(),
        policy_ids=[call.policy_id],
        phones=[call.phone],
        persons=[person] if person else [],
    )
