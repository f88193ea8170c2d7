"""One deed in one transaction: the way in which everything is done to a complaint. A form from an
old page changes nothing, and the same form twice does nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cases.complaint_states import ENDED, Deed, Doer, Facts, State, WhyNot, after, allowed
from operations import audit
from operations.case_work import short, words_of
from operations.complaint_record import (
    ComplaintTrouble,
    Known,
    doer_of,
    facts_of,
    known,
    round_again,
    wind,
    write,
)
from operations.line import Line
from operations.rights import Who
from store import complaints as store
from store.database import Session
from store.tables import Complaint, ComplaintNotice

#: Said to a form from an old page. What was typed is shown again.
OUT_OF_DATE = "somebody has changed this complaint meanwhile, and nothing of yours was kept yet"

#: Why not, in one sentence with the mend.
WHY_NOT = {
    WhyNot.NO_RIGHT: "none of your roles allows this; an administrator can give you another role",
    WhyNot.NOT_YOURS: "the complaint is somebody else's; have it passed to you first",
    WhyNot.SELLER: "a complaint is never handled by the seller or by anybody who sells",
    WhyNot.SAME_NAME: (
        "a complaint is never handled by the seller or by anybody who sells, and somebody who sells"
        " has this name; where they are two people, have the staff number written down with the"
        " account"
    ),
    WhyNot.OWN_WORK: "you have had part in it yourself; somebody else must decide",
    WhyNot.NOT_NOW: "this is not its turn yet, or not any more; see what comes next",
    WhyNot.CLOSED: "the complaint has ended; open it again first",
    WhyNot.NOT_IDENTIFIED: "the complainant's identity is not verified yet; verify it first",
    WhyNot.NO_AUTHORISATION: (
        "the proxy's authorisation and identity document are missing; add both"
    ),
    WhyNot.NOT_TOLD: "the complainant was not told yet; tell them first",
    WhyNot.NO_APPROVAL: "it is major or complex, so a superior must approve it first",
    WhyNot.NO_APPROVAL_NEEDED: "it is neither major nor complex, so nobody has to approve it",
    WhyNot.NO_FOLLOW_UP: "the customer was not asked yet; note the follow-up first",
    WhyNot.NO_CAUSE: "the root cause is not written down yet; write it first",
    WhyNot.REVIEW_WAITS: "a review waits for its answer; answer it first",
    WhyNot.NO_REVIEW: "no review waits; it can be asked for once a decision was told",
    WhyNot.REVIEW_TOO_LATE: "the days in which a review may be asked for have passed",
    WhyNot.EXTENSION_ONCE: "more days were asked for already; they can be given once",
    WhyNot.EXTENSION_STEP: "more days are asked for, approved and told, in this order",
    WhyNot.NOT_COMPLEX: "only a complex complaint can get more days; call it complex first",
    WhyNot.NOT_STOPPED: "nothing stops the clock",
    WhyNot.BOOKED: "the follow-up revisit is booked; its result decides",
    WhyNot.NO_POLICY: "no policy is known, so nobody can be rung by the plan; ask by hand",
    WhyNot.ITS_OWN: "a complaint cannot be merged into itself; choose another one",
}


class Form(StrEnum):
    """How somebody was told (第21条); each counts on the day on which it was done."""

    HAND = "hand"
    MAIL = "mail"
    SMS = "sms"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was told. ``sent_at`` None: just now. ``proof``: the number of the letter,
    the signature, the call; ``paper`` is the number of a paper of the complaint that shows it."""

    form: Form
    words: str
    proof: str = ""
    sent_at: datetime | None = None
    paper: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A complaint that is being changed, within its transaction. ``detail`` is kept with the
    event; ``contradicted`` sends it round again (cases.complaint_states.after)."""

    session: Session
    line: Line
    found: Known
    facts: Facts
    doer: Doer
    now: datetime
    detail: dict[str, Any]

    @property
    def row(self) -> Complaint:
        """The complaint."""
        return self.found.complaint


@contextmanager
def changing(
    line: Line,
    who: Who,
    number: int,
    version: int | None,
    deed: Deed,
    words: str = "",
    detail: dict[str, Any] | None = None,
    *,
    contradicted: bool = False,
) -> Iterator[Open | None]:
    """Locked, looked at as the form had seen it, allowed, written down at the end. None where this
    very thing was done before. ``version`` None: as it stands. Raises ComplaintTrouble."""
    told = dict(detail or {})
    with line.database.transaction() as session:
        found = known(session, seen(store.locked(session, number), who, number))
        old = version is not None and version != found.complaint.version
        if old and _done_before(found, who, deed, words, told):
            yield None
            return
        if old:
            raise ComplaintTrouble(OUT_OF_DATE)
        now = line.clock()
        facts, doer = facts_of(session, line, found, now), doer_of(session, who)
        refuse(allowed(facts, deed, doer))
        to = after(facts, deed, contradicted=contradicted)
        assert to is not None  # allowed
        change = Open(session, line, found, facts, doer, now, told)
        yield change
        keep(change, who.name, deed, words, to)
        audit.note(session, line, who.name, f"complaint-{deed}", f"complaint:{number}")


def keep(change: Open, by: str, deed: Deed, words: str, to: State) -> None:
    """Write the deed down, and wind the clocks."""
    found, now = change.found, change.now
    if to is State.REOPENED and found.complaint.state != State.REOPENED:
        round_again(found, now)
    ends = to in ENDED and found.complaint.state != to
    write(change.session, found, deed.value, by, now, words, change.detail, to=to)
    if ends:  # what is done to a closed file closes it no second time
        found.complaint.closed_at = now
    change.session.flush()
    wind(change.line, known(change.session, found.complaint), now)


def check(line: Line, who: Who, number: int, deed: Deed) -> None:
    """Whether this could be done now; nothing is changed. Raises ComplaintTrouble."""
    with line.database.reading() as session:
        found = known(session, seen(store.by_id(session, number), who, number))
        facts = facts_of(session, line, found, line.clock())
        refuse(allowed(facts, deed, doer_of(session, who)))


def refuse(why: WhyNot | None) -> None:
    """Raises ComplaintTrouble with the sentence for it."""
    if why is not None:
        raise ComplaintTrouble(WHY_NOT[why])


def tell(change: Open, kind: str, notice: Notice) -> ComplaintNotice:
    """Keep that the complainant was told, and when it counts (第21条). Raises ComplaintTrouble."""
    sent = notice.sent_at or change.now
    if sent > change.now:
        raise ComplaintTrouble("nobody was told in the future; correct the time")
    if sent < change.row.received_at.replace(second=0, microsecond=0):
        raise ComplaintTrouble("that was before the complaint was received; correct the time")
    if notice.paper is not None and notice.paper not in {one.id for one in change.found.files}:
        raise ComplaintTrouble("that paper does not lie with the complaint; choose another one")
    row = ComplaintNotice(
        complaint_id=change.row.id, kind=kind, file_id=notice.paper, form=notice.form.value,
        sent_at=sent, sent_by=change.doer.name, words=words_of(notice.words, "what was told"),
        proof=short(notice.proof, "the proof"),
    )  # fmt: skip
    change.session.add(row)
    change.session.flush()
    change.row.contacted_at = change.row.contacted_at or sent
    return row


def seen(row: Complaint | None, who: Who, number: int) -> Complaint:
    """The complaint, if it is there for this person. Raises ComplaintTrouble."""
    if row is None or who.branch not in (None, row.branch):
        raise ComplaintTrouble(f"there is no complaint {number}; look at the register")
    return row


def _done_before(found: Known, who: Who, deed: Deed, words: str, detail: dict[str, Any]) -> bool:
    """Whether the last thing that was done is this: the button was pressed twice."""
    last = found.events[-1] if found.events else None
    if last is None or (last.by, last.what, last.words) != (who.name, deed.value, words):
        return False
    return all(last.detail.get(name) == value for name, value in detail.items())
