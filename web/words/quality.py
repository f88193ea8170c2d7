"""Quality work on whole calls: parts, marks, why a call is heard, groups that it was drawn from."""

from flask_babel import lazy_gettext as _

from web.words.names import Names
from web.words.policy import CHANNELS, PRODUCT_TYPES

PARTS: Names = {
    "first": _("First review"),
    "second": _("Second review, blind"),
    "third": _("Adjudication"),
    "calibration": _("Calibration"),
}

TASK_STATES: Names = {
    "open": _("To be heard"),
    "busy": _("Being heard"),
    "done": _("Review ended"),
}

SCORE_MARKS: Names = {
    "met": _("Met"),
    "missed": _("Missed"),
    "not-applicable": _("Does not apply"),
}

#: What is known of a call beyond chance (scripts.scorecards.Risk).
CALL_RISKS: Names = {
    "case": _("A problem case rests on it"),
    "disagreement": _("Live and recording differ"),
    "kept-yes": _("A yes was kept against the words"),
    "holder": _("A holder at risk"),
    "seller": _("A seller with several cases"),
    "short": _("Short for a completed call"),
    "agent": _("Made by a person"),
}

#: Groups of the regulator's sample; whatever is in none of its groups is "other".
STRATA: Names = {**CHANNELS, **PRODUCT_TYPES, "other": _("others")}

APPEAL_STATES: Names = {
    "waiting": _("Waiting for a decision"),
    "decided": _("Decided appeals"),
}

MATERIAL_STATES: Names = {
    "waiting": _("Waiting to be released"),
    "released": _("Released"),
    "kept-out": _("Kept out"),
}

PLAN_KINDS: Names = {
    "sample": _("Sample"),
    "calibration": _("Calibration round"),
}
