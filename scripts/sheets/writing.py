"""Writes a call script as a workbook for people: columns with captions, lists to choose from, and
a guide in Chinese and English. Every cell is text, so that nothing in it is ever evaluated."""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from scripts import conditions, slots
from scripts.checks.needed import ITEMS
from scripts.sheets import choices, endings, settings, survey
from scripts.sheets.layout import (
    GUIDE,
    LISTS,
    Cell,
    Column,
    Heading,
    layout,
    words,
)
from scripts.written import Written

#: The same script makes the same file, so the file does not say when it was made.
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_HEADER_ROWS = 2
#: Rows below the script's own that still offer the lists: room for new questions.
_ROOM = 100

_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "header": {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1},
    "caption": {"italic": True, "bg_color": "#DDEBF7", "border": 1},
    "text": {"border": 1, "border_color": "#D9D9D9"},
    "fixed": {"border": 1, "border_color": "#D9D9D9", "bg_color": "#E7E6E6", "bold": True},
    "info": {
        "border": 1,
        "border_color": "#D9D9D9",
        "bg_color": "#F2F2F2",
        "font_color": "#595959",
    },
    "other": {"border": 1, "border_color": "#D9D9D9", "bg_color": "#F3FAEF"},
}

Row = Mapping[Heading, str]
_SHEETS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[dict[Heading, str]]]] = {
    "survey": survey.rows,
    "choices": choices.rows,
    "endings": endings.rows,
    "settings": settings.rows,
}


def export(written: Written) -> bytes:
    """The script as an xlsx workbook; ``read`` makes the same script of it again."""
    content = io.BytesIO()
    languages = tuple(written.data.get("translations", ()))
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": written.script.title, "created": MADE})
        formats = {name: _format(book, extra) for name, extra in _FORMATS.items()}
        for name, rows in _SHEETS.items():
            _sheet(book, name, list(rows(written.data)), languages, formats)
        _guide(book, formats)
        _lists(book, formats)
    return content.getvalue()


def _format(book: Any, extra: Mapping[str, Any]) -> Any:
    return book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", **extra})


def _sheet(
    book: Any, name: str, rows: list[dict[Heading, str]], languages: tuple[str, ...], formats: Any
) -> None:
    sheet = book.add_worksheet(name)
    columns = list(_columns(name, languages))
    for number, (heading, column) in enumerate(columns):
        style = _style(heading, column)
        sheet.set_column(number, number, column.width, formats["text"])
        sheet.write_string(0, number, str(heading), formats["header"])
        sheet.write_string(1, number, _caption(heading, column), formats["caption"])
        for line, row in enumerate(rows, _HEADER_ROWS):
            sheet.write_string(line, number, row.get(heading, ""), formats[style])
        _choose(sheet, number, len(rows), column)
    _paged(sheet, columns)


def _columns(name: str, languages: tuple[str, ...]) -> Iterator[tuple[Heading, Column]]:
    for column in layout().columns[name]:
        yield Heading(column.header), column
        for language in languages if column.translated else ():
            yield Heading(column.header, language), column


def _style(heading: Heading, column: Column) -> str:
    if heading.header == "name":
        return "fixed"
    if heading.language:
        return "other"
    return "info" if column.cell is Cell.INFO else "text"


def _caption(heading: Heading, column: Column) -> str:
    return f"{column.caption}（{heading.language}）" if heading.language else column.caption


def _choose(sheet: Any, number: int, count: int, column: Column) -> None:
    """A list to choose from, taken from the sheet of lists."""
    if not column.words:
        return
    place = list(_word_lists()).index(column.words)
    last = len(_word_lists()[column.words])
    letter = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
    sheet.data_validation(
        _HEADER_ROWS,
        number,
        _HEADER_ROWS + count + _ROOM,
        number,
        {
            "validate": "list",
            "source": f"={LISTS}!{letter}$2:{letter}${last + 1}",
            "error_title": "请从列表中选择",
            "error_message": f"{column.caption}（{column.header}）只能是列表中的词。",
        },
    )


def _paged(sheet: Any, columns: list[tuple[Heading, Column]]) -> None:
    """What stays in sight while scrolling, and how it prints."""
    names = [heading.header for heading, _ in columns]
    sheet.freeze_panes(_HEADER_ROWS, names.index("name") + 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEADER_ROWS - 1)


def _guide(book: Any, formats: Any) -> None:
    """Every column in Chinese and English."""
    sheet = book.add_worksheet(GUIDE)
    for number, width in enumerate((12, 22, 18, 70, 70)):
        sheet.set_column(number, number, width, formats["text"])
    _line(sheet, 0, ("sheet", "column", "列名", "说明", "what it is"), formats["header"])
    for line, texts in enumerate(_guided(), 1):
        _line(sheet, line, texts, formats["text" if texts[1] else "caption"])
    sheet.freeze_panes(1, 0)


def _guided() -> Iterator[tuple[str, ...]]:
    whole = layout()
    for name, columns in whole.columns.items():
        yield name, "", "", whole.about[name].zh, whole.about[name].en
        for column in columns:
            yield name, column.header, column.caption, column.zh, column.en
            if column.translated:
                header, caption = f"{column.header}::en", f"{column.caption}（en）"
                zh = "英文译文；加一列，把 en 换成别的语言（如 yue），就加了一种语言。"
                en = "In English; another column, e.g. ::yue, adds a language."
                yield name, header, caption, zh, en


def _lists(book: Any, formats: Any) -> None:
    """The words that cells choose from, and the words of conditions and slots."""
    sheet = book.add_worksheet(LISTS)
    for number, (name, values) in enumerate({**_word_lists(), **_vocabulary()}.items()):
        sheet.set_column(number, number, 24, formats["text"])
        sheet.write_string(0, number, name, formats["header"])
        for line, value in enumerate(values, 1):
            sheet.write_string(line, number, value, formats["info"])
    sheet.freeze_panes(1, 0)


def _word_lists() -> dict[str, tuple[str, ...]]:
    names = {c.words for columns in layout().columns.values() for c in columns if c.words}
    return {name: words(name) for name in sorted(names)}


def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Not chosen from a list, but good to look up."""
    facts = (
        *conditions.FLAGS,
        *(f"{fact} in [{', '.join(values)}]" for fact, (_, values) in conditions.CHOICES.items()),
        *(f"{fact} >= 60" for fact in conditions.NUMBERS),
        *sorted(conditions.CALL_FLAGS),
        f"{conditions.DOUBTED} in [AWARE, LIABILITY]",
    )
    items = tuple(f"{item.name}: {item.title}" for item in ITEMS.values())
    return {
        "conditions": facts,
        "slots": tuple(f"{{{{ {s} }}}}" for s in slots.SLOTS),
        "items": items,
    }


def _line(sheet: Any, line: int, texts: tuple[str, ...], style: Any) -> None:
    for number, words_ in enumerate(texts):
        sheet.write_string(line, number, words_, style)
