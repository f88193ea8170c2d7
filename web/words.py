"""The names under which the console shows what the code calls by an English word. One table per
kind of word; a value that a table does not know is shown as it is."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Names = Mapping[str, LazyString]

OUTCOMES: Names = {
    "completed": _("Completed"),
    "not-holder": _("Not the holder"),
    "identity-failed": _("Identity not proved"),
    "callback": _("Call back later"),
    "refused": _("Refused"),
    "unaware": _("Knows of no insurance"),
    "not-received": _("Policy not received"),
    "transferred": _("Handed to a person"),
    "complaint": _("Complaint"),
    "language": _("Language barrier"),
    "silent": _("Silent"),
    "hung-up": _("Hung up half way"),
    "busy": _("Busy"),
    "no-answer": _("No answer"),
    "switched-off": _("Switched off"),
    "unreachable": _("Out of reach"),
    "suspended": _("Number suspended"),
    "empty-number": _("Number does not exist"),
    "voicemail": _("Voicemail"),
    "failed": _("Could not be placed"),
    "canceled": _("Canceled"),
    "error": _("System fault"),
}

LABELS: Names = {
    "affirm": _("Yes"),
    "deny": _("No"),
    "unsure": _("Not sure"),
    "refuse": _("Refuses"),
    "not-holder": _("Not the holder"),
    "callback": _("Later"),
    "unclear": _("Unclear"),
    "explain": _("Asks for explanation"),
    "complaint": _("Complains"),
    "silence": _("Silence"),
}

CLASSES: Names = {
    "标准件": _("Standard"),
    "次标准件": _("Near-standard"),
    "问题件": _("Problem"),
    "核实件": _("To be verified"),
}

CODES: Names = {
    "ID_PRESENT": _("Holder on the line"),
    "ID_VERIFY": _("Identity check"),
    "CONSENT": _("Recording notice"),
    "AWARE": _("Knows of the insurance"),
    "RECEIPT": _("Policy received"),
    "PREMIUM": _("Premium and payment"),
    "SIGN_APP": _("Own signature on the application"),
    "SIGN_TIP": _("Own signature on the risk notice"),
    "CONFIRM_FORM": _("Rights confirmation signed"),
    "DISCLOSE": _("Truthful disclosure"),
    "READ": _("Product papers read"),
    "LIABILITY": _("Cover, exclusions and term"),
    "HESITATION": _("Cooling-off period"),
    "SURRENDER_LOSS": _("Loss on surrender"),
    "FEES": _("Fees"),
    "NONGUAR": _("Returns not guaranteed"),
    "RECORDED": _("Sale was recorded"),
    "TRUE_WILL": _("True will"),
    "CONTACT": _("Contact data"),
    "SMS": _("Text messages"),
    "SATISFACTION": _("Satisfaction"),
    "SUGGEST": _("Suggestions"),
    "CHANNELS": _("Service channels"),
    "CLOSING": _("Closing"),
}

STATUSES: Names = {
    "denied": _("Denied"),
    "unsure": _("Not sure"),
    "resolved": _("Resolved by explanation"),
    "confirmed": _("Confirmed"),
    "refused": _("Refused"),
    "unanswered": _("Not answered"),
    "unclear": _("Unclear"),
    "complaint": _("Complaint"),
}

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

RECORDINGS: Names = {
    "announced": _("Waiting for the audio"),
    "stored": _("Waiting to be heard"),
    "heard": _("Heard"),
    "unreadable": _("Unreadable"),
    "absent": _("No recording"),
}

LIGHTS: Names = {
    "normal": _("In time"),
    "warning": _("Warning"),
    "overdue": _("Overdue"),
}

CASE_STATES: Names = {
    "open": _("Open"),
    "issued": _("Issued"),
    "closed": _("Closed"),
}

CARRIER: Names = {
    "queued": _("Queued"),
    "initiated": _("Dialling"),
    "ringing": _("Ringing"),
    "in-progress": _("Picked up"),
    "answered": _("Picked up"),
    "completed": _("Call over"),
    "busy": _("Busy"),
    "no-answer": _("No answer"),
    "failed": _("Failed"),
    "canceled": _("Canceled"),
}

ANSWERED_BY: Names = {
    "human": _("A person"),
    "machine_start": _("A machine"),
    "machine_end_beep": _("Voicemail, after the tone"),
    "machine_end_silence": _("Voicemail"),
    "machine_end_other": _("Voicemail"),
    "fax": _("A fax"),
    "unknown": _("Unknown"),
}

VIAS: Names = {
    "speech": _("Spoken"),
    "keys": _("Keys"),
    "agent": _("Marked by an agent"),
    "none": _("Nothing heard"),
}

REQUESTS: Names = {
    "repeat": _("asked to repeat"),
    "slower": _("asked to speak slower"),
    "person": _("asked for a person"),
}

ATTEMPT_STATES: Names = {
    "planned": _("Planned"),
    "placing": _("Being placed"),
    "placed": _("On the line"),
    "ended": _("Ended"),
}

SOURCES: Names = {
    "live": _("Heard live"),
    "recording": _("Heard in the recording"),
}

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
    "attempt_state": ATTEMPT_STATES,
    "source": SOURCES,
}


def word(table: str, value: str | None) -> str:
    """The name of a value in the language of the page; the value itself where there is none."""
    if not value:
        return ""
    name = TABLES[table].get(value)
    return value if name is None else str(name)
