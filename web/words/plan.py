"""Why a policy is dialled or held back, and how its calling ends."""

from flask_babel import lazy_gettext as _

from web.words.names import Names
from web.words.talk import OUTCOMES

WHYS: Names = {
    "due": _("In the calling hours and due"),
    "promised": _("The customer was promised this time"),
    "at-risk": _("A customer to be rung earlier"),
    "open-case": _("A case waits for this call"),
    "other-number": _("Another number now"),
    "first-call-late": _("The first call should have been made by now"),
    "past-company-limit": _("The company's own limit has passed"),
    "after-period": _("After the period, as the rulebook allows"),
    "completed": _("Revisited already"),
    "stopped": _("A person goes on after the last call"),
    "attempts-exhausted": _("All attempts used up"),
    "not-accepted": _("Not to be dialled"),
    "wait-receipt": _("No signed receipt yet"),
    "special-revisit": _("An approved special revisit"),
    "handed-over": _("A branch revisits it"),
    "do-not-call": _("On the do-not-call list"),
    "no-number-left": _("No number left that can be rung"),
    "in-call": _("Being called"),
    "person-in-call": _("The holder, or the number, is in another call"),
    "first-call-not-before": _("First call later"),
    "retry-not-before": _("Waits before the next attempt"),
    "callback-at": _("Call back agreed"),
    "callback-before-deadline": _("Call back moved before the deadline"),
    "gap": _("Rung a moment ago"),
    "daily-limit": _("The holder was called often enough today"),
    "number-daily-limit": _("The number was rung often enough today"),
    "outside-hours": _("Outside the calling hours"),
    "cooling-off-over": _("Cooling-off period over"),
    "no-slot-before-deadline": _("No calling slot before the deadline"),
    "undecided": _("Being decided anew"),
}

#: How an attempt ended, in the finer words that decide what follows.
CAUSES: Names = {
    **OUTCOMES,
    "wrong-number": _("Wrong number"),
    "hung-up-early": _("Hung up before the identity was proved"),
    "hung-up": _("Hung up half way"),
}

#: Why a policy is no longer called.
CLOSINGS: Names = {
    **CAUSES,
    "cooling-off-over": _("Cooling-off period over"),
    "retries-exhausted": _("Tried as often as this end of a call allows"),
    "attempts-exhausted": _("All attempts used up"),
    "no-number-left": _("No number left that can be rung"),
    "branch-revisited": _("Revisited by the branch"),
    "surrendered": _("Surrendered"),
    "deceased": _("The holder has died"),
    "out-of-scope": _("Out of scope"),
}

#: What stands beside such a reason: how a call ended, or what an imported row became.
DETAILS: Names = {
    **CLOSINGS,
    "accept": _("Accepted"),
    "wait": _("Waiting for the receipt"),
    "screen": _("Screened"),
    "out-of-scope": _("Out of scope"),
}

#: The risk rules of the rulebooks that ship; an insurer's own are shown by the name they have.
RISKS: Names = {
    "senior-high-risk": _("65 or older with a high-risk product"),
    "paying-past-75": _("Pays on past the age of 75"),
    "senior": _("60 or older"),
}

#: Nightly marks on a policy that has not been revisited.
FOLLOW_UPS: Names = {
    "focus": _("To be followed up with care"),
    "visit": _("To be visited"),
}
