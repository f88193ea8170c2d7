"""Key figures: what they count, what they are grouped by, and the English names of those that the
shipped rulebooks define. The Chinese names are the rulebook's own."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

COUNTABLES: Names = {
    "due": _("policies that must be revisited"),
    "valid-due": _(
        "policies that must be revisited, with a valid receipt date and no surrender in the period"
    ),
    "first-done-in-period": _(
        "policies whose first revisit was completed in the period, problems and visits included"
    ),
    "success": _("policies revisited with success"),
    "success-in-period": _("policies revisited with success in the period"),
    "phone-success": _("policies revisited by phone with success"),
    "phone-success-in-period": _("policies revisited by phone with success in the period"),
    "completed": _("policies whose revisit was completed"),
    "clean": _("revisits without a doubt"),
    "problems": _("revisits with a problem"),
    "unsuccessful": _("policies given up without success"),
    "visits": _("revisits by a visit"),
    "letters": _("revisits by letter"),
    "cases-issued": _("cases issued"),
    "cases-closed": _("issued cases that were closed"),
    "cases-closed-in-time": _("issued cases that were closed in time"),
    "running": _("still in their period"),
}

KPI_NAMES: Names = {
    "in-period": _("Revisited in the period"),
    "completion": _("Revisits completed"),
    "phone-in-period": _("Revisited by phone in the period"),
    "success": _("Revisited with success"),
    "problems": _("Share of problems"),
    "closed": _("Cases closed"),
    "closed-in-time": _("Cases closed in time"),
    "visits": _("Visits in person"),
    "phone-success": _("Success by phone"),
}

GROUPINGS: Names = {
    "branch": _("Branch"),
    "channel": _("Channel"),
    "product": _("Product"),
    "seller": _("Seller"),
    "script": _("Script version"),
}

SPANS: Names = {
    "1": _("one month"),
    "3": _("three months"),
    "12": _("twelve months"),
}

#: How near the end of the period is, for the queue on the board.
DUES: Names = {
    "over": _("past its deadline"),
    "today": _("ends today"),
    "tomorrow": _("ends tomorrow"),
    "week": _("within a week"),
    "later": _("later"),
    "none": _("no deadline yet"),
}
