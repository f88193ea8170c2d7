"""Who hears which part of a call, and what two of them come to."""

import pytest

from cases.quality_work import Part, Said, agreed, difference, why_not

FIRST = Said({"pace": "met", "manner": "met"}, {"4": "affirm", "5": "deny"})
SECOND = Said({"pace": "missed", "manner": "met"}, {"4": "affirm", "5": "unsure", "6": "affirm"})


def test_what_two_say_differently_is_decided_and_the_rest_stands() -> None:
    found = difference(FIRST, SECOND)
    assert (found.marks, found.labels) == (("pace",), ("5", "6"))
    assert agreed(FIRST, SECOND) == Said({"manner": "met"}, {"4": "affirm"})


def test_the_same_is_no_difference() -> None:
    assert not difference(FIRST, FIRST)
    assert difference(FIRST, Said(FIRST.marks, {}))
    assert agreed(FIRST, FIRST) == FIRST


@pytest.mark.parametrize(
    ("part", "me", "others", "agent", "adjudicates", "why"),
    [
        (Part.FIRST, "甲", [], None, False, None),
        (Part.FIRST, "甲", ["乙"], "安", False, None),
        (Part.SECOND, "甲", ["甲"], None, False, "another part"),
        (Part.THIRD, "甲", ["甲", "乙"], None, True, "another part"),
        (Part.THIRD, "丙", ["甲", "乙"], None, False, "decide between them"),
        (Part.THIRD, "丙", ["甲", "乙"], None, True, None),
        (Part.FIRST, "安", [], "安", True, "your own"),
    ],
)
def test_who_may_hear_a_part(
    part: Part, me: str, others: list[str], agent: str | None, adjudicates: bool, why: str | None
) -> None:
    found = why_not(part, me, others, agent, adjudicates=adjudicates)
    assert (found is None) if why is None else (found is not None and why in found)
