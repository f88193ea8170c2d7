"""Queries about carriers' announcements that were taken for a person."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Announcement


def of_call(session: Session, call_id: int) -> Announcement | None:
    """The announcement heard in a call's recording, None where a person answered."""
    return session.scalar(select(Announcement).where(Announcement.call_id == call_id))
