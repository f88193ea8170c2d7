"""One insurer's words and numbers for complaints: kinds, causes, signals, limits, wording. They
are data (``complaints.yaml``), checked strictly at the door."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.schema import Id, Note, Phrase, Shape
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml

FILE: Final = Path(__file__).with_name("complaints.yaml")
_LONGEST_ID: Final = 30


class Title(Shape):
    """``{zh: 投诉处理规则, en: Rules for complaints}``."""

    zh: Phrase
    en: Phrase

    def said(self, language: str) -> str:
        """In Chinese for a language that begins with ``zh``, else in English."""
        return self.zh if language.startswith("zh") else self.en


class Limit(Shape):
    """So many days; ``working`` days or natural ones."""

    days: Annotated[int, Field(ge=1, le=365)]
    working: bool
    source: Note


class Limits(Shape):
    """Every time limit."""

    first_contact: Limit
    simple: Limit
    complex: Limit
    extension: Limit
    misselling: Limit
    ask_for_review: Limit
    answer_review: Limit
    forwarded: Limit
    follow_up: Limit


class Term(Title):
    """One word of a vocabulary."""

    id: Id
    source: Note


class Kind(Term):
    """A kind of complaint. ``misselling``: the clock of the sale runs too."""

    misselling: bool = False


class Signal(Term):
    """A risk signal, and the words by which it is told."""

    words: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=60, strict=False)]


class Material(Term):
    """A paper that may be asked for, of every ``person``, of a ``proxy`` or of an ``heir``."""

    of: Literal["person", "proxy", "heir"]


class Remedies(Shape):
    """The last paragraph of a decision; ``{days}`` is filled in."""

    zh: Annotated[str, Field(min_length=10, max_length=1000)]
    en: Annotated[str, Field(min_length=10, max_length=1000)]
    source: Note

    def said(self, language: str, days: int) -> str:
        """The paragraph in a language."""
        text = self.zh if language.startswith("zh") else self.en
        return text.replace("{days}", str(days))


Most = Annotated[int, Field(ge=1, le=1000)]


class Terms(Shape):
    """The whole file."""

    id: Id
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: Title
    limits: Limits
    warning_hours: Annotated[int, Field(ge=1, le=720)]
    major_people: Most
    most_delegates: Most
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=100, strict=False)]
    causes: Annotated[tuple[Term, ...], Field(min_length=1, max_length=100, strict=False)]
    signals: Annotated[tuple[Signal, ...], Field(max_length=100, strict=False)]
    materials: Annotated[tuple[Material, ...], Field(max_length=50, strict=False)]
    remedies: Remedies

    def kind(self, name: str | None) -> Kind | None:
        """The kind of this id."""
        return next((one for one in self.kinds if one.id == name), None)

    def is_misselling(self, name: str | None) -> bool:
        """Whether a complaint of this kind is about how something was sold."""
        found = self.kind(name)
        return found is not None and found.misselling

    def signals_in(self, *texts: str) -> list[str]:
        """The ids of the signals that these words bear, in the order of the file."""
        text = "".join("".join(texts).split())
        return [one.id for one in self.signals if any(word in text for word in one.words)]


@cache
def standard() -> Terms:
    """The terms that ship with the package."""
    return load(FILE)


def load(path: Path) -> Terms:
    """The terms of a file. Raises FaultyFileError with every fault."""
    found = load_yaml(path)
    terms = shaped(found, Terms)
    faults = [*_faults(found, "kinds", terms.kinds), *_faults(found, "causes", terms.causes),
              *_faults(found, "signals", terms.signals), *_wording(found, terms)]  # fmt: skip
    if faults:
        raise FaultyFileError(faults)
    return terms


def _faults(found: Document, key: str, terms: Sequence[Term]) -> Iterator[Fault]:
    """Ids that stand twice, or are longer than the register keeps."""
    seen: set[str] = set()
    for number, one in enumerate(terms):
        if one.id in seen:
            message = f"{one.id} stands here a second time: give it another id"
            yield found.fault("bad-rule", message, (key, number, "id"), one.id)
        if len(one.id) > _LONGEST_ID:
            message = f"the id {one.id} is longer than {_LONGEST_ID} characters: shorten it"
            yield found.fault("bad-value", message, (key, number, "id"), one.id)
        seen.add(one.id)


def _wording(found: Document, terms: Terms) -> Iterator[Fault]:
    for language, text in (("zh", terms.remedies.zh), ("en", terms.remedies.en)):
        if "{days}" not in text:
            message = "the remedies do not say in how many days: write {days} where they stand"
            yield found.fault("bad-value", message, ("remedies", language))
