"""A hand-over list (电话回访交接清单) that a branch has filled in: which columns it has, and what
every row says came of its policy. Pure; whether that fits what is stored is decided above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from scheduler.handover_sheet import DELAY, LIST, ON, POLICY, RESULT, SIGNED
from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.text import Unreadable, code, quoted, shown
from scheduler.intake.columns import key
from scheduler.intake.header import readings

_HEADER_WITHIN = 40  # rows looked at for the header, titles and blank rows included
_LONGEST = 2000  # characters of a reason


class Came(StrEnum):
    """What came of a policy that a branch was to revisit."""

    DONE = "done"
    LATER = "later"  # not yet: the list has to say why (T-12)
    REFUSED = "refused"
    UNREACHED = "unreached"
    SURRENDERED = "surrendered"


_RESULTS: Mapping[str, Came] = {
    **dict.fromkeys(("完成", "已完成", "回访完成", "成功", "回访成功", "已回访"), Came.DONE),
    **dict.fromkeys(("未完成", "延期", "处理中", "跟进中"), Came.LATER),
    **dict.fromkeys(("客户拒访", "拒访", "拒绝回访", "客户拒绝"), Came.REFUSED),
    **dict.fromkeys(("联系不上", "无法联系", "未联系上", "失败", "未成功"), Came.UNREACHED),
    **dict.fromkeys(("已退保", "退保", "客户已退保"), Came.SURRENDERED),
}
_SIGNATURES: Mapping[str, bool] = {
    **dict.fromkeys(("是", "已签", "有", "本人签名", "y", "yes"), True),
    **dict.fromkeys(("否", "未签", "代签", "n", "no"), False),
}
#: Column -> the names under which it comes back, the first our own.
_NAMES: Mapping[str, tuple[str, ...]] = {
    LIST: (LIST, "清单编号", "交接清单号", "交接单号"),
    POLICY: (POLICY, "保险单号", "保单"),
    RESULT: (RESULT, "结果", "处理结果", "完成情况"),
    ON: (ON, "日期", "完成日期", "处理日期"),
    SIGNED: (SIGNED, "本人签名", "是否本人签字", "投保人签名"),
    DELAY: (DELAY, "延迟原因", "逾期原因", "未完成原因"),
}
_FIELDS = {key(name): column for column, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be used: the row number that Excel shows, the column, and the mend in one
    Chinese sentence."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a row says. ``list`` is None where the row names no list, ``signed`` where nothing is
    said of a signature. ``words`` are the branch's own."""

    row: int
    list: int | None
    policy: str
    came: Came
    words: str
    on: date | None
    signed: bool | None
    delay_reason: str


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """Every row of a sheet: results, faults, and how many say nothing yet."""

    rows: tuple[Returned, ...]
    faults: tuple[Fault, ...]
    empty: int


def read_sheet(rows: Iterable[Sequence[str]]) -> ReturnedSheet | None:
    """The results on a sheet; None where no header row names policy and result. The header may
    stand under a title, and take two rows whose cells are merged."""
    numbered = iter(enumerate(rows, start=1))
    top = list(islice(numbered, _HEADER_WITHIN))
    found = _header([cells for _, cells in top])
    if found is None:
        return None
    index, places = found
    results: list[Returned] = []
    faults: list[Fault] = []
    empty = 0
    for number, cells in (*top[index + 1 :], *numbered):
        row = _Row(number, {name: shown(_at(cells, at)) for name, at in places.items()})
        if not any(row.texts.values()):
            continue
        wrong = list(row.faults())
        faults += wrong
        if row.is_empty:
            empty += not wrong
        elif not wrong:
            results.append(row.returned())
    return ReturnedSheet(tuple(results), tuple(faults), empty)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]] | None:
    """Index of the header and where each known column stands: the row that names most of them."""
    best: tuple[int, Mapping[str, int]] | None = None
    for index in range(len(rows)):
        for columns, _ in readings(rows, index):
            places: dict[str, int] = {}
            for at, name in enumerate(columns):
                if (field := _FIELDS.get(key(name))) is not None:
                    places.setdefault(field, at)
            fits = POLICY in places and RESULT in places
            if fits and (best is None or len(places) > len(best[1])):
                best = index, places
    return best


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """The known cells of one row, by column."""

    number: int
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the branch has not written anything about it yet."""
        return not any(self.texts.get(name) for name in (RESULT, ON, SIGNED, DELAY))

    def faults(self) -> Iterator[Fault]:
        """Everything about the row that cannot be understood."""
        if not self.texts[POLICY]:
            yield self._fault(POLICY, "没有保单号,请补上")
        if (named := self.texts.get(LIST)) and not code(named).isdecimal():
            yield self._fault(LIST, f"清单号{quoted(named)}不是数字,请照原清单填写")
        if self.is_empty:
            return
        came = self._came
        if came is None:
            choices = "、".join(("完成", "未完成", "客户拒访", "联系不上", "已退保"))
            said = quoted(self.texts[RESULT]) if self.texts[RESULT] else "空白"
            yield self._fault(RESULT, f"结果{said}看不懂,请填:{choices}")
        yield from self._more_faults(came)

    def _more_faults(self, came: Came | None) -> Iterator[Fault]:
        try:
            day = read_date(self.texts.get(ON, ""))
        except Unreadable as slip:
            yield self._fault(ON, slip.message)
        else:
            if came is Came.DONE and day is None:
                yield self._fault(ON, "写了完成而没有回访日期,请补上")
        signed = self.texts.get(SIGNED, "")
        if signed and signed.lower() not in _SIGNATURES:
            yield self._fault(SIGNED, f"{quoted(signed)}看不懂,请填是或否")
        delay = self.texts.get(DELAY, "")
        if came is Came.LATER and not delay:
            yield self._fault(DELAY, "未完成的要写明延期原因,请补上")
        if len(delay) > _LONGEST:
            yield self._fault(DELAY, f"超过 {_LONGEST} 字,请写短一些")

    def returned(self) -> Returned:
        """What a row without faults says."""
        came, named = self._came, self.texts.get(LIST)
        assert came is not None
        return Returned(
            row=self.number,
            list=int(code(named)) if named else None,
            policy=code(self.texts[POLICY]),
            came=came,
            words=self.texts[RESULT] or "未完成",
            on=read_date(self.texts.get(ON, "")),
            signed=_SIGNATURES.get(self.texts.get(SIGNED, "").lower()),
            delay_reason=self.texts.get(DELAY, ""),
        )

    @property
    def _came(self) -> Came | None:
        """The result; a reason for a delay alone says that it comes later."""
        if not self.texts[RESULT] and self.texts.get(DELAY):
            return Came.LATER
        return _RESULTS.get(code(self.texts[RESULT]))

    def _fault(self, column: str, message: str) -> Fault:
        return Fault(self.number, column, message)
