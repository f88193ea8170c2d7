"""The lexicon as files: their names, the packaged ones, and what their texts hold. Whether that is
right is for scripts.answers.check."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from scripts.answers.lexicon import Book, LexiconError, compile_book
from scripts.faults import FaultyFileError
from scripts.yamlfile import parse

YAML = LEXICON, PHRASES, QUESTIONS = "lexicon.yaml", "phrases.yaml", "questions.yaml"
EXAMPLES = "examples.tsv"
#: Every file of a lexicon, in the order in which they are read and shown.
NAMES = (*YAML, EXAMPLES)
NO_EXAMPLES = "entry\tquestion\tanswer\tlabel\n"

#: The text of every file by its name.
Texts = Mapping[str, str]


def packaged() -> dict[str, str]:
    """The lexicon that ships with Huifang, without examples of the insurer's own."""
    return dict(_packaged())


@cache
def _packaged() -> Texts:
    folder = files("scripts.answers")
    return {name: (folder / name).read_text("utf-8") for name in YAML} | {EXAMPLES: NO_EXAMPLES}


def data_of(texts: Texts) -> list[dict[str, Any]]:
    """The plain data of the three YAML files. Raises FaultyFileError."""
    return [parse(texts[name], name).data for name in YAML]


def book_of(texts: Texts) -> Book:
    """The engine's form of a lexicon that was checked. Raises LexiconError."""
    try:
        lexicon, phrases, questions = data_of(texts)
        return compile_book(lexicon, phrases, questions)
    except (FaultyFileError, KeyError, TypeError, AttributeError) as fault:
        raise LexiconError(f"the lexicon cannot be used: {fault}") from fault
