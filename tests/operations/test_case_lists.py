"""A branch's list of cases: out with whole numbers, in with what was done, twice if need be."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from operations.case_lists import export_list, import_results
from operations.case_record import CaseTrouble
from scheduler.case_sheet import COLUMNS
from scheduler.intake.sheet import ListFault
from store.tables import AuditEntry, CaseEvent
from tests.operations.casework import (
    ELSEWHERE,
    GAO,
    HAN,
    NOT_ME,
    SELLER,
    UNSURE,
    deeds,
    opened,
    staff,
    work,
)
from tests.operations.rig import Rig

DONE = {
    "联系日期": "2026-11-18", "通话分钟": "6", "是否本人接听": "是", "是否再次解释": "是",
    "沟通内容": "已再次解释", "处理意见": "建议二次回访",
}  # fmt: skip


@pytest.fixture
def unsure(rig: Rig) -> Rig:
    staff(rig)
    opened(rig, UNSURE)
    return rig


def returned(rig: Rig, *rows: dict[str, str]) -> Path:
    """A list as a branch sends it back."""
    book = Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row.get(name, "") for name in COLUMNS])
    path = rig.folder / "问题件清单.xlsx"
    book.save(path)
    return path


def test_a_list_has_whole_numbers_and_is_noted(unsure: Rig) -> None:
    sheet = load_workbook(BytesIO(export_list(unsure.line, HAN, [1, 1, 99]))).active
    (row,) = list(sheet.values)[1:]
    told = dict(zip(COLUMNS, row, strict=True))
    assert (told["件号"], told["联系电话"], told["客户原话"]) == ("1", "13900000001", "记不清了")
    with unsure.line.database.reading() as session:
        noted = session.execute(select(AuditEntry.who, AuditEntry.what, AuditEntry.about)).all()
    assert noted == [("韩经办", "exported", "cases:1")]


def test_cases_of_another_branch_are_not_in_it(unsure: Rig) -> None:
    with pytest.raises(CaseTrouble, match="no case is chosen"):
        export_list(unsure.line, ELSEWHERE, [1])


def test_what_the_branch_did_is_kept_once(unsure: Rig) -> None:
    path = returned(unsure, {"件号": "1", "保单号": "P0001", **DONE})
    kept = import_results(unsure.line, HAN, path)
    assert (kept.read, kept.talks, kept.opinions, kept.faults) == (1, 1, 1, ())
    assert deeds(unsure) == [
        ("韩经办", "assign"), ("韩经办", "contact"), ("韩经办", "conclude"),
    ]  # fmt: skip
    assert (work(unsure).assignee, work(unsure).stage) == ("韩经办", "evidence")
    before = unsure.everything()
    again = import_results(unsure.line, HAN, path)
    assert (again.talks, again.opinions, again.unchanged) == (0, 0, 1)
    assert unsure.everything() == before


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"件号": "99", **DONE}, "there is no case 99"),
        ({"件号": "1", "保单号": "P0009", **DONE}, "not about policy P0009"),
        ({"件号": "1", **DONE, "联系日期": "2026-11-01"}, "before the case was opened"),
        ({"件号": "1", **DONE, "联系日期": "2026-12-01"}, "future"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_stops_no_other(
    unsure: Rig, row: dict[str, str], says: str
) -> None:
    kept = import_results(unsure.line, HAN, returned(unsure, row, {"件号": "1", **DONE}))
    assert [fault.row for fault in kept.faults] == [2]
    assert says in kept.faults[0].message
    assert kept.talks == 1


def test_a_list_is_no_way_round_who_may_handle_a_case(rig: Rig) -> None:
    staff(rig)
    opened(rig, NOT_ME)
    path = returned(rig, {"件号": "1", **DONE})
    assert "nobody who sells" in import_results(rig.line, SELLER, path).faults[0].message
    assert "there is no case 1" in import_results(rig.line, ELSEWHERE, path).faults[0].message
    assert rig.all(CaseEvent) == []
    import_results(rig.line, HAN, path)
    later = returned(rig, {"件号": "1", **DONE, "处理意见": "主管另有意见"})
    assert import_results(rig.line, GAO, later).opinions == 1


def test_another_sheet_is_refused_as_a_whole(unsure: Rig) -> None:
    book = Workbook()
    book.active.append(["保单号", "投保人"])
    book.save(unsure.folder / "别的.xlsx")
    with pytest.raises(ListFault, match="找不到件号"):
        import_results(unsure.line, HAN, unsure.folder / "别的.xlsx")
