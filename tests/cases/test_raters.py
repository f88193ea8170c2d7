"""Agreement of reviewers against published values, and by hand."""

import math
import random

import pytest

from cases.raters import Agreement, Judged, alpha, kappa, report

#: Krippendorff (2011), four observers and twelve units; None: did not rate it.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
#: Fleiss, Cohen and Everitt (1969): 200 subjects, three categories, in hundredths.
SHARES = ((53, 5, 2), (11, 14, 5), (1, 6, 3))


def units(observers: tuple[tuple[int | None, ...], ...] = OBSERVERS) -> list[list[int]]:
    return [[one for one in column if one is not None] for column in zip(*observers, strict=True)]


def half(found: Agreement) -> float:
    assert found.value is not None
    assert found.high is not None
    return found.high - found.value


def test_alpha_is_krippendorffs_own_example() -> None:
    found = alpha(units())
    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert found.units == 11  # one of the twelve was rated once, which tells nothing
    assert found.few


def test_alpha_of_two_who_name_ten_units_is_krippendorffs_binary_example() -> None:
    """Krippendorff (2011), example A: 0.095."""
    a, b = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert alpha(zip(a, b, strict=True)).value == pytest.approx(0.095, abs=0.0005)


def test_kappa_and_its_interval_are_those_of_fleiss_cohen_and_everitt() -> None:
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(2 * SHARES[a][b])]
    found = kappa(pairs)
    assert found.units == len(pairs) == 200
    assert found.value == pytest.approx(0.429, abs=0.0005)
    assert (half(found) / 1.959964) ** 2 == pytest.approx(0.002885, abs=0.0000005)
    assert not found.few


def test_who_is_first_makes_no_difference_to_kappa() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    turned = [(b, a) for a, b in pairs]
    assert kappa(pairs).value == pytest.approx(0.4)
    assert half(kappa(pairs)) == pytest.approx(half(kappa(turned)))


def test_the_jackknife_comes_near_to_the_bootstrap() -> None:
    chance = random.Random(1)
    first = chance.choices("aab", k=300)
    pairs = [(one, one if chance.random() < 0.8 else chance.choice("abc")) for one in first]
    found = alpha(pairs)
    tries = sorted(alpha(chance.choices(pairs, k=300)).value or 0 for _ in range(400))
    assert found.low == pytest.approx(tries[10], abs=0.03)
    assert found.high == pytest.approx(tries[389], abs=0.03)


@pytest.mark.parametrize("said", [[], [("yes", "yes")] * 40])
def test_nothing_can_be_said_where_all_always_said_the_same(said: list[tuple[str, str]]) -> None:
    for found in (kappa(said), alpha(said)):
        assert (found.value, found.low, found.high, found.units) == (None, None, None, len(said))


def test_complete_agreement_is_one_and_intervals_stay_inside() -> None:
    pairs = [("yes", "yes")] * 30 + [("no", "no")] * 5
    assert kappa(pairs).value == alpha(pairs).value == 1
    apart = alpha([("yes", "no")] * 5 + [("no", "no")])
    assert apart.low is not None
    assert apart.high is not None
    assert -1 <= apart.low <= apart.high <= 1
    assert not math.isnan(apart.low)


def test_an_interval_of_no_width_is_none() -> None:
    """Nothing varied: a formula that makes certainty of that would mislead."""
    agreed = [("yes", "yes")] * 4 + [("no", "no")] * 2
    one_sided = [("yes", "yes")] * 4 + [("yes", "no")] * 2  # the first always says yes
    for found in (kappa(agreed), alpha(agreed), kappa(one_sided)):
        assert found.value in (0, 1)
        assert (found.low, found.high) == (None, None)
    assert alpha(one_sided).low is not None


def judged(unit: int, kind: str, *said: tuple[str, str]) -> list[Judged]:
    return [Judged(unit, kind, who, seat, word) for seat, (who, word) in enumerate(said)]


def test_the_report_tells_questions_and_reviewers_apart() -> None:
    rows = [
        *judged(1, "READ", ("甲", "affirm"), ("乙", "affirm")),
        *judged(2, "READ", ("乙", "affirm"), ("丙", "deny")),
        *judged(1, "FEES", ("甲", "deny"), ("乙", "deny")),
        *judged(3, "FEES", ("甲", "affirm")),
    ]
    found = report(rows)
    assert (found.whole.pairs, found.whole.same) == (3, 2 / 3)
    assert [(one.name, one.pairs, one.same) for one in found.kinds] == [
        ("FEES", 1, 1.0), ("READ", 2, 0.5),
    ]  # fmt: skip
    assert [(one.name, one.pairs, one.same) for one in found.raters] == [
        ("丙", 1, 0.0), ("乙", 3, 2 / 3), ("甲", 2, 1.0),
    ]  # fmt: skip


def test_the_same_unit_of_two_kinds_is_two_units() -> None:
    rows = judged(1, "READ", ("甲", "met"), ("乙", "met")) + judged(
        1, "FEES", ("丙", "met"), ("丁", "missed")
    )
    assert report(rows).whole.pairs == 2
