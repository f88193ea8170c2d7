"""Scripts (话术): their texts under their hashes, what was published of each and by whom, and the
drafts on the way there. Nothing is deleted, and a text never changes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base


class ScriptVersion(Base):
    """A script's text under its hash, never changed: what a call ran, or what was published."""

    __tablename__ = "script_version"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    script_id: Mapped[str]
    text: Mapped[str]
    first_used_at: Mapped[datetime | None] = mapped_column(
        comment="by a call; none while no call has run it"
    )


class ScriptDraft(Base):
    """A text that somebody works on. It may be faulty; what is proposed is frozen beside it, so
    that exactly that is published."""

    __tablename__ = "script_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    script_id: Mapped[str] = mapped_column(String(60), index=True)
    state: Mapped[str] = mapped_column(
        String(12), index=True, comment="open, proposed, sent-back, approved, withdrawn"
    )
    text: Mapped[str]
    hash: Mapped[str] = mapped_column(String(64), comment="of the text as it stands")
    based_on: Mapped[str | None] = mapped_column(
        String(64), comment="hash of what was in force when it was begun; none for a new id"
    )
    started_by: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(60))
    changed_at: Mapped[datetime]
    proposed_by: Mapped[str | None] = mapped_column(String(60))
    proposed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(comment="why it is proposed")
    why: Mapped[str] = mapped_column(comment="why it was sent back")
    frozen: Mapped[str | None] = mapped_column(comment="the whole text as proposed")
    frozen_hash: Mapped[str | None] = mapped_column(String(64))

    events: Mapped[list["ScriptEvent"]] = relationship(order_by="ScriptEvent.id")


class ScriptRelease(Base):
    """One publication of a script. Two at once cannot have one number: the database holds that."""

    __tablename__ = "script_release"
    __table_args__ = (UniqueConstraint("script_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    script_id: Mapped[str] = mapped_column(String(60))
    number: Mapped[int] = mapped_column(comment="from 1; the packaged script is number 0")
    hash: Mapped[str] = mapped_column(ForeignKey("script_version.hash"), index=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("script_draft.id"), unique=True)
    published_at: Mapped[datetime]
    proposed_by: Mapped[str] = mapped_column(String(60))
    approved_by: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(comment="why")
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[str | None] = mapped_column(String(60))
    retired_why: Mapped[str | None]

    version: Mapped[ScriptVersion] = relationship()


class ScriptEvent(Base):
    """Who did what to a script, and when. Rows are only added."""

    __tablename__ = "script_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    script_id: Mapped[str] = mapped_column(String(60), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("script_draft.id"), index=True)
    number: Mapped[int | None] = mapped_column(comment="of the release it is about")
    what: Mapped[str] = mapped_column(
        String(12),
        comment="started, saved, proposed, sent-back, withdrawn, approved, retired",
    )
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    note: Mapped[str]
