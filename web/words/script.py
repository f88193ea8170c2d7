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
    "caller.role": _("who speaks"),
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
    "matter.words": _("what the case or complaint is about"),
    "matter.reported_on": _("the day it was reported"),
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
    "bank_known": _("the bank's branch is known"),
    "matter_known": _("the matter is known"),
    "matter_dated": _("the day of the matter is known"),
    "resumed": _("the call goes on where an earlier one stopped"),
    "doubted": _("a doubt was heard about"),
    "holder_age": _("the holder's age"),
    "days_since_issue": _("days since issue"),
    "payment_years_plus_age": _("payment years plus age"),
}

#: What a script is for.
PURPOSES: Names = {
    "revisit": _("Revisit"),
    "second": _("Second revisit"),
    "complaint": _("Follow-up of a complaint"),
}

#: By which way it is asked.
MEDIA: Names = {
    "phone": _("By phone"),
    "visit": _("Face to face"),
    "letter": _("By letter"),
}

#: What an answer comes to, as the table of what follows names it.
ANSWERS: Names = {
    "affirm": _("Yes"),
    "deny": _("No"),
    "unsure": _("Not sure"),
    "explain": _("Asks for explanation"),
    "unclear": _("Unclear"),
    "refuse": _("Refuses"),
    "callback": _("Later"),
    "complaint": _("Complains"),
    "not-holder": _("Not the holder"),
    "no-such-person": _("No such person"),
    "deceased": _("Has died"),
    "silence": _("Silence"),
    "repeat": _("asked to repeat"),
    "slower": _("asked to speak slower"),
    "person": _("asked for a person"),
    "timed": _("names a time"),
}

#: What the conversation does next.
MOVES: Names = {
    "next": _("on to the next question"),
    "explain": _("explain and ask again"),
    "again": _("ask again in plainer words"),
    "repeat": _("say it once more"),
    "slowly": _("ask again slowly"),
}

#: How grave a fault is.
SEVERITIES: Names = {
    "error": _("Error"),
    "warning": _("Warning"),
}

#: The languages a script may be spoken in.
TONGUES: Names = {
    "zh-CN": _("Chinese"),
    "zh": _("Chinese"),
    "en": _("English"),
    "yue": _("Cantonese"),
}

#: What the law wants confirmed, by the name that a question's item carries.
ITEMS: Names = {
    "1": _("the holder in person"),
    "2-purchase": _("the purchase"),
    "2-holder": _("the holder's signature"),
    "2-insured": _("the insured's signature"),
    "3-description": _("the product description read"),
    "3-tips": _("the risk notice read"),
    "4-liability": _("the cover"),
    "4-exclusions": _("the exclusions"),
    "4-term": _("the term"),
    "5": _("the loss on surrender"),
    "6-start": _("the start of cooling-off"),
    "6-length": _("the length of cooling-off"),
    "6-rights": _("the rights in cooling-off"),
    "7-period": _("the payment period"),
    "7-frequency": _("the way of paying"),
    "recorded": _("the recording of the sale"),
    "true-will": _("the true will"),
    "nonguar": _("returns not guaranteed"),
    "fees": _("the fees"),
    "fee-rates": _("the rates of the fees"),
    "may-lose": _("that money may be lost"),
    "cancel-right": _("the right to cancel when misled"),
    "outcome": _("content with the outcome"),
    "demands": _("new demands"),
    "signature": _("the signature on paper"),
}

#: The keys of a script file.
FIELDS: Names = {
    "id": _("Id"),
    "version": _("Version"),
    "title": _("Title"),
    "source": _("Source"),
    "purpose": _("Purpose"),
    "medium": _("Medium"),
    "for": _("For which policies"),
    "language": _("Language"),
    "voice": _("Voice"),
    "opening": _("Opening"),
    "opening_by_person": _("Opening by a person"),
    "finish": _("Ending after the last question"),
    "exhausted": _("Ending after too many turns"),
    "phrases.unclear": _("When not understood"),
    "phrases.silence": _("When nothing is heard"),
    "phrases.keys": _("About the keys"),
    "phrases.keys_reversed": _("About the keys where no is good"),
    "limits.turns": _("Most turns"),
    "limits.spoken_s": _("Longest text in seconds"),
    "care.from_age": _("Care from this age on"),
    "care.slow": _("Slower for the elderly"),
    "care.wait_s": _("Seconds for an answer, elderly"),
    "kind": _("Kind"),
    "item": _("Item"),
    "says": _("What is said"),
    "again": _("Asked again"),
    "says_by_person": _("Said by a person"),
    "explain": _("Explained"),
    "when": _("Asked when"),
    "polarity": _("Which answer is good"),
    "expects": _("Expected phrases"),
    "keys": _("Keys to wait for"),
    "wait_s": _("Seconds for an answer"),
    "barge_in": _("May be talked over"),
    "slow": _("Spoken slowly"),
    "outcome": _("Outcome"),
    "hand_over": _("Calls a person"),
    "otherwise": _("Outcome when nobody comes"),
    "sorry": _("Said when nobody comes"),
}
