"""Every mistake of an edited lexicon is told with its file, its line and the mend."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from scripts.answers import sources
from scripts.answers.check import check
from scripts.faults import Severity

LEXICON, PHRASES, QUESTIONS, EXAMPLES = sources.NAMES
FIRST = "phrases:\n"
ROOT = Path(__file__).parents[3]
SOURCES = ("check.py", "examples.py")


@pytest.fixture(scope="module")
def texts():
    return sources.packaged()


def _edited(texts, name, old, new):
    assert texts[name].count(old) >= 1
    return {**texts, name: texts[name].replace(old, new, 1)}


def _first(texts, rule):
    return _edited(texts, PHRASES, FIRST, FIRST + rule)


def _last(texts, rule):
    return {**texts, PHRASES: texts[PHRASES].rstrip("\n") + "\n" + rule}


def _own(texts, *rows):
    lines = ["\t".join(row) for row in rows]
    return {**texts, EXAMPLES: sources.NO_EXAMPLES + "\n".join(lines) + "\n"}


def _line(texts, name, words):
    return next(n for n, line in enumerate(texts[name].splitlines(), 1) if words in line)


@cache
def _packaged_faults():
    return tuple(check(sources.packaged()))


def _new(edited):
    """What is wrong with the edited lexicon and not with the packaged one."""
    before = {(fault.code, fault.message) for fault in _packaged_faults()}
    return [fault for fault in check(edited) if (fault.code, fault.message) not in before]


def test_the_packaged_lexicon_may_be_published():
    assert [fault for fault in _packaged_faults() if fault.severity is Severity.ERROR] == []


@pytest.fixture(scope="module")
def much_edited(texts):
    """A lexicon with every edit that shows only at work: one look at all examples for them all."""
    classes = "\nclasses:\n  ODD:\n    卍\n    卍卐\n  OWN: 丁丁\n"
    edited = _edited(texts, LEXICON, "\nclasses:\n", classes)
    edited = _edited(edited, LEXICON, " 晓得 ", " 晓得 晓得 瞭解 心里倍儿清 ")
    unused = '  - {id: unused, match: "甲甲 乙乙", as: NOT_KNOW}\n'
    used = '  - {id: used, match: "丙丙 乙乙", as: NOT_KNOW}\n'
    edited = _last(
        _first(edited, unused + used), '  - {id: eaten, match: "NEG KNOW", as: NOT_KNOW}\n'
    )
    return _own(
        edited,
        ("OWN", "LIABILITY", "丁丁，我不懂", "deny"),
        ("used", "LIABILITY", "丙丙乙乙", "deny"),
        ("KNOW", "LIABILITY", "我不明白", "deny"),
        ("KNOW", "LIABILITY", "我不明白", "affirm"),
    )


@pytest.fixture(scope="module")
def found(much_edited):
    """(code, entry) -> the faults of that lexicon that the packaged one has not."""
    faults = defaultdict(list)
    for fault in _new(much_edited):
        faults[fault.code, fault.question].append(fault)
    return faults


def test_every_edit_that_is_wrong_is_found_and_nothing_else(found):
    assert {key: len(faults) for key, faults in found.items()} == {
        ("unused-word", "ODD"): 2,
        ("idle-word", "OWN"): 1,
        ("duplicate-word", "KNOW"): 1,
        ("unread-word", "KNOW"): 1,
        ("idle-word", "KNOW"): 1,
        ("unused-phrase", "unused"): 1,
        ("eaten-phrase", "eaten"): 1,
        ("wrong-example", "KNOW"): 1,
    }


def test_a_word_that_nothing_explains_is_named_with_its_line(found, much_edited):
    faults = found["unused-word", "ODD"]
    lines = [_line(much_edited, LEXICON, word) for word in ("卍", "卍卐")]
    assert [fault.line for fault in faults] == lines
    assert {fault.script for fault in faults} == {LEXICON}
    assert "examples.tsv" in faults[0].message


def test_a_word_of_ones_own_example_that_decides_nothing_is_a_warning(found):
    (fault,) = found["idle-word", "OWN"]
    assert fault.severity is Severity.WARNING


def test_a_word_that_is_never_heard_is_named_with_what_is_heard(found, much_edited):
    assert "瞭解" in found["idle-word", "KNOW"][0].message  # what is never heard decides nothing
    (fault,) = found["unread-word", "KNOW"]
    assert "了解" in fault.message
    assert fault.line == _line(much_edited, LEXICON, "瞭解")


def test_a_phrase_that_another_eats_is_named_with_the_other(found):
    (fault,) = found["eaten-phrase", "eaten"]
    assert "neg.know" in fault.message
    assert "before" in fault.message


def test_a_wrong_example_is_named_with_its_line_and_what_it_is_read_as(found):
    (fault,) = found["wrong-example", "KNOW"]
    assert (fault.script, fault.line) == (EXAMPLES, 5)
    assert "deny" in fault.message


def test_an_unknown_class_in_a_phrase_is_named(texts):
    rule = '  - {id: mine, match: "NEG NOWORD", as: NOT_KNOW}\n'
    (fault,) = _new(_first(texts, rule))
    assert (fault.code, fault.question) == ("bad-pattern", "mine")
    assert fault.line == _line(texts, PHRASES, FIRST.strip()) + 1
    assert "NOWORD" in fault.message


def test_two_phrases_of_one_id_are_named(texts):
    rule = '  - {id: mine, match: "甲甲", as: NOT_KNOW}\n'
    assert "duplicate-id" in {fault.code for fault in _new(_first(texts, rule * 2))}


def test_a_question_without_an_entry_is_named(texts):
    edited = _edited(texts, QUESTIONS, "\n  RECEIPT:\n", "\n  RECEIPTS:\n")
    found = {fault.question for fault in _new(edited)}
    assert found == {"RECEIPT", "RECEIPTS"}


def test_a_question_like_none_is_named(texts):
    edited = _edited(
        texts, QUESTIONS, "\n  CLOSING:\n    like: fact", "\n  CLOSING:\n    like: nothing-known"
    )
    (fault,) = _new(edited)
    assert (fault.code, fault.question) == ("unknown-question", "CLOSING")
    assert fault.line == _line(edited, QUESTIONS, "like: nothing-known")


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("  READE.contract:\n    weakly: {unsure: KNOW}\n", "READE.contract is no question"),
        ("  READ.tips:\n    like: fact\n", "is like READ in any case; take like out"),
    ],
)
def test_a_wrong_entry_of_one_question_is_named_with_its_line(texts, entry, named):
    edited = _edited(texts, QUESTIONS, "  READ.reminder:", entry + "  READ.reminder:")
    (fault,) = _new(edited)
    assert fault.code == "unknown-question"
    assert named in fault.message
    assert fault.line


def test_an_unknown_and_a_doubled_meaning_are_named(texts):
    edited = _edited(texts, QUESTIONS, "    deny: WRONG ", "    deny: WRONG WRONG NOWORD ")
    found = {fault.code: fault for fault in _new(edited)}
    assert set(found) == {"unknown-class", "duplicate-meaning"}
    assert found["unknown-class"].line == _line(edited, QUESTIONS, "NOWORD")


def test_a_class_that_the_reader_needs_cannot_be_taken_out(texts):
    edited = _edited(texts, LEXICON, "\n  HANGNOW:", "\n  HANGLATER:")
    assert any("HANGNOW" in fault.message for fault in _new(edited))


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (LEXICON, "\nclasses:\n", "\nclasses:\n  NEG: [\n", "yaml-syntax"),
        (LEXICON, "\nclasses:\n", "\nclasses:\n  NEG: 不\n", "yaml-duplicate-key"),
        (LEXICON, "\nclasses:\n", "\nclasses:\n  neg: 不\n", "bad-value"),
        (PHRASES, FIRST, FIRST + "  - {id: mine, as: ODD}\n", "missing-key"),
        (PHRASES, FIRST, FIRST + "  - {id: mine, match: NEG, as: ODD, was: X}\n", "unknown-key"),
        (QUESTIONS, "    deny: WRONG ", "    denny: WRONG ", "bad-value"),
    ],
)
def test_a_broken_file_is_named_with_its_line(texts, name, old, new, code):
    faults = check(_edited(texts, name, old, new))
    assert (faults[0].code, faults[0].script) == (code, name)
    assert faults[0].line


def test_every_broken_line_of_the_examples_is_named(texts):
    rows = [("", "LIABILTY", "我", "affirm"), ("", "READ", "我", "yes"), ("", "READ", "", "deny")]
    faults = check(_own(texts, *rows))
    assert [(f.code, f.line) for f in faults] == [("bad-example", line) for line in (2, 3, 4)]


def test_examples_without_their_columns_are_refused(texts):
    (fault,) = check({**texts, EXAMPLES: "question\twords\n"})
    assert (fault.code, fault.line) == ("example-columns", 1)


def test_every_fault_is_one_sentence_with_a_mend(texts):
    edited = _edited(texts, QUESTIONS, "    deny: WRONG ", "    deny: WRONG NOWORD ")
    for fault in check(edited):
        assert "\n" not in str(fault)
        assert ";" in fault.message


def test_every_code_is_documented_and_no_other():
    page = (ROOT / "docs/lexicon.md").read_text("utf-8")
    documented = {
        code
        for row in re.findall(r"^\| (`[a-z]+-.*?|`unusable`) \|", page, re.M)
        for code in re.findall(r"`([a-z-]+)`", row)
        if ".yaml" not in row and ".tsv" not in row
    }
    source = "".join((ROOT / "scripts/answers" / n).read_text("utf-8") for n in SOURCES)
    named = re.findall(r"(?:fault|Fault|warn|_warn_word)\(\s*\"([a-z-]+)\"", source)
    kinds = [f"unused-{kind}" for kind in ("word", "phrase", "meaning", "homophone")]
    assert documented == {*named, *kinds, "idle-word", "idle-phrase"}
