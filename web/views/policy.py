"""One policy: the decision about it in words, what it rests on, and every attempt so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from operations.line import Line
from operations.policy_facts import Gathered
from scheduler.may_dial import Allowed, Decision
from store import attempts
from store.console.policies import WholePolicy
from store.tables import Case, DoNotCall, ForecastRisk, Handover, SpecialRevisit
from web.languages import gettext as _
from web.languages import ngettext
from web.masks import mask_phone, mask_text
from web.views.lights import Light, shade
from web.views.limits import Period, UseRow, calls_made, period_of, uses_of
from web.views.people import PolicyFacts, policy_facts
from web.views.reasons import kept_sentences, sentences

__all__ = ["AttemptRow", "PolicyView", "policy_view"]


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt: why it was made, on what the decision rested, and how it ended. ``counts`` is
    false where the data it was made with have been mended since."""

    number: int
    phone: str
    planned_at: datetime
    ended_at: datetime | None
    cause: str | None
    callback_at: datetime | None
    reasons: list[str]
    slots_left: int | None
    rulebook: str
    unconfirmed: bool
    call_id: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The page of one policy. ``state`` is closed, now, held or late; ``closed`` says why nobody
    rings any more."""

    facts: PolicyFacts
    state: str
    closed: str | None
    follow_up: str | None
    reasons: list[str]
    phone: str
    at: datetime | None
    deadline: datetime | None
    light: Light | None
    slots_left: int
    rank: list[str]
    ahead: int | None
    made: int
    most: int
    uses: list[UseRow]
    period: Period | None
    attempts: list[AttemptRow]
    cases: list[Case]
    specials: list[SpecialRevisit]
    handovers: list[Handover]
    blocks: list[DoNotCall]
    risk: ForecastRisk | None


def policy_view(line: Line, found: Gathered, decision: Decision, rest: WholePolicy) -> PolicyView:
    """The page of a policy as it stands now."""
    now, policy = line.clock(), found.policy
    closed = policy.revisit != "open"
    due = None if closed else decision.deadline
    return PolicyView(
        facts=policy_facts(policy),
        state="closed" if closed else _state(decision),
        closed=policy.closed_because if closed else None,
        follow_up=policy.follow_up,
        reasons=[] if closed else sentences(decision.reasons, line.rulebook),
        phone="" if closed else mask_phone(decision.phone),
        at=None if closed else decision.at,
        deadline=due,
        light=Light(shade(due, now), due) if due else None,
        slots_left=decision.slots_left,
        rank=[] if closed else list(_rank(line, found, decision)),
        ahead=None if closed else rest.ahead,
        made=calls_made(found),
        most=line.rules.per_revisit,
        uses=uses_of(line, found.facts),
        period=period_of(line, found.facts),
        attempts=list(_attempts(line, found, rest)),
        cases=rest.cases,
        specials=rest.specials,
        handovers=rest.handovers,
        blocks=rest.blocks,
        risk=rest.risk,
    )


def _state(decision: Decision) -> str:
    if isinstance(decision, Allowed):
        return "now"
    return "held" if decision.in_time else "late"


def _rank(line: Line, found: Gathered, decision: Decision) -> Iterator[str]:
    """What the place in the order of dialling comes from, in the order of what counts."""
    rank, facts = decision.rank, found.facts
    if rank is None:
        return
    if not rank.unpromised:
        yield _("A promised time comes before everything else.")
    else:
        yield ngettext(
            "Fewest calling slots first: %(num)d is left before the deadline.",
            "Fewest calling slots first: %(num)d are left before the deadline.",
            decision.slots_left,
        )
        if facts.risks and line.rules.risk_slots:
            yield ngettext(
                "As a customer at risk it counts as if it had %(num)d slot less.",
                "As a customer at risk it counts as if it had %(num)d slots less.",
                line.rules.risk_slots,
            )
    if facts.case_place is None:
        yield _("Then open cases: it has none.")
    else:
        yield _("Then open cases: place %(place)d in the processing order.",
                place=facts.case_place + 1)  # fmt: skip
    yield ngettext(
        "Then whoever was rung less: it was rung %(num)d time.",
        "Then whoever was rung less: it was rung %(num)d times.",
        rank.tried,
    )
    yield _("Then the earlier deadline: %(day)s.", day=f"{rank.deadline:%Y-%m-%d}")


def _attempts(line: Line, found: Gathered, rest: WholePolicy) -> Iterator[AttemptRow]:
    counting = {one.id for one in attempts.that_count(found.policy.reopened_at, found.attempts)}
    for one in reversed(found.attempts):
        kept = one.decision or {}
        yield AttemptRow(
            number=one.number,
            phone=mask_phone(one.phone),
            planned_at=one.planned_at,
            ended_at=one.ended_at,
            cause=one.cause or one.outcome,
            callback_at=one.callback_at,
            reasons=[mask_text(text) for text in kept_sentences(one.reasons, line.rulebook)],
            slots_left=kept.get("slots_left"),
            rulebook=str(kept.get("rulebook", "")),
            unconfirmed=kept.get("calendar") == "unconfirmed",
            call_id=rest.calls.get(one.id),
            counts=one.outcome is None or one.id in counting,
        )
