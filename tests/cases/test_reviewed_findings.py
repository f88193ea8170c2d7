"""What reviewers hear: a no makes a finding, a yes takes none away."""

import pytest

from cases.findings import Truth, corrected, reviewed_findings, right, settled
from scripts.heard import Heard, Turn, Via
from scripts.labels import PRIORITY, Label
from scripts.model import Question
from scripts.reader import load_script
from scripts.verdicts import judge

SCRIPT = load_script("standard")
READ = next(question for question in SCRIPT.questions if question.id == "READ")
QUESTIONS: tuple[Question, ...] = (READ,)


def found(live: list[str], truths: dict[int, str]) -> list[tuple[str, str, str]]:
    """Status, words and source of what reviewers found in a call that heard this live."""
    turns = tuple(Turn("READ", Heard(Label(label), f"live {n}")) for n, label in enumerate(live))
    heard = [Truth(turn, Label(label), f"true {turn}") for turn, label in truths.items()]
    findings = reviewed_findings(
        judge(QUESTIONS, corrected(turns, heard)), judge(QUESTIONS, turns), frozenset({"READ"}), []
    )
    return [(one.status.value, one.words, one.source) for one in findings]


@pytest.mark.parametrize(
    ("truth", "status"),
    [
        ("deny", "denied"), ("unsure", "unsure"), ("unclear", "unclear"), ("silence", "silent"),
        ("complaint", "complaint"), ("refuse", "refused"), ("explain", "explain"),
        ("callback", "unclear"), ("not-holder", "unclear"),
    ],
)  # fmt: skip
def test_anything_but_a_yes_is_found(truth: str, status: str) -> None:
    assert found(["affirm"], {0: truth}) == [(status, "true 0", "review")]


def test_a_yes_makes_no_finding_and_the_call_keeps_its_own() -> None:
    assert found(["affirm"], {0: "affirm"}) == []
    assert found(["deny"], {0: "affirm"}) == []  # the finding of the call is not among these


def test_what_the_call_knew_is_not_found_twice() -> None:
    assert found(["deny"], {0: "deny"}) == []


def test_a_no_before_a_yes_is_resolved() -> None:
    assert found(["unclear", "affirm"], {0: "deny"}) == [("resolved", "true 0", "review")]


def test_a_no_behind_a_doubt_that_seemed_settled() -> None:
    assert found(["deny", "affirm"], {1: "deny"}) == [("denied", "live 0", "review")]


def test_only_questions_that_were_reviewed() -> None:
    turns = (Turn("READ", Heard(Label.DENY)),)
    assert reviewed_findings(judge(QUESTIONS, turns), [], frozenset(), []) == []


def test_the_doubts_that_were_heard_beside_go_with_the_label() -> None:
    turn = Turn("READ", Heard(Label.DENY, "x", also=(Label.COMPLAINT,), via=Via.SPEECH))
    (corrected_turn,) = corrected([turn], [Truth(0, Label.AFFIRM)])
    assert corrected_turn.heard == Heard(Label.AFFIRM, "x")


def test_several_reviewers_come_to_the_gravest() -> None:
    assert settled([Label.AFFIRM, Label.AFFIRM]) is Label.AFFIRM
    for label in set(PRIORITY) - {Label.AFFIRM}:
        assert settled([Label.AFFIRM, label]) is label


@pytest.mark.parametrize(
    ("live", "recorded", "truth", "who"),
    [
        ("affirm", "deny", "deny", "recorded"),
        ("affirm", "deny", "affirm", "live"),
        ("deny", "deny", "deny", "both"),
        ("affirm", "deny", "unsure", "neither"),
        (None, "deny", "deny", "recorded"),
        (None, None, "deny", "neither"),
    ],
)
def test_who_was_right(live: str | None, recorded: str | None, truth: str, who: str) -> None:
    labels = [Label(one) if one else None for one in (live, recorded)]
    assert right(labels[0], labels[1], Label(truth)) == who
