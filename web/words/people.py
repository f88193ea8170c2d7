"""Roles, what they may do, and what the audit log notes."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

ROLES: Names = {
    "agent": _("Call agent"),
    "branch": _("Branch handler"),
    "reviewer": _("Quality reviewer"),
    "supervisor": _("Supervisor"),
    "compliance": _("Compliance"),
    "admin": _("Administrator"),
}

ACTIONS: Names = {
    "own-account": _("One's own account"),
    "see-today": _("See today's numbers"),
    "see-queue": _("See the queue"),
    "see-policy": _("See a policy"),
    "see-calls": _("See calls"),
    "listen": _("Listen to recordings"),
    "unmask": _("See full numbers"),
    "export": _("Take lists out"),
    "interview": _("Interview customers"),
    "follow-up": _("Follow up requests"),
    "see-cases": _("See problem cases"),
    "work-cases": _("Work on problem cases"),
    "assign-cases": _("Assign problem cases"),
    "review-cases": _("Check the work on problem cases"),
    "review": _("Review calls"),
    "adjudicate": _("Decide between reviewers"),
    "plan-reviews": _("Draw samples and calibration rounds"),
    "appeal": _("Appeal against a score"),
    "decide-appeals": _("Decide appeals"),
    "revisit-otherwise": _("Revisit otherwise than by phone"),
    "decide-otherwise": _("Decide on other revisits"),
    "block-calls": _("Block calls"),
    "steer": _("Steer the dialling"),
    "see-forecast": _("See the forecast"),
    "see-kpis": _("See key figures"),
    "see-scripts": _("See scripts"),
    "write-scripts": _("Write scripts"),
    "approve-scripts": _("Approve scripts"),
    "evidence": _("Take out evidence packages"),
    "see-audit": _("See the audit log"),
    "manage-accounts": _("Manage accounts"),
}

AUDITED: Names = {
    "signed-in": _("Signed in"),
    "unmasked": _("Saw full numbers"),
    "listened": _("Listened"),
    "exported": _("Took a list out"),
    "paper": _("Saw a paper"),
    "work-order": _("Printed a work order"),
    "letter": _("Made a letter"),
    "evidence": _("Took an evidence package out"),
    "sample-drawn": _("Drew a sample for the reviewers"),
    "calibration-began": _("Began a calibration round"),
    "call-scored": _("Reviewed a call"),
    "appealed": _("Appealed against a review"),
    "appeal-granted": _("Granted an appeal"),
    "appeal-refused": _("Turned an appeal down"),
    "words-released": _("Released a customer's words for the lexicon"),
    "words-kept-out": _("Kept a customer's words out of the lexicon"),
    "account-added": _("Added an account"),
    "account-changed": _("Changed an account"),
    "account-locked": _("Locked an account"),
    "account-unlocked": _("Unlocked an account"),
    "password-reset": _("Gave a new password"),
    "password-changed": _("Chose a password"),
    "codes-on": _("Uses one-time codes"),
}
