"""Problem cases as a list for a branch (问题件处理清单), and the same list with what the branch
has written into it. Nothing in it is ever evaluated. Pure; what fits what is stored is decided
above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from io import BytesIO
from itertools import islice

from xlsxwriter import Workbook

from scheduler.handover_returned import Fault
from scheduler.handover_sheet import dialled
from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.text import Unreadable, code, quoted, shown
from scheduler.intake.columns import key
from scheduler.intake.header import readings

CASE, POLICY = "件号", "保单号"
ON, MINUTES, REACHED, EXPLAINED = "联系日期", "通话分钟", "是否本人接听", "是否再次解释"
SAID, OPINION = "沟通内容", "处理意见"
TO_FILL = (ON, MINUTES, REACHED, EXPLAINED, SAID, OPINION)
COLUMNS = (
    CASE, "机构", POLICY, "投保人", "联系电话", "险种名称", "业务员", "件别", "类别", "问题",
    "客户原话", "下发日", "处理时限", "结案凭据", *TO_FILL,
)  # fmt: skip
_YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "已", "y", "yes", "1"), True),
    **dict.fromkeys(("否", "无", "未", "n", "no", "0"), False),
}
_WIDTHS = (8, 12, 22, 10, 16, 20, 10, 10, 14, 24, 28, 12, 12, 24, 12, 10, 12, 12, 40, 40)
_FIELDS = {key(name): name for name in (CASE, POLICY, *TO_FILL)}
_HEADER_WITHIN = 40  # rows looked at for the header
_LONGEST_CELL = 32_767  # characters, Excel's limit
_LONGEST_WORDS = 2000
_MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of a list. ``phones`` are E.164 and go out whole: the branch has to ring them."""

    case: int
    branch: str
    policy: str
    holder: str
    phones: tuple[str, ...]
    product: str
    seller: str
    class_name: str
    family: str
    headline: str
    words: str
    opened_on: date
    due_on: date | None
    proof: str


@dataclass(frozen=True, slots=True)
class Worked:
    """What a row says was done: a talk, an opinion, or both. ``row`` is the number Excel shows."""

    row: int
    case: int
    policy: str
    on: date | None
    minutes: int
    reached: bool
    explained: bool
    said: str
    opinion: str


@dataclass(frozen=True, slots=True)
class WorkedSheet:
    """Every row of a sheet: what was done, faults, and how many say nothing yet."""

    rows: tuple[Worked, ...]
    faults: tuple[Fault, ...]
    empty: int


def as_xlsx(entries: Sequence[Entry]) -> bytes:
    """The list as a workbook: every cell is text, and yes or no can be chosen."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("问题件清单")
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, width, text)
        for row, entry in enumerate(entries, start=1):
            for column, cell in enumerate(_cells(entry)):
                sheet.write_string(row, column, cell[:_LONGEST_CELL], text)
        for name in (REACHED, EXPLAINED):
            column = COLUMNS.index(name)
            choices = {"validate": "list", "source": ["是", "否"]}
            sheet.data_validation(1, column, max(len(entries), 1), column, choices)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _cells(entry: Entry) -> Iterator[str]:
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name == "phones":
            yield "、".join(map(dialled, value))
        else:
            yield value.isoformat() if isinstance(value, date) else str(value or "")


def read_sheet(rows: Iterable[Sequence[str]]) -> WorkedSheet | None:
    """What a branch has written; None where no row names the columns of case and opinion or talk.
    The header may stand under a title."""
    numbered = iter(enumerate(rows, start=1))
    top = list(islice(numbered, _HEADER_WITHIN))
    found = _header([cells for _, cells in top])
    if found is None:
        return None
    index, places = found
    worked: list[Worked] = []
    faults: list[Fault] = []
    empty = 0
    for number, cells in (*top[index + 1 :], *numbered):
        texts = {n: shown(cells[at]) if at < len(cells) else "" for n, at in places.items()}
        row = _Row(number, texts)
        if not any(texts.values()):
            continue
        wrong = list(row.faults())
        faults += wrong
        if row.is_empty:
            empty += not wrong
        elif not wrong:
            worked.append(row.worked())
    return WorkedSheet(tuple(worked), tuple(faults), empty)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]] | None:
    """Index of the header and where each known column stands."""
    for index in range(len(rows)):
        for columns, _ in readings(rows, index):
            places: dict[str, int] = {}
            for at, name in enumerate(columns):
                if (field := _FIELDS.get(key(name))) is not None:
                    places.setdefault(field, at)
            if CASE in places and {SAID, OPINION} & set(places):
                return index, places
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """The known cells of one row, by column."""

    number: int
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the branch has not written anything about it yet."""
        return not any(self.texts.get(name) for name in TO_FILL)

    def faults(self) -> Iterator[Fault]:
        """Everything about the row that cannot be understood."""
        named = code(self.texts[CASE])
        if not (named.isascii() and named.isdecimal() and len(named) < 10):
            yield self._fault(CASE, f"件号{quoted(self.texts[CASE])}不是数字,请照原清单填写")
        if self.is_empty:
            return
        yield from self._talk_faults()
        for name in (SAID, OPINION):
            if len(self.texts.get(name, "")) > _LONGEST_WORDS:
                yield self._fault(name, f"超过 {_LONGEST_WORDS} 字,请写短一些")

    def _talk_faults(self) -> Iterator[Fault]:
        talked = any(self.texts.get(name) for name in (ON, MINUTES, REACHED, EXPLAINED, SAID))
        try:
            day = read_date(self.texts.get(ON, ""))
        except Unreadable as slip:
            yield self._fault(ON, slip.message)
        else:
            if talked and day is None:
                yield self._fault(ON, "写了沟通情况而没有联系日期,请补上")
        if talked and not self.texts.get(SAID):
            yield self._fault(SAID, "写了联系而没有沟通内容,请补上")
        minutes = code(self.texts.get(MINUTES, ""))
        whole = minutes.isascii() and minutes.isdecimal() and len(minutes) < 5
        if minutes and not (whole and int(minutes) <= _MOST_MINUTES):
            yield self._fault(MINUTES, f"分钟{quoted(minutes)}看不懂,请填 0 到 {_MOST_MINUTES}")
        for name in (REACHED, EXPLAINED):
            if (said := self.texts.get(name, "")) and said.lower() not in _YES_NO:
                yield self._fault(name, f"{quoted(said)}看不懂,请填是或否")

    def worked(self) -> Worked:
        """What a row without faults says. Nobody is taken to have talked with the holder who does
        not say so."""
        yes = {n: _YES_NO.get(self.texts.get(n, "").lower(), False) for n in (REACHED, EXPLAINED)}
        return Worked(
            row=self.number,
            case=int(code(self.texts[CASE])),
            policy=code(self.texts.get(POLICY, "")),
            on=read_date(self.texts.get(ON, "")),
            minutes=int(code(self.texts.get(MINUTES, "")) or 0),
            reached=yes[REACHED],
            explained=yes[EXPLAINED],
            said=self.texts.get(SAID, ""),
            opinion=self.texts.get(OPINION, ""),
        )

    def _fault(self, column: str, message: str) -> Fault:
        return Fault(self.number, column, message)
