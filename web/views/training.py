"""Quizzes as their pages show them: the paper to be filled in, what came out, and everybody's
results. Takes rows and returns what a template needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scripts.guide import Guide
from scripts.guide.quiz import Ask, of_kept
from store.tables import QuizAttempt
from store.training import Missed, Person
from web.exports import Cell
from web.languages import gettext as _
from web.views.guidance import Shown, language
from web.views.guidance import sections as guide_sections


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question. ``right`` and ``chosen`` are None while the quiz is open, but for
    what the form already holds."""

    place: int
    text: str
    chosen: bool
    right: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """One question. ``piece`` is what the guide says about it now, once the quiz has ended; None
    where the guide has changed since."""

    number: int
    asks: str
    given: str
    options: tuple[Option, ...]
    right: bool | None
    piece: Shown | None


def rows(guide: Guide, attempt: QuizAttempt, typed: Mapping[int, int]) -> list[Row]:
    """The questions of a quiz; ``typed`` is what a form that comes back already holds."""
    ended = attempt.ended_at is not None
    chosen = {one.number: one.chosen for one in attempt.answers} if ended else dict(typed)
    pieces = {one.id: one for part in guide_sections(guide) for one in part.pieces}
    found, said = [], language()
    for place, asked in enumerate(of_kept(attempt.paper)):
        options = tuple(
            Option(
                option,
                text.said(said),
                chosen.get(place) == option,
                (option == asked.right) if ended else None,
            )
            for option, text in enumerate(asked.options)
        )
        found.append(
            Row(
                number=place,
                asks=_asks(asked.ask),
                given=asked.given.said(said),
                options=options,
                right=(chosen.get(place) == asked.right) if ended else None,
                piece=pieces.get(asked.about) if ended else None,
            )
        )
    return found


def _asks(ask: Ask) -> str:
    """The question in words; what it is about stands beside it."""
    return {
        Ask.KIND: _("By these signs: which kind is it?"),
        Ask.RESPONSE: _("What do you do here?"),
        Ask.SAY: _("Which of these may you say?"),
        Ask.NEVER: _("Which of these must you not say?"),
        Ask.TABOO: _("Which of these is a taboo?"),
        Ask.NEXT: _("Which step comes after this one?"),
        Ask.QUESTION: _("Which kind of question is this?"),
    }[ask]


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A piece that is answered wrong often, by its title; by its id where the guide lacks it."""

    title: str
    asked: int
    wrong: int


def missed_rows(guide: Guide, found: list[Missed]) -> list[MissedRow]:
    """What is missed most often."""
    titles = {one.id: one.title.said(language()) for one in guide.pieces}
    return [MissedRow(titles.get(one.about, one.about), one.asked, one.wrong) for one in found]


def titles() -> list[str]:
    """The heads of the list of results as a file."""
    return [
        _("Name"),
        _("Branch"),
        _("Quizzes"),
        _("Passed"),
        _("Best"),
        _("Average"),
        _("Last"),
    ]


def cells(one: Person) -> list[Cell]:
    """One line of that file."""
    return [
        one.name,
        one.branch,
        one.taken,
        one.passed,
        one.best,
        round(one.average, 1),
        _minute(one.last_at),
    ]


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
