"""The values that go into a reading and come out of it. No logic."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scripts.facts import Frequency
from scripts.heard import Request
from scripts.labels import Label


@dataclass(frozen=True, slots=True)
class Record:
    """What an answer is compared with; None where the record does not say."""

    birth: date | None = None
    id_tail: str | None = None  # last four of the identity number, X in capitals
    premium: Decimal | None = None  # yuan, per payment
    instalments: bool | None = None  # 期缴
    payment_years: int | None = None
    frequency: Frequency | None = None
    cooling_off_days: int | None = None
    cover_years: int | None = None  # for a cover counted in years
    cover_age: int | None = None  # for a cover up to an age (至70岁)
    cover_life: bool | None = None  # whether the cover is for life (终身)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for the label."""

    label: Label
    rule: str  # stable id of the line of data or the step that decided
    words: str  # the words that decided
    distance: float  # pinyin distance of a repaired homophone; 0 when heard exactly


@dataclass(frozen=True, slots=True)
class Reading:
    """How one answer was read. ``also``: the other labels the utterance carries. ``value``: an ISO
    time for a callback, the ISO date or digits given to ID_VERIFY, ``deceased`` or
    ``no-such-person`` for somebody who is not the holder."""

    label: Label
    also: tuple[Label, ...]
    words: str
    normalised: str
    why: tuple[Why, ...]
    request: Request | None = None
    value: str | None = None
