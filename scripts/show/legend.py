"""The panel at the left of the picture: how to read it, what is the same for every question, and
the questions aside. Everything that would otherwise be drawn thirty times."""

from collections.abc import Iterable, Sequence

from scripts.model import Move, Question, Script, Step
from scripts.show import following, wording
from scripts.show.flow import Common, Route, common_routes, common_with_care, own_aside
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
    stacked,
)
from scripts.show.station import PILL_HEIGHT, PILL_WIDTH, edge_data, events, place
from scripts.show.wording import Run

WIDTH = 368.0
PAD = 12.0
_INNER = WIDTH - 2 * PAD
_PILL_X = WIDTH - PAD - PILL_WIDTH
_NAMES = 88.0  # room for the answers
_CHAIN_X = PAD + _NAMES + 8
_OTHERS = 5  # from so many answers on they are "any other answer"


def panel(script: Script, shared: Common, language: str) -> Block:
    """The whole panel, from (0, 0) on."""
    sections = [
        _key(language),
        _common(script, shared, language),
        _with_care(script, shared, language),
        _asides(script, shared, language),
    ]
    return stacked([one for one in sections if one.height], gap=14)


def card(title: str, rows: Sequence[Block], width: float = WIDTH) -> Block:
    """A titled card around rows; nothing where there are none."""
    if not rows:
        return Block(width, 0, ())
    words, high = paragraph((Run(title),), PAD, 8, width - 2 * PAD, "head", 3)
    inside = stacked(rows, gap=6)
    height = 8 + high + 8 + inside.height + 10
    card = Box(0, 0, width, height, "panel", words, radius=8)
    return Block(width, height, (card, *inside.at(0, 8 + high + 8)))


def _key(language: str) -> Block:
    station = Box(0, 0, 26, 22, "station", (centred("1", 13, 11, "number"),), radius=11)
    stop = Box(0, 0, 26, 22, "stop", (centred("2", 13, 11, "number"),), radius=11)
    tag = say("law", language, mark="④", title="")
    law = Box(0, 0, 34, 17, "law", (centred(tag.strip(), 17, 8.5, "chip"),), radius=3)
    line = Stroke(0, 0, 0, 20, "spine", arrow=True)
    rows = [
        _sample(line.moved(PAD + 17, 0), say("key-line", language)),
        _sample(station.moved(PAD + 4, 0), say("key-all", language)),
        _sample(stop.moved(PAD + 4, 0), say("key-some", language)),
        _sample(law.moved(PAD, 3), say("key-law", language)),
    ]
    return card(say("key", language), rows)


def _sample(shape: Shape, told: str) -> Block:
    words, high = paragraph((Run(told),), PAD + 44, 3, _INNER - 44, "small", 2)
    return Block(WIDTH, max(22, high + 3), (shape, *words))


def _common(script: Script, shared: Common, language: str) -> Block:
    routes = common_routes(shared)
    exhausted = Step(Move.END, script.exhausted)
    data = edge_data("*", script.exhausted, "exhausted")
    turns = say("turns", language, turns=script.limits.turns)
    rows = [_row(route, script, language) for route in routes]
    rows.append(_led((turns,), (), exhausted, script, language, data))
    return card(say("common", language), rows)


def _with_care(script: Script, shared: Common, language: str) -> Block:
    rows = [_row(route, script, language) for route in common_with_care(shared)]
    slow = say("care-slow", language) if script.care.slow else ""
    title = say(
        "common-care", language, age=script.care.from_age, wait=script.care.wait_s, slow=slow
    )
    return card(title, rows)


def _row(route: Route, script: Script, language: str) -> Block:
    """One line of the table: answers, what is tried first, where it leads in the end."""
    named = [following.event(event, None, language) for event in route.events]
    if route.leads_away:
        *told, last = following.steps(route, language)
        lines = [*told[:-1], f"{told[-1]} {last}"] if told else []
        data = edge_data("*", route.last.target, events([route]), route.from_age)
        return _led(named, lines, route.last, script, language, data)
    told = [following.chain(route, language)]
    answers, high = _names(named, language)
    words, wide = _lines(told, WIDTH - PAD - _CHAIN_X)
    data = edge_data("*", "", events([route]), route.from_age)
    row = Box(PAD, 0, _INNER, max(high, wide), "key", (*answers, *words), data=data)
    return Block(WIDTH, row.height, (row,))


def _led(
    named: Iterable[str], told: Sequence[str], step: Step, script: Script, language: str,
    data: dict[str, str],
) -> Block:  # fmt: skip
    """A line of the table whose last step leads away."""
    answers, high = _names(named, language)
    words, deep = _lines(told, _PILL_X - _CHAIN_X - 20)
    height = max(high, deep, PILL_HEIGHT)
    down = (height - max(high, deep)) / 2
    right = max((word.x + FACES["small"].of(word.runs) for word in (*words, *answers)), default=0)
    stroke = Stroke(
        min(right + 6, _PILL_X - 16), height / 2, _PILL_X, height / 2, "edge", arrow=True,
        words=tuple(word.moved(0, down) for word in (*answers, *words)),
        data=data,
    )  # fmt: skip
    pill = place(step, script, language).moved(_PILL_X, (height - PILL_HEIGHT) / 2)
    return Block(WIDTH, height, (stroke, pill))


def _lines(told: Iterable[str], room: float) -> tuple[tuple[Words, ...], float]:
    """What is tried, each on a line of its own."""
    words: list[Words] = []
    y = 0.0
    for line in told:
        found, high = paragraph((Run(line),), _CHAIN_X, y, room, "small", 3)
        words.extend(found)
        y += high
    return tuple(words), y


def _names(named: Iterable[str], language: str) -> tuple[tuple[Words, ...], float]:
    told = say("list", language).join(named)
    return paragraph((Run(told),), PAD, 0, _NAMES, "strong", 8)


def _asides(script: Script, shared: Common, language: str) -> Block:
    rows = [row for one in script.aside for row in _aside(one, script, shared, language)]
    return card(say("aside", language), rows)


def _aside(one: Question, script: Script, shared: Common, language: str) -> list[Block]:
    """A question aside and where its answers lead."""
    name = wording.name(one, language)
    base = 8 + FACES["name"].size
    x = PAD + 10
    after = x + FACES["name"].width(name) + 7
    shown = one_line(one.id, WIDTH - PAD - 10 - after, FACES["id"])
    said, high = paragraph(
        wording.runs(one.says, language), x, 8 + line_height("name"), _INNER - 20, "says", 2
    )
    heading = (Words(x, base, (Run(name),), "name"), Words(after, base, (Run(shown),), "id"))
    box = Box(
        PAD, 0, _INNER, 16 + line_height("name") + high, "card", (*heading, *said),
        id=f"q-{one.id}", hint=wording.words(one.says, language), data={"question": one.id},
    )  # fmt: skip
    block = Block(WIDTH, box.height, (box,))
    return [block, *(_from_aside(route, one, script, language) for route in own_aside(one, shared))]


def _from_aside(route: Route, one: Question, script: Script, language: str) -> Block:
    widest = len(route.events) >= _OTHERS
    named = (
        [say("others", language)]
        if widest
        else [following.event(event, one, language) for event in route.events]
    )
    data = edge_data(one.id, route.last.target, events([route]))
    return _led(named, (), route.last, script, language, data)
