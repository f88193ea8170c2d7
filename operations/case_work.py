"""Work on a problem case (问题件处理): give it to somebody, note talks and opinions, review, book
the second revisit, close, open again. A form that was sent from an old page changes nothing, and
the same form twice does nothing twice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.workflow import Deed, Doer, WhyNot, after, allowed, may_handle
from operations import audit, second_revisits, sellers
from operations.case_record import (
    CaseTrouble,
    Known,
    doer_of,
    facts_of,
    known,
    open_again,
    write,
)
from operations.follow_up import DECEASED
from operations.line import Line
from operations.plan import touch
from operations.rights import Action, Role, Who, actions_of
from store import accounts, case_work, cases
from store.database import Session
from store.tables import Account, Case

LONGEST = 2000
#: Said to a form from an old page. What was typed is shown again.
OUT_OF_DATE = "somebody has changed this case meanwhile, and nothing of yours was kept yet"
#: How far ahead a second revisit may be agreed.
_AHEAD = timedelta(days=60)

#: Why not, in one sentence with the mend.
WHY_NOT = {
    WhyNot.NO_RIGHT: "none of your roles allows this; an administrator can give you another role",
    WhyNot.NOT_YOURS: "the case is somebody else's; have it assigned to you first",
    WhyNot.SELLER: "a case of this kind is handled by nobody who sells; give it to somebody else",
    WhyNot.SAME_NAME: (
        "a case of this kind is handled by nobody who sells, and somebody who sells has this name;"
        " where they are two people, have the staff number written down with the account"
    ),
    WhyNot.CLOSED: "the case is closed; open it again first",
    WhyNot.NOT_CLOSED: "the case is open already",
    WhyNot.NOT_ASSIGNED: "the case is nobody's yet; take it or assign it first",
    WhyNot.NOTHING_TO_REVIEW: "nothing was done yet; note a talk, an opinion or a paper first",
    WhyNot.OWN_WORK: "you have worked on this case yourself; somebody else must review it",
    WhyNot.NOT_REVIEWED: "the work is not reviewed yet; have somebody else review it first",
    WhyNot.REVIEWED_ALREADY: "the work is reviewed already",
    WhyNot.BOOKED: "the second revisit is booked; its result decides, or cancel it first",
    WhyNot.NOT_BOOKED: "no second revisit is booked",
    WhyNot.RECALL_MISSING: "the rulebook closes it by a second revisit only; book one",
    WhyNot.PROOF_MISSING: "the proof that the rulebook wants is missing; add it first",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with the holder, or a try at one. ``explained``: the explanation was repeated."""

    on: datetime
    minutes: int
    words: str
    reached: bool = True
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A case that is being changed, within its transaction."""

    session: Session
    found: Known
    doer: Doer
    now: datetime


def assign(line: Line, who: Who, case_id: int, version: int | None, to: str) -> None:
    """Give the case to somebody, or take it. Raises CaseTrouble."""
    with changing(line, who, case_id, version, Deed.ASSIGN, "", {"to": to.strip()}) as case:
        if case is not None:
            _assign(line, who, case, to.strip())


def assign_many(line: Line, who: Who, case_ids: Sequence[int], to: str) -> dict[int, str]:
    """Give several cases to somebody; returns those that stay where they are, and why."""
    left: dict[int, str] = {}
    for case_id in sorted(set(case_ids)):
        try:
            assign(line, who, case_id, None, to)
        except CaseTrouble as trouble:
            left[case_id] = str(trouble)
    return left


def contact(line: Line, who: Who, case_id: int, version: int | None, talk: Talk) -> None:
    """Note a talk with the holder (domain.md 2.13: date, minutes, what was explained and answered).
    Raises CaseTrouble."""
    words = words_of(talk.words, "what was said")
    told = {
        "on": talk.on.isoformat(timespec="minutes"),
        "minutes": talk.minutes,
        "reached": talk.reached,
        "explained": talk.explained,
    }
    with changing(line, who, case_id, version, Deed.CONTACT, words, told) as case:
        if case is not None:
            _check_talk(case, talk)


def conclude(line: Line, who: Who, case_id: int, version: int | None, words: str) -> None:
    """Write what was found and done (处理意见). Raises CaseTrouble."""
    words = words_of(words, "the opinion")
    with changing(line, who, case_id, version, Deed.CONCLUDE, words):
        pass


def review(line: Line, who: Who, case_id: int, version: int | None, words: str = "") -> None:
    """Agree with the work on the case; never one's own. Raises CaseTrouble."""
    with changing(line, who, case_id, version, Deed.REVIEW, short(words, "the remark")):
        pass


def send_back(line: Line, who: Who, case_id: int, version: int | None, because: str) -> None:
    """Have it worked on again (退回). Raises CaseTrouble."""
    with changing(line, who, case_id, version, Deed.SEND_BACK, words_of(because, "the reason")):
        pass


def book(line: Line, who: Who, case_id: int, version: int | None, not_before: datetime) -> None:
    """Have the holder rung again, from that moment on, with the script of the second revisit; the
    result closes the case or leaves it open. Raises CaseTrouble."""
    told = {"not_before": not_before.isoformat(timespec="minutes")}
    with changing(line, who, case_id, version, Deed.BOOK, "", told) as case:
        if case is not None:
            _book(case, not_before)


def cancel_booking(line: Line, who: Who, case_id: int, version: int | None, because: str) -> None:
    """Not ring again after all. Raises CaseTrouble."""
    because = words_of(because, "the reason")
    with changing(line, who, case_id, version, Deed.UNBOOK, because) as case:
        if case is None:
            return
        policy_id = case.found.case.policy_id
        row = case_work.booked_of(case.session, policy_id)
        if row is None or case_work.running(case.session, policy_id):
            raise CaseTrouble("the customer is being rung right now; wait for the call to end")
        second_revisits.withdraw(case.session, row, case.now)


def close(line: Line, who: Who, case_id: int, version: int | None, words: str = "") -> None:
    """Close a case whose proof lies before us (回销). Raises CaseTrouble."""
    words = short(words, "the remark")
    with changing(line, who, case_id, version, Deed.CLOSE, words) as case:
        if case is None:
            return
        row = case.found.case
        row.state, row.closed_at, row.closed_because = "closed", case.now, "proof"
        touch(case.session, case.now, policy_ids=[row.policy_id])


def reopen(line: Line, who: Who, case_id: int, version: int | None, because: str) -> None:
    """Open a closed case again (退回原因). It is proved anew. Raises CaseTrouble."""
    because = words_of(because, "the reason")
    with changing(line, who, case_id, version, Deed.REOPEN, because) as case:
        if case is None:
            return
        open_again(case.session, case.found, who.name, case.now, because)
        touch(case.session, case.now, policy_ids=[case.found.case.policy_id])


@contextmanager
def changing(
    line: Line,
    who: Who,
    case_id: int,
    version: int | None,
    deed: Deed,
    words: str,
    detail: dict[str, Any] | None = None,
) -> Iterator[Open | None]:
    """One deed in one transaction: locked, looked at as the form had seen it, allowed, written down
    at the end. None where this very thing was done before. ``version`` None: as it stands. Raises
    CaseTrouble."""
    with line.database.transaction() as session:
        found = _locked(session, who, case_id)
        work = found.work
        assert work is not None  # locked with the case
        given = deed is Deed.ASSIGN and detail is not None and detail["to"] == work.assignee
        old = version is not None and version != work.version
        if given or (old and _done_before(found, who, deed, words, detail)):
            yield None
            return
        if old:
            raise CaseTrouble(OUT_OF_DATE)
        facts, doer = facts_of(session, line, found), doer_of(session, who)
        why_not = allowed(facts, deed, doer)
        if why_not is not None:
            raise CaseTrouble(WHY_NOT[why_not])
        case = Open(session, found, doer, line.clock())
        yield case
        stage = after(facts, deed)
        assert stage is not None  # allowed
        work.stage = stage
        write(session, found, deed.value, who.name, case.now, words, **(detail or {}))
        audit.note(session, line, who.name, f"case-{deed.value}", f"case:{case_id}")


def check(line: Line, who: Who, case_id: int, deed: Deed) -> None:
    """Whether this could be done to the case now; nothing is changed. Raises CaseTrouble."""
    with line.database.reading() as session:
        found = known(session, _seen(cases.by_id(session, case_id), who, case_id))
        why_not = allowed(facts_of(session, line, found), deed, doer_of(session, who))
    if why_not is not None:
        raise CaseTrouble(WHY_NOT[why_not])


def handlers(session: Session, branch: str | None, *, everybody: bool = False) -> list[str]:
    """The names of those who work on cases of a branch."""
    return [
        one.name
        for one in accounts.every(session)
        if one.active and _works(one) and (everybody or one.branch in (None, branch))
    ]


def words_of(text: str, what: str) -> str:
    """Words that have to be there. Raises CaseTrouble."""
    found = short(text, what)
    if not found:
        raise CaseTrouble(f"{what} is missing; write it down, it is kept with the case")
    return found


def short(text: str, what: str) -> str:
    """Words that may be missing. Raises CaseTrouble."""
    found = text.replace("\0", "").strip()
    if len(found) > LONGEST:
        raise CaseTrouble(f"{what} may have {LONGEST} characters; shorten it")
    return found


def _locked(session: Session, who: Who, case_id: int) -> Known:
    locked = case_work.locked(session, case_id)
    return known(session, _seen(locked[0] if locked else None, who, case_id))


def _seen(case: Case | None, who: Who, case_id: int) -> Case:
    if case is None or who.branch not in (None, case.policy.branch):
        raise CaseTrouble(f"there is no case {case_id}; look at the list of cases")
    return case


def _done_before(
    found: Known, who: Who, deed: Deed, words: str, detail: dict[str, Any] | None
) -> bool:
    """Whether the last thing that was done is this: the button was pressed twice."""
    last = found.events[-1] if found.events else None
    told = (who.name, deed.value, words, detail or {})
    return last is not None and (last.by, last.what, last.words, last.detail) == told


def _assign(line: Line, who: Who, case: Open, to: str) -> None:
    found = case.found
    if to != who.name and not case.doer.assigns:
        raise CaseTrouble("you may take a case yourself; a supervisor gives it to somebody else")
    account = accounts.by_name(case.session, to)
    fits = account is not None and account.active and _works(account)
    if account is None or not fits or account.branch not in (None, found.case.policy.branch):
        raise CaseTrouble(f"nobody called {to} works on cases of this branch; choose another")
    theirs = sellers.known(case.session, to)
    facts = facts_of(case.session, line, found)
    if not may_handle(facts, to, sells=theirs.sells, code=theirs.code):
        raise CaseTrouble(WHY_NOT[WhyNot.SAME_NAME if theirs.by_name else WhyNot.SELLER])
    assert found.work is not None  # locked with the case
    found.work.assignee = to


def _works(account: Account) -> bool:
    known_roles = [Role(one) for one in account.roles if one in set(Role)]
    return Action.WORK_CASES in actions_of(known_roles)


def _check_talk(case: Open, talk: Talk) -> None:
    if talk.on > case.now:
        raise CaseTrouble("the talk lies in the future; give the time at which you talked")
    opened = case.found.case.opened_at.replace(second=0, microsecond=0)  # forms tell minutes
    if talk.on < opened:
        raise CaseTrouble("the talk was before the case was opened; look at the day again")
    if not 0 <= talk.minutes <= 600:
        raise CaseTrouble("the minutes must lie between 0 and 600; correct them")


def _book(case: Open, not_before: datetime) -> None:
    found, now = case.found, case.now
    policy = found.case.policy
    if policy.receipt_signed_on is None or policy.status not in ("accept", "wait"):
        raise CaseTrouble(
            f"policy {policy.number} cannot be rung: its receipt or its data are missing; mend the"
            " list and import it again"
        )
    if policy.closed_because == DECEASED:
        raise CaseTrouble("the holder has died; nobody rings, write the opinion instead")
    if policy.revisit == "open":
        raise CaseTrouble(
            f"the first revisit of policy {policy.number} still goes on; a clear yes in it counts"
            " as the second one"
        )
    earliest = now - timedelta(minutes=10)  # a form takes a while to fill in
    if not earliest <= not_before <= now + _AHEAD:
        raise CaseTrouble("the second revisit must lie within the next 60 days; give another time")
    row = second_revisits.new_booking(found, case.doer.name, not_before, now)
    if not case_work.add_booked(case.session, row):
        raise CaseTrouble(
            f"a second revisit of policy {policy.number} is booked for another case; its result"
            " counts first"
        )
    case.session.flush()
    touch(case.session, now, policy_ids=[policy.id])
