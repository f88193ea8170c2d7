"""What differs between two rulebooks, in words for a supervisor. Sources are not compared: they say
where a rule comes from, not what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scripts.rulebooks.model import Rulebook
from scripts.rulebooks.vocabulary import NAMES


class ChangeKind(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path`` is where it stands, such as ``families.misselling.deadline.days``,
    ``part`` the same in words; ``before`` and ``after`` are in words, empty for nothing."""

    kind: ChangeKind
    path: str
    part: str
    before: str = ""
    after: str = ""


#: Not what the rules are: where they come from, and what is compared as filled sentences.
_LEFT_OUT = ("id", "source", "silent", "conflicts")
#: Sections whose entries have ids and names, and what one entry is called.
_ENTRIES = {"classes": "class", "families": "family", "kinds": "kind", "kpis": "KPI"}
#: Lists whose entries are compared by their ids: those, and the rules of risks.
_NAMED = {**_ENTRIES, "rules": "rule"}
#: Keys whose values are ids, and the section that has their names.
_POINTERS = {
    "class": "classes",
    "classes": "classes",
    "clean_class": "classes",
    "family": "families",
    "precedence": "families",
    "kind": "kinds",
    "exhausted_kind": "kinds",
    "exhausted_kinds": "kinds",
    "screening": "kinds",
    "kpi": "kpis",
    "problem_classes": "classes",
}
#: Keys whose values are words of the vocabulary.
_CLOSED = frozenset(
    {
        "calendar", "counts_from", "cooling_off_start", "starts", "counts", "of", "unit", "issued",
        "always", "special", "police", "found_by", "medium", "then", "way",
    }
)  # fmt: skip

Names = Mapping[str, Mapping[str, str]]


def changes(
    old: Rulebook, new: Rulebook, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """Every difference: the decisions first, then the rules in the order of the file. ``before``
    and ``after`` are the plain data of the two."""
    known = _names(before)
    # a part that got another name is one difference, not one for each entry that points to it
    renamed = {section: {**names, **known[section]} for section, names in _names(after).items()}
    was, now = _worded(before, "", known), _worded(after, "", renamed)
    return [*_decisions(old, new), *_mapping("", "", was, now)]


def sentence(change: Change) -> str:
    """One difference as a sentence."""
    match change.kind:
        case ChangeKind.ADDED:
            return f"{change.part}: new{f', {change.after}' if change.after else ''}"
        case ChangeKind.REMOVED:
            return f"{change.part}: no longer{f' {change.before}' if change.before else ' there'}"
        case ChangeKind.REORDERED:
            return f"{change.part}: the same in another order"
    return f"{change.part}: now {change.after} (was {change.before})"


def _names(data: Mapping[str, Any]) -> Names:
    return {
        section: {entry["id"]: entry["name"] for entry in data[section]} for section in _ENTRIES
    }


def _worded(value: Any, key: str, names: Names) -> Any:
    """The data with names in the place of ids and of closed words, and without sources."""
    if isinstance(value, dict):
        return {
            name: _worded(part, key if key in _POINTERS else name, names)
            for name, part in value.items()
            if name != "source"
        }
    if isinstance(value, list):
        whole = key if not (key in _ENTRIES and _with_ids(value)) else ""
        return [_worded(part, whole, names) for part in value]
    if key in _POINTERS and isinstance(value, str):
        return names[_POINTERS[key]].get(value, value)
    return NAMES.get(value, value) if key in _CLOSED and isinstance(value, str) else value


def _decisions(old: Rulebook, new: Rulebook) -> Iterator[Change]:
    was = {conflict.id: conflict.decision for conflict in old.conflicts}
    for conflict in new.conflicts:
        if was[conflict.id] != conflict.decision:
            part = f"{conflict.id} {conflict.topic}"
            path = f"conflicts.{conflict.id}"
            yield Change(ChangeKind.CHANGED, path, part, was[conflict.id], conflict.decision)


def _mapping(
    path: str, part: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        if key not in _LEFT_OUT:
            words = key.replace("_", " ")
            below = f"{path}.{key}" if path else key
            yield from _part(below, f"{part}, {words}" if part else words, old, new, key)


def _part(
    path: str, part: str, old: Mapping[str, Any], new: Mapping[str, Any], key: str
) -> Iterator[Change]:
    was, now = old.get(key), new.get(key)
    if was == now:
        return
    if key in _NAMED and _with_ids(was) and _with_ids(now):
        yield from _entries(path, _NAMED[key], was or [], now or [])
    elif isinstance(was, dict) and isinstance(now, dict):
        yield from _mapping(path, part, was, now)
    elif isinstance(was, list) and isinstance(now, list):
        yield from _rules(path, part, was, now)
    elif was is None or now is None:
        kind = ChangeKind.ADDED if was is None else ChangeKind.REMOVED
        yield Change(kind, path, part, _words(was), _words(now))
    else:
        yield Change(ChangeKind.CHANGED, path, part, _words(was), _words(now))


def _entries(path: str, what: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Lists whose entries have ids and names."""
    was, now = ({entry["id"]: entry for entry in entries} for entries in (old, new))
    for name in dict.fromkeys((*was, *now)):
        below, part = f"{path}.{name}", f"{what} {(was.get(name) or now[name])['name']}"
        if name not in was:
            rest = {k: v for k, v in now[name].items() if k not in ("id", "name")}
            yield Change(ChangeKind.ADDED, below, part, after=_words(rest))
        elif name not in now:
            yield Change(ChangeKind.REMOVED, below, part)
        else:
            yield from _mapping(below, part, was[name], now[name])


def _rules(path: str, part: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Lists of rules without ids, of which the first that fits counts, and lists of words."""
    gone = [rule for rule in old if rule not in new]
    come = [rule for rule in new if rule not in old]
    for rule in gone:
        yield Change(ChangeKind.REMOVED, path, part, before=_words(rule))
    for rule in come:
        yield Change(ChangeKind.ADDED, path, part, after=_words(rule))
    if not gone and not come:
        yield Change(ChangeKind.REORDERED, path, part)


def _with_ids(value: Any) -> bool:
    entries = value if isinstance(value, list) else []
    return bool(entries) and all(isinstance(entry, dict) and "id" in entry for entry in entries)


def _words(value: Any) -> str:
    """A value on one line."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return ", ".join(f"{key} {_words(part)}" for key, part in value.items())
        case list():
            return f"[{', '.join(_words(part) for part in value)}]"
    return str(value)
