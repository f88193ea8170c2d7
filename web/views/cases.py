"""The list of problem cases: one masked row per case, on the page and in the file."""

from dataclasses import dataclass
from datetime import datetime

from cases.workflow import Stage
from store.console.cases import CLOSED, CaseLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone, mask_text
from web.views.lights import Light, light_of
from web.words import word


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list."""

    id: int
    class_name: str
    family: str | None
    headline: str
    said: str
    policy: str
    holder: str
    phone: str
    opened_at: datetime
    due_at: datetime | None
    light: Light | None
    state: str
    owner: str | None
    stage: str
    assignee: str | None
    branch: str
    call_id: int | None


def row(found: CaseLine, now: datetime) -> CaseRow:
    """The row of a case."""
    case, policy = found.case, found.policy
    return CaseRow(
        id=case.id,
        class_name=case.class_name,
        family=case.family,
        headline=mask_text(case.headline),
        said=mask_text(found.said),
        policy=policy.number,
        holder=policy.holder_name,
        phone=mask_phone(policy.phone),
        opened_at=case.opened_at,
        due_at=case.due_at,
        light=light_of(case, now),
        state=case.state,
        owner=case.owner,
        stage=_stage(found),
        assignee=found.work.assignee if found.work else None,
        branch=policy.branch or "",
        call_id=case.call_id,
    )


def _stage(found: CaseLine) -> str:
    """Where the work stands; a case may be closed, or open again, without anybody's work."""
    stage = Stage(found.work.stage) if found.work else Stage.ISSUED
    if found.case.state == CLOSED:
        return Stage.CLOSED
    return Stage.ISSUED if stage is Stage.CLOSED else stage


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Class"),
        _("Family"),
        _("Headline"),
        _("Customer's words"),
        _("Policy"),
        _("Holder"),
        _("Phone"),
        _("Opened (UTC+8)"),
        _("Deadline (UTC+8)"),
        _("Deadline light"),
        _("State"),
        _("Owner"),
        _("Stage"),
        _("With"),
        _("Branch"),
    ]


def cells(case: CaseRow) -> list[Cell]:
    """One line of the file."""
    return [
        case.id,
        word("class_name", case.class_name),
        word("family", case.family),
        word("kind", case.headline),
        case.said,
        case.policy,
        case.holder,
        case.phone,
        formats.moment(case.opened_at),
        formats.moment(case.due_at),
        word("light", case.light.name if case.light else None),
        word("case_state", case.state),
        case.owner,
        word("case_stage", case.stage),
        case.assignee,
        case.branch,
    ]
