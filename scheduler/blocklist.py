"""A list of numbers that must not be rung (禁拨名单), as its rows are written: one number a row, a
reason beside it. Pure; it stores nothing and knows no file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.intake.cells.phones import read_phone
from scheduler.intake.cells.text import Unreadable, shown
from scheduler.intake.columns import key

_NUMBER = frozenset(map(key, ("号码", "电话", "手机", "电话号码", "手机号码", "禁拨号码", "phone")))
_REASON = frozenset(map(key, ("原因", "禁拨原因", "理由", "备注", "reason")))
_LONGEST = 2000  # characters of a reason


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """A number in E.164 and why it must not be rung."""

    row: int
    phone: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be used: the row number that Excel shows, its column, and the mend in one
    Chinese sentence that repeats no number."""

    row: int
    column: str
    message: str


def read_rows(
    rows: Iterable[Sequence[str]], usual: str | None
) -> tuple[list[BlockedRow], list[RowFault]]:
    """The numbers, and what is wrong with the other rows. A header is not needed: without one the
    number comes first. ``usual`` is the reason of rows that have none."""
    found: list[BlockedRow] = []
    faults: list[RowFault] = []
    places: tuple[int, int] | None = None
    for number, cells in enumerate(rows, start=1):
        texts = [shown(cell) for cell in cells]
        if not any(texts):
            continue
        if places is None:
            header = _header(texts)
            places = header or (0, 1)
            if header:
                continue
        one = _row(number, texts, places, usual)
        if isinstance(one, BlockedRow):
            found.append(one)
        else:
            faults.append(one)
    return found, faults


def _header(texts: Sequence[str]) -> tuple[int, int] | None:
    names = [key(text) for text in texts]
    number = next((at for at, name in enumerate(names) if name in _NUMBER), None)
    reason = next((at for at, name in enumerate(names) if name in _REASON), len(names))
    return None if number is None else (number, reason)


def _row(
    number: int, texts: Sequence[str], places: tuple[int, int], usual: str | None
) -> BlockedRow | RowFault:
    phone, reason = (texts[at] if at < len(texts) else "" for at in places)
    try:
        known = read_phone(phone)
    except Unreadable as slip:
        return RowFault(number, "号码", slip.message)
    if known is None:
        return RowFault(number, "号码", "这一行没有号码,请补上或删去这一行")
    reason = reason or usual or ""
    if not reason:
        return RowFault(number, "原因", "这一行没有原因,请补上,或用 --reason 写一个共同的原因")
    if len(reason) > _LONGEST:
        return RowFault(number, "原因", f"原因超过 {_LONGEST} 字,请写短一些")
    return BlockedRow(number, known.e164, reason)
