"""``huifang incidents`` on a database with one incident, and a file of emergencies with a slip."""

from pathlib import Path

import pytest

from cases.emergencies.reader import LIBRARY
from tests.huifang.conftest import Terminal
from tests.operations.counter import closed
from tests.operations.rig import Rig


@pytest.fixture
def house(terminal: Terminal) -> Terminal:
    """A house in which an incident was closed."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    closed(rig.line)
    rig.close()
    return terminal


def test_incidents_are_listed_and_shown(house: Terminal) -> None:
    assert house.run("incidents", "list", "--json").json == []
    (found,) = house.run("incidents", "list", "--stage", "all", "--json").json
    assert (found["grade"], found["kind"], found["stage"]) == (4, "complaint", "closed")
    assert found["decided_by"] == "性质较严重的客户投诉"
    assert house.run("incidents", "list", "--stage", "all", "--grade", "1", "--json").json == []
    shown = house.run("incidents", "show", "1", "--json").json
    assert shown["closing"]["cause"] == "收益与宣导不符"
    assert [one["name"] for one in shown["people"]] == ["王一", "王二", "王三", "王四"]
    assert shown["record"][0]["what"] == "report"
    for words in (("incidents", "list", "--stage", "closed"), ("incidents", "show", "1")):
        said = house.run(*words)
        assert said.code == 0
    assert house.run("incidents", "show", "9").code == 1
    assert house.run("incidents", "list", "--kind", "fire").code == 2


def test_a_slip_in_the_file_of_emergencies_is_one_sentence(
    house: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ours.yaml"
    text = (LIBRARY / "standard.yaml").read_text("utf-8")
    path.write_text(text.replace("fact: dead,", "fact: deaths,"), "utf-8")
    monkeypatch.setenv("HUIFANG_EMERGENCIES", str(path))
    said = house.run("incidents", "list")
    assert said.code == 1
    assert "ours.yaml:" in said.err
