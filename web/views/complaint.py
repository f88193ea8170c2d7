"""One complaint as it is read: facts, clocks, what can be done, and the ledger. Numbers and
free text are masked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.complaint_clocks import Hand, Reading
from cases.complaint_states import ENDED, Deed, State, WhyNot
from cases.complaint_terms import Limit, Terms
from operations.complaint_change import WHY_NOT
from operations.complaint_look import Look
from store.tables import ComplaintEvent, ComplaintNotice, ComplaintProposal
from web import formats
from web.languages import gettext as _
from web.languages import ngettext
from web.masks import mask_phone, mask_text
from web.troubles import said
from web.views.case_work import size_of
from web.views.complaints import light_of, named
from web.views.lights import Light
from web.words import word

#: The states on the way, in their order.
WAY: Final = (
    State.RECEIVED, State.TRIAGED, State.REGISTERED, State.ASSIGNED, State.INVESTIGATING,
    State.PROPOSED, State.APPROVED, State.IMPLEMENTED, State.ANSWERED, State.FOLLOWED_UP,
    State.CLOSED,
)  # fmt: skip
#: What somebody looks for; of these it is said why they cannot be done now.
_LOOKED_FOR: Final = (
    Deed.REGISTER, Deed.ASSIGN, Deed.APPROVE, Deed.IMPLEMENT, Deed.ANSWER, Deed.FOLLOW_UP,
    Deed.CLOSE, Deed.ASK_REVIEW,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock: its limit in words, how it stands, and the light while it runs."""

    name: str
    limit: str
    hand: str
    due: datetime | None
    light: Light | None


@dataclass(frozen=True, slots=True)
class Did:
    """One line of the ledger. ``by`` None: the software itself; ``counts``: of this round."""

    at: datetime
    by: str | None
    what: str
    words: str
    details: tuple[str, ...]
    state: str | None
    talk: int | None
    paper: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper."""

    number: int
    name: str
    paper: str
    size: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Another complaint that belongs to it."""

    id: int
    number: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """Everything of one complaint. ``may`` are the deeds that can be done now; ``why_not`` says of
    those on the way why they cannot."""

    row: Any
    version: int
    phone: str
    proxy_phone: str
    matter: str
    demand: str
    kind: str
    signals: list[str]
    cause: str
    way: list[tuple[str, str]]
    may: frozenset[str]
    why_not: list[tuple[str, str]]
    next_deed: str | None
    clocks: list[ClockRow]
    ledger: list[Did]
    papers: list[PaperRow]
    notices: list[ComplaintNotice]
    proposal: ComplaintProposal | None
    look: Look
    links: list[Linked]
    materials: list[str]
    ended: bool


def complaint_view(found: Look, terms: Terms, now: datetime) -> ComplaintView:
    """The complaint for a page."""
    row = found.found.complaint
    signals = named(terms.signals)
    return ComplaintView(
        row=row,
        version=row.version,
        phone=mask_phone(row.complainant_phone),
        proxy_phone=mask_phone(row.proxy_phone),
        matter=mask_text(row.matter),
        demand=mask_text(row.demand),
        kind=named(terms.kinds).get(row.kind or "", row.kind or ""),
        signals=[signals.get(one, one) for one in row.signals],
        cause=named(terms.causes).get(row.root_cause or "", row.root_cause or ""),
        way=_way(found),
        may=frozenset(deed.value for deed, why in found.offers.items() if why is None),
        why_not=_why_not(found),
        next_deed=found.next_deed.value if found.next_deed else None,
        clocks=[_clock(one, terms, now) for one in found.clocks],
        ledger=[_did(found, one) for one in reversed(found.found.events)],
        papers=[
            PaperRow(
                one.id, mask_text(one.name), one.paper, size_of(one.bytes),
                one.media_type.startswith("image/"),
            )
            for one in found.found.files
        ],
        notices=found.found.notices,
        proposal=found.found.proposal,
        look=found,
        links=[*_linked(found)],
        materials=[named(found.materials)[one.id] for one in found.materials],
        ended=found.facts.state in ENDED,
    )  # fmt: skip


def _way(found: Look) -> list[tuple[str, str]]:
    """(state, before, here or ahead) of the usual way; what is not on it stands at its end."""
    state = found.facts.state
    skipped = set() if found.facts.needs_approval else {State.APPROVED}
    usual = [one for one in WAY if one not in skipped]
    if state is State.REOPENED:
        return [(State.REOPENED.value, "here"), *((one.value, "ahead") for one in usual[3:])]
    if state not in usual:
        return [(State.RECEIVED.value, "before"), (state.value, "here")]
    here = usual.index(state)
    places = ("before", "here", "ahead")
    return [(one.value, places[(at >= here) + (at > here)]) for at, one in enumerate(usual)]


def _why_not(found: Look) -> list[tuple[str, str]]:
    if found.facts.state in ENDED:
        return []
    looked = ((deed, found.offers[deed]) for deed in _LOOKED_FOR)
    told = [(deed, why) for deed, why in looked if why not in (None, WhyNot.NOT_NOW)]
    return [(deed.value, said(WHY_NOT[why])) for deed, why in told if why is not None]


def _clock(reading: Reading, terms: Terms, now: datetime) -> ClockRow:
    off = reading.hand is Hand.OFF
    return ClockRow(
        reading.clock.value,
        _limit(reading.limit),
        reading.hand.value,
        None if off or reading.hand is Hand.STOPPED else reading.due,
        light_of(reading.runs_out, terms, now),
    )


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return _("as the letter says")
    if limit.working:
        return ngettext("%(num)d working day", "%(num)d working days", limit.days)
    return ngettext("%(num)d day", "%(num)d days", limit.days)


def _did(found: Look, event: ComplaintEvent) -> Did:
    files = [one.id for one in found.found.files if one.event_number == event.number]
    talk = event.detail.get("talk")
    return Did(
        at=event.at,
        by=None if event.by == "huifang" else event.by,
        what=word("complaint_deed", event.what),
        words=mask_text(event.words),
        details=tuple(_details(event)),
        state=event.to_state if event.to_state != event.from_state else None,
        talk=talk if isinstance(talk, int) else None,
        paper=files[0] if files else None,
        counts=event.number >= found.found.complaint.round_since,
    )


def _details(event: ComplaintEvent) -> Iterator[str]:
    detail = event.detail
    if to := detail.get("to"):
        yield f"{detail.get('unit', '')} {to}".strip()
    if form := detail.get("form"):
        yield word("notice_form", str(form))
    if paper := detail.get("paper"):
        yield word("complaint_paper", str(paper))
    if stopping := (event.what == Deed.STOP and detail.get("kind")):
        yield word("stopping", str(stopping))
    if result := detail.get("result"):
        yield word("complaint_result", str(result))
    if day := detail.get("expected_on") or detail.get("due_on") or detail.get("on"):
        yield str(day)[:16].replace("T", " ")
    if due := detail.get("due"):
        yield formats.moment(datetime.fromisoformat(str(due)))
    yield from _answers(event)


def _answers(event: ComplaintEvent) -> Iterator[str]:
    """What was decided or heard, in a word."""
    detail = event.detail
    if "satisfied" in detail:
        heard = {True: _("satisfied"), False: _("not satisfied"), None: _("not reached")}
        yield heard[detail["satisfied"]]
    if "granted" in detail:
        yield _("granted") if detail["granted"] else _("not granted")
    if "changed" in detail:
        yield _("decision changed") if detail["changed"] else _("decision stands")
    if detail.get("same_day") is False:
        yield _("ended later than the same day")


def _linked(found: Look) -> Iterator[Linked]:
    for link in found.links:
        other = link.earlier
        yield Linked(other.id, other.number, link.kind, other.state)
    for link, other in found.later:
        yield Linked(other.id, other.number, link.kind, other.state)
