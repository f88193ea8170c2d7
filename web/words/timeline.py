"""What happens to a policy, as its time line says it."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

HAPPENED: Names = {
    "imported": _("Imported"),
    "receipt-signed": _("Receipt signed"),
    "reopened": _("Data mended, called anew"),
    "dialled": _("Dialled"),
    "ended": _("Call ended"),
    "judged": _("Judged"),
    "read": _("Recording heard"),
    "reviewed": _("Reviewed"),
    "review-withdrawn": _("Review withdrawn"),
    "case-opened": _("Case opened"),
    "case-closed": _("Case closed by itself"),
    "case-assign": _("Case assigned"),
    "case-contact": _("Holder contacted"),
    "case-attach": _("Paper attached"),
    "case-conclude": _("Conclusion written"),
    "case-review": _("Case reviewed"),
    "case-send-back": _("Case sent back"),
    "case-book": _("Second revisit booked"),
    "case-unbook": _("Second revisit called off"),
    "case-close": _("Case closed"),
    "case-reopen": _("Case opened again"),
    "case-passed": _("Second revisit passed"),
    "case-failed": _("Second revisit failed"),
    "case-warning": _("Case near its limit"),
    "case-overdue": _("Case overdue"),
    "special-applied": _("Special revisit applied for"),
    "special-approved": _("Special revisit approved"),
    "special-refused": _("Special revisit refused"),
    "special-withdrawn": _("Special revisit withdrawn"),
    "special-done": _("Special revisit done"),
    "handover-opened": _("Hand-over proposed"),
    "handover-issued": _("Handed over to the branch"),
    "handover-done": _("Revisited by the branch"),
    "handover-failed": _("Not revisited by the branch"),
    "handover-withdrawn": _("Hand-over taken back"),
    "statement": _("Statement about being late"),
    "request": _("Customer's request"),
    "request-done": _("Request done"),
    "complaint-received": _("Complaint received"),
    "complaint-answered": _("Complaint answered"),
    "complaint-ended": _("Complaint ended"),
    "taken": _("Taken by an agent, put back"),
}

IN_TIME: Names = {"in-time": _("in time"), "late": _("too late")}

IMPORTED_AS: Names = {
    "accept": _("to be revisited"),
    "wait": _("waits for the receipt"),
    "screen": _("held back"),
    "out-of-scope": _("out of scope"),
}
