"""Phone cells: what can be rung, in E.164; everything else is a reason to hold the policy. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from scheduler.intake.cells.text import Unreadable, clean, expand_scientific, is_scientific

_BETWEEN = re.compile(r"[/;,、|\n]|或")
_LABEL = re.compile(
    r"手机号?码?|移动|电话|联系|本人|座机|固话|宅电|mobile|phone|tel|:", re.IGNORECASE
)
_FILL = re.compile(r"[\s()\-_.—–‐‑−]")
_EXTENSION = re.compile(r"(转|分机|ext\.?|x|#)\s*\d+$|\d{7,8}-\d{1,6}$", re.IGNORECASE)
_DAMAGED = Unreadable("phone-damaged", "电话被 Excel 变成了科学计数,请把该列设为文本后重新导出")

#: Numbers with nobody behind them who could be the holder: 400, 800, 总机, 12345.
_SWITCHBOARD = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
    PhoneNumberType.VOIP,
    PhoneNumberType.PAGER,
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be rung: ``e164`` (+8613900000001), and whether it is a mobile."""

    e164: str
    mobile: bool


def split_phones(raw: str) -> tuple[str, ...]:
    """The numbers of one cell: 13900000001/0532-88880000 holds two."""
    return tuple(part for part in _BETWEEN.split(clean(raw)) if part.strip())


def read_phone(raw: str) -> Phone | None:
    """One number.

    Raises :class:`Unreadable`: ``phone-damaged`` (1.38E+10), ``phone-masked`` (138****0001),
    ``phone-switchboard`` (95511, 400, an extension: domain.md DQ-06 总机号), ``phone-foreign``,
    ``phone-wrong`` (wrong digit count or no such range: 人身保险 DQ-02, DQ-06).
    """
    text = _LABEL.sub("", clean(raw)).strip()
    if not text:
        return None
    if is_scientific(text):
        digits = expand_scientific(text)
        if digits is None:
            raise _DAMAGED
        text = digits
    return _number(text)


@lru_cache(maxsize=65536)
def _number(text: str) -> Phone:
    if "*" in text:
        raise Unreadable("phone-masked", "电话被打了星号,请导出完整号码")
    if _EXTENSION.search(text):
        raise Unreadable("phone-switchboard", "这是总机分机号,无法确认接听的是投保人本人")
    digits = _digits(text)
    if len(digits) < 7 or (digits.startswith(("400", "800", "95", "96")) and len(digits) <= 10):
        raise Unreadable("phone-switchboard", "这是短号或客服号码,不是投保人的电话")
    return _ringable(digits)


def _digits(text: str) -> str:
    digits = _FILL.sub("", re.sub(r"\.0+$", "", text))
    digits = re.sub(r"^(\+86|0086|86(?=1[3-9]\d{9}$|0\d{9,11}$))", "", digits)
    digits = re.sub(r"^00(?=[1-9])", "+", digits)
    digits = re.sub(r"^0(?=1[3-9]\d{9}$)", "", digits)
    if not re.fullmatch(r"\+?\d+", digits):
        raise Unreadable("phone-wrong", "电话里有数字以外的内容,请只填号码")
    return digits


def _ringable(digits: str) -> Phone:
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise Unreadable("phone-wrong", "电话号码无法识别,请核对位数") from None
    if not phonenumbers.is_valid_number(number):
        raise Unreadable("phone-wrong", f"电话号码有误({len(digits)} 位),请核对号码与区号")
    if number.country_code != 86:
        raise Unreadable("phone-foreign", "境外号码,不能自动外呼")
    kind = phonenumbers.number_type(number)
    if kind in _SWITCHBOARD:
        raise Unreadable("phone-switchboard", "这是客服或总机号码,不是投保人的电话")
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, mobile=kind == PhoneNumberType.MOBILE)
