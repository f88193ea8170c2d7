"""What stands in the form of a review. What is not of it is left out, and nothing is guessed."""

import re
from collections.abc import Iterator, Mapping

from cases.scoring import Mark
from operations.quality_sheet import Draft
from scripts.labels import Label

_TURN = re.compile(r"(label|words)-(\d{1,4})")
_TIME = re.compile(r"(?:(\d{1,3})[:：])?(\d{1,5}(?:\.\d{1,3})?)")


def draft_of(form: Mapping[str, str]) -> Draft:
    """What is marked in a form: ``mark-CRITERION``, ``label-TURN``, ``words-TURN``, ``remark``."""
    return Draft(
        marks=marks_of(form),
        labels={turn: Label(one) for turn, one in _turns(form, "label") if one in set(Label)},
        words={turn: one for turn, one in _turns(form, "words") if one},
        remark=_text(form.get("remark", "")),
    )


def marks_of(form: Mapping[str, str]) -> dict[str, Mark]:
    """Criterion -> mark."""
    return {
        name.removeprefix("mark-"): Mark(value)
        for name, value in form.items()
        if name.startswith("mark-") and value in set(Mark)
    }


def second_of(text: str) -> float:
    """``1:05`` or ``65.5`` as seconds; -1 for anything else, which stands nowhere in a call."""
    found = _TIME.fullmatch(text.strip())
    return int(found[1] or 0) * 60 + float(found[2]) if found else -1.0


def _turns(form: Mapping[str, str], kind: str) -> Iterator[tuple[int, str]]:
    for name, value in form.items():
        found = _TURN.fullmatch(name)
        if found and found[1] == kind:
            yield int(found[2]), _text(value)


def _text(value: str) -> str:
    """No database takes a NUL; browsers send a line's end as two characters."""
    return value.replace("\0", "").replace("\r\n", "\n").strip()
