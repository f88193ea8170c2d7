"""An insurer's words and numbers for what complaints teach: who answers, which measures, how long
an appeal is open, what a cluster is. Data (``lessons.yaml``), checked strictly at the door."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.schema import Id, Note, Phrase, Shape
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml

FILE: Final = Path(__file__).with_name("lessons.yaml")
#: The one that ships with the package.
USUAL: Final = "standard"
#: What the database keeps of an id.
_LONGEST_ID: Final = 16


class Name(Shape):
    """``{zh: 警告, en: Warning}``."""

    zh: Phrase
    en: Phrase

    def said(self, *, chinese: bool) -> str:
        """In one of the two languages."""
        return self.zh if chinese else self.en


class Choice(Name):
    """One part or measure that can be chosen."""

    id: Id
    source: Note


class Appeal(Shape):
    """``days`` are working days."""

    days: Annotated[int, Field(ge=1, le=60)]
    source: Note


class Cluster(Shape):
    """So many complaints within so many natural days."""

    complaints: Annotated[int, Field(ge=2, le=1000)]
    days: Annotated[int, Field(ge=1, le=366)]
    source: Note


Choices = Annotated[tuple[Choice, ...], Field(min_length=1, max_length=30, strict=False)]


class Lessons(Shape):
    """The whole file."""

    id: Id
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: Name
    appeal: Appeal
    parts: Choices
    measures: Choices
    head_signals: Annotated[tuple[Id, ...], Field(max_length=30, strict=False)] = ()
    cluster: Cluster

    def head_too(self, signals: Sequence[str], rounds: int) -> bool:
        """Whether the head of the department is to be looked at too: the complaint is one for the
        media, or went round again (004 追究方式2)."""
        return rounds > 1 or not set(signals).isdisjoint(self.head_signals)


def load(name_or_path: str = USUAL) -> Lessons:
    """What ships with the package, or a file. Raises FaultyFileError with all faults."""
    return _usual() if name_or_path == USUAL else _of_document(load_yaml(Path(name_or_path)))


@cache
def _usual() -> Lessons:
    return _of_document(load_yaml(FILE))


def _of_document(found: Document) -> Lessons:
    shape = shaped(found, Lessons)
    faults = [*_faults(found, "parts", shape.parts), *_faults(found, "measures", shape.measures)]
    if faults:
        raise FaultyFileError(faults)
    return shape


def _faults(found: Document, name: str, choices: Sequence[Choice]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, one in enumerate(choices):
        if one.id in seen:
            message = f"{one.id} stands here a second time: give it another id"
            yield found.fault("bad-rule", message, (name, number, "id"), one.id)
        if len(one.id) > _LONGEST_ID:
            message = f"the id {one.id} is longer than {_LONGEST_ID} characters: shorten it"
            yield found.fault("bad-value", message, (name, number, "id"), one.id)
        seen.add(one.id)
