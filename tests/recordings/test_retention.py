"""How long a recording is kept: from the end of the contract, never less than from the call, beyond
every dispute, and for as long as nobody can tell the end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.retention import Contract, Kept, Why, kept, years_after
from scripts.facts import Period, PeriodKind

CALLED = date(2026, 11, 18)
EFFECTIVE = date(2026, 11, 11)
TWENTY = Contract(EFFECTIVE, Period(PeriodKind.YEARS, 20))


@pytest.mark.parametrize(
    ("contract", "until"),
    [
        (TWENTY, date(2056, 11, 11)),  # 20 years, and ten more
        (Contract(EFFECTIVE, Period(PeriodKind.YEARS, 2)), date(2038, 11, 11)),
        (Contract(EFFECTIVE, Period(PeriodKind.YEARS, 0)), date(2032, 11, 11)),  # one, and five
        (
            Contract(EFFECTIVE, Period(PeriodKind.TO_AGE, 70), insured_birth=date(1985, 3, 6)),
            date(2066, 3, 6),  # the contract's year in which 70 is reached, and ten more
        ),
    ],
)
def test_it_is_kept_from_the_end_of_the_contract(contract: Contract, until: date) -> None:
    assert kept(CALLED, contract, []) == Kept(until, Why.CONTRACT)


def test_one_year_and_less_is_kept_five_years() -> None:
    contract = Contract(EFFECTIVE, Period(PeriodKind.YEARS, 1))
    assert kept(CALLED, contract, []) == Kept(date(2032, 11, 11), Why.CONTRACT)


def test_never_less_than_from_the_call() -> None:
    late = date(2048, 1, 1)  # a call about a contract that had ended
    assert kept(late, TWENTY, []) == Kept(date(2058, 1, 1), Why.CALL)


@pytest.mark.parametrize(
    "contract",
    [
        Contract(EFFECTIVE, Period(PeriodKind.LIFE)),
        Contract(None, Period(PeriodKind.YEARS, 20)),
        Contract(EFFECTIVE, Period(PeriodKind.TO_AGE, 70)),  # another person's birthday
        Contract(EFFECTIVE, Period(PeriodKind.YEARS, 1), renews=True),
    ],
)
def test_what_has_no_known_end_is_kept(contract: Contract) -> None:
    assert kept(CALLED, contract, []) == Kept(None, Why.END_UNKNOWN)
    assert not kept(CALLED, contract, []).over(date(2999, 1, 1))


def test_an_open_case_keeps_it_and_a_closed_one_two_years() -> None:
    assert kept(CALLED, TWENTY, [date(2027, 1, 1), None]) == Kept(None, Why.CASE_OPEN)
    assert kept(CALLED, TWENTY, [date(2027, 1, 1)]).why is Why.CONTRACT
    assert kept(CALLED, TWENTY, [date(2055, 5, 5)]) == Kept(date(2057, 5, 5), Why.CASE_CLOSED)


def test_the_last_day_is_a_day_of_keeping() -> None:
    how_long = kept(CALLED, TWENTY, [])
    assert not how_long.over(date(2056, 11, 11))
    assert how_long.over(date(2056, 11, 12))


def test_leap_days() -> None:
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert years_after(date(2028, 2, 29), 5) == date(2033, 3, 1)


DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@given(called=DAYS, effective=DAYS, years=st.integers(0, 60), cases=st.lists(DAYS, max_size=3))
def test_nothing_younger_than_five_years_is_over(
    called: date, effective: date, years: int, cases: list[date]
) -> None:
    how_long = kept(called, Contract(effective, Period(PeriodKind.YEARS, years)), cases)
    assert not how_long.over(years_after(called, 5))
    assert not how_long.over(years_after(effective, max(years, 1) + 5))
    assert not any(how_long.over(years_after(day, 2)) for day in cases)
