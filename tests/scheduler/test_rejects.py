"""The rejected rows go back in the list's own columns, and read again as they were."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.intake.cells.text import shown
from scheduler.intake.files import read_list
from scheduler.intake.records import Status
from scheduler.intake.rejects import REASON, write_rejects
from scheduler.intake.screening import screen_list
from scheduler.intake.sheet import ListFault, Sheet

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_sample_rejects_come_back_row_by_row(tmp_path: Path, ending: str) -> None:
    sheet = read_list(DATA / "policies-200.xlsx")
    result = screen_list(sheet, TODAY)
    path = tmp_path / f"rejects.{ending}"

    assert write_rejects(path, result) == result.counts[Status.REJECT] == 20
    again = read_list(path)
    assert again.columns == (*sheet.columns, REASON)
    rejected = {row.row for row in result.rows if row.status is Status.REJECT}
    before = [row.cells for row in sheet.rows if row.number in rejected]
    assert [[shown(c) for c in row.cells[:-1]] for row in again.rows] == [
        [shown(c) for c in cells] for cells in before
    ]
    assert all(row.cells[-1] for row in again.rows)


def test_mended_rejects_are_accepted_and_the_reason_column_is_not_doubled(
    tmp_path: Path, sheet_of: Callable[..., Sheet]
) -> None:
    first = tmp_path / "first.csv"
    write_rejects(first, screen_list(sheet_of({"保费": "-1"}, {}), TODAY))
    broken = read_list(first)
    second = tmp_path / "second.csv"
    write_rejects(second, screen_list(broken, TODAY))

    assert read_list(second).columns == broken.columns
    text = first.read_text(encoding="utf-8-sig").replace("'-1", "1")
    first.write_text(text, encoding="utf-8-sig")
    assert screen_list(read_list(first), TODAY).rows[0].status is Status.ACCEPT


def test_csv_opens_in_excel_and_runs_nothing(
    tmp_path: Path, sheet_of: Callable[..., Sheet]
) -> None:
    path = tmp_path / "rejects.csv"
    bad = {"保费": "0", "备注": '=HYPERLINK("http://x","点我")', "被保险人姓名": "@SUM(1)"}
    write_rejects(path, screen_list(sheet_of(bad), TODAY))

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]


def test_xlsx_holds_formulas_as_text(tmp_path: Path, sheet_of: Callable[..., Sheet]) -> None:
    path = tmp_path / "rejects.xlsx"
    write_rejects(path, screen_list(sheet_of({"保费": "0", "备注": "=1+1"}), TODAY))

    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert "=1+1" in rows[1]


def test_other_endings_and_unwritable_places_are_refused(
    tmp_path: Path, sheet_of: Callable[..., Sheet]
) -> None:
    result = screen_list(sheet_of({"保费": "0"}), TODAY)
    for path in (
        tmp_path / "rejects.pdf",
        tmp_path / "none" / "a.csv",
        tmp_path / "none" / "a.xlsx",
    ):
        with pytest.raises(ListFault) as fault:
            write_rejects(path, result)
        assert path.name in str(fault.value)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_any_rejected_cell_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    sheet_of: Callable[..., Sheet],
    rows: list[tuple[str, str]],
    ending: str,
) -> None:
    sheet = sheet_of(*({"保费": "0", "备注": note, "险种名称": name} for note, name in rows))
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    write_rejects(path, screen_list(sheet, TODAY))

    note, name = sheet.columns.index("备注"), sheet.columns.index("险种名称")
    again = [(shown(row.cells[note]), shown(row.cells[name])) for row in read_list(path).rows]
    assert again == [(shown(a), shown(b)) for a, b in rows]
