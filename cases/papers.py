"""Papers that prove how a case was settled: which files are taken, told by their content and never
by their name alone. Pure: it is handed the first and the last bytes."""

from enum import StrEnum
from typing import Final

from scripts.rulebooks import Proof

#: Bytes of one file: a letter of several pages scanned at 300 dpi.
LARGEST: Final = 10_000_000
#: So many bytes of the beginning and of the end tell what a file is.
PROBE: Final = 1024


class Paper(StrEnum):
    """What a file shows."""

    SIGNED = "signed"  # the letter, or another paper, with the holder's own signature
    RECEIPT = "receipt"
    CHANGED = "changed"  # the form of a change (保全变更), or the corrected papers
    OTHER = "other"  # proves nothing by itself


#: What a paper counts as when the case is to be closed.
PROOFS: Final = {
    Paper.SIGNED: Proof.SIGNED,
    Paper.RECEIPT: Proof.RECEIPT,
    Paper.CHANGED: Proof.CHANGED,
}


class FileKind(StrEnum):
    """The media types that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"

    @property
    def suffix(self) -> str:
        """How a stored file of this kind ends."""
        return {FileKind.JPEG: ".jpg", FileKind.PNG: ".png", FileKind.PDF: ".pdf"}[self]


def kind_of(head: bytes, tail: bytes) -> FileKind | None:
    """What a file is by its first and last bytes; None for anything else, or one cut off: a scan
    that ends in the middle proves nothing."""
    if head.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in tail:
        return FileKind.PNG
    if head.startswith(b"%PDF-") and b"%%EOF" in tail:
        return FileKind.PDF
    return None
