"""Floors on the answers of two authors whom neither rules nor training have seen. No rule may be
made for them: then they would measure nothing any more (``make bench-hearing`` prints them)."""

import pytest

from tests.hearing.figures import Figures, count
from tests.hearing.words import LONG, unseen


@pytest.fixture(scope="module")
def figures() -> dict[bool, Figures]:
    """Of short answers (False) and long ones (True)."""
    cases = unseen()
    return {
        long: count([case for case in cases if (len(case.words) >= LONG) is long])
        for long in (False, True)
    }


# long?, right, false yeses, denials heard: about two points below what was measured
FLOORS = [(False, 0.88, 0.005, 0.90), (True, 0.835, 0.01, 0.955)]


@pytest.mark.parametrize(("long", "right", "false_yes", "denied"), FLOORS)
def test_what_was_never_seen_is_read_as_well_as_measured(figures, long, right, false_yes, denied):
    found = figures[long]
    assert found.answers >= 300
    assert found.right >= right * found.agreed
    assert found.false_yeses <= false_yes * found.answers
    assert found.denials_heard >= denied * found.denials
