"""Why a policy is dialled or held back."""

from flask_babel import lazy_gettext as _

from web.words.names import Names
from web.words.talk import OUTCOMES

WHYS: Names = {
    "due": _("In the calling hours and due"),
    "completed": _("Revisited already"),
    "stopped": _("A person goes on after the last call"),
    "attempts-exhausted": _("All attempts used up"),
    "not-accepted": _("Not to be dialled"),
    "wait-receipt": _("No signed receipt yet"),
    "planned": _("Queued, about to be dialled"),
    "in-call": _("Being called"),
    "first-call-not-before": _("First call later"),
    "retry-not-before": _("Waits before the next attempt"),
    "callback-at": _("Call back agreed"),
    "callback-before-deadline": _("Call back moved before the deadline"),
    "gap": _("Rung a moment ago"),
    "daily-limit": _("Called often enough today"),
    "outside-hours": _("Outside the calling hours"),
    "cooling-off-over": _("Cooling-off period over"),
    "no-slot-before-deadline": _("No calling slot before the deadline"),
}

#: What stands beside such a reason: an outcome, or what an imported row became.
DETAILS: Names = {
    **OUTCOMES,
    "accept": _("Accepted"),
    "wait": _("Waiting for the receipt"),
    "screen": _("Screened"),
    "out-of-scope": _("Out of scope"),
}
