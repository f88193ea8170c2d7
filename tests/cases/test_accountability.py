"""Measures: how they stand, and every pair of a standing and a deed."""

from datetime import datetime, timedelta

import pytest

from cases.accountability import Deed, Doer, Measure, Standing, WhyNot, allowed, standing
from store.columns import LOCAL

NOW = datetime(2026, 11, 18, 10, tzinfo=LOCAL)
PAST, COMING = NOW - timedelta(days=1), NOW + timedelta(days=1)
FRESH = Measure("安访员", "主管甲")
TOLD = Measure("安访员", "主管甲", PAST, COMING)
OVER = Measure("安访员", "主管甲", PAST, NOW - timedelta(seconds=1))
CONTESTED = Measure("安访员", "主管甲", PAST, COMING, NOW)
UPHELD = Measure("安访员", "主管甲", PAST, COMING, NOW, granted=False)
LIFTED = Measure("安访员", "主管甲", PAST, COMING, NOW, granted=True)
HIMSELF, CHIEF, OTHER = Doer("安访员", False), Doer("主管甲", True), Doer("合规乙", True)


@pytest.mark.parametrize(
    ("measure", "stands"),
    [
        (FRESH, Standing.DECIDED), (TOLD, Standing.TOLD), (OVER, Standing.FINAL),
        (CONTESTED, Standing.APPEALED), (UPHELD, Standing.UPHELD), (LIFTED, Standing.LIFTED),
        (Measure("安访员", "主管甲", PAST, NOW), Standing.TOLD),  # the last moment counts
    ],
)  # fmt: skip
def test_how_a_measure_stands(measure: Measure, stands: Standing) -> None:
    assert standing(measure, NOW) is stands


@pytest.mark.parametrize(
    ("measure", "tell", "appeal", "decide"),
    [
        (FRESH, None, WhyNot.NOT_TOLD, WhyNot.NO_APPEAL),
        (TOLD, WhyNot.TOLD_ALREADY, None, WhyNot.NO_APPEAL),
        (OVER, WhyNot.TOLD_ALREADY, WhyNot.TOO_LATE, WhyNot.NO_APPEAL),
        (CONTESTED, WhyNot.TOLD_ALREADY, WhyNot.APPEALED_ALREADY, None),
        (UPHELD, WhyNot.TOLD_ALREADY, WhyNot.APPEALED_ALREADY, WhyNot.DECIDED_ALREADY),
        (LIFTED, WhyNot.TOLD_ALREADY, WhyNot.APPEALED_ALREADY, WhyNot.DECIDED_ALREADY),
    ],
)
def test_every_standing_with_every_deed(
    measure: Measure, tell: WhyNot | None, appeal: WhyNot | None, decide: WhyNot | None
) -> None:
    assert allowed(measure, Deed.TELL, OTHER, NOW) is tell
    assert allowed(measure, Deed.APPEAL, HIMSELF, NOW) is appeal
    assert allowed(measure, Deed.DECIDE, OTHER, NOW) is decide


def test_who_may_what() -> None:
    assert allowed(CONTESTED, Deed.DECIDE, CHIEF, NOW) is WhyNot.OWN_DECISION
    assert allowed(CONTESTED, Deed.DECIDE, HIMSELF, NOW) is WhyNot.NO_RIGHT
    assert allowed(FRESH, Deed.TELL, HIMSELF, NOW) is WhyNot.NO_RIGHT
    assert allowed(TOLD, Deed.APPEAL, Doer("别人", False), NOW) is WhyNot.NO_RIGHT
    assert allowed(TOLD, Deed.APPEAL, OTHER, NOW) is None  # on paper
    for deed in (Deed.TELL, Deed.DECIDE):
        assert allowed(CONTESTED, deed, Doer("安 访员", True), NOW) is WhyNot.ABOUT_YOU
