"""Why a phrase is never matched: sequences of symbols that its pattern allows are folded, and the
phrase that took them first is named. Guesses nothing about real answers."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from scripts.answers.cascade import Token, fold
from scripts.answers.lexicon import Book, Phrase, Table
from scripts.answers.patterns import mandatory
from scripts.answers.proofs import rules_of

_MOST_SYMBOLS = 6  # of each element
_MOST_SEQUENCES = 400


def eaten_by(book: Book, rule: Mapping[str, Any]) -> str:
    """The phrase that takes the words of ``rule`` (an entry of phrases.yaml) wherever it might
    match; empty when there is none, or when the rule matches."""
    eater = ""
    for table, phrase in _places(book, rule["id"]):
        for tokens in _sequences(book, rule["match"], phrase):
            taken = rules_of(fold(tokens, table.phrases, book))
            if phrase.id in taken:
                return ""
            before = [one.id for one in table.phrases if one.id in taken]
            eater = eater or next(iter(before), "")
    return eater


def _places(book: Book, phrase: str) -> Iterator[tuple[Table, Phrase]]:
    for table in book.tables.values():
        for one in table.phrases:
            if one.id == phrase:
                yield table, one


def _sequences(book: Book, pattern: str, phrase: Phrase) -> Iterator[list[Token]]:
    """Sequences of tokens that the phrase alone would match."""
    choices = [
        sorted(chars)[:: max(1, len(chars) // _MOST_SYMBOLS)]
        for chars in mandatory(pattern, book.alphabet)
    ]
    for chars in islice(product(*choices), _MOST_SEQUENCES):
        if phrase.regex.search("".join(chars)):
            yield [Token(char, at, at + 1) for at, char in enumerate(chars)]
