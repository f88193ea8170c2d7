"""Reads a guidance file, or tells every fault of it at once, each in one sentence."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.guide.model import NOTHING, Guide, Piece, Section, Text
from scripts.guide.quiz import questions
from scripts.guide.schema import GuideShape, PieceShape, SectionShape, TextShape, TitleShape
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml

LIBRARY = Path(__file__).parent
#: The one that ships with the package.
USUAL = "standard"


def load(name_or_path: str = USUAL) -> Guide:
    """The guidance that ships with the package, or a file. Raises FaultyFileError with all
    faults."""
    return _usual() if name_or_path == USUAL else _of_document(load_yaml(Path(name_or_path)))


@lru_cache(maxsize=1)
def _usual() -> Guide:
    return _of_document(load_yaml(LIBRARY / f"{USUAL}.yaml"))


def _of_document(found: Document) -> Guide:
    shape = shaped(found, GuideShape)
    faults = list(_faults(found, shape))
    if faults:
        raise FaultyFileError(faults)
    guide = Guide(
        id=shape.id,
        version=shape.version,
        title=_text(shape.title),
        questions=shape.quiz.questions,
        pass_mark=shape.quiz.pass_mark,
        sections=tuple(map(_section, shape.sections)),
    )
    if len(questions(guide)) < guide.questions:
        raise FaultyFileError([_too_few(found, guide)])
    return guide


def _section(shape: SectionShape) -> Section:
    pieces = tuple(_piece(one, shape.source) for one in shape.pieces)
    return Section(shape.id, _text(shape.title), shape.source, pieces)


def _piece(shape: PieceShape, source: str) -> Piece:
    return Piece(
        id=shape.id,
        title=_text(shape.title),
        source=shape.source or source,
        text=_text(shape.text),
        signs=_text(shape.signs),
        says=tuple(map(_text, shape.says)),
        never=tuple(map(_text, shape.never)),
        when=frozenset(shape.when),
        note=_text(shape.note),
    )


def _text(shape: TextShape | TitleShape | None) -> Text:
    return NOTHING if shape is None else Text(shape.zh, shape.en)


def _faults(found: Document, shape: GuideShape) -> Iterator[Fault]:
    """What the shape cannot tell: sections, pieces and sentences that stand here twice."""
    seen: set[str] = set()
    for number, section in enumerate(shape.sections):
        if f"section {section.id}" in seen:
            message = f"the section {section.id} stands here a second time: put both into one"
            yield found.fault("bad-rule", message, ("sections", number, "id"))
        seen.add(f"section {section.id}")
        for place, piece in enumerate(section.pieces):
            if piece.id in seen:
                message = f"the piece {piece.id} stands here a second time: give it another id"
                where = ("sections", number, "pieces", place, "id")
                yield found.fault("bad-rule", message, where, piece.id)
            seen.add(piece.id)
    yield from _contradictions(found, shape)


def _contradictions(found: Document, shape: GuideShape) -> Iterator[Fault]:
    """Wording that may be said in one place and must not be said in another."""
    pieces = (piece for section in shape.sections for piece in section.pieces)
    allowed = {text.zh for piece in pieces for text in piece.says}
    for number, section in enumerate(shape.sections):
        for place, piece in enumerate(section.pieces):
            for entry, text in enumerate(piece.never):
                if text.zh in allowed:
                    message = f"“{text.zh}” stands under says and under never: decide which"
                    where = ("sections", number, "pieces", place, "never", entry)
                    yield found.fault("bad-rule", message, where, piece.id)


def _too_few(found: Document, guide: Guide) -> Fault:
    message = (
        f"a quiz of {guide.questions} questions cannot be made of it, only one of"
        f" {len(questions(guide))}: ask fewer, or add wording and signs"
    )
    return found.fault("bad-rule", message, ("quiz",))
