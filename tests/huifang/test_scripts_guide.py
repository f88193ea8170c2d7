"""The author's guide tells the truth: its example can be published, and its tables are those of
the code."""

import re

from pydantic import BaseModel

from scripts.checks import check
from scripts.conditions import CALL_FLAGS, CHOICES, DOUBTED, FLAGS, NUMBERS
from scripts.model import STAYS, Event, Kind, Move
from scripts.reader import BLOCKS, LIBRARY
from scripts.schema import EndingShape, QuestionShape, ScriptShape
from scripts.slots import SLOTS
from scripts.walks import WalkShape
from scripts.written import of_text
from tests.house import tree
from tests.huifang.conftest import Terminal

GUIDE = "docs/scripts.md"
EXAMPLE = re.findall(r"```yaml\n(.*?)```", tree.text(GUIDE), re.DOTALL)[0]


def words(heading: str, named: str = "") -> list[str]:
    """The code words in the first cells of the table below a heading that is headed ``named``."""
    found: list[str] = []
    head = ""
    for row in tree.rows(GUIDE, f"## {heading}"):
        codes = re.findall(r"`([^`]+)`", row[0])
        head = head if codes else row[0]
        if codes and head == (named or head):
            found.extend(codes)
    return found


def keys(shape: type[BaseModel]) -> set[str]:
    """The keys of a shape as an author writes them."""
    return {field.alias or name for name, field in shape.model_fields.items()}


def test_the_example_can_be_published(terminal: Terminal) -> None:
    file = terminal.file("bank.yaml", EXAMPLE)
    said = terminal.run("scripts", "check", file, "--json")

    assert (said.code, said.json) == (0, [])
    answers = terminal.file("a.txt", "我就是\n一九八六年三月六日\n*: 是的\n")
    talk = terminal.run("scripts", "try", file, "--answers", answers, "--json").json
    assert [line["words"] for line in talk if line["who"] == "end"] == ["completed"]
    assert "SMS" in [line["question"] for line in talk]


def test_without_one_item_the_example_cannot() -> None:
    assert "  - use: surrender\n" in EXAMPLE
    broken = of_text(EXAMPLE.replace("  - use: surrender\n", ""))

    (fault,) = check(broken.script)
    assert (fault.code, fault.question) == ("item-missing", "SURRENDER_LOSS")


def test_the_steps_of_the_example_lead_somewhere(terminal: Terminal) -> None:
    shown = re.findall(r"`huifang (scripts \w+[^`]*)`", tree.text(GUIDE))
    file = terminal.file("bank.yaml", EXAMPLE)
    other = ("ANSWERS", "scripts propose", "scripts approve")  # tried by tests of their own
    quick = [one.split() for one in shown if not any(part in one for part in other)]
    assert {one[1] for one in quick} >= {"check", "try", "show", "diff", "export", "schema"}
    for one in quick:
        said = terminal.run(*one, *([file] if one[1] == "check" and len(one) < 3 else []))
        assert said.code == 0, (one, said.err)


def test_the_tables_are_those_of_the_code() -> None:
    assert set(words("The keys of a script")) == keys(ScriptShape) | {"use"}
    assert set(words("The keys of a question")) == keys(QuestionShape)
    assert set(words("Walks: a script kept as tests")) == keys(WalkShape)
    assert words("What follows an answer", "answer") == [event.value for event in Event]
    steps = {
        re.sub(r"\W.*", "", word.lstrip("{")) for word in words("What follows an answer", "step")
    }
    assert steps == {Move.NEXT, Move.END, Move.ASK, *STAYS}
    assert set(words("Shared blocks")) == {path.stem for path in (LIBRARY / BLOCKS).glob("*.yaml")}


def test_every_slot_and_when_it_may_be_empty() -> None:
    rows = {row[0].strip("`"): row[2] for row in tree.rows(GUIDE, "## Slots")}

    assert rows.keys() - {"slot"} == SLOTS.keys()
    for name, slot in SLOTS.items():
        assert rows[name] == (
            f"ask `{slot.known_by}`" if slot.known_by else "yes" if slot.may_be_empty else ""
        )


def test_every_condition_and_every_word_it_takes() -> None:
    known = {re.split(r"\W", word)[0] for word in words("Conditions")}
    assert known == {*FLAGS, *CHOICES, *NUMBERS, DOUBTED, *CALL_FLAGS}
    values = {row[0]: row[1] for row in tree.rows(GUIDE, "## Conditions")}
    for name, (_, allowed) in CHOICES.items():
        assert re.findall(r"`([^`]+)`", values[f"`{name} in [...]`"]) == list(allowed)


def test_kinds_and_the_keys_of_an_ending_are_named() -> None:
    text = tree.text(GUIDE)
    for kind in Kind:
        assert f"`{kind}`" in text
    for key in keys(EndingShape):
        assert re.search(rf"`{key}\b", text), key
