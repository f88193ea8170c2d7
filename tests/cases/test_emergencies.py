"""The file about emergencies: what ships is sound and tells where the sources are silent, and every
slip in a file of the insurer's own is told in a sentence with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cases.emergencies import Kept, Kind, load, usual
from cases.emergencies.reader import LIBRARY
from scripts.faults import FaultyFileError

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")
LOST = {
    Kind.DISASTER, Kind.ROBBERY, Kind.CROWD, Kind.DISTURBANCE, Kind.MASS_BUSINESS, Kind.SIT_IN,
    Kind.FALSE_NEWS,
}  # fmt: skip


def test_scenarios_one_and_nine_to_fourteen_have_no_steps_and_say_so() -> None:
    assert {one.id for one in usual().scenarios if one.kept is Kept.LOST} == LOST
    for one in usual().scenarios:
        assert bool(one.do) is (one.id not in LOST)
    counted = {one.id: (len(one.do), len(one.avoid)) for one in usual().scenarios if one.do}
    assert counted[Kind.MEDIA] == (7, 6)
    assert counted[Kind.OFFICIALS] == (7, 5)
    assert counted[Kind.POWER_CUT] == (7, 0)
    assert counted[Kind.COMPLAINT] == (8, 0)


def test_nobody_is_named_and_no_minute_is_set_where_the_sources_are_silent() -> None:
    for grade in (1, 2, 3, 4):
        route = usual().route(grade)
        assert (route.to, route.within_minutes, route.way) == ((), None, "")


def test_the_mechanism_has_eight_parts_and_there_are_three_drills() -> None:
    assert len(usual().mechanism) == 8
    assert [len(one.steps) for one in usual().drills] == [5, 6, 5]


def changed(old: str, new: str) -> Callable[[], str]:
    def text() -> str:
        assert old in TEXT, old
        return TEXT.replace(old, new, 1)

    return text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed("at_least: 100, ", ""), "with either at_least or over, or kinds: complete it"),
        (changed("fact: dead, ", "fact: deaths, "), "dead: grades.0.fact: input should be"),
        (changed("grade: 1, fact: dead", "grade: 5, fact: dead"), "less than or equal to 4"),
        (changed("grade: 1, fact: dead", "grade: 2, fact: dead"), "the graver grade must stand"),
        (changed("kinds: [robbery]", "fact: dead, kinds: [robbery]"), "make two of it"),
        (changed("- {id: robbery, title", "- {id: crowd, title"), "robbery is missing: add it"),
        (changed("- {grade: 4, examples", "- {grade: 3, examples"), "grade 4 is missing: add it"),
        (changed("id: injured, grade", "id: dead, grade"), "dead stands here twice"),
        (changed("police: ", "polize: "), "unknown key 'polize'"),
        (changed("version: 1", "version: one"), "version: input should be a valid integer"),
    ],
)
def test_a_slip_is_told_in_a_sentence(text: Callable[[], str], told: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text(), encoding="utf-8")
    with pytest.raises(FaultyFileError, match=r"ours\.yaml:") as caught:
        load(path)
    assert told in str(caught.value)


def test_an_insurer_sets_routes_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    filled = "- {grade: 1, to: [总公司办公室], within_minutes: 30, way: 电话, examples"
    path.write_text(changed("- {grade: 1, examples", filled)(), encoding="utf-8")
    assert load(str(path)).route(1).within_minutes == 30
