"""What a carrier's machine said in calls that seemed to be answered by a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class Announcement(Base):
    """A carrier's announcement (运营商提示音) heard in a recording where a person was taken to
    answer, with where to hear it. Follows from the newest hearing and is found anew with it."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), unique=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"))
    engine: Mapped[str]
    outcome: Mapped[str] = mapped_column(String(20))
    words: Mapped[str]
    from_s: Mapped[float]
    to_s: Mapped[float]
    found_at: Mapped[datetime]
    instead_of: Mapped[str | None] = mapped_column(
        String(20), comment="how the call had seemed to end"
    )
