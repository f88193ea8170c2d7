"""The nightly rules (domain.md 2.13, POST_INSURANCE of 中邮): which policies somebody must follow
up with care, and which have to be visited. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scripts.outcomes import Cause


class FollowUp(StrEnum):
    """The mark on a policy that has not been revisited."""

    FOCUS = "focus"  # 重点跟进
    VISIT = "visit"  # 需上门回访


#: 电话错误, 空号, 挂断, 拒接, 不配合 (身份核实), 无法联系本人.
FOCUS_CAUSES = frozenset(
    {
        Cause.WRONG_NUMBER,
        Cause.EMPTY_NUMBER,
        Cause.SUSPENDED,
        Cause.HUNG_UP_EARLY,
        Cause.HUNG_UP,
        Cause.REFUSED,
        Cause.IDENTITY_FAILED,
        Cause.NOT_HOLDER,
    }
)
#: Why the calling of a policy stops while it has not been revisited. A policy that was closed for
#: another reason (completed, by letter or visit, surrendered, deceased) carries no mark.
UNREACHED = frozenset(
    {
        "cooling-off-over",
        "retries-exhausted",
        "attempts-exhausted",
        "no-number-left",
        *(cause.value for cause in FOCUS_CAUSES | {Cause.LANGUAGE}),
    }
)


@dataclass(frozen=True, slots=True)
class NightlyRules:
    """Natural days from the signed receipt. ``focus_days``: 15 − days ≤ 3; ``visit_day``: days ≥
    15, the cooling-off period of the bank policies that the rules were made for."""

    visit_day: int = 15
    focus_days: int = 3
    causes: frozenset[Cause] = FOCUS_CAUSES


@dataclass(frozen=True, slots=True)
class Unrevisited:
    """A policy that has not been revisited: its receipt, the last day of its own cooling-off
    period, and how its last call ended."""

    signed_on: date
    period_ends_on: date
    cause: Cause | None = None


DEFAULT_RULES = NightlyRules()


def follow_up(
    policy: Unrevisited, today: date, rules: NightlyRules = DEFAULT_RULES
) -> FollowUp | None:
    """The mark for the day that begins.

    Where a policy's own period is shorter than ``visit_day``, its last ``focus_days`` days count as
    well. Nobody is sent while the period runs: a hand-over would end the calls that are left.
    """
    days = (today - policy.signed_on).days
    own_left = (policy.period_ends_on - today).days
    if days >= rules.visit_day and own_left < 0:
        return FollowUp.VISIT
    near = min(rules.visit_day - days, own_left) <= rules.focus_days
    return FollowUp.FOCUS if near or policy.cause in rules.causes else None
