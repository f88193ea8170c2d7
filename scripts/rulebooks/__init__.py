"""One insurer's rules as data: classes and kinds of cases, deadlines, retry rules, calling hours.
Loads and checks them; decides nothing."""

from scripts.rulebooks.model import (
    Calendar,
    Calling,
    CaseClass,
    CoolingOff,
    Deadline,
    Family,
    FirstCall,
    FirstCallFrom,
    Kind,
    Retry,
    Rulebook,
    StartRule,
    Trigger,
)
from scripts.rulebooks.reader import load, read, rulebooks

__all__ = [
    "Calendar",
    "Calling",
    "CaseClass",
    "CoolingOff",
    "Deadline",
    "Family",
    "FirstCall",
    "FirstCallFrom",
    "Kind",
    "Retry",
    "Rulebook",
    "StartRule",
    "Trigger",
    "load",
    "read",
    "rulebooks",
]
