"""The reader's lexicons as supervisors (质检主管) put them in force. Rows are only added: going
back to an older lexicon adds it once more."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class LexiconVersion(Base):
    """One lexicon, in force from the moment it was published until the next one was."""

    __tablename__ = "lexicon_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(12), comment="of its content and the reader")
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(comment="why")
    files: Mapped[dict[str, Any]] = mapped_column(
        deferred=True, comment="every file's text by its name"
    )
