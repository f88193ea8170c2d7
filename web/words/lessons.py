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

CORRECTION_LISTS: Names = {"open": _("To be put right"), "done": _("Put right")}

CLUSTER_LISTS: Names = {"open": _("Open alarms"), "closed": _("Closed alarms")}

MEASURE_LISTS: Names = {
    "to-tell": _("To be told"),
    "appealed": _("Appeals to decide"),
    "told": _("Told"),
    "ended": _("Appeals decided"),
}
