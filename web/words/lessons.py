"""What complaints teach: how measures stand, and the lists of them."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

STANDINGS: Names = {
    "decided": _("decided, not told"),
    "told": _("told, may appeal"),
    "appealed": _("contested"),
    "final": _("stands, not contested"),
    "upheld": _("contested, stands"),
    "lifted": _("lifted"),
}

#: What complaints are grouped by.
COMPLAINT_GROUPINGS: Names = {
    "kind": _("Kind of complaint"),
    "channel": _("How it came"),
    "product": _("Product"),
    "seller": _("Seller"),
    "branch": _("Branch"),
    "result": _("Result of the complaint"),
    "cause": _("Root cause"),
}

COMPLAINT_SOURCES: Names = {
    "hotline": _("Hotline"),
    "web": _("Website or app"),
    "letter": _("Letter"),
    "visit": _("Visit"),
    "partner": _("Partner"),
    "regulator": _("Passed on by the regulator"),
    "revisit": _("Our own call"),
}

COMPLAINT_ENDS: Names = {
    "upheld": _("Right in everything"),
    "partly": _("Right in part"),
    "rejected": _("Not right"),
    "settled": _("Settled with the customer"),
    "withdrawn": _("Withdrawn"),
    "refused": _("Not accepted"),
}

CLUSTER_LISTS: Names = {"open": _("Open alarms"), "closed": _("Closed alarms")}

MEASURE_LISTS: Names = {
    "to-tell": _("To be told"),
    "appealed": _("Appeals to decide"),
    "told": _("Told"),
    "ended": _("Appeals decided"),
}
