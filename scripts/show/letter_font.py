"""The fonts that a letter is printed with, and which characters they have. A character that they
lack is written as its code, never left out: names hold rare ones (生僻字)."""

import struct
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
import typst

#: Body in 宋体, headings in 黑体; SIL Open Font License 1.1, so they may be embedded.
FAMILIES = ("Noto Serif SC", "Noto Sans SC")
#: A cmap subtable that holds all of Unicode: platform, encoding, format.
_WINDOWS_FULL = (3, 10)
_GROUPS = 12


@lru_cache(maxsize=1)
def book() -> typst.Fonts:
    """The two fonts and no other, whatever the machine has."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fonts.serif_path().parent)],  # a folder; it holds just these two
    )


@lru_cache(maxsize=1)
def known() -> frozenset[int]:
    """The code points that one of the two fonts can print."""
    return frozenset(_coverage(fonts.serif_path()) | _coverage(fonts.sans_path()))


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that the fonts lack, each once."""
    return tuple(dict.fromkeys(char for char in text if not _has(char)))


def legible(text: str) -> str:
    """The text with 〔U+20BB7〕 in the place of each character that the fonts lack."""
    return "".join(_shown(char) for char in text)


def _has(char: str) -> bool:
    return ord(char) in known() or char.isspace()


def _shown(char: str) -> str:
    if ord(char) in known():
        return char
    return " " if char.isspace() else f"〔U+{ord(char):04X}〕"


def _coverage(path: Path) -> set[int]:
    """The code points of a font's Unicode table (OpenType cmap, format 12)."""
    data = path.read_bytes()
    cmap = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        *which, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        if tuple(which) == _WINDOWS_FULL:
            return _groups(data, cmap + offset)
    raise ValueError(f"the font {path.name} has no full Unicode table")


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _groups(data: bytes, at: int) -> set[int]:
    kind, _, _, _, count = struct.unpack_from(">HHIII", data, at)
    if kind != _GROUPS:
        raise ValueError(f"the font's Unicode table has the format {kind}, not {_GROUPS}")
    points: set[int] = set()
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * number)
        points.update(range(first, last + 1))
    return points
