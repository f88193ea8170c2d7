"""How calls end: the assumption, what was measured, and how the one gives way to the other."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.rates import (
    CELLS,
    MOST_TRIES,
    Cell,
    Counted,
    Part,
    cell_of,
    part_of,
    rates_of,
)
from scripts.outcomes import Cause
from tests.scheduler.policies import at

FIRST = Cell(Part.MORNING, True, 0)
ASSUMED = rates_of()

COUNTED = st.builds(
    Counted,
    st.sampled_from(CELLS),
    st.sampled_from(Cause),
    st.integers(0, 5_000),
    st.floats(0, 1e6),
)


@given(st.lists(COUNTED, max_size=30))
def test_the_shares_of_every_cell_are_one(rows: list[Counted]) -> None:
    """Every cause stays possible, whatever was measured."""
    rates = rates_of(rows)

    for cell in CELLS:
        assert sum(rates.shares[cell].values()) == pytest.approx(1)
        assert set(rates.shares[cell]) == set(Cause)
        assert min(rates.shares[cell].values()) > 0
    assert min(rates.seconds.values()) >= 0


def test_the_assumption_knows_who_is_hard_to_reach() -> None:
    by_tries = [
        ASSUMED.shares[Cell(Part.MORNING, True, tries)][Cause.COMPLETED]
        for tries in range(MOST_TRIES + 1)
    ]

    assert by_tries == sorted(by_tries, reverse=True)
    assert by_tries[0] > 1.5 * by_tries[-1]
    assert ASSUMED.measured == 0


def test_some_hundreds_of_calls_outweigh_the_assumption() -> None:
    rows = [
        Counted(FIRST, Cause.COMPLETED, 100, 100 * 100),
        Counted(FIRST, Cause.NO_ANSWER, 900, 900 * 20),
    ]
    rates = rates_of(rows)

    assert rates.shares[FIRST][Cause.COMPLETED] == pytest.approx(0.1, abs=0.03)
    assert rates.seconds[Cause.COMPLETED] == pytest.approx(100, abs=30)
    assert rates.measured == 1000


def test_what_was_measured_in_one_cell_is_expected_in_others() -> None:
    """Cells without a call of their own follow the calls there are, and keep their difference."""
    rates = rates_of([Counted(FIRST, Cause.NO_ANSWER, 5_000, 0)])
    evening = Cell(Part.EVENING, True, 0)
    tried = Cell(Part.MORNING, True, 2)

    for other in (evening, tried):
        assert rates.shares[other][Cause.COMPLETED] < ASSUMED.shares[other][Cause.COMPLETED] / 3
    assert rates.shares[evening][Cause.COMPLETED] > rates.shares[FIRST][Cause.COMPLETED]


def test_an_answer_is_drawn_by_its_share() -> None:
    draws = [ASSUMED.answer(FIRST, n / 1000) for n in range(1000)]

    for cause in (Cause.COMPLETED, Cause.NO_ANSWER):
        expected = ASSUMED.shares[FIRST][cause]
        assert draws.count(cause) / 1000 == pytest.approx(expected, abs=0.002)
    assert ASSUMED.answer(FIRST, 1 - 2**-53) in Cause


@pytest.mark.parametrize(
    ("clock", "part"),
    [("09:00", "morning"), ("11:59", "morning"), ("12:00", "midday"), ("13:59", "midday"),
     ("14:00", "afternoon"), ("18:00", "evening"), ("20:59", "evening")],
)  # fmt: skip
def test_the_part_of_the_day(clock: str, part: str) -> None:
    assert part_of(at(f"2026-11-20T{clock}")) == part


def test_many_tries_are_counted_together() -> None:
    moment = at("2026-11-20T10:00")

    assert cell_of(moment, True, 9) == cell_of(moment + timedelta(hours=1), True, MOST_TRIES)
