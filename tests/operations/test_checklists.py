"""Checklists that the insurer fills in where the sources have lost them, and whom to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.emergencies import Kind
from operations import checklists, incidents
from operations.checklists import Contact
from operations.incident_record import IncidentTrouble
from operations.line import Line
from store import incidents as store
from store.tables import HelpContact, ScenarioStep
from tests.operations.counter import BAI, GU, HE, LU, report, seen, started
from tests.operations.rig import Rig

STEPS = ["按下报警按钮", "不与劫匪对抗"]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def line(rig: Rig) -> Line:
    return rig.line


def test_steps_are_filled_in_with_who_and_when(rig: Rig, line: Line) -> None:
    started(line, kind=Kind.ROBBERY)
    assert checklists.add_steps(line, HE, Kind.ROBBERY, "do", [*STEPS, " "]) == 2
    assert checklists.add_steps(line, HE, Kind.ROBBERY, "do", STEPS) == 0  # pressed twice
    kept = rig.all(ScenarioStep)
    assert [(one.words, one.added_by) for one in kept] == [(one, "何合规") for one in STEPS]
    assert seen(line, 1).incident.plan == []  # what was started stays as it was
    report(line, kind=Kind.ROBBERY, key="the form of another")
    incidents.grade(line, LU, 2, None, 2)
    incidents.start(line, LU, 2, None, "张发言")
    plan = seen(line, 2).incident.plan
    assert [(one["key"], one["source"], one["zh"]) for one in plan] == [
        ("own.1", "own", "按下报警按钮"), ("own.2", "own", "不与劫匪对抗"),
    ]  # fmt: skip


def test_a_step_that_is_taken_out_is_gone_and_remembered(rig: Rig, line: Line) -> None:
    checklists.add_steps(line, GU, Kind.ROBBERY, "avoid", STEPS)
    assert checklists.take_out_step(line, HE, 1) is Kind.ROBBERY
    checklists.take_out_step(line, GU, 1)
    with line.database.reading() as session:
        assert [one.words for one in store.own_steps(session, ["robbery"])] == STEPS[1:]
    assert rig.all(ScenarioStep)[0].taken_out_by == "何合规"


def test_a_branch_does_not_write_for_all(line: Line) -> None:
    with pytest.raises(IncidentTrouble, match="ask somebody of head office"):
        checklists.add_steps(line, LU, Kind.ROBBERY, "do", STEPS)
    for manner, steps, sentence in (
        ("perhaps", STEPS, "to do or to avoid"), ("do", [" "], "a step is missing"),
        ("do", ["长" * 401], "a step may have 400"),
    ):  # fmt: skip
        with pytest.raises(IncidentTrouble, match=sentence):
            checklists.add_steps(line, HE, Kind.ROBBERY, manner, steps)


def test_a_branch_has_its_own_contacts_and_those_of_head_office(rig: Rig, line: Line) -> None:
    police = Contact("派出所", "值班室", "0532-110")
    checklists.add_contact(line, LU, police)
    checklists.add_contact(line, LU, police)
    checklists.add_contact(line, GU, Contact("总公司办公室", "值班", "010-1"))
    assert len(rig.all(HelpContact)) == 2
    with line.database.reading() as session:
        assert [one.what for one in store.contacts(session, "济南分公司")] == ["总公司办公室"]
        assert len(store.contacts(session, "青岛分公司")) == 2
    for number in (1, 2):
        with pytest.raises(IncidentTrouble, match="no such contact of yours"):
            checklists.take_out_contact(line, BAI, number)
    checklists.take_out_contact(line, GU, 1)
    with line.database.reading() as session:
        assert [one.what for one in store.contacts(session, None)] == ["总公司办公室"]
