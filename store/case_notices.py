"""Queries about mails that told of cases near or past their limit: each case and step is claimed
once, so that nobody is told twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables import Case, CaseNotice, CaseWork


def claim(session: Session, now: datetime, most: int) -> list[CaseNotice]:
    """Claim the steps of open cases that nobody was told of, by number; at most so many. What
    somebody else claims at the same moment is left to them."""
    told = exists().where(CaseNotice.case_id == CaseWork.case_id, CaseNotice.step == CaseWork.alarm)
    query = (
        select(CaseWork.case_id, CaseWork.alarm)
        .join(Case, Case.id == CaseWork.case_id)
        .where(CaseWork.alarm.is_not(None), Case.state != "closed", ~told)
        .order_by(CaseWork.case_id)
        .limit(most)
    )
    found = list[CaseNotice]()
    for number, step in session.execute(query).all():
        row = CaseNotice(case_id=number, step=step or "", claimed_at=now)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            continue
        found.append(row)
    return found


def sent(session: Session, numbers: Sequence[int], at: datetime) -> None:
    """They were sent."""
    session.execute(update(CaseNotice).where(CaseNotice.id.in_(numbers)).values(sent_at=at))


def release(session: Session, numbers: Sequence[int]) -> None:
    """They were surely not sent: they are tried again."""
    session.execute(delete(CaseNotice).where(CaseNotice.id.in_(numbers)))


def forget(session: Session, case_id: int) -> None:
    """The case begins anew: its limit is told again."""
    session.execute(delete(CaseNotice).where(CaseNotice.case_id == case_id))
