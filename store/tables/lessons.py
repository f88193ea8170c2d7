"""Clusters (聚集): many complaints about one seller of one branch within a short time, each told
once and closed with what was done."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.complaints import Complaint


class ComplaintCluster(Base):
    """An alarm about one seller. It leads to its newest complaint, and so stands behind the wall of
    that branch."""

    __tablename__ = "complaint_cluster"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(
        ForeignKey("complaint.id"), index=True, comment="the newest; it names the branch"
    )
    seller_name: Mapped[str] = mapped_column(index=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int]
    raised_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_by: Mapped[str | None] = mapped_column(String(60))
    done: Mapped[str | None] = mapped_column(comment="what was done about the seller")
    version: Mapped[int] = mapped_column(comment="counts up with every change: stale forms fail")

    complaint: Mapped[Complaint] = relationship()
