"""The counter guidance: what ships is whole, a faulty file is told in sentences, words and pinyin
find, and a quiz is drawn by its seed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import guide
from scripts.faults import FaultyFileError
from scripts.guide import Guide, SectionId
from scripts.guide.finding import find
from scripts.guide.quiz import LARGEST_SEED, OPTIONS, Ask, draw, kept, of_kept, questions, score
from scripts.guide.reader import LIBRARY

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def whole() -> Guide:
    return guide.load()


def faults(folder: Path, old: str, new: str) -> list[str]:
    assert old in TEXT, old
    file = folder / "own.yaml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        guide.load(str(file))
    return [str(fault) for fault in caught.value.faults]


def test_what_ships_is_the_whole_of_the_source(whole: Guide) -> None:
    counts = {one.id: len(one.pieces) for one in whole.sections}
    assert counts == {
        SectionId.RISKS: 6, SectionId.TYPES: 5, SectionId.DIFFICULT: 9, SectionId.PRINCIPLES: 4,
        SectionId.TABOOS: 6, SectionId.STEPS: 6, SectionId.QUESTIONS: 6,
        SectionId.RULES: 7,  # the four words above the six rules
    }  # fmt: skip
    for one in whole.section(SectionId.TYPES):
        assert one.signs, one.id
        assert one.says, one.id
        assert one.never, one.id
    for one in whole.section(SectionId.PRINCIPLES):
        assert one.says, one.id
        assert one.never, one.id


def test_every_piece_says_where_it_comes_from_in_both_languages(whole: Guide) -> None:
    for one in whole.pieces:
        assert any(name in one.source for name in ("000", "001", "003")), one.id
        assert "1.14" in one.source, one.id
        for text in (one.title, one.text, one.signs, one.note, *one.says, *one.never):
            assert bool(text.zh) == bool(text.en), one.id


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: furious", "id: identity", "the piece identity stands here a second time"),
        ("id: types", "id: risks", "the section risks stands here a second time"),
        ("id: types", "id: kinds", "kinds"),
        ("{zh: 身份, en: 'Who they are'}", "{zh: 身份}", "lacks the key 'en'"),
        ("pass_mark: 80", "pass_mark: 180", "quiz.pass_mark"),
        ("text: {zh: 从第一刻", "advice: {zh: 从第一刻", "unknown key 'advice'"),
        (
            "zh: 据我猜测，应该是业务员误导了客户。",
            "zh: 我就是柜面主管。",
            "under says and under never",
        ),
    ],
)
def test_a_faulty_file_is_told_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = faults(tmp_path, old, new)
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("own.yaml:") for fault in found)


def test_a_quiz_that_cannot_be_made_is_refused_at_the_door(tmp_path: Path) -> None:
    small = TEXT[: TEXT.index("  - id: types")].replace("questions: 10", "questions: 40")
    file = tmp_path / "small.yaml"
    file.write_text(small, encoding="utf-8")
    with pytest.raises(FaultyFileError, match="a quiz of 40 questions cannot be made"):
        guide.load(str(file))


def test_an_insurer_brings_a_guide_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(TEXT.replace("第一时间带离柜面", "第一时间请到洽谈室"), encoding="utf-8")
    (fierce,) = (one for one in guide.load(str(file)).pieces if one.id == "fierce")
    assert fierce.text.zh.startswith("第一时间请到洽谈室")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("暴怒", "furious"), ("baonu", "furious"), ("bn", "furious"), ("qunfang", "group"),
        ("banner", "furious"), ("BANNER", "furious"), ("采访 办公室", "open-media"),
        ("loan", "offer"),
    ],
)  # fmt: skip
def test_words_of_both_languages_and_pinyin_find(whole: Guide, query: str, wanted: str) -> None:
    found = find(whole, query)
    assert wanted in found
    assert len(found) < 12


def test_an_empty_search_finds_all_and_a_strange_one_nothing(whole: Guide) -> None:
    assert len(find(whole, "  ")) == len(whole.pieces)
    for query in ("xyzzy", "%", "暴怒 xyzzy", "b"):
        assert "furious" not in find(whole, query) or query == "b"
    assert find(whole, "暴怒 xyzzy") == frozenset()


def test_signals_choose_what_helps_the_best_first(whole: Guide) -> None:
    def ids(*signals: str) -> list[str]:
        return [one.id for one in whole.for_signals(signals)]

    assert ids("group") == ["group", "split"]
    assert ids("violence", "threat")[0] == "furious"  # about both
    assert ids() == ids("unheard-of") == ["calm-first", "trust", "verify", "leave-time"]


def test_every_kind_of_question_is_made(whole: Guide) -> None:
    made = questions(whole)
    assert {one.ask for one in made} == set(Ask)
    for one in made:
        assert one.right not in one.others, one


def test_wording_that_may_be_said_is_never_a_wrong_answer(whole: Guide) -> None:
    says = {text for one in whole.pieces for text in one.says}
    never = {text for one in whole.pieces for text in one.never}
    for one in questions(whole):
        if one.ask is Ask.SAY:
            assert one.right in says
            assert set(one.others) <= never
        if one.ask is Ask.NEVER:
            assert one.right in never
            assert set(one.others) <= says


@settings(max_examples=25, deadline=None)
@given(st.integers(0, LARGEST_SEED))
def test_a_paper_is_its_seeds(seed: int) -> None:
    whole = guide.load()
    paper = draw(whole, seed)
    assert paper == draw(whole, seed) == of_kept(kept(paper))
    assert len(paper) == whole.questions
    assert len({one.about for one in paper}) == whole.questions  # no piece twice
    for one in paper:
        assert len(set(one.options)) == OPTIONS
    right = [one.right for one in paper]
    assert score(paper, right) == 100
    wrong = [(one.right + 1) % OPTIONS for one in paper]
    assert score(paper, wrong) == 0
    assert score(paper, [*right[:7], *wrong[7:]]) == 70


def test_other_seeds_make_other_papers(whole: Guide) -> None:
    assert len({draw(whole, seed) for seed in range(20)}) == 20


def test_a_long_quiz_asks_about_a_piece_again(whole: Guide) -> None:
    long = replace(whole, questions=50)
    assert len(draw(long, 1)) == 50
