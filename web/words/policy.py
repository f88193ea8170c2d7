"""What a policy is: products, channels, ways of paying."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

PRODUCT_TYPES: Names = {
    "traditional": _("Traditional"),
    "participating": _("Participating"),
    "universal": _("Universal"),
    "unit-linked": _("Unit-linked"),
    "health": _("Health"),
}

CHANNELS: Names = {
    "agent": _("Agents"),
    "bank": _("Bank"),
    "broker": _("Brokers"),
    "telesales": _("Telesales"),
    "online": _("Online"),
}

FREQUENCIES: Names = {
    "single": _("Single premium"),
    "yearly": _("Yearly"),
    "half-yearly": _("Half-yearly"),
    "quarterly": _("Quarterly"),
    "monthly": _("Monthly"),
}
