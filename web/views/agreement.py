"""The agreement of reviewers as rows: coefficients with their intervals, and a bar of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.raters import Agreement, AgreementLine, AgreementReport
from scripts.labels import CODES, code_of
from scripts.scorecards import Scorecard
from web.exports import Cell
from web.languages import gettext as _
from web.languages import is_chinese
from web.words import word

NONE = "–"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient as text, and where it and its interval lie on a bar from 0 to 100."""

    value: str
    between: str
    few: bool
    at: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One line. ``name`` is empty for everything; ``kind`` is all, kind or rater."""

    kind: str
    name: str
    title: str
    pairs: int
    same: str
    kappa: Coefficient
    alpha: Coefficient


def rows(found: AgreementReport, card: Scorecard) -> list[AgreementRow]:
    """The whole, then what it is about, then the reviewers. ``card`` names the criteria."""
    if not found.whole.pairs:
        return []
    return [
        _row("all", found.whole, card),
        *(_row("kind", one, card) for one in found.kinds),
        *(_row("rater", one, card) for one in found.raters),
    ]


def _row(kind: str, one: AgreementLine, card: Scorecard) -> AgreementRow:
    same = NONE if one.same is None else f"{one.same:.1%}"
    title = _title(one.name, card) if kind == "kind" else one.name
    return AgreementRow(
        kind, one.name, title, one.pairs, same, _coefficient(one.kappa), _coefficient(one.alpha)
    )


def _title(name: str, card: Scorecard) -> str:
    """A question or a criterion by its name."""
    if code_of(name) in CODES:
        return word("code", code_of(name))
    known = card.criterion(name)
    if known is None:  # of a scorecard before
        return name
    return known.title if is_chinese() else known.title_en


def _coefficient(one: Agreement) -> Coefficient:
    if one.value is None:
        return Coefficient(NONE, "", one.few, None, 0, 0)
    known = one.low is not None and one.high is not None
    low, high = (one.low, one.high) if known else (one.value, one.value)
    assert low is not None
    assert high is not None
    return Coefficient(
        _two(one.value),
        f"{_two(low)} – {_two(high)}" if known else "",
        one.few,
        _place(one.value),
        _place(low),
        _place(high),
    )


def _two(value: float) -> str:
    """Two decimals, and no minus before a zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def _place(value: float) -> float:
    """Where a value from 0 to 1 stands; one below 0 stands at the bar's beginning."""
    return round(100 * max(0.0, value), 1)


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Answers or scorecard"),
        _("Question, criterion or reviewer"),
        _("Subject"),
        _("Pairs"),
        _("Said the same"),
        _("Cohen's kappa"),
        _("Confidence interval"),
        _("Krippendorff's alpha"),
        _("Confidence interval"),
    ]


def cells(about: str, found: AgreementReport, card: Scorecard) -> Iterator[list[Cell]]:
    """The lines of the file."""
    named = _("Answers") if about == "answers" else _("Scorecard")
    for one in rows(found, card):
        name = one.name or _("All")
        yield [
            named, name, one.title, one.pairs, one.same, _text(one.kappa), one.kappa.between,
            _text(one.alpha), one.alpha.between,
        ]  # fmt: skip


def _text(one: Coefficient) -> str:
    return f"{one.value}{'*' if one.few and one.at is not None else ''}"
