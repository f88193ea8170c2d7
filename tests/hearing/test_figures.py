"""The counting itself, on cases whose figures are known by hand."""

import numpy as np
import pytest

from recordings import closed, pipeline
from recordings.speech import Heard
from scripts.answers import opinion
from scripts.answers.normalise import normalise
from tests.hearing import clips, sets, thresholds
from tests.hearing.figures import Case, confusions, count, errors, line
from tests.hearing.heard import Hearing
from tests.hearing.understood import Understanding
from tests.hearing.words import UNSEEN, shipped_texts


def case(wanted: str, got: str, question: str = "READ") -> Case:
    return Case(question, "话", tuple(wanted.split("/")), got)


CASES = [
    case("affirm", "affirm"),
    case("affirm", "unsure"),
    case("deny", "deny"),
    case("deny", "affirm"),
    case("deny/unsure", "unsure"),
    case("deny/unsure", "affirm"),
    case("unsure/affirm", "affirm"),
    case("unclear", "unclear"),
]


def test_labels_and_denials_count_where_annotators_agree_and_false_yeses_everywhere():
    figures = count(CASES)
    assert (figures.answers, figures.agreed, figures.right) == (8, 5, 3)
    assert (figures.denials, figures.denials_heard) == (2, 1)
    assert (figures.yeses, figures.yeses_heard) == (2, 1)
    assert figures.false_yeses == 2  # a yes that one of two annotators gave is none of them
    assert figures.abstained == 3


def test_a_line_has_shares_and_their_intervals():
    told = line("made up", count(CASES))
    assert "right 60.0 % (23.1-88.2)" in told
    assert "false yes 25.00 %" in told
    assert "abstains 37.5 %" in told
    assert "denials - (0.0-100.0)" in line("no denials", count([case("affirm", "affirm")]))


def test_confusions_begin_with_false_yeses_and_show_the_first_example():
    first = Case("READ", "没看完", ("deny",), "unsure")
    wrong = [first, case("deny", "unsure"), case("unsure", "affirm"), case("deny", "deny")]
    assert [(a, b, n) for a, b, n, _ in confusions(wrong)] == [
        ("unsure", "affirm", 1),
        ("deny", "unsure", 2),
    ]
    assert confusions(wrong)[1][3] is first
    assert len(confusions(wrong, most=1)) == 1


def test_errors_are_edits_for_each_character_said():
    found = errors([("没签。", "没钱"), ("看过", "看过！"), ("没有", "没")])
    assert (found.exact, found.of) == (1, 3)
    assert found.characters == pytest.approx(2 / 6)
    # qian and qian sound alike; one syllable of six is missing
    assert found.syllables == pytest.approx(1 / 6)
    assert errors([("簽過", "签过")]).characters == 0


def hearing(text: str, confidence: float, label: str = "affirm") -> Hearing:
    row = clips.Row("SIGN_APP", text, label, "zf_xiaoni", 1.0, "clean")
    return Hearing(clips.Clip(sets.SHIPPED, row), (Heard(text, confidence=confidence),))


@pytest.fixture(scope="module")
def how() -> Understanding:
    return Understanding(set(), opinion.model())


def test_a_hearing_is_understood_with_the_thresholds_of_the_moment(how, monkeypatch):
    assert how.of_sound(hearing("我自己签的", 0.8)) == ("affirm", "我自己签的")
    assert how.of_sound(hearing("我自己签的", 0.3)) == ("unclear", "")
    monkeypatch.setattr(pipeline, "LEAST_FOR_YES", 0.9)
    assert how.of_sound(hearing("我自己签的", 0.8)) == ("unsure", "我自己签的")
    silent = Hearing(hearing("我自己签的", 0.8).clip, ())
    assert how.of_sound(silent) == ("silence", "")


def test_examples_can_be_left_out():
    text = "这保险保啥来着"
    with_it, without = closed.of_examples(()), closed.of_examples({normalise(text)})
    told = [one.likely("READ", normalise(text)) for one in (with_it, without)]
    assert normalise(text) in shipped_texts()
    assert told[0] > told[1]


def test_the_best_threshold_is_found_and_a_false_yes_outweighs_labels():
    """Only LEAST_FOR_YES matters here: the true yes has 0.52, the false ones 0.58."""
    place = [*thresholds.CHOICES].index("LEAST_FOR_YES")
    wanted = ["affirm", "deny"]

    def measure(setting: thresholds.Setting) -> list[str]:
        return ["affirm" if c >= setting[place] else "unsure" for c in (0.52, 0.58)]

    assert thresholds.chosen(wanted, measure)[place] == 0.6
    assert thresholds.chosen(["affirm", "affirm"], measure)[place] == thresholds.now()[place]


def test_a_fold_is_measured_with_thresholds_chosen_without_it():
    """The false yes of fold b teaches fold a; what is left out of b never saw one."""
    place = [*thresholds.CHOICES].index("LEAST_FOR_YES")
    cases = [case("affirm", "affirm"), case("deny", "affirm")]

    def measure() -> list[str]:
        return ["affirm" if c >= pipeline.LEAST_FOR_YES else "unsure" for c in (0.52, 0.58)]

    before = thresholds.now()
    *told, left_out, product = thresholds.lines(cases, ["a", "b"], measure)
    values = {row.split()[1]: row.split()[2 + place] for row in told if "without" in row}
    assert values == {"a": "0.6*", "b": "0.5"}
    assert "right 0.0 %" in left_out
    assert "false yes 50.00 %" in left_out
    assert "right 50.0 %" in product
    assert thresholds.now() == before


def test_the_sets_hold_what_they_say():
    """Other voices than A, half of them noisy, and in U no text that an example holds."""
    shipped, drawn, unseen = sets.shipped(), sets.drawn(), sets.unseen()
    assert (len(shipped), len(drawn)) == (120, 240)
    assert len(unseen) >= 150
    assert {row.voice for row in drawn + unseen} == set(clips.VOICES)
    assert {clip.row.voice for clip in shipped}.isdisjoint(clips.VOICES)
    for rows in (drawn, unseen):
        assert np.mean([row.channel == "noisy" for row in rows]) == pytest.approx(0.5, abs=0.02)
    texts = {normalise(row.text) for row in unseen}
    assert shipped_texts().isdisjoint(texts)
    with UNSEEN.open(encoding="utf-8") as file:
        assert texts <= {normalise(line.split("\t")[1]) for line in file}
