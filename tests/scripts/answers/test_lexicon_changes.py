"""Fingerprints, differences in words, and what another lexicon makes of answers."""

import pytest
import yaml

from scripts.answers import sources
from scripts.answers.changes import Answer, changed, ordered
from scripts.answers.difference import difference
from scripts.answers.lexicon import book
from scripts.answers.sources import book_of

LEXICON, PHRASES, QUESTIONS, EXAMPLES = sources.NAMES


@pytest.fixture(scope="module")
def texts():
    return sources.packaged()


def _edited(texts, name, old, new):
    assert old in texts[name]
    return {**texts, name: texts[name].replace(old, new, 1)}


def test_the_packaged_files_are_the_packaged_book(texts):
    assert book_of(texts).fingerprint == book().fingerprint


def test_form_and_comments_leave_the_fingerprint(texts):
    written = {
        name: "# another\n" + yaml.safe_dump(yaml.safe_load(text), sort_keys=False, width=40)
        for name, text in texts.items()
        if name != EXAMPLES
    }
    assert book_of({**texts, **written}).fingerprint == book().fingerprint


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (LEXICON, " 晓得 ", " 晓得 整明白咯 "),
        (LEXICON, " 晓得 ", " "),
        (PHRASES, "id: x-not-x", "id: x-or-x"),
        (QUESTIONS, "    deny: WRONG ", "    deny: "),
    ],
)
def test_content_changes_the_fingerprint(texts, name, old, new):
    assert book_of(_edited(texts, name, old, new)).fingerprint != book().fingerprint


def test_the_order_of_phrases_counts(texts):
    lines = texts[PHRASES].splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("  - {"))
    last = next(n for n in reversed(range(len(lines))) if lines[n].startswith("  - {"))
    lines[first], lines[last] = lines[last], lines[first]
    edited = {**texts, PHRASES: "".join(lines)}
    assert book_of(edited).fingerprint != book().fingerprint
    assert any("moved" in sentence for sentence in difference(texts, edited))


def test_differences_are_told_in_words(texts):
    edited = _edited(texts, LEXICON, " 晓得 ", " 整明白咯 ")
    told = difference(texts, edited)
    assert any("KNOW" in one and "added 整明白咯" in one for one in told)
    assert any("KNOW" in one and "removed 晓得" in one for one in told)


def test_a_changed_meaning_is_told_with_both(texts):
    edited = _edited(texts, QUESTIONS, "    unsure: TAUGHT ", "    unsure: ")
    edited = _edited(edited, QUESTIONS, "    deny: WRONG ", "    deny: TAUGHT WRONG ")
    assert difference(texts, edited) == ["common: TAUGHT now deny instead of unsure"]


def test_phrases_that_come_go_and_change_are_told(texts):
    rule = '  - {id: mine, match: "甲甲", as: NOT_KNOW}\n'
    with_rule = _edited(texts, PHRASES, "phrases:\n", "phrases:\n" + rule)
    other = _edited(with_rule, PHRASES, "甲甲", "乙乙")
    assert difference(texts, with_rule) == ["phrase mine: added, 甲甲 is NOT_KNOW"]
    assert difference(with_rule, texts) == ["phrase mine: removed"]
    assert difference(with_rule, other) == ["phrase mine: match is now 乙乙 instead of 甲甲"]


def test_nothing_differs_from_itself(texts):
    assert difference(texts, texts) == []


def test_what_becomes_a_yes_comes_first(texts):
    rules = (
        '  - {id: mine, match: "甲甲", as: ALL_KNOWN}\n'
        '  - {id: other, match: "不明白", as: WRONGNO}\n'
    )
    new = book_of(_edited(texts, PHRASES, "phrases:\n", "phrases:\n" + rules))
    answers = [
        Answer("LIABILITY", "我不明白", "row 1", "deny"),
        Answer("LIABILITY", "甲甲", "row 2"),
        Answer("LIABILITY", "甲甲", "row 3", "unsure"),
        Answer("LIABILITY", "知道", "row 4", "affirm"),
    ]
    found = ordered(changed(answers, book(), new))
    assert [(one.answer.place, one.new, one.false_yes) for one in found] == [
        ("row 3", "affirm", True),
        ("row 2", "affirm", False),
        ("row 1", "not-holder", False),
    ]
    assert found[-1].old == "deny"
