"""Who hears which part of a call, and what the parts come to. Pure; it knows no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cases.scoring import differing


class Part(StrEnum):
    """What a reviewer hears a call for."""

    FIRST = "first"  # 初检
    SECOND = "second"  # 复检: without seeing the first
    THIRD = "third"  # 裁定: between two who differ
    CALIBRATION = "calibration"  # 校准: everybody hears the same, and it counts for nobody


#: The order of the raters of one call, and of the rows on its pages.
SEATS: Mapping[Part, int] = {Part.FIRST: 0, Part.SECOND: 1, Part.THIRD: 2}


@dataclass(frozen=True, slots=True)
class Said:
    """What one reviewer said of a call: criterion -> mark, and turn -> label."""

    marks: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """The criteria and the turns that two reviewers said differently about."""

    marks: tuple[str, ...]
    labels: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.marks or self.labels)


def difference(first: Said, second: Said) -> Difference:
    """What a third has to decide."""
    return Difference(differing(first.marks, second.marks), differing(first.labels, second.labels))


def agreed(first: Said, second: Said) -> Said:
    """What both said alike: it stands, and the third begins with it."""
    return Said(_alike(first.marks, second.marks), _alike(first.labels, second.labels))


def _alike(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {name: said for name, said in first.items() if second.get(name) == said}


def why_not(
    part: Part, me: str, others: Collection[str], agent: str | None, *, adjudicates: bool
) -> str | None:
    """Why somebody may not hear a part of a call, or None. ``others`` hear other parts of it."""
    if me == agent:
        return "this is a call of your own; somebody else must review it"
    if me in others:
        return "you have heard another part of this call; somebody else must hear this one"
    if part is Part.THIRD and not adjudicates:
        return "two reviewers differ about this call; somebody who may decide between them hears it"
    return None
