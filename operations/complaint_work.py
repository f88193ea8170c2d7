"""Work on a complaint up to the one who handles it: judge its kind, verify who complains, register,
acknowledge, pass it on; and what ends or holds it up: withdrawal, refusal, merging, stops of the
clock, more days. What was found and decided stands in ``complaint_answer``."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from cases.complaint_clocks import Complexity, Stopping
from cases.complaint_states import ENDED, Deed, State, WhyNot, may_handle
from operations import sellers
from operations.case_work import short, words_of
from operations.complaint_change import WHY_NOT, Notice, Open, changing, tell
from operations.complaint_intake import Relation, link
from operations.complaint_record import ComplaintTrouble
from operations.line import Line
from operations.rights import Action, Role, Who, actions_of
from store import accounts, policies
from store import complaints as store
from store.columns import LOCAL
from store.database import Session
from store.tables import Account, ComplaintApproval, ComplaintStop, ComplaintTransfer

#: How far ahead somebody may be promised an answer, or a unit given a limit.
_AHEAD: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a first look finds (初步判断): the kind, how complex, whether major, about which policy
    where that is known by now, and why."""

    kind: str
    complexity: Complexity
    major: bool
    words: str = ""
    policy_number: str = ""
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """To whom it is passed (转办), with what is demanded and by when."""

    unit: str
    handler: str
    demands: str
    due_on: date


def triage(line: Line, who: Who, number: int, version: int | None, judged: Judged) -> None:
    """Say what it is about; again where it turns out to be something else. Raises
    ComplaintTrouble."""
    words = short(judged.words, "the remark")
    detail = {
        "kind": judged.kind, "complexity": judged.complexity.value, "major": judged.major,
        "policy": judged.policy_number.strip(), "seller": judged.seller.strip()[:60],
    }  # fmt: skip
    with changing(line, who, number, version, Deed.TRIAGE, words, detail) as change:
        if change is not None:
            _triage(change, who, judged)


@dataclass(frozen=True, slots=True)
class Identity:
    """How it was verified who complains, and who that is where it was not known, or not so."""

    how: str
    name: str = ""
    relation: Relation | None = None


def identify(line: Line, who: Who, number: int, version: int | None, proved: Identity) -> None:
    """The complainant is who they say (Art. 22). Raises ComplaintTrouble."""
    how = words_of(proved.how, "how the identity was verified")
    relation = proved.relation.value if proved.relation else ""
    detail = {"relation": relation} if relation else {}
    with changing(line, who, number, version, Deed.IDENTIFY, how, detail) as change:
        if change is None:
            return
        row = change.row
        name = proved.name.strip()[:60] or row.complainant_name
        row.complainant_name = words_of(name, "the name of the complainant")
        row.relation = relation or row.relation
        row.identified_at, row.identified_by, row.identified_how = change.now, who.name, how


def register(line: Line, who: Who, number: int, version: int | None, words: str = "") -> None:
    """Enter it into the register as accepted. Raises ComplaintTrouble."""
    with changing(line, who, number, version, Deed.REGISTER, short(words, "the remark")):
        pass


def acknowledge(
    line: Line, who: Who, number: int, version: int | None, notice: Notice, expected: date
) -> None:
    """Tell the complainant that it is accepted, and by when they will hear (004 受理要求). Raises
    ComplaintTrouble."""
    detail = {"form": notice.form.value, "expected_on": expected.isoformat()}
    words = notice.words.strip()
    with changing(line, who, number, version, Deed.ACKNOWLEDGE, words, detail) as change:
        if change is None:
            return
        today = change.now.astimezone(LOCAL).date()
        if not today <= expected <= today + _AHEAD:
            raise ComplaintTrouble("the expected day must lie within the next 90 days; correct it")
        sent = tell(change, "acknowledgement", notice).sent_at
        change.row.acknowledged_at, change.row.expected_on = sent, expected


def assign(line: Line, who: Who, number: int, version: int | None, given: Transfer) -> None:
    """Pass it to whoever handles it (转办): never the seller or their line (Art. 17). Raises
    ComplaintTrouble."""
    demands = words_of(given.demands, "what is demanded")
    unit = words_of(given.unit, "the unit")[:80]
    handler = given.handler.strip()
    detail = {"to": handler, "unit": unit, "due_on": given.due_on.isoformat()}
    with changing(line, who, number, version, Deed.ASSIGN, demands, detail) as change:
        if change is None:
            return
        _check_handler(change, who, handler)
        due = _limit(change, given.due_on)
        change.row.handler, change.row.unit = handler, unit
        change.session.add(
            ComplaintTransfer(
                complaint_id=number, at=change.now, by=who.name, unit=unit, handler=handler,
                demands=demands, due_at=due,
            )
        )  # fmt: skip


def withdraw(line: Line, who: Who, number: int, version: int | None, on: date, words: str) -> None:
    """The complainant withdraws: it ends the same day (Art. 15). Raises ComplaintTrouble."""
    words = words_of(words, "what the complainant said")
    detail = {"on": on.isoformat()}
    with changing(line, who, number, version, Deed.WITHDRAW, words, detail) as change:
        if change is None:
            return
        today = change.now.astimezone(LOCAL).date()
        if not change.row.received_at.astimezone(LOCAL).date() <= on <= today:
            raise ComplaintTrouble("the day of the withdrawal cannot be right; correct it")
        change.detail["same_day"] = on == today
        change.row.result = "withdrawn"
        _drop_booking(change)


def refuse(line: Line, who: Who, number: int, version: int | None, notice: Notice) -> None:
    """It is not from the complainant or their proxy: not taken on, and they are told so (Art. 18).
    Raises ComplaintTrouble."""
    words, detail = notice.words.strip(), {"form": notice.form.value}
    with changing(line, who, number, version, Deed.REFUSE, words, detail) as change:
        if change is not None:
            tell(change, "refusal", notice)
            change.row.result = "refused"


def merge(line: Line, who: Who, number: int, version: int | None, into: int, words: str) -> None:
    """It is the same complaint again inside the time: it goes on as the earlier one (Art. 18).
    Raises ComplaintTrouble."""
    words = words_of(words, "the reason")
    with changing(line, who, number, version, Deed.MERGE, words, {"into": into}) as change:
        if change is None:
            return
        other = store.by_id(change.session, into)
        if into == number:
            raise ComplaintTrouble(WHY_NOT[WhyNot.ITS_OWN])
        if other is None or who.branch not in (None, other.branch):
            raise ComplaintTrouble(f"there is no complaint {into}; look at the register")
        if State(other.state) in ENDED:
            raise ComplaintTrouble(f"complaint {into} has ended; open it again, or go on with this")
        change.row.merged_into_id = into


def split(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """It is another matter after all: it goes on by itself. Raises ComplaintTrouble."""
    words = words_of(words, "the reason")
    with changing(line, who, number, version, Deed.SPLIT, words) as change:
        if change is not None:
            change.row.merged_into_id = change.row.closed_at = None


def new_facts(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """The complainant brings new facts: the law counts from today (Art. 18). Raises
    ComplaintTrouble."""
    words = words_of(words, "the new facts")
    with changing(line, who, number, version, Deed.NEW_FACTS, words) as change:
        if change is not None:
            change.row.clock_from, change.row.extended = change.now, False
            said = line.complaints.signals_in(words)
            change.row.signals = list(dict.fromkeys([*change.row.signals, *said]))


def reopen(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """It goes round again. Raises ComplaintTrouble."""
    words = words_of(words, "the reason")
    with changing(line, who, number, version, Deed.REOPEN, words) as change:
        if change is not None:
            _drop_booking(change)


def stop(
    line: Line, who: Who, number: int, version: int | None, kind: Stopping, notice: Notice
) -> None:
    """An appraisal or a mediation begins: from now on the law does not count, for the complainant
    was told (Art. 18, 23). Raises ComplaintTrouble."""
    words, detail = notice.words.strip(), {"kind": kind.value, "form": notice.form.value}
    with changing(line, who, number, version, Deed.STOP, words, detail) as change:
        if change is None:
            return
        if any(one.kind == kind and one.until_at is None for one in change.found.stops):
            raise ComplaintTrouble("the clock is stopped for this reason already")
        told = tell(change, "stop", notice)
        change.session.add(
            ComplaintStop(
                complaint_id=number, kind=kind.value, from_at=told.sent_at, by=who.name,
                why=words, notice_id=told.id,
            )
        )  # fmt: skip


def resume(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """What stopped the clock is over. Raises ComplaintTrouble."""
    words = words_of(words, "what came of it")
    with changing(line, who, number, version, Deed.RESUME, words) as change:
        if change is not None:
            for one in change.found.stops:
                one.until_at = one.until_at or change.now


def ask_extension(line: Line, who: Who, number: int, version: int | None, why: str) -> None:
    """Ask a superior for thirty days more (Art. 18). Raises ComplaintTrouble."""
    why = words_of(why, "the reason")
    with changing(line, who, number, version, Deed.ASK_EXTENSION, why) as change:
        if change is not None:
            change.session.add(
                ComplaintApproval(
                    complaint_id=number, kind="extension", asked_at=change.now,
                    asked_by=who.name, why=why,
                )
            )  # fmt: skip


def decide_extension(
    line: Line, who: Who, number: int, version: int | None, *, granted: bool, because: str
) -> None:
    """Give the days, or not; they count once they are told. Raises ComplaintTrouble."""
    because = words_of(because, "the reason")
    detail = {"granted": granted}
    with changing(line, who, number, version, Deed.GRANT_EXTENSION, because, detail) as change:
        if change is not None:
            waiting = next(
                one
                for one in reversed(change.found.approvals)
                if one.kind == "extension" and one.decided_at is None
            )
            waiting.decided_at, waiting.decided_by = change.now, who.name
            waiting.granted, waiting.because = granted, because


def tell_extension(line: Line, who: Who, number: int, version: int | None, notice: Notice) -> None:
    """Tell the complainant of the thirty days more; from then on they count (Art. 18). Raises
    ComplaintTrouble."""
    words, detail = notice.words.strip(), {"form": notice.form.value}
    with changing(line, who, number, version, Deed.TELL_EXTENSION, words, detail) as change:
        if change is not None:
            tell(change, "extension", notice)
            change.row.extended = True


def handlers(session: Session, branch: str | None) -> list[str]:
    """The names of those who may handle a complaint of a branch."""
    return [
        one.name
        for one in accounts.every(session)
        if one.active and _works(one) and one.branch in (None, branch)
    ]


def _works(account: Account) -> bool:
    roles = [Role(one) for one in account.roles if one in set(Role)]
    return Action.WORK_COMPLAINTS in actions_of(roles)


def _check_handler(change: Open, who: Who, name: str) -> None:
    if name != who.name and not change.doer.assigns:
        raise ComplaintTrouble("you may take a complaint yourself; a supervisor passes it on")
    account = accounts.by_name(change.session, name)
    fits = account is not None and account.active and _works(account)
    if account is None or not fits or account.branch not in (None, change.row.branch):
        raise ComplaintTrouble(f"nobody called {name} handles complaints here; choose another")
    theirs = sellers.known(change.session, name)
    if not may_handle(change.facts, name, sells=theirs.sells, code=theirs.code):
        raise ComplaintTrouble(WHY_NOT[WhyNot.SAME_NAME if theirs.by_name else WhyNot.SELLER])


def _limit(change: Open, day: date) -> datetime:
    today = change.now.astimezone(LOCAL).date()
    if not today <= day <= today + _AHEAD:
        raise ComplaintTrouble("the limit must lie within the next 90 days; correct the day")
    return datetime.combine(day, time(23, 59, 59), tzinfo=LOCAL)


def _triage(change: Open, who: Who, judged: Judged) -> None:
    row, terms = change.row, change.line.complaints
    if terms.kind(judged.kind) is None:
        raise ComplaintTrouble("there is no such kind of complaint; choose one of the list")
    row.kind, row.complexity = judged.kind, judged.complexity.value
    row.major = judged.major or row.people >= terms.major_people
    if judged.policy_number.strip():
        _about(change, who, judged.policy_number.strip())
    row.seller_name = judged.seller.strip()[:60] or row.seller_name
    change.session.flush()
    link(change.session, row, change.now)


def _about(change: Open, who: Who, number: str) -> None:
    """The policy is known now: what it tells is filled in where nothing was said."""
    row = change.row
    policy = policies.by_number(change.session, number)
    if policy is None or who.branch not in (None, policy.branch):
        raise ComplaintTrouble(
            f"there is no policy {number} here; correct its number, or leave it empty"
        )
    row.policy_id, row.policy = policy.id, policy
    row.product, row.seller_name = (
        row.product or policy.product,
        row.seller_name or policy.seller_name,
    )
    row.branch = row.branch or policy.branch
    if row.relation == "holder":
        row.person = policy.person


def _drop_booking(change: Open) -> None:
    """Nobody is rung about it any more."""
    for one in store.revisits_of(change.session, change.row.id):
        if one.state == store.BOOKED:
            one.state, one.ended_at = "withdrawn", change.now
