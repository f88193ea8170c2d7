"""A complaint from the first word to the closed file (domain.md 1.13): its states, what may be done
in each, by whom, and what has to be there first. Pure: it decides and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cases.staff_codes import alike


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    INVESTIGATING = "investigating"
    PROPOSED = "proposed"
    APPROVED = "approved"
    IMPLEMENTED = "implemented"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed-up"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    MERGED = "merged"


class Deed(StrEnum):
    """What somebody does to a complaint."""

    TRIAGE = "triage"  # 初步判断
    IDENTIFY = "identify"  # 核验身份
    REGISTER = "register"  # 分类登记
    ACKNOWLEDGE = "acknowledge"  # 受理告知
    ASSIGN = "assign"  # 转办
    TALK = "talk"  # 客户沟通记录表
    ATTACH = "attach"
    INVESTIGATE = "investigate"  # 调查核实
    PROPOSE = "propose"  # 提出解决方案
    APPROVE = "approve"
    SEND_BACK = "send-back"
    IMPLEMENT = "implement"
    ANSWER = "answer"  # 反馈客户
    BOOK = "book"  # the follow-up revisit is to be rung
    FOLLOW_UP = "follow-up"  # 回访
    CAUSE = "cause"  # 溯源整改
    CLOSE = "close"  # 归档
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    MERGE = "merge"
    SPLIT = "split"
    NEW_FACTS = "new-facts"
    STOP = "stop"
    RESUME = "resume"
    ASK_EXTENSION = "ask-extension"
    GRANT_EXTENSION = "grant-extension"
    TELL_EXTENSION = "tell-extension"
    ASK_REVIEW = "ask-review"
    ANSWER_REVIEW = "answer-review"


class WhyNot(StrEnum):
    """Why a deed is not possible now; the words are stable."""

    NO_RIGHT = "no-right"
    NOT_YOURS = "not-yours"
    SELLER = "seller"
    SAME_NAME = "same-name"  # as somebody who sells, and no number tells them apart
    OWN_WORK = "own-work"
    NOT_NOW = "not-now"
    CLOSED = "closed"
    NOT_IDENTIFIED = "not-identified"
    NO_AUTHORISATION = "no-authorisation"
    NOT_TOLD = "not-told"
    NO_APPROVAL = "no-approval"
    NO_APPROVAL_NEEDED = "no-approval-needed"
    NO_FOLLOW_UP = "no-follow-up"
    NO_CAUSE = "no-cause"
    REVIEW_WAITS = "review-waits"
    NO_REVIEW = "no-review"
    REVIEW_TOO_LATE = "review-too-late"
    EXTENSION_ONCE = "extension-once"
    EXTENSION_STEP = "extension-step"
    NOT_COMPLEX = "not-complex"
    NOT_STOPPED = "not-stopped"
    BOOKED = "booked"
    NO_POLICY = "no-policy"
    ITS_OWN = "its-own"


class Extension(StrEnum):
    """How far an extension has come (第18条: approved, and told)."""

    NONE = "none"
    ASKED = "asked"
    GRANTED = "granted"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about a complaint. ``workers`` are the names of those who have worked on it in
    this round, ``decided_by`` those who had part in the decision; ``review_until_passed``: the time
    to ask for a review is over."""

    state: State
    identified: bool = False
    by_proxy: bool = False
    authorised: bool = False  # the authorisation and the proxy's identity lie before us
    acknowledged: bool = False
    handler: str | None = None
    workers: frozenset[str] = frozenset()
    proposed_by: str | None = None
    sellers: frozenset[str] = frozenset()  # of the policy, and whom the complaint names
    seller_codes: Mapping[str, str] = field(default_factory=dict)  # by name, where it is known
    complex: bool = False
    major: bool = False
    stopped: bool = False
    extension: Extension = Extension.NONE
    extension_asked_by: str | None = None
    answered: bool = False
    review_waits: bool = False
    review_until_passed: bool = False
    booked: bool = False
    has_policy: bool = False
    has_cause: bool = False

    @property
    def needs_approval(self) -> bool:
        """Major or complex: a superior approves (004 第7步)."""
        return self.major or self.complex


@dataclass(frozen=True, slots=True)
class Doer:
    """Who wants to do something, and their rights. ``sells``: of the sellers' line (销售条线);
    ``code`` is their staff number (工号); ``by_name``: nothing but the name would make them one."""

    name: str
    works: bool = False
    assigns: bool = False
    approves: bool = False
    sells: bool = False
    code: str | None = None
    by_name: bool = False


S, D = State, Deed
#: Ended without a decision of ours, or archived.
ENDED: Final = frozenset({S.CLOSED, S.WITHDRAWN, S.REFUSED, S.MERGED})
#: Not yet with whoever handles it.
FRONT: Final = frozenset({S.RECEIVED, S.TRIAGED, S.REGISTERED})
_HANDLED: Final = frozenset(
    {S.ASSIGNED, S.INVESTIGATING, S.PROPOSED, S.APPROVED, S.IMPLEMENTED, S.ANSWERED, S.FOLLOWED_UP,
     S.REOPENED}
)  # fmt: skip
#: A decision lies behind them, and nothing has begun anew.
_DECIDED: Final = frozenset({S.ANSWERED, S.FOLLOWED_UP, S.CLOSED})
_UNANSWERED: Final = (FRONT | _HANDLED) - {S.ANSWERED, S.FOLLOWED_UP}


def _same(states: frozenset[State], *deeds: Deed) -> dict[tuple[State, Deed], State]:
    return {(state, deed): state for state in states for deed in deeds}


#: (state, deed) -> the state that follows. What is not here has no place.
STEPS: Final[Mapping[tuple[State, Deed], State]] = {
    **_same(FRONT | _HANDLED, D.IDENTIFY, D.TALK, D.ATTACH),
    **_same(_UNANSWERED, D.TRIAGE, D.STOP, D.RESUME, D.ASK_EXTENSION, D.GRANT_EXTENSION,
            D.TELL_EXTENSION, D.NEW_FACTS),
    **_same((FRONT - {S.RECEIVED, S.TRIAGED}) | (_HANDLED & _UNANSWERED), D.ACKNOWLEDGE),
    # What is put right may take longer than the complaint.
    **_same((_HANDLED - {S.ASSIGNED, S.REOPENED}) | {S.CLOSED}, D.CAUSE),
    **_same(_DECIDED, D.ASK_REVIEW),
    **_same(_HANDLED | {S.CLOSED, S.WITHDRAWN}, D.ANSWER_REVIEW),
    **{(state, D.WITHDRAW): S.WITHDRAWN for state in FRONT | _HANDLED},
    **{(state, D.REFUSE): S.REFUSED for state in FRONT},
    **{(state, D.MERGE): S.MERGED for state in FRONT},
    **{(state, D.REOPEN): S.REOPENED for state in
       (S.ANSWERED, S.FOLLOWED_UP, S.CLOSED, S.WITHDRAWN, S.REFUSED)},
    (S.RECEIVED, D.TRIAGE): S.TRIAGED,
    (S.TRIAGED, D.REGISTER): S.REGISTERED,
    **{(state, D.ASSIGN): S.ASSIGNED for state in
       (S.REGISTERED, S.ASSIGNED, S.INVESTIGATING, S.PROPOSED, S.REOPENED)},
    (S.ASSIGNED, D.INVESTIGATE): S.INVESTIGATING,
    (S.INVESTIGATING, D.INVESTIGATE): S.INVESTIGATING,
    # New facts while the answer is being made: it is looked into again.
    (S.PROPOSED, D.NEW_FACTS): S.INVESTIGATING,
    (S.APPROVED, D.NEW_FACTS): S.INVESTIGATING,
    (S.IMPLEMENTED, D.NEW_FACTS): S.INVESTIGATING,
    (S.INVESTIGATING, D.PROPOSE): S.PROPOSED,
    (S.PROPOSED, D.PROPOSE): S.PROPOSED,
    (S.PROPOSED, D.APPROVE): S.APPROVED,
    (S.PROPOSED, D.SEND_BACK): S.INVESTIGATING,
    (S.PROPOSED, D.IMPLEMENT): S.IMPLEMENTED,
    (S.APPROVED, D.IMPLEMENT): S.IMPLEMENTED,
    (S.IMPLEMENTED, D.ANSWER): S.ANSWERED,
    (S.ANSWERED, D.BOOK): S.ANSWERED,
    (S.ANSWERED, D.FOLLOW_UP): S.FOLLOWED_UP,
    (S.FOLLOWED_UP, D.CLOSE): S.CLOSED,
    (S.MERGED, D.SPLIT): S.RECEIVED,
}  # fmt: skip

_APPROVING: Final = frozenset({D.APPROVE, D.SEND_BACK, D.GRANT_EXTENSION, D.ANSWER_REVIEW})
#: What only whoever handles it does, or a superior in their place.
_HANDLING: Final = frozenset(
    {D.INVESTIGATE, D.PROPOSE, D.IMPLEMENT, D.ANSWER, D.BOOK, D.FOLLOW_UP, D.CAUSE, D.CLOSE,
     D.STOP, D.RESUME, D.ASK_EXTENSION, D.TELL_EXTENSION}
)  # fmt: skip


def after(facts: Facts, deed: Deed, *, contradicted: bool = False) -> State | None:
    """The state that follows; None where the deed has no place. ``contradicted``: a follow-up heard
    that the customer is not content or wants more (004 第11步), or a review changed the decision;
    then it goes round again."""
    state = STEPS.get((facts.state, deed))
    goes_round = deed in (Deed.FOLLOW_UP, Deed.ANSWER_REVIEW) and facts.state in _DECIDED
    return State.REOPENED if contradicted and goes_round and state else state


def allowed(facts: Facts, deed: Deed, doer: Doer) -> WhyNot | None:
    """Why this person cannot do this to the complaint now; None when they can."""
    return (
        _right(deed, doer)
        or _place(facts, deed)
        or _person(facts, deed, doer)
        or _ready(facts, deed)
    )


def offers(facts: Facts, doer: Doer) -> dict[Deed, WhyNot | None]:
    """Every deed, with why not."""
    return {deed: allowed(facts, deed, doer) for deed in Deed}


_NEXT: Final[Mapping[State, tuple[Deed, ...]]] = {
    S.RECEIVED: (D.TRIAGE,),
    S.TRIAGED: (D.IDENTIFY, D.REGISTER),
    S.REGISTERED: (D.ACKNOWLEDGE, D.ASSIGN),
    S.ASSIGNED: (D.INVESTIGATE,),
    S.INVESTIGATING: (D.PROPOSE,),
    S.PROPOSED: (D.APPROVE, D.IMPLEMENT),
    S.APPROVED: (D.IMPLEMENT,),
    S.IMPLEMENTED: (D.ANSWER,),
    S.ANSWERED: (D.BOOK, D.FOLLOW_UP),
    S.FOLLOWED_UP: (D.CAUSE, D.CLOSE),
    S.REOPENED: (D.ASSIGN,),
}
_ONCE: Final[Mapping[Deed, str]] = {
    D.IDENTIFY: "identified", D.ACKNOWLEDGE: "acknowledged", D.CAUSE: "has_cause"
}  # fmt: skip


def next_deeds(facts: Facts) -> tuple[Deed, ...]:
    """What brings the complaint on from here, the likeliest first; what was done once already is
    left out. A review that waits comes before everything."""
    waits = facts.review_waits and (facts.state, Deed.ANSWER_REVIEW) in STEPS
    review = (Deed.ANSWER_REVIEW,) if waits else ()
    found = _NEXT.get(facts.state, ())
    return review + tuple(one for one in found if not (one in _ONCE and getattr(facts, _ONCE[one])))


def may_handle(facts: Facts, name: str, *, sells: bool, code: str | None = None) -> bool:
    """Whether somebody may be given the complaint: never the seller, nor anybody of the sellers'
    line (第17条, 2010年第4号 第18条). Two staff numbers tell people apart, else the names."""
    codes = facts.seller_codes if code else {}
    ties = [alike(code, codes[one]) if one in codes else same(name, one) for one in facts.sellers]
    return not (sells or any(ties))


def same(name: str, other: str | None) -> bool:
    """Names are compared without spaces and case: 张 三 is 张三."""
    plain = "".join(name.split()).casefold()
    return other is not None and plain == "".join(other.split()).casefold()


def _right(deed: Deed, doer: Doer) -> WhyNot | None:
    if deed in _APPROVING:
        return None if doer.approves else WhyNot.NO_RIGHT
    return None if doer.works or doer.assigns else WhyNot.NO_RIGHT


def _place(facts: Facts, deed: Deed) -> WhyNot | None:
    if (facts.state, deed) in STEPS:
        return None
    return WhyNot.CLOSED if facts.state in ENDED else WhyNot.NOT_NOW


def _person(facts: Facts, deed: Deed, doer: Doer) -> WhyNot | None:
    barred = not may_handle(facts, doer.name, sells=doer.sells, code=doer.code)
    if deed in _HANDLING | _APPROVING and barred:
        return WhyNot.SAME_NAME if doer.by_name else WhyNot.SELLER
    if deed is Deed.APPROVE and same(doer.name, facts.proposed_by):
        return WhyNot.OWN_WORK
    if deed is Deed.GRANT_EXTENSION and same(doer.name, facts.extension_asked_by):
        return WhyNot.OWN_WORK
    if deed is Deed.ANSWER_REVIEW and any(same(doer.name, one) for one in facts.workers):
        return WhyNot.OWN_WORK
    mine = facts.handler is None or same(doer.name, facts.handler)
    if deed in _HANDLING and not mine and not doer.assigns:
        return WhyNot.NOT_YOURS
    return None


def _ready(facts: Facts, deed: Deed) -> WhyNot | None:
    """What has to be there before the deed."""
    check = _CHECKS.get(deed)
    return check(facts) if check else None


def _registering(facts: Facts) -> WhyNot | None:
    if not facts.identified:
        return WhyNot.NOT_IDENTIFIED
    return WhyNot.NO_AUTHORISATION if facts.by_proxy and not facts.authorised else None


def _identifying(facts: Facts) -> WhyNot | None:
    return WhyNot.NO_AUTHORISATION if facts.by_proxy and not facts.authorised else None


def _assigning(facts: Facts) -> WhyNot | None:
    if not facts.identified:
        return WhyNot.NOT_IDENTIFIED
    return None if facts.acknowledged else WhyNot.NOT_TOLD


def _answering(facts: Facts) -> WhyNot | None:
    return None if facts.identified else WhyNot.NOT_IDENTIFIED


def _approving(facts: Facts) -> WhyNot | None:
    return None if facts.needs_approval else WhyNot.NO_APPROVAL_NEEDED


def _implementing(facts: Facts) -> WhyNot | None:
    waits = facts.state is State.PROPOSED and facts.needs_approval
    return WhyNot.NO_APPROVAL if waits else None


def _closing(facts: Facts) -> WhyNot | None:
    if facts.review_waits:
        return WhyNot.REVIEW_WAITS
    if not facts.answered:
        return WhyNot.NOT_TOLD
    return None if facts.has_cause else WhyNot.NO_CAUSE


def _booking(facts: Facts) -> WhyNot | None:
    if not facts.has_policy:
        return WhyNot.NO_POLICY
    return WhyNot.BOOKED if facts.booked else None


def _following_up(facts: Facts) -> WhyNot | None:
    return WhyNot.BOOKED if facts.booked else None


def _asking_review(facts: Facts) -> WhyNot | None:
    if facts.review_waits:
        return WhyNot.REVIEW_WAITS
    if not facts.answered:
        return WhyNot.NO_REVIEW
    return WhyNot.REVIEW_TOO_LATE if facts.review_until_passed else None


def _answering_review(facts: Facts) -> WhyNot | None:
    return None if facts.review_waits else WhyNot.NO_REVIEW


def _resuming(facts: Facts) -> WhyNot | None:
    return None if facts.stopped else WhyNot.NOT_STOPPED


def _asking_extension(facts: Facts) -> WhyNot | None:
    if not facts.complex:
        return WhyNot.NOT_COMPLEX
    return None if facts.extension is Extension.NONE else WhyNot.EXTENSION_ONCE


def _granting(facts: Facts) -> WhyNot | None:
    return None if facts.extension is Extension.ASKED else WhyNot.EXTENSION_STEP


def _telling_extension(facts: Facts) -> WhyNot | None:
    return None if facts.extension is Extension.GRANTED else WhyNot.EXTENSION_STEP


_CHECKS: Final = {
    D.REGISTER: _registering, D.IDENTIFY: _identifying, D.ASSIGN: _assigning,
    D.ANSWER: _answering, D.APPROVE: _approving, D.IMPLEMENT: _implementing, D.CLOSE: _closing,
    D.BOOK: _booking, D.FOLLOW_UP: _following_up, D.ASK_REVIEW: _asking_review,
    D.ANSWER_REVIEW: _answering_review, D.RESUME: _resuming,
    D.ASK_EXTENSION: _asking_extension, D.GRANT_EXTENSION: _granting,
    D.TELL_EXTENSION: _telling_extension,
}  # fmt: skip
