"""The line of questions cut into lanes beside one another, so that the whole picture has about the
shape of a sheet of paper."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from scripts.model import Move, Script, Step
from scripts.show import wording
from scripts.show.endings import endings
from scripts.show.flow import Common, before_identity
from scripts.show.sentences import say
from scripts.show.shapes import Block, Box, Shape, Stroke, paragraph
from scripts.show.station import (
    ARROW,
    BOX_WIDTH,
    BOX_X,
    PILL_HEIGHT,
    PILL_WIDTH,
    SPINE,
    place,
    question,
)
from scripts.show.wording import Run

GAP = 15.0  # between two questions: the line with its arrow
BESIDE = 30.0  # between two lanes
BELOW = 18.0  # between the lanes and the endings
_MOST = 5
_ENDS = 24.0  # room for the words where a lane goes on in the next
_SHEET = sqrt(2)  # A4, A3: how much longer than wide
_WIDEST = BOX_X + BOX_WIDTH + ARROW + PILL_WIDTH  # a lane with arrows


def lanes(script: Script, shared: Common, language: str, *, left: float, least: float) -> Block:
    """The line in as many lanes as make the picture fit the smallest sheet, and the endings below.
    ``left`` is the width that the panel takes beside it, ``least`` how high that is."""
    blocks = _blocks(script, shared, language)
    tried = [_placed(_cut(blocks, n), script, language) for n in range(1, _MOST + 1)]
    return min(tried, key=lambda one: _sheet(one.width + left, max(one.height, least)))


def _sheet(width: float, height: float) -> float:
    """How wide a sheet of paper must be to hold this, upright or across."""
    return min(max(width, height / _SHEET), max(width / _SHEET, height))


def _blocks(script: Script, shared: Common, language: str) -> list[Block]:
    """Opening, questions with the gate where it lies, and the end, in order."""
    gate = before_identity(script)
    blocks = [_opening(script, language)]
    if not gate:
        blocks.append(_gate("no-gate", language))
    for number, one in enumerate(script.questions, start=1):
        block = question(number, one, script, shared, language)
        blocks.append(_with_gate(block, language) if number == gate else block)
    blocks.append(_finish(script, language))
    return blocks


def _opening(script: Script, language: str) -> Block:
    words, high = paragraph((Run(say("opening", language)),), BOX_X + 11, 7, 200, "strong", 1)
    room = _WIDEST - BOX_X - 22
    said, deep = paragraph(
        wording.runs(script.opening, language), BOX_X + 11, 7 + high, room, "says", 3
    )
    box = Box(BOX_X, 0, _WIDEST - BOX_X, 14 + high + deep, "opening", (*words, *said), id="opening")
    start = Box(SPINE - 8, 7, 16, 16, "station", radius=8)
    return Block(_WIDEST, box.height, (start, box))


def _gate(key: str, language: str) -> Block:
    """The line above which nothing of the policy is told."""
    words, high = paragraph((Run(say(key, language)),), BOX_X + 12, 4, 560, "gate", 2)
    label = Box(BOX_X, 0, _WIDEST - BOX_X, high + 8, "gate", words, id="gate", radius=3)
    line = Stroke(0, high + 12, _WIDEST, high + 12, "gate")
    return Block(_WIDEST, high + 14, (label, line))


def _with_gate(block: Block, language: str) -> Block:
    gate = _gate("gate", language)
    shapes = (*block.shapes, *gate.at(0, block.height + 10))
    return Block(_WIDEST, block.height + 10 + gate.height, shapes)


def _finish(script: Script, language: str) -> Block:
    pill = place(Step(Move.END, script.finish), script, language, 180).moved(BOX_X, 0)
    words, _ = paragraph(
        (Run(say("finish", language)),), BOX_X + 192, 9, BOX_WIDTH - 192, "small", 1
    )
    stop = Box(SPINE - 8, PILL_HEIGHT / 2 - 8, 16, 16, "station", radius=2)
    return Block(_WIDEST, PILL_HEIGHT, (stop, pill, *words))


def _cut(blocks: Sequence[Block], number: int) -> list[list[Block]]:
    """The blocks in so many lanes of about the same height, the later ones never the higher."""
    whole = sum(block.height + GAP for block in blocks)
    cut: list[list[Block]] = [[]]
    done = 0.0
    for block in blocks:
        if done >= whole * len(cut) / number and len(cut) < number:
            cut.append([])
        cut[-1].append(block)
        done += block.height + GAP
    return cut


def _placed(cut: Sequence[Sequence[Block]], script: Script, language: str) -> Block:
    """The lanes beside one another, each as wide as it needs, with all endings below them."""
    shapes: list[Shape] = []
    x = high = 0.0
    for number, lane in enumerate(cut):
        ends = (number > 0, number + 1 < len(cut))
        placed = _lane(lane, ends, language)
        shapes.extend(placed.at(x, 0))
        x += placed.width + BESIDE
        high = max(high, placed.height)
    width = x - BESIDE
    below = endings(script, width, language)
    return Block(width, high + BELOW + below.height, (*shapes, *below.at(0, high + BELOW)))


def _lane(blocks: Sequence[Block], ends: tuple[bool, bool], language: str) -> Block:
    """One lane. ``ends``: whether it comes from another lane, and whether it goes on in one."""
    come, go = ends
    y = _ENDS if come else 0.0
    through = [_end("from-left", 0, language)] if come else []
    stops, shapes = [*through], list[Shape]()
    for block in blocks:
        placed = block.at(0, y)
        stops.extend(_stations(placed))
        shapes.extend(placed)
        y += block.height + GAP
    if go:
        through.append(_end("onward", y, language))
        stops.append(through[-1])
    width = max(block.width for block in blocks)
    high = y + 14 if go else y - GAP
    return Block(width, high, (*_spine(stops), *through, *shapes))


def _stations(shapes: Sequence[Shape]) -> list[Box]:
    return [one for one in shapes if isinstance(one, Box) and one.style in ("station", "stop")]


def _spine(stops: Sequence[Box]) -> list[Shape]:
    """The line from each station to the next."""
    return [
        Stroke(_middle(one), one.y + one.height, _middle(after), after.y, "spine", arrow=True)
        for one, after in pairwise(stops)
    ]


def _middle(box: Box) -> float:
    return box.x + box.width / 2


def _end(key: str, y: float, language: str) -> Box:
    """Where a lane goes on in the next, or comes from the one before."""
    words, _ = paragraph((Run(say(key, language)),), BOX_X, y, 240, "small", 1)
    return Box(SPINE - 7, y, 14, 14, "onward", words, radius=7)
