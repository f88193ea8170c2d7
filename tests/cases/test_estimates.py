"""Intervals against published figures, and that the stratified one keeps what it promises."""

import pytest

from cases.estimates import FEW, Stratum, estimate, share, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_published(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_wilson_at_the_ends() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 100)[0] == 0.0
    assert 0.02 < wilson(0, 100)[1] < 0.05
    assert wilson(100, 100)[1] == 1.0
    assert 0.95 < wilson(100, 100)[0] < 0.98


def test_a_share_of_nothing_has_no_rate() -> None:
    assert share(0, 0).rate is None
    assert share(3, 4).rate == 0.75


def test_one_stratum_is_a_plain_sample_less_what_is_known() -> None:
    """Of 1000 answers 50 were heard and 5 were false."""
    found = estimate([[Stratum(1000, 50, 5)]], 1000)
    plain = wilson(5, 50)

    assert found.rate == pytest.approx(0.1)
    assert plain[0] < found.low < 0.1 < found.high < plain[1]
    assert found.high - found.low > 0.9 * (plain[1] - plain[0])


def test_what_was_heard_whole_is_certain() -> None:
    found = estimate([[Stratum(40, 40, 3), Stratum(10, 10, 0)]], 100)

    assert (found.low, found.rate, found.high) == (pytest.approx(0.03),) * 3


def test_strata_count_by_their_size() -> None:
    """Ten of ten false in a small stratum are few of all."""
    found = estimate([[Stratum(900, 90, 0)], [Stratum(100, 100, 50)]], 1000)

    assert found.rate == pytest.approx(0.05)
    assert found.low == pytest.approx(0.05)  # none was false where it is not known exactly
    assert 0.06 < found.high < 0.1


def test_none_found_has_an_upper_bound_that_shrinks() -> None:
    bounds = [
        estimate([[Stratum(500, heard, 0), Stratum(500, heard, 0)]], 1000).high
        for heard in (1, 10, 50, 200)
    ]

    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] > 0.5
    assert bounds[2] == pytest.approx(wilson(0, 100)[1], rel=0.15)
    assert 0 < bounds[3] < 0.01


def test_a_stratum_nobody_has_heard_leaves_no_rate_and_counts_as_false() -> None:
    found = estimate([[Stratum(900, 100, 0)], [Stratum(100, 0, 0)]], 1000)

    assert (found.rate, found.unheard, found.low) == (None, 100, 0.0)
    assert found.high > 0.1
    assert found.high == pytest.approx(estimate([[Stratum(900, 100, 0)]], 1000).high + 0.1)


def test_nothing_at_all() -> None:
    found = estimate([[]], 0)
    assert (found.rate, found.low, found.high, found.few) == (None, 0.0, 1.0, True)


def test_little_is_marked() -> None:
    assert estimate([[Stratum(100, FEW - 1, 0)]], 100).few
    assert not estimate([[Stratum(100, FEW, 0)]], 100).few


def test_an_uneven_sample_is_worth_less_than_an_even_one() -> None:
    even = estimate([[Stratum(500, 50, 5), Stratum(500, 50, 5)]], 1000)
    uneven = estimate([[Stratum(500, 10, 1), Stratum(500, 90, 9)]], 1000)

    assert even.rate == pytest.approx(uneven.rate)
    assert uneven.high > even.high
    assert uneven.low < even.low
