"""Revisits that head office does not make by phone: the states of special revisits (特殊回访件) and
of hand-overs to branches (电话回访交接清单), and what moves them on. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Ground(StrEnum):
    """What a special revisit may be asked for on, and nothing else (002-k 三)."""

    GROUP = "group"  # 投保单位统一投保的团体保险
    FAMILY = "family"  # 家庭关系复杂且不便统一电话回访
    AGREED = "agreed"  # 投保情况特殊, 销售单位了解投保过程并同意安排特殊回访


class Special(StrEnum):
    """Where an application for a special revisit stands (《特殊回访件申请表》)."""

    APPLIED = "applied"
    APPROVED = "approved"  # head office does not ring
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Decide(StrEnum):
    """What can be done to an application."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    FINISH = "finish"  # the branch has made the revisit


class Handing(StrEnum):
    """Where a hand-over stands."""

    PROPOSED = "proposed"  # by the forecast; head office goes on ringing
    WAITING = "waiting"  # for the branch's next list; head office does not ring from here on
    ISSUED = "issued"  # the branch has it
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to a hand-over."""

    ACCEPT = "accept"
    DECLINE = "decline"
    ISSUE = "issue"
    FINISH = "finish"
    FAIL = "fail"
    WITHDRAW = "withdraw"


_SPECIAL: Mapping[tuple[Special, Decide], Special] = {
    (Special.APPLIED, Decide.APPROVE): Special.APPROVED,
    (Special.APPLIED, Decide.REFUSE): Special.REFUSED,
    (Special.APPLIED, Decide.WITHDRAW): Special.WITHDRAWN,
    (Special.APPROVED, Decide.WITHDRAW): Special.WITHDRAWN,
    (Special.APPROVED, Decide.FINISH): Special.DONE,
}

_HANDING: Mapping[tuple[Handing, Step], Handing] = {
    (Handing.PROPOSED, Step.ACCEPT): Handing.WAITING,
    (Handing.PROPOSED, Step.DECLINE): Handing.WITHDRAWN,
    (Handing.PROPOSED, Step.WITHDRAW): Handing.WITHDRAWN,
    (Handing.WAITING, Step.ISSUE): Handing.ISSUED,
    (Handing.WAITING, Step.WITHDRAW): Handing.WITHDRAWN,
    (Handing.ISSUED, Step.FINISH): Handing.DONE,
    (Handing.ISSUED, Step.FAIL): Handing.FAILED,
    (Handing.ISSUED, Step.WITHDRAW): Handing.WITHDRAWN,
}


def decided(state: Special, what: Decide) -> Special | None:
    """The state that follows; None when this cannot be done in this state."""
    return _SPECIAL.get((state, what))


def moved(state: Handing, step: Step) -> Handing | None:
    """The state that follows; None when this cannot be done in this state."""
    return _HANDING.get((state, step))


def is_open(state: Handing) -> bool:
    """Whether anything can still become of a hand-over."""
    return any(state is before for before, _ in _HANDING)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: nobody approves an application of their own (002-k 四:
    the unit's manager reviews it)."""
    return one.strip().casefold() == other.strip().casefold()
