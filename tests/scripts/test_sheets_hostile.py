"""Files that are no workbook, cost too much, or try to reach something: one clear sentence each,
no crash, no hang."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from functools import cache

import pytest
import xlsxwriter

from scripts import sheets, written
from scripts.sheets import FaultySheet, book
from tests.scripts import sheet_tools as tools

#: No file may take longer than this to refuse, in seconds; a usual one takes a tenth of a second.
PATIENCE = 10


@cache
def workbook() -> bytes:
    return sheets.export(written.find("standard"))


def refusal(content: bytes) -> FaultySheet:
    start = time.perf_counter()
    found = tools.faulty(content)
    assert time.perf_counter() - start < PATIENCE
    assert found is not None, "the file was taken"
    return found


def one(content: bytes) -> tuple[str, str]:
    """The code and the sentence of a file that cannot be opened at all."""
    found = refusal(content)
    (fault,) = found.faults
    assert found.marked == b""
    assert "\n" not in str(fault)
    return fault.code, str(fault)


def packed(parts: dict[str, bytes], base: bytes | None = None, method: int = 8) -> bytes:
    """A zip of the parts of a workbook with some of them replaced or added."""
    whole: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(base or workbook())) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, content in (whole | parts).items():
            new.writestr(name, content)
    return out.getvalue()


def with_survey(rows: str, strings: str = "") -> bytes:
    """A workbook whose first sheet holds these rows of XML."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    xml = f"{head}<sheetData>{rows}</sheetData></worksheet>"
    parts = {"xl/worksheets/sheet1.xml": xml.encode()}
    if strings:
        top = head.replace("worksheet", "sst")
        parts["xl/sharedStrings.xml"] = f"{top}{strings}</sst>".encode()
    return packed(parts)


def ole(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "".join(names).encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no .xlsx workbook"),
        (b"id: standard\n", "no .xlsx workbook"),
        (b"%PDF-1.7", "no .xlsx workbook"),
        (ole("Workbook"), "old .xls"),
        (ole("EncryptedPackage"), "password"),
        (workbook()[:2000], "no readable workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "no readable workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(content: bytes, word: str) -> None:
    code, sentence = one(content)

    assert code == "file-unreadable"
    assert word in sentence


def test_an_opendocument_sheet_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")

    assert "OpenDocument" in one(out.getvalue())[1]


def test_ten_thousand_rows_are_one_fault() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet("survey")
        for number, header in enumerate(("type", "name", "label")):
            page.write_string(0, number, header)
        for row in range(1, 10_001):
            page.write_row(row, 0, ("fact", f"AWARE.q{row}", "请问您清楚吗？"))

    code, sentence = one(out.getvalue())

    assert code == "too-many"
    assert "row 2000" in sentence


def test_a_cell_at_the_far_corner_is_refused() -> None:
    """A sheet from A1 to the last cell there is would be 17 thousand million cells."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'

    tracemalloc.start()
    assert one(with_survey(near + far))[0] == "too-many"
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_rows_without_numbers_are_counted_too() -> None:
    assert one(with_survey("<row><c><v>1</v></c></row>" * 2_500))[0] == "too-many"


def test_one_long_text_in_many_cells_is_refused() -> None:
    """A text that is stored once and shown in every cell."""
    cells = "".join(
        f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, 1_900)
    )

    assert one(with_survey(cells, f"<si><t>{'x' * 100_000}</t></si>"))[0] == "too-many"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"xl/worksheets/sheet1.xml": b" " * (book.MAX_UNPACKED + 1)})
    assert len(bomb) < 200_000

    tracemalloc.start()
    assert one(bomb)[0] == "file-too-large"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_whose_directory_lies_is_not_unpacked() -> None:
    """The directory says 100 bytes; what is packed would be 100 MB."""
    bomb = bytearray(packed({"xl/worksheets/sheet1.xml": b" " * 100_000_000}))
    size = struct.pack("<L", 100_000_000)
    assert bomb.count(size) == 2
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = struct.pack("<L", 100)

    tracemalloc.start()
    assert one(bytes(bomb))[0] == "file-unreadable"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_pictures_and_macros_are_never_unpacked() -> None:
    content = packed(
        {"xl/media/image1.png": b" " * (book.MAX_UNPACKED + 1), "xl/vbaProject.bin": b"macro"}
    )

    assert sheets.read(content, "s.xlsm").hash == written.find("standard").hash


def test_too_many_bytes_parts_and_sheets() -> None:
    assert one(b"PK\x03\x04" + b"x" * book.MAX_BYTES)[0] == "file-too-large"
    parts = {f"xl/media/{number}.png": b"" for number in range(book.MAX_PARTS + 1)}
    assert one(packed(parts))[0] == "file-too-large"

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for number in range(book.MAX_SHEETS + 1):
            made.add_worksheet(f"s{number}")
    assert one(out.getvalue())[0] == "too-many"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_xml_entities_are_refused(part: str) -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'

    code, sentence = one(packed({part: xml.encode()}))

    assert code == "file-unreadable"
    assert "declares XML entities" in sentence


def test_a_protected_zip_is_refused() -> None:
    content = bytearray(workbook())
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1  # the flag of an encrypted entry
        place += 4

    assert "password" in one(bytes(content))[1]


def test_a_reference_to_a_file_outside_is_not_followed() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="../../../etc/passwd"/></Relationships>'
    )

    assert one(packed({"xl/_rels/workbook.xml.rels": rels.encode()}))[0] == "file-unreadable"


def test_damage_anywhere_is_a_fault_or_harmless() -> None:
    """Two hundred copies with a few spoilt bytes: none may fail in another way."""
    chance = random.Random(4)
    stored = packed({}, method=zipfile.ZIP_STORED)
    for base in (workbook(), stored):
        for _ in range(100):
            content = bytearray(base)
            for _ in range(chance.randint(1, 8)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            tools.faulty(bytes(content))
