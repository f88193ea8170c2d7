"""``huifang review`` and ``huifang report`` over a home with three calls, in one of which the
recording is silent where a yes was heard live."""

import shutil

import pytest

from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from store.tables import Turn
from tests.huifang.conftest import Terminal
from tests.operations.rig import Rig, somebody


@pytest.fixture
def home(terminal: Terminal) -> Terminal:
    """The terminal, with calls in its home."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    for number in (1, 2, 3):
        rig.import_rows(
            {"保单号": f"P{number:04d}", "手机": f"1390000{number:04d}", **somebody(number)}
        )
        caller = rig.ring()
        caller.picks_up()
        caller.talks()
        caller.hangs_up()
        turns = rig.all(Turn, call_id=number)
        read = next(turn.number for turn in turns if turn.question_id == "READ")
        sid = caller.sid.replace("CA", "RE")
        rig.put_on_shelf(sid, rig.recording({read: ""} if number == 1 else {}))
        caller.recorded()
        assert fetch_next(rig.line)
        assert hear_next(rig.line)
    rig.close()
    return terminal


def test_what_waits_is_listed_and_decided(home: Terminal) -> None:
    (item,) = home.run("review", "list", "--json").json
    assert (item["question"], item["live"], item["recorded"]) == ("READ", "affirm", "silence")
    words = ("--label", "deny", "--by", "质检一", "--words", "没看过", "--note", "轻")
    done = home.run("review", "decide", str(item["item"]), *words, "--json").json
    assert (done["truth"], done["right"], done["changed"]) == ("deny", "neither", True)

    assert home.run("review", "list", "--json").json == []
    (decided,) = home.run("review", "list", "--state", "decided", "--json").json
    assert [(one["by"], one["label"]) for one in decided["reviews"]] == [("质检一", "deny")]
    assert "neither" in home.run("review", "list", "--state", "all").out
    assert [case["words"] for case in home.run("cases", "list", "--json").json] == [["没看过"]]


def test_a_blind_list_shows_nothing_that_was_heard(home: Terminal) -> None:
    home.run("review", "decide", "1", "--label", "deny", "--by", "甲")
    (item,) = home.run("review", "list", "--state", "all", "--blind", "--json").json
    assert (item["live"], item["recorded"], item["reviews"]) == (None, None, [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("99", "--label", "deny", "--by", "甲"), "there is no quality item 99"),
        (("1", "--label", "deny", "--by", " "), "reviewer's name"),
    ],
)
def test_a_wrong_decision_is_one_sentence(
    home: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in home.run("review", "decide", *words).complaint


def test_another_decision_must_say_that_it_corrects(home: Terminal) -> None:
    first = ("review", "decide", "1", "--by", "甲", "--label")
    home.run(*first, "deny")
    assert "--correct" in home.run(*first, "affirm").complaint
    assert home.run(*first, "affirm", "--correct", "--json").json["truth"] == "affirm"
    assert not home.run(*first, "affirm", "--json").json["changed"]


@pytest.mark.parametrize(
    "words",
    [
        "review decide 1 --by 甲", "review decide 1 --label maybe --by 甲", "review draw",
        "review draw --count 0", "review list --state some", "report hearing --from yesterday",
        "review", "report",
    ],
)  # fmt: skip
def test_wrong_usage_is_2(terminal: Terminal, words: str) -> None:
    assert terminal.run(*words.split()).code == 2


def test_a_draw_is_the_same_for_the_same_seed(home: Terminal) -> None:
    other = home.folder / "other"
    shutil.copytree(home.home, other)
    drawn = home.run("review", "draw", "--count", "6", "--seed", "5", "--json").json
    assert (drawn["answers"], drawn["queued"], drawn["seed"]) == (6, 6, 5)
    assert drawn["left"] > 6
    first = home.run("review", "list", "--json").json
    assert len(first) == 7

    home.set(HOME=str(other))
    home.run("review", "draw", "--count", "6", "--seed", "5")
    assert home.run("review", "list", "--json").json == first


def test_the_report_tells_what_was_reviewed(home: Terminal) -> None:
    home.run("review", "draw", "--count", "1000", "--seed", "1")
    for item in home.run("review", "list", "--json").json:
        if item["question"] == "READ":
            label = "deny" if item["call"] == 1 else "affirm"
            home.run("review", "decide", str(item["item"]), "--by", "甲", "--label", label)
    lines = {one["question_id"]: one for one in home.run("report", "hearing", "--json").json}

    read = lines["READ"]
    assert (read["compared"], read["only_live_yes"], read["agreed"]["count"]) == (3, 1, 2)
    assert read["false_yes_live"]["rate"] == pytest.approx(1 / 3)
    assert (read["false_yes_both"]["rate"], read["false_yes_both"]["few"]) == (0, True)
    assert lines[""]["false_yes_live"]["rate"] is None
    shown = home.run("report", "hearing")
    assert "live against tones:1" in shown.out
    assert "fewer than 30" in shown.err


def test_the_report_keeps_to_days(home: Terminal) -> None:
    assert home.run("report", "hearing", "--from", "2026-11-19", "--json").json == []
    assert "nothing to compare" in home.run("report", "hearing", "--to", "2026-11-17").err
    assert home.run("report", "hearing", "--from", "2026-11-18", "--json").json != []
    wrong = home.run("report", "hearing", "--from", "2026-11-19", "--to", "2026-11-18")
    assert "lies before" in wrong.complaint


def test_reviewed_answers_are_exported_as_the_reader_reads_them(home: Terminal) -> None:
    home.run("review", "decide", "1", "--label", "deny", "--by", "甲", "--words", "没\t看过")
    said = home.run("review", "export")
    assert said.out.splitlines() == [
        "question\tanswer\tlabel\tsource\tengine",
        "READ\t是的\tdeny\tlive\t",
        "READ\t没 看过\tdeny\treview\t",
    ]
    again = home.run("answers", "read", stdin=said.out)
    assert again.out.splitlines()[2] == "READ\t没 看过\tdeny\t"
    assert len(home.run("review", "export", "--json").json) == 2


def test_an_empty_home_says_so(terminal: Terminal) -> None:
    assert "no such item" in terminal.run("review", "list").err
    assert terminal.run("review", "draw", "--count", "5", "--json").json["answers"] == 0
    assert terminal.run("review", "export").out == "question\tanswer\tlabel\tsource\tengine\n"


def test_nothing_else_is_stored_by_looking(home: Terminal) -> None:
    before = home.database
    for words in (("review", "list"), ("review", "export"), ("report", "hearing")):
        home.run(*words)
    assert home.database == before
