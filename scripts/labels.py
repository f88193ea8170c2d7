"""The words for what a customer's answer can be, and the question codes. No logic beyond the
order."""

from enum import StrEnum


class Label(StrEnum):
    """What an answer is, relative to the proposition that was asked (domain.md 4.1)."""

    NOT_HOLDER = "not-holder"
    COMPLAINT = "complaint"
    CALLBACK = "callback"
    REFUSE = "refuse"
    EXPLAIN = "explain"
    DENY = "deny"
    UNSURE = "unsure"
    UNCLEAR = "unclear"
    SILENCE = "silence"
    AFFIRM = "affirm"


#: One utterance may carry several labels; the first in this order is its label, the others are
#: kept beside it. Identity first, and a yes only when nothing else was said.
PRIORITY: tuple[Label, ...] = tuple(Label)

#: Every question code a script may use. A question's id is a code, or a code, a dot and a part:
#: LIABILITY, LIABILITY.exclusions, LIABILITY.term.
CODES: frozenset[str] = frozenset(
    {
        "ID_PRESENT", "ID_VERIFY", "CONSENT", "AWARE", "RECEIPT", "PREMIUM", "SIGN_APP",
        "SIGN_TIP", "CONFIRM_FORM", "DISCLOSE", "READ", "LIABILITY", "HESITATION",
        "SURRENDER_LOSS", "FEES", "NONGUAR", "RECORDED", "TRUE_WILL", "CONTACT", "SMS",
        "SATISFACTION", "SUGGEST", "CHANNELS", "CLOSING",
    }
)  # fmt: skip


def code_of(question_id: str) -> str:
    """The code of a question id: ``LIABILITY.term`` -> ``LIABILITY``."""
    return question_id.partition(".")[0]
