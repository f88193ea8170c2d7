"""Brings recognised words into one writing: simplified characters, half-width, no stage
directions, no spaces. Judges nothing."""

import re
import unicodedata
from functools import cache

import opencc

_VARIANTS = {"甚么": "什么", "那麽": "那么", "怎麽": "怎么", "什麽": "什么", "O K": "ok"}
_SPACES = re.compile(r"\s+")
_KEPT_DIRECTIONS = re.compile(r"[(\[【<（][^)\]】>）]*[)\]】>）]")
_LONG_REPEAT = re.compile(r"(.)\1{3,}")
#: 儿化: the 儿 of 一点儿 and 压根儿, not that of 女儿, 我儿, 儿子, 这儿, 明儿.
_RHOTIC = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![这那哪女娃幺孤婴幼孩少今明昨前后俺我他她你您的有养生跟和给叫让是帮替由被大小亲])"
    r"儿(?![子女媳孙童科歌])"
)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalise(words: str) -> str:
    """``words`` with traditional characters, widths, case, spaces and long repetitions folded."""
    text = unicodedata.normalize("NFKC", words).lower()
    if not text.isascii():
        text = _simplifier().convert(text)
    text = _SPACES.sub("" if not text.isascii() else " ", text).strip()
    for variant, usual in _VARIANTS.items():
        text = text.replace(variant, usual)
    return without_rhotic(_LONG_REPEAT.sub(r"\1\1\1", text))


def without_rhotic(text: str) -> str:
    """``text`` without the northern 儿: 一点儿 as 一点. The lexicon is folded alike."""
    return _RHOTIC.sub("", text)


def stage_direction(text: str) -> str | None:
    """What stands in brackets when the whole text is one transcriber's note: ``(沉默)``."""
    match = _KEPT_DIRECTIONS.fullmatch(text.strip("。.…，, "))
    return text.strip("。.…，, ")[1:-1] if match else None


def without_directions(text: str) -> str:
    """``text`` without a transcriber's notes in brackets."""
    return _KEPT_DIRECTIONS.sub("", text)
