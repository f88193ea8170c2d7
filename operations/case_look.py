"""Everything that the page of one case shows: what was done, what can be done now, and why the rest
cannot. It changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.workflow import CaseFacts, Deed, Stage, WhyNot, offers
from operations import case_work
from operations.case_record import Known, doer_of, facts_of, known
from operations.line import Line
from operations.rights import Who
from scripts.rulebooks import Proof
from store import case_work as store
from store.database import Session
from store.tables import Case, OverdueStatement, SecondRevisit


@dataclass(frozen=True, slots=True)
class Look:
    """A case as somebody finds it. ``offers`` has every deed, with why not; ``next_deed`` is what
    brings the case on, among those that they can do; ``handlers`` may be given the case."""

    found: Known
    facts: CaseFacts
    offers: Mapping[Deed, WhyNot | None]
    next_deed: Deed | None
    revisits: list[SecondRevisit]
    statements: list[OverdueStatement]
    handlers: list[str]

    @property
    def version(self) -> int:
        """What a form carries, so that an old one is known."""
        return self.found.work.version if self.found.work else 0


def look(session: Session, line: Line, who: Who, case: Case) -> Look:
    """The case for this reader. ``session`` sees every branch, for whoever sells is known from all
    policies."""
    found = known(session, case)
    facts = facts_of(session, line, found)
    possible = offers(facts, doer_of(session, who))
    return Look(
        found=found,
        facts=facts,
        offers=possible,
        next_deed=next((one for one in _way(facts) if possible[one] is None), None),
        revisits=store.revisits_of(session, case.id),
        statements=store.statements_of(session, case.id),
        handlers=case_work.handlers(session, case.policy.branch),
    )


def _way(facts: CaseFacts) -> tuple[Deed, ...]:
    """What brings the case on from here, the likeliest first."""
    lacking = _lacking(facts)
    if facts.stage is Stage.ISSUED:
        return (Deed.ASSIGN,)
    if facts.stage is Stage.ASSIGNED:
        return (Deed.CONCLUDE if lacking == {Proof.OPINION} else Deed.CONTACT,)
    if facts.stage is Stage.CONTACTED:
        brought = [_BRINGS[one] for one in sorted(lacking) if one in _BRINGS]
        return (*brought, Deed.REVIEW)
    if facts.stage is Stage.EVIDENCE:
        return (Deed.REVIEW,)
    if facts.stage is Stage.REVIEWED:
        possible = any(Proof.RECALLED in every for every in facts.closed_by)
        asked = [Deed.BOOK] if possible else [_BRINGS.get(one, Deed.CONTACT) for one in lacking]
        return (Deed.CLOSE, *asked)
    return ()


#: What brings a proof; the second revisit is booked after the review.
_BRINGS: Mapping[Proof, Deed] = {
    Proof.SIGNED: Deed.ATTACH,
    Proof.RECEIPT: Deed.ATTACH,
    Proof.CHANGED: Deed.ATTACH,
    Proof.OPINION: Deed.CONCLUDE,
    Proof.ANSWER: Deed.CONTACT,
}


def _lacking(facts: CaseFacts) -> frozenset[Proof]:
    """What is missing of the alternative that misses least."""
    missing = [every - facts.proofs for every in facts.closed_by]
    return min(missing, key=len, default=frozenset())
