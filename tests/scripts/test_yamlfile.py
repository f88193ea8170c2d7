"""Files are read by the parser in C where that makes no difference, and it never makes one."""

from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from scripts import reader, yamlfile
from scripts.faults import FaultyFileError

#: What a slip of the hand, a word processor or another program leaves in a file.
BITS = [
    *"\t:-?,[]{}#&*!|>'\"%@` \n\r\\~\x07\x85\u2028\ufeff\u3000：“”",
    *(": ", " #", "- ", "? ", "--- ", "\n---\n", "\n  ", "!!str ", "|\n", "1_0", "0x1", "{a:b}"),
]
WHOLE = sorted(reader.LIBRARY.rglob("*.yaml"))
SHORT = [text for file in WHOLE if len(text := file.read_text("utf-8")) < 4000]


def read(text: str) -> tuple[object, ...]:
    """What a text comes to, with the place of every part, or its one fault."""
    try:
        found = yamlfile.parse(text, "mine.yaml")
    except FaultyFileError as faulty:
        return tuple(faulty.faults)
    return repr(found.data), dict(found.marks)


def slowly(text: str) -> tuple[object, ...]:
    """The same with PyYAML's own parser alone."""
    with mock.patch.object(yamlfile, "_Quick", side_effect=yaml.YAMLError):
        return read(text)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A part of a file of the library with a few slips in it."""
    text = draw(st.sampled_from(SHORT))
    first = draw(st.integers(0, len(text) - 1))
    text = text[first : first + draw(st.integers(1, 500))]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(BITS)) + text[at + draw(st.integers(0, 2)) :]
    return text


@given(broken())
@example("a:\t1")
@example("a: [b? c]")
@example("a: {b?c: d}")
@example("a\ufeff: {b: c}")
@example("a: [b\n\ufeffc]")
@example("--- ")
def test_both_parsers_read_alike(text: str) -> None:
    assert read(text) == slowly(text)


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.stem)
def test_the_library_is_read_quickly_and_alike(file: Path) -> None:
    text = file.read_text("utf-8")
    with mock.patch.object(yamlfile, "_Loader", side_effect=AssertionError("slowly")):
        found = read(text)
    assert found == slowly(text)
