"""What a script speaks of: question codes, slots, conditions."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

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

#: What a slot of a script says.
SLOTS: Names = {
    "company.name": _("the company"),
    "company.phone": _("the company's phone"),
    "holder.name": _("the holder's name"),
    "holder.title": _("Mr or Ms"),
    "callback.time": _("the time to call back"),
    "policy.number": _("the policy number"),
    "policy.product": _("the product"),
    "policy.issued_on": _("the day of issue"),
    "policy.premium": _("the premium"),
    "policy.frequency": _("how often"),
    "policy.cover_period": _("the cover period"),
    "policy.payment_period": _("the payment period"),
    "policy.next_due_on": _("the next due date"),
    "receipt.signed_on": _("the day of the receipt"),
    "cooling_off.days": _("the days of cooling-off"),
    "cooling_off.starts_on": _("the first day of cooling-off"),
    "cooling_off.ends_on": _("the last day of cooling-off"),
    "insured.name": _("the insured's name"),
    "seller.name": _("the seller's name"),
    "bank.branch": _("the bank's branch"),
    "contact.address": _("the address"),
    "contact.phone_tail": _("the last four digits of the phone"),
}

#: What a condition of a script asks.
CONDITIONS: Names = {
    "instalments": _("premiums are paid in instalments"),
    "insured_is_holder": _("the insured is the holder"),
    "double_recorded": _("the sale was recorded on video"),
    "elderly": _("the holder is 60 or older"),
    "in_cooling_off": _("the cooling-off period runs"),
    "address_known": _("the address is known"),
    "phone_known": _("the phone is known"),
    "seller_known": _("the seller is known"),
    "next_due_known": _("the next due date is known"),
    "payment_period_known": _("the payment period is known"),
    "verified": _("the identity was verified"),
    "timed": _("a time was given"),
    "doubts": _("a doubt was heard"),
    "product_type": _("product type"),
    "channel": _("sales channel"),
    "frequency": _("way of paying"),
}
