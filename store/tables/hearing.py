"""Recordings, what a recogniser heard in them, and where that differs from what was heard live."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call


class Recording(Base):
    """A recording and how far it has come: announced -> stored -> heard, or unreadable, absent."""

    __tablename__ = "recording"
    __table_args__ = (Index("ix_recording_todo", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    vendor_id: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    announced_at: Mapped[datetime]
    started_at: Mapped[datetime | None] = mapped_column(comment="the carrier's own word")
    path: Mapped[str | None] = mapped_column(comment="relative to the recordings folder")
    sha256: Mapped[str | None] = mapped_column(String(64))
    bytes: Mapped[int | None]
    seconds: Mapped[float | None]
    channels: Mapped[int | None]
    rate: Mapped[int | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(comment="why it is not further, in one sentence")

    call: Mapped[Call] = relationship()
    hearings: Mapped[list["Hearing"]] = relationship(
        order_by="Hearing.id", back_populates="recording"
    )


class Hearing(Base):
    """One pass of one engine over one recording. A new engine or lexicon makes a new one."""

    __tablename__ = "hearing"
    __table_args__ = (UniqueConstraint("recording_id", "engine", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"))
    engine: Mapped[str]
    version: Mapped[str] = mapped_column(comment="of the cutting and reading")
    made_at: Mapped[datetime]
    callee_channel: Mapped[int | None]
    audio_s: Mapped[float]
    took_s: Mapped[float] = mapped_column(comment="on the wall clock")
    product: Mapped[dict[str, Any]] = mapped_column(
        comment="cuts and words as the pipeline made them, to be read again without the audio"
    )

    recording: Mapped[Recording] = relationship(back_populates="hearings")
    readings: Mapped[list["Reading"]] = relationship(
        order_by="Reading.turn_number", back_populates="hearing"
    )


class Reading(Base):
    """One answer as cut out of the recording, transcribed and read."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("hearing_id", "turn_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    turn_number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    from_s: Mapped[float]
    to_s: Mapped[float]
    words: Mapped[str]
    alternatives: Mapped[list[str]]
    label: Mapped[str] = mapped_column(String(20))
    also: Mapped[list[str]]
    why: Mapped[list[dict[str, Any]]]

    hearing: Mapped[Hearing] = relationship(back_populates="readings")
