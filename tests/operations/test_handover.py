"""Hand-overs: proposed, accepted, put on lists, given out as files, and what comes back."""

from datetime import date, timedelta
from typing import Any

import pytest
import python_calamine as calamine
from xlsxwriter import Workbook

from operations import handover, handover_lists, special_revisits
from operations.handover import FORECAST, SPECIAL
from operations.otherwise import OtherwiseTrouble
from operations.plan import explain
from scheduler.intake.sheet import ListFault
from scheduler.reasons import Why
from scheduler.rules import Way
from store import otherwise
from store.tables import Handover, HandoverList, Policy
from tests.operations.handing import ASKED, hand_over, results
from tests.operations.rig import NOW, Rig

#: Three holders, and whose list each is on.
BRANCHES = ("济南", "青岛", "济南")


def three(rig: Rig) -> None:
    """Policies of three people, two of one branch."""
    rig.import_rows(
        *(
            {
                "保单号": f"P{number:04d}",
                "手机": f"1390000{number:04d}",
                "证件类型": "",
                "投保人证件号码": "",
                "投保人出生日期": f"198{number}-01-01",
            }
            for number in (1, 2, 3)
        )
    )
    with rig.line.database.transaction() as session:
        for number, branch in enumerate(BRANCHES, start=1):
            policy = session.get(Policy, number)
            assert policy is not None
            policy.branch = branch


@pytest.fixture
def issued(rig: Rig) -> Rig:
    """Three policies, all on their branches' lists: 1 is 济南's, 2 is 青岛's."""
    three(rig)
    for number in (1, 2, 3):
        hand_over(rig, number)
    handover.issue(rig.line, "柜面")
    return rig


def states(rig: Rig) -> list[str]:
    return [row.state for row in rig.all(Handover)]


def test_from_the_decision_on_head_office_does_not_ring(rig: Rig) -> None:
    rig.import_rows({})
    assert rig.due == ["P0001"]
    first = hand_over(rig)
    assert rig.due == []
    found = explain(rig.line, "P0001")
    assert found is not None
    assert [one.code for one in found[1].reasons] == [Why.HANDED_OVER]
    assert hand_over(rig, way="letter") == first
    assert rig.one(Handover).way == "visit"


def test_a_proposal_stops_no_call_until_somebody_accepts_it(rig: Rig) -> None:
    rig.import_rows({})
    one = hand_over(rig, because=FORECAST)
    assert (states(rig), rig.due) == (["proposed"], ["P0001"])
    assert handover.issue_due(rig.line) == 0
    assert handover.accept(rig.line, [one], "甲") == [one]
    assert (states(rig), rig.due) == (["waiting"], [])
    assert handover.accept(rig.line, [one], "甲") == []


def test_a_declined_proposal_ends_and_another_may_be_made(rig: Rig) -> None:
    rig.import_rows({})
    one = hand_over(rig, because=FORECAST)
    assert handover.decline(rig.line, [one], "甲", "还来得及") == [one]
    assert (states(rig), rig.due) == (["withdrawn"], ["P0001"])
    assert handover.decline(rig.line, [one], "甲", "还来得及") == []
    assert hand_over(rig, because=FORECAST) == 2


def test_all_are_decided_or_none(rig: Rig) -> None:
    three(rig)
    proposed, waiting = hand_over(rig, 1, because=FORECAST), hand_over(rig, 2)
    with pytest.raises(OtherwiseTrouble, match="there is no hand-over 9"):
        handover.accept(rig.line, [proposed, 9], "甲")
    with pytest.raises(OtherwiseTrouble, match=f"hand-over {waiting} is waiting"):
        handover.decline(rig.line, [proposed, waiting], "甲", "不用")
    assert states(rig) == ["proposed", "waiting"]


def test_a_branch_gets_one_list_due_in_five_working_days(issued: Rig) -> None:
    made = [(row.branch, row.due_on) for row in issued.all(HandoverList)]
    due = date(2026, 11, 25)  # from Wednesday the 18th, not counted itself
    assert made == [("济南", due), ("青岛", due)]
    assert [(row.list_id, row.due_on) for row in issued.all(Handover)] == [
        (1, due), (2, due), (1, due),
    ]  # fmt: skip
    assert handover.issue_due(issued.line) == 0


def test_who_was_revisited_meanwhile_is_on_no_list(rig: Rig) -> None:
    rig.import_rows({})
    hand_over(rig)
    with rig.line.database.transaction() as session:
        policy = session.get(Policy, 1)
        assert policy is not None
        policy.revisit, policy.closed_because = "closed", "completed"
    assert handover.issue_due(rig.line) == 0
    assert states(rig) == ["withdrawn"]


def test_head_office_takes_back_only_what_no_branch_has(issued: Rig) -> None:
    with issued.line.database.transaction() as session:
        assert handover.take_back(session, [1, 2, 3], NOW, "number mended") == 0
    assert states(issued) == ["issued"] * 3


def test_taken_back_it_is_rung_again(rig: Rig) -> None:
    rig.import_rows({})
    hand_over(rig)
    assert rig.due == []
    with rig.line.database.transaction() as session:
        assert handover.take_back(session, [1], NOW, "number mended") == 1
    assert rig.due == ["P0001"]


def test_the_file_has_whole_numbers_as_text_and_writes_over_nothing(issued: Rig) -> None:
    path = issued.folder / "list.xlsx"
    assert handover_lists.export_list(issued.line, 1, path) == 2
    book = calamine.CalamineWorkbook.from_path(str(path))
    _, first, second = book.get_sheet_by_index(0).to_python()
    assert first[:11] == [
        "1", "济南", "P0001", "陈安平", "13900000001", "守护一生终身寿险", "2026-11-22", "面访",
        "拒绝电话回访", "2026-11-25", "",
    ]  # fmt: skip
    assert second[2] == "P0003"
    with pytest.raises(OtherwiseTrouble, match="is there already"):
        handover_lists.export_list(issued.line, 1, path)
    with pytest.raises(OtherwiseTrouble, match=r"written as \.xlsx"):
        handover_lists.export_list(issued.line, 1, issued.folder / "list.csv")
    with pytest.raises(OtherwiseTrouble, match="there is no list 9"):
        handover_lists.export_list(issued.line, 9, issued.folder / "other.xlsx")
    with pytest.raises(OtherwiseTrouble, match="cannot be written"):
        handover_lists.export_list(issued.line, 1, issued.folder / "no" / "list.xlsx")


def test_what_a_branch_has_done_closes_the_revisit(issued: Rig) -> None:
    done = results(issued, ("1", "P0001", "完成", "2026-11-18", "是", ""))
    assert (done.read, done.done, done.faults) == (1, 1, ())
    row = issued.one(Handover)
    assert (row.state, row.result, row.revisited_on, row.signed, row.ended_by) == (
        "done", "完成", date(2026, 11, 18), True, "济南",
    )  # fmt: skip
    assert (issued.policy.revisit, issued.policy.closed_because) == ("closed", "branch-revisited")


def test_the_same_file_twice_changes_nothing(issued: Rig) -> None:
    rows = (
        ("1", "P0001", "完成", "2026-11-18", "是", ""),
        ("2", "P0002", "客户拒访", "", "", ""),
        ("1", "P0003", "未完成", "", "", "客户出差"),
    )
    first = results(issued, *rows)
    assert (first.done, first.failed, first.later, first.unchanged) == (1, 1, 1, 0)
    before = issued.everything()
    again = results(issued, *rows)
    assert (again.done, again.failed, again.later, again.unchanged) == (0, 0, 0, 3)
    assert again.faults == ()
    assert issued.everything() == before


def test_a_delay_keeps_its_reason_and_stays_with_the_branch(issued: Rig) -> None:
    assert results(issued, ("1", "P0001", "", "", "", "客户出差")).later == 1
    assert issued.one(Handover).delay_reason == "客户出差"
    assert results(issued, ("1", "P0001", "完成", "2026-11-18", "是", "")).done == 1
    row = issued.one(Handover)
    assert (row.state, row.delay_reason) == ("done", "客户出差")


@pytest.mark.parametrize(
    ("word", "closed_because"),
    [("客户拒访", "refused"), ("已退保", "surrendered"), ("联系不上", None)],
)
def test_a_failure_closes_where_nobody_is_to_ring(
    issued: Rig, word: str, closed_because: str | None
) -> None:
    results(issued, ("1", "P0001", word, "", "", ""))
    assert states(issued)[0] == "failed"
    assert issued.policy.closed_because == closed_because
    assert issued.due == ([] if closed_because else ["P0001"])  # rung again while there is time


def test_a_letter_or_visit_counts_only_when_the_holder_has_signed(issued: Rig) -> None:
    for signed in ("", "否"):
        done = results(issued, ("1", "P0001", "完成", "2026-11-18", signed, ""))
        assert [(one.row, one.column) for one in done.faults] == [(2, "是否本人签名")]
    assert states(issued)[0] == "issued"


def test_a_branchs_call_needs_no_signature(rig: Rig) -> None:
    rig.import_rows({})
    hand_over(rig, way=Way.BRANCH_CALL)
    handover.issue(rig.line, "柜面")
    assert results(rig, ("1", "P0001", "完成", "2026-11-18", "", "")).done == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("9", "P0001", "完成", "2026-11-18", "是", ""), "清单号"),
        (("", "P0009", "完成", "2026-11-18", "是", ""), "保单号"),
        (("1", "P0001", "完成", "2026-11-19", "是", ""), "回访日期"),  # tomorrow
        (("1", "P0001", "完成", "2026-11-01", "是", ""), "回访日期"),  # before it was issued
        (("1", "P0001", "好像完成了", "2026-11-18", "是", ""), "回访结果"),
    ],
)
def test_a_faulty_row_is_told_and_stops_no_other(
    issued: Rig, row: tuple[str, ...], column: str
) -> None:
    done = results(issued, row, ("1", "P0003", "完成", "2026-11-18", "是", ""))
    assert [(one.row, one.column) for one in done.faults] == [(2, column)]
    assert (done.read, done.done) == (2, 1)
    assert states(issued) == ["issued", "issued", "done"]


def test_what_has_ended_is_not_written_over(issued: Rig) -> None:
    results(issued, ("1", "P0001", "联系不上", "", "", ""))
    changed = results(issued, ("1", "P0001", "完成", "2026-11-18", "是", ""))
    assert [(one.row, one.column) for one in changed.faults] == [(2, "回访结果")]
    assert states(issued)[0] == "failed"


def test_a_withdrawn_one_takes_no_result(rig: Rig) -> None:
    rig.import_rows({})
    asked = special_revisits.apply(rig.line, ASKED)
    special_revisits.approve(rig.line, asked, "经理")
    handover.issue(rig.line, "柜面")
    special_revisits.withdraw(rig.line, asked, "经理", "客户改了主意")
    done = results(rig, ("1", "P0001", "完成", "2026-11-18", "是", ""))
    assert "已撤回" in done.faults[0].message


def test_a_special_revisit_is_done_with_its_handover(rig: Rig) -> None:
    rig.import_rows({})
    special_revisits.approve(rig.line, special_revisits.apply(rig.line, ASKED), "经理")
    handover.issue(rig.line, "柜面")
    rig.clock.tick(2 * 86_400 + 6 * 3600)
    assert results(rig, ("1", "P0001", "完成", "2026-11-20", "是", "")).done == 1
    assert [one.state for one in special_revisits.listed(rig.line)] == ["done"]
    assert rig.one(Handover).because == SPECIAL


def test_a_list_with_a_merged_header_is_read(issued: Rig) -> None:
    path = issued.folder / "merged.xlsx"
    with Workbook(str(path)) as book:
        sheet: Any = book.add_worksheet()
        sheet.merge_range("A1:E1", "电话回访交接清单")
        sheet.merge_range("A2:A3", "清单号")
        sheet.merge_range("B2:B3", "保单号")
        sheet.merge_range("C2:E2", "反馈")
        sheet.write_row("C3", ["结果", "日期", "是否本人签名"])
        sheet.write_row("A4", [1, "P0001", "完成"])
        sheet.write_datetime("D4", NOW.replace(tzinfo=None) - timedelta(hours=10),
                             book.add_format({"num_format": "yyyy-mm-dd"}))  # fmt: skip
        sheet.write("E4", "是")
    done = handover_lists.import_results(issued.line, path, "济南")
    assert (done.done, done.faults) == (1, ())


def test_an_own_file_that_nobody_has_filled_in_changes_nothing(issued: Rig) -> None:
    path = issued.folder / "list.xlsx"
    handover_lists.export_list(issued.line, 1, path)
    before = issued.everything()
    done = handover_lists.import_results(issued.line, path, "济南")
    assert (done.read, done.empty, done.faults) == (0, 2, ())
    assert issued.everything() == before


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no workbook"])
def test_a_file_that_is_no_list_is_one_sentence(issued: Rig, content: bytes) -> None:
    path = issued.folder / "other.csv"
    path.write_bytes(content)
    with pytest.raises(ListFault, match=r"other\.csv:"):
        handover_lists.import_results(issued.line, path, "济南")


def test_only_waiting_and_issued_ones_hold_calls(issued: Rig) -> None:
    results(issued, ("1", "P0003", "联系不上", "", "", ""))
    with issued.line.database.reading() as session:
        assert otherwise.open_of(session, [1, 2, 3, 99]) == {1, 2}
