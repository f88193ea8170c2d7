"""Faults of the names in a rulebook: ids used twice, and what points to nothing."""

from collections.abc import Iterator

from scripts.faults import Fault
from scripts.labels import CODES, code_of
from scripts.rulebooks.fields import NoSuchField, part
from scripts.rulebooks.plain import Plain
from scripts.rulebooks.schema import OrderStepShape, SellerWarningShape, TriggerShape

#: Sections whose entries have an id of their own.
_WITH_ID = ("classes", "families", "kinds", "kpis", "conflicts")
#: Section, key, and the section whose entries the key names.
_POINTERS = (
    ("families", "class", "classes"),
    ("kinds", "family", "families"),
    ("triggers", "kind", "kinds"),
)


def name_faults(book: Plain) -> Iterator[Fault]:
    """Every fault of names, in no order."""
    for section in _WITH_ID:
        yield from _twice(book, section)
    for section, key, target in _POINTERS:
        for place, name in book.named(section, key):
            if name not in _ids(book, target):
                yield _unknown(book, place, key, name)
    yield from _single(book)
    yield from _codes(book)
    yield from _precedence(book)
    yield from _order(book)
    yield from _silent(book)


def _ids(book: Plain, section: str) -> set[str]:
    return {name for _, name in book.named(section, "id")}


def _unknown(book: Plain, place: tuple[str | int, ...], what: str, name: str) -> Fault:
    return book.document.fault("unknown-name", f"there is no {what} {name!r}", place)


def _twice(book: Plain, section: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in book.named(section, "id"):
        if name in seen:
            message = f"the id {name!r} is used twice in {section}"
            yield book.document.fault("duplicate-id", message, place, name)
        seen.add(name)


def _single(book: Plain) -> Iterator[Fault]:
    """Keys of the file that name one class or kind."""
    kinds = _ids(book, "kinds")
    for key, known in (("clean_class", _ids(book, "classes")), ("exhausted_kind", kinds)):
        name = book.word(key)
        if name is not None and name not in known:
            yield _unknown(book, (key,), key, name)
    warned = book.one("seller_warning", SellerWarningShape)
    if warned is not None and warned.kpi not in _ids(book, "kpis"):
        yield _unknown(book, ("seller_warning", "kpi"), "KPI", warned.kpi)
    for number, name in enumerate(book.words("problem_classes")):
        if name not in _ids(book, "classes"):
            yield _unknown(book, ("problem_classes", number), "class", name)
    for key in ("exhausted_kinds", "screening"):
        for which, name in book.pairs(key):
            if isinstance(name, str) and name not in kinds:
                yield _unknown(book, (key, which), "kind", name)


def _codes(book: Plain) -> Iterator[Fault]:
    for place, shape in book.entries("triggers", TriggerShape):
        for code in shape.codes:
            if code_of(code) not in CODES:
                message = f"{code!r} is no question code"
                yield book.document.fault("bad-code", message, place, shape.kind)


def _precedence(book: Plain) -> Iterator[Fault]:
    families, named = _ids(book, "families"), book.words("precedence")
    for name in named:
        if name not in families:
            yield _unknown(book, ("precedence",), "family", name)
    for name in sorted(families - set(named)):
        message = f"'precedence' does not say where the family {name!r} stands"
        yield book.document.fault("bad-rule", message, ("precedence",))


def _order(book: Plain) -> Iterator[Fault]:
    classes = _ids(book, "classes")
    for place, step in book.entries("processing_order", OrderStepShape):
        for name in step.classes:
            if name not in classes:
                yield _unknown(book, place, "class", name)


def _silent(book: Plain) -> Iterator[Fault]:
    for place, name in book.named("silent", "field"):
        try:
            part(book.data, name)
        except NoSuchField as missing:
            yield book.document.fault("unknown-name", f"silent: {missing}", place)
