"""Staff numbers (工号) as people write them: the same number with other letters, widths, spaces or
hyphens is the same person. Pure."""

import unicodedata

_LEFT_OUT = str.maketrans("", "", " -_.·")


def plain(code: str) -> str:
    """The number as it is compared."""
    return unicodedata.normalize("NFKC", code).translate(_LEFT_OUT).upper()


def alike(one: str | None, other: str | None) -> bool:
    """Whether two numbers are one person's; none is nobody's."""
    return one is not None and other is not None and plain(one) == plain(other)


def spellings(code: str) -> frozenset[str]:
    """How a list may write the number, for looking it up in an index."""
    wide = unicodedata.normalize("NFKC", code).strip()
    bare = plain(code)
    return frozenset({code, wide, wide.upper(), wide.lower(), bare, bare.lower()})
