"""What another lexicon makes of answers that were given: which would be read otherwise, those that
become a yes first. Reads both; decides nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scripts.answers.examples import Example
from scripts.answers.lexicon import Book
from scripts.answers.reading import read
from scripts.answers.records import Reading, Record
from scripts.labels import Label


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be read again. ``label`` is what a person made of it, where one did; ``place``
    is the file and line, or the call."""

    question: str
    words: str
    place: str
    label: str = ""
    call: int | None = None
    record: Record | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that two lexicons read otherwise; the rules that decided in the new one."""

    answer: Answer
    old: str
    new: str
    why: str

    @property
    def into_yes(self) -> bool:
        """Whether it becomes a yes."""
        return self.new == Label.AFFIRM

    @property
    def false_yes(self) -> bool:
        """Whether it becomes a yes though the person who labelled it heard none."""
        return self.into_yes and self.answer.label not in ("", Label.AFFIRM)

    @property
    def rank(self) -> int:
        """What matters most comes first: a false yes, a yes, a change of a no, the rest."""
        if self.into_yes:
            return 0 if self.false_yes else 1
        return 2 if self.old == Label.DENY else 3


def of_example(example: Example) -> Answer:
    """A labelled example as an answer."""
    label = example.label.partition(":")[0]
    return Answer(example.question, example.answer, example.place, label)


def changed(answers: Iterable[Answer], old: Book, new: Book) -> Iterator[Change]:
    """The answers that are read otherwise, in the order they come."""
    for one in answers:
        before, after = (
            read(one.question, one.words, one.record, one.now, book) for book in (old, new)
        )
        if _said(before) != _said(after):
            why = ", ".join(why.rule for why in after.why)
            yield Change(one, _said(before), _said(after), why)


def _said(reading: Reading) -> str:
    """The label, and what was asked for beside it: ``explain:person``."""
    return reading.label + (f":{reading.request}" if reading.request else "")


def ordered(changes: Iterable[Change]) -> list[Change]:
    """What matters most first, else in the order they came."""
    return sorted(changes, key=lambda change: change.rank)
