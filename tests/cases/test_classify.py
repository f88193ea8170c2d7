"""What each answer, and each end of an attempt, makes of a call by the standard rulebook: the kinds
of domain.md 1.10.1 and their order of 1.10.2."""

from dataclasses import replace

import pytest

from cases.classify import Ended, classify, kind_of_finding, kinds_of_end
from cases.findings import Finding
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.rulebooks import Rulebook
from scripts.verdicts import Status
from tests.cases.conftest import finding

STANDARD, SUB, PROBLEM, VERIFY = "标准件", "次标准件", "问题件", "核实件"

#: question, status, doubts heard -> class, kind. None: nobody has to act.
ANSWERS: list[tuple[str, str, str, str | None, str | None]] = [
    ("LIABILITY", "complaint", "", PROBLEM, "complaint"),
    ("CONTACT", "complaint", "", PROBLEM, "complaint"),
    ("ID_PRESENT", "complaint", "", PROBLEM, "complaint"),
    ("HESITATION.rights", "resolved", "complaint", PROBLEM, "complaint"),
    ("SIGN_APP", "denied", "", PROBLEM, "signed-by-other"),
    ("SIGN_APP.insured", "denied", "", PROBLEM, "signed-by-other"),
    ("CONFIRM_FORM", "denied", "", PROBLEM, "signed-by-other"),
    ("SIGN_TIP", "denied", "", PROBLEM, "tip-by-other"),
    ("RECEIPT", "denied", "", VERIFY, "not-received"),
    ("SIGN_APP", "resolved", "deny", PROBLEM, "signature-unsure"),
    ("SIGN_TIP", "resolved", "deny", PROBLEM, "signature-unsure"),
    ("SIGN_APP", "resolved", "unsure", SUB, "other-corrected"),
    ("SIGN_APP", "unsure", "", PROBLEM, "signature-unsure"),
    ("SIGN_TIP", "silent", "", PROBLEM, "signature-unsure"),
    ("SIGN_APP", "refused", "", PROBLEM, "signature-unsure"),
    ("TRUE_WILL", "denied", "", PROBLEM, "taught-answers"),
    ("TRUE_WILL", "unsure", "", PROBLEM, "not-recorded"),
    ("RECORDED", "denied", "", PROBLEM, "not-recorded"),
    ("DISCLOSE", "denied", "", PROBLEM, "not-disclosed"),
    ("DISCLOSE", "unclear", "", PROBLEM, "not-disclosed"),
    ("CONTACT", "denied", "", PROBLEM, "contact-wrong"),
    ("CONTACT.phone", "denied", "", PROBLEM, "contact-wrong"),
    ("AWARE", "denied", "", PROBLEM, "not-insurance"),
    ("READ", "denied", "", PROBLEM, "liability"),
    ("READ.tips", "unsure", "", PROBLEM, "liability"),
    ("LIABILITY.exclusions", "denied", "", PROBLEM, "liability"),
    ("LIABILITY.term", "denied", "", PROBLEM, "liability"),
    # who asks for a person, is not understood or says nothing has denied nothing
    ("AWARE", "explain", "", PROBLEM, "other-unclear"),
    ("READ.tips", "unclear", "", PROBLEM, "other-unclear"),
    ("LIABILITY.term", "explain", "", PROBLEM, "other-unclear"),
    ("LIABILITY.exclusions", "silent", "", PROBLEM, "other-unclear"),
    ("HESITATION.length", "unclear", "", PROBLEM, "other-unclear"),
    ("SURRENDER_LOSS", "silent", "", PROBLEM, "other-unclear"),
    ("NONGUAR.universal", "explain", "", PROBLEM, "other-unclear"),
    ("FEES", "silent", "", PROBLEM, "other-unclear"),
    # who will not answer has been asked
    ("AWARE", "refused", "", PROBLEM, "not-insurance"),
    ("HESITATION.rights", "refused", "", PROBLEM, "cooling-off"),
    ("HESITATION.start", "denied", "", PROBLEM, "cooling-off"),
    ("SURRENDER_LOSS", "unsure", "", PROBLEM, "cooling-off"),
    ("PREMIUM.period", "denied", "", PROBLEM, "periods"),
    ("PREMIUM", "silent", "", PROBLEM, "other-unclear"),
    ("PREMIUM", "unsure", "", PROBLEM, "periods"),
    ("NONGUAR.universal", "denied", "", PROBLEM, "returns"),
    ("FEES", "denied", "", PROBLEM, "fees"),
    ("RECEIPT", "unsure", "", PROBLEM, "other-unclear"),
    ("SATISFACTION", "denied", "", PROBLEM, "other-unclear"),
    ("CLOSING", "explain", "", PROBLEM, "other-unclear"),
    ("AWARE", "resolved", "deny", SUB, "not-insurance-corrected"),
    ("READ", "resolved", "unsure", SUB, "liability-corrected"),
    ("LIABILITY.exclusions", "resolved", "deny", SUB, "liability-corrected"),
    ("HESITATION.rights", "resolved", "deny", SUB, "cooling-off-corrected"),
    ("SURRENDER_LOSS", "resolved", "explain", SUB, "cooling-off-corrected"),
    ("PREMIUM.frequency", "resolved", "deny", SUB, "periods-corrected"),
    ("NONGUAR.participating", "resolved", "deny", SUB, "returns-corrected"),
    ("FEES", "resolved", "unsure", SUB, "fees-corrected"),
    ("RECEIPT", "resolved", "unsure", SUB, "other-corrected"),
    ("DISCLOSE", "resolved", "deny", SUB, "other-corrected"),
    # silence after the last question, or an unclear remark, is nobody's problem
    ("CLOSING", "silent", "", None, None),
    ("SATISFACTION", "unclear", "", None, None),
]

#: outcome, value of the last answer, attempts used up -> class, kind
ENDS: list[tuple[str, str | None, bool, str | None, str | None]] = [
    ("completed", None, False, STANDARD, None),
    ("complaint", None, False, PROBLEM, "complaint"),
    ("not-received", None, False, VERIFY, "not-received"),
    ("refused", None, False, VERIFY, "refused"),
    ("unaware", None, False, VERIFY, "refused"),
    ("identity-failed", None, False, VERIFY, "data-wrong"),
    ("not-holder", "no-such-person", False, VERIFY, "wrong-phone"),
    ("not-holder", None, False, None, None),
    ("not-holder", "2026-11-19T15:00:00+08:00", False, None, None),
    ("not-holder", None, True, VERIFY, "not-reached"),
    ("empty-number", None, False, VERIFY, "wrong-phone"),
    ("suspended", None, False, VERIFY, "wrong-phone"),
    ("language", None, False, VERIFY, "language"),
    ("transferred", None, False, PROBLEM, "other-unclear"),
    ("error", None, False, VERIFY, "not-finished"),
    *((word, None, False, None, None) for word in ("busy", "no-answer", "voicemail")),
    *((word, None, True, VERIFY, "not-reached") for word in ("busy", "switched-off", "hung-up")),
]


@pytest.mark.parametrize(("question", "status", "doubt", "class_name", "kind"), ANSWERS)
def test_an_answer(
    rulebook: Rulebook,
    question: str,
    status: str,
    doubt: str,
    class_name: str | None,
    kind: str | None,
) -> None:
    doubts = (doubt,) if doubt else ()
    headline = classify([finding(question, status, *doubts)], None, rulebook)

    assert (headline.case_class.name if headline else None) == class_name
    assert (headline.kind.id if headline and headline.kind else None) == kind


@pytest.mark.parametrize(("outcome", "value", "exhausted", "class_name", "kind"), ENDS)
def test_an_end(
    rulebook: Rulebook,
    outcome: str,
    value: str | None,
    exhausted: bool,
    class_name: str | None,
    kind: str | None,
) -> None:
    headline = classify([], Ended(Outcome(outcome), value, exhausted), rulebook)

    assert (headline.case_class.name if headline else None) == class_name
    assert (headline.kind.id if headline and headline.kind else None) == kind


def test_the_tables_reach_every_trigger(rulebook: Rulebook) -> None:
    """A rulebook with this trigger alone must judge one of the rows above the same."""
    answers = [(finding(q, s, *([d] if d else [])), kind) for q, s, d, _, kind in ANSWERS]
    ends = [(Ended(Outcome(o), v), kind) for o, v, used_up, _, kind in ENDS if not used_up]
    for trigger in rulebook.triggers:
        alone = replace(rulebook, triggers=(trigger,))
        reached = [
            *(kind for one, kind in answers if kind_of_finding(one, alone) == kind),
            *(kind for one, kind in ends if kinds_of_end(one, alone) == [kind]),
        ]
        assert trigger.kind_id in reached, trigger


def test_a_kind_that_nothing_leads_to_is_known(rulebook: Rulebook) -> None:
    """Some kinds come from elsewhere: a list's screening, a person's judgement."""
    led_to = {trigger.kind_id for trigger in rulebook.triggers} | {rulebook.exhausted_kind}

    assert {kind.id for kind in rulebook.kinds} - led_to == {"reported-misselling", "shared-phone"}


@pytest.mark.parametrize("outcome", ["completed", "hung-up", "refused"])
def test_a_finding_outweighs_a_good_end(rulebook: Rulebook, outcome: str) -> None:
    headline = classify([finding("SIGN_APP", "denied")], Ended(Outcome(outcome)), rulebook)

    assert headline is not None
    assert headline.kind is not None
    assert headline.kind.id == "signed-by-other"


@pytest.mark.parametrize(
    ("questions", "kind"),
    [
        (["READ:denied", "LIABILITY:complaint"], "complaint"),
        (["AWARE:denied", "TRUE_WILL:denied"], "taught-answers"),
        (["AWARE:denied", "SIGN_TIP:denied"], "tip-by-other"),
        (["SIGN_TIP:denied", "SIGN_APP:denied"], "signed-by-other"),
        (["SIGN_APP:denied", "TRUE_WILL:denied"], "taught-answers"),
        (["AWARE:denied", "RECEIPT:denied"], "not-received"),
        (["RECEIPT:denied", "SIGN_APP:denied"], "signed-by-other"),
        (["CONTACT:denied", "FEES:unsure"], "fees"),
        (["LIABILITY:explain", "FEES:unsure"], "fees"),
        (["FEES:denied", "PREMIUM:denied", "LIABILITY:unsure"], "liability"),
        (["AWARE:resolved", "CONTACT:denied"], "contact-wrong"),
        (["FEES:resolved", "READ:resolved"], "liability-corrected"),
    ],
)
def test_the_gravest_gives_the_headline(
    rulebook: Rulebook, questions: list[str], kind: str
) -> None:
    found = [finding(*one.split(":")) for one in questions]

    for order in (found, found[::-1]):
        headline = classify(order, Ended(Outcome.COMPLETED), rulebook)
        assert headline is not None
        assert headline.kind is not None
        assert headline.kind.id == kind


def test_our_own_fault_does_not_hide_what_was_said(rulebook: Rulebook) -> None:
    headline = classify([finding("SIGN_APP", "denied")], Ended(Outcome.ERROR), rulebook)

    assert headline is not None
    assert headline.kind is not None
    assert headline.kind.id == "signed-by-other"


def test_a_finding_before_the_end_of_an_attempt_outweighs_it(rulebook: Rulebook) -> None:
    """疑似误导 is graver than 拒访; 已纠正 is not."""
    ended = Ended(Outcome.REFUSED)
    grave = classify([finding("AWARE", "denied")], ended, rulebook)
    settled = classify([finding("AWARE", "resolved")], ended, rulebook)

    assert grave is not None
    assert grave.kind is not None
    assert grave.kind.id == "not-insurance"
    assert settled is not None
    assert settled.kind is not None
    assert settled.kind.id == "refused"


def test_a_call_that_goes_on_with_nothing_found_has_no_class(rulebook: Rulebook) -> None:
    assert classify([], None, rulebook) is None


def test_every_doubt_about_an_item_of_the_law_has_a_kind(rulebook: Rulebook) -> None:
    """Nothing that the law wants confirmed may be left without a yes and without a case."""
    items = (
        "AWARE", "SIGN_APP", "READ", "LIABILITY", "SURRENDER_LOSS", "HESITATION", "PREMIUM",
        "NONGUAR", "FEES", "RECORDED", "TRUE_WILL", "RECEIPT", "DISCLOSE", "SIGN_TIP",
    )  # fmt: skip
    for status in set(Status) - {Status.CONFIRMED, Status.NOT_ASKED}:
        for code in items:
            one = finding(code, status.value)
            assert kind_of_finding(one, rulebook) is not None, (code, status)


def test_a_doubt_that_decided_counts_where_no_list_of_doubts_is_given(rulebook: Rulebook) -> None:
    """A finding of the recording carries one label only."""
    one = Finding("SIGN_APP", "SIGN_APP", Status.DENIED, Label.DENY, "不是我签的")

    assert kind_of_finding(one, rulebook) == "signed-by-other"
