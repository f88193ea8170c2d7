"""Two texts line by line, for a text that cannot be read as a script. Knows nothing of scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Beyond so many lines comparing would take too long; everything is then shown as it stands.
MOST = 4000
#: Lines that stay are shown only so near to one that changed.
NEAR = 2


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a comparison: ``how`` is same, removed, added, or gap for lines left out.
    Numbers count from 1; None where the line does not stand."""

    how: str
    old: int | None
    new: int | None
    text: str


def lines_view(old: str, new: str) -> list[LineView]:
    """What was removed and added, with the lines around it; empty when both are the same."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return []
    if max(len(before), len(after)) > MOST:
        return [*_removed(before, 0), *_added(after, 0)]
    matcher = SequenceMatcher(None, before, after)
    return list(_views(matcher, before, after))


def _views(
    matcher: SequenceMatcher[str], before: list[str], after: list[str]
) -> Iterator[LineView]:
    for number, group in enumerate(matcher.get_grouped_opcodes(NEAR)):
        if number:
            yield LineView("gap", None, None, "")
        for what, i1, i2, j1, j2 in group:
            if what == "equal":
                for step, text in enumerate(before[i1:i2]):
                    yield LineView("same", i1 + step + 1, j1 + step + 1, text)
                continue
            yield from _removed(before[i1:i2], i1)
            yield from _added(after[j1:j2], j1)


def _removed(lines: list[str], first: int) -> Iterator[LineView]:
    for number, text in enumerate(lines, first + 1):
        yield LineView("removed", number, None, text)


def _added(lines: list[str], first: int) -> Iterator[LineView]:
    for number, text in enumerate(lines, first + 1):
        yield LineView("added", None, number, text)
