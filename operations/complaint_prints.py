"""What a complaint prints as PDF, in Chinese as it is sent and filed: the decision (答复函, 第19条)
and the record of a talk (客户沟通记录表), with its whole numbers. Whoever prints is noted."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from cases.report import Letter, Report, Table
from cases.report_files import as_pdf, letter_pdf
from operations import audit
from operations.complaint_change import seen
from operations.complaint_record import ComplaintTrouble, known
from operations.line import Line
from operations.report_words import COMPLAINT_RESULTS
from operations.rights import Who
from store import complaints as store
from store.columns import LOCAL
from store.database import Session
from store.tables import Complaint, ComplaintProposal, ComplaintTalk

_KNOWN: Final = {True: "是", False: "否", None: "不清楚"}
_THERE: Final = {True: "有", False: "无", None: "不清楚"}


def letter(line: Line, who: Who, number: int) -> bytes:
    """The decision as the complainant gets it; a draft until they were told. Raises
    ComplaintTrouble."""
    with line.database.transaction() as session:
        row = seen(store.by_id(session, number), who, number)
        proposal = known(session, row).proposal
        if proposal is None:
            raise ComplaintTrouble("nothing is decided yet; propose a decision first")
        made = decision(line, row, proposal)
        _note(session, line, who, "complaint-letter", number, f"proposal {proposal.id}, pdf")
    return letter_pdf(made)


def talk(line: Line, who: Who, number: int, talk: int) -> bytes:
    """The record of a talk, to be signed. Raises ComplaintTrouble."""
    with line.database.transaction() as session:
        row = seen(store.by_id(session, number), who, number)
        found = store.talk_of(session, number, talk)
        if found is None:
            raise ComplaintTrouble(f"there is no talk {talk} of this complaint; look at its ledger")
        made = record(line, row, found)
        _note(session, line, who, "complaint-talk-form", number, f"talk {talk}, pdf")
    return as_pdf(made)


def decision(line: Line, row: Complaint, proposal: ComplaintProposal) -> Letter:
    """What the letter says (第19条): facts, basis, reasons, the decision, remedies."""
    terms, on = line.complaints, (row.answered_at or line.clock()).astimezone(LOCAL).date()
    paid = f" ¥{proposal.paid:,.2f}" if proposal.paid is not None else ""
    result = COMPLAINT_RESULTS.get(proposal.result, proposal.result)
    return Letter(
        title="投诉处理决定书",
        number=row.number,
        company=line.company,
        day=on.isoformat(),
        mark="" if row.answered_at else "草稿：尚未告知投诉人",
        opening=(
            f"{row.complainant_name}：",
            f"我公司于 {_day(row.received_at)} 收到您的投诉，经调查核实，现作出处理决定如下。",
        ),
        parts=(
            ("查明的事实", proposal.facts),
            ("处理依据", proposal.basis),
            ("理由", proposal.reasons),
            ("处理决定", f"{result}。{proposal.chosen}{paid}"),
            ("救济途径", terms.remedies.said("zh", terms.limits.ask_for_review.days)),
        ),
        closing=(f"咨询电话：{line.company_phone}",),
    )


def record(line: Line, row: Complaint, talk: ComplaintTalk) -> Report:
    """《客户沟通记录表》 with every field of the form (000, 001), and lines to sign on."""
    return Report(
        title="客户沟通记录表",
        company=line.company,
        day=talk.at.astimezone(LOCAL).date().isoformat(),
        facts=(("投诉编号", row.number), ("沟通时间", _moment(talk.at))),
        tables=(Table("沟通内容", ("项目", "内容"), tuple(_fields(row, talk)), first=1, last=3),),
        signed=("客户签名", "记录人"),
    )


def _fields(row: Complaint, talk: ComplaintTalk) -> Iterator[tuple[str, str]]:
    yield from (
        ("来访人姓名", talk.visitor),
        ("与投保人关系", talk.relation or "–"),
        ("投保人", talk.holder or "–"),
        ("险种", talk.product or "–"),
        ("缴费", talk.premium or "–"),
        ("保额", talk.sum_insured or "–"),
        ("保单号", talk.policy_number or "–"),
        ("事件经过", talk.course),
        ("诉求", talk.demand or "–"),
        ("投保时是否本人签名", _KNOWN[talk.signed_in_person]),
        ("是否收到过回访电话", _KNOWN[talk.was_called]),
        ("宣导业务员姓名或体貌特征", talk.seller or "–"),
        ("业务员当时怎么说", talk.seller_said or "–"),
        ("有无保险公司业务员在场", _THERE[talk.seller_present]),
        ("有无其他证人", talk.witnesses or "–"),
        ("有无书面宣传资料或佐证", talk.written or "–"),
        ("客户理解与条款的差异", talk.difference or "–"),
        ("预计回复时间", _iso(talk.expected_on)),
        ("联系方式", talk.contact or row.complainant_phone or "–"),
        ("受理部门、记录人", f"{talk.unit} {talk.recorder}".strip()),
    )


def _note(session: Session, line: Line, who: Who, what: str, number: int, detail: str) -> None:
    audit.note(session, line, who.name, what, f"complaint:{number}", detail)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "–"


def _day(moment: datetime) -> str:
    return moment.astimezone(LOCAL).date().isoformat()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
