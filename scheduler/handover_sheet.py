"""The hand-over list (电话回访交接清单, 002-k) as a branch gets it: what each policy says, and
empty columns for what came of it. Nothing in it is ever evaluated; it reads no file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import phonenumbers
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.rules import Way

LIST, POLICY, RESULT = "清单号", "保单号", "回访结果"
ON, SIGNED, DELAY = "回访日期", "是否本人签名", "延期原因"
COLUMNS = (
    LIST, "机构", POLICY, "投保人", "联系电话", "险种名称", "犹豫期截止日", "回访方式", "原因",
    "要求完成日", RESULT, ON, SIGNED, DELAY,
)  # fmt: skip
#: What may be chosen in the column 回访结果.
RESULTS = ("完成", "未完成", "客户拒访", "联系不上", "已退保")
SIGNATURES = ("是", "否")

_WAYS = {Way.BRANCH_CALL: "机构电话", Way.LETTER: "信函", Way.VISIT: "面访"}
#: Why head office does not ring, in the words of the floor (domain.md 1.10.1, 核实件).
_WHY = {
    "forecast": "预计犹豫期内无法完成电话回访",
    "special-revisit": "特殊回访件",
    "nightly-visit": "需上门回访",
    "cooling-off-over": "犹豫期内未能回访",
    "retries-exhausted": "多次拨打联系不上",
    "attempts-exhausted": "多次拨打联系不上",
    "no-number-left": "没有可拨打的号码",
    "empty-number": "空号",
    "suspended": "停机",
    "wrong-number": "号码不是投保人本人的",
    "refused": "拒绝电话回访",
    "language": "语言沟通不畅",
    "not-holder": "投保人本人无法接听",
    "identity-failed": "身份验证信息不符",
}
_LONGEST_CELL = 32_767  # characters, Excel's limit
_WIDTHS = (8, 12, 22, 10, 16, 24, 12, 10, 24, 12, 12, 12, 14, 24)


@dataclass(frozen=True, slots=True)
class Entry:
    """One policy on a list. ``phones`` are E.164; ``because`` is the hand-over's own word,
    ``ends_on`` the last day of the cooling-off period where it is known. The rest is what a branch
    has written before."""

    policy: str
    holder: str
    phones: tuple[str, ...]
    product: str
    ends_on: date | None
    way: Way
    because: str
    due_on: date | None
    result: str = ""
    revisited_on: date | None = None
    signed: bool | None = None
    delay_reason: str = ""


def as_xlsx(list_id: int, branch: str, entries: Sequence[Entry]) -> bytes:
    """The list as a workbook: one heading that stays in view, every cell text, and choices for the
    results. Numbers are whole: the branch has to ring them."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("交接清单")
        text = book.add_format({"num_format": "@"})
        _write(sheet, 0, COLUMNS, book.add_format({"bold": True}))
        for row, entry in enumerate(entries, start=1):
            _write(sheet, row, _cells(list_id, branch, entry), text)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        _choices(sheet, len(entries))
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def dialled(phone: str) -> str:
    """A number as it is dialled inside the country: 13900000001, 053288880000."""
    number = phonenumbers.parse(phone)
    if number.country_code != 86:
        return phone
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(char for char in national if char.isdigit())


def _cells(list_id: int, branch: str, entry: Entry) -> tuple[str, ...]:
    signed = {True: SIGNATURES[0], False: SIGNATURES[1], None: ""}[entry.signed]
    return (
        str(list_id),
        branch,
        entry.policy,
        entry.holder,
        "、".join(map(dialled, entry.phones)),
        entry.product,
        _day(entry.ends_on),
        _WAYS[entry.way],
        _WHY.get(entry.because, entry.because),
        _day(entry.due_on),
        entry.result,
        _day(entry.revisited_on),
        signed,
        entry.delay_reason,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write(sheet: Worksheet, row: int, cells: Sequence[str], form: Format) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(row, column, cell[:_LONGEST_CELL], form)


def _choices(sheet: Worksheet, rows: int) -> None:
    for name, choices in ((RESULT, RESULTS), (SIGNED, SIGNATURES)):
        column = COLUMNS.index(name)
        sheet.data_validation(
            1, column, max(rows, 1), column, {"validate": "list", "source": list(choices)}
        )
