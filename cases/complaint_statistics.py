"""What complaints teach (投诉统计与分析; 004: monthly by number, kind, source and result, and how
often by product): groups, rates per policies, and clusters about one seller. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cases.estimates import Share, share
from cases.lessons import Cluster

#: A rate is told per so many policies (件/万张保单).
PER = 10_000


class Grouping(StrEnum):
    """What complaints are grouped by."""

    KIND = "kind"  # 投诉类型
    CHANNEL = "channel"  # 来源
    PRODUCT = "product"
    SELLER = "seller"
    BRANCH = "branch"
    RESULT = "result"  # 处理结果
    CAUSE = "cause"  # 溯源


@dataclass(frozen=True, slots=True)
class Group:
    """Complaints that have something in common, received in one month. ``name`` None: it is not
    known. ``upheld``: decided for the customer, wholly or in part; ``discontent``: the follow-up
    revisit heard so; ``before``: received in the month before."""

    name: str | None
    received: int
    answered: int = 0
    upheld: int = 0
    discontent: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a product is complained about. ``share`` is of its policies, with its interval;
    None where there are no policies to divide by, or fewer than complaints. ``above``: the whole
    interval lies above the rate of all products."""

    product: str
    complaints: int
    policies: int
    share: Share | None
    above: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A cluster: from the first to the last of its complaints, and how many they are."""

    first: datetime
    last: datetime
    count: int


def with_before(groups: Iterable[Group], earlier: Iterable[Group]) -> list[Group]:
    """The groups of a month, each with what it had in the month before, the largest first; those
    that only the month before had come too."""
    old = {one.name: one.received for one in earlier}
    found = {one.name: replace(one, before=old.get(one.name, 0)) for one in groups}
    gone = (Group(name, 0, before=count) for name, count in old.items() if name not in found)
    return sorted([*found.values(), *gone], key=_order)


def _order(one: Group) -> tuple[int, int, bool, str]:
    return -one.received, -one.before, one.name is None, one.name or ""


def summed(groups: Iterable[Group]) -> Group:
    """All of them together."""
    every = list(groups)
    return Group(
        None,
        sum(one.received for one in every),
        sum(one.answered for one in every),
        sum(one.upheld for one in every),
        sum(one.discontent for one in every),
        sum(one.before for one in every),
    )


def rates(complaints: Mapping[str, int], policies: Mapping[str, int]) -> list[Rate]:
    """The rate of each product that was complained about, the surest evil first: by the lower end
    of its interval, so that one complaint about ten policies does not stand above sixty about a
    thousand."""
    held = sum(policies.values())
    whole = sum(complaints.values()) / held if held else None
    found = [
        _rate(product, count, policies.get(product, 0), whole)
        for product, count in complaints.items()
    ]
    return sorted(found, key=lambda one: (-(one.share.low if one.share else -1.0), one.product))


def _rate(product: str, count: int, policies: int, whole: float | None) -> Rate:
    own = share(count, policies) if policies > 0 and count <= policies else None
    above = own is not None and whole is not None and own.low > whole
    return Rate(product, count, policies, own, above)


def cluster(moments: Sequence[datetime], rule: Cluster) -> Window | None:
    """The newest cluster among complaints about one seller: the last of them and every one within
    the rule's days before it. None where no such stretch holds as many as the rule says."""
    ordered = sorted(moments)
    for end in range(len(ordered) - 1, rule.complaints - 2, -1):
        earliest = ordered[end] - timedelta(days=rule.days)
        inside = [one for one in ordered[: end + 1] if one > earliest]
        if len(inside) >= rule.complaints:
            return Window(inside[0], inside[-1], len(inside))
    return None
