"""``huifang complaints`` over a home with an open complaint and a closed one."""

import pytest

from tests.huifang.conftest import Terminal
from tests.operations import complaining as c
from tests.operations.rig import Rig


@pytest.fixture
def home(terminal: Terminal) -> Terminal:
    """The terminal, with two complaints in its home."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    c.ready(rig)
    c.taken(rig)
    c.walked(rig, "closed")
    c.taken(rig, key="b", matter="理赔太慢，要找记者")
    rig.close()
    return terminal


def test_the_register_is_listed_and_one_is_shown(home: Terminal) -> None:
    (opened,) = home.run("complaints", "list", "--json").json
    assert (opened["number"], opened["signals"]) == ("TS2026-000002", ["media"])
    assert [one["complaint"] for one in home.run("complaints", "list", "--state", "all",
                                                 "--json").json] == [2, 1]  # fmt: skip
    assert home.run("complaints", "list", "--of", "韩经办", "--json").json == []
    assert "TS2026-000002" in home.run("complaints", "list").out
    shown = home.run("complaints", "show", "TS2026-000001", "--json").json
    assert [one["hand"] for one in shown["clocks"]] == ["kept", "kept", "off"]
    assert [one["what"] for one in shown["ledger"]][-1] == "close"
    assert "followed-up" in home.run("complaints", "show", "1").out


def test_one_that_is_not_there_is_told(home: Terminal) -> None:
    assert "there is no complaint TS2026-000009" in home.run("complaints", "show",
                                                             "TS2026-000009").complaint  # fmt: skip
