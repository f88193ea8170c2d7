"""Every table, so that the metadata is whole whoever imports one of them."""

from store.tables.announcements import Announcement
from store.tables.base import Base
from store.tables.calls import Attempt, Call, CallEvent, ScriptVersion, Turn
from store.tables.cases import Case, Finding, QualityItem
from store.tables.hearing import Hearing, Reading, ReadingVersion, Recording
from store.tables.lexicon import LexiconVersion
from store.tables.policies import Import, Policy
from store.tables.reviews import Draw, Review

__all__ = [
    "Announcement",
    "Attempt",
    "Base",
    "Call",
    "CallEvent",
    "Case",
    "Draw",
    "Finding",
    "Hearing",
    "Import",
    "LexiconVersion",
    "Policy",
    "QualityItem",
    "Reading",
    "ReadingVersion",
    "Recording",
    "Review",
    "ScriptVersion",
    "Turn",
]
