"""Files that a form brings: a list, in Excel or as text, checked before anybody reads it, and laid
into a folder of its own only while it is read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask import request

from web.languages import gettext as _

#: Bytes of a list: many thousand rows. The whole form may have as many (web.app).
LARGEST_LIST: Final = 900_000
#: What a list may be, by its name.
SUFFIXES: Final = (".xlsx", ".xls", ".csv")
#: What such a file begins with; text is told by having no such beginning and no NUL.
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UploadTrouble(Exception):  # noqa: N818 - trouble of the sender, told on the page
    """The file cannot be taken. The message says why and what to do, in the page's language."""


@contextmanager
def brought(field: str) -> Iterator[Path]:
    """The file in this field of the form. Raises UploadTrouble."""
    sent = request.files.get(field)
    name = (sent.filename or "") if sent else ""
    content = sent.read() if sent else b""
    if not name or not content:
        raise UploadTrouble(_("Choose a file with something in it."))
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES or not _fits(suffix, content):
        raise UploadTrouble(_("Only Excel (.xlsx, .xls) and .csv can be read. Save the list so."))
    if len(content) > LARGEST_LIST:
        raise UploadTrouble(_("The file is larger than 0.9 MB. Split it, or use the command line."))
    with TemporaryDirectory(prefix="huifang-") as folder:
        path = Path(folder) / _harmless(name)
        path.write_bytes(content)
        yield path


def _harmless(name: str) -> str:
    """The file's name as it was sent, without any folder: faults are told under it."""
    bare = Path(name.replace("\\", "/")).name
    return re.sub(r"[^\w.() -]", "_", bare)[-80:]


def _fits(suffix: str, content: bytes) -> bool:
    """Whether a file is what its name says; some systems write the one and name it the other."""
    excel = content.startswith((_ZIP, _OLE))
    return excel or (suffix == ".csv" and b"\0" not in content[:4096])
