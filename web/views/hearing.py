"""The report of live hearing against the recordings: one row per question and engine."""

from dataclasses import dataclass

from cases.agreement import Line
from cases.estimates import Estimate, Share
from web.exports import Cell
from web.languages import gettext as _
from web.words import word

NONE = "–"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its interval as text. ``few`` marks one that rests on too little."""

    rate: str
    between: str
    few: bool


@dataclass(frozen=True, slots=True)
class HearingRow:
    """One line of the report; the line over all questions has an empty ``question``."""

    question: str
    code: str
    item: str | None
    engine: str
    compared: int
    by_key: int
    agreed: Rate
    kappa: str
    abstained_live: Rate
    abstained_recorded: Rate
    only_live_yes: int
    only_recorded_yes: int
    reviewed: int
    live: Rate
    recorded: Rate
    both: Rate


def row(line: Line) -> HearingRow:
    """The row of a line."""
    return HearingRow(
        question=line.question_id,
        code=line.code,
        item=line.item,
        engine=line.engine,
        compared=line.compared,
        by_key=line.by_key,
        agreed=_share(line.agreed),
        kappa=NONE if line.kappa is None else f"{line.kappa:.2f}",
        abstained_live=_share(line.abstained_live),
        abstained_recorded=_share(line.abstained_recorded),
        only_live_yes=line.only_live_yes,
        only_recorded_yes=line.only_recorded_yes,
        reviewed=max(line.false_yes_live.reviewed, line.false_yes_recorded.reviewed),
        live=_estimate(line.false_yes_live),
        recorded=_estimate(line.false_yes_recorded),
        both=_estimate(line.false_yes_both),
    )


def _share(share: Share) -> Rate:
    return _rate(share.rate, share.low, share.high, few=False)


def _estimate(one: Estimate) -> Rate:
    return _rate(one.rate, one.low, one.high, few=one.few and one.rate is not None)


def _rate(rate: float | None, low: float, high: float, *, few: bool) -> Rate:
    shown = NONE if rate is None else f"{rate:.1%}"
    return Rate(shown, f"{low:.1%}–{high:.1%}", few)


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Recogniser"),
        _("Question"),
        _("Subject"),
        _("Item"),
        _("Answers compared"),
        _("By key"),
        _("Agree"),
        _("Cohen's kappa"),
        _("Abstained live"),
        _("Abstained in the recording"),
        _("Yes only live"),
        _("Yes only in the recording"),
        _("Reviewed"),
        _("False yes live"),
        _("Confidence interval"),
        _("False yes in the recording"),
        _("Confidence interval"),
        _("False yes in both"),
        _("Confidence interval"),
    ]


def cells(one: HearingRow) -> list[Cell]:
    """One line of the file."""
    rates = [part for rate in (one.live, one.recorded, one.both) for part in _cells(rate)]
    return [
        one.engine,
        one.question or _("All"),
        word("code", one.code),
        one.item,
        one.compared,
        one.by_key,
        one.agreed.rate,
        one.kappa,
        one.abstained_live.rate,
        one.abstained_recorded.rate,
        one.only_live_yes,
        one.only_recorded_yes,
        one.reviewed,
        *rates,
    ]


def _cells(rate: Rate) -> tuple[str, str]:
    return f"{rate.rate}{'*' if rate.few else ''}", rate.between
