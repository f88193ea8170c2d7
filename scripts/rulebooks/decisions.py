"""The twelve decisions of a rulebook read from its file: all of them there, each sentence filled
with the data that it names."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scripts.faults import Fault
from scripts.rulebooks.build import trigger
from scripts.rulebooks.conflicts import TOPICS, Lookup, filled, lookup, objections, slots
from scripts.rulebooks.model import Conflict, Trigger
from scripts.rulebooks.plain import Plain
from scripts.rulebooks.schema import ConflictShape, TriggerShape
from scripts.yamlfile import Place


@dataclass
class Decisions:
    """What was decided, and the faults of it."""

    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decisions(book: Plain) -> Decisions:
    """The decisions in the order of their numbers, with every fault."""
    found = Decisions()
    look = lookup(book.data, _triggers(book), _Names(book).name)
    given: set[str] = set()
    for place, shape in book.entries("conflicts", ConflictShape):
        given.add(shape.id)
        found.faults += _objections(book, place, shape)
        conflict = _decided(book, place, shape, look, found.faults)
        if conflict:
            found.conflicts.append(conflict)
    if "conflicts" in book.data:
        found.faults += _undecided(book, given)
    found.conflicts.sort(key=lambda conflict: conflict.id)
    return found


def _triggers(book: Plain) -> list[Trigger]:
    return [trigger(shape) for _, shape in book.entries("triggers", TriggerShape)]


def _objections(book: Plain, place: Place, shape: ConflictShape) -> Iterator[Fault]:
    if shape.id not in TOPICS:
        message = f"there is no conflict {shape.id!r}: they are C-01 to C-12"
        yield book.document.fault("unknown-name", message, place, shape.id)
        return
    for message in objections(shape.id, shape.decision):
        yield book.document.fault("conflict-drift", message, place, shape.id)


def _decided(
    book: Plain, place: Place, shape: ConflictShape, look: Lookup, faults: list[Fault]
) -> Conflict | None:
    if shape.id not in TOPICS:
        return None
    try:
        values = {name: look(name) for name in slots(shape.decision)}
    except ValueError as error:
        faults.append(book.document.fault("conflict-drift", str(error), place, shape.id))
        return None
    sentence = filled(shape.decision, values.__getitem__)
    return Conflict(shape.id, TOPICS[shape.id].title, sentence, values, shape.source)


def _undecided(book: Plain, given: set[str]) -> Iterator[Fault]:
    for number in sorted(set(TOPICS) - given):
        message = f"{number} is not decided: {TOPICS[number].title}"
        yield book.document.fault("conflict-undecided", message, ("conflicts",), number)


class _Names:
    """The words for a kind: its class, and its family where that has a name of its own."""

    def __init__(self, book: Plain) -> None:
        self.family_of = dict(_pairs(book, "kinds", "family"))
        self.class_of = dict(_pairs(book, "families", "class"))
        self.class_name = dict(_pairs(book, "classes", "name"))
        self.family_name = dict(_pairs(book, "families", "name"))

    def name(self, kind_id: str) -> str:
        """问题件（代签字类）; the id itself where it leads nowhere, which is a fault of its own."""
        family = self.family_of.get(kind_id, "")
        own = self.family_name.get(family)
        whole = self.class_name.get(self.class_of.get(family, ""))
        if own is None or whole is None:
            return kind_id
        return whole if own == whole else f"{whole}（{own}）"


def _pairs(book: Plain, section: str, key: str) -> Iterator[tuple[str, str]]:
    ids = dict(book.named(section, "id"))
    for place, value in book.named(section, key):
        if place in ids:
            yield ids[place], value
