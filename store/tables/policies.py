"""Policies as insurers' lists give them, and the imports they came from."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base


class Import(Base):
    """One file read by ``huifang import``."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    imported_at: Mapped[datetime]
    rows_read: Mapped[int]
    counts: Mapped[dict[str, Any]]


class Policy(Base):
    """A policy (保单) and where its revisit stands."""

    __tablename__ = "policy"
    __table_args__ = (Index("ix_policy_holder", "holder_birth", "holder_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)

    product: Mapped[str]
    product_type: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    issued_on: Mapped[date]
    effective_on: Mapped[date | None]
    receipt_signed_on: Mapped[date | None]
    receipt_returned_on: Mapped[date | None]
    cooling_off_days: Mapped[int | None]

    holder_name: Mapped[str]
    holder_gender: Mapped[str | None]
    holder_id_type: Mapped[str | None]
    holder_id_number: Mapped[str | None]
    holder_birth: Mapped[date | None]
    person: Mapped[str | None] = mapped_column(
        String(32), index=True, comment="the holder across policies (operations.persons)"
    )
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    other_phones: Mapped[list[str]]
    address: Mapped[str | None]
    postcode: Mapped[str | None]
    insured_name: Mapped[str]
    relation: Mapped[str | None]

    sum_insured: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    premium: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    frequency: Mapped[str] = mapped_column(String(20))
    payment_period: Mapped[dict[str, Any] | None]
    cover_period: Mapped[dict[str, Any]]

    seller_name: Mapped[str | None] = mapped_column(index=True)
    seller_code: Mapped[str | None] = mapped_column(index=True)
    seller_phone: Mapped[str | None]
    branch: Mapped[str | None] = mapped_column(index=True)
    bank_branch: Mapped[str | None]
    double_recorded: Mapped[bool]
    guaranteed_renewal: Mapped[bool]
    note: Mapped[str | None]

    status: Mapped[str] = mapped_column(
        String(20), comment="what the imported row became: accept, wait, screen, out-of-scope"
    )
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(comment="code, column, message each")
    content_hash: Mapped[str] = mapped_column(
        String(64), comment="of the row's values, so that the same row again changes nothing"
    )
    imported_at: Mapped[datetime]

    revisit: Mapped[str] = mapped_column(
        String(20), index=True, comment="open: still to be called; closed: no further call"
    )
    closed_because: Mapped[str | None] = mapped_column(comment="outcome or reason, when closed")
    follow_up: Mapped[str | None] = mapped_column(
        String(20),
        index=True,
        comment="focus 重点跟进 or visit 需上门回访, by the nightly rules (scheduler.nightly)",
    )
    reopened_at: Mapped[datetime | None] = mapped_column(
        comment="attempts before that were made on data that has been mended since"
    )

    source: Mapped[Import] = relationship()
