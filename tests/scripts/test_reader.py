"""Script files at the door: every fault with its code, its place and its line; nothing crashes or
hangs."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scripts import reader
from scripts.faults import Fault, FaultyFileError

STANDARD = (Path(__file__).parent / "data" / "whole.yaml").read_text("utf-8")


def _faults(text: str) -> list[Fault]:
    with pytest.raises(FaultyFileError) as caught:
        reader.read_script(text, "mine.yaml")
    return list(caught.value.faults)


def _only(text: str) -> Fault:
    faults = _faults(text)
    assert len(faults) == 1, faults
    return faults[0]


def _line(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def _changed(old: str, new: str) -> str:
    assert STANDARD.count(old) >= 1
    return STANDARD.replace(old, new, 1)


def test_a_script_is_read_whole() -> None:
    data: dict[str, Any] = yaml.load(STANDARD, yaml.BaseLoader)
    standard = reader.read_script(STANDARD)

    assert [q.id for q in standard.questions] == [q["id"] for q in data["questions"]]
    assert [q.says.source for q in standard.questions] == [q["says"] for q in data["questions"]]
    assert [e.id for e in standard.endings] == [e["id"] for e in data["endings"]]


@pytest.mark.parametrize(
    ("old", "new", "code", "question"),
    [
        ("    keys: 8\n", "    keis: 8\n", "unknown-key", "ID_VERIFY"),
        ("    keys: 8\n", "    keys: acht\n", "bad-value", "ID_VERIFY"),
        ("    keys: 8\n", "    keys: 0\n", "bad-value", "ID_VERIFY"),
        ("  - id: READ\n", "  - id: REED\n", "bad-code", "REED"),
        ("  - id: READ.tips\n", "  - id: READ\n", "duplicate-id", "READ"),
        ("    kind: consent\n", "    kind: konsent\n", "bad-value", "CONSENT"),
        ("  - id: CONSENT.when\n    kind: time\n    then: callback\n", "  - id: CONSENT.when\n",
         "wrong-section", "CONSENT.when"),
        ("{{ insured.name }}亲笔签", "{{ insured.name }亲笔签", "bad-slot", "SIGN_APP.insured"),
        ("[not insured_is_holder]", "[insured_is_holer]", "bad-condition", "SIGN_APP.insured"),
        ("[not insured_is_holder]", "['1 == 1']", "bad-condition", "SIGN_APP.insured"),
        ("[universal, unit-linked]", "[universal, gold]", "bad-condition", "FEES"),
        ("deny: [explain, {end: unaware}]", "deny: [explain]", "never-gives-up", "AWARE"),
        ("deny: [explain, {end: unaware}]", "deny: [dance, next]", "bad-route", "AWARE"),
        ("deny: [explain, {end: unaware}]", "deny: [{end: nowhere}]", "bad-route", "AWARE"),
        ("deny: [explain, {end: unaware}]", "deny: [{ask: nobody}]", "bad-route", "AWARE"),
        ("deny: [explain, {end: unaware}]", "deny: [next, explain, next]", "bad-route", "AWARE"),
        ("deny: [explain, {end: unaware}]", "affirm: [again, next]", "bad-route", "AWARE"),
        ("deny: [explain, {end: unaware}]", "shrug: [next]", "bad-value", "AWARE"),
        ("  complaint: [{end: complaint}]\n", "", "missing-route", None),
        ("finish: completed", "finish: nowhere", "unknown-ending", None),
        ("title: 标准回访话术\n", "", "missing-key", None),
        ("    outcome: refused\n", "    outcome: gone\n", "bad-value", "refused"),
        ("      - says: 好的，我们改日再打来，打扰您了，再见。\n", "", "ending-speechless",
         "not-holder"),
        ("    sorry: 抱歉，人工客服现在都在忙，我们会尽快给您回电话，再见。\n", "", "missing-key",
         "person"),
    ],
)  # fmt: skip
def test_a_wrong_part_is_one_fault_with_its_place(
    old: str, new: str, code: str, question: str | None
) -> None:
    fault = _only(_changed(old, new))

    assert (fault.code, fault.question) == (code, question)
    assert fault.script == "mine.yaml"
    assert fault.line is not None


def test_the_line_is_the_line_of_the_fault() -> None:
    text = _changed("    keys: 8\n", "    keis: 8\n")

    assert _only(text).line == _line(text, "keis")


@pytest.mark.parametrize("words", ["{{ policy.product }}", "{{ policy.product }}是保险吗？"])
def test_a_text_that_begins_with_a_slot_must_be_quoted(words: str) -> None:
    text = _changed("    says: 请问您收到保险合同了吗？\n", f"    says: {words}\n")
    fault = _only(text)

    assert (fault.code, fault.line) == ("yaml-syntax", _line(text, f"says: {words}"))
    assert "must stand in quotes" in fault.message


def test_all_faults_are_told_at_once() -> None:
    text = _changed("    keys: 8\n", "    keis: 8\n").replace("title: 标准回访话术\n", "")

    assert {fault.code for fault in _faults(text)} == {"unknown-key", "missing-key"}


def test_a_key_written_twice() -> None:
    fault = _only(STANDARD + "title: 又一个标题\n")

    assert fault.code == "yaml-duplicate-key"
    assert fault.line == len(STANDARD.splitlines()) + 1


BILLION_LAUGHS = 'a: &a ["lol"]\n' + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-a-mapping"),
        ("- a\n- b\n", "not-a-mapping"),
        ("just words", "not-a-mapping"),
        ("a: [1, 2", "yaml-syntax"),
        ("a: b: c", "yaml-syntax"),
        ("\ta: 1", "yaml-syntax"),
        ("a: \x00", "yaml-syntax"),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag"),
        ("a: !!python/name:os.system", "yaml-tag"),
        ("id: 2026-99-99", "yaml-syntax"),
        ("? [a]\n: b", "yaml-syntax"),
        ("a: 1\n---\nb: 2", "yaml-syntax"),
        ("a: " + "[" * 5000, "yaml-too-deep"),
        ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 60)), "yaml-too-deep"),
        (BILLION_LAUGHS, "yaml-alias"),
        ("a: &a [*a]", "yaml-alias"),
        ("# " + "x" * 600_000, "file-too-large"),
    ],
)
def test_what_is_no_script_at_all(text: str, code: str) -> None:
    assert code in {fault.code for fault in _faults(text)}


def test_ten_thousand_questions_are_one_fault() -> None:
    many = "questions:\n" + "  - {id: READ, says: 懂吗？}\n" * 10_000

    assert _only(_changed("questions:\n", many)).code == "too-many"


@given(st.text())
def test_any_text_is_a_script_or_a_fault(text: str) -> None:
    assert _faults(text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError) as caught:
        reader.load_script(tmp_path / "none.yaml")

    assert caught.value.faults[0].code == "file-unreadable"
    assert "none.yaml" in str(caught.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "gb.yaml"
    path.write_bytes(STANDARD.encode("gb18030"))

    with pytest.raises(FaultyFileError) as caught:
        reader.load_script(path)

    assert caught.value.faults[0].code == "file-unreadable"
    assert "UTF-8" in str(caught.value)


def test_a_windows_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(("\ufeff" + STANDARD.replace("\n", "\r\n")).encode())

    assert reader.load_script(path) == reader.read_script(STANDARD)


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("    again: 我们想找", "    again：我们想找", "not the full-width colon"),
        ("    again: 我们想找", "    again:我们想找", "leave a space after the colon"),
        ("title: 标准回访话术", "title： 标准回访话术", "not the full-width colon"),
        ("  - id: ID_VERIFY\n", "\t- id: ID_VERIFY\n", "not with a tab"),
        ("limits: {turns: 150, spoken_s: 15}", "source: {says: What does it cover?}",
         "put the text in quotes"),
    ],
)  # fmt: skip
def test_a_slip_of_writing_is_told_with_its_line_and_mend(old: str, new: str, mend: str) -> None:
    text = _changed(old, new)
    fault = _only(text)
    line = next(i for i, one in enumerate(text.splitlines(), 1) if new.splitlines()[0] in one)

    assert fault.code == "yaml-syntax"
    assert f"line {line}: " in fault.message
    assert mend in fault.message


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066"])
def test_a_text_with_characters_that_nobody_sees_is_refused(hidden: str) -> None:
    """They could turn it round, or hide a part of it from whoever approves it."""
    fault = _only(_changed("请问您收到保险合同了吗", f"请问您收到{hidden}保险合同了吗"))

    assert (fault.code, fault.question) == ("bad-value", "RECEIPT")
    assert f"U+{ord(hidden):04X}: take it out" in fault.message
