"""Identity numbers: what an 18-digit number says of its owner, whether it can be right. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from scheduler.intake.cells.text import Unreadable, clean, code, is_scientific

_CARD_TYPES = re.compile(
    r"(中国)?(居民|二代|第二代|临时)*身份证(件|号|号码)?|户口[簿本]|港澳台居民居住证|港澳居民居住证"
    r"|台湾居民居住证|居住证"
)
_ORGANISATION_TYPES = re.compile(
    r"统一社会信用|营业执照|组织机构|税务登记|社会团体|事业单位法人|注册登记"
)
_CARD = re.compile(r"\d{17}[\dX]|\d{15}")
_CREDIT_CODE = re.compile(r"[159ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Identity:
    """``number`` as written; ``birth`` and ``gender`` (男/女) only when the number tells them."""

    number: str
    birth: date | None = None
    gender: str | None = None


def is_organisation(id_type: str, number: str) -> bool:
    """Whether the document is a firm's (统一社会信用代码), so that the holder is not a person."""
    if _ORGANISATION_TYPES.search(id_type):
        return True
    text = code(number).upper()
    return bool(_CREDIT_CODE.fullmatch(text)) and not _CARD.fullmatch(text)


def read_identity(raw: str, id_type: str = "") -> Identity | None:
    """The number of a person's document, by GB 11643 when it is a mainland identity card.

    Raises :class:`Unreadable`: ``id-damaged`` (Excel), ``id-wrong`` (length, date or check digit).
    Passports and 港澳台 permits are taken as they are. A masked number keeps its visible tail.
    """
    text = code(raw).upper()
    if not text:
        return None
    if is_scientific(text):
        raise Unreadable("id-damaged", "证件号码被 Excel 变成了科学计数,请把该列设为文本后重新导出")
    looks_like_card = bool(_CARD.fullmatch(text))
    says_card = bool(_CARD_TYPES.fullmatch(clean(id_type)))
    if "*" in text or not ((looks_like_card and (says_card or not id_type)) or says_card):
        return Identity(text)
    if not looks_like_card:
        raise Unreadable("id-wrong", f"身份证号码应为 18 位,这里是 {len(text)} 位")
    return _card(text)


def _card(text: str) -> Identity:
    digits = text if len(text) == 18 else f"{text[:6]}19{text[6:]}"
    try:
        birth = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        raise Unreadable("id-wrong", "身份证号码里的出生日期不存在") from None
    if len(text) == 18 and check_digit(text) != text[17]:
        raise Unreadable("id-wrong", "身份证号码的校验位不对,号码有误")
    return Identity(text, birth, "男" if int(digits[16]) % 2 else "女")


def check_digit(number: str) -> str:
    """The check digit that the first 17 digits ask for (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11]
