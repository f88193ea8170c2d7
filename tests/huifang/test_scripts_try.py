"""Talking to a script in the terminal: what is shown, answers from a file, and the walk kept as a
test."""

from typing import Any

import pytest

from scripts import walks
from scripts.reader import load_script
from scripts.sample import SAMPLE
from tests.huifang.conftest import DATA, Terminal

BIRTHDAY = "一九八六年三月六日"


def lines(said: list[dict[str, Any]], who: str) -> list[dict[str, Any]]:
    """The lines of one kind."""
    return [line for line in said if line["who"] == who]


def test_every_answer_is_told_with_its_reading_and_what_follows(terminal: Terminal) -> None:
    typed = f"我就是\n{BIRTHDAY}\n方便\n这是存款吧\n\n2\n"
    said = terminal.run("scripts", "try", "--json", stdin=typed).json
    heard = lines(said, "heard")

    assert [one["label"] for one in heard[:6]] == [
        "affirm", "affirm", "affirm", "deny", "silence", "deny"
    ]  # fmt: skip
    assert heard[2]["then"] == "goes on to AWARE"
    assert heard[3]["rule"].startswith("AWARE:")
    assert heard[3]["then"] == (
        "explains and asks again: the first deny on AWARE (explain, then end unaware)"
    )
    assert heard[4]["rule"] == "nothing said"
    assert heard[4]["then"].startswith("asks again in the same words: the first silence on AWARE")
    assert heard[5]["rule"] == "key"
    assert heard[5]["then"].startswith("ends as unaware: the second deny on AWARE")
    assert [one["words"] for one in lines(said, "end")] == ["unaware"]
    assert [one["words"] for one in lines(said, "finding")] == ["AWARE denied: 这是存款吧"]
    assert lines(said, "verdict")[0]["words"] == "confirmed: ID_PRESENT, ID_VERIFY, CONSENT"
    shown = terminal.run("scripts", "try", stdin=typed).out
    assert "explains and asks again: the first deny on AWARE" in shown
    assert "[key]" in shown


def test_a_machine_ends_the_talk(terminal: Terminal) -> None:
    said = terminal.run("scripts", "try", "--json", stdin="您好，您拨打的电话已关机\n我就是\n")

    assert [one["words"] for one in lines(said.json, "end")] == ["switched-off"]
    assert len(lines(said.json, "customer")) == 1


def test_silence_after_the_last_answer_ends_the_talk(terminal: Terminal) -> None:
    said = terminal.run("scripts", "try", "--json", stdin="").json

    assert [one["words"] for one in lines(said, "end")] == ["silent"]


def test_answers_named_by_their_question(terminal: Terminal) -> None:
    answers = f"READ.tips：没看\n我就是\n{BIRTHDAY}\nREAD: 没看过\nREAD: 看懂了\n*: 是的\n"
    file = terminal.file("a.txt", answers)
    said = terminal.run("scripts", "try", "--answers", file, "--json").json

    assert [one["words"] for one in lines(said, "end")] == ["completed"]
    assert [one["words"] for one in lines(said, "finding")] == [
        "READ resolved: 没看过", "READ.tips denied: 没看"
    ]  # fmt: skip
    by_code = terminal.file("c.txt", f"我就是\n{BIRTHDAY}\nREAD: 没看过\n*: 是的\n")
    said = terminal.run("scripts", "try", "--answers", by_code, "--json").json
    assert [one["question"] for one in lines(said, "finding")] == ["READ", "READ.tips"]
    mixed = terminal.file("b.txt", "我就是\nREED: 没看\n")
    complaint = terminal.run("scripts", "try", "--answers", mixed).complaint
    assert complaint.startswith("b.txt:2:")
    assert "REED" in complaint


def test_a_saved_walk_holds(terminal: Terminal) -> None:
    answers = terminal.file("a.txt", f"我就是\n{BIRTHDAY}\nSIGN_APP: 2\n*: 是的\n")
    words = ("scripts", "try", "--answers", answers, "--save", "walk.yaml")
    given = ("product_type=universal", "frequency=single", "payment_period=",
             "cover_period=[to-age, 70]")  # fmt: skip
    said = terminal.run(*words, *(word for fact in given for word in ("--fact", fact)))

    assert said.code == 0
    assert "replayed and held" in said.err
    saved = walks.load(terminal.folder / "walk.yaml")
    assert set(saved.facts) == {"product_type", "frequency", "payment_period", "cover_period"}
    assert "PREMIUM" in saved.path
    assert saved.findings == {"SIGN_APP": "denied"}
    walk = walks.replay(load_script("standard"), saved, SAMPLE)
    assert walks.differences(walk, saved) == []


def test_nothing_is_written_over(terminal: Terminal) -> None:
    file = terminal.file("walk.yaml", "mine")
    said = terminal.run("scripts", "try", "--save", file, stdin="我就是\n")

    assert "walk.yaml: is there already" in said.complaint
    assert (terminal.folder / file).read_text() == "mine"


def test_a_talk_without_an_end_is_not_kept(terminal: Terminal) -> None:
    said = terminal.run("scripts", "try", "--save", "walk.yaml", stdin="您拨打的电话已关机\n")

    assert said.code == 1
    assert "walk.yaml" in said.err
    assert not (terminal.folder / "walk.yaml").exists()


def test_a_customers_data_is_never_kept(terminal: Terminal) -> None:
    terminal.run("import", str(DATA / "policies.csv"))
    said = terminal.run("scripts", "try", "--policy", "K0001", "--save", "walk.yaml", stdin="")

    assert said.code == 2
    assert not (terminal.folder / "walk.yaml").exists()


def test_ctrl_c_ends_the_talk(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("huifang.cli.script_try._keyboard", lambda quiet: broken_off)
    said = terminal.run("scripts", "try", "--save", "walk.yaml")

    assert said.code == 130
    assert "broken off" in said.err
    assert not (terminal.folder / "walk.yaml").exists()


def test_only_what_was_open_is_asked(terminal: Terminal) -> None:
    answers = terminal.file("a.txt", f"我就是\n{BIRTHDAY}\n*: 是的\n")
    words = ("scripts", "try", "--answers", answers, "--scope", "READ,HESITATION", "--json")
    asked = [one["question"] for one in lines(terminal.run(*words).json, "customer")]

    assert asked == [
        "ID_PRESENT", "ID_VERIFY", "CONSENT", "READ", "HESITATION.start", "HESITATION.length",
        "HESITATION.rights", "CLOSING",
    ]  # fmt: skip
    resumed = [one["question"] for one in lines(terminal.run(*words, "--resumed").json, "customer")]
    assert "ID_VERIFY" in resumed


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--scope REED", "REED"),
        ("--scope ,", "nothing"),
        ("--fact product_type", "NAME=VALUE"),
        ("--fact product_type=gold", "universal"),
        ("--fact colour=red", "product_type"),
        ("--fact cover_period=[years]", "[years, 20]"),
        ("--policy K0001 --fact holder_age=70", "--policy"),
    ],
)
def test_wrong_options_are_wrong_usage(terminal: Terminal, option: str, told: str) -> None:
    said = terminal.run("scripts", "try", *option.split())

    assert said.code == 2
    assert told in said.err
