"""Which policies cannot make it, why, and what else can be done; and how many lines it takes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scheduler.facts import Tried, Use
from scheduler.forecast import Expected, Short, forecast, horizon, runs_for
from scheduler.lines_needed import lines_needed
from scheduler.opening import opening
from scheduler.outcome import Subject
from scheduler.rates import CELLS, Rates, rates_of
from scheduler.simulation import run
from scripts.outcomes import Cause
from scripts.rulebooks import OtherWay, Way
from tests.scheduler.policies import MOBILE, NOW, POLICY, RULES, at

WAYS = (OtherWay(Way.LETTER, 5), OtherWay(Way.VISIT, 2), OtherWay(Way.BRANCH_CALL, 1))
RATES = rates_of()
HOURLONG = Rates({cell: {Cause.COMPLETED: 1.0} for cell in CELLS}, {Cause.COMPLETED: 3600})


def ending(number: int, days: int, **changes: object) -> Subject:
    """A policy whose period ends in so many days."""
    signed = NOW.date() + timedelta(days=days - 10)
    own = {
        "id": number, "number": f"P{number}", "phones": (f"+861390000{number:04d}",),
        "receipt_signed_on": signed, "receipt_returned_on": signed,
    }  # fmt: skip
    return Subject(replace(POLICY, **{**own, **changes}))  # type: ignore[arg-type]


def tell(policies: Sequence[Subject], lines: int = 5, rates: Rates = RATES) -> Expected:
    return forecast(policies, NOW, RULES, lines, rates, other_ways=WAYS, at_risk_below=0.5)


def test_too_few_lines() -> None:
    """Forty calls of an hour on one line, and three days."""
    found = tell([ending(n, 2) for n in range(1, 41)], 1, HOURLONG)

    assert found.open == found.best == 40
    assert 20 < found.expected < 30
    assert {risk.why for risk in found.risks} == {Short.LINES}
    assert len(found.risks) == pytest.approx(40 - found.expected, abs=5)
    first = found.days[0]
    assert first.wanted == 40
    assert first.made < 12
    assert first.waiting == 40 - first.made
    assert first.possible == pytest.approx(first.made, abs=3)
    assert [day.deadlines for day in found.days] == [0, 0, 40]


def test_too_few_slots() -> None:
    """The last evening of a policy that nobody has rung yet."""
    late = at("2026-11-20T19:50")
    found = forecast([ending(1, 0)], late, RULES, 5, RATES, other_ways=WAYS, at_risk_below=0.9)

    assert [risk.why for risk in found.risks] == [Short.SLOTS]
    assert 0.2 < found.risks[0].chance < 0.7


def test_hard_to_reach() -> None:
    """Four calls in vain, and one left, for which there is time enough."""
    tried = tuple(Tried(Cause.SWITCHED_OFF, NOW - timedelta(days=n), "x") for n in (4, 3, 2, 1))
    found = tell([ending(1, 5, tried=tried), ending(2, 5)])

    assert [(risk.number, risk.why) for risk in found.risks] == [("P1", Short.HARD)]
    assert found.risks[0].chance < 0.35


@pytest.mark.parametrize(
    "changes",
    [
        {"phones": ()},
        {"phones": (MOBILE,), "numbers": {MOBILE: Use(dead=True)}},
        {"phones": (MOBILE,), "numbers": {MOBILE: Use(blocked=True)}},
    ],
)
def test_no_number(changes: dict[str, object]) -> None:
    found = tell([ending(1, 5, **changes)])

    assert [(risk.why, risk.chance) for risk in found.risks] == [(Short.NUMBER, 0)]


def test_who_cannot_be_rung_does_not_share_the_chance_of_others() -> None:
    """Policies alike lend each other their chances, but not one that has no chance at all."""
    dead = ending(9, 5, numbers={"+8613900000009": Use(dead=True)})
    found = tell([dead, *(ending(n, 5) for n in range(1, 6))])

    assert [(risk.number, risk.chance) for risk in found.risks] == [("P9", 0)]


@pytest.mark.parametrize(
    ("days", "way", "start_by"),
    [
        (7, Way.LETTER, date(2026, 11, 22)),
        (5, Way.LETTER, date(2026, 11, 20)),
        (4, Way.VISIT, date(2026, 11, 22)),
        (1, Way.BRANCH_CALL, date(2026, 11, 20)),
        (0, None, None),
    ],
)
def test_the_first_other_way_that_still_has_time(
    days: int, way: Way | None, start_by: date | None
) -> None:
    (risk,) = tell([ending(1, days, phones=())]).risks

    assert (risk.way, risk.start_by) == (way, start_by)


@pytest.mark.parametrize(
    "changes",
    [
        {"receipt_signed_on": None},
        {"handed_over": True},
        {"special": True},
        {"tried": (Tried(Cause.COMPLETED, NOW - timedelta(days=1), MOBILE),)},
        {"tried": (Tried(Cause.COMPLAINT, NOW - timedelta(days=1), MOBILE),)},
        {"receipt_signed_on": date(2026, 10, 1)},
    ],
)
def test_policies_that_others_look_after_are_no_risk(changes: dict[str, object]) -> None:
    found = tell([ending(1, 5, **changes)])

    assert (found.open, found.risks) == (0, ())


def test_a_policy_in_a_call_counts() -> None:
    found = tell([ending(1, 5, in_call=True)])

    assert found.open == 1
    assert found.expected > 0.5


def test_nothing_to_tell() -> None:
    found = tell([])

    assert (found.open, found.expected, found.risks, found.measured) == (0, 0, (), 0)


def test_large_books_get_fewer_runs() -> None:
    assert [runs_for(count) for count in (0, 1_000, 30_000, 100_000, 1_000_000)] == [
        20, 20, 10, 3, 2,
    ]  # fmt: skip


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    forecast(
        [ending(1, 3)], NOW, RULES, 1, RATES, other_ways=WAYS, at_risk_below=0.5,
        progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip

    assert told == [(done, 21) for done in range(1, 22)]


@pytest.mark.parametrize("count", [1, 7, 60])
def test_the_least_number_of_lines(count: int) -> None:
    """With them as many are reached as with unlimited ones, with one less fewer."""
    opened = opening([ending(n, n % 3) for n in range(1, count + 1)], NOW, RULES)
    told: list[tuple[int, int]] = []
    found = lines_needed(
        opened, HOURLONG, tolerance=0, progress=lambda done, whole: told.append((done, whole))
    )

    assert found.with_lines.in_time == found.unlimited.in_time == count
    if found.lines > 1:
        assert run(opened, horizon(opened), found.lines - 1, HOURLONG).in_time < count
    assert found.lines >= count / 3 / 9.5 - 1
    assert told[-1][0] == told[-1][1] == len(told) - 1


def test_nobody_needs_one_line() -> None:
    assert lines_needed(opening([], NOW, RULES), RATES).lines == 1
