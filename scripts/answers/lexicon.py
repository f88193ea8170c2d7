"""Loads the reader's data (lexicon, phrases, questions) once and checks it. Knows no Mandarin
itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from scripts.answers.patterns import Alphabet, compile_pattern
from scripts.answers.sounds import by_sound
from scripts.labels import Label


class LexiconError(ValueError):
    """The reader's data is wrong; the message names the file, the entry and the mend."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One step of the cascade: where ``regex`` matches, the tokens become ``symbol``."""

    id: str
    regex: re.Pattern[str]
    symbol: str  # one character of the alphabet
    needs: int  # bits of Book.bits that must be present, so that most steps are passed over


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a symbol says for one question. ``label`` None: it says nothing here."""

    label: Label | None
    weak: bool  # counts only when nothing strong was said
    entry: str  # which line of questions.yaml says so


@dataclass(frozen=True, slots=True)
class Table:
    """What the symbols mean for one question, and the phrases that are looked for."""

    meanings: Mapping[str, Meaning]
    phrases: tuple[Phrase, ...]
    rushed: bool  # a yes in a hurry is not explicit for this question


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the engine needs, compiled."""

    version: int
    alphabet: Alphabet
    tables: Mapping[str, Table]
    longest: int
    bits: Mapping[str, int]  # for every token, the needs of phrases that it meets
    sounds: Mapping[str, str]  # a homophone's sound -> the word it may be heard as


def _yaml(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("scripts.answers") / name).read_text("utf-8"))
    return data


@cache
def book() -> Book:
    """The packaged lexicon, compiled on first use."""
    return compile_book(_yaml("lexicon.yaml"), _yaml("phrases.yaml"), _yaml("questions.yaml"))


def compile_book(
    lexicon: Mapping[str, Any], phrases: Mapping[str, Any], questions: Mapping[str, Any]
) -> Book:
    """The engine's form of the three data files. Raises LexiconError naming what is wrong."""
    alphabet = Alphabet({name: words.split() for name, words in lexicon["classes"].items()})
    groups = _groups(questions)
    cascade = [(rule, frozenset(_codes(rule, groups))) for rule in _expanded(phrases["phrases"])]
    for rule, _ in cascade:
        alphabet.symbol(rule["as"])
    needs: dict[frozenset[str], int] = {}
    compiled = [(_phrase(rule, alphabet, needs), codes) for rule, codes in cascade]
    tables = {
        code: _table(code, questions, alphabet, [p for p, codes in compiled if code in codes])
        for code in questions["questions"]
    }
    longest = max(map(len, alphabet.words))
    sounds = by_sound(lexicon["homophones"].split())
    return Book(lexicon["version"], alphabet, tables, longest, _bits(needs), sounds)


def _bits(needs: Mapping[frozenset[str], int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for chars, number in needs.items():
        for char in chars:
            out[char] = out.get(char, 0) | 1 << number
    return out


def _expanded(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every rule with ``each`` written out once per predicate, ``@`` standing for it."""
    out = []
    for rule in rules:
        for name in rule.get("each", ("",)):
            one = {key: _fill(value, name) for key, value in rule.items() if key != "each"}
            if name:
                one["id"] = f"{rule['id']}.{name.lower()}"
            out.append(one)
    return out


def _fill(value: Any, name: str) -> Any:
    return value.replace("@", name) if name and isinstance(value, str) else value


def _groups(questions: Mapping[str, Any]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {"all": set(questions["questions"])}
    for code, entry in questions["questions"].items():
        groups[code] = {code}
        groups.setdefault(entry["like"], set()).add(code)
    return groups


def _codes(rule: Mapping[str, Any], groups: Mapping[str, set[str]]) -> set[str]:
    wanted = str(rule.get("for", "all")).split()
    unknown = [name for name in wanted if name not in groups]
    if unknown:
        raise LexiconError(f"phrases.yaml, {rule['id']}: no question or group {unknown[0]}")
    return set().union(*(groups[name] for name in wanted))


def _phrase(
    rule: Mapping[str, Any], alphabet: Alphabet, numbers: dict[frozenset[str], int]
) -> Phrase:
    """``rule`` compiled; every set of tokens it cannot do without gets a number in ``numbers``."""
    try:
        regex, needs = compile_pattern(rule["match"], alphabet)
    except ValueError as error:
        raise LexiconError(f"phrases.yaml, {rule['id']}: {error}") from error
    mask = 0
    for need in needs:
        mask |= 1 << numbers.setdefault(need, len(numbers))
    return Phrase(rule["id"], regex, alphabet.symbol(rule["as"]), mask)


def _table(
    code: str, questions: Mapping[str, Any], alphabet: Alphabet, phrases: list[Phrase]
) -> Table:
    entry = questions["questions"][code]
    like = entry["like"]
    meanings: dict[str, Meaning] = {}
    for name, layer in (
        (code, entry),
        (like, questions["like"][like]),
        ("common", questions["common"]),
    ):
        for meaning, symbols in _layer(name, layer):
            for symbol in symbols:
                for char in _chars(name, symbol, alphabet):
                    meanings.setdefault(char, replace(meaning, entry=f"{name}:{symbol}"))
    return Table(meanings, tuple(phrases), bool(entry.get("rushed", True)))


def _layer(name: str, layer: Mapping[str, Any]) -> Iterator[tuple[Meaning, list[str]]]:
    """A layer's entries in the order they count: nothing, means, weakly."""
    yield Meaning(None, False, name), layer.get("nothing", "").split()
    for weak, key in ((False, "means"), (True, "weakly")):
        for label, symbols in layer.get(key, {}).items():
            yield Meaning(Label(label), weak, name), symbols.split()


def _chars(where: str, symbol: str, alphabet: Alphabet) -> frozenset[str]:
    try:
        return alphabet.chars(symbol)
    except KeyError as error:
        raise LexiconError(
            f"questions.yaml, {where}: no class or phrase {symbol}; add it or take it out"
        ) from error
