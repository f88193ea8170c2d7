"""Names of what a script speaks of: question codes, slots, conditions and their values, items of
the law. Tables only."""

from collections.abc import Mapping

#: Chinese and English, by what the code calls it.
Names = Mapping[str, tuple[str, str]]

CODES: Names = {
    "ID_PRESENT": ("本人接听", "Holder on the line"),
    "ID_VERIFY": ("核实身份", "Identity check"),
    "CONSENT": ("录音告知", "Recording notice"),
    "AWARE": ("知悉投保", "Knows of the insurance"),
    "RECEIPT": ("收到合同", "Policy received"),
    "PREMIUM": ("保费与交费", "Premium and payment"),
    "SIGN_APP": ("投保单亲笔签名", "Signed the application"),
    "SIGN_TIP": ("提示书亲笔签名", "Signed the risk notice"),
    "CONFIRM_FORM": ("权益确认书签名", "Rights confirmation signed"),
    "DISCLOSE": ("如实告知", "Truthful disclosure"),
    "READ": ("阅读产品材料", "Product papers read"),
    "LIABILITY": ("责任、免除与期间", "Cover, exclusions, term"),
    "HESITATION": ("犹豫期", "Cooling-off period"),
    "SURRENDER_LOSS": ("退保损失", "Loss on surrender"),
    "FEES": ("费用扣除", "Fees"),
    "NONGUAR": ("收益不保证", "Returns not guaranteed"),
    "RECORDED": ("双录", "Sale was recorded"),
    "TRUE_WILL": ("真实意愿", "True will"),
    "CONTACT": ("联系方式", "Contact data"),
    "SMS": ("短信服务", "Text messages"),
    "SATISFACTION": ("满意度", "Satisfaction"),
    "SUGGEST": ("意见建议", "Suggestions"),
    "CHANNELS": ("服务渠道", "Service channels"),
    "CLOSING": ("结束语", "Closing"),
}

SLOTS: Names = {
    "company.name": ("公司名称", "the company"),
    "caller.role": ("机器人或回访人员", "who speaks"),
    "company.phone": ("公司电话", "the company's phone"),
    "holder.name": ("投保人姓名", "the holder's name"),
    "holder.title": ("先生／女士", "Mr or Ms"),
    "callback.time": ("回电时间", "the time to call back"),
    "policy.number": ("保单号码", "the policy number"),
    "policy.product": ("产品名称", "the product"),
    "policy.issued_on": ("承保日", "the day of issue"),
    "policy.premium": ("保险费金额", "the premium"),
    "policy.frequency": ("交费方式", "how often"),
    "policy.cover_period": ("保险期间", "the cover period"),
    "policy.payment_period": ("交费期间", "the payment period"),
    "policy.next_due_on": ("下次应缴日", "the next due date"),
    "receipt.signed_on": ("签收日", "the day of the receipt"),
    "cooling_off.days": ("犹豫期天数", "the days of cooling-off"),
    "cooling_off.starts_on": ("犹豫期起始日", "the first day of cooling-off"),
    "cooling_off.ends_on": ("犹豫期截止日", "the last day of cooling-off"),
    "insured.name": ("被保险人姓名", "the insured's name"),
    "seller.name": ("业务员姓名", "the seller's name"),
    "bank.branch": ("银行网点", "the bank's branch"),
    "contact.address": ("联系地址", "the address"),
    "contact.phone_tail": ("电话尾号", "the last four digits of the phone"),
    "matter.words": ("所反映的问题", "the matter"),
    "matter.reported_on": ("反映问题的日期", "the day the matter was reported"),
}

CONDITIONS: Names = {
    "instalments": ("期交", "premiums in instalments"),
    "insured_is_holder": ("被保险人就是投保人", "the insured is the holder"),
    "double_recorded": ("已双录", "the sale was recorded on video"),
    "elderly": ("投保人年满60周岁", "the holder is 60 or older"),
    "in_cooling_off": ("在犹豫期内", "the cooling-off period runs"),
    "address_known": ("有联系地址", "the address is known"),
    "phone_known": ("有联系电话", "the phone is known"),
    "seller_known": ("有业务员姓名", "the seller is known"),
    "bank_known": ("有银行网点", "the bank's branch is known"),
    "next_due_known": ("有下次应缴日", "the next due date is known"),
    "payment_period_known": ("有交费期间", "the payment period is known"),
    "matter_known": ("已知所反映的问题", "the matter is known"),
    "matter_dated": ("已知反映问题的日期", "the day of the matter is known"),
    "resumed": ("接着上次没打完的电话", "the call goes on where an earlier one stopped"),
    "verified": ("身份已核实", "the identity was verified"),
    "timed": ("客户给出了时间", "a time was given"),
    "doubts": ("客户有疑问", "a doubt was heard"),
    "product_type": ("产品类型", "product type"),
    "channel": ("销售渠道", "sales channel"),
    "frequency": ("缴费频率", "way of paying"),
    "doubted": ("通话中有疑问的题目", "a doubt was heard about"),
    "holder_age": ("投保人年龄", "the holder's age"),
    "days_since_issue": ("承保后天数", "days since issue"),
    "payment_years_plus_age": ("交费年限与年龄之和", "payment years plus age"),
}

#: What a condition says when it is denied, where 非 before the name would be no Chinese.
DENIED: Names = {
    "instalments": ("趸交", "a single premium"),
    "insured_is_holder": ("被保险人不是投保人", "the insured is not the holder"),
    "double_recorded": ("没有双录", "the sale was not recorded on video"),
    "elderly": ("投保人不满60周岁", "the holder is under 60"),
    "in_cooling_off": ("已过犹豫期", "the cooling-off period is over"),
    "address_known": ("没有联系地址", "the address is not known"),
    "phone_known": ("没有联系电话", "the phone is not known"),
    "seller_known": ("没有业务员姓名", "the seller is not known"),
    "bank_known": ("没有银行网点", "the bank's branch is not known"),
    "next_due_known": ("没有下次应缴日", "the next due date is not known"),
    "payment_period_known": ("没有交费期间", "the payment period is not known"),
    "matter_known": ("不知所反映的问题", "the matter is not known"),
    "matter_dated": ("不知反映问题的日期", "the day of the matter is not known"),
    "resumed": ("从头开始的电话", "the call starts from the beginning"),
    "verified": ("身份未核实", "the identity was not verified"),
    "timed": ("客户没有给出时间", "no time was given"),
    "doubts": ("客户没有疑问", "no doubt was heard"),
}

#: The unit after the number of a condition.
UNITS: Names = {
    "holder_age": ("周岁", "years"),
    "days_since_issue": ("天", "days"),
    "payment_years_plus_age": ("年", "years"),
}

VALUES: Mapping[str, Names] = {
    "product_type": {
        "traditional": ("传统型", "traditional"),
        "participating": ("分红型", "participating"),
        "universal": ("万能型", "universal"),
        "unit-linked": ("投连型", "unit-linked"),
        "health": ("健康险", "health"),
    },
    "channel": {
        "agent": ("个险", "agents"),
        "bank": ("银保", "bank"),
        "broker": ("经代", "brokers"),
        "telesales": ("电销", "telesales"),
        "online": ("网销", "online"),
    },
    "frequency": {
        "single": ("趸交", "single premium"),
        "yearly": ("年交", "yearly"),
        "half-yearly": ("半年交", "half-yearly"),
        "quarterly": ("季交", "quarterly"),
        "monthly": ("月交", "monthly"),
    },
    "doubted": CODES,
}

#: The items of the law in English; their Chinese titles stand beside the check.
ITEMS_EN: Mapping[str, str] = {
    "1": "the holder in person",
    "2-purchase": "bought the insurance",
    "2-holder": "holder's signature",
    "2-insured": "insured's signature",
    "3-description": "product description",
    "3-tips": "risk notice",
    "4-liability": "cover",
    "4-exclusions": "exclusions",
    "4-term": "cover period",
    "5": "loss on surrender",
    "6-start": "cooling-off start",
    "6-length": "cooling-off length",
    "6-rights": "cooling-off rights",
    "7-period": "payment period",
    "7-frequency": "payment frequency",
    "recorded": "sale was recorded",
    "true-will": "true will",
    "nonguar": "not guaranteed",
    "fees": "fees",
    "fee-rates": "fee rates",
    "may-lose": "may lose money",
    "cancel-right": "right to cancel",
    "outcome": "satisfied with the outcome",
    "demands": "new demands",
    "signature": "signature on paper",
}
