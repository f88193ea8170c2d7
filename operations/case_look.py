"""Everything that the page of one case shows: what was done, what can be done now, and why the rest
cannot. It changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.workflow import CaseFacts, Deed, WhyNot, next_deeds, offers
from operations import case_work
from operations.case_record import Known, doer_of, facts_of, known
from operations.line import Line
from operations.rights import Who
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
        next_deed=next((one for one in next_deeds(facts) if possible[one] is None), None),
        revisits=store.revisits_of(session, case.id),
        statements=store.statements_of(session, case.id),
        handlers=case_work.handlers(session, case.policy.branch),
    )
