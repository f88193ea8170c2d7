"""The queue: who is dialled next, who is held back and why, who cannot be reached in time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.plan import Because, Decision, Plan, Why
from store.tables import Policy
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone
from web.views.lights import Light, shade
from web.words import word

#: The parts of the queue in the order of the tabs.
PARTS = ("due", "held", "late")
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One policy of the queue."""

    policy: str
    holder: str
    phone: str
    product: str
    at: datetime | None
    deadline: datetime | None
    light: Light | None
    slots_left: int | None  # None when no call is to come
    reasons: list[str]


def parts_of(plan: Plan) -> Mapping[str, Sequence[Decision]]:
    """The plan's parts by their names. Who was revisited already is not held back but done; the
    held are ordered by when their turn comes, those that only a person can free at the end."""
    held = [d for d in plan.held if not _about(d, Why.COMPLETED)]
    held.sort(key=lambda decision: (decision.at or _NEVER, decision.number))
    return {"due": plan.due, "held": held, "late": plan.cannot_make_it}


def counted(decisions: Sequence[Decision]) -> dict[str, int]:
    """Reason code -> how many decisions give it, most frequent first."""
    codes = Counter(because.code.value for one in decisions for because in one.reasons)
    return dict(codes.most_common())


def matching(
    decisions: Sequence[Decision], policies: Mapping[str, Policy], why: str | None, words: str
) -> list[Decision]:
    """The decisions for this reason, with these words in policy number, name or product."""
    return [
        one
        for one in decisions
        if (not why or any(because.code == why for because in one.reasons))
        and (not words or _mentions(one, policies.get(one.number), words))
    ]


def _mentions(decision: Decision, policy: Policy | None, words: str) -> bool:
    texts = [decision.number]
    if policy is not None:
        texts += [policy.holder_name, policy.product]
    ends_so = policy is not None and len(words) >= 4 and (policy.phone or "").endswith(words)
    return ends_so or any(words.casefold() in text.casefold() for text in texts)


def _about(decision: Decision, code: Why) -> bool:
    return any(because.code is code for because in decision.reasons)


def row(decision: Decision, policy: Policy | None, now: datetime) -> QueueRow:
    """The row of a decision."""
    due = decision.deadline
    return QueueRow(
        policy=decision.number,
        holder=policy.holder_name if policy else "",
        phone=mask_phone(policy.phone) if policy else "",
        product=policy.product if policy else "",
        at=decision.at,
        deadline=due,
        light=Light(shade(due, now), due) if due else None,
        slots_left=decision.slots_left if decision.at else None,
        reasons=[reason(because, decision.at) for because in decision.reasons],
    )


def reason(because: Because, at: datetime | None) -> str:
    """One reason as a sentence: what holds, its detail, and until when, unless that is the moment
    ``at`` which the row tells anyway."""
    text = word("why", because.code)
    if because.detail:
        text = _("%(reason)s (%(detail)s)", reason=text, detail=word("detail", because.detail))
    until = formats.moment(because.until) if because.until != at else ""
    return _("%(reason)s, until %(moment)s", reason=text, moment=until) if until else text


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Policy"),
        _("Holder"),
        _("Phone"),
        _("Product"),
        _("Not before (UTC+8)"),
        _("Deadline (UTC+8)"),
        _("Calling slots left"),
        _("Why"),
    ]


def cells(one: QueueRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.policy,
        one.holder,
        one.phone,
        one.product,
        formats.moment(one.at),
        formats.moment(one.deadline),
        one.slots_left,
        "; ".join(one.reasons),
    ]
