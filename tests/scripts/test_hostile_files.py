"""Files that are no text files, blocks that do what a hostile script does, and every kind of value
at every place: faults, never a traceback or a wait."""

import os
import random
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from huifang.cli import main
from scripts import checks, written
from scripts.faults import FaultyFileError
from scripts.rulebooks import reader as rulebooks
from scripts.yamlfile import MAX_BYTES, Place, parse
from tests import yardstick
from tests.scripts.test_hostile import CLOSING, HEAD, LAUGHS, LIMIT_S, SHORT, WHOLE, changed

RULEBOOK = (rulebooks.LIBRARY / "standard.yaml").read_text("utf-8")


def _answer(path: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["scripts", "check", str(path)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def _file(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "no file"),
        (_pipe, "no file"),
        (_device, "no file"),
        (_socket, "no file"),
        (_loop, "symbolic links"),
        (_file(b""), "not-a-mapping"),
        (_file(WHOLE.encode("utf-16")), "1:1: is not UTF-8"),
        (_file(WHOLE.encode("utf-16-le")), "UTF-8"),
        (_file("id: x\ntitle: 中\n".encode("gb18030")), "2:8: is not UTF-8"),
        (_file(bytes(range(256)) * 50), "UTF-8"),
        (_file(b"id: x\0\n" * 40), "1:6: the character U+0000"),
        (_file(b"PK\x03\x04" + bytes(900)), "workbook"),
        (_file(b"\xff" * 40), "UTF-8"),
        (_file(b"x" * (MAX_BYTES + 1)), "file-too-large"),
    ],
)
def test_what_is_no_text_file(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    path = tmp_path / "a.yaml"
    make(path)
    code, output = _answer(path)

    assert code == 1
    assert words in output
    assert re.search(r"\b1 fault\b", output)


BLOCK = "block: own\nabout: x\nquestions:\n  - {id: SMS, says: 请问要短信吗？, explain: 免费。}\n"


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (LAUGHS, "yaml-alias"),
        ("[" * 200_000, "yaml-too-deep"),
        (BLOCK + SHORT * 10_000, "too-many"),
        (BLOCK + SHORT * 1_500, "duplicate-id"),
        (BLOCK + "".join(f"  - {{id: SMS.x{n}, says: 好吗？}}\n" for n in range(300)), "too-many"),
        (
            BLOCK
            + "aside:\n"
            + "  - {id: CONSENT.when, kind: time, then: refused, says: 好}\n" * 2,
            "duplicate-id",
        ),
        (BLOCK + "questions: []\n", "yaml-duplicate-key"),
        (BLOCK.replace("免费。", "'{{ holder.__class__ }}'"), "unknown-slot"),
        (BLOCK.replace("免费。", "'{% x %}'"), "bad-slot"),
        (BLOCK.replace("免费。", "!!python/name:os.system x"), "yaml-tag"),
        (BLOCK.replace("免费。", '"\\0"'), "yaml-syntax"),
        (BLOCK.replace("id: SMS", "id: 7"), "bad-use"),
        (BLOCK.replace("id: SMS", "id: [a]"), "bad-use"),
        (BLOCK + "on: {shrug: [next]}\n", "bad-value"),
        ("use: [own]\n" + BLOCK, "bad-use"),
        ("7", "bad-use"),
        ("x" * 600_000, "file-too-large"),
    ],
    ids=lambda value: value if len(value) < 60 else value[-60:],
)
def test_a_block_that_does_the_same(tmp_path: Path, block: str, code: str) -> None:
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks" / "own.yaml").write_text(block, "utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(
        changed("  - id: CLOSING\n", "  - use: own\n  - id: CLOSING\n").replace(
            "questions:\n", "use: [own]\nquestions:\n", 1
        ),
        "utf-8",
    )
    faults = yardstick.timely(lambda: checks.check_file(path), LIMIT_S)

    assert {fault.code for fault in faults} == {code}
    assert _answer(path)[0] == 1


@pytest.mark.parametrize("name", ["../mine", "/etc/passwd", "a\\0b", "", ".", "..", "own/../own"])
def test_a_block_is_never_sought_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "blocks").mkdir()
    path = tmp_path / "mine.yaml"
    path.write_text(changed("questions:\n", f"use: ['{name}']\nquestions:\n"), "utf-8")

    assert [fault.code for fault in checks.check_file(path)] == ["unknown-block"]


def _places(data: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    listed = enumerate(data) if isinstance(data, list) else ()
    for key, value in data.items() if isinstance(data, dict) else listed:
        yield from _places(value, (*place, key))


def _put(data: Any, place: Place, value: Any) -> Any:
    """The data with another value at this place."""
    if not place:
        return value
    if isinstance(data, dict):
        return {**data, place[0]: _put(data[place[0]], place[1:], value)}
    return [_put(one, place[1:], value) if i == place[0] else one for i, one in enumerate(data)]


VALUES: list[Any] = [None, [], {"a": 1}, 7, -1.5, "x", "", True, ["x"], "{{ x", {"end": "x"}]


def _some(data: Any, share: int) -> list[Place]:
    """Every so manyth place, always the same ones."""
    places = list(_places(data))
    return random.Random(4).sample(places, len(places) // share)


DATA = parse(WHOLE, "whole").data


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_any_value_at_any_place_is_a_script_or_faults(value: Any) -> None:
    """Some of the places for each value; trying all of them takes minutes."""
    for place in _some(DATA, 30):
        faults = checks.check_text(written.as_yaml(_put(DATA, place, value)), "mine.yaml")
        assert all(str(fault) and fault.line for fault in faults)


def test_any_value_where_blocks_are_used_is_a_script_or_faults() -> None:
    source = (checks.reader.LIBRARY / "seven-steps.yaml").read_text("utf-8")
    more = """
aside:
  - {id: CONSENT.when, kind: time, then: callback, says: 请问什么时候方便？}
endings:
  - {id: refused, outcome: refused, says: 再见。}
"""
    data = parse(source + more, "mine").data
    for place in _places(data):
        for value in VALUES:
            faults = checks.check_text(written.as_yaml(_put(data, place, value)), "mine.yaml")
            assert all(str(fault) and fault.line for fault in faults), (place, value)


def test_any_value_in_a_block_is_a_script_or_faults(tmp_path: Path) -> None:
    source = (Path(checks.reader.LIBRARY) / "blocks" / "identity.yaml").read_text("utf-8")
    data = parse(source, "identity").data
    (tmp_path / "blocks").mkdir()
    block = tmp_path / "blocks" / "identity.yaml"
    own = tmp_path / "mine.yaml"
    own.write_text(f"{HEAD}questions:\n  - use: identity\n{CLOSING}translations: {{en: {{}}}}\n")
    for number, place in enumerate(_places(data)):
        block.write_text(written.as_yaml(_put(data, place, VALUES[number % len(VALUES)])), "utf-8")
        assert checks.check_file(own), place


def test_any_value_in_a_rulebook_is_a_rulebook_or_faults() -> None:
    data = parse(RULEBOOK, "rulebook").data
    for number, place in enumerate(_some(data, 12)):
        text = written.as_yaml(_put(data, place, VALUES[number % len(VALUES)]))
        with suppress(FaultyFileError):
            rulebooks.read(text)
