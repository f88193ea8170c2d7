"""What differs between two versions of a script, as plain values in the order that a supervisor
wants to read them: the law first, then who is asked, then what follows, then the words. Finds
differences; the sentences are in scripts.changes_words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from scripts.conditions import Condition
from scripts.model import Ending, Event, Kind, Question, Routes, Script, Spot, Step
from scripts.slots import Text


class ChangeKind(StrEnum):
    """What kind of difference it is, what matters most first."""

    ITEM = "item"  # one of the law's items is confirmed by others than before, or by nobody
    REMOVED = "removed"  # a question; before: what it said
    ADDED = "added"  # a question; after: what it says
    ASKED_OF = "asked-of"  # a question, or the whole script, is for other policies than before
    FOLLOWS = "follows"  # what follows an answer; field: the answer
    FOLLOWS_CARE = "follows-care"  # the same, for holders whom a call treats with care (适老)
    MOVED = "moved"  # before and after: the question in front of it
    ENDING_REMOVED = "ending-removed"
    ENDING_ADDED = "ending-added"
    SETTING = "setting"  # anything that is not spoken; field: its key
    TEXT = "text"  # spoken words; field: says, again, explain, opening, phrases.silence ...
    TRANSLATION = "translation"  # the same in another language; field: en says
    HINTS = "hints"  # phrases the recogniser expects


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``part`` is the id of a question, an ending or an item of the law, several
    ids with commas where the same differs in many questions, or empty for the script as a whole.
    ``before`` and ``after`` are written as in the file: conditions ``instalments, not elderly``
    (empty: every policy; ``|`` between the ways an item is asked), steps ``explain, end: unaware``.
    None: it was or is not there."""

    kind: ChangeKind
    part: str
    field: str
    before: str | None
    after: str | None


#: The same difference in more questions than this is told once.
_ONE_BY_ONE = 3
#: Told in another way than as one value before and after.
_OF_SCRIPT = frozenset({"questions", "aside", "endings", "translations", "covers"})
_OF_QUESTION = frozenset({"id", "code", "when", "on", "on_with_care", "expects"})
_OF_ENDING = frozenset({"id", "says"})
_RANKS = {kind: rank for rank, kind in enumerate(ChangeKind)}


def changes(old: Script, new: Script) -> list[Change]:
    """Everything that differs, the law first; empty when both say and do the same."""
    found = [
        *_items(old, new),
        *_covers(old, new),
        *_questions(old, new),
        *_moved(old, new),
        *_endings(old, new),
        *_values("", old, new, _OF_SCRIPT),
        *_translations(old, new),
    ]
    return sorted(found, key=lambda change: _RANKS[change.kind])


def _covers(old: Script, new: Script) -> Iterator[Change]:
    was, now = _conditions(old.covers), _conditions(new.covers)
    if was != now:
        yield Change(ChangeKind.ASKED_OF, "", "for", was, now)


def _items(old: Script, new: Script) -> Iterator[Change]:
    """Of which policies each item of the law is asked."""
    before, after = _asked_items(old), _asked_items(new)
    for item in dict.fromkeys((*before, *after)):
        if before.get(item) != after.get(item):
            yield Change(ChangeKind.ITEM, item, "when", before.get(item), after.get(item))


def _asked_items(script: Script) -> dict[str, str]:
    ways: dict[str, list[str]] = {}
    for question in script.questions:
        if question.item is not None and question.kind is not Kind.PRESENCE:
            ways.setdefault(question.item, []).append(_conditions(question.when))
    return {item: "" if "" in each else " | ".join(sorted(each)) for item, each in ways.items()}


def _questions(old: Script, new: Script) -> Iterator[Change]:
    before, after = _by_id(old), _by_id(new)
    for name, question in before.items():
        if name not in after:
            yield Change(ChangeKind.REMOVED, name, "", question.says.source, None)
    both = []
    for name, question in after.items():
        if name in before:
            both.append((before[name], question))
            continue
        yield Change(ChangeKind.ADDED, name, "", None, question.says.source)
        if question.when:
            yield Change(ChangeKind.ASKED_OF, name, "when", None, _conditions(question.when))
    for was, now in both:
        yield from _question(was, now)
    yield from _gathered(change for was, now in both for change in _follows(was, now))
    yield from _gathered(change for was, now in both for change in _hints(was, now))


def _by_id(script: Script) -> dict[str, Question]:
    return {question.id: question for question in (*script.questions, *script.aside)}


def _question(old: Question, new: Question) -> Iterator[Change]:
    was, now = _conditions(old.when), _conditions(new.when)
    if was != now:
        yield Change(ChangeKind.ASKED_OF, new.id, "when", was, now)
    yield from _values(new.id, old, new, _OF_QUESTION)


def _follows(old: Question, new: Question) -> Iterator[Change]:
    yield from _routes(ChangeKind.FOLLOWS, new.id, old.on, new.on)
    for change in _routes(ChangeKind.FOLLOWS_CARE, new.id, old.on_with_care, new.on_with_care):
        plain = _steps(old.on, change.field), _steps(new.on, change.field)
        if plain != (change.before, change.after):  # else it follows everybody's answer
            yield change


def _routes(kind: ChangeKind, part: str, old: Routes, new: Routes) -> Iterator[Change]:
    for event in Event:
        was, now = _steps(old, event), _steps(new, event)
        if was != now:
            yield Change(kind, part, event.value, was, now)


def _hints(old: Question, new: Question) -> Iterator[Change]:
    gone = [phrase for phrase in old.expects if phrase not in new.expects]
    come = [phrase for phrase in new.expects if phrase not in old.expects]
    if gone or come:
        yield Change(ChangeKind.HINTS, new.id, "expects", ", ".join(gone), ", ".join(come))


def _gathered(found: Iterator[Change]) -> Iterator[Change]:
    """What is the same in many questions as one: it was changed for the whole script."""
    alike: dict[Change, list[str]] = {}
    for change in found:
        alike.setdefault(replace(change, part=""), []).append(change.part)
    for change, parts in alike.items():
        for names in [parts] if len(parts) > _ONE_BY_ONE else [[part] for part in parts]:
            yield replace(change, part=", ".join(names))


def _moved(old: Script, new: Script) -> Iterator[Change]:
    """The fewest questions whose moving explains the new order."""
    before = [q.id for q in old.questions if new.question(q.id) in new.questions]
    after = [q.id for q in new.questions if q.id in before]
    stayed = _longest_common(before, after)
    for name in after:
        if name not in stayed:
            places = (_in_front(script, name) for script in (old, new))
            yield Change(ChangeKind.MOVED, name, "", *places)


def _longest_common(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The names of a longest common subsequence; every name stands once in both."""
    places = {name: place for place, name in enumerate(old)}
    longest: list[list[str]] = []  # for every name of `new` the longest run that ends with it
    for name in new:
        shorter = [run for run in longest if places[run[-1]] < places[name]]
        longest.append([*_longest(shorter), name])
    return frozenset(_longest(longest))


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=lambda run: len(run), default=[])


def _in_front(script: Script, name: str) -> str | None:
    names = [question.id for question in script.questions]
    place = names.index(name)
    return names[place - 1] if place else None


def _endings(old: Script, new: Script) -> Iterator[Change]:
    before, after = ({ending.id: ending for ending in script.endings} for script in (old, new))
    for name, ending in before.items():
        if name not in after:
            yield Change(ChangeKind.ENDING_REMOVED, name, "", ending.outcome.value, None)
    for name, ending in after.items():
        if name not in before:
            yield Change(ChangeKind.ENDING_ADDED, name, "", None, ending.outcome.value)
        else:
            yield from _sayings(before[name], ending)
            yield from _values(name, before[name], ending, _OF_ENDING)


def _sayings(old: Ending, new: Ending) -> Iterator[Change]:
    """The sentences of an ending, each known by its conditions."""
    before, after = (
        {_conditions(saying.when): saying.text.source for saying in ending.says}
        for ending in (old, new)
    )
    for when in dict.fromkeys((*before, *after)):
        if before.get(when) != after.get(when):
            field = f"says when {when}" if when else "says"
            yield Change(ChangeKind.TEXT, new.id, field, before.get(when), after.get(when))


def _translations(old: Script, new: Script) -> Iterator[Change]:
    for language in dict.fromkeys((*old.translations, *new.translations)):
        before, after = (_translated(script, language) for script in (old, new))
        for part, field in dict.fromkeys((*before, *after)):
            was, now = before.get((part, field)), after.get((part, field))
            if was != now:
                yield Change(ChangeKind.TRANSLATION, part, f"{language} {field}", was, now)


def _translated(script: Script, language: str) -> dict[Spot, str]:
    kept = script.translations.get(language)
    if kept is None:
        return {}
    voice = {("", "voice"): kept.voice} if kept.voice else {}
    return {spot: text.source for spot, text in kept.texts.items()} | voice


def _values(part: str, old: Any, new: Any, skip: frozenset[str]) -> Iterator[Change]:
    """Every other key of a part, so that no difference goes unnoticed."""
    before, after = _flat(old, skip), _flat(new, skip)
    for field in dict.fromkeys((*before, *after)):
        was, now = before.get(field), after.get(field)
        if was != now:
            spoken = isinstance(was, Text) or isinstance(now, Text)
            kind = ChangeKind.TEXT if spoken else ChangeKind.SETTING
            yield Change(kind, part, field, _plain(was), _plain(now))


def _flat(part: Any, skip: frozenset[str], prefix: str = "") -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in fields(part):
        value = getattr(part, one.name)
        if not one.compare or one.name in skip:
            continue
        if is_dataclass(value) and not isinstance(value, Text):
            values |= _flat(value, frozenset(), f"{prefix}{one.name}.")
        else:
            values[prefix + one.name] = value
    return values


def _plain(value: Any) -> str | None:
    """A value as it stands in the file; None for nothing."""
    if isinstance(value, Text):
        return value.source or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _conditions(when: Sequence[Condition]) -> str:
    return ", ".join(sorted(str(condition) for condition in when))


def _steps(routes: Routes, event: str) -> str | None:
    steps = routes.get(Event(event))
    return None if steps is None else ", ".join(map(_step, steps))


def _step(step: Step) -> str:
    return f"{step.move.value}: {step.target}" if step.target else step.move.value
