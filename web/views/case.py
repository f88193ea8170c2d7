"""One problem case: what it rests on, and the history of its policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scripts.rulebooks import Rulebook
from store.console.cases import WholeCase
from store.tables import Call, Case
from web.masks import mask_text
from web.views.evidence import Evidence, audio_of, evidence_of
from web.views.lights import Light, light_of
from web.views.people import PolicyFacts, policy_facts


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened with the policy. ``call_id`` or ``case_id`` tells where to read
    more; ``ahead`` marks what is still to come."""

    at: datetime
    what: str
    word: str = ""
    call_id: int | None = None
    case_id: int | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """The page of one case."""

    case: Case
    headline: str
    light: Light | None
    policy: PolicyFacts
    findings: list[Evidence]
    audio: int | None
    history: list[Step]
    next_action: str
    proof: str
    seller_may_handle: bool


def case_view(found: WholeCase, rulebook: Rulebook, now: datetime) -> CaseView:
    """The page of a case, with what the rulebook says about closing it."""
    case = found.case
    family = next((one for one in rulebook.families if one.name == case.family), None)
    actions = {one.name: one.next_action for one in rulebook.classes}
    own = [r for r in found.recordings if r.call_id == case.call_id]
    return CaseView(
        case=case,
        headline=mask_text(case.headline),
        light=light_of(case, now),
        policy=policy_facts(case.policy),
        findings=[evidence_of(finding) for finding in found.findings],
        audio=audio_of(own),
        history=sorted(_history(found, now), key=lambda step: step.at),
        next_action=actions.get(case.class_name, ""),
        proof=family.proof if family else "",
        seller_may_handle=family.seller_may_handle if family else True,
    )


def _history(found: WholeCase, now: datetime) -> Iterator[Step]:
    yield Step(found.case.policy.imported_at, "imported")
    for call in found.calls:
        yield from _of_call(call)
    for recording in found.recordings:
        yield Step(recording.announced_at, "recorded", recording.state, recording.call_id)
    for case in found.cases:
        yield Step(case.opened_at, "opened", case.class_name, case_id=case.id)
        if case.due_at is not None:
            yield Step(case.due_at, "due", case_id=case.id, ahead=case.due_at > now)


def _of_call(call: Call) -> Iterator[Step]:
    yield Step(call.ordered_at, "dialled", call_id=call.id)
    if call.ended_at is not None:
        yield Step(call.ended_at, "ended", call.outcome or "", call.id)
    if call.callback_at is not None:
        yield Step(call.callback_at, "callback", call_id=call.id)
