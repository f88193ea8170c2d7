"""Queries about duties, which one worker at a time has, and about how the timed jobs ran. Knows
nothing of patience: who may take a duty over is decided above."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables import Duty, JobRun

#: The holder of a duty that nobody has.
NOBODY = ""


def duty(session: Session, name: str) -> Duty | None:
    """The duty as it stands, None before anybody had it."""
    return session.get(Duty, name)


def begin(session: Session, name: str, holder: str, now: datetime) -> bool:
    """Take a duty that nobody ever had. False when another was quicker."""
    return _added(session, Duty(name=name, holder=holder, turn=1, renewed_at=now))


def take(session: Session, seen: Duty, holder: str, now: datetime) -> bool:
    """Take or renew a duty as it was ``seen``. False when it has changed since: compare and swap,
    in one statement."""
    return _changed(
        session,
        update(Duty)
        .where(Duty.name == seen.name, Duty.turn == seen.turn, Duty.holder == seen.holder)
        .values(holder=holder, turn=Duty.turn + 1, renewed_at=now),
    )


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down about a job: that it began (``ended_at`` None), or how it ended."""

    due_at: datetime
    started_at: datetime
    worker: str
    ended_at: datetime | None = None
    said: str | None = None


def run_of(session: Session, name: str) -> JobRun | None:
    """How a job ran last, None before its first run."""
    return session.get(JobRun, name)


def runs(session: Session) -> dict[str, JobRun]:
    """How every job ran last."""
    return {run.name: run for run in session.scalars(select(JobRun))}


def note_run(
    session: Session, name: str, note: Note, *, runs: int = 0, failed: bool = False
) -> None:
    """Keep how a job runs; ``runs`` ended since the last note. A failure adds one to those in a
    row, an end without one makes them none."""
    values: dict[str, Any] = {
        "due_at": note.due_at,
        "started_at": note.started_at,
        "ended_at": note.ended_at,
        "worker": note.worker,
        "runs": JobRun.runs + runs,
    }
    if note.ended_at is not None:
        values |= {"said": note.said, "failures": JobRun.failures + 1 if failed else 0}
    written = update(JobRun).where(JobRun.name == name).values(**values)
    if _changed(session, written):
        return
    first = {**values, "said": note.said, "runs": runs, "failures": int(failed)}
    if not _added(session, JobRun(name=name, **first)):
        _changed(session, written)  # another worker noted the first run of all


def _changed(session: Session, statement: Any) -> bool:
    done = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)  # an update has a count
    return done.rowcount == 1


def _added(session: Session, row: Duty | JobRun) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
