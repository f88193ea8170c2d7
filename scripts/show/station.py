"""One question of the line as it is drawn: its number on the line, its box, and an arrow to the
right for every answer that leads away. Blocks begin at the left end of a lane."""

from collections.abc import Sequence

from scripts.model import Move, Question, Script, Step
from scripts.show import following, wording
from scripts.show.flow import Common, Route, own
from scripts.show.measure import one_line
from scripts.show.sentences import say
from scripts.show.shapes import (
    FACES,
    Block,
    Box,
    Shape,
    Stroke,
    Words,
    centred,
    line_height,
    paragraph,
)
from scripts.show.terms import family, term
from scripts.show.wording import Run

SPINE = 15.0  # where the line runs, from the lane's left
BOX_X, BOX_WIDTH = 38.0, 352.0
ARROW = 164.0  # how long an arrow is, its words included
PILL_WIDTH, PILL_HEIGHT = 128.0, 34.0
_PAD = 11.0
_INNER = BOX_WIDTH - 2 * _PAD
_MOST_LINES = 2  # of a question's words
_EDGE_LINES = 6
_ID_SHOWN = 100.0  # so much of a long id stays beside a tag


def question(number: int, one: Question, script: Script, shared: Common, language: str) -> Block:
    """A question of the path with everything that is its own."""
    routes = own(one, shared)
    edges = _edges(one, routes, script, language)
    texts, parts, content = _content(one, routes, language)
    height = max(content, edges.height + 8)
    when = wording.conditions(one.when, language)
    box = Box(
        BOX_X, 0, BOX_WIDTH, height, "some" if when else "box", texts, parts,
        id=f"q-{one.id}", hint=wording.words(one.says, language), data=_data_of(one, routes),
    )  # fmt: skip
    shapes: list[Shape] = [_number(number, sometimes=bool(when)), box]
    shapes.extend(edges.at(BOX_X + BOX_WIDTH, 4))
    return Block(BOX_X + BOX_WIDTH + edges.width, height, tuple(shapes))


def _number(number: int, *, sometimes: bool) -> Box:
    """The station on the line; an empty one where some policies pass it by."""
    look = "stop" if sometimes else "station"
    words = (centred(str(number), SPINE, 18, "number"),)
    return Box(SPINE - 13, 7, 26, 22, look, words, radius=11)


def _content(
    one: Question, routes: Sequence[Route], language: str
) -> tuple[tuple[Words, ...], tuple[Box, ...], float]:
    """The words and tags inside the box, and how high they are."""
    tag = _law(one.item, language) if one.item else None
    beside = tag is not None and _fits_beside(one, tag, language)
    words = list(_heading(one, tag if beside else None, language))
    y = 8 + line_height("name")
    notes = [following.stays(route, one, language) for route in routes if not route.leads_away]
    lines = [(wording.runs(one.says, language), "says", _MOST_LINES)]
    lines += [((Run(note),), "small", 3) for note in notes]
    for runs, style, most in lines:
        told, high = paragraph(runs, BOX_X + _PAD, y, _INNER, style, most)
        words.extend(told)
        y += high + 1
    tags = [tag] if tag and beside else []
    if tag and not beside:
        tags.append(tag.moved(BOX_X + _PAD - 1 - tag.x, y + 2 - tag.y))
        y += tag.height + 4
    if one.when:
        tags.append(_only(one, y + 2, language))
        y += tags[-1].height + 4
    return tuple(words), tuple(tags), y + 6


def _heading(one: Question, tag: Box | None, language: str) -> tuple[Words, ...]:
    """The name of the question and its id, left of the tag of the law."""
    right = tag.x - 8 if tag else BOX_X + BOX_WIDTH - _PAD
    x, base = BOX_X + _PAD, 8 + FACES["name"].size * 1.02
    name = one_line(wording.name(one, language), right - x - 60, FACES["name"])
    after = x + FACES["name"].width(name) + 7
    shown = one_line(one.id, right - after, FACES["id"])
    return Words(x, base, (Run(name),), "name"), Words(after, base, (Run(shown),), "id")


def _fits_beside(one: Question, tag: Box, language: str) -> bool:
    """Whether the tag has room at the right of the name and a readable part of the id."""
    name = FACES["name"].width(wording.name(one, language))
    shown = min(FACES["id"].width(one.id), _ID_SHOWN)
    return name + 7 + shown + 8 + tag.width <= _INNER + 4


def _law(item: str, language: str) -> Box:
    """The tag of an item of the law, at the right end of the heading."""
    tag, source = wording.law(item, language)
    shown = one_line(tag, _INNER - 12, FACES["chip"])
    wide = FACES["chip"].width(shown) + 12
    x, y = BOX_X + BOX_WIDTH - _PAD + 4 - wide, 8.0
    words = (centred(shown, x + wide / 2, y + 8.5, "chip"),)
    data = {"item": item}
    return Box(x, y, wide, 17, "law", words, hint=source, radius=3, data=data)


def _only(one: Question, y: float, language: str) -> Box:
    """The tag that says of which policies it is asked."""
    told = say("only", language, when=wording.conditions(one.when, language))
    words, high = paragraph((Run(told),), BOX_X + _PAD + 4, y + 1.5, _INNER - 8, "chip", 4)
    wide = max(FACES["chip"].of(line.runs) for line in words) + 10
    return Box(BOX_X + _PAD - 1, y, wide, high + 3, "only", words, radius=3)


def _edges(one: Question, routes: Sequence[Route], script: Script, language: str) -> Block:
    """One arrow for every place that answers lead to, from (0, 0) on."""
    shapes: list[Shape] = []
    y = 0.0
    for leading in by_place(routes):
        told = [following.edge(route, one, language) for route in leading]
        block = arrow(told, leading[0].last, script, language, data=_data(one.id, leading))
        shapes.extend(block.at(0, y))
        y += block.height + 4
    return Block(ARROW + PILL_WIDTH if shapes else 0, max(0.0, y - 4), tuple(shapes))


def by_place(routes: Sequence[Route]) -> list[list[Route]]:
    """The routes that lead away, those together that lead to one place for the same holders."""
    places: dict[tuple[Step, int | None], list[Route]] = {}
    for route in routes:
        if route.leads_away:
            places.setdefault((route.last, route.from_age), []).append(route)
    return list(places.values())


def _data_of(one: Question, routes: Sequence[Route]) -> dict[str, str]:
    """What the box says to whoever reads the picture by machine."""
    noted = [route for route in routes if not route.leads_away]
    plain = [route for route in noted if route.from_age is None]
    careful = [route for route in noted if route.from_age is not None]
    return {"question": one.id, "goes-on": events(plain), "goes-on-with-care": events(careful)}


def _data(source: str, routes: Sequence[Route]) -> dict[str, str]:
    return edge_data(source, routes[0].last.target, events(routes), routes[0].from_age)


def edge_data(source: str, target: str, which: str, from_age: int | None = None) -> dict[str, str]:
    """What an arrow says to whoever reads the picture by machine: from a question, or ``*`` for
    every question, on these answers, to an ending or a question aside."""
    told = {"from": source, "events": which, "to": target}
    return told if from_age is None else {**told, "from-age": str(from_age)}


def events(routes: Sequence[Route]) -> str:
    """The answers of routes as one word list, for whoever reads the picture by machine."""
    return " ".join(event for route in routes for event in route.events)


def arrow(
    told: Sequence[str], step: Step, script: Script, language: str, *, data: dict[str, str]
) -> Block:  # fmt: skip
    """An arrow to an ending or a question aside, its words above it."""
    words: list[Words] = []
    high = 0.0
    for line in told:
        found, takes = paragraph((Run(line),), 8, high, ARROW - 18, "small", _EDGE_LINES)
        words.extend(found)
        high += takes
    base = max(high + 2, PILL_HEIGHT / 2)
    lifted = tuple(word.moved(0, base - high - 2) for word in words)
    stroke = Stroke(
        0, base, ARROW, base, "edge", arrow=True, words=lifted, hint=" / ".join(told),
        data=data,
    )  # fmt: skip
    pill = place(step, script, language).moved(ARROW, base - PILL_HEIGHT / 2)
    return Block(ARROW + PILL_WIDTH, base + PILL_HEIGHT / 2, (stroke, pill))


def place(step: Step, script: Script, language: str, wide: float = PILL_WIDTH) -> Box:
    """Where an arrow leads, as a coloured tag: what the call comes to and the ending's id."""
    if step.move is Move.ASK:
        aside = script.question(step.target)
        name = wording.name(aside, language) if aside else step.target
        return _pill("aside", name, step.target, language, wide)
    ending = script.ending(step.target)
    outcome = ending.outcome.value if ending else step.target
    return _pill(family(outcome), term("outcome", outcome, language), step.target, language, wide)


def _pill(look: str, name: str, target: str, language: str, wide: float) -> Box:
    room = wide - 34
    words = (
        centred(term("sign", look, language), 15, PILL_HEIGHT / 2, "sign"),
        Words(29, 15, (Run(one_line(name, room, FACES["strong"])),), "strong"),
        Words(29, 27, (Run(one_line(target, room, FACES["tiny"])),), "tiny"),
    )
    return Box(0, 0, wide, PILL_HEIGHT, look, words, radius=8, data={"place": target})
