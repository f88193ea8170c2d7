"""``huifang calls``, ``special`` and ``handover`` in a terminal: what they print and how they
end."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from huifang.clock import now
from huifang.wiring import make_line
from operations.handover import FORECAST, open_handover
from store.tables import Policy
from tests.huifang.conftest import Terminal
from tests.operations.rig import Rig

BY = ("--by", "甲")


@pytest.fixture
def home(terminal: Terminal) -> Terminal:
    """The terminal, with two policies in its home whose period is running."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    day = now().date()
    dates = {
        "承保日期": f"{day - timedelta(days=4)}",
        "生效日期": f"{day - timedelta(days=3)}",
        "回执签收日期": f"{day - timedelta(days=2)}",
        "回执回销日期": f"{day - timedelta(days=1)}",
    }
    rig.clock.now = now()
    rig.import_rows(
        dates,
        {**dates, "保单号": "P0002", "手机": "13900000002", "证件类型": "", "投保人证件号码": "",
         "投保人出生日期": "1986-01-01"},
    )  # fmt: skip
    rig.close()
    return terminal


def proposed(home: Terminal) -> None:
    """Both policies are proposed to their branch."""
    rig = Rig(home.home, fresh=False)
    with rig.line.database.transaction() as session:
        for number in (1, 2):
            policy = session.get(Policy, number)
            assert policy is not None
            open_handover(session, policy, "branch-call", FORECAST, now())
    rig.close()


def agreed(days: int = 2) -> str:
    return (now() + timedelta(days=days)).isoformat(timespec="minutes")


APPLY = (
    "special", "apply", "P0001", "--ground", "family", "--reason", "不便电话", "--way", "visit",
    "--signed-by-customer", "--signed-by-agent", *BY,
)  # fmt: skip


def test_a_number_is_blocked_shown_and_unblocked(home: Terminal) -> None:
    block = ("calls", "block", "--phone", "139 0000 0001", "--reason", "客户要求", *BY)
    assert home.run(*block, "--json").json == {"id": 1, "changed": True}
    assert "was in force already" in home.run(*block).err
    (shown,) = home.run("calls", "blocked", "--json").json
    assert (shown["phone"], shown["reason"], shown["by"]) == ("+8613900000001", "客户要求", "甲")
    assert "客户要求" in home.run("calls", "blocked", "--phone", "13900000001").out

    lift = ("calls", "unblock", "1", "--because", "又同意了", *BY)
    assert home.run(*lift, "--json").json == {"id": 1, "changed": True}
    assert "was lifted before" in home.run(*lift).err
    assert "nobody is blocked" in home.run("calls", "blocked").err
    assert "又同意了" in home.run("calls", "blocked", "--all").out


def test_a_list_with_a_faulty_row_ends_in_1_and_keeps_the_rest(home: Terminal) -> None:
    file = home.file("block.csv", "13900000001,投诉\n123,短号\n".encode("gb18030"))
    said = home.run("calls", "block", "--file", file, "--json", *BY)
    assert said.code == 1
    assert (said.json["read"], said.json["blocked"]) == (2, 1)
    assert [(one["row"], one["column"]) for one in said.json["faults"]] == [(2, "号码")]
    again = home.run("calls", "block", "--file", file, *BY)
    assert (again.code, "1 blocked before" in again.err) == (1, True)
    whole = home.file("whole.csv", "13900000002,投诉\n")
    assert home.run("calls", "block", "--file", whole, *BY).code == 0


def test_the_login_name_is_who_says_so(home: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    block = ("calls", "block", "--phone", "13900000001", "--reason", "客户要求")
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    assert home.run(*block).code == 0
    assert home.run("calls", "blocked", "--json").json[0]["by"] == "login"

    def nobody() -> str:
        raise OSError("no name")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "add --by" in home.run(*block).complaint


def test_a_special_revisit_goes_through_two_hands(home: Terminal) -> None:
    made = home.run(*APPLY, "--agreed-for", agreed(), "--json").json
    assert made == {"id": 1, "state": "applied"}
    assert "somebody else must approve" in home.run("special", "approve", "1", *BY).complaint
    done = home.run("special", "approve", "1", "--by", "经理", "--json").json
    assert done == {"id": 1, "state": "approved"}
    (shown,) = home.run("special", "list", "--json").json
    assert (shown["policy"], shown["state"], shown["decided_by"]) == ("P0001", "approved", "经理")
    assert "P0001" in home.run("special", "list").out
    assert home.run("special", "withdraw", "1", "--because", "改主意", *BY).code == 0
    assert "no such application" in home.run("special", "list").err

    home.run(*APPLY, "--agreed-for", agreed())
    refused = home.run("special", "refuse", "2", "--because", "理由不足", "--by", "经理")
    assert "application 2 is refused" in refused.err
    assert len(home.run("special", "list", "--state", "all", "--json").json) == 2


def filled(home: Terminal, list_id: int) -> str:
    """The list as its branch brings it back: one row done, one faulty."""
    with Workbook(str(Path(home.folder, "back.xlsx"))) as book:
        sheet = book.add_worksheet()
        rows = [
            ["清单号", "保单号", "回访结果", "回访日期"],
            [f"{list_id}", "P0001", "完成", f"{now().date()}"],
            [f"{list_id}", "P0002", "也许", ""],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return "back.xlsx"


def test_a_proposal_becomes_a_list_and_its_results(home: Terminal) -> None:
    proposed(home)
    assert [one["state"] for one in home.run("handover", "list", "--json").json] == ["proposed"] * 2
    assert home.run("handover", "accept", "1", "2", *BY, "--json").json == {"changed": [1, 2]}
    assert "were accepted before" in home.run("handover", "accept", "1", *BY).err
    (made,) = home.run("handover", "issue", *BY, "--json").json
    assert (made["list"], made["branch"], made["policies"]) == (1, "", 2)
    assert "nothing waits" in home.run("handover", "issue", *BY).err

    out = home.run("handover", "export", "1", "--json").json
    assert out == {"list": 1, "file": "handover-1.xlsx", "policies": 2}
    assert "is there already" in home.run("handover", "export", "1").complaint
    file = filled(home, 1)
    said = home.run("handover", "results", file, *BY, "--json")
    assert (said.code, said.json["done"], said.json["faults"][0]["row"]) == (1, 1, 3)
    assert "回访结果" in home.run("handover", "results", file, *BY).out
    (left,) = home.run("handover", "list", "--state", "issued", "--json").json
    assert left["policy"] == "P0002"


def test_a_declined_proposal_is_gone(home: Terminal) -> None:
    proposed(home)
    assert "2 declined" in home.run("handover", "decline", "1", "2", "--because", "来得及", *BY).err
    assert "no such hand-over" in home.run("handover", "list").err
    assert "only a proposed one" in home.run("handover", "accept", "1", *BY).complaint


def test_what_is_late_is_listed_with_its_statement(
    home: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(home)
    home.run("handover", "accept", "1", *BY)
    home.run("handover", "issue", *BY)
    assert "nothing is overdue" in home.run("handover", "list", "--overdue").err
    words = ("handover", "statement", "1", "--reason", "客户住院", *BY)
    assert home.run(*words, "--json").json["in_time"] is True

    moment = now() + timedelta(days=30)
    monkeypatch.setitem(make_line.__kwdefaults__ or {}, "now", lambda: moment)
    (late,) = home.run("handover", "list", "--overdue", "--json").json
    assert (late["handover"]["policy"], late["excused"]) == ("P0001", True)
    assert "P0001" in home.run("handover", "list", "--overdue").out
    assert "too late" in home.run(*words, "--new-date", f"{moment.date()}").err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("calls", "block", "--phone", "12", "--reason", "x"), "no number that can be rung"),
        (("calls", "block", "--phone", "13900000001"), "the reason is missing"),
        (("calls", "block", "--file", "none.csv"), "找不到这个文件"),
        (("calls", "unblock", "9", "--because", "x"), "there is no block 9"),
        (("special", "approve", "9"), "there is no application 9"),
        (("handover", "accept", "9"), "there is no hand-over 9"),
        (("handover", "export", "9"), "there is no list 9"),
        (("handover", "statement", "9", "--reason", "x"), "there is no hand-over 9"),
        (("handover", "statement", "--case", "9", "--reason", "x"), "there is no case 9"),
    ],
)
def test_a_wrong_input_is_one_sentence(
    terminal: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    by = () if words[1] == "export" else BY
    assert sentence in terminal.run(*words, *by).complaint


@pytest.mark.parametrize(
    "words",
    [
        "calls block --reason x", "calls block --phone 1 --policy P --reason x", "calls unblock 1",
        "special apply P0001", "special refuse 1", "special list --state some",
        "handover accept", "handover decline 1", "handover statement --reason x",
        "handover statement 1 --case 1 --reason x", "handover statement 1 --reason x --new-date y",
        "calls", "special", "handover",
    ],
)  # fmt: skip
def test_wrong_usage_is_2(terminal: Terminal, words: str) -> None:
    assert terminal.run(*words.split()).code == 2


def test_looking_stores_nothing(home: Terminal) -> None:
    home.run("calls", "blocked")
    before = home.database
    for words in (("calls", "blocked"), ("special", "list"), ("handover", "list"),
                  ("handover", "list", "--overdue")):  # fmt: skip
        assert home.run(*words, "--json").json == []
    assert home.database == before


def test_an_agreed_time_without_a_zone_is_the_insurers(home: Terminal) -> None:
    home.run(*APPLY, "--agreed-for", f"{now() + timedelta(days=2):%Y-%m-%dT10:00}")
    (shown,) = home.run("special", "list", "--json").json
    assert datetime.fromisoformat(shown["agreed_for"]).utcoffset() == timedelta(hours=8)
