"""Shapes to SVG: elements, ids and one style sheet with literal colours for light and dark, since
not every program that prints an SVG knows variables. Texts are data and are always escaped."""

from collections.abc import Iterable, Mapping
from string import Template
from xml.etree import ElementTree as Tree

from scripts.show.shapes import FACES, Box, Shape, Stroke, Words
from scripts.show.wording import clean, fit

_SANS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
_MONO = 'ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace'

_LIGHT: Mapping[str, str] = {
    "page": "#ffffff", "raised": "#f5f6f8", "rule": "#dfe3ea", "strong": "#c3cad5",
    "ink": "#1a2230", "soft": "#566173", "accent": "#2456a6", "accent_soft": "#e6eefa",
    "good": "#1d6b3c", "good_soft": "#e4f3ea", "fair": "#8a5300", "fair_soft": "#fdf1dc",
    "bad": "#b3261e", "bad_soft": "#fbe7e5",
}  # fmt: skip
_DARK: Mapping[str, str] = {
    "page": "#1b1f26", "raised": "#232933", "rule": "#2d343f", "strong": "#475061",
    "ink": "#e4e8ef", "soft": "#9aa5b6", "accent": "#86b4ff", "accent_soft": "#22324d",
    "good": "#7fd3a0", "good_soft": "#1c3327", "fair": "#f0bd6a", "fair_soft": "#3a2f1a",
    "bad": "#ff9c92", "bad_soft": "#432422",
}  # fmt: skip
_COLOURS = Template("""
text{fill:$ink}
rect.page{fill:$page}
text.id,text.tiny,.onward text,text.small{fill:$soft}
tspan.slot{fill:$accent}
rect.box,rect.card{fill:$page;stroke:$strong}
rect.some{fill:$page;stroke:$strong;stroke-dasharray:4 3}
rect.opening{fill:$accent_soft;stroke:none}
rect.panel{fill:$raised;stroke:$rule}
rect.station{fill:$accent;stroke:$accent}
.station>text{fill:$page}
rect.stop{fill:$page;stroke:$accent}
.stop>text{fill:$accent}
rect.law{fill:$accent_soft}
.law>text{fill:$accent}
rect.only{fill:$raised;stroke:$strong;stroke-dasharray:3 2}
rect.gate{fill:$bad_soft;stroke:none}
.gate>text{fill:$bad}
line.gate{stroke:$bad}
line.spine{stroke:$accent}
rect.onward{fill:$page;stroke:$accent}
line.edge{stroke:$soft}
line.rule{stroke:$rule}
path.tip{fill:$soft}
path.head{fill:$accent}
rect.done{fill:$good_soft;stroke:$good}.done>text.sign{fill:$good}
rect.later{fill:$fair_soft;stroke:$fair}.later>text.sign{fill:$fair}
rect.person{fill:$accent_soft;stroke:$accent}.person>text.sign{fill:$accent}
rect.stopped{fill:$bad_soft;stroke:$bad}.stopped>text.sign{fill:$bad}
rect.aside{fill:$raised;stroke:$soft}.aside>text.sign{fill:$soft}
""")
_FRAME = """
rect{stroke-width:1}
rect.page,rect.law{stroke:none}
rect.ending,rect.key{fill:none;stroke:none}
line.spine{stroke-width:3}
line.gate{stroke-width:2.5;stroke-dasharray:9 5}
line.edge{stroke-width:1.2}
rect.onward{stroke-width:2.5}
"""
#: On paper the whole picture fills one sheet.
_PRINTED = "@media print{:root{width:100vw;height:100vh}}\n@page{margin:8mm;size:%s}\n"


def document(
    shapes: Iterable[Shape], width: float, height: float, *, title: str, about: str, language: str
) -> str:
    """A whole SVG file. Widths in px at its natural size."""
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": _n(width),
            "height": _n(height),
            "viewBox": f"0 0 {_n(width)} {_n(height)}",
            "role": "img",
            "aria-labelledby": "title about",
            "lang": {"zh": "zh-CN"}.get(language, language),
        },
    )
    _text(root, "title", title, id="title")
    _text(root, "desc", about, id="about")
    Tree.SubElement(root, "style").text = style(across=width > height)
    _rect(root, Box(0, 0, width, height, "page", radius=0))
    for shape in shapes:
        _draw(root, shape)
    for child in root:
        child.tail = "\n"
    return Tree.tostring(root, encoding="unicode") + "\n"


def style(*, across: bool) -> str:
    """The style sheet: type, light colours, dark ones where the reader's screen is dark, and the
    sheet laid across or upright."""
    printed = _PRINTED % ("landscape" if across else "portrait")
    light, dark = _COLOURS.substitute(_LIGHT), _COLOURS.substitute(_DARK)
    faces = "".join(_face(name) for name in FACES)
    return f"{faces}{_FRAME}{light}{printed}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _face(name: str) -> str:
    face = FACES[name]
    weight = 600 if face.bold else 400
    family = _MONO if face.mono else _SANS
    return f"text.{name}{{font:{weight} {face.size}px {family}}}\n"


def _draw(parent: Tree.Element, shape: Shape) -> None:
    match shape:
        case Box():
            _box(parent, shape)
        case Stroke():
            _stroke(parent, shape)
        case Words():
            _words(parent, shape)


def _group(parent: Tree.Element, style: str, hint: str, data: Mapping[str, str]) -> Tree.Element:
    attributes = {"class": style} | {f"data-{key}": clean(value) for key, value in data.items()}
    group = Tree.SubElement(parent, "g", attributes)
    if hint:
        _text(group, "title", hint)
    return group


def _box(parent: Tree.Element, box: Box) -> None:
    group = _group(parent, box.style, box.hint, box.data)
    if box.id:
        group.set("id", clean(box.id))
    _rect(group, box)
    for part in box.parts:
        _box(group, part)
    for words in box.words:
        _words(group, words)


def _rect(parent: Tree.Element, box: Box) -> None:
    place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": box.radius}
    numbers = {key: _n(value) for key, value in place.items()}
    Tree.SubElement(parent, "rect", {"class": box.style, **numbers})


def _stroke(parent: Tree.Element, stroke: Stroke) -> None:
    group = _group(parent, stroke.style, stroke.hint, stroke.data)
    ends = {"x1": stroke.x, "y1": stroke.y, "x2": stroke.to_x, "y2": stroke.to_y}
    numbers = {key: _n(value) for key, value in ends.items()}
    Tree.SubElement(group, "line", {"class": stroke.style, **numbers})
    if stroke.arrow:
        _tip(group, stroke)
    for words in stroke.words:
        _words(group, words)


def _tip(group: Tree.Element, stroke: Stroke) -> None:
    """The point of an arrow that runs right or down."""
    x, y = stroke.to_x, stroke.to_y
    if stroke.style == "edge":
        points, style = f"M{_n(x)} {_n(y)}l-7 -4v8z", "tip"
    else:
        points, style = f"M{_n(x)} {_n(y)}l-5.5 -8h11z", "head"
    Tree.SubElement(group, "path", {"class": style, "d": points})


def _words(parent: Tree.Element, words: Words) -> None:
    place = {"class": words.style, "x": _n(words.x), "y": _n(words.y)}
    if words.middle:
        place["text-anchor"] = "middle"
    element = Tree.SubElement(parent, "text", place)
    last: Tree.Element | None = None
    for run in words.runs:
        if run.slot:
            last = Tree.SubElement(element, "tspan", {"class": "slot"})
            last.text = fit(run.words)
        elif last is None:
            element.text = (element.text or "") + fit(run.words)
        else:
            last.tail = (last.tail or "") + fit(run.words)


def _text(parent: Tree.Element, tag: str, words: str, **attributes: str) -> Tree.Element:
    element = Tree.SubElement(parent, tag, attributes)
    element.text = clean(words)
    return element


def _n(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")
