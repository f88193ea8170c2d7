"""Everything that the page of one complaint shows: what was done, what can be done now and why the
rest cannot, and its clocks. It changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.complaint_clocks import Reading
from cases.complaint_papers import materials
from cases.complaint_states import Deed, Facts, WhyNot, next_deeds, offers
from cases.complaint_terms import Material
from operations.complaint_record import Known, clocks_of, doer_of, facts_of, known
from operations.complaint_work import handlers
from operations.line import Line
from operations.rights import Who
from store import complaints as store
from store.database import Session
from store.tables import (
    Complaint,
    ComplaintEvidence,
    ComplaintLink,
    ComplaintRevisit,
    ComplaintTalk,
    ComplaintTransfer,
)


@dataclass(frozen=True, slots=True)
class Look:
    """A complaint as somebody finds it. ``offers`` has every deed, with why not; ``next_deed`` is
    what brings it on, among those that they can do. ``clocks``: the three, and those of one that
    was passed on."""

    found: Known
    facts: Facts
    offers: Mapping[Deed, WhyNot | None]
    next_deed: Deed | None
    clocks: tuple[Reading, ...]
    talks: list[ComplaintTalk]
    transfers: list[ComplaintTransfer]
    evidence: list[ComplaintEvidence]
    revisits: list[ComplaintRevisit]
    links: list[ComplaintLink]
    later: list[tuple[ComplaintLink, Complaint]]
    materials: list[Material]
    handlers: list[str]


def look(session: Session, line: Line, who: Who, row: Complaint) -> Look:
    """The complaint for this reader. ``session`` sees every branch, for whoever sells is known from
    all policies; links to other branches' complaints are left out."""
    now = line.clock()
    found = known(session, row)
    facts = facts_of(session, line, found, now)
    possible = offers(facts, doer_of(session, who))
    seen = who.branch
    return Look(
        found=found,
        facts=facts,
        offers=possible,
        next_deed=next((one for one in next_deeds(facts) if possible[one] is None), None),
        clocks=clocks_of(line, found, now),
        talks=store.talks_of(session, row.id),
        transfers=store.transfers_of(session, row.id),
        evidence=store.evidence_of(session, row.id),
        revisits=store.revisits_of(session, row.id),
        links=[
            one for one in store.links_of(session, row.id) if seen in (None, one.earlier.branch)
        ],
        later=[one for one in store.later_of(session, row.id) if seen in (None, one[1].branch)],
        materials=_materials(line, found, facts),
        handlers=handlers(session, row.branch),
    )


def _materials(line: Line, found: Known, facts: Facts) -> list[Material]:
    return materials(
        line.complaints,
        by_proxy=facts.by_proxy,
        heir=found.complaint.relation == "heir",
        identified=facts.identified,
        there=frozenset(one.paper for one in found.files),
    )
