"""A clean fabricated policy row, and lists built from it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scheduler.intake.cells.identity import check_digit
from scheduler.intake.records import ListResult, Stored
from scheduler.intake.screening import screen_list
from scheduler.intake.sheet import Row, Sheet

TODAY = date(2026, 11, 21)


def identity_number(first17: str) -> str:
    return first17 + check_digit(first17)


CLEAN = {
    "保单号": "P000000000001",
    "险种名称": "安康两全保险（分红型）",
    "产品类型": "分红",
    "渠道": "个险",
    "承保日期": "2026-11-10",
    "生效日期": "2026-11-11",
    "回执签收日期": "2026-11-12",
    "回执回销日期": "2026-11-13",
    "犹豫期天数": "15",
    "投保人姓名": "王小明",
    "投保人性别": "男",
    "证件类型": "身份证",
    "投保人证件号码": identity_number("37020219800101001"),
    "投保人出生日期": "1980-01-01",
    "手机": "13900000001",
    "联系电话": "",
    "办公电话": "",
    "被保险人姓名": "王小明",
    "与投保人关系": "本人",
    "保额": "100000",
    "保费": "12000",
    "交费方式": "年交",
    "交费期间": "10年",
    "保险期间": "20年",
    "业务员姓名": "赵业务",
    "业务员电话": "13900009999",
    "双录": "否",
    "备注": "",
}


@pytest.fixture
def clean_row() -> dict[str, str]:
    """One row that is accepted as it stands."""
    return dict(CLEAN)


def build_sheet(*changes: dict[str, str]) -> Sheet:
    """sheet_of({"保费": "1"}, …): a list of clean rows with these cells changed, numbered from 2.

    Each row has a policy number and a phone of its own unless told otherwise.
    """
    columns = tuple(dict.fromkeys([*CLEAN, *(name for row in changes for name in row)]))
    rows = []
    for index, change in enumerate(changes):
        own = {"保单号": f"P{index + 1:012d}", "手机": f"1390000{index + 1:04d}"}
        cells = {**CLEAN, **own, **change}
        rows.append(Row(index + 2, tuple(cells.get(name, "") for name in columns)))
    return Sheet(Path("list.csv"), columns, tuple(rows))


@pytest.fixture(scope="session")
def sheet_of() -> Callable[..., Sheet]:
    """See :func:`build_sheet`."""
    return build_sheet


@pytest.fixture
def screen(sheet_of: Callable[..., Sheet]) -> Callable[..., ListResult]:
    """screen({…}, …): such a list, screened on 2026-11-21."""

    def run(*changes: dict[str, str], stored: Stored | None = None) -> ListResult:
        return screen_list(sheet_of(*changes), TODAY, stored)

    return run
