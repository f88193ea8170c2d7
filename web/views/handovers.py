"""Hand-overs to branches: rows of the list, one of them, and what came of a returned list."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from operations.handover_lists import Results
from store.columns import LOCAL
from store.console.handovers import WARNING_DAYS, HandoverLine, WholeHandover
from store.tables import Handover, OverdueStatement, Policy
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone, mask_text
from web.views.lights import Light
from web.views.people import PolicyFacts, policy_facts
from web.words import word


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One hand-over of the list."""

    id: int
    policy: str
    holder: str
    phone: str
    branch: str
    way: str
    because: str
    state: str
    opened_at: datetime
    list_id: int | None
    due_on: date | None
    light: Light | None
    result: str
    revisited_on: date | None
    delay_reason: str
    statements: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement about what is late."""

    filed_at: datetime
    by: str
    reason: str
    in_time: bool
    new_date: date | None


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The page of one hand-over. ``may_state``: whether it can be late."""

    row: HandoverRow
    facts: PolicyFacts
    statements: list[StatementRow]
    signed: bool | None
    ended_at: datetime | None
    ended_by: str | None
    may_state: bool


def row(found: HandoverLine, today: date) -> HandoverRow:
    """The row of a hand-over."""
    return _row(found.handover, found.policy, found.statements, today)


def _row(handover: Handover, policy: Policy, statements: int, today: date) -> HandoverRow:
    return HandoverRow(
        id=handover.id,
        policy=policy.number,
        holder=policy.holder_name,
        phone=mask_phone(policy.phone),
        branch=handover.branch,
        way=handover.way,
        because=handover.because,
        state=handover.state,
        opened_at=handover.opened_at,
        list_id=handover.list_id,
        due_on=handover.due_on,
        light=_light(handover, today),
        result=mask_text(handover.result),
        revisited_on=handover.revisited_on,
        delay_reason=mask_text(handover.delay_reason),
        statements=statements,
    )


def _light(handover: Handover, today: date) -> Light | None:
    """The light of a hand-over that has not ended; its due day is its last."""
    due = handover.due_on
    if due is None or handover.ended_at is not None:
        return None
    last = datetime.combine(due, time(23, 59, 59), tzinfo=LOCAL)
    if due < today:
        return Light("overdue", last)
    return Light("warning" if due < today + timedelta(days=WARNING_DAYS) else "normal", last)


def handover_view(found: WholeHandover, today: date) -> HandoverView:
    """The page of a hand-over."""
    handover = found.handover
    return HandoverView(
        row=_row(handover, found.policy, len(found.statements), today),
        facts=policy_facts(found.policy),
        statements=[_statement(one) for one in found.statements],
        signed=handover.signed,
        ended_at=handover.ended_at,
        ended_by=handover.ended_by,
        may_state=handover.ended_at is None and handover.due_on is not None,
    )


def _statement(one: OverdueStatement) -> StatementRow:
    return StatementRow(
        one.filed_at, one.filed_by, mask_text(one.reason), one.in_time, one.new_date
    )


def told(kept: Results) -> str:
    """What came of a returned list, in one sentence."""
    return _(
        "Read %(read)d rows with a result: %(done)d revisited, %(failed)d not, %(later)d later,"
        " %(unchanged)d known before, %(faults)d faulty; %(empty)d are still empty.",
        read=kept.read,
        done=kept.done,
        failed=kept.failed,
        later=kept.later,
        unchanged=kept.unchanged,
        faults=len(kept.faults),
        empty=kept.empty,
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Policy"),
        _("Holder"),
        _("Phone"),
        _("Branch"),
        _("Way"),
        _("Why"),
        _("State"),
        _("List"),
        _("Due"),
        _("Branch's result"),
        _("Revisited on"),
        _("Reason of the delay"),
        _("Statements"),
    ]


def cells(one: HandoverRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        one.policy,
        one.holder,
        one.phone,
        one.branch,
        word("way", one.way),
        word("handing_why", one.because),
        word("handing", one.state),
        one.list_id,
        formats.day(one.due_on),
        one.result,
        formats.day(one.revisited_on),
        one.delay_reason,
        one.statements,
    ]
