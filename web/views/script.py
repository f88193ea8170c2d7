"""The script as people read it: slots and conditions in words, endings with their outcome."""

from dataclasses import dataclass

from scripts.conditions import Condition
from scripts.model import Ending, Question, Script
from scripts.slots import Hole, Text
from web.languages import gettext as _
from web.words import word

Piece = tuple[bool, str]  # whether it is a slot, and its words


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. ``only_when`` are the conditions under which it is asked."""

    number: int
    id: str
    code: str
    item: str | None  # number of the item of Article 15, where the law asks for it there
    says: list[Piece]
    again: list[Piece]
    explain: list[Piece]
    only_when: list[str]
    source: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class EndingView:
    """One way for the call to end, with everything that may be said then."""

    id: str
    outcome: str
    says: list[list[Piece]]
    hand_over: bool


@dataclass(frozen=True, slots=True)
class ScriptView:
    """The page of the script."""

    id: str
    version: str
    title: str
    opening: list[Piece]
    questions: list[QuestionView]
    aside: list[QuestionView]
    endings: list[EndingView]


def script_view(script: Script) -> ScriptView:
    """The page of a script."""
    return ScriptView(
        id=script.id,
        version=script.version,
        title=script.title,
        opening=pieces(script.opening),
        questions=[_question(n, q) for n, q in enumerate(script.questions, start=1)],
        aside=[_question(n, q) for n, q in enumerate(script.aside, start=1)],
        endings=[_ending(ending) for ending in script.endings],
    )


def _question(number: int, question: Question) -> QuestionView:
    return QuestionView(
        number=number,
        id=question.id,
        code=question.code,
        item=article_item(question.item),
        says=pieces(question.says),
        again=pieces(question.again),
        explain=pieces(question.explain),
        only_when=[condition_text(condition) for condition in question.when],
        source=question.source,
        reversed=question.polarity == "negative",
    )


def _ending(ending: Ending) -> EndingView:
    said = [pieces(saying.text) for saying in ending.says]
    return EndingView(ending.id, ending.outcome, said, ending.hand_over)


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
        values = ", ".join(word(condition.fact, value) for value in condition.values)
        name = _("%(name)s: %(values)s", name=name, values=values)
    return _("not %(condition)s", condition=name) if condition.negated else name
