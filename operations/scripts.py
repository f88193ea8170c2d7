"""Scripts (话术) from the draft to the call: all that console and command line do with them. The
work is done in choose_script, releases and drafts."""

from operations.choose_script import (
    NoScript,
    ScriptTrouble,
    for_policy,
    in_force,
    todays,
)
from operations.drafts import (
    Draft,
    DraftChanged,
    FaultyDraft,
    approve,
    draft,
    drafts,
    propose,
    propose_text,
    save_draft,
    send_back,
    start_draft,
    withdraw,
)
from operations.releases import Event, Release, history, ids, named, releases, retire, text_of

__all__ = [
    "Draft",
    "DraftChanged",
    "Event",
    "FaultyDraft",
    "NoScript",
    "Release",
    "ScriptTrouble",
    "approve",
    "draft",
    "drafts",
    "for_policy",
    "history",
    "ids",
    "in_force",
    "named",
    "propose",
    "propose_text",
    "releases",
    "retire",
    "save_draft",
    "send_back",
    "start_draft",
    "text_of",
    "todays",
    "withdraw",
]
