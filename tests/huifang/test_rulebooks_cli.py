"""The commands about rulebooks: list, show, check, compare, and the schema for editors."""

import pytest

from scripts.rulebooks import rulebooks
from scripts.rulebooks.papers import schema
from scripts.rulebooks.reader import LIBRARY
from tests.huifang.conftest import Terminal

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")


def mine(terminal: Terminal, old: str, new: str) -> str:
    """A rulebook of one's own that differs from the standard in these words."""
    assert old in TEXT
    return terminal.file("mine.yaml", TEXT.replace(old, new, 1))


def test_list(terminal: Terminal) -> None:
    rows = terminal.run("rulebooks", "list", "--json").json

    assert [row["id"] for row in rows] == rulebooks()
    assert set(rows[0]) == {"id", "version", "title", "source", "classes"}
    shown = terminal.run("rulebooks", "list").out
    assert all(row["id"] in shown for row in rows)


@pytest.mark.parametrize("name", rulebooks())
def test_show_has_decisions_with_their_fields_and_what_is_silent(
    terminal: Terminal, name: str
) -> None:
    shown = terminal.run("rulebooks", "show", name)
    found = terminal.run("rulebooks", "show", name, "--json").json

    assert (shown.code, found["id"]) == (0, name)
    assert len(found["decisions"]) == 12
    for decision in found["decisions"]:
        assert decision["decision"] in shown.out
        for field, value in decision["values"].items():
            assert f"{field} = {value}" in shown.out
    for part in found["rules"]["silent"]:
        assert f"  {part['field']}: 取" in shown.out or f"  {part['field']}: 由本手册" in shown.out
    for kind in found["rules"]["kinds"]:
        assert f"{kind['number']} {kind['name']}" in shown.out
    for kpi in found["rules"]["kpis"]:
        assert kpi["name"] in shown.out


def test_show_a_rulebook_of_ones_own(terminal: Terminal) -> None:
    file = mine(terminal, "after_days: 1, source", "after_days: 2, by_days: 4, source")
    shown = terminal.run("rulebooks", "show", file).out

    assert "C-01 首次回访从何时起: 回执回销后第2日起首次拨打" in shown
    assert "首次回访: 回执回销后第2日起，第4日前" in shown


def test_show_says_when_it_is_rung_and_what_follows(terminal: Terminal) -> None:
    file = mine(terminal, "holiday: []", 'holiday: []\n    sunday: ["10:00-12:00"]')
    shown = terminal.run("rulebooks", "show", file).out
    late = terminal.run("rulebooks", "show", "two-questionnaires").out

    for line in (
        "拨打时间: 工作日09:00至12:00、13:30至21:00",
        "拨打时间: 节假日不拨打",
        "拨打时间: 周日10:00至12:00",
        "拨打次数: 每人每日2次，每号每日5次，每单共8次，至少间隔30分钟",
        "empty-number: 10分钟后再拨，至多4次，换其他号码；之后机构电话",
        "refused: 不再拨打；之后信函",
        "60岁及以上: holder_age >= 60，少算2次",
        "信函: 期满前5日",
        "交接清单: 收到后5个工作日",
        "预警: 期内接通可能低于50%",
    ):
        assert f"  {line}\n" in shown
    assert "期后补访" not in shown
    assert "  期后补访: 期满后10日内\n" in late


def test_check_finds_nothing_wrong_with_what_ships(terminal: Terminal) -> None:
    done = terminal.run("rulebooks", "check")

    assert (done.code, done.out) == (0, "")
    assert done.err.strip() == "9 rulebooks, 0 faults"


def test_check_tells_every_fault_and_fails(terminal: Terminal) -> None:
    file = mine(terminal, "class: verify", "class: verified")
    done = terminal.run("rulebooks", "check", file, "standard")
    found = terminal.run("rulebooks", "check", file, "--json")

    assert (done.code, found.code) == (1, 1)
    assert "error: mine.yaml:" in done.out
    assert done.err.strip() == "2 rulebooks, 1 faults"
    assert [(fault["rulebook"], fault["code"]) for fault in found.json] == [
        ("mine.yaml", "unknown-name")
    ]
    assert found.json[0]["line"] > 0
    assert found.json[0]["column"] > 0


def test_a_warning_does_not_fail(terminal: Terminal) -> None:
    file = mine(terminal, "重复号码, found_by: screening", "重复号码")
    done = terminal.run("rulebooks", "check", file)

    assert done.code == 0
    assert done.out.startswith("warning: mine.yaml:")


def test_diff_is_in_words(terminal: Terminal) -> None:
    file = mine(terminal, "cooling_off_start: day-after", "cooling_off_start: same-day")
    done = terminal.run("rulebooks", "diff", "standard", file)

    assert done.out.splitlines() == [
        "C-02 犹豫期从哪天起算: now 犹豫期自签收当日起算 (was 犹豫期自签收次日起算)",
        "cooling off start: now 签收当日 (was 签收次日)",
    ]
    assert done.err.strip() == "2 differences"
    parts = terminal.run("rulebooks", "diff", "standard", file, "--json").json
    assert [part["path"] for part in parts] == ["conflicts.C-02", "cooling_off_start"]


def test_schema(terminal: Terminal) -> None:
    assert terminal.run("rulebooks", "schema").json == schema()


@pytest.mark.parametrize(
    "words",
    [
        ["show", "nope.yaml"],
        ["show", "bad.yaml"],
        ["diff", "standard", "bad.yaml"],
    ],
)
def test_a_file_that_is_none_is_one_sentence(terminal: Terminal, words: list[str]) -> None:
    terminal.file("bad.yaml", "id: [")

    assert words[-1] in terminal.run("rulebooks", *words).complaint
