"""The rulebooks that ship: each whole, checked, and true to what its source document says
(domain.md 1.2, 1.10 to 1.12, 1.16)."""

import re
from datetime import date
from typing import Any

import pytest

from scripts import rulebooks
from scripts.conditions import Value
from scripts.model import Medium, Purpose
from scripts.outcomes import Cause
from scripts.rulebooks import (
    Calendar,
    Countable,
    FirstCallFrom,
    FoundBy,
    PeriodFrom,
    StartRule,
    Taken,
    Way,
    case_place,
    choose,
    in_period,
    risks_of,
)
from scripts.rulebooks.check import check_file, library_scripts
from scripts.rulebooks.conflicts import TOPICS
from scripts.rulebooks.fields import part

NAMES = rulebooks.rulebooks()
TWELVE = [f"C-{number:02}" for number in range(1, 13)]
#: Insurers of the source documents; a rulebook is named for what it is, not for whose it was.
COMPANIES = re.compile("平安|人寿|人保|长城|济南|青岛|合众")

loaded = {name: rulebooks.load(name) for name in NAMES}
scripts = library_scripts()


def without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_sources(one) for key, one in value.items() if key != "source"}
    return [without_sources(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_rulebook_has_no_fault(name: str) -> None:
    """Every trigger and kind is reached, every doubt and end becomes a kind, every policy gets a
    script that is meant for it."""
    assert [str(fault) for fault in check_file(name, scripts)] == []


@pytest.mark.parametrize("name", NAMES)
def test_all_twelve_conflicts_are_decided(name: str) -> None:
    book = loaded[name]

    assert (book.id, [conflict.id for conflict in book.conflicts]) == (name, TWELVE)
    for conflict in book.conflicts:
        assert conflict.topic == TOPICS[conflict.id].title
        assert "{{" not in conflict.decision
        assert conflict.values, conflict.id
        assert all(value in conflict.decision for value in conflict.values.values())
        assert conflict.source


@pytest.mark.parametrize("name", NAMES)
def test_what_is_taken_from_the_standard_is_the_standards(name: str) -> None:
    """Whoever changes the standard rulebook looks at those that lean on it."""
    data, standard = rulebooks.plain(name), rulebooks.plain("standard")
    leans = [one.field for one in loaded[name].silent if one.taken is Taken.STANDARD]

    assert bool(leans) is (name != "standard")
    for field in leans:
        own, theirs = (without_sources(part(found, field)) for found in (data, standard))
        assert own == theirs, field


@pytest.mark.parametrize("name", NAMES)
def test_what_is_silent_and_lawful_names_the_law(name: str) -> None:
    for one in loaded[name].silent:
        assert one.source or one.taken is not Taken.LAW, one.field


@pytest.mark.parametrize("name", NAMES)
def test_it_is_nobodys_name(name: str) -> None:
    book = loaded[name]
    words = [book.title, *(one.name for one in (*book.classes, *book.families, *book.kinds))]

    assert not [word for word in words if COMPANIES.search(word)]
    assert book.title.endswith("规则手册")
    assert re.search(r"002-[a-k]", book.source)


CLASSES = {
    "four-results": ["标准件", "次标准件", "问题件", "核实件"],
    "signed-letters": ["核实件", "人工亲访件", "一次沟通解释件"],
    "work-orders": ["核实件", "一次沟通解释件", "二次沟通解释件", "销售误导件"],
    "sales-tool": ["核实件", "沟通解释件", "电话件"],
    "central-calls": ["不成功件", "方言件", "核实件", "问题件", "契约品质件", "信函件"],
    "seven-steps": ["问题件", "契约品质件"],
    "special-revisits": ["电话回访不成功件", "特殊回访件", "问题单"],
}


@pytest.mark.parametrize("name", CLASSES)
def test_the_classes_of_the_source(name: str) -> None:
    """All of the source's, in its order, and every other one marked as not from it, or named in
    the source's own words as what becomes of a call."""
    book = loaded[name]
    ours = {one.field.removeprefix("classes.") for one in book.silent}
    theirs = [one.name for one in book.classes if one.id not in ours]

    assert [one for one in theirs if one in CLASSES[name]] == CLASSES[name]
    assert set(theirs) - set(CLASSES[name]) <= {"回访发现的问题"}


def test_four_results_are_numbered_as_in_the_source() -> None:
    book = loaded["four-results"]
    numbers = {
        family.id: [kind.number for kind in book.kinds if kind.family_id == family.id]
        for family in book.families
    }

    assert numbers["suspected-misleading"] == [1, 2, 3, 4, 5, 6]
    assert numbers["corrected"][:6] == [1, 2, 3, 4, 5, 6]
    assert numbers["verify"] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert book.kind("not-received").number == 7
    assert {
        book.class_of(kind.id).name for kind in book.kinds if kind.family_id == "corrected"
    } == {"次标准件"}


def test_first_calls() -> None:
    """C-01: the day after the receipt came back, the same day, five to seven days after issue."""
    found = {name: book.first_call for name, book in loaded.items()}

    next_day, returned = found["sales-tool"], FirstCallFrom.RECEIPT_RETURNED
    assert (next_day.counts_from, next_day.after_days, next_day.by_days) == (returned, 1, None)
    same_day = found["special-revisits"]
    assert (same_day.counts_from, same_day.after_days) == (returned, 0)
    after_issue = found["two-questionnaires"]
    assert after_issue.counts_from is FirstCallFrom.ISSUE
    assert (after_issue.after_days, after_issue.by_days) == (5, 7)


def test_starts_of_the_cooling_off_period() -> None:
    """C-02: the day of signing in the seven steps, the day after with the letters; ten days."""
    for name, start in (
        ("seven-steps", StartRule.SAME_DAY),
        ("signed-letters", StartRule.DAY_AFTER),
    ):
        assert {rule.starts for rule in loaded[name].cooling_off} == {start}
        assert loaded[name].cooling_off[-1].days == 10


def test_deadlines_of_the_sources() -> None:
    """C-08: seven natural days for every letter, five working days for a sales unit."""
    letters = loaded["signed-letters"]
    for kind in ("not-received", "no-phone-revisit", "not-reached"):
        deadline = letters.family_of(kind).deadline
        assert deadline is not None
        assert (deadline.days, deadline.calendar) == (7, Calendar.NATURAL)
    sales = loaded["special-revisits"].family_of("not-reached").deadline
    assert sales is not None
    assert (sales.days, sales.calendar) == (5, Calendar.WORKING)
    whole = loaded["special-revisits"].whole_within
    assert whole is not None
    assert whole.days == 10


def test_how_the_branch_goes_on() -> None:
    """002-b: letter or visit, a dialect by telephone; 002-e: 人工亲访件; 002-k: the sales unit, in
    five working days."""
    ends = (Cause.NO_ANSWER, Cause.REFUSED, Cause.LANGUAGE)
    found = {name: tuple(book.retries[end].then for end in ends) for name, book in loaded.items()}
    usual = (Way.BRANCH_CALL, Way.LETTER, Way.VISIT)

    assert found.pop("central-calls") == (Way.LETTER, Way.LETTER, Way.BRANCH_CALL)
    assert found.pop("signed-letters") == (Way.LETTER, Way.LETTER, Way.VISIT)
    assert found.pop("special-revisits") == (Way.BRANCH_CALL, Way.VISIT, Way.VISIT)
    assert set(found.values()) == {usual}
    due = {(book.handover.days, book.handover.calendar) for book in loaded.values()}
    assert due == {(5, Calendar.WORKING)}


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_rung_again_under_a_number_that_is_not_the_holders(name: str) -> None:
    """3.2: no empty number is rung again; nor is a suspended one, or one where nobody knows her."""
    for cause in (Cause.EMPTY_NUMBER, Cause.SUSPENDED, Cause.WRONG_NUMBER):
        assert loaded[name].retries[cause].other_number, cause


@pytest.mark.parametrize("name", NAMES)
def test_who_is_left_without_a_revisit_is_somebodys(name: str) -> None:
    """Where calling stops without success the branch goes on, but for a complaint, a contract that
    is denied or was not delivered, and a call that a person took over."""
    settled = {Cause.COMPLETED, Cause.COMPLAINT, Cause.UNAWARE, Cause.NOT_RECEIVED}
    left = {cause for cause, retry in loaded[name].retries.items() if retry.then is None}

    assert left == settled | {Cause.TRANSFERRED}


def test_calls_after_the_period() -> None:
    """T-05: questionnaire B is for calls after day 18; nobody else rings then."""
    late = {name: book.after_period for name, book in loaded.items() if book.after_period}

    assert late == {"two-questionnaires": 10}


@pytest.mark.parametrize(
    ("known", "risks"),
    [
        ({}, ()),
        ({"holder_age": None, "product_type": "unit-linked"}, ()),
        ({"holder_age": 59, "payment_years_plus_age": 74}, ()),
        ({"holder_age": 60}, ("senior",)),
        ({"holder_age": 64, "product_type": "universal"}, ("senior",)),
        ({"holder_age": 65, "product_type": "health"}, ("senior",)),
        ({"holder_age": 65, "product_type": "universal"}, ("senior-high-risk", "senior")),
        ({"payment_years_plus_age": 75}, ("paying-past-75",)),
    ],
)
def test_customers_at_risk(known: dict[str, Value], risks: tuple[str, ...]) -> None:
    """2025年第7号 第18、39条; 2022年第8号 第18条. What is unknown is no risk."""
    for book in loaded.values():
        assert risks_of(book, policy(**known)) == risks


def test_special_revisits_are_admitted_for_three_reasons() -> None:
    book = loaded["special-revisits"]
    special = [kind for kind in book.kinds if kind.family_id == "special"]

    assert [kind.found_by for kind in special] == [FoundBy.PERSON] * 3
    assert book.first_modes.special == (Medium.VISIT, Medium.LETTER)
    assert len(book.first_modes.special_when) == 3
    assert book.monthly_report_by == 5


def test_a_revisit_with_a_problem_is_a_revisit() -> None:
    """002-j calls 问题件 已电话回访成功, as the regulator's own measure does (domain.md 2.13)."""
    assert all(book.success.with_problem for book in loaded.values())
    assert all(book.success.holder_in_person for book in loaded.values())


def test_the_processing_order_of_the_source() -> None:
    """核实件, then last month's, then those of the month before, then the others."""
    book, today = loaded["four-results"], date(2026, 1, 12)
    cases = [
        ("problem", date(2025, 10, 3)),
        ("problem", date(2025, 12, 31)),
        ("substandard", date(2025, 11, 1)),
        ("verify", date(2025, 6, 1)),
        ("problem", date(2026, 1, 2)),
        ("standard", date(2026, 1, 2)),
    ]

    assert [case_place(book, class_id, day, today) for class_id, day in cases] == [3, 1, 2, 0, 3, 4]


@pytest.mark.parametrize(("day", "inside"), [(19, True), (20, False)])
def test_eighteen_days_since_issue(day: int, inside: bool) -> None:
    """C-03: issued on the 1st, day 18 is the 19th; the receipt does not matter."""
    book, issued, over = loaded["two-questionnaires"], date(2026, 11, 1), date(2026, 11, 12)

    assert book.in_period.counts_from is PeriodFrom.ISSUE
    assert in_period(book, date(2026, 11, day), issued, over) is inside


@pytest.mark.parametrize(("day", "inside"), [(12, True), (13, False)])
def test_the_receipt_and_the_days(day: int, inside: bool) -> None:
    issued, over = date(2026, 11, 1), date(2026, 11, 12)

    assert in_period(loaded["standard"], date(2026, 11, day), issued, over) is inside


def test_kpis_of_the_sources() -> None:
    kpis = {kpi.id: kpi for kpi in loaded["standard"].kpis}

    scale = [(point.at_least, point.points) for point in kpis["completion"].scale]
    assert scale == [(95, 2), (90, 1)]
    phone = [(point.at_least, point.points) for point in kpis["phone-in-period"].scale]
    assert phone == [(90, 2), (80, 1), (70, 0.5)]
    measure = kpis["in-period"]
    assert measure.counts is Countable.FIRST_DONE_IN_PERIOD
    assert measure.of is Countable.VALID_DUE
    assert [kpi.id for kpi in loaded["signed-letters"].kpis] == ["visits", "phone-success"]


def policy(**known: Value) -> dict[str, Value]:
    usual: dict[str, Value] = {
        "product_type": "traditional",
        "channel": "agent",
        "holder_age": 41,
        "days_since_issue": 6,
        "double_recorded": False,
        "frequency": "yearly",
        "payment_years_plus_age": 61,
    }
    return usual | known


@pytest.mark.parametrize(
    ("name", "known", "script"),
    [
        ("standard", {}, "standard"),
        ("standard", {"product_type": "unit-linked", "holder_age": 70}, "standard"),
        ("seven-steps", {}, "seven-steps"),
        ("seven-steps", {"product_type": "health"}, "seven-steps"),
        ("seven-steps", {"product_type": "universal"}, "standard"),
        ("two-questionnaires", {"days_since_issue": 18}, "traditional-a"),
        ("two-questionnaires", {"days_since_issue": 19}, "traditional-b"),
        ("two-questionnaires", {"product_type": "participating"}, "participating-a"),
        (
            "two-questionnaires",
            {"product_type": "participating", "days_since_issue": 19},
            "participating-b",
        ),
        ("two-questionnaires", {"product_type": "universal"}, "standard"),
        ("two-questionnaires", {"days_since_issue": None}, "standard"),
        ("four-results", {"holder_age": 60, "double_recorded": True}, "elderly"),
        ("four-results", {"holder_age": 59, "double_recorded": True}, "double-recorded"),
        ("four-results", {"product_type": "unit-linked"}, "unit-linked"),
        ("four-results", {"product_type": "health"}, "long-term-health"),
        ("four-results", {"holder_age": None}, "standard"),
    ],
)
def test_the_script_of_a_policy(name: str, known: dict[str, Value], script: str) -> None:
    assert choose(loaded[name], policy(**known)) == script


@pytest.mark.parametrize("name", NAMES)
def test_second_and_complaint_revisits_have_their_scripts(name: str) -> None:
    book = loaded[name]

    assert choose(book, policy(), Purpose.SECOND) == "second-revisit"
    assert choose(book, policy(), Purpose.COMPLAINT) == "complaint-follow-up"


def test_scripts_on_paper() -> None:
    assert choose(loaded["signed-letters"], policy(), medium=Medium.LETTER) == "explanation"
    assert choose(loaded["special-revisits"], policy(), medium=Medium.VISIT) == "visit"
    with pytest.raises(LookupError, match="sales-tool names no script for revisit by letter"):
        choose(loaded["sales-tool"], policy(), medium=Medium.LETTER)


def test_screening_leads_to_kinds_of_each_rulebook() -> None:
    for book in loaded.values():
        for kind_id in book.screening.values():
            assert book.class_of(kind_id).opens_case, (book.id, kind_id)


def test_the_rulebooks_are_nine_different_ones() -> None:
    assert len({book.title for book in loaded.values()}) == len(NAMES) == 9
