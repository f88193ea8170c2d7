"""Opens an xlsx file that somebody sent and gives its sheets as grids. It looks at the size of
everything before it unpacks it, runs no macro, evaluates no formula and understands no script."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

import python_calamine as calamine

from scripts.sheets import markup
from scripts.sheets.grid import At, Grid
from scripts.sheets.markup import Refused, damaged

#: Bounds of one file; the largest script of the library takes a fiftieth of each.
MAX_BYTES = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 1_000
MAX_SHEETS = 50

#: What the notes of a marked copy begin with, so that they can be told from the sender's own.
MARK = "✗ "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
#: All that the values need; pictures, macros, links and the like are never unpacked.
_NEEDED = ("[Content_Types].xml", "_rels/.rels", "xl/styles.xml", _STRINGS, _WORKBOOK)
_FOLDERS = ("xl/_rels/", "xl/worksheets/", "xl/comments", "xl/threadedComments")
_SAVE = "open it in a spreadsheet program and save it as .xlsx"

Parts = Mapping[str, bytes]


def open_book(content: bytes) -> list[Grid]:
    """The sheets of a workbook in their order. Raises Refused with one sentence."""
    _looked_at(content)
    parts = _unpacked(content)
    found = _sheets(parts)
    if not found:
        raise damaged("it has no sheet")
    shared = parts.get(_STRINGS)
    strings = markup.string_lengths(shared) if shared else []
    broken = {name: markup.scan(name, parts[part], strings) for name, part in found}
    values = dict(_values(parts, [name for name, _ in found]))
    return [
        Grid(name, values[name], _notes(parts, part), broken[name])
        for name, part in found
        if name in values
    ]


def _looked_at(content: bytes) -> None:
    """Refuse by the first bytes what is no workbook of ours."""
    if len(content) > MAX_BYTES:
        raise Refused("file-too-large", f"is larger than {MAX_BYTES // 1_000_000} MB")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Refused("file-unreadable", "is protected by a password: remove it and send it again")
    if content.startswith(_OLE):
        raise Refused("file-unreadable", f"is an old .xls workbook: {_SAVE}")
    if not content.startswith(b"PK\x03\x04"):
        raise Refused("file-unreadable", f"is no .xlsx workbook: {_SAVE}")


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts that hold values and notes. No more is unpacked than the directory announces."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _announced(archive)
            return {entry.filename: _part(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise damaged(error) from error


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part, and no more of it than announced: a directory may lie."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)


def _announced(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if _WORKBOOK not in names:
        kind = "an OpenDocument sheet" if "content.xml" in names else "no .xlsx workbook"
        raise Refused("file-unreadable", f"is {kind}: {_SAVE}")
    needed = [entry for entry in entries if entry.filename.startswith((*_NEEDED, *_FOLDERS))]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in needed) > MAX_UNPACKED:
        message = f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB or {MAX_PARTS} parts"
        raise Refused("file-too-large", f"{message}: send a workbook with the script alone")
    if any(entry.flag_bits & 1 for entry in needed):
        raise Refused("file-unreadable", "is protected by a password: remove it and send it again")
    if any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in needed
    ):
        raise damaged("it is packed in an unusual way")
    return needed


def _sheets(parts: Parts) -> list[tuple[str, str]]:
    """Name and part of every worksheet in the order of the workbook."""
    targets = _relations(parts, _WORKBOOK)
    listed = markup.pairs(parts[_WORKBOOK])
    if len(listed) > MAX_SHEETS:
        raise Refused(
            "too-many", f"has {len(listed)} sheets: remove what is not part of the script"
        )
    found = [(name, targets.get(relation, "")) for name, relation in listed]
    return [(name, part) for name, part in found if "/worksheets/" in part and part in parts]


def _relations(parts: Parts, part: str) -> dict[str, str]:
    """The parts that a part points to, by the id of the relation."""
    folder = dirname(part)
    xml = parts.get(join(folder, "_rels", part.rpartition("/")[2] + ".rels"))
    targets = markup.pairs(xml) if xml else []
    return {key: normpath(join("/" + folder, target)).lstrip("/") for key, target in targets}


def _notes(parts: Parts, part: str) -> dict[At, str]:
    """The sender's own notes, without those of an earlier marked copy."""
    own = {}
    for target in _relations(parts, part).values():
        if target.startswith("xl/comments") and target in parts:
            for at, words in markup.notes(parts[target]).items():
                kept = [line for line in words.splitlines() if not line.startswith(MARK)]
                own[at] = "\n".join(kept).strip()
    return {at: words for at, words in own.items() if words}


def _values(parts: Parts, names: list[str]) -> Iterator[tuple[str, tuple[tuple[object, ...], ...]]]:
    """The values of each sheet, read from a package that holds nothing but what was looked at."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts))) as book:
            for name in names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                yield name, tuple(tuple(row) for row in rows)
    except (calamine.CalamineError, OSError) as error:
        raise damaged(error) from error


def _packed(parts: Parts) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()
