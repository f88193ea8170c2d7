"""How the calling is steered: dialling, forecast, hand-overs, special revisits, blocks, jobs."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

DIALLING: Names = {
    "running": _("Running"),
    "paused": _("Paused"),
    "broken": _("Stopped by itself"),
}

DIALLING_DEEDS: Names = {
    "paused": _("Paused"),
    "resumed": _("Resumed"),
    "broken": _("Stopped by itself"),
    "agents": _("Agents on duty"),
}

#: What the next call waits for.
PACES: Names = {
    "paused": _("Dialling is paused"),
    "broken": _("Too many orders failed in a row"),
    "calls-at-once": _("All lines are in use"),
    "no-agent": _("No agent is free to take a call over"),
    "calls-a-second": _("The carrier takes no more calls this second"),
}

#: What is short for a policy at risk.
SHORTS: Names = {
    "too-few-lines": _("Too few lines"),
    "too-few-slots": _("Too few calls fit before the deadline"),
    "hard-to-reach": _("Hard to reach"),
    "no-number": _("No number that may be rung"),
}

WAYS: Names = {
    "branch-call": _("Call by the branch"),
    "letter": _("Letter"),
    "visit": _("Visit"),
}

HANDINGS: Names = {
    "proposed": _("Suggested"),
    "waiting": _("Waiting for a list"),
    "issued": _("With the branch"),
    "done": _("Revisited"),
    "failed": _("Not revisited"),
    "withdrawn": _("Taken back"),
}

#: Why a hand-over was opened, beside the causes for which calling stops.
HANDING_WHYS: Names = {
    "forecast": _("The forecast"),
    "special-revisit": _("An approved special revisit"),
    "nightly-visit": _("Marked to be visited overnight"),
}

SPECIALS: Names = {
    "applied": _("Waiting for a decision"),
    "approved": _("Approved"),
    "refused": _("Turned down"),
    "withdrawn": _("Taken back"),
    "done": _("Revisited"),
}

#: Grounds of a special revisit (002-k 三).
GROUNDS: Names = {
    "group": _("Group insurance taken out by the holder's unit"),
    "family": _("Family relations that make a call unfit"),
    "agreed": _("A special sale that the sales unit knows and vouches for"),
}

BLOCK_STATES: Names = {
    "standing": _("In force"),
    "all": _("All"),
}

#: Timed jobs; docs/timetable.md says more about each.
JOBS: Names = {
    "lead": _("Keep one worker in the lead"),
    "plan": _("Decide anew what is due"),
    "place-calls": _("Place calls"),
    "look-for-abandoned": _("Look for calls whose worker is gone"),
    "ask-about-silent-calls": _("Ask the carrier about calls without news"),
    "left-interviews": _("End interviews that were left"),
    "retry-sweep": _("Find policies that the plan has missed"),
    "fetch-recordings": _("Fetch recordings"),
    "ask-for-missing-recordings": _("Ask the carrier for missing recordings"),
    "hear-recordings": _("Hear recordings"),
    "key-figures": _("Count the key figures"),
    "key-figures-nightly": _("Count the key figures of the past year"),
    "monthly-report": _("Make the monthly report"),
    "deadlines": _("Close policies whose period is over"),
    "case-notices": _("Send mails about late cases"),
    "case-alarms": _("Mark cases near or past their limit"),
    "incident-alarms": _("Tell which emergencies were not reported in time"),
    "complaint-alarms": _("Mark complaints near or past a limit"),
    "correction-alarms": _("Tell which corrections are over their day"),
    "complaint-clusters": _("Look for clusters of complaints"),
    "nightly-rules": _("Mark policies to be followed up"),
    "forecast": _("Forecast the days to come"),
    "quality-sample": _("Draw calls for the reviewers"),
    "retention": _("Delete recordings whose time is over"),
    "complaint-report": _("Make the report about complaints"),
    "handover-lists": _("Make the branches' hand-over lists"),
}

#: What a job cannot do without.
NEEDS: Names = {
    "nothing": _("nothing"),
    "a carrier": _("a carrier"),
    "a recogniser": _("a recogniser"),
    "a mail server": _("a mail server"),
}
