"""Shared parts: a script's ``use`` is replaced by what the named blocks hold, so that what follows
reads one whole script. A block is never changed by it, and blocks use no blocks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.faults import Fault, FaultyFileError
from scripts.located import Part, document_of, located
from scripts.yamlfile import Document, Place

#: Gives the document of a block by its name, or None when there is none.
FindBlock = Callable[[str], Document | None]

#: Lists of parts that are merged by id, the script's own parts winning.
_LISTS = ("aside", "endings")
#: Mappings that are merged entry by entry, the script's own entries winning.
_TABLES = frozenset({"on", "phrases", "limits", "care"})
#: Keys that are not simply taken over from blocks.
_APART = frozenset({"block", "about", "format", "use", "questions", "translations", *_LISTS})
#: More uses than this are no composition any more, and no script has more questions.
MOST_USES = MOST_QUESTIONS = 200

Parts = dict[str, Part]


def composed(document: Document, find: FindBlock) -> Document:
    """The whole script without ``use``. Raises FaultyFileError with every fault of composing."""
    if not isinstance(document.data, dict) or not _composes(document.data):
        return document
    work = _Composing(document, find)
    whole = work.whole()
    if work.faults:
        raise FaultyFileError(work.faults)
    return document_of(whole, document.name)


def _composes(data: Mapping[str, Any]) -> bool:
    questions = data.get("questions")
    listed = questions if isinstance(questions, list) else []
    return "use" in data or any(isinstance(one, dict) and "use" in one for one in listed)


@dataclass
class _Composing:
    """One script being put together; collects faults instead of stopping at the first."""

    document: Document
    find: FindBlock
    faults: list[Fault] = field(default_factory=list)
    #: Blocks by name, once they were looked at.
    known: dict[str, Part] = field(default_factory=dict)
    #: The blocks that questions were taken from.
    asked: list[Part] = field(default_factory=list)
    #: Fields that the script words otherwise than its block, by question.
    reworded: dict[str, frozenset[str]] = field(default_factory=dict)

    def whole(self) -> Part:
        """The script with everything filled in."""
        own = located(self.document)
        blocks = self._blocks()
        entries = _keys((*blocks, own))
        entries |= {key: own.entries[key] for key in ("format",) if key in own.entries}
        if "questions" in own.entries:
            entries["questions"] = self._questions(own.entries["questions"])
        for key in _LISTS:
            entries |= _merged(key, blocks, own)
        for key in _LISTS:
            entries |= _pruned(key, entries)
        if "translations" in own.entries:
            sources = list({id(one): one for one in (*blocks, *self.asked)}.values())
            written = own.entries["translations"]
            entries["translations"] = self._translated(written, sources, entries)
        return own.having(entries)

    def _blocks(self) -> list[Part]:
        names = self.document.data.get("use", [])
        if not _words(names):
            self._fault("bad-use", "'use' is a list of block names", ("use",))
            return []
        twice = next((i for i, name in enumerate(names) if name in names[:i]), None)
        if twice is not None:
            self._fault("bad-use", f"the block {names[twice]!r} is used twice", ("use", twice))
            return []
        found = (self._block(name, ("use", index)) for index, name in enumerate(names))
        return [block for block in found if block is not None]

    def _block(self, name: str, place: Place) -> Part | None:
        if name not in self.known:
            block = self.find(name)
            if block is None:
                self._fault("unknown-block", f"there is no block {name!r}", place)
                return None
            if not _sound(block.data):
                message = f"the block {name!r} is no block: see 'Blocks' in docs/scripts.md"
                self._fault("bad-use", message, place)
                return None
            self.known[name] = located(block, block.name)
        return self.known[name]

    def _fault(self, code: str, message: str, place: Place) -> None:
        self.faults.append(self.document.fault(code, message, place))

    def _questions(self, listed: Part) -> Part:
        questions: list[Part] = []
        uses = 0
        for index, entry in enumerate(listed.items):
            place: Place = ("questions", index)
            if "use" not in entry.entries:
                questions.append(entry)
                continue
            uses += 1
            if uses > MOST_USES:
                self._fault("too-many", f"more than {MOST_USES} uses of blocks", place)
                break
            if len(questions) > MOST_QUESTIONS:
                break  # the shape refuses so many; putting more together would only take time
            questions.extend(self._used(entry, place))
        return listed.having(questions) if isinstance(listed.value, list) else listed

    def _used(self, entry: Part, place: Place) -> list[Part]:
        """The questions of one ``use`` entry."""
        block = self._entry_block(entry.plain(), place)
        if block is None:
            return []
        listed = _in(block.entries, "questions")
        there = {part.name or "": part for part in listed}
        use = entry.entries["use"].value
        if len(there) < len(listed):
            self._fault("duplicate-id", f"the block {use!r} has an id twice", place)
            return []
        but = entry.entries["but"].entries if "but" in entry.entries else {}
        wanted = entry.entries["take"].plain() if "take" in entry.entries else list(there)
        missing = sorted({*wanted, *but} - there.keys()) or sorted(but.keys() - set(wanted))
        if missing:
            known = ", ".join(there)
            message = f"the block {use!r} gives no {', '.join(missing)}: it has {known}"
            self._fault("bad-use", message, place)
            return []
        if len(wanted) > MOST_QUESTIONS:
            self._fault("too-many", f"takes more than {MOST_QUESTIONS} questions", place)
            return []
        self.asked.append(block)
        for name, other in but.items():
            self.reworded[name] = _reworded(other)
        return [_changed(there[name], but[name]) if name in but else there[name] for name in wanted]

    def _entry_block(self, entry: Mapping[str, Any], place: Place) -> Part | None:
        extra = sorted(entry.keys() - {"use", "take", "but"})
        if extra:
            message = f"beside 'use' stand 'take' and 'but', no {', '.join(extra)}"
            self._fault("unknown-key", message, place)
        elif not isinstance(entry["use"], str) or not _words(entry.get("take", [])):
            self._fault("bad-use", "'use' names one block, 'take' lists question ids", place)
        elif not _overlays(entry.get("but", {})):
            self._fault("bad-use", "'but' gives other keys by question id", place)
        else:
            return self._block(entry["use"], (*place, "use"))
        return None

    def _translated(self, own: Part, sources: Sequence[Part], entries: Parts) -> Part:
        """For the languages that the script names: what the blocks have translated, and over it
        what the script has."""
        if not isinstance(own.value, dict):
            return own
        here = {
            "questions": {
                part.name for key in ("questions", "aside") for part in _in(entries, key)
            },
            "endings": {part.name for part in _in(entries, "endings")},
        }
        languages = {}
        for language, texts in own.entries.items():
            found: Parts = {}
            for block in sources:
                for key, part in _of_language(block, language).items():
                    kept = self._fitting(part, here[key]) if key in here else part
                    found[key] = _over(found[key], kept) if key in found else kept
            for key, part in texts.entries.items():
                found[key] = _over(found[key], part) if key in found else part
            said = {key: part for key, part in found.items() if part.value not in ({}, None)}
            languages[language] = texts.having(said) if _fillable(texts) else texts
        return own.having(languages)

    def _fitting(self, texts: Part, here: set[str | None]) -> Part:
        """What a block says of these parts, but for texts that the script words otherwise."""
        return texts.having(
            {
                name: part.having(
                    {
                        key: text
                        for key, text in part.entries.items()
                        if key not in self.reworded.get(name, ())
                    }
                )
                for name, part in texts.entries.items()
                if name in here
            }
        )


def _reworded(other: Part) -> frozenset[str]:
    """What a script says otherwise than its block. Other words for ``says`` are a person's too,
    unless the script gives theirs."""
    given = frozenset(other.entries)
    return given | {"says_by_person"} if "says" in given else given


def _keys(sources: Iterable[Part]) -> Parts:
    """The keys of the blocks, and over them the script's own."""
    result: Parts = {}
    for source in sources:
        for key, part in source.entries.items():
            if key in _TABLES and key in result:
                result[key] = _beside(result[key], part)
            elif key not in _APART:
                result[key] = part
    return result


def _beside(below: Part, above: Part) -> Part:
    """Both mappings' entries, those of ``above`` winning."""
    if not isinstance(above.value, dict):
        return above
    return above.having({**below.entries, **above.entries})


def _over(below: Part, above: Part) -> Part:
    """The same, entry by entry all the way down."""
    if not isinstance(below.value, dict) or not isinstance(above.value, dict):
        return above
    deeper = {
        key: _over(below.entries[key], part) if key in below.entries else part
        for key, part in above.entries.items()
    }
    return above.having({**below.entries, **deeper})


def _merged(key: str, blocks: Iterable[Part], own: Part) -> Parts:
    """A list of the blocks' parts, each replaced by the script's own of the same id, and then the
    script's further ones. An id that the script writes twice stays twice: the reader tells."""
    written = own.entries.get(key)
    if written is not None and not isinstance(written.value, list):
        return {key: written}
    further = list(written.items) if written else []
    shared: dict[tuple[str | None, int], Part] = {}
    for block in blocks:
        shared |= _numbered(_in(block.entries, key))
    result = []
    for (name, _), part in shared.items():
        index = next((i for i, one in enumerate(further) if one.name == name), None)
        result.append(part if index is None else further.pop(index))
    if not result and written is None:
        return {}
    return {key: (written or own).having([*result, *further])}


def _numbered(parts: Iterable[Part]) -> dict[tuple[str | None, int], Part]:
    """Parts by their id, and how often it was written before in the same list."""
    found: dict[tuple[str | None, int], Part] = {}
    for part in parts:
        times = sum(name == part.name for name, _ in found)
        found[(part.name, times)] = part
    return found


def _pruned(key: str, entries: Parts) -> Parts:
    """The list without shared parts that nothing in the script leads to."""
    if key not in entries:
        return {}
    named = {target for part in entries.values() for target in _targets(part)}
    named |= {entries[end].value for end in ("finish", "exhausted") if end in entries}
    kept = [part for part in entries[key].items if not part.mark.file or part.name in named]
    return {key: entries[key].having(kept)} if entries[key].items else {}


def _targets(part: Part) -> Iterator[Any]:
    """Every ending or question aside that a route, or ``then``, leads to."""
    for key, one in part.entries.items():
        if key in ("end", "ask", "then") and isinstance(one.value, str):
            yield one.value
        yield from _targets(one)
    for one in part.items:
        yield from _targets(one)


def _changed(question: Part, other: Part) -> Part:
    """A question with other keys; null removes one. Other words take a person's with them."""
    gone = _reworded(other) - other.entries.keys()
    own = {key: part for key, part in question.entries.items() if key not in gone}
    changed = {**own, **other.entries}
    return question.having({key: part for key, part in changed.items() if part.value is not None})


def _of_language(block: Part, language: str) -> Mapping[str, Part]:
    found = block.entries.get("translations")
    texts = found.entries.get(language) if found else None
    return texts.entries if texts else {}


def _fillable(texts: Part) -> bool:
    return texts.value is None or isinstance(texts.value, dict)


def _in(entries: Mapping[str, Part], key: str) -> list[Part]:
    return entries[key].items if key in entries else []


def _sound(data: Any) -> bool:
    """Whether a file has the outline of a block; its parts are checked in the whole script."""
    if not isinstance(data, dict) or "use" in data:
        return False
    lists = [data.get(key, []) for key in ("questions", *_LISTS)]
    parts = [part for one in lists if isinstance(one, list) for part in one]
    return (
        all(isinstance(one, list) for one in lists)
        and all(isinstance(part, dict) and isinstance(part.get("id"), str) for part in parts)
        and isinstance(data.get("translations", {}), dict)
    )


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _overlays(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(keys, dict) for keys in value.values())
