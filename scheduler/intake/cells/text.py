"""Plain text of a cell: full-width forms, Excel's tails and placeholders. Pure."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache


class Unreadable(Exception):  # noqa: N818 - a fault of the cell, not of the program
    """A cell that cannot be understood. ``code`` is stable; the message is Chinese, for the user.

    The message never repeats a phone or an identity number.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


#: What people and systems write for "nothing". Compared in lower case.
BLANKS = frozenset(
    {
        *("", "-", "--", "---", "—", "——", "/", "\\", "*", ".", "?"),
        *("无", "空", "没有", "暂无", "未知", "不详", "未填", "未提供", "不适用", "(空)", "(无)"),
        *("null", "none", "nil", "nan", "na", "n/a", "(null)", "(blank)", "<null>", "undefined"),
        *("#n/a", "#ref!", "#value!", "#name?", "#null!", "#num!", "#div/0!"),
    }
)

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_SPACES = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SCIENTIFIC = re.compile(r"\d(\.\d*)?E\+?\d+", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"(\d+)\.0+")


@lru_cache(maxsize=16384)
def shown(raw: str) -> str:
    """The text as the user wrote it, without invisible characters, outer spaces and Excel's
    leading apostrophe. "" for a placeholder such as "-" or 无."""
    text = _INVISIBLE.sub("", raw).strip()
    if text[:1] in ("'", "`"):
        text = text[1:].strip()
    text = _SPACES.sub(" ", text)
    return "" if text.lower() in BLANKS else text


@lru_cache(maxsize=16384)
def clean(raw: str) -> str:
    """As :func:`shown`, with full-width digits, letters and signs made half-width (NFKC)."""
    return shown(unicodedata.normalize("NFKC", raw))


def code(raw: str) -> str:
    """A number that is a name (policy number, identity number, 工号): no spaces, no ``.0`` tail."""
    text = _SPACES.sub("", clean(raw))
    tail = _FLOAT_TAIL.fullmatch(text)
    return tail[1] if tail else text


def person(raw: str) -> str:
    """A person's or a firm's name: spaces between Chinese characters go (张 三), others stay."""
    return _HAN_GAP.sub("", shown(raw).replace("•", "·").replace("・", "·"))


def is_scientific(text: str) -> bool:
    """Whether Excel has turned a long number into 1.38E+10."""
    return bool(_SCIENTIFIC.fullmatch(text))


def expand_scientific(text: str) -> str | None:
    """The digits of a scientific number if none was lost (1.8852290352E+10), else None."""
    number = Decimal(text)
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or exponent != 0:
        return None
    return "".join(map(str, digits))


def quoted(raw: str, limit: int = 20) -> str:
    """A cell's text inside a message, in Chinese quotes, shortened."""
    text = _SPACES.sub(" ", raw.strip())
    return f"“{text[:limit]}{'…' if len(text) > limit else ''}”"
