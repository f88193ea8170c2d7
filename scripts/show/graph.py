"""The flow picture (流程图) of a script as one self-contained SVG: the line of questions downwards,
the identity gate across it, an arrow to an ending for every answer that leads there."""

from scripts.model import Script
from scripts.show import wording
from scripts.show.drawing import document
from scripts.show.flow import common
from scripts.show.lanes import lanes
from scripts.show.legend import WIDTH, panel
from scripts.show.sentences import say
from scripts.show.shapes import Block, Shape, paragraph, stacked
from scripts.show.terms import column
from scripts.show.wording import Run

_MARGIN = 24.0
_BETWEEN = 34.0  # the panel and the first lane


def svg(script: Script, *, language: str = "zh") -> str:
    """The picture as the text of an SVG file. ``language`` (zh or en) is that of the words around
    the script, whose own words stay as they are. Raises ValueError for another language."""
    column(language)
    shared = common(script)
    beside = panel(script, shared, language)
    left = _MARGIN + WIDTH + _BETWEEN
    line = lanes(script, shared, language, left=left, least=beside.height)
    width = left + line.width + _MARGIN
    heading = _heading(script, width - 2 * _MARGIN, language)
    top = _MARGIN + heading.height + 18
    shapes: list[Shape] = [
        *heading.at(_MARGIN, _MARGIN),
        *beside.at(_MARGIN, top),
        *line.at(left, top),
    ]
    return document(
        shapes,
        width,
        top + max(line.height, beside.height) + _MARGIN,
        title=say("picture", language, title=script.title),
        about=_about(script, language),
        language=language,
    )


def _heading(script: Script, room: float, language: str) -> Block:
    title, high = paragraph((Run(script.title),), 0, 0, room, "title", 2)
    lines = wording.heading(script, language)
    words = [paragraph((Run(line),), 0, 3, room, "says", 2) for line in lines]
    below = [Block(room, high + 3, line) for line, high in words]
    return stacked([Block(room, high, title), *below])


def _about(script: Script, language: str) -> str:
    return say(
        "described", language, id=script.id, version=script.version,
        questions=len(script.questions), aside=len(script.aside), endings=len(script.endings),
    )  # fmt: skip
