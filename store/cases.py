"""Queries about findings, problem cases and quality items."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.agenda import PART, slices
from store.tables import Case, Finding, QualityItem


def by_key(session: Session, key: str) -> Case | None:
    """The case with this key."""
    return session.scalar(select(Case).where(Case.key == key))


def open_of_kind(session: Session, policy_id: int, kind: str | None) -> Case | None:
    """A policy's open case of this kind."""
    query = select(Case).where(Case.policy_id == policy_id, Case.kind == kind, Case.state == "open")
    return session.scalar(query.order_by(Case.id).limit(1))


_OPEN_OF = select(Case.policy_id, Case.class_name, Case.opened_at).where(
    Case.policy_id.in_(PART), Case.state == "open"
)


def open_of_policies(
    session: Session, policy_ids: Sequence[int]
) -> Iterator[tuple[int, str, datetime]]:
    """(policy, class, when opened) of every open case of these policies."""
    for part in slices(policy_ids):
        yield from session.execute(_OPEN_OF, {"part": part})


def of_policy(session: Session, policy_id: int) -> list[Case]:
    """Every case of a policy, in order."""
    query = select(Case).where(Case.policy_id == policy_id).order_by(Case.id)
    return list(session.scalars(query))


def findings_of(session: Session, call_id: int) -> list[Finding]:
    """What a call has brought to light, in order."""
    query = select(Finding).where(Finding.call_id == call_id).order_by(Finding.id)
    return list(session.scalars(query))


def words_of(session: Session, call_ids: Sequence[int]) -> dict[int, list[str]]:
    """The customers' own words behind the findings of these calls, by call, in order."""
    found: dict[int, list[str]] = {}
    for part in slices(call_ids):
        query = select(Finding.call_id, Finding.words).where(Finding.call_id.in_(part))
        for call_id, words in session.execute(query.order_by(Finding.id)):
            if words:
                found.setdefault(call_id, []).append(words)
    return found


def by_id(session: Session, case_id: int) -> Case | None:
    """The case with this id."""
    return session.get(Case, case_id)


def replace_findings(session: Session, call_id: int, found: Sequence[Finding]) -> None:
    """Put ``found`` in the place of the call's findings: they follow from turns and readings,
    which are never overwritten, and are decided anew when a recording has been heard."""
    session.execute(delete(Finding).where(Finding.call_id == call_id))
    session.flush()  # the old rows must be gone before their unique keys are used again
    session.add_all(found)


def quality_item(
    session: Session, call_id: int, turn_number: int, reason: str
) -> QualityItem | None:
    """The quality item for this turn and reason."""
    return session.scalar(
        select(QualityItem).where(
            QualityItem.call_id == call_id,
            QualityItem.turn_number == turn_number,
            QualityItem.reason == reason,
        )
    )
