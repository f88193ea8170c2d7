"""The wording checks as judges: tables of wordings that must be found and that must not, and the
two slips that would turn a no into a yes."""

from pathlib import Path

import pytest
import yaml

from scripts import checks, reader
from scripts.checks import wording
from scripts.faults import Severity

DATA = Path(__file__).parent / "data"
WHOLE = (DATA / "whole.yaml").read_text("utf-8")

#: By code: the wordings that must be found, and those that must be left alone.
WORDINGS = yaml.safe_load((DATA / "wordings.yaml").read_text("utf-8"))


def test_the_tables_are_long_enough() -> None:
    tables = [table for both in WORDINGS.values() for table in both.values()]

    assert len(tables) == 8
    assert all(len(set(table)) >= 25 for table in tables)


def _codes(question: str, says: str) -> set[str]:
    """The wording codes of the whole script with this question."""
    head = f"  - id: {question}\n"
    before, after = WHOLE.split(head)
    line = next(one for one in after.splitlines() if one.startswith("    says: "))
    text = before + head + after.replace(line, f"    says: '{says}'", 1)
    script = reader.read_script(text)
    return {fault.code for fault in wording.wording_faults(script)}


def _of(side: str) -> list[tuple[str, str]]:
    return [(code, says) for code, both in WORDINGS.items() for says in both[side]]


#: Where the wording of a table is put: 没有 can be a good answer only to the closing question.
PLACE = {"polarity-unmarked": "CLOSING"}


@pytest.mark.parametrize(("code", "says"), _of("found"))
def test_it_is_found(code: str, says: str) -> None:
    assert code in _codes(PLACE.get(code, "RECEIPT"), says)


@pytest.mark.parametrize(("code", "says"), _of("left"))
def test_it_is_left_alone(code: str, says: str) -> None:
    assert code not in _codes(PLACE.get(code, "RECEIPT"), says)


@pytest.mark.parametrize("name", reader.library())
def test_the_library_is_well_worded(name: str) -> None:
    assert wording.wording_faults(reader.load_script(name)) == []


@pytest.mark.parametrize(
    "question", ["SURRENDER_LOSS", "CLOSING", "SATISFACTION", "RECEIPT", "CONSENT"]
)
def test_a_no_is_never_marked_as_the_good_answer_where_it_is_not(question: str) -> None:
    """With ``polarity: negative`` key 2 counts as the good answer: 您清楚吗, 2, would be a yes."""
    head = f"  - id: {question}\n"
    assert head in WHOLE
    text = WHOLE.replace(head, f"{head}    polarity: negative\n", 1)
    faults = [f for f in checks.check_text(text) if f.code == "polarity-wrong"]

    assert [(f.question, f.severity) for f in faults] == [(question, Severity.ERROR)]


@pytest.mark.parametrize(
    "words",
    [
        "您也可以按键回答，是请按2，不是请按1。",
        "不是请按1，是请按2。",
        "清楚按2，不清楚按1。",
        "不清楚的话请您按1。",
        "没有请按1，有请按2。",
        "不同意就按1。",
    ],
)
def test_keys_the_wrong_way_round_are_an_error(words: str) -> None:
    text = WHOLE.replace("您也可以按键回答，是请按1，不是请按2。", words, 1)
    faults = [f for f in checks.check_text(text) if f.code == "keys-reversed"]

    assert [(f.question, f.severity) for f in faults] == [(None, Severity.ERROR)]


@pytest.mark.parametrize(
    "words",
    ["是请按1，不是请按2。", "没有请按2，有请按1。", "清楚请按1，不清楚请按2。", "转人工请按0。",
     "再听一遍请按3，是的话按1。"],
)  # fmt: skip
def test_keys_the_right_way_round_are_left_alone(words: str) -> None:
    text = WHOLE.replace("您也可以按键回答，是请按1，不是请按2。", words, 1)

    assert checks.check_text(text) == []
