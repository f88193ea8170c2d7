"""Recordings, what a recogniser heard in them, and where that differs from what was heard live."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call


class Recording(Base):
    """A recording and how far it has come: announced -> stored -> heard, or unreadable, absent;
    deleted, when it has been kept long enough: then the hash tells what was there."""

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
    tries: Mapped[int] = mapped_column(default=0, comment="begun since it came into its state")
    next_try_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(comment="why it is not further, in one sentence")
    unreadable_at: Mapped[datetime | None] = mapped_column(
        comment="since when a person must look; only while unreadable"
    )
    deleted_at: Mapped[datetime | None] = mapped_column(
        comment="when its time was over; `problem` says why"
    )

    call: Mapped[Call] = relationship()
    hearings: Mapped[list["Hearing"]] = relationship(
        order_by="Hearing.id", back_populates="recording"
    )


class Hearing(Base):
    """What one engine heard in one recording. Never overwritten: another engine, another version
    of the pipeline, or an answer that came later makes another one beside it."""

    __tablename__ = "hearing"
    __table_args__ = (
        UniqueConstraint("recording_id", "engine", "version", "turns"),
        Index(
            "uq_hearing_one_counts",
            "recording_id",
            unique=True,
            sqlite_where=text("counts"),
            postgresql_where=text("counts"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"))
    engine: Mapped[str]
    version: Mapped[str] = mapped_column(comment="of the way from audio to cuts and words")
    turns: Mapped[int] = mapped_column(comment="how many answers the time line had")
    counts: Mapped[bool] = mapped_column(comment="whether calls are judged by it; one a recording")
    made_at: Mapped[datetime] = mapped_column(index=True)
    callee_channel: Mapped[int | None]
    audio_s: Mapped[float]
    took_s: Mapped[float] = mapped_column(comment="on the wall clock")
    product: Mapped[dict[str, Any]] = mapped_column(
        comment="cuts and words as the pipeline made them, to be read again without the audio"
    )
    openly: Mapped[dict[str, Any]] = mapped_column(
        comment="turn -> its words heard once more without phrases to expect, where that was done"
    )

    recording: Mapped[Recording] = relationship(back_populates="hearings")
    versions: Mapped[list["ReadingVersion"]] = relationship(
        order_by="ReadingVersion.id", back_populates="hearing"
    )

    @property
    def read_by(self) -> "ReadingVersion | None":
        """The version of the readings that counts."""
        return next((version for version in self.versions if version.counts), None)

    @property
    def readings(self) -> list["Reading"]:
        """The readings that count."""
        return self.read_by.readings if self.read_by else []


class ReadingVersion(Base):
    """What one lexicon makes of the words of one hearing. Never overwritten: another lexicon makes
    another one beside it, from the stored words."""

    __tablename__ = "reading_version"
    __table_args__ = (
        UniqueConstraint("hearing_id", "fingerprint", "rules"),
        Index(
            "uq_reading_version_one_counts",
            "hearing_id",
            unique=True,
            sqlite_where=text("counts"),
            postgresql_where=text("counts"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    lexicon: Mapped[int] = mapped_column(comment="the number its author gave it")
    fingerprint: Mapped[str] = mapped_column(
        String(64), comment="of the lexicon's content and the code that reads by it"
    )
    rules: Mapped[int] = mapped_column(comment="version of what is made of confidence and doubt")
    counts: Mapped[bool] = mapped_column(comment="whether calls are judged by it; one a hearing")
    made_at: Mapped[datetime]

    hearing: Mapped[Hearing] = relationship(back_populates="versions")
    readings: Mapped[list["Reading"]] = relationship(
        order_by="Reading.turn_number", back_populates="version"
    )


class Reading(Base):
    """One answer as cut out of the recording, transcribed and read."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("version_id", "turn_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("reading_version.id"))
    turn_number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    from_s: Mapped[float]
    to_s: Mapped[float]
    words: Mapped[str]
    alternatives: Mapped[list[str]]
    label: Mapped[str] = mapped_column(String(20))
    also: Mapped[list[str]]
    why: Mapped[list[dict[str, Any]]]

    version: Mapped[ReadingVersion] = relationship(back_populates="readings")
