"""Puts every word of the lexicon into a sentence of words.tsv. Run it after words were added or
taken out: ``python -m tests.scripts.answers.assign_words``. It prints the words that no sentence
carries (write a sentence with {word} for them, with the label it must have, and run it again),
and the phrases, meanings and homophones that no example uses."""

from collections import defaultdict
from pathlib import Path

import click

from scripts.answers import examples, sources
from scripts.answers.examples import Carrier
from scripts.answers.lexicon import Book, compile_book
from scripts.answers.proofs import TwinAlphabet, Use, use_of_word
from scripts.answers.uses import Entries, Finder, entries

FILE = Path(examples.__file__).parent / "data" / examples.CARRIERS


def main() -> None:
    """Write the table anew, every sentence kept."""
    data = sources.data_of(sources.packaged())
    book = compile_book(*data, TwinAlphabet)
    words: dict[str, list[str]] = defaultdict(list)
    for name, word in entries(data).words:
        words[name].append(word)
    carried: dict[Carrier, list[str]] = {one: [] for one in examples.carriers()}
    for name, some in words.items():
        own = [one for one in carried if one.name == name]
        lost = [word for word in some if not carry(book, word, own, carried)]
        if lost:
            click.echo(f"{name} {len(lost)}: {' '.join(lost)}")
    FILE.write_text(table(carried), encoding="utf-8")
    examples.carriers.cache_clear()
    lacking(Finder(book, (*examples.labelled(), *examples.of_words())), entries(data))


def lacking(finder: Finder, found: Entries) -> None:
    """Print the entries of other kinds that no example uses."""
    for kind, names, is_used in (
        ("phrases", found.phrases, lambda name: name in finder.phrases),
        ("meanings", found.meanings, lambda name: finder.meaning(name) is not Use.NONE),
        ("homophones", found.homophones, lambda name: finder.homophone(name) is not Use.NONE),
    ):
        click.echo(" ".join((f"{kind}:", *(name for name in names if not is_used(name)))))


def carry(book: Book, word: str, own: list[Carrier], carried: dict[Carrier, list[str]]) -> bool:
    """Leave the word in its sentence where that still carries it; else give it to the sentence that
    shows it, or to one in which it is heard."""
    for one in own:
        if word in one.words and _carries(book, word, one):
            carried[one].append(word)
            return True
    uses = {one: use_of_word(book, word, one.name, [one.with_word(word)]) for one in own}
    for wanted in (Use.SHOWN, Use.HEARD):
        found = next((one for one, use in uses.items() if use is wanted), None)
        if found is not None:
            carried[found].append(word)
            return True
    return False


def _carries(book: Book, word: str, one: Carrier) -> bool:
    return use_of_word(book, word, one.name, [one.with_word(word)]) is not Use.NONE


def table(carried: dict[Carrier, list[str]]) -> str:
    """The text of words.tsv."""
    rows = ["class\tquestion\tsentence\tlabel\twords"]
    for one, words in carried.items():
        rows.append(
            "\t".join((one.name, one.question, one.sentence, one.label, " ".join(sorted(words))))
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
