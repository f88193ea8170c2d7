"""Loads the reader's data (lexicon, phrases, questions) once and checks it. Knows no Mandarin
itself."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from scripts.answers.normalise import without_rhotic
from scripts.answers.patterns import Alphabet, compile_pattern
from scripts.answers.sounds import by_sound
from scripts.labels import Label, code_of
from scripts.yamlfile import shipped

#: Raised with every change of the engine's code that may change a reading.
READER_VERSION = 2

#: The trained second opinion (opinion.py), which is part of how answers are read.
MODEL = "opinion.npz"


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
    fingerprint: str  # twelve hex digits; the same for the same content, model and READER_VERSION
    alphabet: Alphabet
    tables: Mapping[str, Table]  # by code, and by id where a question has an entry of its own
    bits: Mapping[str, int]  # for every token, the needs of phrases that it meets
    sounds: Mapping[str, str]  # a homophone's sound -> the word it may be heard as

    def table_of(self, question: str) -> Table:
        """The table of a question id: its own, its code's, or that of ANY."""
        own = self.tables.get(question) or self.tables.get(code_of(question))
        return own or self.tables["ANY"]


def _yaml(name: str) -> dict[str, Any]:
    data: dict[str, Any] = shipped((files("scripts.answers") / name).read_text("utf-8"))
    return data


@cache
def book() -> Book:
    """The packaged lexicon, compiled on first use."""
    return compile_book(_yaml("lexicon.yaml"), _yaml("phrases.yaml"), _yaml("questions.yaml"))


def compile_book(
    lexicon: Mapping[str, Any],
    phrases: Mapping[str, Any],
    questions: Mapping[str, Any],
    make_alphabet: Callable[[Mapping[str, Iterable[str]]], Alphabet] = Alphabet,
) -> Book:
    """The engine's form of the three data files. Raises LexiconError naming what is wrong."""
    alphabet = make_alphabet(class_words(lexicon))
    groups = _groups(questions)
    cascade = [(rule, frozenset(_codes(rule, groups))) for rule in expanded(phrases["phrases"])]
    for rule, _ in cascade:
        alphabet.symbol(rule["as"])
    needs: dict[frozenset[str], int] = {}
    compiled = [(_phrase(rule, alphabet, needs), codes) for rule, codes in cascade]
    tables = {
        code: _table(code, questions, alphabet, [p for p, codes in compiled if code in codes])
        for code in questions["questions"]
    }
    sounds = by_sound(lexicon["homophones"].split())
    return Book(
        version=lexicon["version"],
        fingerprint=fingerprint(lexicon, phrases, questions),
        alphabet=alphabet,
        tables=tables,
        bits=_bits(needs),
        sounds=sounds,
    )


def class_words(lexicon: Mapping[str, Any]) -> dict[str, list[str]]:
    """The words of every class, those made of parts (合成词) included."""
    out = {name: without_rhotic(words).split() for name, words in lexicon["classes"].items()}
    for name, columns in lexicon.get("compounds", {}).items():
        if name not in out:
            raise LexiconError(f"lexicon.yaml, compounds: no class {name}; add it or take it out")
        for line in columns:
            parts = [column.split() for column in line.split("*")]
            out[name] += map(without_rhotic, map("".join, product(*parts)))
    return out


def fingerprint(*parts: Mapping[str, Any]) -> str:
    """Names this content, whatever its YAML looks like. The order of entries counts, because the
    first meaning and the first phrase win."""
    content = json.dumps([READER_VERSION, _model(), *map(_spaced, parts)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@cache
def _model() -> str:
    return hashlib.sha256((files("scripts.answers") / MODEL).read_bytes()).hexdigest()


def _spaced(value: Any) -> Any:
    """``value`` with one blank between words, however its lines were broken."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {str(key): _spaced(one) for key, one in value.items()}
    return [_spaced(one) for one in value] if isinstance(value, list) else value


def _bits(needs: Mapping[frozenset[str], int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for chars, number in needs.items():
        for char in chars:
            out[char] = out.get(char, 0) | 1 << number
    return out


def expanded(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
    for name in questions["questions"]:
        for group in (name, code_of(name), kind_of(name, questions)):
            groups.setdefault(group, set()).add(name)
    return groups


def kind_of(name: str, questions: Mapping[str, Any]) -> str:
    """The kind of question that ``name`` is like. A question id (``READ.contract``) is like its
    code."""
    kind: str = questions["questions"][code_of(name)]["like"]
    return kind


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
    question: str, questions: Mapping[str, Any], alphabet: Alphabet, phrases: list[Phrase]
) -> Table:
    meanings: dict[str, Meaning] = {}
    layers = _layers(question, questions)
    for name, layer in layers.items():
        for meaning, symbols in _layer(name, layer):
            for symbol in symbols:
                here = replace(meaning, entry=f"{name}:{symbol}")
                for char in _chars(name, symbol, alphabet):
                    meanings.setdefault(char, here)
    rushed = next((one["rushed"] for one in layers.values() if "rushed" in one), True)
    return Table(meanings, tuple(phrases), bool(rushed))


def _layers(question: str, questions: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Where the meanings of a question stand, nearest first: its own entry, its code's, those of
    the kind it is like, the common ones."""
    own = {name: questions["questions"][name] for name in (question, code_of(question))}
    kind = kind_of(question, questions)
    return {**own, kind: questions["like"][kind], "common": questions["common"]}


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
