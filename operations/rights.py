"""Who may do what: the one table of roles and actions. Which page needs which action stands in
``web.access``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody works as. One person may be several."""

    AGENT = "agent"  # 访员
    BRANCH = "branch"  # 分公司经办
    REVIEWER = "reviewer"  # 质检
    SUPERVISOR = "supervisor"  # 主管
    COMPLIANCE = "compliance"  # 合规
    ADMIN = "admin"  # 系统管理员


class Action(StrEnum):
    """What a page or a form lets somebody do."""

    OWN_ACCOUNT = "own-account"
    SEE_TODAY = "see-today"
    SEE_QUEUE = "see-queue"
    SEE_POLICY = "see-policy"
    SEE_CALLS = "see-calls"
    LISTEN = "listen"
    UNMASK = "unmask"
    EXPORT = "export"
    INTERVIEW = "interview"
    FOLLOW_UP = "follow-up"
    READ_GUIDE = "read-guide"
    SEE_TRAINING = "see-training"
    SEE_COMPLAINT_FIGURES = "see-complaint-figures"
    HOLD_ACCOUNTABLE = "hold-accountable"
    SEE_CASES = "see-cases"
    WORK_CASES = "work-cases"
    ASSIGN_CASES = "assign-cases"
    REVIEW_CASES = "review-cases"
    TAKE_COMPLAINTS = "take-complaints"
    SEE_COMPLAINTS = "see-complaints"
    WORK_COMPLAINTS = "work-complaints"
    ASSIGN_COMPLAINTS = "assign-complaints"
    APPROVE_COMPLAINTS = "approve-complaints"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    PLAN_REVIEWS = "plan-reviews"
    DRAW_REVIEWS = "draw-reviews"
    APPEAL = "appeal"
    DECIDE_APPEALS = "decide-appeals"
    REVISIT_OTHERWISE = "revisit-otherwise"
    DECIDE_OTHERWISE = "decide-otherwise"
    BLOCK_CALLS = "block-calls"
    STEER = "steer"
    SEE_FORECAST = "see-forecast"
    SEE_KPIS = "see-kpis"
    SEE_SCRIPTS = "see-scripts"
    WRITE_SCRIPTS = "write-scripts"
    APPROVE_SCRIPTS = "approve-scripts"
    EVIDENCE = "evidence"
    SEE_AUDIT = "see-audit"
    MANAGE_ACCOUNTS = "manage-accounts"
    WORK_INCIDENTS = "work-incidents"
    JUDGE_INCIDENTS = "judge-incidents"


_EVERYBODY = frozenset({Action.OWN_ACCOUNT})
_LOOKING = _EVERYBODY | {
    Action.SEE_TODAY,
    Action.SEE_QUEUE,
    Action.SEE_POLICY,
    Action.SEE_CALLS,
    Action.SEE_SCRIPTS,
    Action.READ_GUIDE,
}

#: The table. What is not in a role's row, nobody in that role can do; an administrator manages
#: accounts and sees no customer.
TABLE: Mapping[Role, frozenset[Action]] = {
    Role.AGENT: _LOOKING
    | {
        Action.INTERVIEW,
        Action.FOLLOW_UP,
        Action.UNMASK,
        Action.APPEAL,
        Action.BLOCK_CALLS,
        Action.TAKE_COMPLAINTS,
    },
    Role.BRANCH: _LOOKING
    | {
        Action.FOLLOW_UP,
        Action.SEE_CASES,
        Action.WORK_CASES,
        Action.SEE_COMPLAINT_FIGURES,
        Action.TAKE_COMPLAINTS,
        Action.SEE_COMPLAINTS,
        Action.WORK_COMPLAINTS,
        Action.WORK_INCIDENTS,
        Action.REVISIT_OTHERWISE,
        Action.BLOCK_CALLS,
        Action.UNMASK,
        Action.LISTEN,
        Action.EXPORT,
    },
    Role.REVIEWER: _LOOKING
    | {
        Action.REVIEW,
        Action.LISTEN,
        Action.SEE_CASES,
        Action.REVIEW_CASES,
        Action.EXPORT,
    },
    Role.SUPERVISOR: _LOOKING
    | {
        Action.LISTEN,
        Action.UNMASK,
        Action.EXPORT,
        Action.INTERVIEW,
        Action.FOLLOW_UP,
        Action.SEE_CASES,
        Action.WORK_CASES,
        Action.ASSIGN_CASES,
        Action.WORK_INCIDENTS,
        Action.JUDGE_INCIDENTS,
        Action.REVIEW_CASES,
        Action.TAKE_COMPLAINTS,
        Action.SEE_COMPLAINTS,
        Action.WORK_COMPLAINTS,
        Action.ASSIGN_COMPLAINTS,
        Action.APPROVE_COMPLAINTS,
        Action.REVIEW,
        Action.ADJUDICATE,
        Action.PLAN_REVIEWS,
        Action.DRAW_REVIEWS,
        Action.DECIDE_APPEALS,
        Action.REVISIT_OTHERWISE,
        Action.DECIDE_OTHERWISE,
        Action.BLOCK_CALLS,
        Action.STEER,
        Action.SEE_FORECAST,
        Action.SEE_KPIS,
        Action.SEE_TRAINING,
        Action.SEE_COMPLAINT_FIGURES,
        Action.HOLD_ACCOUNTABLE,
        Action.WRITE_SCRIPTS,
        Action.EVIDENCE,
    },
    Role.COMPLIANCE: _LOOKING
    | {
        Action.LISTEN,
        Action.UNMASK,
        Action.EXPORT,
        Action.SEE_CASES,
        Action.WORK_INCIDENTS,
        Action.JUDGE_INCIDENTS,
        Action.REVIEW_CASES,
        Action.SEE_COMPLAINTS,
        Action.APPROVE_COMPLAINTS,
        Action.REVIEW,
        Action.ADJUDICATE,
        Action.PLAN_REVIEWS,
        Action.DRAW_REVIEWS,
        Action.SEE_FORECAST,
        Action.SEE_KPIS,
        Action.SEE_COMPLAINT_FIGURES,
        Action.HOLD_ACCOUNTABLE,
        Action.WRITE_SCRIPTS,
        Action.APPROVE_SCRIPTS,
        Action.EVIDENCE,
        Action.SEE_AUDIT,
    },
    Role.ADMIN: _EVERYBODY | {Action.MANAGE_ACCOUNTS, Action.SEE_AUDIT},
}


#: What concerns the whole line: nobody of a branch may do it, whatever their role.
HEAD_OFFICE: Final = frozenset({
    Action.STEER, Action.DRAW_REVIEWS, Action.WRITE_SCRIPTS, Action.APPROVE_SCRIPTS,
    Action.SEE_AUDIT, Action.MANAGE_ACCOUNTS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody signed in. ``branch`` None: somebody of head office, and policies of every
    branch."""

    account_id: int
    name: str
    roles: frozenset[Role]
    branch: str | None = None

    def may(self, action: Action) -> bool:
        """Whether one of their roles allows it, and their branch does not forbid it."""
        if self.branch is not None and action in HEAD_OFFICE:
            return False
        return action in actions_of(self.roles)


def actions_of(roles: Iterable[Role]) -> frozenset[Action]:
    """What these roles allow together."""
    return frozenset().union(*(TABLE[role] for role in roles))
