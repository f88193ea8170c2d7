"""The queue: who is dialled next, who is held back and why, who cannot be reached in time."""

from dataclasses import dataclass
from datetime import datetime

from operations.line import Line
from operations.plan import reasons_from_json
from scheduler.hours import is_open, next_opening
from scheduler.reasons import Because, Why
from scripts.rulebooks import Rulebook
from store.console.queue import UNDECIDED, QueueLine
from store.tables import Agenda
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone
from web.views.lights import Light, shade
from web.views.reasons import sentences
from web.words import word

#: The parts of the queue in the order of the tabs, and the agenda's word for each.
PARTS = {"due": "ready", "held": "held", "late": "late"}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One policy of the queue. ``at`` is None where no turn is to come, ``slots_left`` where no
    call is."""

    policy: str
    holder: str
    phone: str
    product: str
    branch: str
    at: datetime | None
    deadline: datetime | None
    light: Light | None
    slots_left: int | None
    reasons: list[str]


def row(found: QueueLine, rulebook: Rulebook, now: datetime) -> QueueRow:
    """The row of a policy. Which number is rung next the agenda knows."""
    agenda, policy = found.agenda, found.policy
    due, coming = agenda.deadline, agenda.state == "ready" or agenda.not_before is not None
    return QueueRow(
        policy=policy.number,
        holder=policy.holder_name,
        phone=mask_phone(agenda.phone or policy.phone),
        product=policy.product,
        branch=policy.branch or "",
        at=agenda.not_before,
        deadline=due,
        light=Light(shade(due, now), due) if due else None,
        slots_left=agenda.slots_left if coming else None,
        reasons=_reasons(agenda, rulebook),
    )


def _reasons(agenda: Agenda, rulebook: Rulebook) -> list[str]:
    """Who is ready waits for the hours without being looked at, so that what the agenda says about
    the hour may have passed; the page says above when they open."""
    if not agenda.why:
        return [word("why", UNDECIDED)]
    reasons = reasons_from_json(agenda.reasons)
    if agenda.state == "ready":
        left = tuple(one for one in reasons if one.code is not Why.OUTSIDE_HOURS)
        reasons = left or (Because(Why.DUE),)
    return sentences(reasons, rulebook, agenda.not_before)


def opens_at(line: Line, now: datetime) -> datetime | None:
    """When the calling hours open next; None while they are open, or when they never do."""
    hours = line.rules.hours
    return None if is_open(now, hours) else next_opening(now, hours)


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Policy"),
        _("Holder"),
        _("Phone"),
        _("Product"),
        _("Branch"),
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
        one.branch,
        formats.moment(one.at),
        formats.moment(one.deadline),
        one.slots_left,
        "; ".join(one.reasons),
    ]
