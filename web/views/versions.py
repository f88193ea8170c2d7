"""By whom a call's recording was heard and read: every engine, every lexicon, and where each says
something else than the reading that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.console.calls import WholeCall
from store.tables import Hearing, Reading, ReadingVersion
from web.masks import mask_text


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of the readings. ``unlike`` is how many answers it reads otherwise than the one
    that counts."""

    engine: str
    hearing: str  # version of the way from audio to words
    lexicon: int
    fingerprint: str
    at: datetime
    counts: bool
    unlike: int


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What another version made of one answer."""

    engine: str
    lexicon: int
    words: str
    label: str


def versions_of(found: WholeCall) -> list[VersionView]:
    """Every version of a call's readings, the one that counts first, then the newest."""
    views = [
        VersionView(
            engine=hearing.engine,
            hearing=hearing.version,
            lexicon=version.lexicon,
            fingerprint=version.fingerprint,
            at=version.made_at,
            counts=version is _counting(found),
            unlike=len(_unlike(found, version)),
        )
        for hearing, version in _all(found)
    ]
    return sorted(views, key=lambda one: (not one.counts, -one.at.timestamp()))


def otherwise_of(found: WholeCall) -> Mapping[int, list[Otherwise]]:
    """Turn -> what other versions made of the answer, where that differs from what counts."""
    unlike: dict[int, list[Otherwise]] = {}
    for hearing, version in _all(found):
        for reading in _unlike(found, version):
            words = mask_text(reading.words)
            one = Otherwise(hearing.engine, version.lexicon, words, reading.label)
            unlike.setdefault(reading.turn_number, []).append(one)
    return unlike


def _all(found: WholeCall) -> list[tuple[Hearing, ReadingVersion]]:
    return [(hearing, version) for hearing in found.hearings for version in hearing.versions]


def _counting(found: WholeCall) -> ReadingVersion | None:
    return found.hearing.read_by if found.hearing else None


def _unlike(found: WholeCall, version: ReadingVersion) -> list[Reading]:
    """Its readings that have another label than those that count."""
    counting = found.hearing.readings if found.hearing else []
    labels = {reading.turn_number: reading.label for reading in counting}
    return [
        reading
        for reading in version.readings
        if labels.get(reading.turn_number, reading.label) != reading.label
    ]
