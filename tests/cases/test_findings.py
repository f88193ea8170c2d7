"""Verdicts into findings, and the live hearing held against the recording."""

import pytest

from cases.findings import (
    Disagreement,
    Recorded,
    disagreements,
    live_findings,
    recorded_findings,
)
from scripts.labels import Label, code_of
from scripts.verdicts import Status, Verdict


def verdict(question: str, status: str, label: str = "affirm", turn: int = 3) -> Verdict:
    return Verdict(
        question_id=question,
        code=code_of(question),
        item="4",
        status=Status(status),
        words="清楚" if label == "affirm" else "不清楚",
        label=Label(label),
        decided_by=turn,
        turns=(turn,),
        doubts=() if label == "affirm" else (Label(label),),
    )


def recorded(turn: int, label: str, words: str = "没有") -> Recorded:
    return Recorded(turn, "LIABILITY.term", Label(label), words, 10.5, 11.75)


def test_everything_but_a_clear_yes_is_found() -> None:
    for status in Status:
        found = live_findings([verdict("READ", status.value, "deny")], [])
        assert bool(found) == (status not in (Status.CONFIRMED, Status.NOT_ASKED)), status


def test_a_finding_carries_the_words_and_the_place_of_its_proof() -> None:
    (found,) = live_findings([verdict("LIABILITY.term", "denied", "deny")], [recorded(3, "deny")])

    assert (found.code, found.words, found.turn, found.source) == ("LIABILITY", "不清楚", 3, "live")
    assert (found.from_s, found.to_s) == (10.5, 11.75)


def test_the_proof_is_the_place_of_the_turn_that_decided() -> None:
    """Another answer of the same call proves nothing."""
    (found,) = live_findings([verdict("LIABILITY.term", "denied", "deny")], [recorded(4, "deny")])

    assert (found.from_s, found.to_s) == (None, None)


def test_a_question_that_nobody_answered_is_found_with_an_unclear_label() -> None:
    silent = Verdict("READ", "READ", "3", Status.SILENT, turns=(2,), decided_by=2)

    (found,) = live_findings([silent], [])
    assert found.label is Label.UNCLEAR


@pytest.mark.parametrize(
    ("label", "status"), [("deny", "denied"), ("complaint", "complaint"), ("refuse", "refused")]
)
@pytest.mark.parametrize("live", ["confirmed", "resolved"])
def test_a_false_yes_is_found_in_the_recording(label: str, status: str, live: str) -> None:
    (found,) = recorded_findings(
        [verdict("LIABILITY.term", live)], [recorded(3, label, "不清楚啊")]
    )

    assert (found.source, found.status, found.words) == ("recording", status, "不清楚啊")
    assert (found.turn, found.from_s, found.to_s) == (3, 10.5, 11.75)
    assert found.doubts == (Label(label),)


@pytest.mark.parametrize("label", sorted(set(Label) - {"deny", "complaint", "refuse", "affirm"}))
def test_a_vague_recording_is_a_disagreement_and_no_finding(label: str) -> None:
    vague = recorded(3, label)

    assert recorded_findings([verdict("LIABILITY.term", "confirmed")], [vague]) == []
    assert disagreements({3: Label.AFFIRM}, [vague]) == [
        Disagreement("LIABILITY.term", 3, Label.AFFIRM, Label(label))
    ]


def test_a_no_in_an_answer_that_was_asked_again_is_no_finding_of_its_own() -> None:
    """Only the last answer to a question was taken for its yes."""
    asked_twice = Verdict("READ", "READ", "3", Status.CONFIRMED, "懂了", Label.AFFIRM, 4, (2, 4))

    assert recorded_findings([asked_twice], [recorded(2, "deny")]) == []
    assert len(recorded_findings([asked_twice], [recorded(4, "deny")])) == 1


def test_what_was_heard_live_as_a_no_is_not_found_twice() -> None:
    assert recorded_findings([verdict("READ", "denied", "deny")], [recorded(3, "deny")]) == []


@pytest.mark.parametrize(
    ("live", "recording", "differ"),
    [
        ("affirm", "affirm", False),
        ("affirm", "deny", True),
        ("affirm", "silence", True),
        ("deny", "affirm", True),
        ("unclear", "affirm", True),
        ("deny", "unsure", False),  # neither is a yes
        ("silence", "unclear", False),
    ],
)
def test_a_reviewer_listens_where_only_one_heard_a_yes(
    live: str, recording: str, differ: bool
) -> None:
    assert bool(disagreements({3: Label(live)}, [recorded(3, recording)])) == differ


def test_keys_are_never_compared() -> None:
    """A turn that was pressed is not among the spoken ones that are handed in."""
    assert disagreements({1: Label.AFFIRM}, [recorded(3, "deny")]) == []
