"""A complaint from the first word to the archive, and what may come in between: who may do what,
clocks that stop and start anew, and forms from old pages."""

from datetime import date, timedelta

import pytest

from cases.complaint_clocks import Stopping
from operations import complaint_answer as answers
from operations import complaint_work as work
from operations.complaint_answer import Cause
from operations.complaint_change import Form, Notice
from operations.complaint_record import ComplaintTrouble
from operations.complaint_work import Identity, Judged, Transfer
from store.audit import about
from store.columns import LOCAL
from store.tables import (
    ComplaintApproval,
    ComplaintEvent,
    ComplaintNotice,
    ComplaintReview,
    ComplaintStop,
    ComplaintTransfer,
)
from tests.operations import both
from tests.operations import complaining as c
from tests.operations.complaining import COMPLEX, GAO, HAN, LIN, SIMPLE, TOLD, row, taken, walked
from tests.operations.rig import Rig

rig = both.rig


@pytest.fixture(autouse=True)
def _people(rig: Rig) -> None:
    c.ready(rig)


def days(rig: Rig, count: int) -> None:
    """So many days later, at the same hour."""
    rig.clock.now += timedelta(days=count)


def due(rig: Rig) -> date | None:
    """The last day of the law's clock."""
    at = row(rig).law_due_at
    return at.astimezone(LOCAL).date() if at else None


def test_from_the_first_word_to_the_archive(rig: Rig) -> None:
    taken(rig)
    found = walked(rig, "closed")
    assert (found.result, found.satisfied, found.root_cause) == ("upheld", True, "sale")
    assert found.next_due_at is None
    events = rig.all(ComplaintEvent)
    assert [one.what for one in events] == [
        "take-in", "triage", "identify", "register", "acknowledge", "assign", "investigate",
        "propose", "implement", "answer", "follow-up", "cause", "close",
    ]  # fmt: skip
    assert [one.from_state for one in events[1:]] == [one.to_state for one in events[:-1]]
    assert all(one.by and one.at for one in events)
    kinds = [one.kind for one in rig.all(ComplaintNotice)]
    assert kinds == ["acknowledgement", "decision"]
    with rig.line.database.reading() as session:
        noted = {one.what for one in about(session, ["complaint:1"])}
    assert noted == {f"complaint-{one.what}" for one in events}


def test_what_is_complex_waits_for_a_superior_who_did_not_write_it(rig: Rig) -> None:
    taken(rig)
    walked(rig, "proposed", COMPLEX)
    with pytest.raises(ComplaintTrouble, match="a superior must approve it first"):
        answers.implement(rig.line, HAN, 1, None, "已退费")
    with pytest.raises(ComplaintTrouble, match="none of your roles"):
        answers.decide(rig.line, HAN, 1, None, granted=True, because="")
    answers.decide(rig.line, LIN, 1, None, granted=False, because="证据不足")
    assert row(rig).state == "investigating"
    answers.propose(rig.line, GAO, 1, None, c.PROPOSAL)
    with pytest.raises(ComplaintTrouble, match="had part in it yourself"):
        answers.decide(rig.line, GAO, 1, None, granted=True, because="")
    answers.decide(rig.line, LIN, 1, None, granted=True, because="")
    approvals = [(one.granted, one.decided_by) for one in rig.all(ComplaintApproval)]
    assert approvals == [(False, "林合规"), (True, "林合规")]


def test_article_17_neither_the_seller_nor_their_line_gets_it(rig: Rig) -> None:
    taken(rig)
    walked(rig, "registered")
    work.acknowledge(rig.line, HAN, 1, None, TOLD, date(2026, 12, 3))
    given = Transfer("青岛客服部", "苗青", "查清", date(2026, 12, 1))
    with pytest.raises(ComplaintTrouble, match="never handled by the seller"):
        work.assign(rig.line, GAO, 1, None, given)
    with pytest.raises(ComplaintTrouble, match="nobody called 冯经办"):  # of another branch
        work.assign(rig.line, GAO, 1, None, Transfer("济南", "冯经办", "查清", date(2026, 12, 1)))
    with pytest.raises(ComplaintTrouble, match="a supervisor passes it on"):
        work.assign(rig.line, HAN, 1, None, Transfer("客服部", "高主管", "查", date(2026, 12, 1)))
    assert rig.all(ComplaintTransfer) == []


def test_a_form_from_an_old_page_changes_nothing_and_twice_is_once(rig: Rig) -> None:
    taken(rig)
    seen = row(rig).version
    work.triage(rig.line, HAN, 1, seen, SIMPLE)
    work.triage(rig.line, HAN, 1, seen, SIMPLE)  # the button was pressed twice
    assert c.deeds(rig) == ["take-in", "triage"]
    with pytest.raises(ComplaintTrouble, match="meanwhile"):
        work.triage(rig.line, HAN, 1, seen, COMPLEX)
    assert row(rig).complexity == "simple"


def test_a_branch_sees_its_own_complaints_only(rig: Rig) -> None:
    taken(rig)
    with pytest.raises(ComplaintTrouble, match="there is no complaint 1"):
        work.triage(rig.line, c.ELSEWHERE, 1, None, SIMPLE)


def test_article_18_more_days_count_once_they_are_approved_and_told(rig: Rig) -> None:
    taken(rig)
    walked(rig, "investigating", COMPLEX)
    assert due(rig) == date(2026, 12, 18)
    work.ask_extension(rig.line, HAN, 1, None, "需调取三年前的双录")
    with pytest.raises(ComplaintTrouble, match="asked for, approved and told"):
        work.tell_extension(rig.line, HAN, 1, None, TOLD)
    work.decide_extension(rig.line, LIN, 1, None, granted=True, because="情况属实")
    assert due(rig) == date(2026, 12, 18)  # approved, but not told
    work.tell_extension(rig.line, HAN, 1, None, Notice(Form.MAIL, "延期三十日", "EMS 7"))
    assert due(rig) == date(2027, 1, 17)
    with pytest.raises(ComplaintTrouble, match="given once"):
        work.ask_extension(rig.line, HAN, 1, None, "再延")


def test_articles_18_and_23_what_stops_the_clock_is_told_and_not_counted(rig: Rig) -> None:
    taken(rig)
    walked(rig, "investigating")
    days(rig, 2)
    work.stop(rig.line, HAN, 1, None, Stopping.APPRAISAL, TOLD)
    assert due(rig) is None
    with pytest.raises(ComplaintTrouble, match="stopped for this reason already"):
        work.stop(rig.line, HAN, 1, None, Stopping.APPRAISAL, TOLD)
    days(rig, 3)
    work.stop(rig.line, HAN, 1, None, Stopping.MEDIATION, TOLD)
    days(rig, 4)
    work.resume(rig.line, HAN, 1, None, "鉴定为本人签名，调解未成")
    assert due(rig) == date(2026, 12, 10)  # seven days later than the third
    assert [one.notice_id for one in rig.all(ComplaintStop)] == [2, 3]


def test_article_18_new_facts_start_the_clock_anew_and_send_it_back(rig: Rig) -> None:
    taken(rig)
    walked(rig, "implemented")
    days(rig, 5)
    work.new_facts(rig.line, HAN, 1, None, "客户找到了业务员手写的承诺，要找记者")
    found = row(rig)
    assert (found.state, due(rig)) == ("investigating", date(2026, 12, 8))
    assert found.signals == ["media"]


def test_article_15_a_withdrawal_ends_it_the_same_day(rig: Rig) -> None:
    taken(rig)
    walked(rig, "investigating")
    work.withdraw(rig.line, HAN, 1, None, date(2026, 11, 18), "客户来电撤诉")
    found = row(rig)
    assert (found.state, found.result, found.next_due_at) == ("withdrawn", "withdrawn", None)
    assert found.closed_at == rig.clock()
    assert rig.all(ComplaintEvent)[-1].detail["same_day"] is True
    with pytest.raises(ComplaintTrouble, match="has ended"):
        answers.propose(rig.line, HAN, 1, None, c.PROPOSAL)


def test_article_18_what_is_not_the_complainants_is_refused_and_said_so(rig: Rig) -> None:
    taken(rig, proxy_name="退保顾问", matter="代理退保，否则找记者")
    assert row(rig).signals == ["media", "agent-led"]
    work.triage(rig.line, HAN, 1, None, SIMPLE)
    with pytest.raises(ComplaintTrouble, match="authorisation and identity document"):
        work.identify(rig.line, HAN, 1, None, Identity("看了证件"))
    work.refuse(rig.line, HAN, 1, None, Notice(Form.PHONE, "请由本人或受托人提出"))
    assert row(rig).state == "refused"
    assert [(one.kind, one.form) for one in rig.all(ComplaintNotice)] == [("refusal", "phone")]


def test_article_18_the_same_complaint_again_may_be_merged(rig: Rig) -> None:
    taken(rig)
    second = taken(rig, key="form:2", channel=c.Channel.LETTER)
    with rig.line.database.reading() as session:
        kinds = [one.kind for one in work.store.links_of(session, second)]
    assert kinds == ["policy"]
    with pytest.raises(ComplaintTrouble, match="into itself"):
        work.merge(rig.line, HAN, second, None, second, "同一件")
    work.merge(rig.line, HAN, second, None, 1, "同一件")
    assert (row(rig, 2).state, row(rig, 2).merged_into_id) == ("merged", 1)
    work.split(rig.line, HAN, second, None, "其实是另一件")
    assert (row(rig, 2).state, row(rig, 2).closed_at) == ("received", None)


def test_article_19_the_decision_tells_facts_basis_and_reasons(rig: Rig) -> None:
    taken(rig)
    walked(rig, "investigating")
    for lack, said in (("facts", "the facts"), ("basis", "the basis"), ("reasons", "the reasons")):
        with pytest.raises(ComplaintTrouble.__mro__[1], match=f"{said} is missing"):
            answers.propose(rig.line, HAN, 1, None, c.replace(c.PROPOSAL, **{lack: " "}))


def test_article_20_a_review_is_asked_within_thirty_days_and_answered_by_others(rig: Rig) -> None:
    taken(rig)
    closed_at = walked(rig, "closed").closed_at
    days(rig, 30)
    put_right = Cause("sale", "口头承诺", "重新培训", corrected=True)
    answers.find_cause(rig.line, HAN, 1, None, put_right)
    answers.ask_review(rig.line, HAN, 1, None, rig.clock(), "不服，要求核查")
    assert (row(rig).closed_at, row(rig).corrected_at) == (closed_at, rig.clock())
    review = rig.one(ComplaintReview)
    assert review.due_at.astimezone(LOCAL).date() == date(2027, 1, 17)
    assert row(rig).next_due_at == review.due_at
    answers.answer_review(rig.line, LIN, 1, None, TOLD, changed=True)
    found = row(rig)
    assert (found.state, found.round, found.answered_at) == ("reopened", 2, None)
    assert due(rig) == date(2027, 1, 2)  # the law counts from the new round on


def test_a_correction_that_is_done_stays_done_until_it_is_another(rig: Rig) -> None:
    taken(rig)
    walked(rig, "closed")
    answers.find_cause(
        rig.line, HAN, 1, None, Cause("sale", "口头承诺", "重新培训", corrected=True)
    )
    done = row(rig).corrected_at
    days(rig, 1)
    answers.find_cause(rig.line, HAN, 1, None, Cause("staff", "培训不足", "重新培训"))
    assert row(rig).corrected_at == done is not None
    answers.find_cause(rig.line, HAN, 1, None, Cause("staff", "培训不足", "换人"))
    assert row(rig).corrected_at is None


def test_article_20_later_than_thirty_days_it_is_too_late(rig: Rig) -> None:
    taken(rig)
    walked(rig, "closed")
    days(rig, 31)
    with pytest.raises(ComplaintTrouble, match="have passed"):
        answers.ask_review(rig.line, HAN, 1, None, rig.clock(), "不服")


def test_article_21_an_answer_counts_on_the_day_it_was_sent(rig: Rig) -> None:
    taken(rig)
    walked(rig, "implemented")
    sent = rig.clock()
    days(rig, 20)
    answers.answer(rig.line, HAN, 1, None, Notice(Form.MAIL, "处理决定", "EMS 1", sent))
    assert row(rig).answered_at == sent
    with pytest.raises(ComplaintTrouble, match="in the future"):
        answers.answer_review(
            rig.line, LIN, _reviewed(rig), None,
            Notice(Form.SMS, "维持", sent_at=rig.clock() + timedelta(hours=1)), changed=False,
        )  # fmt: skip


def _reviewed(rig: Rig) -> int:
    answers.ask_review(rig.line, HAN, 1, None, rig.clock(), "不服")
    return 1


def test_article_29_twenty_people_together_are_a_major_complaint(rig: Rig) -> None:
    taken(rig, people=20)
    assert row(rig).major
    work.triage(rig.line, HAN, 1, None, SIMPLE)  # cannot be talked down
    assert row(rig).major


def test_whoever_is_not_content_goes_round_again_until_they_are(rig: Rig) -> None:
    taken(rig)
    walked(rig, "answered")
    days(rig, 3)
    answers.follow_up(rig.line, HAN, 1, None, False, "没有退足")
    assert (row(rig).state, row(rig).result) == ("reopened", None)
    given = Transfer("青岛客服部", HAN.name, "补退", date(2026, 12, 1))
    work.assign(rig.line, HAN, 1, None, given)
    found = walked(rig, "closed")
    assert (found.round, found.satisfied) == (2, True)


def test_another_limit_is_warned_of_anew(rig: Rig) -> None:
    taken(rig)
    with rig.line.database.transaction() as session:
        session.get_one(c.Complaint, 1).alarm = "warning"
    work.triage(rig.line, HAN, 1, None, Judged("claim", c.Complexity.SIMPLE, False))
    assert row(rig).alarm == "warning"
    answers.talk(rig.line, HAN, 1, None, c.form(rig))  # the promise is kept: the law is next
    assert row(rig).alarm is None
