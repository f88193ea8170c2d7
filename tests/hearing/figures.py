"""Counts how answers were read against how people labelled them. Prints nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from cases.estimates import wilson
from recordings.sounds import syllable
from scripts.answers.normalise import normalise
from scripts.labels import Label

_ABSTAINING = (Label.UNSURE, Label.UNCLEAR)


@dataclass(frozen=True)
class Case:
    """One answer: what each annotator said (one or two) and what was read."""

    question: str
    words: str
    wanted: tuple[str, ...]
    got: str

    @property
    def agreed(self) -> bool:
        """Whether the annotators agree."""
        return len(set(self.wanted)) == 1


@dataclass(frozen=True)
class Figures:
    """Shares of one set. Labels and denials count only where the annotators agree; a false yes is
    a yes that no annotator gave, out of all answers."""

    answers: int
    agreed: int
    right: int
    denials: int
    denials_heard: int
    yeses: int
    yeses_heard: int
    false_yeses: int
    abstained: int


def count(cases: Sequence[Case]) -> Figures:
    """The figures of ``cases``."""
    sure = [case for case in cases if case.agreed]
    denials = [case for case in sure if case.wanted[0] == Label.DENY]
    yeses = [case for case in sure if case.wanted[0] == Label.AFFIRM]
    return Figures(
        answers=len(cases),
        agreed=len(sure),
        right=sum(case.got == case.wanted[0] for case in sure),
        denials=len(denials),
        denials_heard=sum(case.got == Label.DENY for case in denials),
        yeses=len(yeses),
        yeses_heard=sum(case.got == Label.AFFIRM for case in yeses),
        false_yeses=sum(case.got == Label.AFFIRM not in case.wanted for case in cases),
        abstained=sum(case.got in _ABSTAINING for case in cases),
    )


def line(name: str, figures: Figures) -> str:
    """One line of a table, with 95 % intervals where the targets are."""
    f = figures
    parts = [
        f"{name:34}{f.answers:6}",
        _share("right", f.right, f.agreed),
        _share("false yes", f.false_yeses, f.answers, digits=2),
        _share("denials", f.denials_heard, f.denials),
        f"yeses {_percent(f.yeses_heard, f.yeses)}",
        f"abstains {_percent(f.abstained, f.answers)}",
    ]
    return "  ".join(parts)


def _share(name: str, part: int, of: int, digits: int = 1) -> str:
    low, high = wilson(part, of)
    return f"{name} {_percent(part, of, digits)} ({100 * low:.1f}-{100 * high:.1f})"


def _percent(part: int, of: int, digits: int = 1) -> str:
    return f"{100 * part / of:.{digits}f} %" if of else "-"


def confusions(cases: Iterable[Case], most: int = 10) -> list[tuple[str, str, int, Case]]:
    """The commonest mistakes (wanted, got, how often, one example), false yeses first."""
    wrong = [case for case in cases if case.agreed and case.got != case.wanted[0]]
    counts = Counter((case.wanted[0], case.got) for case in wrong)
    order = sorted(counts, key=lambda pair: (pair[1] != Label.AFFIRM, -counts[pair]))
    example = {(case.wanted[0], case.got): case for case in reversed(wrong)}
    return [(*pair, counts[pair], example[pair]) for pair in order[:most]]


@dataclass(frozen=True)
class Errors:
    """How far what was heard is from what was said, over a whole set."""

    exact: int
    of: int
    characters: float  # edits per character said
    syllables: float  # the same, without tones

    def __str__(self) -> str:
        rates = f"character error {100 * self.characters:.1f} %, toneless pinyin error"
        return f"exact {self.exact} of {self.of}, {rates} {100 * self.syllables:.1f} %"


def errors(pairs: Iterable[tuple[str, str]]) -> Errors:
    """The errors of pairs of words said and heard; marks count nothing, nor does the script in
    which a character is written (``normalise``)."""
    bare = [tuple(_bare(words) for words in pair) for pair in pairs]
    sounding = [tuple([syllable(char) for char in words] for words in pair) for pair in bare]
    said = max(1, sum(len(words) for words, _ in bare))
    return Errors(
        exact=sum(words == got for words, got in bare),
        of=len(bare),
        characters=sum(Levenshtein.distance(*pair) for pair in bare) / said,
        syllables=sum(Levenshtein.distance(*pair) for pair in sounding) / said,
    )


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, normalise(words)))
