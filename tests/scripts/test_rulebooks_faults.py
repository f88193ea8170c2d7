"""Every fault of a rulebook at once, each with its code and its place; and nothing that is written
into a file makes the reader stumble."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import rulebooks
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.rulebooks.check import check, check_file
from scripts.rulebooks.reader import LIBRARY, document, of_document
from scripts.yamlfile import Document, Place, parse

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")
WHOLE = document("standard")


def faults(text: str) -> list[Fault]:
    with pytest.raises(FaultyFileError) as caught:
        rulebooks.read(text, "mine.yaml")
    return list(caught.value.faults)


def without(text: str, start: str, *, lines: int) -> str:
    """The text without so many lines from the one that begins so."""
    rows = text.splitlines(keepends=True)
    first = next(index for index, row in enumerate(rows) if row.startswith(start))
    return "".join(rows[:first] + rows[first + lines :])


def changed(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


LOST = "doubt-without-kind"
RULES = [
    # the twelve decisions
    ("  - id: C-07", "  - id: C-77", "unknown-name"),
    ("  - id: C-07", "  - id: C-77", "conflict-undecided"),
    ("  - id: C-07", "  - id: C-06", "duplicate-id"),
    ("自{{ cooling_off_start }}起算", "自签收次日起算", "conflict-drift"),
    ("{{ second_revisit.by }}", "{{ second_revisit.who }}", "conflict-drift"),
    ("第{{ first_call.after_days }}日起", "第1日起", "conflict-drift"),
    ("日起首次拨打；", "日起首次拨打，最迟第3日；", "conflict-drift"),
    ("{{ police }}", "{{ police }}，五个工作日内上报", "conflict-drift"),
    ("{{ police }}", "{{ police }}，三人以上的上报", "conflict-drift"),
    ("{{ said SIGN_APP denied }}", "{{ said SIGN_UP denied }}", "conflict-drift"),
    ("{{ ended unaware }}", "{{ ended vanished }}", "conflict-drift"),
    ("{{ ended unaware }}", "{{ ended busy }}", "conflict-drift"),
    ("{{ police }}", "{{ calling }}", "conflict-drift"),
    # rules
    ("after_days: 1, source: 002-a", "after_days: 7, by_days: 5, source: 002-a", "bad-rule"),
    ("in_period: {counts_from: receipt,", "in_period: {counts_from: issue,", "bad-rule"),
    ("in_period: {counts_from: receipt,", "in_period: {counts_from: receipt, days: 9,", "bad-rule"),
    ("  special: [visit, letter]\n", "", "bad-rule"),
    ("  - {classes: [problem, substandard]}\n", "", "bad-rule"),
    ("  - {classes: [verify]}\n", "  - {classes: [verify], issued: last-month}\n", "bad-rule"),
    ("{classes: [verify]}", "{classes: [verified]}", "unknown-name"),
    ("data: data-wrong}", "data: data-odd}", "unknown-name"),
    (", data: data-wrong}", "}", "bad-rule"),
    ("{at_least: 95, points: 2}", "{at_least: 85, points: 2}", "bad-rule"),
    ("counts: cases-closed, of: cases-issued,", "counts: cases-closed,", "bad-rule"),
    ("counts: problems, of:", "counts: troubles, of:", "bad-value"),
    ("codes: [SIGN_TIP], statuses: [denied]}", "codes: [SIGN_TIP]}", "bad-rule"),
    ("field: families.corrected.deadline", "field: families.corrected.limit", "unknown-name"),
    # calling hours
    ('"13:30-21:00"]', '"11:30-21:00"]', "bad-rule"),
    ("holiday: []", 'holiday: ["21:00-21:30"]', "bad-rule"),
    ("holiday: []", 'holiday: ["07:00-09:00"]', "bad-rule"),
    ("holiday: []", 'holiday: []\n    sunday: ["12:00-10:00"]', "bad-rule"),
    ("holiday: []", 'holiday: []\n    someday: []', "unknown-key"),
    ("holiday: []", 'holiday: ["9-12"]', "bad-value"),
    ("holiday: []", "holiday: true", "bad-value"),
    ("per_day: 2", "per_day: 6", "bad-rule"),
    # what follows a call, the other ways, and risks
    ("  busy: {again: true, ", "  busy: {again: false, other_number: true, ", "bad-rule"),
    ("  busy: {again: true, after_min: 30, most: 4,", "  busy: {again: true,", "bad-rule"),
    ("  - {way: letter, needs_days: 5}\n", "", "bad-rule"),
    ("{way: letter,", "{way: visit,", "bad-rule"),
    ("refused: {again: false, then: letter}", "refused: {again: false, then: fax}", "bad-value"),
    ("  busy: {", "  engaged: {", "bad-value"),
    ("id: senior-high-risk", "id: senior", "duplicate-id"),
    ("when: ['holder_age >= 60']", "when: ['days_since_issue >= 6']", "bad-condition"),
    ("when: ['holder_age >= 60']", "when: ['holder_age > 60']", "bad-condition"),
    ("when: ['holder_age >= 60']", "when: []", "bad-value"),
    ("at_risk_below: 0.5", "at_risk_below: 50", "bad-value"),
    ("handover: {days: 5,", "handover: {days: 0,", "bad-value"),
    # scripts
    ("  - {script: standard}\n", "  - {script: standard, when: [instalments]}\n", "bad-rule"),
    ("  - {script: standard}\n", "  - {script: standard}\n  - {script: elderly}\n", "bad-rule"),
    ("  - {script: standard}\n", "  - {script: standard, when: [rich]}\n", "bad-condition"),
    ("  - {script: second-revisit, purpose: second}\n", "", "bad-rule"),
    # answers and ends that would be lost
    ("{kind: liability, codes: [READ, LIABILITY]", "{kind: liability, codes: [READ]", LOST),
    ("  - {kind: complaint, statuses: [complaint]}\n", "", LOST),
    ("  - {kind: language, outcomes: [language]}\n", "", "end-without-kind"),
    ("outcomes: [empty-number, suspended]", "outcomes: [empty-number]", "end-without-kind"),
    ("outcomes: [not-holder], values: [no-such-person]", "outcomes: [unreachable]",
     "end-without-kind"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), RULES)
def test_a_wrong_rule_is_a_fault_with_its_place(old: str, new: str, code: str) -> None:
    found = [fault for fault in faults(changed((old, new))) if fault.code == code]

    assert found
    assert all(fault.line and fault.column for fault in found)
    assert all(fault.script == "mine.yaml" for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"13:30-21:00"]',
            '"11:30-21:00"]',
            "hours of working: 09:00-12:00 and 11:30-21:00 overlap: write one span",
        ),
        (
            "holiday: []",
            'holiday: ["21:00-22:00"]',
            "hours of holiday: 21:00-22:00 is night: nobody is rung between 21:00 and 09:00",
        ),
        (
            "holiday: []",
            'holiday: []\n    monday: ["12:00-12:00"]',
            "hours of monday: 12:00-12:00 must end after it starts",
        ),
        (
            "per_day: 2",
            "per_day: 6",
            "per_day_number is less than per_day, but many a person has only one number",
        ),
        (
            "  refused: {again: false,",
            "  refused: {again: false, other_number: true,",
            "refused: 'other_number' needs 'again: true', for it says what is rung next",
        ),
        (
            "  - {way: letter, needs_days: 5}\n",
            "",
            "refused: 'other_ways' does not say how long letter takes: add it",
        ),
        (
            "  canceled: {again: true, after_min: 10, most: 5,",
            "  canceled: {again: true, after_min: 10,",
            "canceled: with 'most: 1' nobody is rung again: write 2 or 'again: false'",
        ),
        (
            "when: ['holder_age >= 60']",
            "when: ['elderly']",
            "it cannot depend on elderly: use channel or product_type or frequency or"
            " double_recorded or holder_age or payment_years_plus_age",
        ),
    ],
)
def test_what_is_wrong_with_times_in_one_sentence(old: str, new: str, message: str) -> None:
    assert [fault.message for fault in faults(changed((old, new)))] == [message]


def test_somebody_must_be_rung_on_some_day() -> None:
    spans = (
        ('working: ["09:00-12:00", "13:30-21:00"]', "working: []"),
        ('day-off: ["09:30-12:00", "14:00-20:30"]', "day-off: []"),
    )
    (fault,) = faults(changed(*spans, ("holiday: []", 'holiday: ["10:00-12:00"]')))

    assert fault.message == "nobody could be rung: write spans under 'working' or 'day-off'"
    assert checked(spans[0]) == []
    assert checked(("holiday: []", 'holiday: ["08:00-09:30", "20:00-23:00"]')) == []


def test_a_missing_decision_says_what_it_is_about() -> None:
    found = faults(without(TEXT, "  - id: C-12", lines=3))

    assert [fault.message for fault in found] == ["C-12 is not decided: 是否报警"]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """Wrong keys, wrong names, wrong rules and a decision that drifts: one reading."""
    text = changed(
        ("title: 标准规则手册", "titel: 标准规则手册"),
        ("class: verify", "class: verified"),
        ('"13:30-21:00"', '"11:30-21:00"'),
        ("{{ police }}", "{{ politeness }}"),
        ("gap_min: 30", "gap_min: 0"),
        ("codes: [SIGN_TIP]", "codes: [SIGN_TOP]"),
    )
    text = text.replace("gap_min: 0", "gap_min: 30")
    found = faults(text)

    assert {fault.code for fault in found} >= {
        "unknown-key", "missing-key", "unknown-name", "bad-rule", "conflict-drift", "bad-code",
    }  # fmt: skip
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)
    places = {fault.code: fault.line for fault in found}
    rows = text.splitlines()
    assert "titel" in rows[(places["unknown-key"] or 0) - 1]
    assert "C-12" in rows[(places["conflict-drift"] or 0) - 1]
    assert "SIGN_TOP" in rows[(places["bad-code"] or 0) - 1]


def test_a_period_since_issue_divides_the_scripts_at_its_own_day() -> None:
    text = (LIBRARY / "two-questionnaires.yaml").read_text("utf-8")
    found = faults(
        text.replace(
            "in_period: {counts_from: issue, days: 18,", "in_period: {counts_from: issue, days: 20,"
        )
    )

    assert [fault.code for fault in found] == ["bad-rule"] * 4
    assert "the period ends on day 20" in found[0].message


def checked(*pairs: tuple[str, str]) -> list[tuple[str, Severity, str | None]]:
    return [(f.code, f.severity, f.question) for f in check(parse(changed(*pairs), "mine.yaml"))]


def test_the_check_knows_what_is_never_used() -> None:
    twice = "  - {kind: signed-by-other, codes: [SIGN_APP], statuses: [denied]}\n"
    found = checked(
        ("  - {kind: tip-by-other, codes", f"{twice}  - {{kind: tip-by-other, codes"),
        ("name: 重复号码, found_by: screening", "name: 重复号码"),
    )

    assert found == [
        ("unreached-kind", Severity.WARNING, "shared-phone"),
        ("unused-trigger", Severity.WARNING, None),
    ]


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("{script: nowhere, when: [elderly]}", "unknown-script", "no script 'nowhere'"),
        ("{script: letter, when: [elderly]}", "unfit-script", "a script for revisit by letter"),
        ("{script: elderly, when: [instalments]}", "unfit-script", "holder_age unknown"),
        ("{script: unit-linked, when: [elderly]}", "unfit-script", "product_type traditional"),
    ],
)
def test_the_check_knows_which_scripts_fit(entry: str, code: str, words: str) -> None:
    text = changed(("  - {script: standard}\n", f"  - {entry}\n  - {{script: standard}}\n"))
    found = check(parse(text, "mine.yaml"))

    assert [fault.code for fault in found] == [code]
    assert found[0].line is not None
    assert entry in text.splitlines()[found[0].line - 1]
    assert words in found[0].message


def test_a_fitting_script_is_no_fault() -> None:
    entry = "  - {script: elderly, when: [elderly]}\n  - {script: standard}\n"

    assert checked(("  - {script: standard}\n", entry)) == []


def test_a_file_that_cannot_be_read_has_only_that_fault(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("id: [", "utf-8")

    assert [fault.code for fault in check_file(path)] == ["yaml-syntax"]
    assert [fault.code for fault in check_file(tmp_path / "none.yaml")] == ["file-unreadable"]
    path.write_text("- a list", "utf-8")
    assert [fault.code for fault in check_file(path)] == ["not-a-mapping"]


def places(data: Any, at: Place = ()) -> Iterator[Place]:
    """Every part of the data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inside:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


PLACES = list(places(WHOLE.data))
WRONG: list[Any] = [None, True, 7, -1.5, "x", "", [], {}, ["x"], [[]], {"id": "x"}, [None], "C-01"]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WRONG)), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_is_a_rulebook_or_a_list_of_faults(
    writes: list[tuple[Place, Any]],
) -> None:
    data = copy.deepcopy(WHOLE.data)
    for place, value in writes:
        write(data, place, value)
    found = Document("mine.yaml", data, WHOLE.marks)
    try:
        whole = len(of_document(found).conflicts) == 12
    except FaultyFileError as faulty:
        whole = len(faulty.faults) > 0

    assert whole


def write(data: Any, place: Place, value: Any) -> None:
    """Puts the value there, unless an earlier one took the place away."""
    try:
        for key in place[:-1]:
            data = data[key]
        data[place[-1]] = value
    except (LookupError, TypeError):
        return
