"""Statements about what is overdue (《新契约回访逾期情况书面说明》, T-10, 002-e): they excuse only
when they were filed before the time limit. Several may be filed; all are kept."""

from dataclasses import dataclass
from datetime import date, datetime, time

from operations.handover import HandoverLine, shown
from operations.line import Line
from operations.otherwise import OtherwiseTrouble, name_of, reason_of
from scheduler.otherwise import Handing
from store import cases, handovers
from store.columns import LOCAL
from store.database import Session
from store.tables import OverdueStatement


@dataclass(frozen=True, slots=True)
class Filed:
    """A statement as it was kept."""

    id: int
    policy: str
    in_time: bool
    due: datetime
    new_date: date | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A hand-over that is late by so many natural days. ``excused``: a statement about it was filed
    before the limit."""

    handover: HandoverLine
    days_late: int
    statements: int
    excused: bool
    new_date: date | None  # the last that was named


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a statement is about, and the last moment for it."""

    policy_id: int
    policy: str
    due: datetime


def file_statement(
    line: Line,
    by: str,
    reason: str,
    *,
    handover: int | None = None,
    case: int | None = None,
    new_date: date | None = None,
) -> Filed:
    """File a statement about a hand-over or a case that is, or will be, late. Raises
    OtherwiseTrouble."""
    if (handover is None) == (case is None):
        raise OtherwiseTrouble("a statement is about either a hand-over or a case; name one")
    by, reason = name_of(by), reason_of(reason)
    with line.database.transaction() as session:
        now = line.clock()
        limit = _of_handover(session, handover) if handover else _of_case(session, case or 0)
        if new_date is not None and new_date < now.astimezone(LOCAL).date():
            raise OtherwiseTrouble(f"{new_date} has passed; name a day by which it will be done")
        statement = handovers.same_statement(session, handover, case, by, reason, new_date)
        if statement is None:  # else the button was pressed twice
            statement = OverdueStatement(
                policy_id=limit.policy_id,
                handover_id=handover,
                case_id=case,
                filed_at=now,
                filed_by=by,
                reason=reason,
                in_time=now <= limit.due,
                new_date=new_date,
            )
            session.add(statement)
            session.flush()
        return Filed(statement.id, limit.policy, statement.in_time, limit.due, new_date)


def overdue(line: Line, now: datetime | None = None) -> list[Overdue]:
    """Hand-overs that are past their due day at ``now`` (None: the line's clock), the most overdue
    first, each with whether a statement in time excuses it."""
    today = (now or line.clock()).astimezone(LOCAL).date()
    open_states = (Handing.WAITING, Handing.ISSUED)
    with line.database.reading() as session:
        rows = handovers.listed(session, states=open_states, due_before=today)
        filed = handovers.statements(session, [row.id for row in rows])
        return [
            _overdue(shown(row), row.due_on, filed.get(row.id, []), today)
            for row in rows
            if row.due_on is not None
        ]


def _overdue(
    row: HandoverLine, due_on: date | None, filed: list[OverdueStatement], today: date
) -> Overdue:
    assert due_on is not None
    named = [one.new_date for one in filed if one.new_date is not None]
    return Overdue(
        handover=row,
        days_late=(today - due_on).days,
        statements=len(filed),
        excused=any(one.in_time for one in filed),
        new_date=named[-1] if named else None,
    )


def _of_handover(session: Session, handover_id: int) -> _Limit:
    found = handovers.by_id(session, handover_id)
    if found is None:
        raise OtherwiseTrouble(
            f"there is no hand-over {handover_id}; `huifang handover list` names those there are"
        )
    if found.ended_at is not None:
        raise OtherwiseTrouble(f"hand-over {handover_id} is {found.state}; nothing is late")
    if found.due_on is None:
        raise OtherwiseTrouble(
            f"hand-over {handover_id} is {found.state} and has no due day yet; nothing is late"
        )
    last = datetime.combine(found.due_on, time(23, 59, 59), tzinfo=LOCAL)
    return _Limit(found.policy_id, found.policy.number, last)


def _of_case(session: Session, case_id: int) -> _Limit:
    found = cases.by_id(session, case_id)
    if found is None:
        raise OtherwiseTrouble(
            f"there is no case {case_id}; `huifang cases list` names those that there are"
        )
    if found.state != "open":
        raise OtherwiseTrouble(f"case {case_id} is {found.state}; nothing is late")
    if found.due_at is None:
        raise OtherwiseTrouble(f"case {case_id} has no time limit, so nothing is late")
    return _Limit(found.policy_id, found.policy.number, found.due_at)
