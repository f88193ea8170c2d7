"""Three clocks at once: the company's promise, the law's days with what stops and restarts them,
and those of misselling. Every article with a number of days has its row."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.complaint_clocks import (
    Clock,
    Complexity,
    Hand,
    Reading,
    Stop,
    Timing,
    end_of,
    next_due,
    passed_on,
    readings,
    stopped_for,
)
from cases.complaint_terms import standard
from scheduler.workdays import add_working_days
from store.columns import LOCAL

TERMS = standard()
#: A Wednesday.
GOT = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)
LATER = datetime(2027, 2, 1, tzinfo=LOCAL)
PLAIN = Timing(GOT, GOT)
COMPLEX = replace(PLAIN, complexity=Complexity.COMPLEX)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LOCAL).replace(hour=hour)


def clock(which: Clock, timing: Timing, now: datetime = LATER) -> Reading:
    found = {one.clock: one for one in readings(timing, TERMS, add_working_days, now)}
    return found[which]


@pytest.mark.parametrize(
    ("which", "timing", "last_day"),
    [
        (Clock.PROMISE, PLAIN, "2026-11-23"),  # three working days, over a weekend
        (Clock.LAW, PLAIN, "2026-12-03"),  # 第18条: fifteen days from receipt
        (Clock.LAW, COMPLEX, "2026-12-18"),  # 第18条: thirty
        (Clock.LAW, replace(COMPLEX, extended=True), "2027-01-17"),  # 第18条: thirty more
        (Clock.LAW, replace(PLAIN, counted_from=at("2026-11-25")), "2026-12-10"),  # new facts
        (Clock.MISSELLING, replace(PLAIN, misselling=True), "2026-12-09"),  # 15 working days
    ],
)
def test_article_18_the_days_of_each_clock(which: Clock, timing: Timing, last_day: str) -> None:
    found = clock(which, timing)
    assert found.due == at(last_day).replace(hour=23, minute=59, second=59)
    assert found.hand is Hand.RUNNING


def test_article_18_an_appraisal_is_not_counted() -> None:
    stop = Stop(at("2026-11-20"), at("2026-11-27"))
    found = clock(Clock.LAW, replace(PLAIN, stops=(stop,)))
    assert found.due == at("2026-12-10").replace(hour=23, minute=59, second=59)


def test_article_23_a_mediation_that_overlaps_an_appraisal_is_counted_once() -> None:
    stops = (Stop(at("2026-11-20"), at("2026-11-27")), Stop(at("2026-11-23"), at("2026-11-28")))
    assert stopped_for(stops, GOT, LATER) == timedelta(days=8)


def test_a_stop_from_before_the_new_facts_gives_nothing() -> None:
    stop = Stop(at("2026-11-19"), at("2026-11-24"))
    timing = replace(PLAIN, counted_from=at("2026-11-24"), stops=(stop,))
    assert clock(Clock.LAW, timing).due == at("2026-12-09").replace(hour=23, minute=59, second=59)


def test_only_the_law_is_stopped() -> None:
    timing = replace(PLAIN, misselling=True, stops=(Stop(at("2026-11-19")),))
    hands = [one.hand for one in readings(timing, TERMS, add_working_days, at("2026-11-20"))]
    assert hands == [Hand.RUNNING, Hand.STOPPED, Hand.RUNNING]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 200)), max_size=4
    ),
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(1, 400),
)  # fmt: skip
def test_no_clock_runs_while_stopped(
    ended: list[tuple[int, int]], begin: int, first: int, more: int
) -> None:
    """Whatever stopped it before: while one stop is open, what is left stays what it is."""

    def hours(count: int) -> datetime:
        return GOT + timedelta(hours=count)

    stops = [Stop(hours(at), hours(at + length)) for at, length in ended]
    timing = replace(PLAIN, stops=(*stops, Stop(hours(begin))))
    one = hours(max(begin, *(at + length for at, length in ended), 0) + first)
    two = one + timedelta(hours=more)
    before, after = clock(Clock.LAW, timing, one), clock(Clock.LAW, timing, two)
    assert before.hand is after.hand is Hand.STOPPED
    assert before.left(one) == after.left(two)
    assert before.runs_out is None
    assert next_due([before]) is None


def test_an_answer_on_the_last_day_is_in_time_and_later_is_late() -> None:
    last = at("2026-12-03", 23)
    assert clock(Clock.LAW, replace(PLAIN, answered_at=last)).hand is Hand.KEPT
    late = replace(PLAIN, answered_at=last + timedelta(hours=1))
    assert clock(Clock.LAW, late).hand is Hand.LATE
    assert clock(Clock.PROMISE, replace(PLAIN, contacted_at=at("2026-11-23", 20))).hand is Hand.KEPT
    assert clock(Clock.PROMISE, replace(PLAIN, contacted_at=at("2026-11-24"))).hand is Hand.LATE


def test_article_15_nothing_runs_after_a_withdrawal() -> None:
    timing = replace(PLAIN, misselling=True, ended_at=at("2026-11-19"))
    found = readings(timing, TERMS, add_working_days, LATER)
    assert {one.hand for one in found} == {Hand.OFF}
    assert next_due(found) is None


def test_a_stop_that_ended_after_the_answer_does_not_reach_beyond_it() -> None:
    timing = replace(PLAIN, answered_at=at("2026-12-05"), stops=(Stop(at("2026-12-01")),))
    assert clock(Clock.LAW, timing).hand is Hand.KEPT  # four days stood, the fifteenth is later


def test_the_earliest_of_all_is_the_one_that_matters() -> None:
    found = readings(replace(PLAIN, misselling=True), TERMS, add_working_days, GOT)
    assert next_due(found) == at("2026-11-23").replace(hour=23, minute=59, second=59)


@pytest.mark.parametrize(
    ("sent_on", "hand", "last_day"),
    [
        ("2026-11-09", Hand.KEPT, "2026-11-18"),  # seven working days: received on the last one
        ("2026-11-06", Hand.LATE, "2026-11-17"),  # over a weekend, and one day too late
        ("2026-09-21", Hand.LATE, "2026-10-08"),  # 中秋 and 国庆 are not counted
        ("2026-09-24", Hand.LATE, "2026-10-12"),  # and the Saturday that is worked is (调休)
        ("2026-11-17", Hand.KEPT, "2026-11-26"),
    ],
)
def test_article_33_the_regulator_has_seven_working_days_to_pass_it_on(
    sent_on: str, hand: Hand, last_day: str
) -> None:
    timing = replace(PLAIN, sent_on=date.fromisoformat(sent_on))
    (found,) = passed_on(timing, TERMS, add_working_days)
    assert (found.clock, found.hand, found.runs_out) == (Clock.FORWARD, hand, None)
    assert found.due == at(last_day).replace(hour=23, minute=59, second=59)


@pytest.mark.parametrize(
    ("changes", "hand"),
    [
        ({}, Hand.RUNNING),
        ({"stops": (Stop(GOT),)}, Hand.RUNNING),  # a mediation does not move the letter's day
        ({"replied_at": at("2026-11-25", 23)}, Hand.KEPT),
        ({"replied_at": at("2026-11-26", 0)}, Hand.LATE),
        ({"answered_at": None, "replied_at": at("2026-11-20")}, Hand.KEPT),  # another round
        ({"ended_at": at("2026-11-20")}, Hand.OFF),
    ],
)
def test_the_day_of_the_letter_is_a_clock_of_its_own(changes: dict[str, Any], hand: Hand) -> None:
    timing = replace(PLAIN, reply_by=date(2026, 11, 25), **changes)
    (found,) = passed_on(timing, TERMS, add_working_days)
    assert (found.clock, found.hand, found.limit) == (Clock.SENDER, hand, None)
    assert found.due == at("2026-11-25").replace(hour=23, minute=59, second=59)


def test_what_nobody_has_passed_on_has_three_clocks() -> None:
    assert passed_on(PLAIN, TERMS, add_working_days) == ()


@pytest.mark.parametrize(
    ("limit", "last_day"),
    [
        ("ask_for_review", "2026-12-18"),
        ("answer_review", "2026-12-18"),
        ("forwarded", "2026-11-27"),
    ],
)
def test_articles_20_and_33_the_days_of_reviews_and_of_the_regulator(
    limit: str, last_day: str
) -> None:
    days = getattr(TERMS.limits, limit)
    assert end_of(GOT, days, add_working_days).date() == date.fromisoformat(last_day)
