"""Rulebooks at the door, and the standard one against what it must decide."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import reader, rulebooks
from scripts.faults import FaultyFileError
from scripts.labels import code_of
from scripts.outcomes import FINER, TALKED, Cause, Outcome
from scripts.rulebooks import (
    Calendar,
    Rulebook,
    Span,
    StartRule,
    Trigger,
    Way,
    case_place,
    load,
    months_of,
)
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
    for outcome in set(Outcome) - standard.success.outcomes - {Outcome.TRANSFERRED}:
        assert outcome in taken or standard.retries[Cause(outcome.value)].again, outcome


def test_success_is_the_holder_in_person_to_the_end(standard: Rulebook) -> None:
    assert standard.success.outcomes == {Outcome.COMPLETED}
    assert standard.success.holder_in_person


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
    hours, calling = standard.calling.hours, standard.calling
    assert hours.working == (Span(time(9), time(12)), Span(time(13, 30), time(21)))
    assert hours.day_off == (Span(time(9, 30), time(12)), Span(time(14), time(20, 30)))
    assert (hours.holiday, hours.weekdays) == ((), ())
    assert (calling.per_day, calling.per_day_number, calling.per_revisit) == (2, 5, 8)
    assert [rule.days for rule in standard.cooling_off] == [15, 15, 10]
    assert {rule.starts for rule in standard.cooling_off} == {StartRule.DAY_AFTER}
    assert standard.cooling_off[-1].when == ()
    first = standard.first_call
    assert (first.counts_from, first.after_days) == ("receipt-returned", 1)


def test_whoever_was_talked_to_and_refused_is_not_rung_again(standard: Rulebook) -> None:
    again = {one for one in TALKED if standard.retries[Cause(one.value)].again}

    assert again == {Outcome.NOT_HOLDER, Outcome.CALLBACK, Outcome.SILENT, Outcome.HUNG_UP}


@pytest.mark.parametrize("cause", sorted(FINER))
def test_a_finer_cause_may_be_left_to_its_outcome(cause: Cause) -> None:
    row = next(line for line in TEXT.splitlines(keepends=True) if line.startswith(f"  {cause}: "))
    book = rulebooks.read(TEXT.replace(row, ""))

    assert set(Cause) - set(book.retries) == {cause}


def test_weekdays_may_have_hours_of_their_own() -> None:
    own = '    holiday: []\n    saturday: ["14:00-18:00", "10:00-12:00"]\n    sunday: []\n'
    book = rulebooks.read(TEXT.replace("    holiday: []\n", own))
    morning, afternoon = Span(time(10), time(12)), Span(time(14), time(18))

    assert book.calling.hours.weekdays == ((5, (morning, afternoon)), (6, ()))


def test_other_ways_and_the_forecast(standard: Rulebook) -> None:
    ways = [(one.way, one.needs_days) for one in standard.other_ways]

    assert ways == [(Way.BRANCH_CALL, 1), (Way.LETTER, 5), (Way.VISIT, 2)]
    assert standard.at_risk_below == 0.5
    assert standard.risk.earlier_slots == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("class: verify", "class: verified", "unknown-name"),
        ("family: complaint, number", "family: complaints, number", "unknown-name"),
        ("{kind: complaint, statuses", "{kind: complain, statuses", "unknown-name"),
        ("clean_class: standard", "clean_class: spotless", "unknown-name"),
        ("exhausted_kind: not-reached", "exhausted_kind: never", "unknown-name"),
        ("precedence: [complaint, ", "precedence: [", "bad-rule"),
        ("  busy: {again: true, after_min: 30, most: 4, then: branch-call}\n", "", "bad-rule"),
        ('"13:30-21:00"', '"13:30-12:00"', "bad-rule"),
        ('"13:30-21:00"', '"13:30-25:00"', "bad-value"),
        ("  - {days: 10, source: 002-d; 002-e}\n", "", "bad-rule"),
        ("'channel in [bank]'", "'channel in [banc]'", "bad-condition"),
        ("'channel in [bank]'", "'double_recorded'", "bad-condition"),
        ("'channel in [bank]'", "'frequency in [single]'", "bad-condition"),
        ("gap_min: 30", "gap_min: 0", "bad-value"),
        ("gap_min: 30", "appointment_may_override: true", "unknown-key"),
        ("after_min: 30, most: 4,", "after_min: 30, most: 4, other_slot: true,", "unknown-key"),
        ("counts_from: receipt-returned,", "counts_from: payment,", "bad-value"),
        ("codes: [SIGN_TIP]", "codes: [SIGN_TOP]", "bad-code"),
        ("statuses: [complaint]}", "statuses: [complaint], outcomes: [busy]}", "bad-rule"),
        ("outcomes: [completed]", "outcomes: [done]", "bad-value"),
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


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_the_months_of_a_place_hold_the_cases_that_come_there(today: date, days_ago: int) -> None:
    """The list of cases sorts by spans of days, the agenda by ``case_place``: the same order."""
    book, issued = load("standard"), today - timedelta(days=days_ago)
    for case_class in ("verify", "problem"):
        spans = [months_of(step, today) for step in book.processing_order]
        fits = [
            case_class in step.classes and (span is None or span[0] <= issued < span[1])
            for step, span in zip(book.processing_order, spans, strict=True)
        ]
        assert fits.index(True) == case_place(book, case_class, issued, today)
