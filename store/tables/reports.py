"""Key figures (指标) as they were counted last, and the monthly reports as they were made. The
counts are derived: they may be thrown away and counted anew."""

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class KpiMonth(Base):
    """One month as it was counted last: policies by their day of issue, cases by the day on which
    they were opened."""

    __tablename__ = "kpi_month"

    month: Mapped[str] = mapped_column(String(7), primary_key=True, comment="2026-11")
    counted_at: Mapped[datetime]
    rulebook: Mapped[str] = mapped_column(comment="id:version by which was counted")


class KpiCount(Base):
    """What one group of a branch counts in a month. ``grouping`` is what it is grouped by; for
    'all' there is one group with an empty name."""

    __tablename__ = "kpi_count"
    __table_args__ = (UniqueConstraint("month", "grouping", "branch", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    grouping: Mapped[str] = mapped_column(
        String(10), comment="all, channel, product, seller or script"
    )
    branch: Mapped[str] = mapped_column(comment="empty where the policy names none")
    name: Mapped[str]
    due: Mapped[int]
    valid_due: Mapped[int]
    first_done_in_period: Mapped[int]
    success: Mapped[int]
    success_in_period: Mapped[int]
    phone_success: Mapped[int]
    phone_success_in_period: Mapped[int]
    completed: Mapped[int]
    clean: Mapped[int]
    problems: Mapped[int]
    unsuccessful: Mapped[int]
    visits: Mapped[int]
    letters: Mapped[int]
    cases_issued: Mapped[int]
    cases_closed: Mapped[int]
    cases_closed_in_time: Mapped[int]
    running: Mapped[int] = mapped_column(comment="may still be revisited in their period")


class MonthlyReport(Base):
    """The report of one month (月度报告, T-13, T-14) as it was made last."""

    __tablename__ = "monthly_report"

    month: Mapped[str] = mapped_column(String(7), primary_key=True, comment="2026-11")
    made_at: Mapped[datetime]
    xlsx: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ComplaintReport(Base):
    """The report about the complaints of one month (消费投诉月度分析) as it was made last."""

    __tablename__ = "complaint_report"

    month: Mapped[str] = mapped_column(String(7), primary_key=True, comment="2026-11")
    made_at: Mapped[datetime]
    xlsx: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
