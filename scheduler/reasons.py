"""Why a policy is rung, or held back: stable codes with a detail and, where waiting helps, until
when. Pure data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """The stable codes of a decision's reasons."""

    # for a call
    DUE = "due"
    PROMISED = "promised"  # the customer named this time: before everything else
    AT_RISK = "at-risk"  # a customer to be rung earlier (domain.md 2.4); the detail is the rule
    CASE = "open-case"  # a case waits for this call; the detail is its place in the order (1.10.1)
    OTHER_NUMBER = "other-number"  # the number before was wrong or does not exist
    FIRST_CALL_LATE = "first-call-late"  # the rulebook wanted it by now
    PAST_COMPANY_LIMIT = "past-company-limit"  # the whole revisit should be done by now (T-03)
    AFTER_PERIOD = "after-period"  # late, as the rulebook allows
    CALLBACK_EARLIER = "callback-before-deadline"  # the time named lies after the deadline

    # against a call, whatever the time
    COMPLETED = "completed"
    STOPPED = "stopped"  # the last outcome ended the calling; a case or a person goes on
    EXHAUSTED = "attempts-exhausted"
    NOT_ACCEPTED = "not-accepted"  # screened, out of scope, rejected, surrendered
    WAIT_RECEIPT = "wait-receipt"
    SPECIAL = "special-revisit"  # approved to be revisited otherwise (特殊回访件)
    HANDED_OVER = "handed-over"  # a branch revisits it (电话回访交接清单)
    DO_NOT_CALL = "do-not-call"  # with ``until`` where the block ends
    NO_NUMBER = "no-number-left"  # none, or all are wrong, empty or blocked
    OVER = "cooling-off-over"

    # against a call at this moment
    IN_CALL = "in-call"
    PERSON_IN_CALL = "person-in-call"  # about another policy, or somebody else on that number
    FIRST_CALL = "first-call-not-before"
    RETRY = "retry-not-before"
    CALLBACK = "callback-at"
    GAP = "gap"  # the number or the person was rung a moment ago, for whatever policy
    DAILY_LIMIT = "daily-limit"  # of a person
    NUMBER_LIMIT = "number-daily-limit"
    OUTSIDE_HOURS = "outside-hours"

    # a call would come too late
    TOO_LATE = "no-slot-before-deadline"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: its code, a word of detail (an outcome, a status), and until when one has to
    wait for it; None where it does not speak against a call at this moment, or where waiting does
    not help."""

    code: Why
    detail: str = ""
    until: datetime | None = None
