"""People who work on complaints, and complaints brought to the stage that a test is about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.complaint_clocks import Complexity
from operations import complaint_answer as answers
from operations import complaint_intake as intake
from operations import complaint_work as work
from operations.complaint_answer import Cause, Proposal
from operations.complaint_change import Form, Notice
from operations.complaint_intake import Channel, Intake
from operations.complaint_work import Identity, Judged, Transfer
from operations.rights import Role, Who
from store.columns import LOCAL
from store.tables import Complaint, ComplaintEvent, ComplaintTalk
from tests.operations.casework import ELSEWHERE, GAO, HAN, SELLER, moved, staff
from tests.operations.rig import NOW, Rig

#: Compliance of head office: approves, and answers reviews.
LIN = Who(9, "林合规", frozenset({Role.COMPLIANCE}))
BRANCH = "青岛分公司"
TOLD = Notice(Form.SMS, "您的投诉已受理", "短信回执 8812")
PROPOSAL = Proposal(
    facts="录音显示业务员称可随时全额退保", basis="保险条款第二十三条", reasons="告知不实",
    options=["全额退保", "保单贷款"], chosen="全额退保", customer="同意", result="upheld",
)  # fmt: skip

__all__ = ["BRANCH", "ELSEWHERE", "GAO", "HAN", "LIN", "PROPOSAL", "SELLER", "TOLD"]


def ready(rig: Rig) -> None:
    """Accounts, and a policy of the branch."""
    staff(rig)
    rig.import_rows()
    moved(rig, BRANCH)


def brought(rig: Rig, **given: Any) -> Intake:
    """A complaint as the hotline takes it."""
    usual = Intake(
        key="form:1", channel=Channel.HOTLINE, received_at=rig.clock(), name="陈安平",
        matter="业务员说随时能全额退", demand="要求全额退保", phone="13900000001",
        policy_number="P0001",
    )  # fmt: skip
    return replace(usual, **given)


def taken(rig: Rig, **given: Any) -> int:
    """A complaint in the register."""
    return intake.take_in(rig.line, HAN, brought(rig, **given))


def row(rig: Rig, number: int = 1) -> Complaint:
    """The complaint as it stands."""
    with rig.line.database.reading() as session:
        return session.get_one(Complaint, number)


def deeds(rig: Rig) -> list[str]:
    """What was done, in order."""
    return [one.what for one in rig.all(ComplaintEvent)]


def steps(rig: Rig, judged: Judged, number: int = 1) -> list[Callable[[], None]]:
    """The way from received to closed, one step each; nobody approves but LIN."""
    line, today = rig.line, rig.clock().astimezone(LOCAL).date()
    simple = judged.complexity is Complexity.SIMPLE and not judged.major
    approve = lambda: answers.decide(line, LIN, number, None, granted=True, because="")  # noqa: E731
    given = Transfer("青岛客服部", HAN.name, "查清并答复", today + timedelta(days=10))
    return [
        lambda: work.triage(line, HAN, number, None, judged),
        lambda: work.identify(line, HAN, number, None, Identity("核对证件号码后四位与生日")),
        lambda: work.register(line, HAN, number, None),
        lambda: work.acknowledge(line, HAN, number, None, TOLD, today + timedelta(days=15)),
        lambda: work.assign(line, HAN, number, None, given),
        lambda: answers.investigate(line, HAN, number, None, "听了录音，问了业务员"),
        lambda: answers.propose(line, HAN, number, None, PROPOSAL),
        *([] if simple else [approve]),
        lambda: answers.implement(line, HAN, number, None, "已退费"),
        lambda: answers.answer(line, HAN, number, None, Notice(Form.MAIL, "处理决定", "EMS 1")),
        lambda: answers.follow_up(line, HAN, number, None, True, "满意"),
        lambda: answers.find_cause(line, HAN, number, None, Cause("sale", "销售时口头承诺")),
        lambda: answers.close(line, HAN, number, None),
    ]


SIMPLE = Judged("surrender", Complexity.SIMPLE, False)
COMPLEX = Judged("misselling", Complexity.COMPLEX, False)


def walked(rig: Rig, until: str, judged: Judged = SIMPLE, number: int = 1) -> Complaint:
    """A complaint that has come to this state."""
    again = row(rig, number).round > 1  # what was done once is not done again
    for step in steps(rig, judged, number)[5 if again else 0 :]:
        if row(rig, number).state == until:
            break
        step()
    found = row(rig, number)
    assert found.state == until
    return found


def form(rig: Rig, **given: Any) -> ComplaintTalk:
    """A talk as the form of 1.14.7 takes it down."""
    words = dict.fromkeys(
        ("relation", "holder", "product", "premium", "sum_insured", "policy_number", "demand",
         "seller", "seller_said", "witnesses", "written", "difference", "contact", "unit"), "",
    )  # fmt: skip
    usual = {
        **words, "at": rig.clock(), "visitor": "陈安平", "course": "业务员说是存款",
        "signed": True, "signed_in_person": True, "was_called": None, "seller_present": False,
        "expected_on": None,
    }  # fmt: skip
    return ComplaintTalk(**{**usual, **given})


_STATES = ("received", "assigned", "investigating", "answered", "closed", "closed", "withdrawn")


def some(number: int) -> dict[str, Any]:
    """One of many complaints."""
    state = _STATES[number % len(_STATES)]
    ended = state in ("closed", "withdrawn")
    at = NOW - timedelta(hours=number % 2000)
    return {
        "key": f"form:{number}", "channel": ("hotline", "visit", "letter")[number % 3],
        "received_at": at, "taken_at": at, "taken_by": "韩经办", "branch": f"分公司{number % 30}",
        "matter": f"第{number}件，理赔太慢" if number % 2 else f"第{number}件，退保", "demand": "",
        "kind": ("claim", "surrender", None)[number % 3], "complexity": "simple", "major": False,
        "people": 1, "signals": ["media"] if number % 5 == 0 else [], "policy_id": 1,
        "complainant_name": f"客户{number}", "relation": "holder", "state": state, "version": 1,
        "round": 1, "round_since": 1, "clock_from": at, "extended": False,
        "next_due_at": None if ended else at + timedelta(days=15),
        "handler": "韩经办" if number % 2 else None,
    }  # fmt: skip
