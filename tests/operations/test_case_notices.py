"""Mails about late cases: once a case and step, with numbers and links only, and tried again only
where they surely were not sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from operations import case_work
from operations.case_alarms import escalate
from operations.case_notices import send_due, written
from operations.line import Line, MailTrouble
from store.tables import Case, CaseNotice, CaseWork
from tests.operations.casework import NOT_ME, QI, opened, staff
from tests.operations.rig import NOW, Rig

URL = "https://revisit.example.cn/"


class Box:
    """A mail server's taking end; ``trouble`` is what the next mail meets."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []
        self.trouble: MailTrouble | None = None

    def __call__(self, subject: str, text: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.mails.append((subject, text))


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def late(rig: Rig, box: Box) -> Line:
    """A line with a case that is due in an hour."""
    staff(rig)
    opened(rig, NOT_ME)
    with rig.line.database.transaction() as session:
        session.get_one(Case, 1).due_at = rig.clock() + timedelta(hours=1)
    return replace(rig.line, mail=box, console_url=URL)


def test_each_step_is_told_once_and_nothing_of_the_policy(late: Line, rig: Rig, box: Box) -> None:
    assert send_due(late) == 0  # the night has marked nothing yet
    escalate(late)
    assert [send_due(late), send_due(late)] == [1, 0]
    rig.clock.tick(2 * 3600)
    escalate(late)
    assert [send_due(late), send_due(late)] == [1, 0]
    (first, near), (second, over) = box.mails
    assert (first, second) == ("问题件催办：1 件即将到期", "问题件催办：1 件逾期")
    assert "问题件 1  https://revisit.example.cn/cases/1" in near
    assert "已超过处理期限" in over
    for told in (near, over):
        for word in ("P0001", "陈安平", "13900000001", "苗青", "守护一生", "儿子"):
            assert word not in told
    kept = [(one.case_id, one.step, one.sent_at is not None) for one in rig.all(CaseNotice)]
    assert kept == [(1, "warning", True), (1, "overdue", True)]


def test_without_a_mail_server_nothing_is_claimed(late: Line, rig: Rig) -> None:
    escalate(late)
    assert send_due(replace(late, mail=None)) == 0
    assert rig.all(CaseNotice) == []


def test_what_was_surely_not_sent_is_tried_again(late: Line, rig: Rig, box: Box) -> None:
    escalate(late)
    box.trouble = MailTrouble("the server refused it: 550")
    assert send_due(late) == 0
    assert rig.all(CaseNotice) == []
    box.trouble = None
    assert send_due(late) == 1


def test_what_may_have_been_sent_is_not(late: Line, rig: Rig, box: Box) -> None:
    escalate(late)
    box.trouble = MailTrouble("it broke off")
    box.trouble.perhaps_sent = True
    assert send_due(late) == 0
    box.trouble = None
    assert send_due(late) == 0
    assert (rig.one(CaseNotice).sent_at, box.mails) == (None, [])


def test_a_closed_case_and_one_claimed_elsewhere_are_left_out(
    late: Line, rig: Rig, box: Box
) -> None:
    escalate(late)
    with rig.line.database.transaction() as session:
        session.add(CaseNotice(case_id=1, step="warning", claimed_at=NOW))
    assert send_due(late) == 0
    with rig.line.database.transaction() as session:
        session.get_one(CaseWork, 1).alarm = "overdue"
        session.get_one(Case, 1).state = "closed"
    assert send_due(late) == 0
    assert box.mails == []


def test_a_case_opened_again_is_told_again(late: Line, rig: Rig, box: Box) -> None:
    escalate(late)
    assert send_due(late) == 1
    with rig.line.database.transaction() as session:
        session.get_one(Case, 1).state = "closed"
    case_work.reopen(rig.line, QI, 1, None, "材料不是本人签的")
    escalate(late)
    assert [send_due(late), send_due(late)] == [1, 0]


def test_several_in_one_mail_the_late_in_front() -> None:
    mail = written([(3, "warning"), (9, "overdue"), (2, "overdue")], None)
    assert mail.subject == "问题件催办：2 件逾期，1 件即将到期"
    lines = [one for one in mail.text.splitlines() if one.startswith("问题件")]
    assert lines == ["问题件 2", "问题件 9", "问题件 3"]
