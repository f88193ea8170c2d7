"""A script as a spreadsheet and back: nothing is lost, whatever program saved it in between."""

from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from scripts import sheets, written
from scripts.conditions import parse
from scripts.model import Event, Kind
from scripts.reader import library
from scripts.schema import CareShape, EndingShape, LimitsShape, QuestionShape, ScriptShape
from scripts.sheets import lists, steps
from scripts.sheets.layout import Cell, layout
from scripts.written import Written
from tests.scripts import sheet_tools as tools
from tests.scripts.sheet_scripts import scripts


@cache
def standard() -> Written:
    return written.find("standard")


@cache
def workbook() -> bytes:
    return sheets.export(standard())


@pytest.mark.parametrize("name", library())
def test_every_script_of_the_library_comes_back_the_same(name: str) -> None:
    script = written.find(name)

    again = sheets.read(sheets.export(script), f"{name}.xlsx")

    assert again.hash == script.hash
    assert again.data == script.data


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(scripts())
def test_any_script_comes_back_the_same(data: dict[str, object]) -> None:
    script = written.of_data(data)

    again = sheets.read(sheets.export(script), "made.xlsx", checked=False)

    assert again.text == script.text


def test_the_same_script_makes_the_same_file() -> None:
    assert sheets.export(standard()) == workbook()


def test_a_changed_cell_makes_another_script() -> None:
    """What the other tests call the same is not the same by accident."""
    other = "请问您知道您买的是一份人身保险吗？"
    content = tools.edited(workbook(), tools.setting("survey", "AWARE", "label", other))

    again = sheets.read(content, "s.xlsx")

    question = again.script.question("AWARE")
    assert question is not None
    assert question.says.source == other
    assert again.hash != standard().hash


def numbers_as_numbers(book: Workbook) -> None:
    """A program that takes 8 in a cell for a number, and yes for true."""
    for page in (book[name] for name in layout().columns):
        for row in page.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.isdecimal():
                    cell.value = float(cell.value)
                elif cell.value in ("yes", "no"):
                    cell.value = cell.value == "yes"


def empty_rows_and_columns(book: Workbook) -> None:
    for page in (book[name] for name in layout().columns):
        page.insert_rows(5)
        page.insert_cols(2)
        page.cell(page.max_row + 30, page.max_column + 20).value = "  "


def columns_reversed(book: Workbook) -> None:
    for page in (book[name] for name in layout().columns):
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        for number, values in enumerate(rows, 1):
            for place, value in enumerate(reversed(values), 1):
                page.cell(number, place).value = value


def headers_otherwise(book: Workbook) -> None:
    for page in (book[name] for name in layout().columns):
        for cell in page[1]:
            cell.value = f"  {str(cell.value).upper().replace(':', ' ： ')} "


def captions_as_headers(book: Workbook) -> None:
    """The row of English names was removed; only translated columns keep theirs."""
    for name in layout().columns:
        page = book[name]
        for cell in page[2]:
            if "::" in page.cell(1, cell.column).value:
                caption, _, language = str(cell.value).rstrip("）").partition("（")
                cell.value = f"{caption}::{language}"
        page.delete_rows(1)


def no_captions(book: Workbook) -> None:
    for name in layout().columns:
        book[name].delete_rows(2)


def full_width_punctuation(book: Workbook) -> None:
    wide = str.maketrans({",": "，", "[": "【", "]": "】", ">": "＞", "=": "＝", "<": "＜"})
    for sheet, heading in (("survey", "relevant"), ("endings", "relevant"), ("choices", "steps")):
        page = book[sheet]
        number = tools.column(page, heading)
        for row in range(3, page.max_row + 1):
            cell = page.cell(row, number)
            if cell.value:
                cell.value = str(cell.value).translate(wide).replace("\n", "；")


def steps_in_other_words(book: Workbook) -> None:
    page = book["choices"]
    for row in range(3, page.max_row + 1):
        for heading in ("steps", "steps: care"):
            cell = page.cell(row, tools.column(page, heading))
            words = str(cell.value or "").replace("end ", "End：").replace("ask ", "ASK → ")
            cell.value = words.replace("next", "NEXT").replace(", ", "\n")


def spaces_around(book: Workbook) -> None:
    for page in (book[name] for name in layout().columns):
        for row in page.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str) and cell.value:
                    cell.value = f" \u3000{cell.value}\u00a0\n"


def capital_conditions_in_quotes(book: Workbook) -> None:
    page = book["survey"]
    for row in range(3, page.max_row + 1):
        cell = page.cell(row, tools.column(page, "relevant"))
        if cell.value:
            cell.value = f"“{str(cell.value)[0].upper()}{str(cell.value)[1:]}”"


def phrases_in_quotes(book: Workbook) -> None:
    page = book["survey"]
    for row in range(3, page.max_row + 1):
        cell = page.cell(row, tools.column(page, "expects"))
        if cell.value:
            cell.value = ", ".join(f"“{one}”" for one in str(cell.value).split("、"))


def notes_of_their_own(book: Workbook) -> None:
    page = book["survey"]
    page.cell(1, page.max_column + 1).value = "备注：法务"
    page.cell(5, page.max_column).value = "这句请再看看"
    book.create_sheet("#todo").append(["name", "label"])


def untouched(_: Workbook) -> None:
    pass


@pytest.mark.parametrize(
    "edit",
    [
        untouched, numbers_as_numbers, empty_rows_and_columns, columns_reversed, headers_otherwise,
        captions_as_headers, no_captions, full_width_punctuation, steps_in_other_words,
        spaces_around, capital_conditions_in_quotes, phrases_in_quotes, notes_of_their_own,
    ],
)  # fmt: skip
def test_another_program_changes_the_file_but_not_the_script(edit: tools.Edit) -> None:
    content = tools.edited(workbook(), edit)

    assert content != workbook()
    assert sheets.read(content, "s.xlsx").text == standard().text


def test_a_column_adds_a_language() -> None:
    def translate(book: Workbook) -> None:
        page = book["survey"]
        page.cell(1, page.max_column + 1).value = "label::粤语 (yue)"
        tools.cell(book, "survey", "AWARE", "label::粤语 (yue)").value = "請問你知唔知呢份係保險？"

    content = tools.edited(workbook(), translate)

    again = sheets.read(content, "s.xlsx", checked=False)

    assert again.data["translations"]["yue"] == {
        "questions": {"AWARE": {"says": "請問你知唔知呢份係保險？"}}
    }
    assert again.data["translations"].keys() == {*standard().data["translations"], "yue"}


def test_a_date_or_a_number_in_a_text_stays_what_was_typed() -> None:
    content = tools.edited(
        workbook(),
        tools.setting("settings", "version", "value", date(2026, 11, 22)),
        tools.setting("settings", "title", "value", 2026.0),
    )

    again = sheets.read(content, "s.xlsx")

    assert (again.data["version"], again.data["title"]) == ("2026-11-22", "2026")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "=HYPERLINK(1)", "'"])
def test_what_looks_like_a_formula_is_text(start: str) -> None:
    other = f"{start}请问您知道这是一份人身保险吗？"
    data = {**standard().data, "title": other}

    book = tools.opened(sheets.export(written.of_data(data)))

    cell = tools.cell(book, "settings", "title", "value")
    assert (cell.value, cell.data_type, cell.number_format) == (other, "s", "@")


def test_every_key_of_a_script_has_its_column_or_row() -> None:
    """A key that the sheets forget would be lost without a word."""
    questions = {column.key.partition(".")[0] for column in layout().columns["survey"]}
    assert questions - {"code"} == set(QuestionShape.model_fields)
    own = {column.key for column in layout().columns["endings"]}
    assert own - {"when"} == set(EndingShape.model_fields)
    rows = {setting.key for setting in layout().settings}
    whole = {field.alias or name for name, field in ScriptShape.model_fields.items()}
    others = {"questions", "aside", "endings", "translations", "on", "limits", "care", "phrases"}
    assert {key for key in rows if "." not in key} == whole - others
    assert {key for key in rows if key.startswith("limits.")} == {
        f"limits.{name}" for name in LimitsShape.model_fields
    }
    assert {key for key in rows if key.startswith("care.")} == {
        f"care.{name}" for name in CareShape.model_fields if name != "on"
    }
    assert list(layout().events) == list(Event)


def test_the_guide_explains_every_column_in_both_languages() -> None:
    rows = list(tools.opened(workbook())["guide"].iter_rows(min_row=2, values_only=True))

    explained = {(sheet, header): (zh, en) for sheet, header, _, zh, en in rows if header}
    for sheet, columns in layout().columns.items():
        for column in columns:
            zh, en = explained[sheet, column.header]
            assert any("\u4e00" <= letter <= "\u9fff" for letter in zh)
            assert en.isascii() or "没有" in en or "、" in en


def test_cells_offer_the_words_that_may_stand_there() -> None:
    book = tools.opened(workbook())
    offered = {}
    for rule in book["survey"].data_validations.dataValidation:
        area, place = str(rule.sqref), rule.formula1
        header = book["survey"][f"{area.rstrip('0123456789').partition(':')[0][:1]}1"].value
        offered[header] = [c[0].value for c in book["lists"][place.partition("!")[2]]]

    assert offered["type"] == list(Kind)
    assert offered["polarity"] == ["positive", "negative"]
    assert {"4-term", "nonguar"} <= set(offered["item"])
    assert book["survey"].freeze_panes == "C3"


@given(st.lists(st.text(min_size=1, max_size=12).map(str.strip).filter(bool), max_size=6))
def test_phrases_come_back_as_they_were(phrases: list[str]) -> None:
    assert lists.phrases(lists.phrases_shown(phrases)) == phrases


@pytest.mark.parametrize(
    ("cell", "conditions"),
    [
        ("not insured_is_holder", ["not insured_is_holder"]),
        ("instalments and product_type in [universal， unit-linked]",
         ["instalments", "product_type in [universal, unit-linked]"]),
        ("holder_age≥65；Elderly", ["holder_age>=65", "elderly"]),
        ("doubted in 【AWARE、READ】\n\nresumed", ["doubted in [AWARE,READ]", "resumed"]),
    ],
)  # fmt: skip
def test_conditions_are_split_and_mended(cell: str, conditions: list[str]) -> None:
    found = lists.conditions(cell)

    assert found == conditions
    assert all(parse(one, frozenset({"doubted"})) for one in found)


@pytest.mark.parametrize(
    "cell",
    ["explain, end refused", "Explain，END：refused", "explain\n{end: refused}",
     "explain；end → refused", " explain 、 end  refused 。", "“explain”, end=refused"],
)  # fmt: skip
def test_steps_may_be_written_in_many_ways(cell: str) -> None:
    assert steps.plain(cell) == ["explain", {"end": "refused"}]


def test_info_cells_are_not_read_back() -> None:
    infos = [c for columns in layout().columns.values() for c in columns if c.cell is Cell.INFO]

    assert {column.header for column in infos} == {"code", "label", "keys", "caption"}
