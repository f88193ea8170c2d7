"""Finds pieces of the guidance by words, in either language, or by the pinyin of the Chinese:
``baonu`` or ``bn`` finds 暴怒. Reads nothing and keeps no order of its own."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from scripts.guide.model import Guide, Piece

#: Fewer letters are initials of nearly everything.
SHORTEST_SOUND = 2


def find(guide: Guide, query: str) -> frozenset[str]:
    """The ids of pieces that hold every word of the query; all of them for an empty one."""
    words = query.casefold().split()
    return frozenset(one.id for one in guide.pieces if all(_holds(one, word) for word in words))


def _holds(piece: Piece, word: str) -> bool:
    if word in piece.words.casefold():
        return True
    letters = word.replace("'", "")
    if not (letters.isascii() and letters.isalpha() and len(letters) >= SHORTEST_SOUND):
        return False
    return any(letters in sounds for sounds in _sounds(piece))


@lru_cache(maxsize=512)
def _sounds(piece: Piece) -> tuple[str, ...]:
    """Title, signs and wording as they sound, and the title by its initials."""
    texts = (piece.title.zh, piece.signs.zh, *(one.zh for one in piece.says))
    whole = tuple("".join(lazy_pinyin(text, errors="ignore")) for text in texts)
    initials = lazy_pinyin(piece.title.zh, style=Style.FIRST_LETTER, errors="ignore")
    return (*whole, "".join(initials))
