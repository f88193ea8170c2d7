"""Emergencies and drills: kinds, grades, stages, and what was done."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

EMERGENCY_KINDS: Names = {
    "disaster": _("Natural disaster"),
    "complaint": _("Customer's complaint"),
    "media": _("Media"),
    "officials": _("Officials"),
    "customer-hurt": _("Customer hurt or ill"),
    "staff-hurt": _("Employee hurt or ill"),
    "power-cut": _("Power cut"),
    "system-down": _("System failure"),
    "robbery": _("Robbery or kidnapping"),
    "crowd": _("Crowd at the counter"),
    "disturbance": _("Trouble made at the counter"),
    "mass-business": _("Concentrated surrenders"),
    "sit-in": _("Sit-in or demonstration"),
    "false-news": _("False news"),
}

GRADES: Names = {
    "1": _("Grade Ⅰ (gravest)"),
    "2": _("Grade Ⅱ (grave)"),
    "3": _("Grade Ⅲ (serious)"),
    "4": _("Grade Ⅳ (ordinary)"),
}

INCIDENT_STAGES: Names = {
    "reported": _("Reported"),
    "graded": _("Graded"),
    "plan-started": _("Plan started"),
    "handled": _("Handled"),
    "reported-up": _("Reported up"),
    "closed": _("Closed"),
}

INCIDENT_STATES: Names = {"open": _("Open"), **INCIDENT_STAGES}

#: What somebody can do, as the forms are called.
INCIDENT_DEEDS: Names = {
    "grade": _("Confirm or change the grade"),
    "count": _("Correct what is known"),
    "notify": _("Tell somebody above"),
    "start": _("Start the plan"),
    "spokesman": _("Name another spokesman"),
    "note": _("Note what happens"),
    "people": _("Name those who are there"),
    "rooms": _("Split the group into rooms"),
    "handle": _("It is handled"),
    "report-up": _("Report all of it"),
    "close": _("Close with the report"),
    "dismiss": _("No emergency"),
    "reopen": _("Open the incident again"),
}

#: What was done, as the record and the audit log call it; with ``incident-`` before it in the log.
INCIDENT_DID: Names = {
    "incident-report": _("Incident reported"),
    "incident-grade": _("Grade set"),
    "incident-count": _("Facts corrected"),
    "incident-notify": _("Somebody above told"),
    "incident-start": _("Emergency plan started"),
    "incident-spokesman": _("Spokesman named"),
    "incident-step": _("Step of the checklist"),
    "incident-note": _("Noted what happened"),
    "incident-people": _("People named"),
    "incident-rooms": _("Group split into rooms"),
    "incident-handle": _("Incident handled"),
    "incident-report-up": _("Incident reported up"),
    "incident-close": _("Incident closed"),
    "incident-dismiss": _("Found to be no emergency"),
    "incident-reopen": _("Incident opened again"),
    "incident-overdue": _("Nobody above was told in time"),
}

#: How much of a scenario's steps the source has kept.
KEPT: Names = {
    "whole": _("kept in the source"),
    "partly": _("the source breaks off"),
    "lost": _("the source has lost its steps"),
}

DRILL_STATES: Names = {
    "planned": _("Planned"),
    "running": _("Under way"),
    "ended": _("Ended"),
    "called-off": _("Called off"),
}

FACTS: Names = {
    "dead": _("Dead"),
    "injured": _("Injured by the event"),
    "taken_ill": _("Hurt by accident or taken ill"),
    "surrendering": _("Holders who surrender"),
    "amount": _("Abnormal surrenders, yuan"),
    "gathered": _("People who sit in or gather"),
    "counters": _("Counters hit by a disaster"),
}
