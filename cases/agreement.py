"""Live hearing held against the recording over many calls: how often the two agree, how often each
abstains, and how many false yeses the reviewed answers let one expect. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases import raters
from cases.estimates import Estimate, Share, Stratum, estimate, share
from scripts.labels import Label, code_of

#: Neither a yes nor a no: it was asked again, or a person follows up.
ABSTAINS = frozenset({Label.UNSURE, Label.UNCLEAR})


class Cell(StrEnum):
    """Who of the two heard a yes."""

    BOTH = "both"
    LIVE = "live"
    RECORDED = "recorded"
    NEITHER = "neither"


#: The strata in which a yes of this one may be false.
_MAY_BE_FALSE = {
    "live": (Cell.BOTH, Cell.LIVE),
    "recorded": (Cell.BOTH, Cell.RECORDED),
    "both": (Cell.BOTH,),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer as heard live and by one engine. ``truth`` is what reviewers heard, None before;
    ``drawn`` whether it was drawn at random for this engine, without which a review of an agreed
    answer proves nothing about the others. A key cannot be misheard and is only counted.
    ``times``: so many answers alike, of which nobody reviewed one; they carry no call and turn."""

    call: int
    turn: int
    question_id: str
    item: str | None
    engine: str
    live: Label
    recorded: Label
    by_key: bool = False
    truth: Label | None = None
    drawn: bool = False
    times: int = 1

    @property
    def cell(self) -> Cell:
        """Who heard a yes."""
        if self.live is Label.AFFIRM:
            return Cell.BOTH if self.recorded is Label.AFFIRM else Cell.LIVE
        return Cell.RECORDED if self.recorded is Label.AFFIRM else Cell.NEITHER

    @property
    def counts(self) -> bool:
        """Whether its review may be counted: every disagreement goes to a reviewer, of the agreed
        answers only those that chance has chosen."""
        if self.truth is None:
            return False
        return self.drawn or self.cell in (Cell.LIVE, Cell.RECORDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One question (or, with an empty ``question_id``, all of them) and one engine. The false
    yeses are shares of all answers compared: ``false_yes_both`` slipped past both hearings."""

    question_id: str
    code: str
    item: str | None
    engine: str
    compared: int
    by_key: int
    agreed: Share
    kappa: float | None
    abstained_live: Share
    abstained_recorded: Share
    only_live_yes: int
    only_recorded_yes: int
    false_yes_live: Estimate
    false_yes_recorded: Estimate
    false_yes_both: Estimate


def lines(answers: Iterable[Compared]) -> list[Line]:
    """The report: for every engine first the line over everything, then one per question."""
    by_engine: dict[str, list[Compared]] = defaultdict(list)
    for answer in answers:
        by_engine[answer.engine].append(answer)
    found = []
    for engine in sorted(by_engine):
        found.append(_line("", None, engine, by_engine[engine]))
        for key, own in sorted(_by_question(by_engine[engine]).items()):
            found.append(_line(key, own[0].item, engine, own))
    return found


def _line(question_id: str, item: str | None, engine: str, own: Sequence[Compared]) -> Line:
    spoken = [answer for answer in own if not answer.by_key]
    strata = _strata(spoken)
    cells = Counter[Cell]()
    for (_question, cell), stratum in strata.items():
        cells[cell] += stratum.size

    compared = _number(spoken)
    pairs = Counter[tuple[Hashable, Hashable]]()
    for one in spoken:
        pairs[one.live, one.recorded] += one.times

    def counted(wanted: Callable[[Compared], bool]) -> Share:
        return share(_number(filter(wanted, spoken)), compared)

    return Line(
        question_id=question_id,
        code=code_of(question_id),
        item=item,
        engine=engine,
        compared=compared,
        by_key=_number(own) - compared,
        agreed=counted(lambda one: one.live is one.recorded),
        kappa=raters.kappa_of(pairs).value,
        abstained_live=counted(lambda one: one.live in ABSTAINS),
        abstained_recorded=counted(lambda one: one.recorded in ABSTAINS),
        only_live_yes=cells[Cell.LIVE],
        only_recorded_yes=cells[Cell.RECORDED],
        false_yes_live=_false_yes(strata, "live", compared),
        false_yes_recorded=_false_yes(strata, "recorded", compared),
        false_yes_both=_false_yes(strata, "both", compared),
    )


def _number(answers: Iterable[Compared]) -> int:
    return sum(one.times for one in answers)


def _strata(spoken: Iterable[Compared]) -> dict[tuple[str, Cell], Stratum]:
    """The answers of each question by who heard a yes."""
    found: dict[tuple[str, Cell], list[int]] = {}
    for one in spoken:
        cell = one.cell
        counts = found.setdefault((one.question_id, cell), [0, 0, 0])
        counts[0] += one.times
        if one.counts:  # reviewed, and so not one of many
            counts[1] += 1
            counts[2] += one.truth is not Label.AFFIRM
    return {key: Stratum(*counts) for key, counts in found.items()}


def _false_yes(strata: Mapping[tuple[str, Cell], Stratum], whose: str, compared: int) -> Estimate:
    """How many of all answers were taken for a yes that was none."""
    questions = dict.fromkeys(question for question, _ in strata)
    nothing = Stratum(0, 0, 0)
    return estimate(
        [
            [strata.get((question, cell), nothing) for question in questions]
            for cell in _MAY_BE_FALSE[whose]
        ],
        compared,
    )


def _by_question(answers: Iterable[Compared]) -> dict[str, list[Compared]]:
    found: dict[str, list[Compared]] = defaultdict(list)
    for answer in answers:
        found[answer.question_id].append(answer)
    return found
