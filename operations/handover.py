"""Hand-overs (电话回访交接): policies that a branch revisits because head office cannot, from the
proposal to the list that the branch gets. It writes no file: see handover_lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby

from cases.deadlines import due_at
from operations.line import Line
from operations.otherwise import OtherwiseTrouble, name_of, reason_of
from operations.plan import touch
from scheduler.otherwise import Handing, Step, moved
from scheduler.rules import Way
from scheduler.workdays import add_working_days
from store import handovers
from store.columns import LOCAL
from store.database import Session
from store.tables import Handover, HandoverList, Policy

#: Why a hand-over is opened, beside the reasons for which calling stops.
FORECAST, SPECIAL = "forecast", "special-revisit"
#: Why a policy is closed when it has been revisited, by head office or by a branch.
COMPLETED, BY_BRANCH = "completed", "branch-revisited"
REVISITED = frozenset({COMPLETED, BY_BRANCH})
#: Who makes the lists of the timetable.
ITSELF = "huifang"

_PAST = {Step.ACCEPT: "accepted", Step.DECLINE: "declined"}


@dataclass(frozen=True, slots=True)
class Issued:
    """A list as a branch gets it; ``branch`` is empty for policies that name none."""

    list: int
    branch: str
    policies: int
    due_on: date


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One hand-over as it is shown."""

    id: int
    policy: str
    branch: str
    way: str
    because: str
    state: str
    opened_at: datetime
    list: int | None
    due_on: date | None
    result: str | None
    revisited_on: date | None
    signed: bool | None
    delay_reason: str | None
    ended_at: datetime | None
    ended_by: str | None


def open_handover(
    session: Session,
    policy: Policy,
    way: str,
    because: str,
    now: datetime,
    due_on: date | None = None,
) -> Handover:
    """Have the branch revisit a policy by ``way``; head office does not ring from now on. A
    ``because`` of ``forecast`` only proposes it, and calls go on.

    A policy has at most one open hand-over: what is open is given back, and a proposal becomes what
    is decided now. ``due_on`` is the day that was agreed with the customer; without it the due day
    comes with the list.
    """
    found = handovers.open_one(session, policy.id)
    if found is None:
        new = _new(policy, Way(way), because, now, due_on)
        found = new if handovers.add(session, new) else handovers.open_one(session, policy.id)
        assert found is not None  # whoever was quicker has opened it
    if found.state == Handing.PROPOSED and because != FORECAST:
        found.way, found.because, found.due_on = Way(way), because, due_on
        found.state = Handing.WAITING
    session.flush()
    if found.state != Handing.PROPOSED:
        touch(session, now, policy_ids=[policy.id])
    return found


def accept(line: Line, ids: Collection[int], by: str) -> list[int]:
    """Do as the forecast proposes: these go on the branches' next lists. All or none; returns those
    that have changed. Raises OtherwiseTrouble."""
    return _decide(line, ids, Step.ACCEPT, name_of(by), None)


def decline(line: Line, ids: Collection[int], by: str, because: str) -> list[int]:
    """Go on ringing instead of what the forecast proposes. All or none; returns those that have
    changed. Raises OtherwiseTrouble."""
    return _decide(line, ids, Step.DECLINE, name_of(by), reason_of(because))


def issue_due(line: Line) -> int:
    """Make the lists that are due. Returns how many."""
    return len(issue(line, ITSELF))


def issue(line: Line, by: str, branch: str | None = None) -> list[Issued]:
    """Put everything that waits on one list for each branch, due as the rulebook says (T-11);
    with a ``branch``, what waits for that one.
    Policies that have been revisited meanwhile are withdrawn. Raises OtherwiseTrouble."""
    by = name_of(by)
    with line.database.transaction() as session:
        now = line.clock()
        rows = handovers.waiting(session, branch)
        for row in rows:
            if row.policy.closed_because in REVISITED:
                end(row, Step.WITHDRAW, by, now, row.policy.closed_because)
        left = [row for row in rows if row.ended_at is None]
        return [
            _issue(session, line, branch, list(part), by, now)
            for branch, part in groupby(left, key=lambda row: row.branch)
        ]


def take_back(session: Session, policy_ids: Collection[int], now: datetime, why: str) -> int:
    """Head office rings these policies again: withdraw what no branch has yet. Returns how many."""
    found = handovers.not_issued(session, policy_ids)
    for row in found:
        end(row, Step.WITHDRAW, ITSELF, now, why)
    session.flush()
    touch(session, now, policy_ids=[row.policy_id for row in found])
    return len(found)


def end(handover: Handover, step: Step, by: str, now: datetime, result: str | None) -> None:
    """End a hand-over by a step that its state allows."""
    after = moved(Handing(handover.state), step)
    assert after is not None  # whoever ends it has looked at its state
    handover.state, handover.ended_at, handover.ended_by = after, now, by
    handover.result = result


def listed(
    line: Line, states: Sequence[str] | None = None, branch: str | None = None
) -> list[HandoverLine]:
    """Hand-overs in these states (None: all) of this branch (None: all), the earliest due first."""
    with line.database.reading() as session:
        rows = handovers.listed(session, states=states, branch=branch)
        return [shown(row) for row in rows]


def shown(row: Handover) -> HandoverLine:
    """A hand-over as it is shown."""
    return HandoverLine(
        id=row.id,
        policy=row.policy.number,
        branch=row.branch,
        way=row.way,
        because=row.because,
        state=row.state,
        opened_at=row.opened_at,
        list=row.list_id,
        due_on=row.due_on,
        result=row.result,
        revisited_on=row.revisited_on,
        signed=row.signed,
        delay_reason=row.delay_reason,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )


def _new(policy: Policy, way: Way, because: str, now: datetime, due_on: date | None) -> Handover:
    state = Handing.PROPOSED if because == FORECAST else Handing.WAITING
    return Handover(
        policy_id=policy.id,
        way=way,
        because=because,
        branch=policy.branch or "",
        state=state,
        opened_at=now,
        due_on=due_on,
    )


def _decide(
    line: Line, ids: Collection[int], step: Step, by: str, because: str | None
) -> list[int]:
    with line.database.transaction() as session:
        now = line.clock()
        rows = handovers.by_ids(session, ids)
        changed = [row for one in sorted(set(ids)) if (row := _to_move(rows.get(one), one, step))]
        for row in changed:
            if step is Step.ACCEPT:
                row.state = Handing.WAITING
            else:
                end(row, step, by, now, because)
        done = [row.id for row in changed]
        session.flush()
        touch(session, now, policy_ids=[row.policy_id for row in changed])
        return done


def _to_move(row: Handover | None, wanted: int, step: Step) -> Handover | None:
    """The hand-over, None when this was done to it before. Raises OtherwiseTrouble."""
    if row is None:
        raise OtherwiseTrouble(
            f"there is no hand-over {wanted}; `huifang handover list` names those that there are"
        )
    if moved(Handing(row.state), step) is not None:
        return row
    if row.state == moved(Handing.PROPOSED, step):
        return None
    raise OtherwiseTrouble(
        f"hand-over {wanted} is {row.state}, and only a proposed one can be {_PAST[step]};"
        f" leave it out"
    )


def _issue(
    session: Session, line: Line, branch: str, rows: Sequence[Handover], by: str, now: datetime
) -> Issued:
    due_on = _list_due(line, now)
    made = HandoverList(branch=branch, made_at=now, made_by=by, due_on=due_on)
    session.add(made)
    session.flush()  # the hand-overs refer to it
    for row in rows:
        row.state, row.list_id = Handing.ISSUED, made.id
        row.due_on = row.due_on or due_on  # what was agreed with the customer stays
    return Issued(made.id, branch, len(rows), due_on)


def _list_due(line: Line, now: datetime) -> date:
    """The last day of a list that a branch gets now, which is not counted itself (T-11)."""
    working = partial(add_working_days, own=line.own_days)
    return due_at(now.astimezone(LOCAL), line.rulebook.handover, working).date()
