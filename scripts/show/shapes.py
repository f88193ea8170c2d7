"""What a picture is made of, as plain data with absolute places: boxes with words, lines with an
arrow, and blocks of them that can be moved. Knows neither scripts nor SVG."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from scripts.show.measure import Face, Line, wrap
from scripts.show.wording import Run

#: Every size of type that the picture uses, by the class of its words.
FACES: Mapping[str, Face] = {
    "title": Face(21, bold=True),
    "head": Face(13.5, bold=True),
    "name": Face(13.5, bold=True),
    "says": Face(13),
    "id": Face(10.5, mono=True),
    "small": Face(11),
    "strong": Face(11, bold=True),
    "chip": Face(11),
    "tiny": Face(9.5, mono=True),
    "sign": Face(12, bold=True),
    "number": Face(11.5, bold=True),
    "gate": Face(12, bold=True),
}
#: How far one line lies below the other, in em.
LEADING = 1.36
#: How far the base line lies below the top of a line, in em.
_ASCENT = 1.02


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words. ``x`` is their start, or their middle where ``middle`` is set."""

    x: float
    y: float  # of the base line
    runs: Line
    style: str
    middle: bool = False

    def moved(self, dx: float, dy: float) -> Self:
        """The same words elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. ``style`` names its look; ``hint`` is read when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    style: str
    words: tuple[Words, ...] = ()
    parts: tuple["Box", ...] = ()
    id: str = ""
    hint: str = ""
    radius: float = 6
    data: Mapping[str, str] = field(default_factory=dict)

    def moved(self, dx: float, dy: float) -> Self:
        """The same box elsewhere, with all it holds."""
        return replace(
            self,
            x=self.x + dx,
            y=self.y + dy,
            words=tuple(one.moved(dx, dy) for one in self.words),
            parts=tuple(one.moved(dx, dy) for one in self.parts),
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from (x, y) to (to_x, to_y), with an arrow at its end or not."""

    x: float
    y: float
    to_x: float
    to_y: float
    style: str
    arrow: bool = False
    words: tuple[Words, ...] = ()
    hint: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def moved(self, dx: float, dy: float) -> Self:
        """The same line elsewhere."""
        return replace(
            self,
            x=self.x + dx,
            y=self.y + dy,
            to_x=self.to_x + dx,
            to_y=self.to_y + dy,
            words=tuple(one.moved(dx, dy) for one in self.words),
        )


Shape = Box | Stroke | Words


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes that belong together, from (0, 0) on."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        """The shapes with the block's corner at this place."""
        return tuple(shape.moved(x, y) for shape in self.shapes)


def stacked(blocks: Iterable[Block], gap: float = 0) -> Block:
    """Blocks below one another."""
    shapes: list[Shape] = []
    y = width = 0.0
    for block in blocks:
        shapes.extend(block.at(0, y))
        y += block.height + gap
        width = max(width, block.width)
    return Block(width, max(0.0, y - gap), tuple(shapes))


def line_height(style: str) -> float:
    """How high one line of words is."""
    return FACES[style].size * LEADING


def paragraph(
    runs: Iterable[Run], x: float, y: float, room: float, style: str, lines: int
) -> tuple[tuple[Words, ...], float]:
    """Words in lines from this top left corner on, and how high they are together."""
    found = wrap(runs, room, FACES[style], lines)
    step = line_height(style)
    base = y + FACES[style].size * _ASCENT
    words = tuple(Words(x, base + step * number, line, style) for number, line in enumerate(found))
    return words, step * len(found)


def centred(words: str, x: float, y: float, style: str) -> Words:
    """One short word around this point."""
    return Words(x, y + FACES[style].size * 0.36, (Run(words),), style, middle=True)
