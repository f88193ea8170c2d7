"""Reads a file about emergencies, or tells every fault of it at once, each in one sentence."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cases.emergencies.schema import Emergencies, Kind, Rule
from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml

LIBRARY = Path(__file__).parent
#: The one that ships.
USUAL = "standard"
_GRADES = (1, 2, 3, 4)


def load(name_or_path: str | Path = USUAL) -> Emergencies:
    """A shipped file by its name, or another one. Raises FaultyFileError with all faults."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and (LIBRARY / f"{name_or_path}.yaml").is_file():
        path = LIBRARY / f"{name_or_path}.yaml"
    return of_document(load_yaml(path))


@cache
def usual() -> Emergencies:
    """The one that ships."""
    return load()


def of_document(found: Document) -> Emergencies:
    """A file that was read. Raises FaultyFileError with all faults."""
    read = shaped(found, Emergencies)
    faults = [*_rule_faults(found, read), *_missing(found, read), *_twice(found, read)]
    if faults:
        raise FaultyFileError(faults)
    return read


def _rule_faults(found: Document, read: Emergencies) -> Iterator[Fault]:
    """A rule that would never fit, or always, is a slip that nobody would see."""
    for number, rule in enumerate(read.grades):
        why = _wrong_with(rule)
        if why:
            yield found.fault("bad-rule", why, ("grades", number), rule.id)
    order = [rule.grade for rule in read.grades]
    if order != sorted(order):
        message = "the graver grade must stand first: the first rule that fits decides"
        yield found.fault("bad-rule", message, ("grades",))


def _wrong_with(rule: Rule) -> str:
    bounds = [one for one in (rule.at_least, rule.over) if one is not None]
    if rule.kinds and (rule.fact or bounds):
        return "a rule names a fact with its bound, or kinds, and not both: make two of it"
    if not rule.kinds and (rule.fact is None or len(bounds) != 1):
        return "a rule names a fact with either at_least or over, or kinds: complete it"
    return ""


def _missing(found: Document, read: Emergencies) -> Iterator[Fault]:
    for kind in set(Kind) - {one.id for one in read.scenarios}:
        message = f"the scenario {kind} is missing: add it, with kept: lost if it has no steps"
        yield found.fault("bad-rule", message, ("scenarios",))
    for grade in set(_GRADES) - {one.grade for one in read.routes.by_grade}:
        message = f"grade {grade} is missing: add it, empty if it is still open"
        yield found.fault("bad-rule", message, ("routes", "by_grade"))


def _twice(found: Document, read: Emergencies) -> Iterator[Fault]:
    named = {
        "grades": [one.id for one in read.grades] + [read.otherwise.id],
        "scenarios": [one.id.value for one in read.scenarios],
        "drills": [one.id for one in read.drills],
        "routes": [str(one.grade) for one in read.routes.by_grade],
    }
    for place, ids in named.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield found.fault("bad-rule", f"{name} stands here twice: take one out", (place,))
