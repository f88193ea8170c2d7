"""Which entries of a lexicon no example uses. An entry without an example may be wrong, or eaten by
an earlier phrase, and nobody would notice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scripts.answers.examples import Example, carriers
from scripts.answers.lexicon import Book, class_words, expanded
from scripts.answers.normalise import without_rhotic
from scripts.answers.proofs import (
    Use,
    applied,
    met,
    use_of_homophone,
    use_of_phrase,
    use_of_word,
)

Data = Sequence[Mapping[str, Any]]  # lexicon, phrases, questions


@dataclass(frozen=True)
class Entries:
    """The entries of a lexicon by kind: (class, word) pairs, of the words made of parts (合成词)
    one for every part; phrases by id; ``layer:symbol``; homophones."""

    words: Mapping[tuple[str, str], None]
    phrases: Mapping[str, Mapping[str, Any]]
    meanings: Mapping[str, str]
    homophones: Mapping[str, None]

    def without(self, known: "Entries") -> "Entries":
        """Those that ``known`` lacks or has otherwise."""
        return Entries(
            {pair: None for pair in self.words if pair not in known.words},
            {k: v for k, v in self.phrases.items() if known.phrases.get(k) != v},
            {k: v for k, v in self.meanings.items() if known.meanings.get(k) != v},
            {word: None for word in self.homophones if word not in known.homophones},
        )


def entries(data: Data) -> Entries:
    """Every entry of the plain data of a lexicon that was checked."""
    lexicon, phrases, questions = data
    return Entries(
        dict.fromkeys(_words(lexicon)),
        {rule["id"]: rule for rule in expanded(phrases["phrases"])},
        dict(_meanings(questions)),
        dict.fromkeys(lexicon["homophones"].split()),
    )


def _words(lexicon: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plain = class_words({"classes": lexicon["classes"]})
    for name, words in plain.items():
        yield from ((name, word) for word in words)
    for name, lines in lexicon.get("compounds", {}).items():
        for line in lines:
            yield from ((name, without_rhotic(word)) for word in _samples(line))


def _samples(line: str) -> Iterator[str]:
    """For every part of a line of compounds one word that is made with it."""
    columns = [column.split() for column in line.split("*")]
    for at, column in enumerate(columns):
        for part in column:
            yield "".join(part if at == i else parts[0] for i, parts in enumerate(columns))


def _meanings(questions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    layers = [
        ("common", questions["common"]),
        *questions["like"].items(),
        *questions["questions"].items(),
    ]
    for name, layer in layers:
        for symbol in layer.get("nothing", "").split():
            yield f"{name}:{symbol}", "nothing"
        for how in ("means", "weakly"):
            for label, symbols in layer.get(how, {}).items():
                for symbol in symbols.split():
                    yield f"{name}:{symbol}", f"{how} {label}"


@dataclass(frozen=True)
class Finder:
    """Looks for the use of entries in examples; ``book`` is compiled with a TwinAlphabet."""

    book: Book
    examples: Sequence[Example]

    @cached_property
    def _applied(self) -> dict[str, list[Example]]:
        found: dict[str, list[Example]] = {}
        for example in self.examples:
            for phrase in applied(self.book, example):
                found.setdefault(phrase, []).append(example)
        return found

    @cached_property
    def _met(self) -> frozenset[str]:
        return frozenset().union(*(met(self.book, example) for example in self.examples))

    def word(self, name: str, word: str) -> Use:
        """The use of a word in a class."""
        return use_of_word(self.book, word, name, self._with(name, word))

    def _with(self, name: str, word: str) -> Iterable[Example]:
        yield from (c.with_word(word) for c in carriers() if c.name == name)
        yield from (example for example in self.examples if word in example.answer)

    @property
    def phrases(self) -> frozenset[str]:
        """The phrases that fold the words of any example."""
        return frozenset(self._applied)

    def phrase(self, phrase: str) -> Use:
        """The use of a phrase."""
        return use_of_phrase(self.book, phrase, self._applied.get(phrase, ()))

    def meaning(self, entry: str) -> Use:
        """The use of an entry of questions.yaml."""
        return Use.HEARD if entry in self._met else Use.NONE

    def homophone(self, word: str) -> Use:
        """The use of a homophone."""
        named = (e for e in self.examples if e.entry == f"homophone:{word}")
        return use_of_homophone(self.book, word, named)
