"""``huifang cases export|import``: a branch's list out and in again without the console."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.huifang.conftest import Terminal
from tests.operations.casework import HAN, NOT_ME, opened, staff
from tests.operations.rig import Rig

WRITTEN = {
    "联系日期": "2026-11-18", "通话分钟": "6", "是否本人接听": "是", "是否再次解释": "是",
    "沟通内容": "已再次解释", "处理意见": "建议补签",
}  # fmt: skip


@pytest.fixture
def home(terminal: Terminal) -> Terminal:
    """The terminal, with one open case in its home."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    staff(rig)
    opened(rig, NOT_ME)
    rig.close()
    return terminal


def fill(path: Path, **more: str) -> None:
    """Write into the first row of a list."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=5) for cell in row}
    first = next(row[0].row for row in sheet.iter_rows() if str(row[0].value) == "1")
    for name, value in (WRITTEN | more).items():
        sheet.cell(first, heads[name]).value = value
    book.save(path)


def test_a_list_goes_out_and_comes_in_again_once(home: Terminal) -> None:
    told = home.run("cases", "export", "--out", "list.xlsx", "--by", "高主管", "--json").json
    assert told == {"file": "list.xlsx", "cases": 1}
    path = home.folder / "list.xlsx"
    fill(path)
    ask = ("cases", "import", "list.xlsx", "--account", HAN.name)
    done = home.run(*ask, "--json").json
    assert (done["talks"], done["opinions"], done["faults"]) == (1, 1, [])
    assert home.run(*ask, "--json").json["unchanged"] == 1
    case = home.run("cases", "show", "1", "--json").json["case"]
    assert case["assignee"] == HAN.name
    who = [one["who"] for one in home.run("audit", "list", "--json").json]
    assert "高主管" in who


def test_what_is_wrong_is_one_sentence(home: Terminal) -> None:
    assert "there is no case 77, 78;" in home.run("cases", "export", "1", "78", "77").complaint
    assert home.run("cases", "export", "9" * 20).code == 2
    told = home.run("cases", "export", "--branch", "济南").complaint
    assert "there is no open case of the branch 济南; see `huifang cases list`" in told
    home.run("cases", "export")
    assert "is there already" in home.run("cases", "export").complaint
    assert ".xlsx" in home.run("cases", "export", "--out", "list.pdf").complaint
    for login in ("齐质检", "nobody"):
        said = home.run("cases", "import", "cases.xlsx", "--account", login).complaint
        assert f"no account {login} works on cases" in said
    fill(home.folder / "cases.xlsx", 联系日期="昨天")
    failed = home.run("cases", "import", "cases.xlsx", "--account", HAN.name)
    assert failed.code == 1
    assert "联系日期" in failed.out
