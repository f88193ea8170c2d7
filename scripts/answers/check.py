"""Whether an edited lexicon may be published: every mistake in one sentence with its file, its line
and the mend. Changes nothing; what the change does to readings is for scripts.answers.changes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from scripts.answers import sources
from scripts.answers.examples import Example, is_read_so, labelled, read_examples
from scripts.answers.lexicon import LexiconError, compile_book, expanded
from scripts.answers.normalise import normalise
from scripts.answers.patterns import Alphabet, compile_pattern
from scripts.answers.probe import eaten_by
from scripts.answers.proofs import TwinAlphabet, Use, ruled
from scripts.answers.shapes import LexiconShape, PhrasesShape, QuestionsShape
from scripts.answers.sources import EXAMPLES, LEXICON, PHRASES, QUESTIONS, Texts
from scripts.answers.uses import Entries, Finder, entries
from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.labels import CODES, code_of
from scripts.yamlfile import Document, Place, parse

_SHAPES: Mapping[str, type[BaseModel]] = {
    LEXICON: LexiconShape,
    PHRASES: PhrasesShape,
    QUESTIONS: QuestionsShape,
}


def check(texts: Texts) -> list[Fault]:
    """Everything that is wrong with a lexicon. Errors forbid to publish it; warnings want a
    person's judgement. What shows only in a lexicon that can be used is told once it can be."""
    checking = _Checking(texts)
    for step in (checking.files, checking.parts, checking.whole):
        step()
        if any(fault.severity is Severity.ERROR for fault in checking.faults):
            break
    return checking.faults


@cache
def _known() -> Entries:
    return entries(sources.data_of(sources.packaged()))


@cache
def _packaged_names() -> frozenset[str]:
    classes, phrases, _ = sources.data_of(sources.packaged())
    return _names(classes, phrases)


def _names(classes: Mapping[str, Any], phrases: Mapping[str, Any]) -> frozenset[str]:
    """Every name that the reader may ask the lexicon for: of a class, or of what a phrase is."""
    return frozenset(classes["classes"]) | {rule["as"] for rule in phrases["phrases"]}


class _Checking:
    """One lexicon being checked; collects faults instead of stopping at the first."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.faults: list[Fault] = []
        self.documents: dict[str, Document] = {}
        self.own: tuple[Example, ...] = ()

    def fault(self, code: str, message: str, name: str, entry: str, place: Place | int) -> None:
        line = place if isinstance(place, int) else self.documents[name].mark(place).line
        self.faults.append(Fault(code, message, name, entry or None, line))

    def warn(self, code: str, message: str, name: str, entry: str, line: int | None) -> None:
        fault = Fault(code, message, name, entry or None, line, Severity.WARNING)
        self.faults.append(fault)

    def files(self) -> None:
        """Each file by itself: YAML, and the keys and values that must be there."""
        for name, shape in _SHAPES.items():
            try:
                self.documents[name] = parse(self.texts[name], name)
                shaped(self.documents[name], shape)
            except FaultyFileError as faulty:
                self.faults.extend(faulty.faults)
        try:
            self.own = read_examples(self.texts[EXAMPLES], EXAMPLES)
        except FaultyFileError as faulty:
            self.faults.extend(faulty.faults)

    def parts(self) -> None:
        """Words, questions and phrases, each against the names of the others."""
        self._words()
        self._questions()
        self._phrases()

    def _words(self) -> None:
        for name, words in self._data(LEXICON)["classes"].items():
            for word, times in Counter(words.split()).items():
                if times > 1:
                    message = f"the word {word} stands {times} times in {name}; leave it once"
                    self._warn_word("duplicate-word", message, name, word)
                heard = normalise(word)
                if heard not in (word, word.replace("儿", "")):
                    message = f"{word} is never met, because it is read as {heard}; write {heard}"
                    self._warn_word("unread-word", message, name, word)

    def _warn_word(self, code: str, message: str, name: str, word: str) -> None:
        self.warn(code, message, LEXICON, name, self._line_of(name, word))

    def _line_of(self, name: str, word: str) -> int:
        """The line of a word in the folded text of its class."""
        first = self.documents[LEXICON].mark(("classes", name)).line or 1
        lines = self.texts[LEXICON].splitlines()[first - 1 :]
        found = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)")
        return next((first + at for at, line in enumerate(lines) if found.search(line)), first)

    def _phrases(self) -> None:
        alphabet = self._alphabet()
        rules = self.documents[PHRASES].data["phrases"]
        groups = {"all", *self._data(QUESTIONS)["like"], *self._data(QUESTIONS)["questions"]}
        seen: set[str] = set()
        for at, rule in enumerate(rules):
            place: Place = ("phrases", at)
            if rule["id"] in seen:
                message = f"the id {rule['id']} is used twice; give the second one another"
                self.fault("duplicate-id", message, PHRASES, rule["id"], place)
            seen.add(rule["id"])
            for name in str(rule.get("for", "all")).split():
                if name not in groups | CODES:
                    message = f"no question or group {name}; write one of questions.yaml"
                    self.fault("unknown-question", message, PHRASES, rule["id"], place)
            wrong = {_wrong(one["match"], alphabet) for one in expanded([rule])}
            for message in sorted(wrong - {""}):
                self.fault("bad-pattern", message, PHRASES, rule["id"], place)

    def _alphabet(self) -> Alphabet:
        classes = self._data(LEXICON)["classes"]
        alphabet = Alphabet({name: words.split() for name, words in classes.items()})
        for rule in expanded(self._data(PHRASES)["phrases"]):
            alphabet.symbol(rule["as"])
        return alphabet

    def _data(self, name: str) -> dict[str, Any]:
        data: dict[str, Any] = self.documents[name].data
        return data

    def _questions(self) -> None:
        data, alphabet = self._data(QUESTIONS), self._alphabet()
        codes = CODES | {"ANY"}
        for name in sorted(codes - set(data["questions"])):
            message = f"{name} has no entry; add one"
            self.fault("unknown-question", message, QUESTIONS, name, ("questions",))
        for name, entry in data["questions"].items():
            if code_of(name) not in codes:
                message = f"{name} is no question; write a question's code, or its id"
                self.fault("unknown-question", message, QUESTIONS, name, ("questions",))
            elif fault := _unlike(name, entry.get("like", ""), data["like"]):
                place: Place = ("questions", name)
                place = (*place, "like") if "like" in entry else place
                self.fault("unknown-question", fault, QUESTIONS, name, place)
        for place, layer in _layers(data):
            self._layer(str(place[-1]), place, layer, alphabet)

    def _layer(self, name: str, place: Place, layer: Mapping[str, Any], alphabet: Alphabet) -> None:
        given: dict[str, str] = {}
        for how, symbols, at in _lines(layer):
            for symbol in symbols.split():
                if symbol.isascii() and not _has(alphabet, symbol):
                    message = f"no class or phrase {symbol}; correct it or take it out"
                    self.fault("unknown-class", message, QUESTIONS, name, (*place, *at))
                if symbol in given:
                    message = f"{symbol} is {given[symbol]} and {how}; only the first counts"
                    self.fault("duplicate-meaning", message, QUESTIONS, name, (*place, *at))
                given.setdefault(symbol, how)

    def whole(self) -> None:
        """The lexicon at work: on the examples, and whether they use every entry that is new."""
        data = [self._data(name) for name in sources.YAML]
        try:
            book = compile_book(data[0], data[1], data[2], TwinAlphabet)
            if _packaged_names() - _names(data[0], data[1]):
                for example in (*labelled(), *self.own):  # one of them needs what is missing
                    ruled(book, example)
        except LexiconError as error:
            self.fault("unusable", str(error), LEXICON, "", 1)
            return
        except KeyError as missing:
            message = f"the reader needs the class {missing.args[0]}; put it back"
            self.fault("missing-class", message, LEXICON, str(missing.args[0]), ("classes",))
            return
        finder = Finder(book, (*labelled(), *self.own))
        self._own_examples(finder)
        self._unused(finder, entries(data).without(_known()))

    def _own_examples(self, finder: Finder) -> None:
        for one in self.own:
            reading = ruled(finder.book, one)
            if not is_read_so(reading, one.label):
                because = ", ".join(why.rule for why in reading.why)
                message = (
                    f"{one.answer} is labelled {one.label} and read as {reading.label}"
                    f" ({because}); correct the label or the lexicon"
                )
                line = int(one.place.rpartition(":")[2])
                self.fault("wrong-example", message, EXAMPLES, one.entry, line)

    def _unused(self, finder: Finder, new: Entries) -> None:
        for name, word in new.words:
            line = self._line_of(name, word)
            use = finder.word(name, word)
            self._use("word", f"{word} in {name}", use, LEXICON, name, line, word)
        for rule in new.phrases.values():
            self._unused_phrase(finder, rule)
        for entry in new.meanings:
            name, _, symbol = entry.partition(":")
            what, use = f"the meaning of {symbol} in {name}", finder.meaning(entry)
            self._use("meaning", what, use, QUESTIONS, name, self._layer_line(name))
        for word in new.homophones:
            what, use = f"the homophone {word}", finder.homophone(word)
            at = self.documents[LEXICON].mark(("homophones",)).line
            self._use("homophone", what, use, LEXICON, f"homophone:{word}", at)

    def _unused_phrase(self, finder: Finder, rule: Mapping[str, Any]) -> None:
        name, at = rule["id"], self._phrase(rule["id"])
        use = finder.phrase(name)
        eater = eaten_by(finder.book, rule) if use is Use.NONE else ""
        if eater:
            message = f"is never matched, because {eater} takes its words first; put it before"
            self.fault("eaten-phrase", message, PHRASES, name, at)
            return
        line = self.documents[PHRASES].mark(at).line
        self._use("phrase", f"the phrase {name}", use, PHRASES, name, line)

    def _use(
        self,
        kind: str,
        what: str,
        use: Use,
        name: str,
        entry: str,
        line: int | None,
        words: str = "",
    ) -> None:
        if use is Use.NONE:
            row = "<TAB>".join((entry, "LIABILITY", f"…{words}", "affirm"))
            message = f"no example uses {what}; add a line to examples.tsv, such as {row}"
            self.faults.append(Fault(f"unused-{kind}", message, name, entry, line))
        elif use is Use.HEARD and kind in ("word", "phrase"):
            message = f"without {what} every example is read alike; leave it out, or add one"
            self.warn(f"idle-{kind}", message, name, entry, line)

    def _layer_line(self, name: str) -> int | None:
        places = (place for place, _ in _layers(self._data(QUESTIONS)) if place[-1] == name)
        return self.documents[QUESTIONS].mark(next(places, ())).line

    def _phrase(self, phrase: str) -> Place:
        rules = self._data(PHRASES)["phrases"]
        found = (at for at, rule in enumerate(rules) if rule["id"] in (phrase, _base(phrase)))
        return ("phrases", next(found, 0))


def _unlike(name: str, like: str, kinds: Mapping[str, Any]) -> str:
    """What is wrong with the kind that a question is like; empty when nothing is."""
    if "." in name:
        return f"{name} is like {code_of(name)} in any case; take like out" if like else ""
    return "" if like in kinds else f"is like {like!r}, which does not exist; write one under like"


def _base(phrase: str) -> str:
    """The rule that ``neg.know`` was written out from."""
    return phrase.partition(".")[0]


def _wrong(pattern: str, alphabet: Alphabet) -> str:
    """What is wrong with a pattern; empty when nothing is."""
    try:
        compile_pattern(pattern, alphabet)
    except (ValueError, re.error) as error:
        return str(error)
    return ""


def _has(alphabet: Alphabet, symbol: str) -> bool:
    try:
        return bool(alphabet.chars(symbol)) or True
    except KeyError:
        return False


def _layers(data: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    yield ("common",), data["common"]
    for part in ("like", "questions"):
        for name, layer in data[part].items():
            yield (part, name), layer


def _lines(layer: Mapping[str, Any]) -> Iterator[tuple[str, str, Place]]:
    """What is said, of which symbols, and where."""
    yield "nothing", layer.get("nothing", ""), ("nothing",)
    for how in ("means", "weakly"):
        for label, symbols in layer.get(how, {}).items():
            yield f"{how} {label}", symbols, (how, label)
