"""A faulty spreadsheet: every fault at once, each at its cell, and a marked copy that keeps all
that the sender wrote."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from scripts import checks, sheets, written
from scripts.faults import Severity
from scripts.sheets import FaultySheet
from scripts.sheets.layout import meanings
from tests.scripts import sheet_tools as tools


@cache
def workbook() -> bytes:
    return sheets.export(written.find("standard"))


def refusal(*edits: tools.Edit) -> FaultySheet:
    found = tools.faulty(tools.edited(workbook(), *edits))
    assert found is not None, "the workbook was taken"
    return found


_LONG = "这份保险的保险责任写在条款里，" * 12

#: One wrong cell (sheet, row, column, what is written) and where which fault must be told.
WRONG = [
    ("survey", "AWARE", "label", None, "survey!E7", "missing-key"),
    ("survey", "AWARE", "label", "x" * 401, "survey!E7", "bad-value"),
    ("survey", "AWARE", "label", "请问{{ holder.nme }}知道吗？", "survey!E7", "unknown-slot"),
    ("survey", "AWARE", "label", "请问{holder}知道吗？", "survey!E7", "bad-slot"),
    ("survey", "AWARE", "label::en", None, "survey!F7", "missing-translation"),
    ("survey", "AWARE", "label::en", "Do you {{ know }}?", "survey!F7", "unknown-slot"),
    ("survey", "AWARE", "name", None, "survey!B7", "missing-key"),
    ("survey", "AWARE", "name", "CLOSING", "survey!B40", "duplicate-id"),
    ("survey", "AWARE", "name", "AWRE", "survey!B7", "bad-code"),
    ("survey", "AWARE", "name", "我 知道", "survey!B7", "bad-value"),
    ("endings", "silent", "name", "没有声音", "endings!A21", "bad-value"),
    ("survey", "AWARE", "code", "READ", "survey!C7", "bad-code"),
    ("survey", "AWARE", "type", "fct", "survey!A7", "bad-value"),
    ("survey", "AWARE", "then", "refused", "survey!R7", "bad-route"),
    ("survey", "AWARE", "item", None, "survey!D7", "item-missing"),
    ("survey", "AWARE", "item", "2-purchas", "survey!D7", "unknown-name"),
    ("survey", "AWARE", "explain", None, "survey!I7", "missing-explanation"),
    ("survey", "AWARE", "explain", _LONG, "survey!I7", "too-long-spoken"),
    ("survey", "AWARE", "relevant", "instalment", "survey!K7", "bad-condition"),
    ("survey", "AWARE", "relevant", "elderly and instalment", "survey!K7", "bad-condition"),
    ("survey", "AWARE", "polarity", "negtive", "survey!L7", "bad-value"),
    ("survey", "AWARE", "keys", "many", "survey!N7", "bad-value"),
    ("survey", "AWARE", "wait_s", 2.5, "survey!O7", "bad-value"),
    ("survey", "AWARE", "barge_in", "yes", "survey!P7", "interruptible"),
    ("survey", "AWARE", "slow", "maybe", "survey!Q7", "bad-value"),
    ("survey", "AWARE", "on: deny", "explian, end unaware", "survey!W7", "bad-route"),
    ("survey", "AWARE", "on: deny", "explain, end nowhere", "survey!W7", "bad-route"),
    ("survey", "AWARE", "on: deny", "explain", "survey!W7", "never-gives-up"),
    ("survey", "ID_PRESENT", "label", "{{ policy.premium }}对吗？", "survey!E3",
     "fact-before-identity"),
    ("survey", "AWARE", "label", "=A1&B1", "survey!E7", "bad-cell"),
    ("choices", "deny", "steps", None, "choices!D4", "missing-route"),
    ("choices", "deny", "steps", "again", "choices!D4", "never-gives-up"),
    ("choices", "deny", "name", "denny", "choices!A4", "bad-value"),
    ("choices", "deny", "name", "affirm", "choices!A4", "duplicate-id"),
    ("choices", "silence", "steps: care", "shout", "choices!E14", "bad-route"),
    ("endings", "completed", "relevant", "doubt", "endings!C3", "bad-condition"),
    ("endings", "completed", "outcome", None, "endings!B3", "missing-key"),
    ("endings", "completed", "outcome", "done", "endings!B3", "bad-value"),
    ("endings", "completed", "outcome", "refused", "endings!B3", "no-completed-ending"),
    ("endings", "completed", "label::en", None, "endings!E3", "missing-translation"),
    ("endings", "person", "sorry", None, "endings!H16", "missing-key"),
    ("endings", "unaware", "name", "completed", "endings!A13", "duplicate-id"),
    ("endings", "refused", "relevant", "doubts", "endings!C12", "ending-speechless"),
    ("settings", "finish", "value", "done", "settings!C15", "unknown-ending"),
    ("settings", "opening", "value", None, "settings!C13", "missing-key"),
    ("settings", "opening", "value::en", None, "settings!D13", "missing-translation"),
    ("settings", "limits.turns", "value", 5, "settings!C21", "bad-value"),
    ("settings", "format", "value", 7, "settings!C3", "unknown-format"),
    ("settings", "for", "value", "product_type in [car]", "settings!C10", "bad-condition"),
    ("settings", "title", "value::en", "Standard", "settings!D6", "bad-cell"),
    ("settings", "title", "name", "titel", "settings!A6", "unknown-key"),
    ("settings", "title", "name", "id", "settings!A6", "duplicate-id"),
    ("settings", "language", "value", "Chinese", "settings!C11", "bad-value"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "name", "header", "value", "cell", "code"), WRONG)
def test_a_wrong_cell_is_told_and_marked(
    sheet: str, name: str, header: str, value: object, cell: str, code: str
) -> None:
    found = refusal(tools.setting(sheet, name, header, value))

    assert (cell, code) in set(tools.told(found.faults))
    page, _, address = cell.partition("!")
    marked = tools.opened(found.marked)[page][address]
    assert marked.fill.fgColor.rgb == tools.ERROR_FILL
    assert f"[{code}]" in marked.comment.text


def test_the_workbook_of_these_cells_is_right_otherwise() -> None:
    assert tools.faulty(tools.edited(workbook())) is None


def spoil_everything(book: Workbook) -> None:
    for sheet, name, header, value in (
        ("survey", "READ", "label", None),
        ("survey", "RECEIPT", "on: deny", "vanish"),
        ("survey", "LIABILITY", "keys", "x"),
        ("choices", "refuse", "name", "refusal"),
        ("endings", "silent", "outcome", "quiet"),
        ("settings", "care.wait_s", "value", 99),
    ):
        tools.setting(sheet, name, header, value)(book)
    book["survey"].cell(1, book["survey"].max_column + 1).value = "lable"


def test_every_fault_is_told_at_once() -> None:
    found = refusal(spoil_everything)

    cells = {cell for cell, _ in tools.told(found.faults)}
    assert {"survey!E12", "survey!W11", "survey!N14", "choices!A8", "endings!B21"} <= cells
    assert {"settings!C25", "survey!AL1"} <= cells
    assert all(fault.code in checks.CODES for fault in found.faults)
    assert all(str(fault).startswith("s.xlsx: ") for fault in found.faults)


def test_the_sheet_of_faults_lists_them_all() -> None:
    found = refusal(spoil_everything)

    rows = list(tools.opened(found.marked)["faults"].iter_rows(min_row=2, values_only=True))
    assert [f"{row[0]}!{row[1]}: {row[-1]}" for row in rows] == [
        fault.message for fault in found.faults
    ]
    assert {(row[2], row[3]) for row in rows} >= {("READ", "missing-key"), ("silent", "bad-value")}


def additions(book: Workbook) -> None:
    """What a sender may have put beside the script, and one fault."""
    page = book["survey"]
    page.cell(1, page.max_column + 1).value = "#法务意见"
    page.cell(9, page.max_column).value = "=不是公式"
    page.cell(9, page.max_column).data_type = "s"
    page["E9"].comment = Comment("请再斟酌\n这一句", "陈")
    page["E7"].comment = Comment("我们的意见", "陈")
    page["E7"].value = None
    other = book.create_sheet("Sheet9")
    other.append(["单独的话", 12.5, True])
    book.create_sheet("空表")


def test_nothing_of_the_sender_is_lost_in_the_copy() -> None:
    content = tools.edited(workbook(), additions)
    found = tools.faulty(content)
    assert found is not None

    before, after = tools.opened(content), tools.opened(found.marked)

    assert set(before.sheetnames) | {"faults"} == set(after.sheetnames)
    for page in before:
        for row in page.iter_rows():
            for cell in row:
                assert (after[page.title][cell.coordinate].value or "") == (cell.value or "")
    assert after["survey"]["E9"].comment.text == "请再斟酌\n这一句"
    assert after["survey"]["E7"].comment.text.endswith("\n我们的意见")


def test_an_unknown_sheet_is_told_but_stops_nothing() -> None:
    content = tools.edited(workbook(), lambda book: book.create_sheet("Sheet9").append(["x"]))

    found = sheets.reading(content, "s.xlsx")

    assert [(fault.code, fault.severity) for fault in found.told] == [
        ("unknown-sheet", Severity.WARNING)
    ]


def test_a_marked_copy_is_mended_and_sent_again() -> None:
    first = refusal(tools.setting("survey", "AWARE", "label", None), additions)

    mended = tools.edited(
        first.marked,
        tools.setting("survey", "AWARE", "label", "请问您知道这是一份人身保险吗？"),
        tools.setting("survey", "READ", "keys", "x"),
    )
    second = tools.faulty(mended)
    assert second is not None

    copy = tools.opened(second.marked)
    assert copy.sheetnames.count("faults") == 1
    assert copy["survey"]["E7"].comment.text == "我们的意见"
    assert [f.code for f in second.faults if f.severity is Severity.ERROR] == ["bad-value"]


def test_a_copy_whose_faults_are_mended_is_taken() -> None:
    first = refusal(tools.setting("survey", "AWARE", "keys", "x"))

    mended = tools.edited(first.marked, tools.setting("survey", "AWARE", "keys", None))

    assert sheets.read(mended, "s.xlsx").hash == written.find("standard").hash


def test_warnings_are_told_and_do_not_stop() -> None:
    edit = tools.setting("survey", "AWARE", "label", "难道您不知道这是一份人身保险吗？")

    found = sheets.reading(tools.edited(workbook(), edit), "s.xlsx")

    assert ("survey!E7", "negative-wording") in set(tools.told(found.told))


def test_a_draft_may_be_taken_before_it_may_be_published() -> None:
    content = tools.edited(workbook(), tools.setting("survey", "AWARE", "item", None))

    assert tools.faulty(content) is not None
    assert sheets.read(content, "s.xlsx", checked=False).script.question("AWARE") is not None


@pytest.mark.parametrize("missing", ["survey", "choices", "endings", "settings"])
def test_a_missing_sheet_is_one_fault(missing: str) -> None:
    found = refusal(lambda book: book.remove(book[missing]))

    assert [(fault.code, missing in fault.message) for fault in found.faults] == [
        ("missing-sheet", True)
    ]


def test_missing_and_doubled_columns_are_told() -> None:
    def rename(book: Workbook) -> None:
        book["endings"]["B1"].value = "name"
        book["survey"]["G1"].value = "hnt"

    cells = set(tools.told(refusal(rename).faults))

    assert ("endings!B1", "duplicate-column") in cells
    assert ("endings!A1", "missing-column") in cells
    assert ("survey!G1", "unknown-column") in cells


def test_words_beside_the_columns_are_told() -> None:
    def scribble(book: Workbook) -> None:
        book["survey"].cell(6, book["survey"].max_column + 2).value = "看这里"

    assert ("survey!AM6", "unknown-column") in set(tools.told(refusal(scribble).faults))


def test_an_error_in_a_cell_is_not_an_empty_cell() -> None:
    """Read as empty, the question would lose its polarity without a word."""

    def break_cell(book: Workbook) -> None:
        cell = tools.cell(book, "survey", "AWARE", "polarity")
        cell.value, cell.data_type = "#N/A", "e"

    assert list(tools.told(refusal(break_cell).faults)) == [("survey!L7", "bad-cell")]


def test_a_formula_with_a_value_is_its_value() -> None:
    content = _with_formula(workbook(), "completed")

    assert sheets.read(content, "s.xlsx").hash == written.find("standard").hash


def _with_formula(content: bytes, value: str) -> bytes:
    """The outcome in endings!B3 as a formula with a stored value, as Excel stores it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                formula = f'<c r="B3" t="str"><f>LOWER("X")</f><v>{value}</v></c>'
                part, count = re.subn(rb'<c r="B3"[^>]*>.*?</c>', formula.encode(), part, count=1)
                assert count == 1
            new.writestr(name, part)
    return out.getvalue()


def test_the_rows_of_an_ending_stand_together() -> None:
    """Merged from two places, the order of its sentences would be a guess."""
    found = refusal(tools.setting("endings", "unaware", "name", "completed"))

    assert any("put its rows together" in fault.message for fault in found.faults)


def test_a_translated_sentence_needs_the_others_of_its_ending() -> None:
    def clear(book: Workbook) -> None:
        page = book["endings"]
        page.cell(4, tools.column(page, "label::en")).value = None

    assert ("endings!E4", "missing-translation") in set(tools.told(refusal(clear).faults))


def test_every_code_that_a_workbook_can_meet_is_explained_in_chinese() -> None:
    room = Path(sheets.__file__).parents[1]
    places = ("*.py", "checks/[!_]*.py", "sheets/*.py")
    sources = "".join(p.read_text("utf-8") for place in places for p in room.glob(place))
    used = {code for code in checks.CODES if f'"{code}"' in sources}

    assert {code for code in used if not code.startswith("yaml-")} - set(meanings()) == set()
    assert set(meanings()) - checks.CODES == set()
    assert all(any(letter >= "\u4e00" for letter in words) for words in meanings().values())


def test_openpyxl_and_we_mean_the_same_cells() -> None:
    """The addresses in this file are those of the exported workbook."""
    page = openpyxl.load_workbook(io.BytesIO(workbook()))["survey"]

    assert (page["B7"].value, page["E1"].value, page["W1"].value) == ("AWARE", "label", "on: deny")
