"""How a case (问题件) is worked on, from issued to closed: its states, what may be done in each, by
whom, and what has to lie before it closes. Pure: it decides and changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.staff_codes import alike
from scripts.outcomes import Outcome
from scripts.rulebooks import CaseClass, Proof, Rulebook


class Stage(StrEnum):
    """Where a case stands (domain.md 1.18 and 2.13: 待处理, 待审核, 已审核, 已结案)."""

    ISSUED = "issued"
    ASSIGNED = "assigned"
    CONTACTED = "contacted"
    EVIDENCE = "evidence"  # something to review lies before us
    REVIEWED = "reviewed"
    BOOKED = "booked"  # the second revisit (二次回访) is to be rung
    CLOSED = "closed"


class Deed(StrEnum):
    """What somebody does to a case."""

    ASSIGN = "assign"
    CONTACT = "contact"  # a talk with the holder, or a try at one
    ATTACH = "attach"  # a paper as a file
    CONCLUDE = "conclude"  # 处理意见
    REVIEW = "review"
    SEND_BACK = "send-back"
    BOOK = "book"
    UNBOOK = "unbook"
    CLOSE = "close"
    REOPEN = "reopen"


class WhyNot(StrEnum):
    """Why a deed is not possible now; the words are stable."""

    NO_RIGHT = "no-right"
    NOT_YOURS = "not-yours"
    SELLER = "seller"
    SAME_NAME = "same-name"  # as somebody who sells, and no number tells them apart
    CLOSED = "closed"
    NOT_CLOSED = "not-closed"
    NOT_ASSIGNED = "not-assigned"
    NOTHING_TO_REVIEW = "nothing-to-review"
    OWN_WORK = "own-work"
    NOT_REVIEWED = "not-reviewed"
    REVIEWED_ALREADY = "reviewed-already"
    BOOKED = "booked"
    NOT_BOOKED = "not-booked"
    RECALL_MISSING = "recall-missing"
    PROOF_MISSING = "proof-missing"


class Result(StrEnum):
    """What a second revisit came to."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides about a case. ``handlers`` are the names of those who have worked on it since it
    was opened, or opened again; ``closed_by`` is the rulebook's. ``seller`` is the policy's."""

    stage: Stage
    assignee: str | None = None
    handlers: frozenset[str] = frozenset()
    proofs: frozenset[Proof] = frozenset()
    closed_by: tuple[frozenset[Proof], ...] = ()
    seller_may_handle: bool = True
    seller: str | None = None
    seller_code: str | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who wants to do something. ``works``, ``assigns`` and ``reviews`` are their rights.
    ``sells``: they sell policies, and belong to the sellers' line (销售条线); ``code`` is their
    staff number (工号); ``by_name``: nothing but the name would make them a seller."""

    name: str
    works: bool = False
    assigns: bool = False
    reviews: bool = False
    sells: bool = False
    code: str | None = None
    by_name: bool = False


_HANDLING: Final = frozenset(
    {Deed.CONTACT, Deed.ATTACH, Deed.CONCLUDE, Deed.BOOK, Deed.UNBOOK, Deed.CLOSE}
)
_JUDGING: Final = frozenset({Deed.REVIEW, Deed.SEND_BACK, Deed.REOPEN})

_WORK = {Deed.CONTACT: Stage.CONTACTED, Deed.ATTACH: Stage.EVIDENCE, Deed.CONCLUDE: Stage.EVIDENCE}
_JUDGED = {Deed.REVIEW: Stage.REVIEWED, Deed.SEND_BACK: Stage.ASSIGNED}
#: Stage -> what can be done in it, and the stage that follows. Work on a reviewed case is to be
#: reviewed again; what is booked goes on while somebody notes another talk.
STEPS: Final[Mapping[Stage, Mapping[Deed, Stage]]] = {
    Stage.ISSUED: {Deed.ASSIGN: Stage.ASSIGNED},
    Stage.ASSIGNED: {Deed.ASSIGN: Stage.ASSIGNED, **_WORK},
    Stage.CONTACTED: {Deed.ASSIGN: Stage.CONTACTED, **_WORK, **_JUDGED},
    Stage.EVIDENCE: {
        Deed.ASSIGN: Stage.EVIDENCE,
        **_WORK,
        **_JUDGED,
        Deed.CONTACT: Stage.EVIDENCE,
    },
    Stage.REVIEWED: {
        Deed.ASSIGN: Stage.REVIEWED,
        **_WORK,
        Deed.SEND_BACK: Stage.ASSIGNED,
        Deed.BOOK: Stage.BOOKED,
        Deed.CLOSE: Stage.CLOSED,
    },
    Stage.BOOKED: {
        Deed.ASSIGN: Stage.BOOKED,
        Deed.CONTACT: Stage.BOOKED,
        Deed.UNBOOK: Stage.REVIEWED,
    },
    Stage.CLOSED: {Deed.REOPEN: Stage.ASSIGNED},
}


def after(facts: CaseFacts, deed: Deed) -> Stage | None:
    """The stage that follows; None where the deed has no place. A case that is opened again and is
    nobody's waits to be assigned."""
    stage = STEPS[facts.stage].get(deed)
    return Stage.ISSUED if deed is Deed.REOPEN and stage and not facts.assignee else stage


def after_revisit(facts: CaseFacts, result: Result) -> Stage:
    """The stage after the second revisit was rung. A clear yes closes what needs nothing more;
    anything else goes back to whoever handles the case."""
    if result is Result.FAILED:
        return Stage.ASSIGNED if facts.assignee else Stage.ISSUED
    there = facts.proofs | {Proof.RECALLED}
    return Stage.CLOSED if is_proved(there, facts.closed_by) else Stage.REVIEWED


def allowed(facts: CaseFacts, deed: Deed, doer: Doer) -> WhyNot | None:
    """Why this person cannot do this to the case now; None when they can."""
    return (
        _right(deed, doer)
        or _person(facts, deed, doer)
        or _place(facts, deed)
        or (_closing(facts) if deed is Deed.CLOSE else None)
    )


def offers(facts: CaseFacts, doer: Doer) -> dict[Deed, WhyNot | None]:
    """Every deed, with why not."""
    return {deed: allowed(facts, deed, doer) for deed in Deed}


#: What brings a proof; the second revisit is booked after the review.
_BRINGS: Final[Mapping[Proof, Deed]] = {
    Proof.SIGNED: Deed.ATTACH,
    Proof.RECEIPT: Deed.ATTACH,
    Proof.CHANGED: Deed.ATTACH,
    Proof.OPINION: Deed.CONCLUDE,
    Proof.ANSWER: Deed.CONTACT,
}


def next_deeds(facts: CaseFacts) -> tuple[Deed, ...]:
    """What brings the case on from here, the likeliest first; whoever looks takes the first that
    they may do."""
    lacking = sorted(_lacking(facts))
    brought = [_BRINGS[one] for one in lacking if one in _BRINGS]
    match facts.stage:
        case Stage.ISSUED:
            return (Deed.ASSIGN,)
        case Stage.ASSIGNED:
            return (Deed.CONCLUDE if lacking == [Proof.OPINION] else Deed.CONTACT,)
        case Stage.CONTACTED:
            return (*brought, Deed.REVIEW)
        case Stage.EVIDENCE:
            return (Deed.REVIEW,)
        case Stage.REVIEWED:
            recalled = any(Proof.RECALLED in every for every in facts.closed_by)
            return (Deed.CLOSE, *([Deed.BOOK] if recalled else brought or [Deed.CONCLUDE]))
        case _:
            return ()


def _lacking(facts: CaseFacts) -> frozenset[Proof]:
    """What is missing of the alternative that misses least."""
    missing = [every - facts.proofs for every in facts.closed_by]
    return min(missing, key=len, default=frozenset())


def may_handle(facts: CaseFacts, name: str, *, sells: bool, code: str | None = None) -> bool:
    """Whether somebody may be given the case. Where the rulebook says so, neither the seller nor
    anybody of the sellers' line (2010年第4号 第18条: 销售人员以外的人员). Two staff numbers tell
    people apart; where one is not known, the names do."""
    both = code is not None and facts.seller_code is not None
    own = alike(code, facts.seller_code) if both else _same(name, facts.seller)
    return facts.seller_may_handle or not (sells or own)


def is_proved(proofs: Iterable[Proof], closed_by: tuple[frozenset[Proof], ...]) -> bool:
    """Whether everything of one alternative is there; without alternatives any one proof."""
    there = frozenset(proofs)
    return any(every <= there for every in closed_by) if closed_by else bool(there)


def wants_revisit(closed_by: tuple[frozenset[Proof], ...]) -> bool:
    """Whether nothing closes the case but a second revisit."""
    return bool(closed_by) and all(Proof.RECALLED in every for every in closed_by)


def result_of(outcome: Outcome, headline: CaseClass | None, rulebook: Rulebook) -> Result | None:
    """What a second revisit came to that ended so, with this class; None where it is to be rung
    again. Only a whole revisit without a problem passes; a doubt that was settled in the call
    (次标准件) is none, and gets a case of its own."""
    if outcome not in rulebook.success.outcomes:
        return None
    problem = headline is not None and (
        headline.id in rulebook.problem_classes
        or (headline.opens_case and not _settled(headline, rulebook))
    )
    return Result.FAILED if problem else Result.PASSED


def _settled(headline: CaseClass, rulebook: Rulebook) -> bool:
    """Whether the class is closed by the handler's opinion alone, so that nobody is contacted."""
    families = [one for one in rulebook.families if one.class_id == headline.id]
    alone = (frozenset({Proof.OPINION}),)
    return bool(families) and all(one.closed_by == alone for one in families)


def _right(deed: Deed, doer: Doer) -> WhyNot | None:
    has = doer.works or doer.assigns
    if deed is Deed.ASSIGN:
        return None if has else WhyNot.NO_RIGHT
    if deed in _JUDGING:
        return None if doer.reviews else WhyNot.NO_RIGHT
    return None if has else WhyNot.NO_RIGHT


def _person(facts: CaseFacts, deed: Deed, doer: Doer) -> WhyNot | None:
    if not may_handle(facts, doer.name, sells=doer.sells, code=doer.code):
        return WhyNot.SAME_NAME if doer.by_name else WhyNot.SELLER
    if deed is Deed.REVIEW and any(_same(doer.name, one) for one in facts.handlers):
        return WhyNot.OWN_WORK
    mine = facts.assignee is None or _same(doer.name, facts.assignee)
    if (deed in _HANDLING or deed is Deed.ASSIGN) and not mine and not doer.assigns:
        return WhyNot.NOT_YOURS
    return None


def _place(facts: CaseFacts, deed: Deed) -> WhyNot | None:
    """Why a deed has no place in this stage."""
    if deed in STEPS[facts.stage]:
        return None
    if deed is Deed.REOPEN:
        return WhyNot.NOT_CLOSED
    if facts.stage is Stage.CLOSED:
        return WhyNot.CLOSED
    if deed is Deed.UNBOOK:
        return WhyNot.NOT_BOOKED
    if facts.stage is Stage.BOOKED:
        return WhyNot.BOOKED
    if facts.stage is Stage.ISSUED:
        return WhyNot.NOT_ASSIGNED
    if deed in (Deed.REVIEW, Deed.SEND_BACK):
        reviewed = facts.stage is Stage.REVIEWED
        return WhyNot.REVIEWED_ALREADY if reviewed else WhyNot.NOTHING_TO_REVIEW
    return WhyNot.NOT_REVIEWED


def _closing(facts: CaseFacts) -> WhyNot | None:
    if is_proved(facts.proofs, facts.closed_by):
        return None
    recalled = Proof.RECALLED in facts.proofs
    if wants_revisit(facts.closed_by) and not recalled:
        return WhyNot.RECALL_MISSING
    return WhyNot.PROOF_MISSING


def _same(name: str, other: str | None) -> bool:
    """Names are compared without spaces and case: 张 三 is 张三."""
    return (
        other is not None and "".join(name.split()).casefold() == "".join(other.split()).casefold()
    )
