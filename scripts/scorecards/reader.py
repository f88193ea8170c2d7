"""Reads a scorecard file, or tells every fault of it at once, each in one sentence."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.labels import CODES
from scripts.scorecards.model import Criterion, Made, Nightly, Scorecard
from scripts.scorecards.schema import CriterionShape, ScorecardShape
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml

LIBRARY = Path(__file__).parent
#: The one that a plan takes when none is named.
USUAL = "standard"


def scorecards() -> list[str]:
    """The ids of the scorecards that ship with the package."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def load(name_or_path: str | Path = USUAL) -> Scorecard:
    """A shipped scorecard by its id, or a file. Raises FaultyFileError with all faults."""
    return _of_document(_document(name_or_path))


def plain(name_or_path: str | Path = USUAL) -> dict[str, Any]:
    """A sound scorecard as plain data, to be kept with what was scored by it. Raises
    FaultyFileError with all faults."""
    found = _document(name_or_path)
    _of_document(found)
    data: dict[str, Any] = dict(found.data)
    return data


def of_plain(data: Mapping[str, Any]) -> Scorecard:
    """A scorecard that was kept. Raises FaultyFileError with all faults."""
    return _of_document(Document("kept scorecard", data, {}))


def _document(name_or_path: str | Path) -> Document:
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in scorecards():
        path = LIBRARY / f"{name_or_path}.yaml"
    return load_yaml(path)


def _of_document(found: Document) -> Scorecard:
    shape = shaped(found, ScorecardShape)
    faults = list(_faults(found, shape))
    if faults:
        raise FaultyFileError(faults)
    return Scorecard(
        id=shape.id,
        version=shape.version,
        title=shape.title.zh,
        title_en=shape.title.en,
        pass_mark=shape.pass_mark,
        criteria=tuple(map(_criterion, shape.criteria)),
        risks=dict(shape.risks),
        short_s=shape.short_s,
        nightly=Nightly(**shape.nightly.model_dump()),
        appeal_days=shape.appeal_days,
    )


def _criterion(shape: CriterionShape) -> Criterion:
    return Criterion(
        id=shape.id,
        title=shape.title.zh,
        title_en=shape.title.en,
        weight=shape.weight,
        critical=shape.critical,
        made=shape.made,
        codes=tuple(shape.codes),
        source=shape.source,
    )


def _faults(found: Document, shape: ScorecardShape) -> Iterator[Fault]:
    """What the shape cannot tell."""
    seen: set[str] = set()
    for number, one in enumerate(shape.criteria):
        if one.id in seen:
            message = f"the criterion {one.id} stands here a second time: give it another id"
            yield found.fault("bad-rule", message, ("criteria", number, "id"), one.id)
        seen.add(one.id)
        for place, code in enumerate(one.codes):
            if code not in CODES:
                message = f"{code} is no question code: take one of {', '.join(sorted(CODES))}"
                where = ("criteria", number, "codes", place)
                yield found.fault("bad-value", message, where, one.id)
    for made in (Made.ROBOT, Made.AGENT):
        if not any(one.made in (Made.BOTH, made) and not one.codes for one in shape.criteria):
            message = (
                f"no criterion without codes is about {made} calls, so a call in which nothing was"
                " asked could not be scored: add one"
            )
            yield found.fault("bad-rule", message, ("criteria",))
