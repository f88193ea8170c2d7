"""What is heard and how a call goes: outcomes, labels, verdicts, the carrier's words."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

OUTCOMES: Names = {
    "completed": _("Completed"),
    "not-holder": _("Not the holder"),
    "identity-failed": _("Identity not proved"),
    "callback": _("Call back later"),
    "refused": _("Revisit refused"),
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

STATUSES: Names = {
    "confirmed": _("Confirmed"),
    "resolved": _("Resolved by explanation"),
    "denied": _("Denied"),
    "unsure": _("Not sure"),
    "refused": _("Refused"),
    "explain": _("Asks for explanation"),
    "complaint": _("Complaint"),
    "unclear": _("Unclear"),
    "silent": _("Silent"),
    "not-asked": _("Not asked"),
}

VIAS: Names = {
    "speech": _("Spoken"),
    "keys": _("By key"),
    "agent": _("Marked by an agent"),
    "none": _("Nothing heard"),
}

REQUESTS: Names = {
    "repeat": _("asked to repeat"),
    "slower": _("asked to speak slower"),
    "person": _("asked for a person"),
}

SOURCES: Names = {
    "live": _("Heard live"),
    "recording": _("Heard in the recording"),
    "review": _("Heard by a reviewer"),
    "typed": _("Typed by the agent"),
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
    "machine": _("A machine"),
    "machine_start": _("A machine"),
    "machine_end_beep": _("Voicemail, after the tone"),
    "machine_end_silence": _("Voicemail"),
    "machine_end_other": _("Voicemail"),
    "fax": _("A fax"),
    "unknown": _("Unknown"),
}

EVENTS: Names = {
    "imported": _("Policy imported"),
    "dialled": _("Dialled"),
    "status": _("Carrier"),
    "recording": _("Recording announced"),
    "recorded": _("Recording"),
    "ended": _("Call ended"),
    "callback": _("Call back agreed for"),
    "opened": _("Case opened"),
    "due": _("Deadline"),
}

RECORDINGS: Names = {
    "announced": _("Waiting for the audio"),
    "stored": _("Waiting to be heard"),
    "heard": _("Heard"),
    "unreadable": _("Unreadable"),
    "absent": _("No recording"),
    "deleted": _("Deleted after its time"),
}

REASONS: Names = {
    "disagreement": _("Live and recording differ"),
    "sample": _("Drawn at random"),
    "kept-yes": _("A yes was kept against the words"),
    "reviewer": _("A reviewer heard it otherwise"),
}

REVIEW_STATES: Names = {
    "waiting": _("Waiting"),
    "decided": _("Decided"),
    "all": _("All"),
}

#: Who had heard what a reviewer heard.
RIGHT: Names = {
    "live": _("live hearing was right"),
    "recorded": _("the recording was right"),
    "both": _("both were right"),
    "neither": _("neither was right"),
}
