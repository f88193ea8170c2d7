"""Reviewers' decisions and the random sample: what they change, and what they never change."""

from collections.abc import Sequence

import pytest

from operations import compare, review
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from operations.review import DecidedBefore, Decision, ReviewTrouble
from scripts.labels import Label
from store.tables import Call, Case, Draw, Finding, QualityItem, Review, Turn
from tests.operations.rig import YES, Caller, Rig, somebody


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """A holder who has said yes to everything and hung up."""
    return talked(rig)


def talked(rig: Rig, number: int = 1, **answers: str) -> Caller:
    """A finished call with the holder of another policy."""
    rig.import_rows(
        {"保单号": f"P{number:04d}", "手机": f"1390000{number:04d}", **somebody(number)}
    )
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**answers, **YES})
    caller.hangs_up()
    return caller


def hear(rig: Rig, caller: Caller, said: dict[str, str] | None = None) -> None:
    """Fetch and hear the recording, which says something else in answer to these questions."""
    say = {turn_of(rig, question): words for question, words in (said or {}).items()}
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, rig.recording(say))
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)


def turn_of(rig: Rig, question: str) -> int:
    call = rig.one(Call, -1)
    turns = rig.all(Turn, call_id=call.id)
    return next(turn.number for turn in turns if turn.question_id == question)


def decide(rig: Rig, label: str, item: int = 1, by: str = "质检一", **more: object):
    return review.decide(rig.line, item, Decision(Label(label), by, **more))


def sources(rig: Rig) -> Sequence[tuple[str, str]]:
    return [(one.status, one.source) for one in rig.all(Finding)]


# Decisions.


def test_a_reviewers_no_to_a_live_yes_is_a_finding_and_a_case(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": "记不清了"})
    assert (rig.findings, rig.cases) == ([], [])
    done = decide(rig, "deny", words="没有看过", note="声音很轻")

    (found,) = rig.all(Finding)
    assert (found.question_id, found.status, found.source) == ("READ", "denied", "review")
    assert (found.words, found.label, found.recording_id) == ("没有看过", "deny", 1)
    assert found.to_s > found.from_s > 0
    assert rig.one(Call).class_name == "问题件"
    assert len(rig.cases) == 1
    assert (done.right, done.truth, done.changed) == ("neither", "deny", True)


def test_a_vague_truth_is_no_yes_either(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    decide(rig, "unclear")

    assert sources(rig) == [("unclear", "review")]
    assert len(rig.cases) == 1


def test_a_reviewers_yes_closes_the_item_and_nothing_else(rig: Rig, caller: Caller) -> None:
    """The recording denied it, so a case stands: only whoever handles the case may close it."""
    hear(rig, caller, {"SIGN_APP": "不是我签的"})
    before = (rig.findings, rig.cases)
    done = decide(rig, "affirm")

    assert (rig.findings, rig.cases) == before
    assert rig.findings == [("SIGN_APP", "denied", "recording")]
    assert rig.one(Case).state == "open"
    assert done.right == "live"
    assert waiting(rig) == []


def waiting(rig: Rig) -> list[int]:
    from store.console.cases import QualityFilter, quality

    with rig.line.database.reading() as session:
        return [one.item.id for one in quality(session, QualityFilter(), 0, None).rows]


def test_a_yes_does_not_take_a_finding_of_the_call_away(rig: Rig) -> None:
    caller = talked(rig, SIGN_TIP="业务员替我签的")
    hear(rig, caller, dict.fromkeys(["SIGN_TIP"], "是的"))
    decide(rig, "affirm")

    assert ("SIGN_TIP", "denied", "live") in rig.findings
    assert "review" not in [source for _, source in sources(rig)]


def test_a_clean_review_opens_nothing(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    decide(rig, "affirm")

    assert (rig.findings, rig.cases) == ([], [])
    assert rig.one(Call).class_name == "标准件"


def test_the_same_decision_again_changes_nothing(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    decide(rig, "deny", note="没看")
    before = rig.everything()
    rig.clock.tick(60)

    assert not decide(rig, "deny", note=" 没看 ", by=" 质检一 ").changed
    assert rig.everything() == before


def test_another_decision_must_say_that_it_corrects(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    decide(rig, "deny")
    with pytest.raises(DecidedBefore, match=r"质检一 decided item 1 on 2026-11-18 .* as deny"):
        decide(rig, "affirm")
    assert len(rig.all(Review)) == 1
    decide(rig, "affirm", correct=True)

    first, second = rig.all(Review)
    assert (first.label, first.withdrawn_at is None) == ("deny", False)
    assert (second.label, second.withdrawn_at) == ("affirm", None)
    assert rig.findings == []
    assert rig.cases != []  # the case stays open for whoever handles it


def test_a_second_reviewer_makes_it_graver_and_never_milder(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    assert decide(rig, "affirm", by="甲").truth == "affirm"
    assert decide(rig, "unsure", by="乙").truth == "unsure"
    assert sources(rig) == [("unsure", "review")]
    assert decide(rig, "affirm", by="丙").truth == "unsure"
    assert sources(rig) == [("unsure", "review")]


def test_the_labels_stand_as_they_were_when_it_was_heard(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": "记不清了"})
    decide(rig, "unsure", blind=True)

    (kept,) = rig.all(Review)
    assert (kept.live_label, kept.recorded_label, kept.blind) == ("affirm", "unsure", True)
    assert review.who_was_right(kept) == "recorded"


@pytest.mark.parametrize(
    ("item", "more", "sentence"),
    [
        (99, {}, "there is no quality item 99; see `huifang review list`"),
        (1, {"by": "  "}, "reviewer's name"),
        (1, {"by": "名" * 61}, "1 to 60 characters"),
        (1, {"note": "长" * 2001}, "shorten"),
        (1, {"words": "一\0二"}, "NUL"),
    ],
)
def test_a_wrong_decision_is_one_sentence(
    rig: Rig, caller: Caller, item: int, more: dict[str, str], sentence: str
) -> None:
    hear(rig, caller, {"READ": ""})
    before = rig.everything()
    with pytest.raises(ReviewTrouble, match=sentence):
        decide(rig, "deny", item=item, **more)

    assert rig.everything() == before


# The sample and the report.


def test_a_draw_fills_the_list_and_never_twice(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": ""})
    first = review.draw(rig.line, 5, 1)
    second = review.draw(rig.line, 1000, 1)

    answers = [(one.call_id, one.turn_number) for one in rig.all(QualityItem)]
    assert (first.answers, first.queued) == (5, 5)
    assert first.left == second.answers
    assert second.left == 0
    assert len(answers) == len(set(answers)) == 1 + first.queued + second.queued
    assert len(rig.all(Draw)) == first.answers + second.answers
    assert [one.reason for one in rig.all(QualityItem)].count("sample") == len(answers) - 1
    assert review.draw(rig.line, 10, 2).answers == 0


def test_no_birthday_and_no_key_is_drawn(rig: Rig) -> None:
    caller = talked(rig, READ="#1")
    hear(rig, caller)
    review.draw(rig.line, 1000, 1)

    drawn = {one.question_id for one in rig.all(QualityItem)}
    assert "SIGN_APP" in drawn
    assert drawn.isdisjoint({"READ", "ID_VERIFY", "ID_PRESENT", "CONSENT", "CLOSING"})
    (row,) = [one for one in compare.hearing_report(rig.line) if one.question_id == "READ"]
    assert (row.compared, row.by_key) == (0, 1)


def test_the_report_estimates_false_yeses_from_the_reviews(rig: Rig) -> None:
    for number in (1, 2, 3):
        caller = talked(rig, number)
        hear(rig, caller, {"READ": ""} if number == 1 else {})
    before = one_line(rig, "READ")
    assert (before.compared, before.only_live_yes, before.agreed.count) == (3, 1, 2)
    assert (before.false_yes_live.rate, before.false_yes_live.unheard) == (None, 3)
    review.draw(rig.line, 1000, 1)
    items = {one.call_id: one.id for one in rig.all(QualityItem) if one.question_id == "READ"}
    decide(rig, "deny", item=items[1])
    decide(rig, "affirm", item=items[2])
    decide(rig, "affirm", item=items[3])

    after = one_line(rig, "READ")
    with rig.line.database.reading() as session:
        singly = compare.agreement.lines(compare.answers(session, None, None))
    assert compare.hearing_report(rig.line) == singly
    assert after.false_yes_live.rate == pytest.approx(1 / 3)
    assert (after.false_yes_live.low, after.false_yes_live.high) == (pytest.approx(1 / 3),) * 2
    assert after.false_yes_both.rate == 0
    assert after.false_yes_live.few
    assert (after.item, after.code, after.engine) == (before.item, "READ", "tones:1")


def one_line(rig: Rig, question: str) -> compare.agreement.Line:
    (row,) = [one for one in compare.hearing_report(rig.line) if one.question_id == question]
    return row


def test_the_report_keeps_to_days_and_engines(rig: Rig, caller: Caller) -> None:
    hear(rig, caller)
    day = rig.one(Call).ordered_at.date()

    assert len(compare.hearing_report(rig.line, day, day)) > 5
    assert compare.hearing_report(rig.line, day.replace(day=19), None) == []
    assert compare.hearing_report(rig.line, None, day.replace(day=17)) == []
    assert compare.hearing_report(rig.line, engine="vosk") == []
    assert len(compare.hearing_report(rig.line, engine="tones:1")) > 5


def test_reviewed_answers_become_examples(rig: Rig, caller: Caller) -> None:
    hear(rig, caller, {"READ": "记不清了", "AWARE": ""})
    decide(rig, "unsure", item=2, words="我记不太清楚了")
    decide(rig, "affirm", item=1)

    found = {(one.question, one.answer, one.label, one.source) for one in review.examples(rig.line)}
    assert found == {
        ("READ", "是的", "unsure", "live"),
        ("READ", "记不清了", "unsure", "recording"),
        ("READ", "我记不太清楚了", "unsure", "review"),
        ("AWARE", "是的", "affirm", "live"),
    }
