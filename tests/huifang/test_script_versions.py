"""A script comes into use and out of it, at the command line: propose, approve, retire."""

from pathlib import Path

import pytest

from scripts import written
from tests.huifang.conftest import Terminal

OLD, NEW = "您亲笔签的", "您亲手签的"


@pytest.fixture
def file(terminal: Terminal) -> str:
    """The standard script with other words in it."""
    text = written.find("standard").text
    assert OLD in text
    return terminal.file("mine.yaml", text.replace(OLD, NEW))


def propose(terminal: Terminal, file: str, by: str = "王编辑") -> tuple[str, ...]:
    return ("scripts", "propose", file, "--by", by, "--note", "说法更清楚")


def test_one_person_proposes_another_approves(terminal: Terminal, file: str) -> None:
    draft = terminal.run(*propose(terminal, file), "--json").json
    assert (draft["number"], draft["state"], draft["script_id"]) == (1, "proposed", "standard")
    assert "1" in terminal.run("scripts", "drafts").out
    own = terminal.run("scripts", "approve", "1", "--by", "王编辑")
    assert "another person must approve" in own.complaint

    done = terminal.run("scripts", "approve", "1", "--by", "李主管", "--json").json
    assert (done["number"], done["by"], done["approved_by"]) == (1, "王编辑", "李主管")
    assert done["hash"] == written.of_text(written.find("standard").text.replace(OLD, NEW)).hash
    assert terminal.run("scripts", "drafts", "--json").json == []
    assert len(terminal.run("scripts", "drafts", "--all", "--json").json) == 1
    found = terminal.run("scripts", "versions", "standard", "--json").json
    assert [(one["number"], one["in_force"]) for one in found] == [(0, False), (1, True)]
    assert "published already" in terminal.run("scripts", "approve", "1", "--by", "赵").complaint


def test_a_script_that_no_policy_gets_is_told(terminal: Terminal, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(written.find("standard").text.replace("id: standard", "id: own", 1), "utf-8")
    terminal.run("scripts", "propose", str(own), "--by", "王编辑", "--note", "自己的")
    said = terminal.run("scripts", "approve", "1", "--by", "李主管")

    assert said.code == 0
    assert "the rulebook standard sends no policy to it" in said.err


def test_a_version_is_retired_and_the_packaged_one_is_back(terminal: Terminal, file: str) -> None:
    terminal.run(*propose(terminal, file))
    terminal.run("scripts", "approve", "1", "--by", "李主管")
    said = terminal.run("scripts", "retire", "standard", "1", "--by", "李主管", "--why", "不妥")
    assert said.code == 0
    assert "version 0 is in force" in said.err
    found = terminal.run("scripts", "versions", "standard", "--json").json
    assert [one["state"] for one in found] == ["published", "retired"]
    assert found[1]["retired_why"] == "不妥"


def test_a_proposal_goes_back_and_is_withdrawn(terminal: Terminal, file: str) -> None:
    terminal.run(*propose(terminal, file))
    back = ("scripts", "send-back", "1", "--by", "李主管", "--why", "缺出处")
    assert terminal.run(*back, "--json").json["why"] == "缺出处"
    assert "not proposed" in terminal.run(*back).complaint
    assert terminal.run("scripts", "withdraw", "1", "--by", "王编辑").code == 0
    assert terminal.run("scripts", "drafts", "--json").json == []


def test_a_file_that_uses_shared_blocks_is_published_whole(terminal: Terminal) -> None:
    (terminal.folder / "blocks").mkdir()
    terminal.file("blocks/mine.yaml", "format: 2\nblock: mine\nabout: x\nvoice: male\n")
    text = "format: 2\nid: our-own\nuse: [mine, phone]\nversion: '1'\ntitle: 我们的话术\n"
    shared = (written.reader.LIBRARY / "standard.yaml").read_text(encoding="utf-8")
    questions = shared[shared.index("questions:") : shared.index("translations:")]
    name = terminal.file("own.yaml", text + questions)
    assert terminal.run(*propose(terminal, name)).code == 0
    done = terminal.run("scripts", "approve", "1", "--by", "李主管", "--json").json
    assert (done["script_id"], done["number"]) == ("our-own", 1)
    assert done["hash"] == written.find(terminal.folder / name).hash


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("versions", "nothing"), ["no script nothing", "scripts list"]),
        (("approve", "7", "--by", "李"), ["no draft 7", "scripts drafts"]),
        (("withdraw", "7", "--by", "李"), ["no draft 7"]),
        (("send-back", "7", "--by", "李", "--why", "x"), ["no draft 7"]),
        (("retire", "standard", "0", "--by", "李", "--why", "x"), ["ships with Huifang"]),
        (("retire", "standard", "5", "--by", "李", "--why", "x"), ["no version 5"]),
        (("approve", "7", "--by", " "), ["say who"]),
        (("propose", "none.yaml", "--by", "李", "--note", "x"), ["none.yaml", "cannot be read"]),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    terminal: Terminal, command: tuple[str, ...], words: list[str]
) -> None:
    complaint = terminal.run("scripts", *command).complaint
    assert all(word in complaint for word in words)


@pytest.mark.parametrize("missing", ["--by", "--note"])
def test_wrong_usage(terminal: Terminal, file: str, missing: str) -> None:
    command = list(propose(terminal, file))
    at = command.index(missing)
    assert terminal.run(*command[:at], *command[at + 2 :]).code == 2


def test_a_faulty_file_is_refused_and_nothing_is_kept(terminal: Terminal) -> None:
    text = written.find("standard").text
    omits = written.of_text(text).data["questions"][-2:]
    for faulty, words in (
        (text.replace("finish: completed", "finish: nowhere"), "there is no ending 'nowhere'"),
        (
            text.replace("finish: c", "finish: x").replace("exhausted: l", "exhausted: x"),
            "1 faults",
        ),
        (written.as_yaml({**written.of_text(text).data, "questions": omits}), "faults more"),
    ):
        said = terminal.run(*propose(terminal, terminal.file("faulty.yaml", faulty)))
        assert "faulty.yaml" in said.complaint
        assert words in said.complaint
        assert len(said.err.strip().splitlines()) == 1
    assert terminal.run("scripts", "drafts", "--all", "--json").json == []


def test_the_setting_may_name_an_own_script_or_a_sound_file(terminal: Terminal, file: str) -> None:
    own = written.as_yaml({**written.find("standard").data, "id": "our-own"})
    terminal.set(SCRIPT="our-own")
    assert "our-own" in terminal.run("plan").complaint  # neither published nor a file
    terminal.unset("SCRIPT")
    terminal.run(*propose(terminal, terminal.file("own.yaml", own)))
    terminal.run("scripts", "approve", "1", "--by", "李主管")
    terminal.set(SCRIPT="our-own")
    assert terminal.run("plan").code == 0
    last = ("scripts", "retire", "our-own", "1", "--by", "李主管", "--why", "x")
    assert "the last one" in terminal.run(*last).complaint
    terminal.set(SCRIPT=file)
    assert terminal.run("plan").code == 0


def test_doctor_tells_which_scripts_calls_begin_with(terminal: Terminal, file: str) -> None:
    def about(word: str) -> list[tuple[bool, str]]:
        found = terminal.run("doctor", "--json").json
        return [(one["ok"], one["sentence"]) for one in found if one["what"] == word]

    assert all(ok for ok, _ in about("script"))
    terminal.run("scripts", "drafts")  # makes the database
    assert all(ok for ok, _ in about("script"))
    assert any(sentence.startswith("standard") for _, sentence in about("script"))
    terminal.set(SCRIPT=file)
    assert about("script") == [(True, f"standard ({file}), in force")]
    terminal.set(SCRIPT="letter")
    assert about("script")[0][0] is False
    assert "is not for telephone calls" in about("script")[0][1]
