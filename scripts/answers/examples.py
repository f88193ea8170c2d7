"""Labelled answers that show what the lexicon is for: those that ship with Huifang, a sentence for
every word, and the insurer's own. Reads tables; judges nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scripts.answers.records import Reading
from scripts.faults import Fault, FaultyFileError
from scripts.labels import CODES, Label, code_of

_FOLDER = files("scripts.answers") / "data"
#: One row per sentence: the class, the sentence with {word}, and the words that are said in it.
CARRIERS = "words.tsv"
COLUMNS = ("entry", "question", "answer", "label")
WORD = "{word}"


@dataclass(frozen=True, slots=True)
class Example:
    """One answer and what it says. ``label`` is a label, or a label and what else must be
    understood: ``not-holder:deceased``, ``explain:person``. ``entry`` names the class, phrase or
    homophone that it is for, where it is for one; ``place`` its file and line."""

    question: str
    answer: str
    label: str
    entry: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sentence into which the words of a class can be put without changing what it says."""

    name: str  # the class
    question: str
    sentence: str
    label: str
    words: tuple[str, ...]

    def with_word(self, word: str) -> Example:
        """The sentence with this word in it."""
        answer = self.sentence.replace(WORD, word)
        return Example(self.question, answer, self.label, self.name, CARRIERS)


def is_read_so(reading: Reading, label: str) -> bool:
    """Whether a reading says what an example is labelled with."""
    wanted, _, beside = label.partition(":")
    return reading.label == wanted and beside in ("", reading.request, reading.value)


@cache
def carriers() -> tuple[Carrier, ...]:
    """The sentences for the words of every class."""
    rows = (_FOLDER / CARRIERS).read_text("utf-8").splitlines()[1:]
    return tuple(_carrier(row) for row in rows)


def _carrier(row: str) -> Carrier:
    name, question, sentence, label, words = row.split("\t")
    return Carrier(name, question, sentence, label, tuple(words.split()))


@cache
def labelled() -> tuple[Example, ...]:
    """The labelled answers that ship with Huifang, without those of single words."""
    names = sorted(file.name for file in _FOLDER.iterdir() if file.name.endswith(".tsv"))
    return tuple(
        example
        for name in names
        if name != CARRIERS
        for example in _rows((_FOLDER / name).read_text("utf-8"), name)
    )


def of_words() -> Iterator[Example]:
    """Every word of the carriers in its sentence."""
    for carrier in carriers():
        for word in carrier.words:
            yield carrier.with_word(word)


def read_examples(text: str, name: str) -> tuple[Example, ...]:
    """The insurer's own examples. Raises FaultyFileError with every line that is wrong."""
    found = tuple(_rows(text.removeprefix("\ufeff"), name))
    faults = [fault for number, one in enumerate(found, 2) for fault in _faults(one, name, number)]
    if faults:
        raise FaultyFileError(faults)
    return found


def _rows(text: str, name: str) -> Iterator[Example]:
    lines = text.splitlines()
    header = lines[0].split("\t") if lines else []
    missing = [column for column in COLUMNS[1:] if column not in header]
    if missing:
        wanted = "<TAB>".join(COLUMNS)
        message = f"has no column {missing[0]}: the first line must be {wanted}"
        raise FaultyFileError([Fault("example-columns", message, name, None, 1)])
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = dict(zip(header, line.split("\t"), strict=False))
            question, answer, label = (cells.get(key, "").strip() for key in COLUMNS[1:])
            place = f"{name}:{number}"
            yield Example(question, answer, label, cells.get("entry", "").strip(), place)


def _faults(example: Example, name: str, number: int) -> Sequence[Fault]:
    """What is wrong with one line of the insurer's own."""
    line = int(example.place.rpartition(":")[2] or number)
    wrong = []
    if not example.answer:
        wrong.append("has no answer: write the customer's words in the column answer")
    if code_of(example.question) not in CODES | {"ANY"}:
        wrong.append(f"has no question {example.question!r}: write one of {_listed(CODES)} or ANY")
    if example.label.partition(":")[0] not in set(Label):
        wrong.append(f"has no label {example.label!r}: write one of {_listed(Label)}")
    return [Fault("bad-example", message, name, None, line) for message in wrong]


def _listed(names: Sequence[str] | frozenset[str] | type[Label]) -> str:
    return ", ".join(sorted(str(name) for name in names))
