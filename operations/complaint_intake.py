"""Take in a complaint (投诉受理) by whatever way it comes: a form, a partner's system, a call in
which the customer complained, or a request at the desk. The same one twice is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cases.complaint_clocks import Complexity
from cases.complaint_states import State
from operations import audit
from operations.case_work import short, words_of
from operations.complaint_record import ITSELF, ComplaintTrouble, Known, known, wind, write
from operations.line import Line
from operations.rights import Action, Who
from scheduler.intake.cells.phones import read_phone
from scheduler.intake.cells.text import Unreadable
from scripts.labels import Label
from scripts.verdicts import Status
from store import cases, policies
from store import complaints as store
from store.columns import LOCAL
from store.database import Session
from store.tables import (
    Call,
    Case,
    Complaint,
    ComplaintEvidence,
    ComplaintLink,
    CustomerRequest,
    Finding,
    Policy,
)


class Channel(StrEnum):
    """How a complaint came (004 投诉渠道; 2020年第3号 第8条)."""

    HOTLINE = "hotline"
    WEB = "web"  # 官网、手机APP
    LETTER = "letter"
    VISIT = "visit"
    PARTNER = "partner"  # 代理、经纪公司转来
    REGULATOR = "regulator"
    REVISIT = "revisit"  # said in one of our own calls


class Relation(StrEnum):
    """Who the complainant is to the policy (2020年第3号 第14条)."""

    HOLDER = "holder"
    INSURED = "insured"
    BENEFICIARY = "beneficiary"
    HEIR = "heir"
    OTHER = "other"


TAKEN: Final = "take-in"
#: Complaints about one seller within this time belong together (the clusters of a month).
_MONTH: Final = timedelta(days=31)
#: What a customer asks an agent for that is a complaint.
REQUESTS: Final = frozenset({"complaint", "surrender"})
#: A finding whose label, or whose status where another label outweighs it, is a complaint.
COMPLAINED: Final = frozenset({Label.COMPLAINT.value, Status.COMPLAINT.value})
MOST_PEOPLE: Final = 10_000
_MOST: Final = Decimal("1e12")
_LONG_AGO: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Intake:
    """A complaint as somebody brings it. ``key`` makes it one however often it is sent.
    ``policy_number``, ``product``, ``seller``: as far as they are known. ``sent_on``: when the
    sender had got it, who passes it on (Art. 33), ``reply_by``: by when they ask for an answer.
    ``case``: the problem case that it came up in,
    whose policy, call and evidence it takes along."""

    key: str
    channel: Channel
    received_at: datetime
    matter: str
    demand: str
    name: str
    phone: str = ""
    relation: Relation = Relation.HOLDER
    proxy_name: str = ""
    proxy_phone: str = ""
    policy_number: str = ""
    product: str = ""
    seller: str = ""
    amount: Decimal | None = None
    people: int = 1
    branch: str = ""
    reference: str = ""
    sent_on: date | None = None
    reply_by: date | None = None
    case: int | None = None


def take_in(line: Line, who: Who, brought: Intake) -> int:
    """Keep a complaint; returns its id. Raises ComplaintTrouble."""
    matter = words_of(brought.matter, "the matter of the complaint")
    demand = short(brought.demand, "the demand")
    name = words_of(brought.name, "the name of the complainant")[:60]
    with line.database.transaction() as session:
        there = store.by_key(session, brought.key)
        if there is not None:
            return there.id
        now = line.clock()
        _check(brought, now)
        case = _case(session, who, brought)
        policy = case.policy if case else _policy(session, who, brought.policy_number.strip())
        row = Complaint(
            **_of_policy(policy, brought), **_plain(line, brought, now, matter + demand),
            key=brought.key[:120], taken_by=who.name, matter=matter, demand=demand,
            complainant_name=name, branch=_branch(who, brought, policy),
            case_id=case.id if case else None, call_id=case.call_id if case else None,
        )  # fmt: skip
        kept = _keep(session, line, row, who.name, now, _detail(brought))
        if case and case.call_id and kept == row.id:
            _add_evidence(session, row, cases.findings_of(session, case.call_id), now)
        audit.note(session, line, who.name, "complaint-take-in", f"complaint:{kept}")
        return kept


def from_call(
    session: Session, line: Line, call: Call, found: Sequence[Finding], now: datetime
) -> None:
    """A customer complained, or wants out, in one of our calls: what was said is the complaint, and
    its evidence. Judged again, only evidence is added."""
    _heard(session, call.id, found)
    said = [one for one in found if COMPLAINED & {one.label, one.status}]
    if not said:
        return
    words = " / ".join(dict.fromkeys(one.words for one in said if one.words)) or "–"
    row = store.by_key(session, f"call:{call.id}")
    if row is None:
        row = _by_ourselves(line, f"call:{call.id}", call.policy, words, now)
        row.call_id, row.complainant_phone = call.id, call.phone
        if any(one.label == Label.NOT_HOLDER for one in call.turns):
            row.complainant_name, row.relation, row.person = "", Relation.OTHER.value, None
        if _identified(call):
            row.identified_at, row.identified_by = now, ITSELF
            row.identified_how = f"call:{call.id}"
        if _keep(session, line, row, ITSELF, now, {"call": call.id}) != row.id:
            return
    opened = (one.id for one in cases.of_policy(session, call.policy_id) if one.call_id == call.id)
    row.case_id = row.case_id or next(opened, None)
    _add_evidence(session, row, said, now)


def from_request(session: Session, line: Line, request: CustomerRequest, now: datetime) -> None:
    """A customer asked an agent to complain or to surrender."""
    key = f"request:{request.id}"
    if request.kind not in REQUESTS or store.by_key(session, key) is not None:
        return
    of_call = f"call:{request.call_id}"
    if request.call_id and store.by_key(session, of_call) is not None:
        return  # the call itself was a complaint, and has it
    row = _by_ourselves(line, key, request.policy, request.words, now)
    row.call_id = request.call_id
    _keep(session, line, row, request.opened_by, now, {"request": request.id})


def link(session: Session, row: Complaint, now: datetime) -> list[ComplaintLink]:
    """Find earlier complaints that it belongs to, each once."""
    there = {one.earlier_id for one in store.links_of(session, row.id)}
    new = list[ComplaintLink]()
    for kind, other in store.earlier(session, row, row.received_at - _MONTH):
        if other.id not in there and other.id < row.id:
            there.add(other.id)
            new.append(
                ComplaintLink(complaint_id=row.id, earlier_id=other.id, kind=kind, found_at=now)
            )
    session.add_all(new)
    session.flush()
    return new


def phone_of(text: str) -> str | None:
    """A telephone number as it is kept; None where none is given. Raises ComplaintTrouble."""
    try:
        found = read_phone(text)
    except Unreadable:
        raise ComplaintTrouble(
            "the telephone number cannot be rung; check its digits, or leave it empty"
        ) from None
    return found.e164 if found else None


def _keep(
    session: Session, line: Line, row: Complaint, by: str, now: datetime, detail: dict[str, Any]
) -> int:
    there = store.add(session, row)
    if there is not None:  # somebody else was faster by a moment
        return there.id
    found: Known = known(session, row)
    write(session, found, TAKEN, by, now, "", detail, to=State.RECEIVED)
    wind(line, found, now)
    link(session, row, now)
    return row.id


def _by_ourselves(line: Line, key: str, policy: Policy, words: str, now: datetime) -> Complaint:
    brought = Intake(key, Channel.REVISIT, now, words, "", policy.holder_name)
    return Complaint(
        **_of_policy(policy, brought), **_plain(line, brought, now, words),
        key=key, taken_by=ITSELF, matter=words, demand="",
        complainant_name=policy.holder_name, branch=policy.branch,
    )  # fmt: skip


def _of_policy(policy: Policy | None, brought: Intake) -> dict[str, Any]:
    """What the policy knows is not asked for (Art. 14), but what was said is kept as it was."""
    holder = policy if brought.relation is Relation.HOLDER else None
    return {
        "policy_id": policy.id if policy else None,
        "policy": policy,
        "product": brought.product.strip()[:200] or (policy.product if policy else None),
        "seller_name": brought.seller.strip()[:60] or (policy.seller_name if policy else None),
        "person": holder.person if holder else None,
        "complainant_phone": phone_of(brought.phone) or (holder.phone if holder else None),
    }  # fmt: skip


def _plain(line: Line, brought: Intake, now: datetime, words: str) -> dict[str, Any]:
    return {
        "channel": brought.channel.value,
        "reference": brought.reference.strip()[:80] or None,
        "received_at": brought.received_at,
        "taken_at": now,
        "complexity": Complexity.SIMPLE.value,
        "major": brought.people >= line.complaints.major_people,
        "people": brought.people,
        "signals": line.complaints.signals_in(words),
        "amount": brought.amount,
        "relation": brought.relation.value,
        "proxy_name": brought.proxy_name.strip()[:60] or None,
        "proxy_phone": phone_of(brought.proxy_phone),
        "state": State.RECEIVED.value,
        "version": 0,
        "round": 1,
        "round_since": 1,
        "clock_from": brought.received_at,
        "extended": False,
    }


def _check(brought: Intake, now: datetime) -> None:
    if brought.received_at > now:
        raise ComplaintTrouble("it cannot have been received in the future; correct the time")
    if brought.received_at < now - _LONG_AGO:
        raise ComplaintTrouble("it was received more than two years ago; correct the day")
    if brought.reply_by and brought.reply_by < brought.received_at.astimezone(LOCAL).date():
        raise ComplaintTrouble(
            "the sender cannot ask for an answer before we had it; correct the day"
        )
    received = brought.received_at.astimezone(LOCAL).date()
    if brought.sent_on and not received - _LONG_AGO <= brought.sent_on <= received:
        raise ComplaintTrouble(
            "it cannot have been passed on after we had it, nor years before; correct the day"
        )
    if not 1 <= brought.people <= MOST_PEOPLE:
        raise ComplaintTrouble("how many complain must lie between 1 and 10000; correct it")
    if brought.amount is not None and not 0 <= brought.amount < _MOST:
        raise ComplaintTrouble("the amount cannot be right; give it in yuan")


def _policy(session: Session, who: Who, number: str) -> Policy | None:
    if not number:
        return None
    found = policies.by_number(session, number)
    if found is None or who.branch not in (None, found.branch):
        raise ComplaintTrouble(
            f"there is no policy {number} here; correct its number, or leave it empty and write it"
            " into the matter"
        )
    return found


def _case(session: Session, who: Who, brought: Intake) -> Case | None:
    """The problem case that it came up in; it is not there for whoever may see no cases."""
    if brought.case is None:
        return None
    found = cases.by_id(session, brought.case)
    if found is None or not who.may(Action.SEE_CASES) or who.branch not in (
        None, found.policy.branch,
    ):  # fmt: skip
        raise ComplaintTrouble(f"there is no problem case {brought.case} here; look at the list")
    if brought.policy_number.strip() not in ("", found.policy.number):
        raise ComplaintTrouble(
            f"problem case {found.id} is about policy {found.policy.number}; correct the policy, or"
            " take the complaint in without the case"
        )
    return found


def _detail(brought: Intake) -> dict[str, Any]:
    """What the ledger keeps of how it came."""
    days = {"sent_on": brought.sent_on, "reply_by": brought.reply_by}
    told: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    return {**told, "case": brought.case} if brought.case else told


def _branch(who: Who, brought: Intake, policy: Policy | None) -> str | None:
    """Where it belongs (属地): to the branch that takes it in, or to the policy's."""
    return who.branch or (policy.branch if policy else None) or brought.branch.strip() or None


def _identified(call: Call) -> bool:
    """Whether the holder had proved in the call who they are."""
    proofs = [one for one in call.turns if one.question_id.partition(".")[0] == "ID_VERIFY"]
    return bool(proofs) and proofs[-1].label == Label.AFFIRM


def _add_evidence(session: Session, row: Complaint, said: Sequence[Finding], now: datetime) -> None:
    """What was said becomes evidence, each question once, with the recording where it was heard."""
    there = {(one.call_id, one.question_id) for one in store.evidence_of(session, row.id)}
    for one in said:
        if (one.call_id, one.question_id) not in there:
            there.add((one.call_id, one.question_id))
            session.add(
                ComplaintEvidence(
                    complaint_id=row.id, call_id=one.call_id, question_id=one.question_id,
                    words=one.words, added_at=now,
                )
            )  # fmt: skip
    session.flush()
    for call_id in {one.call_id for one in said}:
        _heard(session, call_id, said)


def _heard(session: Session, call_id: int, found: Sequence[Finding]) -> None:
    """The recording of a call was heard meanwhile: whatever rests on the call says where in it."""
    heard = {one.question_id: one for one in found if one.from_s is not None}
    for kept in store.resting_on(session, call_id):
        if one := heard.get(kept.question_id):
            kept.recording_id, kept.from_s, kept.to_s = one.recording_id, one.from_s, one.to_s
            kept.words = kept.words or one.words
