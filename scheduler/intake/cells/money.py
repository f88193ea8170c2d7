"""Amounts in yuan: 12,000.00, 12000元, 1.2万, 壹万贰仟元整. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import cn2an

from scheduler.intake.cells.text import Unreadable, clean, quoted

_FOREIGN = re.compile(r"\$|美元|港币|港元|欧元|USD|HKD|EUR|€|£", re.IGNORECASE)
_DECORATION = re.compile(r"人民币|RMB|CNY|[¥￥\s]|元整?$|圆整?$|整$", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?([百千万亿]{0,2})")
_CHINESE = re.compile(r"[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点角分元圆]+")
_UNITS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_LARGEST = Decimal(10) ** 10  # ten billion: what is longer is a phone or an account number


@lru_cache(maxsize=65536)
def read_money(raw: str, in_wan: bool = False) -> Decimal | None:
    """Yuan, two decimals. ``in_wan`` when the header says 万元 and the cell carries no unit.

    Raises :class:`Unreadable` ``amount-unreadable`` or ``amount-foreign``.
    """
    text = clean(raw)
    if not text:
        return None
    if _FOREIGN.search(text):
        raise Unreadable("amount-foreign", f"金额{quoted(raw)}不是人民币,请换算成元")
    amount = _arabic(_DECORATION.sub("", text), in_wan)
    if amount is None:
        amount = _chinese(_DECORATION.sub("", text))
    if amount is None or abs(amount) >= _LARGEST:
        raise Unreadable("amount-unreadable", f"金额{quoted(raw)}看不懂,请填数字,如 12000.00")
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _arabic(text: str, in_wan: bool) -> Decimal | None:
    if re.fullmatch(r"\(.+\)", text):  # accountants write negatives in brackets
        text = "-" + text[1:-1]
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    sign, whole, fraction, units = found.groups()
    amount = Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}")
    for unit in units or ("万" if in_wan else ""):
        amount *= _UNITS[unit]
    return amount


def _chinese(text: str) -> Decimal | None:
    if not _CHINESE.fullmatch(text):
        return None
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except ValueError:
        return None
