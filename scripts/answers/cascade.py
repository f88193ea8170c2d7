"""Cuts words into tokens of the lexicon and folds phrases into symbols, keeping for every symbol
the piece of text it stands on and the rules that made it. Decides nothing."""

import re
from dataclasses import dataclass

from scripts.answers.lexicon import Book, Phrase
from scripts.answers.patterns import A_NOT_A, ASKED, STOP, UNKNOWN

_STOPS = frozenset("，,。.、；;！!：:~—-…\"'“”‘’《》·")
_QUESTION = frozenset("？?")
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千万块元年月日号点")
_A_NOT_A = re.compile(r"(.{1,3}?)[不没唔勿](?=\1)")
_NO_RHYME = frozenset("不没唔勿很都")


@dataclass(frozen=True, slots=True)
class Token:
    """One symbol and the text ``[start, end)`` it stands on."""

    char: str
    start: int
    end: int
    by: str = ""  # the phrase that made it; empty for a word of the lexicon
    homophone: float = 0.0  # pinyin distance when the word was repaired
    number: bool = False  # a digit or numeral


def tokenise(text: str, book: Book) -> list[Token]:
    """The longest words of the lexicon from left to right; the rest as UNKNOWN tokens."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = _token_at(text, at, book)
        tokens.append(token)
        at = token.end
    return tokens


def _token_at(text: str, at: int, book: Book) -> Token:
    char = text[at]
    if char in _STOPS:
        return Token(STOP, at, at + 1)
    if char in _QUESTION:
        return Token(ASKED, at, at + 1)
    words = book.alphabet.words
    for size in range(min(book.alphabet.reach.get(char, 0), len(text) - at), 2, -1):
        symbol = words.get(text[at : at + size])
        if symbol:
            return Token(symbol, at, at + size)
    folded = _a_not_a(text, at)
    if folded:
        return folded
    for size in (2, 1):
        symbol = words.get(text[at : at + size])
        if symbol and at + size <= len(text):
            return Token(symbol, at, at + size)
    return Token(UNKNOWN, at, at + 1, number=char in _NUMERALS)


def _a_not_a(text: str, at: int) -> Token | None:
    """知不知道: the first 知不 as one token, so that 知道 is read after it."""
    if text[at] in _NO_RHYME or (at and text[at - 1] in _NO_RHYME):
        return None
    match = _A_NOT_A.match(text, at)
    return Token(A_NOT_A, at, match.end()) if match else None


def fold(tokens: list[Token], phrases: tuple[Phrase, ...], book: Book) -> list[Token]:
    """``tokens`` with every phrase that matches folded into its symbol, in the given order."""
    line = _line(tokens)
    present = 0  # the needs of phrases that some token meets, or met before it was folded
    for token in tokens:
        present |= book.bits.get(token.char, 0)
    for phrase in phrases:
        if phrase.needs & present != phrase.needs:
            continue
        folded = _fold_one(tokens, line, phrase)
        if folded is not None:
            tokens, line = folded, _line(folded)
            present |= book.bits.get(phrase.symbol, 0)
    return tokens


def _line(tokens: list[Token]) -> str:
    return "".join([token.char for token in tokens])


def _fold_one(tokens: list[Token], line: str, phrase: Phrase) -> list[Token] | None:
    out: list[Token] = []
    done = 0
    for match in phrase.regex.finditer(line):
        start, end = match.span()
        if end == start:
            continue
        out.extend(tokens[done:start])
        out.append(_merged(tokens[start:end], phrase))
        done = end
    return out + tokens[done:] if done else None


def _merged(tokens: list[Token], phrase: Phrase) -> Token:
    distance = max(token.homophone for token in tokens)
    by = "+".join(dict.fromkeys([t.by for t in tokens if t.by] + [phrase.id]))
    return Token(phrase.symbol, tokens[0].start, tokens[-1].end, by, distance)
