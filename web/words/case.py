"""Problem cases: classes, families and kinds as the standard rulebook names them."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

CLASSES: Names = {
    "标准件": _("Standard"),
    "次标准件": _("Near-standard"),
    "问题件": _("Problem"),
    "核实件": _("To be verified"),
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

#: Where the work on a case stands.
CASE_STAGES: Names = {
    "issued": _("To be assigned"),
    "assigned": _("Assigned"),
    "contacted": _("Contacted"),
    "evidence": _("Awaiting check"),
    "reviewed": _("Checked"),
    "booked": _("Second revisit"),
    "closed": _("Closed"),
}

CASE_DEEDS: Names = {
    "assign": _("Assign"),
    "contact": _("Note a talk"),
    "attach": _("Add a paper"),
    "conclude": _("Write the opinion"),
    "review": _("Approve the work"),
    "send-back": _("Send back"),
    "book": _("Book the second revisit"),
    "unbook": _("Cancel the second revisit"),
    "close": _("Close the case"),
    "reopen": _("Open again"),
}

PAPERS: Names = {
    "signed": _("Paper signed by the holder"),
    "receipt": _("Signed receipt"),
    "changed": _("Form of a change"),
    "other": _("Other paper"),
}

PROOFS: Names = {
    "opinion": _("opinion of the handler"),
    "answer": _("talk with the holder"),
    "signed": _("paper signed by the holder"),
    "signed-receipt": _("signed receipt"),
    "changed": _("form of a change"),
    "recalled": _("second revisit passed"),
}

#: Whose cases a list shows, and in which order.
WHOSE: Names = {"mine": _("Mine"), "nobody": _("Nobody's")}
ORDERS: Names = {"order": _("by the rulebook's order")}

#: Families (类别) and kinds of cases as the standard rulebook names them; an insurer's own rulebook
#: may have others, which are shown as it writes them.
FAMILIES: Names = {
    "投诉类": _("Complaints"),
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
    "不知是保险，认为是存款或赠送保险，未纠正": _(
        "Takes it for a deposit or a gift, not corrected"
    ),
    "不清楚投保提示、保险责任或责任免除，未纠正": _(
        "Unclear about notice, cover or exclusions, not corrected"
    ),
    "不清楚犹豫期权益或退保损失，未纠正": _(
        "Unclear about cooling-off or loss on surrender, not corrected"
    ),
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
    "系统原因未完成": _("Not finished through a fault of ours"),
    "不知是保险，认为是存款或赠送保险，已纠正": _("Took it for a deposit or a gift, corrected"),
    "不清楚投保提示、保险责任或责任免除，已纠正": _(
        "Was unclear about notice, cover or exclusions, corrected"
    ),
    "不清楚犹豫期权益或退保损失，已纠正": _(
        "Was unclear about cooling-off or loss on surrender, corrected"
    ),
    "不清楚交费年限或保险期限，已纠正": _("Was unclear about payment or cover period, corrected"),
    "不清楚收益不确定性，已纠正": _("Was unclear that returns are not guaranteed, corrected"),
    "不清楚费用扣除项目、比例或金额，已纠正": _("Was unclear about fees, corrected"),
    "其他疑问，已解释清楚": _("Another doubt, explained"),
}
