"""The supervisor's board: calls, lines, deadlines and failures as plain data, numbers masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.dialling import Branch, Status
from scripts.labels import code_of
from store.console.board import Due, LiveCall
from web.masks import mask_phone


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call that runs. ``state`` is ringing or talking; ``code`` the question put last."""

    id: int
    policy: str
    holder: str
    branch: str
    phone: str
    agent: str | None
    state: str
    seconds: int
    code: str


@dataclass(frozen=True, slots=True)
class Failure:
    """One cause; ``width`` is its bar in percent of the most frequent one."""

    cause: str
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class Board:
    """The page. ``lines`` are those in use, ``most`` how many there are: of the reader's branch,
    where the reader belongs to one; None: not limited."""

    calls: list[CallRow]
    lines: int
    most: int | None
    used: int
    branches: list[Branch]
    dues: list[Due]
    failures: list[Failure]
    failed: int
    interviewing: int


def board(
    status: Status,
    calls: Sequence[LiveCall],
    dues: Sequence[Due],
    failures: Sequence[tuple[str, int]],
    interviewing: int,
    branch: str | None,
    now: datetime,
) -> Board:
    """The board of what was read."""
    own = [one for one in status.branches if branch is None or one.name == branch]
    lines = status.live if branch is None else sum(one.live for one in own)
    most = status.limits.calls_at_once if branch is None else status.limits.most_of(branch)
    return Board(
        calls=[_call(one, now) for one in calls],
        lines=lines,
        most=most,
        used=min(100, round(100 * lines / most)) if most else 0,
        branches=own,
        dues=list(dues),
        failures=_failures(failures),
        failed=sum(count for _, count in failures),
        interviewing=interviewing,
    )


def _call(one: LiveCall, now: datetime) -> CallRow:
    call, policy = one.call, one.policy
    return CallRow(
        id=call.id,
        policy=policy.number,
        holder=policy.holder_name,
        branch=policy.branch or "",
        phone=mask_phone(call.phone),
        agent=one.agent,
        state="talking" if call.answered_at else "ringing",
        seconds=max(0, round((now - (call.answered_at or call.ordered_at)).total_seconds())),
        code=code_of(call.asking) if call.asking else "",
    )


def _failures(found: Sequence[tuple[str, int]]) -> list[Failure]:
    most = max((count for _, count in found), default=1)
    return [Failure(cause, count, round(100 * count / most)) for cause, count in found]
