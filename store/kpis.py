"""Queries about key figures: the policies, revisits and cases of a month in thin rows, and the
counts that were made of them. Decides nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, delete, func, insert, select
from sqlalchemy.orm import Session

from cases.kpis import COUNTED
from scheduler.intake.records import Status
from scheduler.otherwise import Handing
from scripts.outcomes import Outcome
from store.console.paging import Query, between
from store.tables import Attempt, Call, Case, Handover, KpiCount, KpiMonth, MonthlyReport, Policy

#: What must be revisited: all but what is out of scope or cannot be understood.
_IN_SCOPE = (Status.ACCEPT, Status.WAIT, Status.SCREEN)
_COLUMNS = {name: getattr(KpiCount, name.replace("-", "_")) for name in COUNTED}


@dataclass(frozen=True, slots=True)
class Key:
    """One group of a branch."""

    branch: str
    grouping: str
    name: str


def policies_issued(session: Session, first: date, last: date) -> Sequence[Any]:
    """The policies in scope that were issued on these days: what a KPI needs of each. ``ended``:
    the list said that the contract has ended."""
    query = select(
        Policy.id, Policy.branch, Policy.channel, Policy.product_type, Policy.product,
        Policy.seller_code, Policy.seller_name, Policy.issued_on, Policy.receipt_signed_on,
        Policy.cooling_off_days, Policy.revisit, Policy.closed_because,
        cast(Policy.reasons, String).contains('"policy-ended"').label("ended"),
    ).where(_issued(first, last))  # fmt: skip
    return session.execute(query).all()


def calls_made(session: Session, first: date, last: date) -> Iterable[Any]:
    """The calls of those policies in the order of time."""
    query = (
        select(
            Call.policy_id, Call.outcome, Call.ordered_at, Call.answered_at, Call.class_name,
            Call.script_hash,
        )
        .join(Policy, Call.policy_id == Policy.id)
        .where(_issued(first, last))
        .order_by(Call.ordered_at, Call.id)
    )  # fmt: skip
    return session.execute(query)


def done_by_branches(session: Session, first: date, last: date) -> Iterable[Any]:
    """The hand-overs of those policies that came back done."""
    query = (
        select(Handover.policy_id, Handover.way, Handover.revisited_on, Handover.signed)
        .join(Policy, Handover.policy_id == Policy.id)
        .where(_issued(first, last), Handover.state == Handing.DONE)
        .order_by(Handover.revisited_on, Handover.id)
    )
    return session.execute(query)


def cases_opened(session: Session, first: date, last: date) -> Iterable[Any]:
    """The cases that were opened on these days, but those that a machine's words had opened, with
    the policy's own facts and the script of the call."""
    query = (
        select(
            Policy.branch, Policy.channel, Policy.product, Policy.seller_code, Policy.seller_name,
            Call.script_hash, Case.due_at, Case.closed_at,
        )
        .join(Policy, Case.policy_id == Policy.id)
        .outerjoin(Call, Case.call_id == Call.id)
        .where(*between(Case.opened_at, first, last))
        .where(func.coalesce(Case.closed_because, "") != "announcement")
    )  # fmt: skip
    return session.execute(query)


def cases_by_family(session: Session, first: date, last: date) -> Iterable[Any]:
    """The cases opened on these days by class and family: how many, how many of them are closed,
    and how many of those too late."""
    closed = Case.closed_at.is_not(None)
    late = and_(closed, Case.closed_at > Case.due_at)
    query = (
        select(
            Case.class_name, Case.family, func.count(),
            func.count(case((closed, 1))), func.count(case((late, 1))),
        )
        .where(*between(Case.opened_at, first, last))
        .where(func.coalesce(Case.closed_because, "") != "announcement")
        .group_by(Case.class_name, Case.family)
        .order_by(func.count().desc(), Case.class_name, Case.family)
    )  # fmt: skip
    return session.execute(query)


def failed_attempts(
    session: Session, since: datetime, before: datetime | None = None
) -> Sequence[tuple[str, int]]:
    """How the attempts that were begun in this time ended without a revisit, by cause, the most
    frequent first."""
    rows: Sequence[Any] = session.execute(failed_query(since, before)).all()
    return [(cause, count) for cause, count in rows]


def failed_query(since: datetime, before: datetime | None = None) -> Query:
    """Ended attempts by cause."""
    count = func.count()
    query = (
        select(Attempt.cause, count)
        .where(
            Attempt.state == "ended",
            Attempt.planned_at >= since,
            Attempt.cause.is_not(None),
            Attempt.cause != Outcome.COMPLETED,
        )
        .group_by(Attempt.cause)
        .order_by(count.desc(), Attempt.cause)
    )
    return query if before is None else query.where(Attempt.planned_at < before)


def keep(
    session: Session,
    month: str,
    counts: Mapping[Key, Mapping[str, int]],
    rulebook: str,
    now: datetime,
) -> None:
    """Put these counts in the place of the month's."""
    session.execute(delete(KpiCount).where(KpiCount.month == month))
    rows = [
        {
            "month": month, "grouping": key.grouping, "branch": key.branch, "name": key.name,
            **{name.replace("-", "_"): own.get(name, 0) for name in COUNTED},
        }
        for key, own in counts.items()
    ]  # fmt: skip
    if rows:
        session.execute(insert(KpiCount), rows)
    session.merge(KpiMonth(month=month, counted_at=now, rulebook=rulebook))


def grouped(
    session: Session, months: Collection[str], grouping: str, branch: str | None = None
) -> dict[str, dict[str, int]]:
    """Group -> its counts over these months, of one branch or of all. Grouped by branch, a group
    is a branch."""
    by_branch = grouping == "branch"
    name = KpiCount.branch if by_branch else KpiCount.name
    return _sums(session, name, months, "all" if by_branch else grouping, branch)


def by_month(
    session: Session, months: Collection[str], branch: str | None = None
) -> dict[str, dict[str, int]]:
    """Month -> its counts."""
    return _sums(session, KpiCount.month, months, "all", branch)


def months(session: Session) -> list[KpiMonth]:
    """The months that were counted, the newest first."""
    return list(session.scalars(select(KpiMonth).order_by(KpiMonth.month.desc())))


def report(session: Session, month: str) -> MonthlyReport | None:
    """The report of a month."""
    return session.get(MonthlyReport, month)


def reports(session: Session) -> list[MonthlyReport]:
    """Every report, the newest month first, without its files."""
    return list(session.scalars(select(MonthlyReport).order_by(MonthlyReport.month.desc())))


def _sums(
    session: Session, name: Any, those: Collection[str], grouping: str, branch: str | None
) -> dict[str, dict[str, int]]:
    query = (
        select(name, *(func.sum(column) for column in _COLUMNS.values()))
        .where(KpiCount.month.in_(those), KpiCount.grouping == grouping)
        .group_by(name)
    )
    if branch is not None:
        query = query.where(KpiCount.branch == branch)
    return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in session.execute(query)}


def _issued(first: date, last: date) -> ColumnElement[bool]:
    return Policy.issued_on.between(first, last) & Policy.status.in_(_IN_SCOPE)
