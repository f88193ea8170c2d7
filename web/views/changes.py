"""What differs between two scripts, in the words of the page, with the words that changed
marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from scripts.changes import Change, ChangeKind, changes
from scripts.conditions import CALL_FLAGS, DOUBTED, parse
from scripts.labels import CODES, code_of
from scripts.model import Script
from web.languages import gettext as _
from web.views.script import condition_text, step_text
from web.words import word

Marked = tuple[bool, str]  # whether the words changed, and the words

_CONDITIONS = frozenset({ChangeKind.ITEM, ChangeKind.ASKED_OF})
_STEPS = frozenset({ChangeKind.FOLLOWS, ChangeKind.FOLLOWS_CARE})
_ENDINGS = frozenset({ChangeKind.ENDING_ADDED, ChangeKind.ENDING_REMOVED})
#: Latin words and numbers whole, everything else sign by sign.
_SIGNS = re.compile(r"[A-Za-z0-9_.-]+|\s+|.", re.DOTALL)
#: Conditions and steps are whole or not at all: half a condition marked reads like another one.
_CLAUSES = re.compile(r", | → |(?:(?!, | → ).)+", re.DOTALL)
#: A comma that is not inside a list in brackets.
_COMMA = re.compile(r", (?![^\[\]]*\])")
#: So few equal signs between two changed ones are shown as changed: easier to read.
_SHORT = 1
#: Longer texts are shown as changed throughout; comparing them sign by sign would take too long.
_LONG = 2000


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One difference. ``before`` and ``after`` are None where nothing stood, or stands.
    ``parts`` are the ids it is about, with their names."""

    kind: str
    parts: list[tuple[str, str]]
    field: str
    before: list[Marked] | None
    after: list[Marked] | None


def changes_view(old: Script, new: Script) -> list[ChangeView]:
    """Everything that differs, the law first."""
    return [_view(change, old, new) for change in changes(old, new)]


def _view(change: Change, old: Script, new: Script) -> ChangeView:
    before = _shown(change, change.before, old)
    after = _shown(change, change.after, new)
    return ChangeView(
        kind=change.kind,
        parts=[(part, _name(change, part)) for part in change.part.split(", ") if part],
        field=_field(change),
        before=None if before is None else _marked(change, before, after or "", removed=True),
        after=None if after is None else _marked(change, before or "", after, removed=False),
    )


def _name(change: Change, part: str) -> str:
    if change.kind is ChangeKind.ITEM:
        return word("item", part)
    return word("code", code_of(part)) if code_of(part) in CODES else _("Ending")


def _field(change: Change) -> str:
    if change.kind in _STEPS:
        return word("answer", change.field)
    language, space, field = change.field.partition(" ")
    if change.kind is ChangeKind.TRANSLATION:
        return f"{word('tongue', language)} · {word('field', field)}"
    if space and change.kind is ChangeKind.TEXT:  # says when CONDITIONS
        return _("when %(conditions)s", conditions=_conditions(field.removeprefix("when ")))
    return word("field", change.field)


def _shown(change: Change, value: str | None, script: Script) -> str | None:
    if value is None:
        return _("at the beginning") if change.kind is ChangeKind.MOVED else None
    if change.kind in _CONDITIONS:
        return _(" or ").join(_conditions(way) for way in value.split(" | "))
    if change.kind in _STEPS:
        return " → ".join(step_text(script, step) for step in value.split(", "))
    if change.kind in _ENDINGS:
        return word("outcome", value)
    if change.kind is ChangeKind.MOVED:
        return _("after %(question)s", question=f"{word('code', code_of(value))} {value}")
    return value


def _conditions(text: str) -> str:
    if not text:
        return _("every policy")
    also = CALL_FLAGS | {DOUBTED}
    return ", ".join(condition_text(parse(one, also)) for one in _COMMA.split(text))


def _marked(change: Change, before: str, after: str, *, removed: bool) -> list[Marked]:
    """The signs of one side, those that the other side lacks marked."""
    if not before or not after or max(len(before), len(after)) > _LONG:
        return [(True, before if removed else after)]
    signs = _CLAUSES if change.kind in _CONDITIONS | _STEPS else _SIGNS
    old, new = signs.findall(before), signs.findall(after)
    return list(_joined(_pieces(old, new, removed=removed)))


def _pieces(old: list[str], new: list[str], *, removed: bool) -> Iterator[Marked]:
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        side = old[i1:i2] if removed else new[j1:j2]
        inner = what == "equal" and i1 > 0 and i2 < len(old) and i2 - i1 <= _SHORT
        if side:
            yield what != "equal" or inner, "".join(side)


def _joined(pieces: Iterator[Marked]) -> Iterator[Marked]:
    """Neighbours of one kind as one piece."""
    kind, words = False, ""
    for marked, piece in pieces:
        if marked != kind and words:
            yield kind, words
            words = ""
        kind, words = marked, words + piece
    if words:
        yield kind, words
