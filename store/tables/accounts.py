"""Who may sign in, their sessions, and the audit log. Passwords and session words are stored as
hashes only."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base


class Account(Base):
    """One person. Never deleted: their name stands under decisions."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True, comment="in lower case")
    name: Mapped[str] = mapped_column(
        String(60), unique=True, comment="as it is kept under decisions"
    )
    password_hash: Mapped[str | None] = mapped_column(comment="argon2; none: cannot sign in")
    must_change: Mapped[bool] = mapped_column(comment="the password was given by somebody else")
    roles: Mapped[list[str]]
    branch: Mapped[str | None] = mapped_column(comment="sees this branch's policies; none: all")
    staff_code: Mapped[str | None] = mapped_column(
        String(40), unique=True, comment="工号, as the policies name sellers; tells people apart"
    )
    otp_secret: Mapped[str | None] = mapped_column(String(64), comment="of one-time codes")
    otp_step: Mapped[int | None] = mapped_column(comment="the newest code used, never again")
    active: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(60))


class SignIn(Base):
    """One signed-in browser."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    word_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256 of its word")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(20))

    account: Mapped[Account] = relationship()


class SignInFailure(Base):
    """One sign-in that was refused; they are counted, then forgotten after a day."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    login: Mapped[str] = mapped_column(String(60), index=True)
    address: Mapped[str] = mapped_column(String(60), index=True)


class AuditEntry(Base):
    """Who saw, heard, took out or decided what. Only added to; each carries the hash of the one
    before, and the database itself refuses to change or delete one (migration 0003)."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(60), index=True)
    what: Mapped[str] = mapped_column(String(40), index=True)
    about: Mapped[str] = mapped_column(String(120), index=True, comment="e.g. policy:P0001")
    detail: Mapped[str]
    before: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last entry. Locked by whoever adds the next one, so that the chain has no fork."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, comment="always 1")
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
