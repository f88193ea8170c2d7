"""Every table, so that the metadata is whole whoever imports one of them."""

from store.tables.base import Base
from store.tables.calls import Attempt, Call, CallEvent, ScriptVersion, Turn
from store.tables.cases import Case, Finding, QualityItem
from store.tables.hearing import Hearing, Reading, Recording
from store.tables.policies import Import, Policy

__all__ = [
    "Attempt",
    "Base",
    "Call",
    "CallEvent",
    "Case",
    "Finding",
    "Hearing",
    "Import",
    "Policy",
    "QualityItem",
    "Reading",
    "Recording",
    "ScriptVersion",
    "Turn",
]
