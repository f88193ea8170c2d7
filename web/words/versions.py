"""Versions and drafts of scripts: their states, and what a change is."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

RELEASE_STATES: Names = {
    "published": _("Published"),
    "retired": _("Retired"),
}

DRAFT_STATES: Names = {
    "open": _("Being edited"),
    "proposed": _("Waits for approval"),
    "sent-back": _("Sent back"),
    "approved": _("Approved"),
    "withdrawn": _("Withdrawn"),
}

#: What was done to a script.
DEEDS: Names = {
    "started": _("Draft begun"),
    "saved": _("Draft saved"),
    "proposed": _("Proposed"),
    "sent-back": _("Sent back"),
    "withdrawn": _("Withdrawn"),
    "approved": _("Published"),
    "retired": _("Retired"),
}

#: What kind of difference it is.
CHANGES: Names = {
    "item": _("What the law wants confirmed"),
    "removed": _("Question removed"),
    "added": _("Question added"),
    "asked-of": _("Asked of other policies"),
    "follows": _("What follows an answer"),
    "follows-care": _("What follows an answer, elderly"),
    "moved": _("Question moved"),
    "ending-removed": _("Ending removed"),
    "ending-added": _("Ending added"),
    "setting": _("Setting"),
    "text": _("Words"),
    "translation": _("Translation"),
    "hints": _("Expected phrases"),
}

#: What the list of scripts can be narrowed to.
SCRIPT_TRAITS: Names = {
    "drafts": _("with open drafts"),
    "faults": _("with faults"),
    "not-in-force": _("not in force"),
}

#: The parts of a checklist, by the heading that the sheet gives them.
CHECK_GROUPS: Names = {
    "法定事项": _("What the law lists"),
    "公司要求": _("What the company asks"),
    "服务规范": _("How the talk is led"),
}
