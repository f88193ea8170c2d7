"""Rulebooks at the door, and the standard one against what it must decide."""

from datetime import time

import pytest

from scripts import reader, rulebooks
from scripts.faults import FaultyFileError
from scripts.labels import code_of
from scripts.outcomes import TALKED, Outcome
from scripts.rulebooks import Calendar, Rulebook, StartRule, Trigger
from scripts.rulebooks.reader import LIBRARY
from scripts.verdicts import Status

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")
OPEN = set(Status) - {Status.CONFIRMED, Status.NOT_ASKED}


@pytest.fixture(scope="module")
def standard() -> Rulebook:
    return rulebooks.load("standard")


def _fits(trigger: Trigger, question: str, status: Status) -> bool:
    named = not trigger.codes or bool(trigger.codes & {question, code_of(question)})
    return named and not trigger.outcomes and status in trigger.statuses and not trigger.doubts


@pytest.mark.parametrize("status", sorted(OPEN))
def test_every_finding_about_the_policy_has_a_kind(standard: Rulebook, status: Status) -> None:
    """A question that the law lists never ends in a doubt that no trigger takes up."""
    for question in reader.load_script("standard").questions:
        if question.kind == "fact":
            fits = [t for t in standard.triggers if _fits(t, question.id, status)]
            assert fits, (question.id, status)


def test_every_failed_attempt_has_a_kind_or_another_attempt(standard: Rulebook) -> None:
    """No way for a call to end may leave a policy that nobody looks at. A call handed to a person
    is that person's."""
    taken = {outcome for trigger in standard.triggers for outcome in trigger.outcomes}
    for outcome in set(Outcome) - standard.success - {Outcome.TRANSFERRED}:
        assert outcome in taken or standard.retries[outcome].again, outcome


def test_success_is_the_holder_in_person_to_the_end(standard: Rulebook) -> None:
    assert standard.success == {Outcome.COMPLETED}


@pytest.mark.parametrize(
    ("kind", "class_name", "family", "days", "calendar"),
    [
        ("complaint", "问题件", "投诉类", 15, Calendar.NATURAL),
        ("reported-misselling", "问题件", "销售误导类", 15, Calendar.WORKING),
        ("signed-by-other", "问题件", "代签字类", 15, Calendar.WORKING),
        ("not-insurance", "问题件", "疑似误导类", 15, Calendar.WORKING),
        ("signature-unsure", "问题件", "沟通解释类", 7, Calendar.NATURAL),
        ("not-received", "核实件", "未收到合同", 7, Calendar.NATURAL),
        ("refused", "核实件", "核实类", 7, Calendar.NATURAL),
        ("periods-corrected", "次标准件", "已纠正类", 7, Calendar.NATURAL),
    ],
)
def test_kinds_their_classes_and_deadlines(
    standard: Rulebook, kind: str, class_name: str, family: str, days: int, calendar: Calendar
) -> None:
    deadline = standard.family_of(kind).deadline

    assert standard.class_of(kind).name == class_name
    assert standard.family_of(kind).name == family
    assert deadline is not None
    assert (deadline.days, deadline.calendar) == (days, calendar)


def test_the_numbers_are_those_of_the_source(standard: Rulebook) -> None:
    """002-j: six corrected, six not corrected, seven to verify; the eighth is our own fault."""
    numbers = {
        family.id: [k.number for k in standard.kinds if k.family_id == family.id]
        for family in standard.families
    }

    assert numbers["suspected-misleading"] == [1, 2, 3, 4, 5, 6]
    assert numbers["corrected"][:6] == [1, 2, 3, 4, 5, 6]
    assert sorted(numbers["verify"] + numbers["not-delivered"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert standard.kind("not-finished").number == 8


def test_misselling_is_never_the_sellers_to_solve(standard: Rulebook) -> None:
    families = {family.id: family.seller_may_handle for family in standard.families}

    assert not families["complaint"]
    assert not families["misselling"]
    assert not families["suspected-misleading"]
    assert not families["proxy-signature"]


def test_the_graver_family_comes_first(standard: Rulebook) -> None:
    order = list(standard.precedence)

    assert order[:4] == ["complaint", "misselling", "proxy-signature", "not-delivered"]
    assert order.index("suspected-misleading") < order.index("explanation")
    assert order[-1] == "corrected"


def test_calling_hours_and_the_cooling_off_period(standard: Rulebook) -> None:
    assert (standard.calling.opens, standard.calling.closes) == (time(9), time(21))
    assert standard.calling.per_day == 2
    assert standard.cooling_off_start is StartRule.DAY_AFTER
    assert [rule.days for rule in standard.cooling_off] == [15, 15, 10]
    assert standard.cooling_off[-1].when == ()
    first = standard.first_call
    assert (first.counts_from, first.after_days) == ("receipt-returned", 1)


def test_whoever_was_talked_to_and_refused_is_not_rung_again(standard: Rulebook) -> None:
    again = {outcome for outcome in TALKED if standard.retries[outcome].again}

    assert again == {Outcome.NOT_HOLDER, Outcome.CALLBACK, Outcome.SILENT, Outcome.HUNG_UP}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("class: verify", "class: verified", "unknown-name"),
        ("family: complaint, number", "family: complaints, number", "unknown-name"),
        ("{kind: complaint, statuses", "{kind: complain, statuses", "unknown-name"),
        ("clean_class: standard", "clean_class: spotless", "unknown-name"),
        ("exhausted_kind: not-reached", "exhausted_kind: never", "unknown-name"),
        ("precedence: [complaint, ", "precedence: [", "bad-rule"),
        ("  busy: {again: true, after_min: 30, most: 4}\n", "", "bad-rule"),
        ('closes: "21:00"', 'closes: "08:00"', "bad-rule"),
        ('closes: "21:00"', 'closes: "25:00"', "bad-value"),
        ("  - {days: 10, source: 002-d; 002-e}\n", "", "bad-rule"),
        ("'channel in [bank]'", "'channel in [banc]'", "bad-condition"),
        ("'channel in [bank]'", "'double_recorded'", "bad-condition"),
        ("'channel in [bank]'", "'frequency in [single]'", "bad-condition"),
        ("gap_min: 30", "gap_min: 0", "bad-value"),
        ("gap_min: 30", "appointment_may_override: true", "unknown-key"),
        ("after_min: 30, most: 4}", "after_min: 30, most: 4, other_slot: true}", "unknown-key"),
        ("counts_from: receipt-returned,", "counts_from: payment,", "bad-value"),
        ("codes: [SIGN_TIP]", "codes: [SIGN_TOP]", "bad-code"),
        ("statuses: [complaint]}", "statuses: [complaint], outcomes: [busy]}", "bad-rule"),
        ("success: [completed]", "success: [done]", "bad-value"),
        ("calendar: working", "calendar: lunar", "bad-value"),
        ("days: 7,", "days: 0,", "bad-value"),
        ("title: 标准规则手册", "titel: 标准规则手册", "unknown-key"),
    ],
)
def test_a_wrong_rule_is_a_fault_with_its_line(old: str, new: str, code: str) -> None:
    assert old in TEXT
    with pytest.raises(FaultyFileError) as caught:
        rulebooks.read(TEXT.replace(old, new, 1), "mine.yaml")

    found = {fault.code: fault.line for fault in caught.value.faults}
    assert code in found
    assert found[code] is not None


def test_an_id_used_twice() -> None:
    twice = TEXT.replace("  - {id: shared-phone,", "  - {id: wrong-phone,", 1)
    with pytest.raises(FaultyFileError, match="'wrong-phone' is used twice in kinds"):
        rulebooks.read(twice)


def test_an_unknown_kind_is_asked_for(standard: Rulebook) -> None:
    with pytest.raises(LookupError, match="no entry 'nothing'"):
        standard.kind("nothing")
