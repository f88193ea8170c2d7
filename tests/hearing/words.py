"""Measures the reading of words: on authors nobody looked at while the rules were written, and on
every author with a second opinion that was not trained on them."""

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from scripts.answers import examples, opinion, read
from scripts.answers.lexicon import book
from scripts.answers.normalise import normalise
from scripts.answers.reading import by_rules, second_opinion
from tests.hearing.figures import Case, confusions, count, line
from tests.hearing.progress import tell
from tests.opinion.train import Answer, fit, labelled, learnable

#: Two authors' answers, kept apart from rules and training; each labelled by a second person.
UNSEEN = Path(__file__).parent / "data" / "unseen.tsv"
LONG = 20  # characters from which an answer is a long one
FOLDS = 4

Read = Callable[[str, str], str]


def lines(quick: bool = False) -> Iterator[str]:
    """The report, line by line. Takes a minute or two: a model is trained for every fold, but
    not where it must be ``quick``."""
    yield "Words, authors never seen by rules or training (label and denials: where both agree)"
    unseen = [*_unseen(lambda q, w: read(q, w).label)]
    yield from _by_length("rules and opinion", unseen)
    yield from _by_length("rules alone", [*_unseen(_ruled)])
    new = [case for case in unseen if normalise(case.words) not in shipped_texts()]
    yield from _by_length("texts that no example holds", new)
    yield ""
    if not quick:
        yield "Words, every author left out of the opinion's training in turn (rules know them)"
        yield from _by_length("rules and opinion", [*cross_validated()])
        yield ""
    yield "The commonest mistakes on authors never seen, false yeses first"
    for wanted, got, times, case in confusions(unseen):
        yield f"  {wanted} read as {got}: {times}, as {case.question} {case.words}"
    yield ""
    for name in ("variants.tsv", "authors.tsv"):
        answers = labelled([name])
        length = sum(len(a.words) for a in answers) / len(answers)
        yield f"{speed(answers):,.0f} readings a second of {name} ({length:.0f} characters each)"


@cache
def shipped_texts() -> frozenset[str]:
    """The normalised words of every example that ships with Huifang."""
    return frozenset(normalise(one.answer) for one in (*examples.labelled(), *examples.of_words()))


def _by_length(name: str, cases: Sequence[Case]) -> Iterator[str]:
    yield line(f"{name}, short", count([case for case in cases if len(case.words) < LONG]))
    yield line(f"{name}, long", count([case for case in cases if len(case.words) >= LONG]))


def _unseen(how: Read) -> Iterator[Case]:
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            wanted = (row["label"], row["second"])
            yield Case(row["question"], row["answer"], wanted, how(row["question"], row["answer"]))


def unseen() -> list[Case]:
    """The authors kept apart, as they are read now."""
    return [*_unseen(lambda question, words: read(question, words).label)]


def _ruled(question: str, words: str) -> str:
    return by_rules(question, words, None, None, book()).reading.label


def cross_validated() -> Iterator[Case]:
    """Every answer of ``authors.tsv``, read with an opinion not trained on its author."""
    answers = labelled()
    authors = sorted({a.author for a in answers if len(a.author) == 1})
    for fold in range(FOLDS):
        tell(f"words: second opinion trained without some authors, {fold + 1} of {FOLDS}")
        held = set(authors[fold::FOLDS])
        model = opinion.Model(fit(learnable(a for a in answers if a.author not in held)))
        yield from _read_with(model, (a for a in answers if a.author in held))


def _read_with(model: opinion.Model, answers: Iterable[Answer]) -> Iterator[Case]:
    for a in answers:
        ruled = by_rules(a.question, a.words, None, None, book())
        got = second_opinion(a.question, ruled, model).label
        yield Case(a.question, a.words, (a.label,), got)


def speed(answers: Sequence[Answer]) -> float:
    """Readings a second on one core."""
    read("ANY", "知道")
    began = time.process_time()
    for answer in answers:
        read(answer.question, answer.words)
    return len(answers) / (time.process_time() - began)
