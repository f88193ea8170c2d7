"""The counter guidance (柜面投诉应对指引) in the language of the page: whole, narrowed by words, or
the few pieces that help with one complaint."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.guide import Guide, Piece
from scripts.guide.finding import find
from web.at_hand import line
from web.languages import is_chinese

#: Pieces shown beside one complaint: what can be read while somebody is waiting.
MOST = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece in one language; empty where it says nothing."""

    id: str
    title: str
    signs: str
    text: str
    says: tuple[str, ...]
    never: tuple[str, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Pieces of one kind."""

    id: str
    title: str
    pieces: tuple[Shown, ...]


def language() -> str:
    """The language of the page, as the guide calls it."""
    return "zh" if is_chinese() else "en"


def sections(guide: Guide, words: str = "") -> list[ShownSection]:
    """The guide, or what of it holds these words; a section without a piece is left out."""
    wanted, said = find(guide, words), language()
    found = (
        ShownSection(
            one.id.value,
            one.title.said(said),
            tuple(_shown(piece, said) for piece in one.pieces if piece.id in wanted),
        )
        for one in guide.sections
    )
    return [section for section in found if section.pieces]


def for_signals(signals: Iterable[str]) -> list[Shown]:
    """What helps with a complaint of these risk signals, the best first, at most ``MOST``."""
    return [_shown(piece, language()) for piece in line().guide.for_signals(signals)[:MOST]]


def _shown(piece: Piece, said: str) -> Shown:
    return Shown(
        id=piece.id,
        title=piece.title.said(said),
        signs=piece.signs.said(said),
        text=piece.text.said(said),
        says=tuple(one.said(said) for one in piece.says),
        never=tuple(one.said(said) for one in piece.never),
        note=piece.note.said(said),
        source=piece.source,
    )
