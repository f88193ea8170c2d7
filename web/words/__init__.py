"""The names under which the console shows what the code calls by an English word. One table per
kind of word; a value that a table does not know is shown as it is."""

from collections.abc import Mapping

from web.words.case import CASE_STATES, CLASSES, FAMILIES, KINDS, LIGHTS
from web.words.names import Names
from web.words.plan import DETAILS, WHYS
from web.words.policy import CHANNELS, FREQUENCIES, PRODUCT_TYPES
from web.words.script import CODES, CONDITIONS, SLOTS
from web.words.talk import (
    ANSWERED_BY,
    CARRIER,
    EVENTS,
    LABELS,
    OUTCOMES,
    REASONS,
    RECORDINGS,
    REQUESTS,
    REVIEW_STATES,
    RIGHT,
    SOURCES,
    STATUSES,
    VIAS,
)

#: Template filter -> its table.
TABLES: Mapping[str, Names] = {
    "outcome": OUTCOMES,
    "label": LABELS,
    "class_name": CLASSES,
    "code": CODES,
    "status": STATUSES,
    "product_type": PRODUCT_TYPES,
    "channel": CHANNELS,
    "frequency": FREQUENCIES,
    "recording": RECORDINGS,
    "light": LIGHTS,
    "case_state": CASE_STATES,
    "carrier": CARRIER,
    "answered_by": ANSWERED_BY,
    "via": VIAS,
    "request_word": REQUESTS,
    "source": SOURCES,
    "event": EVENTS,
    "reason": REASONS,
    "review_state": REVIEW_STATES,
    "right": RIGHT,
    "family": FAMILIES,
    "kind": KINDS,
    "why": WHYS,
    "detail": DETAILS,
    "slot": SLOTS,
    "condition": CONDITIONS,
}


def word(table: str, value: str | None) -> str:
    """The name of a value in the language of the page; the value itself where there is none."""
    if not value:
        return ""
    name = TABLES[table].get(value)
    return value if name is None else str(name)
