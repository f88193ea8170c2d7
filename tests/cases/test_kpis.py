"""Key figures against numbers worked out by hand: one month, read by two rulebooks."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.kpis import (
    RUNNING,
    Handled,
    Issued,
    Revisited,
    figure,
    month_of,
    months_back,
    of_case,
    of_policy,
    warned,
)
from scripts import rulebooks
from scripts.rulebooks import Countable, Kpi, Rulebook, SellerWarning, Unit, Way
from store.columns import LOCAL

TODAY = date(2026, 12, 4)
STANDARD, FROM_ISSUE = rulebooks.load("standard"), rulebooks.load("two-questionnaires")
#: As in Shandong (domain.md 2.12): reached with a problem is no success.
STRICT = replace(STANDARD, success=replace(STANDARD.success, with_problem=False))


def issued(day: int, receipt: int | None, ends: int | None, **more: object) -> Issued:
    """A policy issued in November 2026; ``ends`` is the last day of its period."""
    given = {
        "issued_on": date(2026, 11, day),
        "receipt_on": date(2026, 11, receipt) if receipt else None,
        "period_ends_on": date(2026, 11, 1) + timedelta(days=ends - 1) if ends else None,
        "ended": False,
        "open": False,
        **more,
    }
    return Issued(**given)  # type: ignore[arg-type]


def done(day: int, class_name: str = "标准件", **more: object) -> Revisited:
    on = date(2026, 11, 1) + timedelta(days=day - 1)
    return Revisited(on, class_name=class_name, **more)  # type: ignore[arg-type]


#: Eleven policies. The period ends ten days after the receipt (standard), or on day 18 since issue.
MONTH = (
    issued(2, 4, 14, done=done(8)),  # clean, in both periods
    issued(2, 4, 14, done=done(16)),  # too late by the receipt, in time by issue (day 20)
    issued(1, 3, 13, done=done(17)),  # the same once more
    issued(1, 9, 19, done=done(20)),  # late by both
    issued(3, 13, 23, done=done(22)),  # in time by the receipt, late by issue (day 21)
    issued(5, 6, 16, done=done(9, "问题件")),
    issued(5, 6, 16, done=done(10, "次标准件")),
    issued(6, 7, 17, done=done(15, way=Way.VISIT, class_name=None, signed=True)),
    issued(6, 7, 17),  # closed, never reached
    issued(7, 8, 18, ended=True),  # surrendered
    issued(30, None, None, open=True),  # no receipt yet
)


def counts(book: Rulebook) -> Counter[str]:
    found: Counter[str] = Counter()
    for policy in MONTH:
        found.update(of_policy(book, policy, TODAY))
    return found


def rate(book: Rulebook, name: str) -> tuple[int, int | None]:
    kpi = next(one for one in book.kpis if one.id == name)
    found = figure(kpi, counts(book))
    return found.count, found.of


def in_time(book: Rulebook) -> list[int]:
    """Which of the policies were revisited in their period."""
    counted = (set(of_policy(book, policy, TODAY)) for policy in MONTH)
    return [n for n, words in enumerate(counted, 1) if Countable.FIRST_DONE_IN_PERIOD in words]


def test_the_same_month_by_two_rulebooks() -> None:
    """犹豫期内回访成功率 of the nine with a valid receipt and no surrender."""
    assert in_time(STANDARD) == [1, 5, 6, 7, 8]
    assert in_time(FROM_ISSUE) == [1, 2, 3, 6, 7, 8]
    assert rate(STANDARD, "in-period") == (5, 9)
    assert rate(FROM_ISSUE, "in-period") == (6, 9)


def test_a_rulebook_decides_whether_a_problem_is_a_success() -> None:
    """回访成功率: eight of eleven, or seven where the 问题件 does not count (domain.md 2.13)."""
    assert rate(STANDARD, "success") == (8, 11)
    assert rate(STRICT, "success") == (7, 11)
    assert rate(STANDARD, "problems") == rate(STRICT, "problems") == (1, 8)


def test_everything_that_is_counted() -> None:
    assert counts(STANDARD) == {
        Countable.DUE: 11, Countable.VALID_DUE: 9, Countable.COMPLETED: 8,
        Countable.FIRST_DONE_IN_PERIOD: 5, Countable.SUCCESS: 8, Countable.SUCCESS_IN_PERIOD: 5,
        Countable.PHONE_SUCCESS: 7, Countable.PHONE_SUCCESS_IN_PERIOD: 4, Countable.CLEAN: 6,
        Countable.PROBLEMS: 1, Countable.VISITS: 1, Countable.UNSUCCESSFUL: 2, RUNNING: 1,
    }  # fmt: skip


def test_paper_without_the_holders_signature_is_no_success() -> None:
    letter = issued(6, 7, 17, done=Revisited(date(2026, 11, 9), Way.LETTER))
    assert set(of_policy(STANDARD, letter, TODAY)) == {
        Countable.DUE, Countable.VALID_DUE, Countable.COMPLETED, Countable.LETTERS,
        Countable.FIRST_DONE_IN_PERIOD, Countable.CLEAN,
    }  # fmt: skip


def test_a_receipt_before_the_policy_or_after_today_is_not_valid() -> None:
    early = issued(6, 5, 15, open=True)
    late = replace(issued(6, 7, 17, open=True), receipt_on=TODAY + timedelta(days=1))
    for policy in (early, late):
        assert Countable.VALID_DUE not in set(of_policy(STANDARD, policy, TODAY))


def test_closed_on_the_last_second_is_in_time() -> None:
    due = datetime(2026, 11, 30, 18, tzinfo=LOCAL)
    assert Countable.CASES_CLOSED_IN_TIME in set(of_case(Handled(due, due)))
    late = set(of_case(Handled(due, due + timedelta(seconds=1))))
    assert late == {Countable.CASES_ISSUED, Countable.CASES_CLOSED}
    assert set(of_case(Handled(due, None))) == {Countable.CASES_ISSUED}
    assert Countable.CASES_CLOSED_IN_TIME in set(of_case(Handled(None, due)))


@pytest.mark.parametrize(("reached", "points"), [(95, 2), (94, 1), (90, 1), (89, 0)])
def test_points_by_the_scale(reached: int, points: float) -> None:
    kpi = next(one for one in STANDARD.kpis if one.id == "completion")
    found = figure(kpi, {"completed": reached, "due": 100})
    assert (found.points, found.few) == (points, False)


def test_nothing_to_divide_by_is_no_rate() -> None:
    kpi = Kpi("x", "x", Countable.SUCCESS, Countable.DUE, Unit.PERCENT)
    found = figure(kpi, {})
    assert found.share is not None
    assert (found.share.rate, found.points, found.few) == (None, None, True)
    number = figure(replace(kpi, of=None, unit=Unit.COUNT), {"success": 3})
    assert (number.count, number.share) == (3, None)


@pytest.mark.parametrize(
    ("problems", "completed", "expected"),
    [
        (2, 19, None),  # too few policies to say anything
        (2, 20, None),  # exactly 10 % is not over it
        (3, 20, False),  # 15 %, but the interval begins at 5 %
        (30, 100, True),  # 30 % (22 to 40)
    ],
)
def test_a_seller_is_warned_by_the_interval(
    problems: int, completed: int, expected: bool | None
) -> None:
    found = warned(STANDARD, {"problems": problems, "completed": completed})
    assert (found.certain if found else None) is expected


def test_policies_that_may_still_be_reached_speak_against_nobody() -> None:
    book = rulebooks.load("signed-letters")
    assert book.seller_warning == SellerWarning("phone-success", None, 80, 20)
    half = {"phone-success": 30, "due": 60}
    certain = warned(book, half)
    assert certain is not None
    assert certain.certain
    assert warned(book, {**half, RUNNING: 30}) is None
    assert warned(replace(book, seller_warning=None), half) is None


def test_months() -> None:
    assert month_of(date(2026, 2, 14)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert months_back(date(2026, 1, 31), 3) == [date(2025, 11, 1), date(2025, 12, 1),
                                                 date(2026, 1, 1)]  # fmt: skip
