"""The flow picture, read back from its SVG: it tells what the script does, nothing lies on anything
else, and no text is taken for markup."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import reader
from scripts.conditions import Condition
from scripts.model import Event, Kind, Move, Question, Script, Step
from scripts.show import graph
from scripts.show.shapes import FACES
from scripts.slots import Text

SVG = "{http://www.w3.org/2000/svg}"
#: What holds other shapes, and what lies inside a box.
HOLDS, INSIDE = {"panel", "key", "ending"}, {"law", "only"}
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Area:
    """A rectangle of the picture."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        """Whether they share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.2
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.2
        )

    def holds(self, other: "Area") -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left - 0.2 <= other.left
            and self.top - 0.2 <= other.top
            and other.right <= self.right + 0.2
            and other.bottom <= self.bottom + 0.2
        )


def drawn(script: Script, language: str = "zh") -> ElementTree.Element:
    return ElementTree.fromstring(graph.svg(script, language=language))


def many(script: Script, count: int) -> Script:
    """A script of so many questions, made of those of another."""
    found = [
        replace(one, id=f"{one.id}.{turn}")
        for turn in range(count)
        for one in script.questions
        if turn == 0 or one.kind is Kind.FACT
    ]
    return replace(script, questions=tuple(found[:count]))


def area(group: ElementTree.Element) -> Area:
    rect = group.find(f"{SVG}rect")
    assert rect is not None
    x, y, width, height = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
    return Area(group.get("class", ""), x, y, x + width, y + height)


def groups(picture: ElementTree.Element) -> list[ElementTree.Element]:
    """Every group that is a box."""
    return [one for one in picture.iter(f"{SVG}g") if one.find(f"{SVG}rect") is not None]


def words(element: ElementTree.Element) -> Area:
    """The place that a line of words takes at most."""
    face = FACES[element.get("class", "")]
    said = "".join(element.itertext())
    width = face.width(said)
    x, y = float(element.get("x", "")), float(element.get("y", ""))
    left = x - width / 2 if element.get("text-anchor") == "middle" else x
    return Area(said, left, y - face.size * 0.8, left + width, y + face.size * 0.2)


def edges(picture: ElementTree.Element) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in picture.iter(f"{SVG}g") if one.get("data-events")]


@pytest.mark.parametrize("name", reader.library())
def test_every_question_and_ending_is_drawn_once(name: str) -> None:
    script = reader.load_script(name)
    ids = [one.get("id") for one in drawn(script).iter() if one.get("id")]

    assert len(ids) == len(set(ids))
    assert {f"q-{q.id}" for q in (*script.questions, *script.aside)} <= set(ids)
    assert {f"e-{e.id}" for e in script.endings} <= set(ids)


def _place(steps: tuple[Step, ...]) -> str:
    """Where answers lead in the end; nothing where the line goes on."""
    return steps[-1].target if steps[-1].move in (Move.END, Move.ASK) else ""


def _told(picture: ElementTree.Element, *, care: bool) -> dict[tuple[str, str], str]:
    """Where each answer leads by the picture alone: what a question says itself, or else what is
    said for all. For those given care what is told of their age outweighs the rest."""
    told: dict[tuple[str, str], str] = {}
    for with_age in (False, True) if care else (False,):
        for edge in edges(picture):
            if ("data-from-age" in edge) is with_age:
                for event in edge["data-events"].split():
                    told[edge["data-from"], event] = edge["data-to"]
        for box in picture.iter(f"{SVG}g"):
            key = "data-goes-on-with-care" if with_age else "data-goes-on"
            for event in box.get(key, "").split():
                told[box.get("data-question", ""), event] = ""
    return told


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("name", reader.library())
def test_the_picture_tells_where_every_answer_leads(name: str, care: bool) -> None:
    _assert_told(reader.load_script(name), care=care)


@pytest.mark.parametrize("event", [Event.DENY, Event.UNCLEAR])
def test_what_differs_only_with_care_is_told_too(standard: Script, event: Event) -> None:
    """A question of its own for the elderly alone, and one that makes no difference for them."""
    steps = (Step(Move.EXPLAIN), Step(Move.END, "unaware"))
    changed = _with_route(standard, "DISCLOSE", event, steps, only_with_care=True)
    plain = next(q for q in standard.questions if q.id == "DISCLOSE").on[event]

    for script in (changed, _with_route(standard, "DISCLOSE", event, plain)):
        _assert_told(script, care=False)
        _assert_told(script, care=True)
    arrow = next(e for e in edges(drawn(changed)) if e["data-from"] == "DISCLOSE")
    assert arrow["data-from-age"] == str(standard.care.from_age)
    assert f"{standard.care.from_age}周岁起：" in _all_words(changed)


def _assert_told(script: Script, *, care: bool) -> None:
    told = _told(drawn(script), care=care)
    for question in script.questions:
        routes = question.on_with_care if care else question.on
        for event, steps in routes.items():
            own = told.get((question.id, event))
            assert (told["*", event] if own is None else own) == _place(steps), (question.id, event)


@pytest.mark.parametrize("name", reader.library())
def test_what_differs_is_an_arrow_of_its_own(name: str) -> None:
    """Only what two questions agree on may be told once for all."""
    script = reader.load_script(name)
    found = edges(drawn(script))
    common = {
        (event, edge["data-to"])
        for edge in found
        if edge["data-from"] == "*"
        for event in edge["data-events"].split()
    }
    for event, target in common - {("exhausted", script.exhausted)}:
        tables = [(q.on, q.on_with_care) for q in script.questions]
        agree = sum(any(_place(t[Event(event)]) == target for t in pair) for pair in tables)
        assert agree >= 2, (event, target)


def test_a_changed_answer_becomes_an_arrow(standard: Script) -> None:
    changed = _with_route(standard, "DISCLOSE", Event.UNSURE, (Step(Move.END, "unaware"),))
    arrow = {"class": "edge", "data-from": "DISCLOSE", "data-events": "unsure"}

    assert {**arrow, "data-to": "unaware"} in edges(drawn(changed))
    assert not [e for e in edges(drawn(standard)) if e["data-from"] == "DISCLOSE"]


def _with_route(
    script: Script,
    which: str,
    event: Event,
    steps: tuple[Step, ...],
    *,
    only_with_care: bool = False,
) -> Script:
    def changed(question: Question) -> Question:
        if question.id != which:
            return question
        plain, careful = {**question.on, event: steps}, {**question.on_with_care, event: steps}
        on = question.on if only_with_care else plain
        return replace(question, on=on, on_with_care=careful)

    return replace(script, questions=tuple(changed(q) for q in script.questions))


def test_counts_are_in_words(standard: Script) -> None:
    steps = (Step(Move.EXPLAIN), Step(Move.AGAIN), Step(Move.END, "unaware"))
    said = _all_words(_with_route(standard, "DISCLOSE", Event.SILENCE, steps))

    assert "沉默，连续第3次（先说明，再换说法）" in said
    assert "①②③原话再问 ④" in said  # the standard's own 请再说一遍


def _all_words(script: Script, language: str = "zh") -> str:
    """All words of the picture, lines of one paragraph joined."""
    return "".join("".join(one.itertext()) for one in drawn(script, language).iter(f"{SVG}text"))


def test_the_gate_lies_between_identity_and_the_rest(standard: Script) -> None:
    boxes = {one.get("id"): area(one) for one in groups(drawn(standard)) if one.get("id")}
    gate = boxes["gate"]

    assert boxes["q-ID_VERIFY"].bottom <= gate.top
    assert boxes["q-CONSENT"].top >= gate.bottom
    assert {boxes[f"q-{q}"].left for q in ("ID_VERIFY", "CONSENT")} == {gate.left}


def test_a_script_that_proves_no_identity_says_so(standard: Script) -> None:
    without = tuple(q for q in standard.questions if q.kind is not Kind.IDENTITY)

    assert "没有核实身份的题" in _all_words(replace(standard, questions=without))


def _crowded(script: Script) -> Script:
    """Long ids, long conditions, many answers to many places."""
    ends = [Step(Move.END, ending.id) for ending in script.endings]
    doubted = Condition("doubted", values=tuple(sorted({q.code for q in script.questions})))

    def crowd(number: int, one: Question) -> Question:
        table = {e: (ends[(number + i) % len(ends)],) for i, e in enumerate(one.on)}
        return replace(
            one, id=one.id + ".very-long-part" * 4, on=table, on_with_care=table, when=(doubted,)
        )

    questions = tuple(crowd(n, q) for n, q in enumerate(script.questions))
    return replace(script, questions=questions, title="很长的标题" * 40, covers=(doubted,) * 3)


@pytest.fixture(
    scope="module", params=[*reader.library(), "crowded", "two-hundred", "one"], name="picture"
)
def any_picture(request: pytest.FixtureRequest, standard: Script) -> ElementTree.Element:
    made = {
        "crowded": lambda: _crowded(standard),
        "two-hundred": lambda: many(standard, 200),
        "one": lambda: replace(standard, questions=standard.questions[-1:]),
    }
    name = request.param
    return drawn(made[name]() if name in made else reader.load_script(name))


def test_no_box_lies_on_another(picture: ElementTree.Element) -> None:
    found = [area(one) for one in groups(picture)]
    solid = [one for one in found if one.what not in HOLDS | INSIDE]
    panels = [one for one in found if one.what == "panel"]

    assert [pair for pair in combinations(solid, 2) if pair[0].meets(pair[1])] == []
    assert [pair for pair in combinations(panels, 2) if pair[0].meets(pair[1])] == []
    for box in solid:
        assert all(panel.holds(box) or not panel.meets(box) for panel in panels), box


def test_no_words_leave_their_box(picture: ElementTree.Element) -> None:
    for group in groups(picture):
        room = area(group)
        for text in group.findall(f"{SVG}text"):
            if room.what != "onward":  # its words stand beside it
                assert room.holds(words(text)), ("".join(text.itertext()), room)
        for part in group.findall(f"{SVG}g"):
            assert room.holds(area(part)), part.attrib


def test_no_words_lie_on_others(picture: ElementTree.Element) -> None:
    lines = sorted((words(one) for one in picture.iter(f"{SVG}text")), key=lambda one: one.top)

    assert list(_overlapping(lines)) == []


def _overlapping(lines: list[Area]) -> Iterator[tuple[Area, Area]]:
    """Pairs that meet, of lines in the order of their tops."""
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.top >= one.bottom:
                break
            if one.meets(other):
                yield one, other


def test_the_words_of_an_arrow_lie_between_its_boxes(picture: ElementTree.Element) -> None:
    asides = {one.get("data-question") for one in picture.iter() if one.get("class") == "card"}
    for group in picture.iter(f"{SVG}g"):
        line = group.find(f"{SVG}line")
        if line is None or group.get("class") != "edge" or group.get("data-from") == "*":
            continue
        start, end = float(line.get("x1", "")), float(line.get("x2", ""))
        for text in group.findall(f"{SVG}text"):
            assert words(text).right <= end, "".join(text.itertext())
            assert group.get("data-from") in asides or start <= words(text).left


def test_everything_lies_on_the_page(picture: ElementTree.Element) -> None:
    page = Area("page", 0, 0, float(picture.get("width", "")), float(picture.get("height", "")))

    assert all(page.holds(area(one)) for one in groups(picture))
    assert all(page.holds(words(one)) for one in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("questions", [12, 36, 80, 200])
def test_the_picture_has_about_the_shape_of_a_sheet(standard: Script, questions: int) -> None:
    picture = drawn(many(standard, questions))
    wide, high = float(picture.get("width", "")), float(picture.get("height", ""))

    assert 1.1 < max(wide, high) / min(wide, high) < 1.75


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=80), identifier=st.text(min_size=1, max_size=20))
def test_any_text_is_only_text(standard: Script, words: str, identifier: str) -> None:
    first = replace(standard.questions[0], id=identifier, says=Text(words, (words,)))
    script = replace(standard, title=words, version=words, questions=(first,))
    picture = drawn(script)

    known = {"svg", "title", "desc", "style", "g", "rect", "text", "tspan", "line", "path"}
    assert {one.tag.removeprefix(SVG) for one in picture.iter()} <= known
    names = {name for one in picture.iter() for name in one.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]


def test_markup_in_a_script_is_shown_as_it_is(standard: Script) -> None:
    bad = '</text><script>alert("1")</script>&amp;'
    first = replace(standard.questions[0], says=Text(bad, (bad,)))
    said = _all_words(replace(standard, questions=(first, *standard.questions[1:])))

    assert "<script>" in said
    assert "&amp;" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_named_and_described(standard: Script, language: str) -> None:
    picture = drawn(standard, language)
    title, about = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")

    assert title is not None
    assert about is not None
    assert standard.title in (title.text or "")
    assert str(len(standard.questions)) in (about.text or "")
    assert picture.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


def test_the_picture_stands_alone(standard: Script) -> None:
    written = graph.svg(standard)

    assert "url(" not in written
    assert written.count("http") == 1  # the name of the format
    assert "prefers-color-scheme:dark" in written


def test_no_other_language(standard: Script) -> None:
    with pytest.raises(ValueError, match="zh or en"):
        graph.svg(standard, language="fr")
