"""The agent's desk: marks, requests, ways and states."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

MARKS: Names = {
    "explain": _("wants an explanation"),
    "complaint": _("complains, wants out"),
    "refuse": _("refuses"),
    "callback": _("later, busy now"),
    "not-holder": _("is not the holder"),
    "no-such-person": _("no such person here"),
    "deceased": _("the holder has died"),
    "unclear": _("not understandable"),
    "silence": _("says nothing"),
    "repeat": _("say it again"),
}

WANTED: Names = {
    "address": _("Change of address"),
    "phone": _("Change of phone number"),
    "complaint": _("Complaint"),
    "surrender": _("Wants to cancel the policy"),
    "other": _("Something else"),
}

DESK_WAYS: Names = {
    "other-phone": _("on another phone"),
    "carrier": _("through the carrier"),
    "transfer": _("handed over by the robot"),
}
