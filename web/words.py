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
    "issued": _("Handed out"),
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
    "keys": _("By key"),
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

REASONS: Names = {
    "disagreement": _("Live and recording differ"),
}

#: Families (类别) and kinds of cases as the standard rulebook names them; an insurer's own rulebook
#: may have others, which are shown as it writes them.
FAMILIES: Names = {
    "投诉类": _("Complaint"),
    "销售误导类": _("Misselling"),
    "代签字类": _("Signed by somebody else"),
    "未收到合同": _("Policy not received"),
    "疑似误导类": _("Possible misunderstanding of the sale"),
    "沟通解释类": _("Explanation needed"),
    "核实类": _("To be checked"),
    "已纠正类": _("Corrected in the call"),
}

KINDS: Names = {
    "客户投诉或要求退保": _("The customer complains or wants to surrender"),
    "客户反映销售误导": _("The customer reports misselling"),
    "双录或回答不是真实意思表示": _("The recorded sale or the answers were not their own will"),
    "投保单、保单回执等重要投保资料代签字": _("Important papers signed by somebody else"),
    "代抄录风险提示语": _("Risk notice copied by somebody else"),
    "未收到合同": _("Policy not received"),
    "不知是保险，认为是存款或赠送保险，未纠正": _("Takes it for a deposit or a gift, not corrected"),
    "不清楚投保提示、保险责任或责任免除，未纠正": _("Unclear about notice, cover or exclusions, not corrected"),
    "不清楚犹豫期权益或退保损失，未纠正": _("Unclear about cooling-off or loss on surrender, not corrected"),
    "不清楚交费年限或保险期限，未纠正": _("Unclear about payment or cover period, not corrected"),
    "不清楚收益不确定性，未纠正": _("Unclear that returns are not guaranteed, not corrected"),
    "不清楚费用扣除项目、比例或金额，未纠正": _("Unclear about fees, not corrected"),
    "记不清是否为代签字": _("Does not remember who signed"),
    "未如实告知或说不清": _("Did not disclose truthfully, or is unsure"),
    "未接受录音录像或说不清": _("Sale not recorded, or unsure"),
    "联系地址或电话需要变更": _("Address or phone must be changed"),
    "回答不明确或要求进一步解释": _("Answer unclear, or more explanation wanted"),
    "电话有误": _("Wrong phone number"),
    "重复号码": _("Shared phone number"),
    "拒访": _("Revisit refused"),
    "保单信息有误": _("Policy data wrong"),
    "语言沟通不畅": _("Language barrier"),
    "联系不上投保人": _("Holder cannot be reached"),
    "不知是保险，认为是存款或赠送保险，已纠正": _("Took it for a deposit or a gift, corrected"),
    "不清楚投保提示、保险责任或责任免除，已纠正": _("Was unclear about notice, cover or exclusions, corrected"),
    "不清楚犹豫期权益或退保损失，已纠正": _("Was unclear about cooling-off or loss on surrender, corrected"),
    "不清楚交费年限或保险期限，已纠正": _("Was unclear about payment or cover period, corrected"),
    "不清楚收益不确定性，已纠正": _("Was unclear that returns are not guaranteed, corrected"),
    "不清楚费用扣除项目、比例或金额，已纠正": _("Was unclear about fees, corrected"),
    "其他疑问，已解释清楚": _("Another doubt, explained"),
}

WHYS: Names = {
    "due": _("In the calling hours and due"),
    "completed": _("Revisited already"),
    "stopped": _("A person goes on after the last call"),
    "attempts-exhausted": _("All attempts used up"),
    "not-accepted": _("Not to be dialled"),
    "wait-receipt": _("No signed receipt yet"),
    "in-call": _("Being called"),
    "first-call-not-before": _("First call later"),
    "retry-not-before": _("Waits before the next attempt"),
    "callback-at": _("Call back agreed"),
    "daily-limit": _("Called often enough today"),
    "outside-hours": _("Outside the calling hours"),
    "cooling-off-over": _("Cooling-off period over"),
    "no-slot-before-deadline": _("No calling slot before the deadline"),
}

#: What stands beside such a reason: an outcome, or what an imported row became.
DETAILS: Names = {
    **OUTCOMES,
    "accept": _("Accepted"),
    "wait": _("Waiting for the receipt"),
    "screen": _("Screened"),
    "out-of-scope": _("Out of scope"),
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
    "event": EVENTS,
    "reason": REASONS,
    "family": FAMILIES,
    "kind": KINDS,
    "why": WHYS,
    "detail": DETAILS,
}


def word(table: str, value: str | None) -> str:
    """The name of a value in the language of the page; the value itself where there is none."""
    if not value:
        return ""
    name = TABLES[table].get(value)
    return value if name is None else str(name)
