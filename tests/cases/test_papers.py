"""Files that prove something are told by what is in them."""

import pytest

from cases.papers import FileKind, kind_of

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n" + b"x" * 40 + b"\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, FileKind.JPEG),
        (PNG, FileKind.PNG),
        (PDF, FileKind.PDF),
        (JPEG[:-2], None),  # cut off
        (PDF[:20], None),
        (b"MZ\x90\x00" + JPEG, None),
        (b"<script>alert(1)</script>", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_what_a_file_is(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content[:1024], content[-1024:]) is kind


def test_every_kind_has_an_ending() -> None:
    assert [kind.suffix for kind in FileKind] == [".jpg", ".png", ".pdf"]
