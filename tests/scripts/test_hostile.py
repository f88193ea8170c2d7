"""Hostile and broken files, through the same door as an author's: one clear fault, or the few that
are really there, with its place, without a traceback, and without making anybody wait."""

from pathlib import Path

import pytest

from scripts import checks
from scripts.checks import graph
from scripts.conditions import FLAGS
from scripts.faults import Fault
from scripts.rulebooks import reader as rulebooks
from tests import yardstick

WHOLE = (Path(__file__).parent / "data" / "whole.yaml").read_text("utf-8")
RULEBOOK = (rulebooks.LIBRARY / "standard.yaml").read_text("utf-8")
HEAD, QUESTIONS = WHOLE.split("questions:\n")
LEADING = QUESTIONS[: QUESTIONS.index("  - id: CONSENT\n")]
CLOSING = QUESTIONS[QUESTIONS.index("  - id: CLOSING\n") :]
SHORT = "  - {id: READ, says: 懂吗？}\n"
#: CPU seconds for one file; a slow machine takes twice as long.
LIMIT_S = 1.0


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def _title(value: str) -> str:
    return changed("title: 标准回访话术", f"title: {value}")


def _checked(text: str) -> list[Fault]:
    """The faults of a text, in good time, each with code, line and column."""
    faults = yardstick.timely(lambda: checks.check_text(text, "mine.yaml"), LIMIT_S)
    assert all(fault.code in checks.CODES for fault in faults)
    assert all(fault.line and fault.column for fault in faults if fault.code != "file-too-large")
    assert all(len(fault.message) < 1_000 for fault in faults)
    return faults


LAUGHS = 'a: &a ["lol"]\n' + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # no YAML
        ("a: [1, 2", "yaml-syntax"),
        ("a: 'x", "yaml-syntax"),
        ("? [a]\n: b", "yaml-syntax"),
        ("{a: b}: c", "yaml-syntax"),
        (WHOLE + "---\n" + WHOLE, "yaml-syntax"),
        ("a" * 400_000 + ": 1", "yaml-syntax"),
        ("'" + "x" * 400_000, "yaml-syntax"),
        # bombs
        (LAUGHS, "yaml-alias"),
        ("a: &a {<<: *a}", "yaml-alias"),
        (_title("*other"), "yaml-alias"),
        ("[" * 250_000 + "]" * 250_000, "yaml-too-deep"),
        ("{a: " * 100_000, "yaml-too-deep"),
        ("{" * 500_000, "yaml-too-deep"),
        ("- " * 200_000, "yaml-too-deep"),
        ("? " * 200_000, "yaml-too-deep"),
        ("".join(f"{' ' * deep}a:\n" for deep in range(900)), "yaml-too-deep"),
        # too much of anything
        (f"a: [{'1,' * 240_000}]", "too-many"),
        (f"a: [{'[],' * 160_000}]", "too-many"),
        ("{" + ",".join(f"k{n}: 1" for n in range(40_000)) + "}", "too-many"),
        ("".join(f"k{n}: 1\n" for n in range(40_000)), "too-many"),
        (("a: [" + f"[{'1,' * 1_000}]," * 200) + "]", "too-many"),
        (WHOLE.replace("questions:\n", "questions:\n" + SHORT * 10_000, 1), "too-many"),
        (f"{HEAD}questions:\n" + "  - use: identity\n" * 10_000, "too-many"),
        (WHOLE.replace("questions:\n", "questions:\n" + "  - use: identity\n" * 1_900, 1),
         "too-many"),
        (f"{HEAD}questions:\n" + "  - use: signatures\n" * 199 + CLOSING, "too-many"),
        (f"{HEAD}questions:\n" + f"  - {{use: reading, take: [{'READ,' * 900}]}}\n" + CLOSING,
         "too-many"),
        (changed("endings:\n", "endings:\n" + "  - {id: a, outcome: refused, says: 好}\n" * 10_000),
         "too-many"),
        (changed("expects: [是,", "expects: [" + "是," * 100_000), "too-many"),
        ("# " + "x" * 600_000, "file-too-large"),
        # the same twice
        (WHOLE + "title: 又一个\n", "yaml-duplicate-key"),
        (changed("  - id: READ.tips\n", "  - id: READ\n"), "duplicate-id"),
        (changed("questions:\n", "use: [phone, phone]\nquestions:\n"), "bad-use"),
        (changed("questions:\n", f"use: [{'phone,' * 1_900}]\nquestions:\n"), "bad-use"),
        # tags
        (_title("!!python/object/apply:os.system ['ls']"), "yaml-tag"),
        (_title("!!timestamp x"), "yaml-tag"),
        (_title("!!float ''"), "yaml-tag"),
        (_title("!!bool x"), "yaml-tag"),
        (_title("!!binary aGk="), "yaml-tag"),
        (changed("limits: {turns", "limits: !!omap {turns"), "yaml-tag"),
        # characters that no text can hold, raw and as escapes
        (_title("a\0b"), "yaml-syntax"),
        (_title('"a\\0b"'), "yaml-syntax"),
        (_title('"\\ud800"'), "yaml-syntax"),
        (_title("\ud800"), "yaml-syntax"),
        (changed("says: 请问您收到保险合同了吗？", 'says: "收到\\x07吗？"'), "yaml-syntax"),
        (WHOLE + '"\\ud800": 1\n', "yaml-syntax"),
        # values of the wrong kind
        (_title("2026-01-01"), "bad-value"),
        (_title("12"), "bad-value"),
        (_title("yes"), "bad-value"),
        (_title("~"), "bad-value"),
        (_title("[a]"), "bad-value"),
        (_title("2026-99-99"), "yaml-syntax"),
        (_title("1" * 400_000), "yaml-syntax"),
        (_title("1:" * 100_000 + "1"), "yaml-syntax"),
        (changed("turns: 150", "turns: .nan"), "bad-value"),
        (changed("turns: 150", "turns: .inf"), "bad-value"),
        (changed("turns: 150", "turns: 1e400"), "bad-value"),
        (changed("turns: 150", "turns: 0x_"), "yaml-syntax"),
        (changed("turns: 150", "<<: {turns: 150}"), "unknown-key"),
        (WHOLE + "7: x\n", "unknown-key"),
        (WHOLE + "~: x\n", "unknown-key"),
        (changed("format: 2", "format: [1]"), "unknown-format"),
        (changed("format: 2", "format: {a: 1}"), "unknown-format"),
        (changed("format: 2", "format: true"), "unknown-format"),
        (changed("format: 2", "format: 2.0"), "unknown-format"),
        (changed("format: 2", f"format: '{'x' * 400_000}'"), "unknown-format"),
        # texts without end
        (changed("says: 请问您收到保险合同了吗？", "says: " + "请" * 130_000), "bad-value"),
        (changed("says: 请问您收到保险合同了吗？", f"says: '{'{{ a }}' * 60_000}'"), "bad-value"),
        (changed("id: standard", "id: " + "a" * 400_000), "bad-value"),
        (changed("id: standard", "id: " + "a.b-" * 100_000), "bad-value"),
        (changed("language: zh-CN", "language: zh" + "-ab" * 100_000), "bad-value"),
        (changed("    item: 2-holder\n", f"    item: {'a' * 400_000}\n"), "bad-value"),
        (changed("deny: [explain, {end: unaware}]", f"deny: [{'a' * 90}, next]"), "bad-route"),
        # translations
        (WHOLE + "translations: [en]\n", "bad-value"),
        (WHOLE + "translations:\n" + "".join(f"  a{chr(97 + n)}: {{}}\n" for n in range(26)),
         "too-many"),
        (WHOLE + "translations:\n  en: {questions: {READ: {says: '{% x %}'}}}\n", "bad-slot"),
        (WHOLE + "translations:\n  en: {questions: {NONE: {says: a}}}\n", "unknown-name"),
    ],
    ids=lambda value: repr(value)[-60:] if len(value) > 60 else None,
)  # fmt: skip
def test_one_clear_fault(text: str, code: str) -> None:
    assert [fault.code for fault in _checked(text)] == [code]


@pytest.mark.parametrize(
    "slot",
    [
        "{{ holder.__class__ }}", "{{ 7*7 }}", "{{ config }}", "{{ holder.name() }}", "{{}}",
        "{{ holder['name'] }}", "{{ holder.name.upper }}", "{{ self }}", "{{ | x }}",
        "{{ __import__ }}", "{{ policy }}", "{{ ''.join }}",
    ],
)  # fmt: skip
def test_a_slot_that_reaches_for_python_does_not_exist(slot: str) -> None:
    said = f"says: '{slot.replace(chr(39), chr(39) * 2)}吗？'"
    faults = _checked(changed("says: 请问您收到保险合同了吗？", said))

    assert [(fault.code, fault.question) for fault in faults] == [("unknown-slot", "RECEIPT")]
    assert "holder.name" in faults[0].message


@pytest.mark.parametrize(
    "slot",
    [
        "{% import os %}", "{% for x in y %}", "{{{ holder.name }}}", "{ holder.name }", "}}{{",
        "{{ {{ holder.name }} }}", "${7*7}", "{0.__class__}", "#{7}", "{{ holder.name | | x }}",
        "{{ holder.name | {{ policy.product }} }}", "{#", "{{" + " " * 300,
    ],
)  # fmt: skip
def test_braces_that_are_no_slot_are_told(slot: str) -> None:
    faults = _checked(changed("says: 请问您收到保险合同了吗？", f"says: '{slot}吗？'"))

    assert [(fault.code, fault.question) for fault in faults] == [("bad-slot", "RECEIPT")]


def _conditional(number: int) -> str:
    """A question with as many conditions as may be, over every flag in turn."""
    names = list(FLAGS)
    when = [f"{'not ' * (number >> k & 1)}{names[(number + k) % len(names)]}" for k in range(7)]
    when += [
        f"{'not ' * (number % 2)}product_type in [health, universal]",
        f"holder_age >= {50 + number % 40}",
        f"days_since_issue <= {number}",
    ]
    listed = ", ".join(f"'{one}'" for one in when)
    return (
        f"  - {{id: READ.x{number}, item: 3-description, explain: 好, says: 您看过说明书了吗？,"
        f" when: [{listed}]}}\n"
    )


def test_very_many_conditions_do_not_explode() -> None:
    many = "".join(_conditional(number) for number in range(195))
    faults = _checked(f"{HEAD}questions:\n{LEADING}{many}{CLOSING}")

    assert "item-missing" in {fault.code for fault in faults}


def test_what_cannot_be_tried_is_not_taken_for_proved() -> None:
    """Beyond MOST_SITUATIONS the check says so; it used to stop looking and find no fault."""
    always = "'product_type in [traditional, participating, universal, unit-linked, health]'"
    both = [
        f"{negated}{flag}" for flag in FLAGS if flag != "address_known" for negated in ("", "not ")
    ]
    pairs = "".join(
        f"  - {{id: SURRENDER_LOSS.x{n}, item: '5', explain: 好, says: 退保有损失，请问您清楚吗？,"
        f" when: [{always}, {flag}]}}\n"
        for n, flag in enumerate(both)
    )
    loss = QUESTIONS.index("  - id: SURRENDER_LOSS\n")
    text = f"{HEAD}questions:\n{QUESTIONS[:loss]}{pairs}{QUESTIONS[loss:]}".replace(
        '    item: "5"\n', '    item: "5"\n    when: [address_known]\n', 1
    )
    faults = _checked(text)

    assert [fault.code for fault in faults] == ["too-many"]
    assert "退保损失" in faults[0].message
    assert graph.MOST_SITUATIONS <= 20_000


def test_a_script_whose_every_question_is_conditional() -> None:
    text = WHOLE.replace("    source:", "    x:").replace("    x:", "    source:")
    lines = []
    for line in text.split("aside:\n")[0].splitlines():
        lines.append(line)
        if line.startswith("  - id: "):
            lines.append("    when: [elderly]")
        elif line.startswith("    when: "):
            lines.pop()
    faults = _checked("\n".join(lines) + "\naside:\n" + text.split("aside:\n")[1])

    assert {"identity-missing", "item-missing", "no-closing"} <= {fault.code for fault in faults}


@pytest.mark.parametrize(
    "conditions",
    [
        "[instalments, not instalments]",
        "[instalments, 'frequency in [single]']",
        "['product_type in [health]', not 'product_type in [health]']".replace("not '", "'not "),
        "['holder_age >= 70', not elderly]",
        "['days_since_issue <= 5', 'days_since_issue >= 6']",
    ],
)
def test_a_script_for_no_policy(conditions: str) -> None:
    faults = _checked(changed("finish: completed", f"for: {conditions}\nfinish: completed"))

    assert [(fault.code, fault.question) for fault in faults] == [("unreachable", None)]
