"""The work on one case as it is read: where it stands, what can be done and why not, what was done,
and the papers. Free text is masked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases.papers import PROOFS, Paper
from cases.workflow import Deed, Stage
from operations.case_look import Look
from operations.case_work import WHY_NOT
from scripts.rulebooks import Proof
from store.tables import CaseEvent, CaseFile
from web import formats
from web.languages import gettext as _
from web.masks import mask_text
from web.troubles import said
from web.words import word

#: The stages in their order.
STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the way. ``place`` is before, here or ahead."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One proof of an alternative, and whether it is there."""

    name: str
    there: bool


@dataclass(frozen=True, slots=True)
class Did:
    """One thing that was done. ``paper`` is the number of a paper that came with it, ``call`` of a
    call; ``counts`` is false for what was before the case was opened again."""

    at: datetime
    by: str | None
    what: str
    words: str
    details: tuple[str, ...]
    paper: int | None
    call: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper. ``picture``: a browser shows it as it is."""

    number: int
    name: str
    paper: str
    size: str
    picture: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement about being late."""

    at: datetime
    by: str
    reason: str
    in_time: bool
    new_date: date | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """``may`` are the deeds that can be done now; ``why_not`` says of those on the way that cannot
    be done why not."""

    version: int
    stage: str
    steps: list[Step]
    assignee: str | None
    may: frozenset[str]
    why_not: list[tuple[str, str]]
    next_deed: str | None
    wanted: list[list[Wanted]]
    record: list[Did]
    papers: list[PaperRow]
    statements: list[StatementRow]
    handlers: list[str]
    booked_from: datetime | None
    booked_until: datetime | None
    alarm: str | None


def work_view(look: Look) -> WorkView:
    """The work on a case."""
    booked = next((one for one in look.revisits if one.state == "booked"), None)
    work = look.found.work
    return WorkView(
        version=look.version,
        stage=look.facts.stage.value,
        steps=list(_steps(look.facts.stage)),
        assignee=look.facts.assignee,
        may=frozenset(deed.value for deed, why in look.offers.items() if why is None),
        why_not=list(_why_not(look)),
        next_deed=look.next_deed.value if look.next_deed else None,
        wanted=[_wanted(every, look.facts.proofs) for every in look.facts.closed_by],
        record=[_did(look, event) for event in reversed(look.found.events)],
        papers=[_paper(look, file) for file in look.found.files],
        statements=[
            StatementRow(
                one.filed_at, one.filed_by, mask_text(one.reason), one.in_time, one.new_date
            )
            for one in look.statements
        ],
        handlers=look.handlers,
        booked_from=booked.not_before if booked else None,
        booked_until=booked.until if booked else None,
        alarm=work.alarm if work and look.facts.stage is not Stage.CLOSED else None,
    )


def _steps(stage: Stage) -> Iterator[Step]:
    here = STAGES.index(stage)
    for place, one in enumerate(STAGES):
        yield Step(one.value, "before" if place < here else "here" if place == here else "ahead")


def _why_not(look: Look) -> Iterator[tuple[str, str]]:
    """Of what the reader might look for: the deeds that their roles allow."""
    for deed in (Deed.CONTACT, Deed.REVIEW, Deed.BOOK, Deed.CLOSE):
        why = look.offers[deed]
        if why is not None and look.facts.stage is not Stage.CLOSED:
            yield deed.value, said(WHY_NOT[why])


def _wanted(every: frozenset[Proof], there: frozenset[Proof]) -> list[Wanted]:
    return [Wanted(one.value, one in there) for one in sorted(every)]


def _did(look: Look, event: CaseEvent) -> Did:
    files = [one.id for one in look.found.files if one.event_number == event.number]
    call = event.detail.get("call")
    return Did(
        at=event.at,
        by=None if event.by == "huifang" else event.by,
        what=word("happened", f"case-{event.what}"),
        words=mask_text(event.words),
        details=tuple(_details(event)),
        paper=files[0] if files else None,
        call=call if isinstance(call, int) else None,
        counts=look.found.work is not None and event.number >= look.found.work.since,
    )


def _details(event: CaseEvent) -> Iterator[str]:
    detail = event.detail
    if event.what == Deed.ASSIGN:
        yield str(detail.get("to", ""))
    elif event.what == Deed.CONTACT:
        yield _("talked on %(moment)s", moment=_moment(detail.get("on")))
        yield _("%(minutes)s minutes", minutes=detail.get("minutes", 0))
        yield _("holder reached") if detail.get("reached") else _("holder not reached")
        if detail.get("explained"):
            yield _("explained again")
    elif event.what == Deed.ATTACH:
        yield word("paper", str(detail.get("paper", "")))
    elif event.what == Deed.BOOK:
        yield _("not before %(moment)s", moment=_moment(detail.get("not_before")))
    elif outcome := detail.get("outcome"):
        yield word("outcome", str(outcome))


def _moment(kept: object) -> str:
    return formats.moment(datetime.fromisoformat(str(kept))) if kept else ""


def _paper(look: Look, file: CaseFile) -> PaperRow:
    since = look.found.work.since if look.found.work else 1
    return PaperRow(
        number=file.id,
        name=mask_text(file.name),
        paper=file.paper,
        size=size_of(file.bytes),
        picture=file.media_type.startswith("image/"),
        counts=file.event_number >= since and Paper(file.paper) in PROOFS,
    )


def size_of(count: int) -> str:
    """Bytes in the unit that people read."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def names(handlers: Sequence[str], reader: str) -> list[str]:
    """Those a case may be given to, the reader first."""
    return sorted(handlers, key=lambda one: (one != reader, one))
