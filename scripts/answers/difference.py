"""What differs between two lexicons, in words for a supervisor: ``KNOW 知道: added 弄明白``. Says
nothing about readings; see scripts.answers.changes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.answers.sources import YAML, Texts, data_of
from scripts.answers.uses import entries

_TITLE = re.compile(r"^  ([A-Z][A-Z0-9_]*):\s*#\s*(\S+)", re.MULTILINE)


def difference(old: Texts, new: Texts) -> list[str]:
    """One sentence for every entry that was added, taken out, changed or moved."""
    before, after = data_of(old), data_of(new)
    titles = dict(_TITLE.findall(old[YAML[0]])) | dict(_TITLE.findall(new[YAML[0]]))
    return [
        *_words(before, after, titles),
        *_phrases(before, after),
        *_meanings(before, after),
        *_homophones(before[0], after[0]),
    ]


Data = list[dict[str, Any]]


def _words(before: Data, after: Data, titles: Mapping[str, str]) -> Iterator[str]:
    old, new = entries(before).words, entries(after).words
    for name in dict.fromkeys([name for name, _ in (*old, *new)]):
        title = f"{name} {titles[name]}" if name in titles else name
        added = [word for one, word in new if one == name and (one, word) not in old]
        removed = [word for one, word in old if one == name and (one, word) not in new]
        if added:
            yield f"{title}: added {' '.join(added)}"
        if removed:
            yield f"{title}: removed {' '.join(removed)}"


def _phrases(before: Data, after: Data) -> Iterator[str]:
    old = {rule["id"]: rule for rule in before[1]["phrases"]}
    new = {rule["id"]: rule for rule in after[1]["phrases"]}
    for name in old.keys() - new.keys():
        yield f"phrase {name}: removed"
    for name, rule in new.items():
        if name not in old:
            yield f"phrase {name}: added, {rule['match']} is {rule['as']}"
        elif rule != old[name]:
            yield f"phrase {name}: {'; '.join(_parts(old[name], rule))}"
    yield from _moved([one for one in old if one in new], [one for one in new if one in old])


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield f"{key} is now {new.get(key, 'left out')} instead of {old.get(key, 'left out')}"


def _moved(old: list[str], new: list[str]) -> Iterator[str]:
    """Phrases that stand elsewhere, told by the phrase they now stand before."""
    rest = list(old)
    for at, name in enumerate(new):
        if rest and rest[0] == name:
            rest.pop(0)
            continue
        rest.remove(name)
        following = new[at + 1] if at + 1 < len(new) else "nothing"
        yield f"phrase {name}: moved, now before {following}"


def _meanings(before: Data, after: Data) -> Iterator[str]:
    old, new = entries(before).meanings, entries(after).meanings
    for entry in dict.fromkeys((*old, *new)):
        name, _, symbol = entry.partition(":")
        if entry not in new:
            yield f"{name}: {symbol} no longer {_said(old[entry])}"
        elif entry not in old:
            yield f"{name}: {symbol} now {_said(new[entry])}"
        elif old[entry] != new[entry]:
            yield f"{name}: {symbol} now {_said(new[entry])} instead of {_said(old[entry])}"


def _said(meaning: str) -> str:
    """``means deny`` as ``deny``, ``weakly deny`` as it is."""
    return meaning.removeprefix("means ")


def _homophones(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = (dict.fromkeys(part["homophones"].split()) for part in (before, after))
    for what, some in (("added", new.keys() - old.keys()), ("removed", old.keys() - new.keys())):
        if some:
            yield f"homophones 同音字: {what} {' '.join(sorted(some))}"
