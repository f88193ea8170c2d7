"""Whether an entry of the lexicon does anything: an example shows a word when it is read as it is
labelled, and read otherwise once that word is taken out of its class. Read by the rules alone: the
second opinion knows no entries. Changes no lexicon."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from enum import StrEnum

from scripts.answers.cascade import Token, fold, tokenise
from scripts.answers.examples import Example, is_read_so
from scripts.answers.lexicon import Book
from scripts.answers.normalise import normalise, without_directions
from scripts.answers.patterns import Alphabet
from scripts.answers.reading import by_rules
from scripts.answers.records import Reading


class TwinAlphabet(Alphabet):
    """An alphabet in which every word of a class has a twin: the same word without that class. So
    a word can be taken out of one class without compiling everything anew."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._literal: set[str] = set()
        self._twins: dict[tuple[str, str], str] = {}
        self._of: defaultdict[str, list[str]] = defaultdict(list)
        self._kinds: dict[str, str] | None = None
        super().__init__(classes)
        for name, words in classes.items():
            for word in dict.fromkeys(words):
                self._of[word].append(name)
        for word, names in self._of.items():
            for name in names:
                self._add_twin(word, name)

    def _add_twin(self, word: str, without: str) -> None:
        twin = self._next()
        self.names[twin] = word
        self._twins[word, without] = twin
        for name in self._of[word]:
            if name != without:
                self._classes[name] |= {twin}

    def chars(self, name: str) -> frozenset[str]:
        """As an Alphabet, and for a literal word its twins too: it is still that word."""
        found = super().chars(name)
        if name in self._classes:
            return found
        self._literal.add(name)
        return found | {self._twins[name, one] for one in self._of.get(name, ())}

    def symbol(self, name: str) -> str:
        """See ``Alphabet``: the only other thing that changes the classes."""
        self._kinds = None
        return super().symbol(name)

    def kinds(self) -> dict[str, str]:
        """As an Alphabet, found once: taking a word out changes no class."""
        if self._kinds is None:
            self._kinds = super().kinds()
        return self._kinds

    def without(self, word: str, name: str) -> "TwinAlphabet":
        """This alphabet as if ``word`` did not stand in the class ``name``. A word that stands
        nowhere else is unknown then."""
        self.kinds()  # for the copy too
        other = copy(self)
        other.words = dict(self.words)
        if len(self._of[word]) > 1 or word in self._literal:
            other.words[word] = self._twins[word, name]
        else:
            del other.words[word]
        return other


def without_word(book: Book, word: str, name: str) -> Book:
    """``book``, compiled with a TwinAlphabet, as if ``word`` did not stand in that class."""
    assert isinstance(book.alphabet, TwinAlphabet)
    return replace(book, alphabet=book.alphabet.without(word, name))


class Use(StrEnum):
    """What the examples tell of an entry."""

    SHOWN = "shown"  # without it an example is read otherwise
    HEARD = "heard"  # it is heard in an example that is read as labelled
    NONE = "none"


def ruled(book: Book, example: Example) -> Reading:
    """What the rules alone read in an example."""
    return by_rules(example.question, example.answer, None, None, book).reading


def use_of_word(book: Book, word: str, name: str, examples: Iterable[Example]) -> Use:
    """What the examples tell of a word in a class. Stops at the first that shows it."""
    without = None
    use = Use.NONE
    for example in examples:
        if not hears(book, example, word, name):
            continue
        if not is_read_so(ruled(book, example), example.label):
            continue
        without = without or without_word(book, word, name)
        if not is_read_so(ruled(without, example), example.label):
            return Use.SHOWN
        use = Use.HEARD
    return use


def hears(book: Book, example: Example, word: str, name: str) -> bool:
    """Whether the word is cut out whole from the example, as a word of the class."""
    text = without_directions(normalise(example.answer))
    wanted = normalise(word)
    return any(
        text[token.start : token.end] == wanted and book.alphabet.of_class(token.char, name)
        for token in tokenise(text, book)
    )


def use_of_phrase(book: Book, phrase: str, examples: Iterable[Example]) -> Use:
    """What the examples tell of a phrase."""
    use = Use.NONE
    without = without_phrase(book, phrase)
    for example in examples:
        if phrase not in applied(book, example):
            continue
        use = Use.HEARD
        if _label(book, example) != _label(without, example):
            return Use.SHOWN
    return use


def use_of_homophone(book: Book, word: str, examples: Iterable[Example]) -> Use:
    """What the examples tell of a homophone: it is shown where a sound is put right into it."""
    without = replace(book, sounds={s: w for s, w in book.sounds.items() if w != word})
    changed = (_label(book, one) != _label(without, one) for one in examples)
    return Use.SHOWN if any(changed) else Use.NONE


def applied(book: Book, example: Example) -> frozenset[str]:
    """The phrases that fold the words of an example."""
    return rules_of(_folded(book, example))


def met(book: Book, example: Example) -> frozenset[str]:
    """The entries of questions.yaml (``READ:UNREAD``) that say what the symbols of an example
    mean."""
    meanings = book.table_of(example.question).meanings
    chars = {token.char for token in _folded(book, example)}
    return frozenset(meanings[char].entry for char in chars if char in meanings)


def _folded(book: Book, example: Example) -> list[Token]:
    text = without_directions(normalise(example.answer))
    tokens = [t for t in tokenise(text, book) if not book.alphabet.of_class(t.char, "FILL")]
    return fold(tokens, book.table_of(example.question).phrases, book)


def rules_of(tokens: Iterable[Token]) -> frozenset[str]:
    """The phrases that made these tokens."""
    return frozenset(rule for token in tokens for rule in token.by.split("+") if rule)


def _label(book: Book, example: Example) -> str:
    return ruled(book, example).label


def without_phrase(book: Book, phrase: str) -> Book:
    """``book`` without one step of the cascade."""
    tables = {
        code: replace(table, phrases=tuple(one for one in table.phrases if one.id != phrase))
        for code, table in book.tables.items()
    }
    return replace(book, tables=tables)
