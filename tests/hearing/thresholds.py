"""Chooses the thresholds of hearing on some clips and measures them on the others. Changes the
product's thresholds only while it measures."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType
from unittest.mock import patch

from recordings import closed, pipeline, whisper
from scripts.labels import Label
from tests.hearing.figures import Case, count, line

MOST_FALSE_YES = 0.01
ROUNDS = 2
#: Of each threshold its module and what it may be.
CHOICES: dict[str, tuple[ModuleType, tuple[float, ...]]] = {
    "LEAST_FOR_YES": (pipeline, (0.4, 0.45, 0.5, 0.55, 0.6, 0.7)),
    "LEAST_CONFIDENCE": (whisper, (0.3, 0.34, 0.38, 0.42, 0.46)),
    "LEAST_SHORT": (whisper, (0.38, 0.45, 0.52)),
    "SURE": (closed, (0.85, 0.9, 0.95)),
    "MOST_APART": (closed, (0.2, 0.3, 0.4)),
    "LEAST_LIKELY": (closed, (-6.0, -5.5, -5.0, -4.5, -4.0)),
    "LEAST_EXACT": (closed, (0.8, 0.85, 0.9)),
    "CREDIBLE": (closed, (1.0, 2.0, 3.0)),
    "CREDIBLE_AGAINST": (closed, (0.5, 1.0, 2.0)),
}

Setting = tuple[float, ...]  # one value for each of CHOICES, in their order
Measure = Callable[[], Sequence[str]]  # the label of every clip, with the thresholds of now


def now() -> Setting:
    """The product's thresholds."""
    return tuple(getattr(module, name) for name, (module, _) in CHOICES.items())


@contextmanager
def applied(setting: Setting) -> Iterator[None]:
    """The product with other thresholds."""
    with ExitStack() as stack:
        for (name, (module, _)), value in zip(CHOICES.items(), setting, strict=True):
            stack.enter_context(patch.object(module, name, value))
        yield


def chosen(wanted: Sequence[str], measure: Callable[[Setting], Sequence[str]]) -> Setting:
    """The setting that gets most labels right with at most MOST_FALSE_YES, found by moving one
    threshold after the other from where they are. ``measure`` gives a label for each of
    ``wanted``."""
    best = now()
    worth = _worth(wanted, measure(best))
    for at, (_, values) in [*enumerate(CHOICES.values())] * ROUNDS:
        for value in values:
            other = (*best[:at], value, *best[at + 1 :])
            found = _worth(wanted, measure(other))
            if found > worth:
                best, worth = other, found
    return best


def _worth(wanted: Sequence[str], got: Sequence[str]) -> tuple[float, int]:
    """The more the better: no more false yeses than allowed first, then right labels."""
    wrong = sum(is_ == Label.AFFIRM != meant for meant, is_ in zip(wanted, got, strict=True))
    too_many = max(0.0, wrong / max(1, len(wanted)) - MOST_FALSE_YES)
    return -too_many, sum(meant == is_ for meant, is_ in zip(wanted, got, strict=True))


def lines(cases: Sequence[Case], folds: Sequence[str], measure: Measure) -> Iterator[str]:
    """The report: the values chosen without each fold, and the figures of all folds with values
    chosen without them. ``folds`` names each case's; ``measure`` labels them in their order."""
    labels = cache(lambda setting: _labels(setting, measure))
    wanted = [case.wanted[0] for case in cases]
    left_out: dict[int, str] = {}
    yield "  " + "  ".join(CHOICES)
    for fold in sorted(set(folds)):
        rest = [at for at, name in enumerate(folds) if name != fold]
        setting = chosen([wanted[at] for at in rest], lambda s, rest=rest: _of(labels(s), rest))
        held = [at for at, name in enumerate(folds) if name == fold]
        left_out |= dict(zip(held, _of(labels(setting), held), strict=True))
        yield f"  without {fold:22} {_told(setting)}"
    yield f"  on all of them                 {_told(chosen(wanted, labels))}"
    yield f"  the product's now              {_told(now())}"
    got = [left_out[at] for at in range(len(cases))]
    yield _line("chosen on the others", cases, got)
    yield _line("the product's now", cases, labels(now()))


def _labels(setting: Setting, measure: Measure) -> Sequence[str]:
    with applied(setting):
        return measure()


def _of(labels: Sequence[str], places: Sequence[int]) -> list[str]:
    return [labels[at] for at in places]


def _line(name: str, cases: Sequence[Case], got: Sequence[str]) -> str:
    pairs = zip(cases, got, strict=True)
    return line(name, count([Case(c.question, c.words, c.wanted, label) for c, label in pairs]))


def _told(setting: Setting) -> str:
    """Values in the order of CHOICES; a star where it is not the product's."""
    pairs = zip(setting, now(), strict=True)
    return " ".join(f"{value:g}{'' if value == usual else '*'}" for value, usual in pairs)
