"""Queries about persons across policies: who is known by name and birthday alone, and what has to
follow when somebody turns out to be somebody else."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.tables import Agenda, Attempt, Policy


def rename(session: Session, old: str, new: str) -> None:
    """Everything of one person is the other's: they turned out to be the same."""
    ids = session.scalars(select(Policy.id).where(Policy.person == old)).all()
    for policy_id in ids:
        move(session, policy_id, new)
    if ids:
        session.execute(update(Policy).where(Policy.id.in_(ids)).values(person=new))


def move(session: Session, policy_id: int, person: str | None) -> None:
    """The holder of a policy is this person: its attempts are theirs, but for one that is open
    while the person has another open one. That was two calls at once before anybody knew."""
    taken = select(Attempt.id).where(Attempt.ended_at.is_(None), Attempt.person == person)
    busy: Sequence[int] = session.scalars(taken).all() if person else []
    theirs = update(Attempt).where(Attempt.policy_id == policy_id)
    if busy:
        theirs = theirs.where(Attempt.ended_at.is_not(None))
    session.execute(theirs.values(person=person))
    session.execute(update(Agenda).where(Agenda.policy_id == policy_id).values(person=person))
