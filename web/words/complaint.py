"""Complaints: states, what is done to them, how they come, and their clocks."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

COMPLAINT_STATES: Names = {
    "received": _("Received"),
    "triaged": _("Triaged"),
    "registered": _("Entered in the register"),
    "assigned": _("Passed on"),
    "investigating": _("Investigating"),
    "proposed": _("Solution proposed"),
    "approved": _("Approved"),
    "implemented": _("Carried out"),
    "answered": _("Answered"),
    "followed-up": _("Followed up"),
    "closed": _("Closed and filed"),
    "reopened": _("Open again"),
    "withdrawn": _("Withdrawn by the complainant"),
    "refused": _("Not accepted"),
    "merged": _("Merged"),
}

COMPLAINT_DEEDS: Names = {
    "take-in": _("Taken in"),
    "triage": _("Judge what it is about"),
    "identify": _("Verify the identity"),
    "register": _("Register it"),
    "acknowledge": _("Tell that it is accepted"),
    "assign": _("Pass it on"),
    "talk": _("Record of a talk"),
    "attach": _("Add a paper"),
    "investigate": _("Write what was found"),
    "propose": _("Propose a solution"),
    "approve": _("Approve the proposal"),
    "send-back": _("Send back"),
    "implement": _("Carried out as decided"),
    "answer": _("Tell the decision"),
    "book": _("Book the follow-up revisit"),
    "follow-up": _("Follow-up by hand"),
    "cause": _("Root cause and correction"),
    "close": _("Close the file"),
    "reopen": _("Open again"),
    "withdraw": _("Withdrawn by the complainant"),
    "refuse": _("Not accept it"),
    "merge": _("Merge into another"),
    "split": _("Go on by itself"),
    "new-facts": _("New facts"),
    "stop": _("Stop the clock"),
    "resume": _("Let the clock go on"),
    "ask-extension": _("Ask for more days"),
    "grant-extension": _("Decide about more days"),
    "tell-extension": _("Tell of more days"),
    "ask-review": _("A review is asked for"),
    "answer-review": _("Answer the review"),
    "not-reached": _("The follow-up revisit reached nobody"),
    "group": _("Found to be one of a group"),
    "warning": _("A limit comes near"),
    "overdue": _("A limit has passed"),
    "corrected": _("Put right"),
    "correction-overdue": _("The correction is late"),
}

COMPLAINT_CHANNELS: Names = {
    "hotline": _("Hotline"),
    "web": _("Website or app"),
    "letter": _("Letter"),
    "visit": _("Visit to us"),
    "partner": _("Partner"),
    "regulator": _("Passed on by the regulator"),
    "revisit": _("Our own call"),
}

RELATIONS: Names = {
    "holder": _("Holder"),
    "insured": _("Insured"),
    "beneficiary": _("Beneficiary"),
    "heir": _("Heir"),
    "other": _("Somebody else"),
}

COMPLEXITIES: Names = {"simple": _("Simple"), "complex": _("Complex")}

RESULTS: Names = {
    "upheld": _("Right in everything"),
    "partly": _("Right in part"),
    "rejected": _("Not right"),
    "settled": _("Settled with the customer"),
    "withdrawn": _("Withdrawn by the complainant"),
    "refused": _("Not accepted"),
}

CLOCKS: Names = {
    "promise": _("First contact (our promise)"),
    "law": _("Answer (the law)"),
    "misselling": _("Answer about the sale (the law)"),
    "forward": _("Passed on by the regulator (Art. 33)"),
    "sender": _("Answer the sender asks for"),
}

HANDS: Names = {
    "off": _("not needed"),
    "running": _("running"),
    "stopped": _("stopped"),
    "kept": _("kept"),
    "late": _("done too late"),
}

NOTICE_FORMS: Names = {
    "hand": _("By hand"),
    "mail": _("By mail"),
    "sms": _("By SMS"),
    "email": _("By e-mail"),
    "phone": _("By telephone"),
}

NOTICE_KINDS: Names = {
    "acknowledgement": _("Accepted, with the expected day"),
    "extension": _("More days"),
    "stop": _("The clock is stopped"),
    "refusal": _("Not accepted"),
    "decision": _("The decision"),
    "review": _("Answer to the review"),
}

STOPPINGS: Names = {"appraisal": _("Appraisal"), "mediation": _("Mediation")}

COMPLAINT_PAPERS: Names = {
    "identity": _("Identity document"),
    "authorisation": _("Authorisation signed by own hand"),
    "proxy-identity": _("The proxy's identity document"),
    "heir": _("Proof of being an heir"),
    "talk": _("Signed record of a talk"),
    "evidence": _("Evidence"),
    "letter": _("Letter as it was sent"),
    "proof": _("Proof that a notice arrived"),
    "other": _("Other paper"),
}

#: What a form asks for, as the operations name it.
COMPLAINT_FIELDS: Names = {
    "what was put right": _("what was put right"),
    "an option": _("An option"),
    "how the identity was verified": _("How the identity was verified"),
    "the basis": _("Basis: clauses and law"),
    "the correction": _("What is put right"),
    "the course of events": _("Course of events"),
    "the demand": _("Demand"),
    "the facts": _("Facts found"),
    "the matter of the complaint": _("Matter"),
    "the name of the complainant": _("Complainant"),
    "the name of the visitor": _("Visitor"),
    "the new facts": _("The new facts"),
    "the proof": _("Proof"),
    "the reasons": _("Reasons"),
    "the root cause": _("Why it came to this"),
    "the unit": _("Unit"),
    "what came of it": _("What came of it"),
    "what is demanded": _("What is demanded"),
    "what is done": _("What will be done"),
    "what the complainant said": _("What the complainant said"),
    "what the complainant writes": _("What the complainant writes"),
    "what the customer said": _("What the customer said"),
    "what was done": _("What was done, or that nothing had to be"),
    "what was found": _("What was found"),
    "what was told": _("What was told"),
}

LINKS: Names = {
    "policy": _("same policy"),
    "holder": _("same holder"),
    "phone": _("same telephone"),
    "seller": _("same seller within a month"),
}
