"""The endings of a script as a table below the picture: what each comes to and what is said."""

from collections.abc import Sequence

from scripts.model import Ending, Move, Script, Step
from scripts.show import wording
from scripts.show.legend import PAD, card
from scripts.show.sentences import say
from scripts.show.shapes import Block, Box, Shape, paragraph
from scripts.show.station import PILL_HEIGHT, PILL_WIDTH, place
from scripts.show.terms import term
from scripts.show.wording import Run

_ENDING = 330.0  # the least room for an ending


def endings(script: Script, width: float, language: str) -> Block:
    """All endings with what is said, in as many columns as the width has room for."""
    room = width - PAD
    columns = max(1, int(room // (_ENDING + PAD)))
    cell = room / columns - PAD
    cells = [_ending(one, script, cell, language) for one in script.endings]
    rows = [_beside(cells[i : i + columns]) for i in range(0, len(cells), columns)]
    return card(say("endings", language), rows, width)


def _beside(blocks: Sequence[Block]) -> Block:
    shapes: list[Shape] = []
    x = PAD
    for block in blocks:
        shapes.extend(block.at(x, 0))
        x += block.width + PAD
    return Block(x, max(block.height for block in blocks), tuple(shapes))


def _ending(one: Ending, script: Script, width: float, language: str) -> Block:
    """An ending: its tag, the first words of what is said, and what comes where nobody is free."""
    pill = place(Step(Move.END, one.id), script, language)
    x, room = PILL_WIDTH + 9, width - PILL_WIDTH - 9
    said = one.says[-1].text
    words, high = paragraph(wording.runs(said, language), x, 0, room, "small", 2)
    if one.hand_over:
        otherwise = term("outcome", one.otherwise, language)
        note = say("hand-over", language, otherwise=otherwise)
        more, deep = paragraph((Run(note),), x, high, room, "strong", 1)
        words, high = (*words, *more), high + deep
    box = Box(
        0, 0, width, max(high, PILL_HEIGHT), "ending", words, (pill,), id=f"e-{one.id}",
        hint=_all_said(one, language), data={"ending": one.id},
    )  # fmt: skip
    return Block(width, box.height, (box,))


def _all_said(one: Ending, language: str) -> str:
    return " / ".join(wording.words(saying.text, language) for saying in one.says)
