"""The script as people read it: slots, conditions and what follows an answer in words, endings
with their outcome."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.conditions import Condition
from scripts.model import Ending, Kind, Move, Question, Script
from scripts.show import flow
from scripts.show.flow import Common, Route
from scripts.slots import Hole, Text
from web.languages import gettext as _
from web.words import word

Piece = tuple[bool, str]  # whether it is a slot, and its words


@dataclass(frozen=True, slots=True)
class RouteView:
    """What follows answers that are followed alike: the first time one is heard, the second time,
    and so on. ``careful`` holds only for the elderly."""

    answers: list[str]
    steps: list[str]
    careful: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. ``only_when`` are the conditions under which it is asked, ``routes`` what
    follows its answers where that differs from the script's general table."""

    number: int
    id: str
    code: str
    kind: str
    item: str | None  # number of the item of Article 15, where the law asks for it there
    says: list[Piece]
    says_by_person: list[Piece]
    again: list[Piece]
    explain: list[Piece]
    only_when: list[str]
    routes: list[RouteView]
    source: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class EndingView:
    """One way for the call to end, with everything that may be said then and when."""

    id: str
    outcome: str
    says: list[tuple[list[str], list[Piece]]]
    hand_over: bool
    sorry: list[Piece]


@dataclass(frozen=True, slots=True)
class ScriptView:
    """The page of the script. ``general`` is what follows an answer unless a question says
    otherwise, ``careful`` what changes for the elderly."""

    id: str
    version: str
    title: str
    purpose: str
    medium: str
    language: str
    source: str
    covers: list[str]
    opening: list[Piece]
    opening_by_person: list[Piece]
    care: str
    general: list[RouteView]
    careful: list[RouteView]
    questions: list[QuestionView]
    aside: list[QuestionView]
    endings: list[EndingView]


def script_view(script: Script) -> ScriptView:
    """The page of a script."""
    shared = flow.common(script)
    return ScriptView(
        id=script.id,
        version=script.version,
        title=script.title,
        purpose=script.purpose,
        medium=script.medium,
        language=script.language,
        source=script.source,
        covers=[condition_text(condition) for condition in script.covers],
        opening=pieces(script.opening),
        opening_by_person=pieces(script.opening_by_person),
        care=_care(script),
        general=_routes(script, flow.common_routes(shared)),
        careful=_routes(script, flow.common_with_care(shared)),
        questions=[question_view(script, n, q, shared) for n, q in _numbered(script.questions)],
        aside=[question_view(script, n, q, shared) for n, q in _numbered(script.aside)],
        endings=[_ending(ending) for ending in script.endings],
    )


def _care(script: Script) -> str:
    care = script.care
    slow = _("slower") if care.slow else _("at the usual pace")
    return _(
        "From %(age)d years on: spoken %(pace)s, at least %(seconds)d seconds for every answer",
        age=care.from_age,
        pace=slow,
        seconds=care.wait_s,
    )


def _numbered(questions: Iterable[Question]) -> Iterable[tuple[int, Question]]:
    return enumerate(questions, start=1)


def question_view(script: Script, number: int, question: Question, shared: Common) -> QuestionView:
    """One question of the page; ``shared`` is what follows an answer in most questions."""
    aside = question in script.aside
    return QuestionView(
        number=number,
        id=question.id,
        code=question.code,
        kind=question.kind,
        item=article_item(question.item),
        says=pieces(question.says),
        says_by_person=pieces(question.says_by_person),
        again=pieces(question.again),
        explain=pieces(question.explain),
        only_when=[condition_text(condition) for condition in question.when],
        routes=_routes(script, (flow.own_aside if aside else flow.own)(question, shared)),
        source=question.source,
        reversed=question.polarity == "negative",
    )


def _ending(ending: Ending) -> EndingView:
    said = [
        ([condition_text(condition) for condition in saying.when], pieces(saying.text))
        for saying in ending.says
    ]
    return EndingView(ending.id, ending.outcome, said, ending.hand_over, pieces(ending.sorry))


def pieces(text: Text) -> list[Piece]:
    """A text cut into words and slots, so that a page can mark the slots."""
    return [(True, part.slot) if isinstance(part, Hole) else (False, part) for part in text.parts]


def article_item(item: str | None) -> str | None:
    """``4-term`` -> ``4``; items that other rules ask for have no number."""
    number = (item or "").partition("-")[0]
    return number if number.isdecimal() else None


def condition_text(condition: Condition) -> str:
    """A condition in the words of the page's language."""
    name = word("condition", condition.fact)
    if condition.values:
        table = "code" if condition.fact == "doubted" else condition.fact
        values = ", ".join(word(table, value) for value in condition.values)
        name = _("%(name)s: %(values)s", name=name, values=values)
    if condition.at_least is not None:
        name = _("%(name)s at least %(number)d", name=name, number=condition.at_least)
    if condition.at_most is not None:
        name = _("%(name)s at most %(number)d", name=name, number=condition.at_most)
    return _("not %(condition)s", condition=name) if condition.negated else name


def _routes(script: Script, routes: Iterable[Route]) -> list[RouteView]:
    return [
        RouteView(
            answers=[word("answer", event) for event in route.events],
            steps=[_said(script, step.move, step.target) for step in route.steps],
            careful=route.from_age is not None,
        )
        for route in routes
    ]


def step_text(script: Script, written: str) -> str:
    """One step as scripts.changes writes it, ``explain`` or ``end: refused``, in words."""
    move, _colon, target = written.partition(": ")
    return _said(script, move, target)


def _said(script: Script, move: str, target: str) -> str:
    if move == Move.END:
        ending = script.ending(target)
        return _("end: %(ending)s", ending=word("outcome", ending.outcome) if ending else target)
    if move == Move.ASK:
        return _("ask: %(question)s", question=_asked(script.question(target), target))
    return word("move", move)


def _asked(question: Question | None, target: str) -> str:
    if question is not None and question.kind is Kind.TIME:
        return _("when to call again")
    return word("code", question.code) if question else target
