"""A fabricated list and the cast that answers it: everybody does one simple thing, so that the
calls and the end of every policy are known beforehand."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.operations.rig import ROW

_BIRTH = "19850306"
_WRONG = {"answers": {"ID_PRESENT": {"says": "没有这个人"}}}
_YES = {"keys": "1"}
_DONE = {"answers": {"ID_PRESENT": _YES, "ID_VERIFY": {"keys": _BIRTH}, "*": _YES}}


@dataclass(frozen=True, slots=True)
class Does:
    """What somebody does: entry of the cast, calls until nobody rings any more, and why not."""

    cast: dict[str, object]
    calls: int
    end: str


#: Ten people in a row, over and over: thirteen calls.
EVERYBODY = (
    *[Does(_WRONG, 1, "wrong-number")] * 6,
    *[Does({"picks_up": ["busy", "yes"], **_WRONG}, 2, "wrong-number")] * 2,
    Does({"picks_up": ["no-answer", "yes"], **_WRONG}, 2, "wrong-number"),
    Does(_DONE, 1, "completed"),
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on the list."""

    number: str
    phone: str
    id_number: str
    does: Does

    @property
    def calls(self) -> int:
        """How often they are rung."""
        return self.does.calls

    @property
    def end(self) -> str:
        """Why their policy is closed."""
        return self.does.end


def everybody(count: int) -> Iterator[Who]:
    """So many people, each with a number and an identity of their own."""
    for place in range(count):
        phone = f"+861390000{place + 1000:04d}"
        yield Who(f"K{place:05d}", phone, _identity(place), EVERYBODY[place % len(EVERYBODY)])


def _identity(place: int) -> str:
    """A number with the right check digit, of a man born on one day in March 1985."""
    digits = f"{370202 + place // 500}{_BIRTH}{place % 500 * 2 + 1:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def write(folder: Path, count: int) -> tuple[Path, Path]:
    """The list and the cast."""
    listed, cast = folder / "list.csv", folder / "cast.yaml"
    with listed.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(ROW))
        rows.writeheader()
        rows.writerows(_row(who) for who in everybody(count))
    callees = {who.phone.removeprefix("+86"): who.does.cast for who in everybody(count)}
    cast.write_text(yaml.safe_dump({"callees": callees}, allow_unicode=True), encoding="utf-8")
    return listed, cast


def _row(who: Who) -> dict[str, str]:
    name = f"示例{who.number}"
    return {
        **ROW,
        "保单号": who.number,
        "手机": who.phone.removeprefix("+86"),
        "投保人姓名": name,
        "被保险人姓名": name,
        "投保人证件号码": who.id_number,
    }
