"""Conditions: a small closed vocabulary, each word of it met and not met."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import conditions
from scripts.checks.graph import situations
from scripts.conditions import CALL_FLAGS, CHOICES, DOUBTED, FLAGS, NUMBERS
from scripts.facts import Facts, Frequency, Period, PeriodKind

IN_CALL = CALL_FLAGS | {DOUBTED}


def _met(text: str, facts: Facts, **call: conditions.Value) -> bool:
    known = {**conditions.situation(facts), **call}
    return conditions.holds(conditions.parse(text, IN_CALL), known)


@pytest.mark.parametrize(
    ("text", "age", "met"),
    [
        ("holder_age >= 65", 65, True),
        ("holder_age >= 65", 64, False),
        ("holder_age <= 65", 65, True),
        ("holder_age <= 65", 66, False),
        ("not holder_age >= 65", 64, True),
        ("not holder_age >= 65", 65, False),
        # an unknown age is on neither side of a bound
        ("holder_age >= 65", None, False),
        ("holder_age <= 65", None, False),
        ("not holder_age >= 65", None, False),
    ],
)
def test_numbers(
    facts_with: Callable[..., Facts], text: str, age: int | None, *, met: bool
) -> None:
    assert _met(text, facts_with(holder_age=age)) is met


@pytest.mark.parametrize(("day", "met"), [(18, True), (19, False)])
def test_day_18_since_issue_is_still_in_and_day_19_is_not(
    facts_with: Callable[..., Facts], day: int, *, met: bool
) -> None:
    """T-05: not more than 18 natural days since issue."""
    facts = facts_with(issued_on=date(2026, 11, 1), called_on=date(2026, 11, 1 + day))

    assert _met("days_since_issue <= 18", facts) is met
    assert _met("days_since_issue >= 19", facts) is not met


PERIODS = {
    "20年": Period(PeriodKind.YEARS, 20),
    "至70岁": Period(PeriodKind.TO_AGE, 70),
    "终身": Period(PeriodKind.LIFE),
    "": None,
}


@pytest.mark.parametrize(
    ("period", "age", "together"),
    [
        ("20年", 55, 75),
        ("20年", None, None),
        ("至70岁", 40, 70),
        ("至70岁", None, 70),
        ("终身", 40, None),
        ("", 40, None),
    ],
)
def test_payment_years_and_age_together(
    facts_with: Callable[..., Facts], period: str, age: int | None, together: int | None
) -> None:
    """2025年第7号 第39条: 75 and more is a risk; what is unknown is none."""
    facts = facts_with(payment_period=PERIODS[period], holder_age=age)

    assert facts.payment_years_plus_age == together
    assert _met("payment_years_plus_age >= 70", facts) is (together is not None)
    assert not _met("payment_years_plus_age >= 76", facts)


def test_a_single_premium_is_never_paid_for_years(facts_with: Callable[..., Facts]) -> None:
    facts = facts_with(frequency=Frequency.SINGLE, payment_period=PERIODS["20年"], holder_age=60)

    assert facts.payment_years_plus_age is None


def test_no_years_are_paid_where_no_period_is_known() -> None:
    """The checks try no policy that cannot be."""
    texts = ("payment_years_plus_age >= 75", "payment_period_known")
    tried = list(situations(conditions.parse(text) for text in texts))
    unknown = {one["payment_years_plus_age"] for one in tried if not one["payment_period_known"]}

    assert unknown == {None}
    assert {one["payment_years_plus_age"] for one in tried} == {None, 74, 75, 76}


def test_what_was_doubted(facts_with: Callable[..., Facts]) -> None:
    text = "doubted in [AWARE, LIABILITY]"

    assert not _met(text, facts_with(), doubted=frozenset())
    assert not _met(text, facts_with(), doubted=frozenset({"READ"}))
    assert _met(text, facts_with(), doubted=frozenset({"READ", "LIABILITY"}))
    assert not _met(f"not {text}", facts_with(), doubted=frozenset({"AWARE"}))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 == 1", "is not understood"),
        ("__import__('os')", "is not understood"),
        ("holder_age", "is a number: compare it"),
        ("holder_age > 65", "is not understood"),
        ("channel >= 3", "is no number: use one of holder_age, days_since_issue, payment"),
        ("elderly in [yes]", "has no list of values"),
        ("channel in [post]", "channel is never 'post'"),
        ("doubted", "unknown condition"),
        ("doubted in [AWAKE]", "doubted is never 'AWAKE'"),
        ("wealthy", "unknown condition 'wealthy'"),
    ],
)
def test_what_is_no_condition_is_told(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        conditions.parse(text, IN_CALL)


def test_what_happens_in_the_call_cannot_choose_a_script() -> None:
    for text in ("doubted in [AWARE]", "verified"):
        with pytest.raises(ValueError, match=r"unknown condition|has no list"):
            conditions.parse(text)


CONDITIONS = st.builds(
    lambda negated, body: ("not " if negated else "") + body,
    st.booleans(),
    st.one_of(
        st.sampled_from(sorted(FLAGS)),
        st.sampled_from(sorted(CHOICES)).flatmap(
            lambda name: st.lists(st.sampled_from(CHOICES[name][1]), min_size=1).map(
                lambda values: f"{name} in [{', '.join(values)}]"
            )
        ),
        st.tuples(
            st.sampled_from(sorted(NUMBERS)), st.sampled_from([">=", "<="]), st.integers(0, 9999)
        ).map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]}"),
    ),
)


@given(CONDITIONS)
def test_a_condition_is_written_as_it_is_read(text: str) -> None:
    condition = conditions.parse(text)

    assert conditions.parse(str(condition)) == condition
