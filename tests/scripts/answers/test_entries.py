"""The examples of entries are read as labelled, and wrong data files are refused. That every entry
is used: test_uses.py."""

from importlib.resources import files

import pytest
import yaml

from scripts.answers import read
from scripts.answers.cascade import tokenise
from scripts.answers.lexicon import LexiconError, book, compile_book
from scripts.answers.patterns import Alphabet, compile_pattern
from scripts.labels import CODES, code_of


def _data(name):
    return yaml.safe_load((files("scripts.answers") / name).read_text("utf-8"))


def test_entries_are_read_as_labelled(labelled):
    for row in labelled("entries.tsv"):
        assert read(row.question, row.answer).label == row.label, row


def test_every_question_code_has_a_table():
    tables = set(book().tables)
    assert tables >= CODES | {"ANY"}
    assert {code_of(name) for name in tables} == CODES | {"ANY"}


def test_every_homophone_is_a_repair_of_something_the_reader_knows():
    data = book()
    for word in _data("lexicon.yaml")["homophones"].split():
        assert all(token.char in data.alphabet.names for token in tokenise(word, data))
        assert "UNKNOWN" not in {data.alphabet.names[t.char] for t in tokenise(word, data)}, word


def test_versions_are_numbers():
    for name in ("lexicon.yaml", "announcements.yaml"):
        assert isinstance(_data(name)["version"], int)


def _wrong(change):
    parts = [_data(name) for name in ("lexicon.yaml", "phrases.yaml", "questions.yaml")]
    change(*parts)
    return parts


def test_a_phrase_with_an_unknown_class_is_named():
    def change(_lexicon, phrases, _questions):
        phrases["phrases"].insert(0, {"id": "odd", "match": "NEG NOWORD", "as": "ODD"})

    with pytest.raises(LexiconError, match=r"phrases\.yaml, odd: .*NOWORD"):
        compile_book(*_wrong(change))


def test_a_question_with_an_unknown_class_is_named():
    def change(_lexicon, _phrases, questions):
        questions["questions"]["READ"]["means"]["deny"] += " NOWORD"

    with pytest.raises(LexiconError, match=r"questions\.yaml, READ: .*NOWORD"):
        compile_book(*_wrong(change))


def test_a_phrase_for_an_unknown_question_is_named():
    def change(_lexicon, phrases, _questions):
        phrases["phrases"][0]["for"] = "REEDING"

    with pytest.raises(LexiconError, match="REEDING"):
        compile_book(*_wrong(change))


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("NEG KNOW", ["不", "懂"], True),
        ("NEG KNOW", ["懂", "不"], False),
        ("NEG .. KNOW", ["不", "我", "我", "懂"], True),
        ("NEG .. KNOW", ["不", "我", "我", "我", "我", "懂"], False),
        ("^ KNOW $", ["懂"], True),
        ("^ KNOW $", ["我", "懂"], False),
        ("<NEG KNOW", ["不", "懂"], True),
        ("<!NEG KNOW", ["不", "懂"], False),
        ("NEG !KNOW", ["不", "懂"], False),
        ("NEG =KNOW", ["不", "懂"], True),
        ("我* KNOW", ["我", "我", "懂"], True),
    ],
)
def test_the_pattern_language(pattern, words, found):
    alphabet = Alphabet({"NEG": ["不"], "KNOW": ["懂"], "SELF": ["我"], "TURN": ["但是"]})
    regex, _ = compile_pattern(pattern, alphabet)
    assert bool(regex.search("".join(alphabet.word(word) for word in words))) is found


def test_a_pattern_of_nothing_certain_is_refused():
    with pytest.raises(ValueError, match="must be there"):
        compile_pattern("KNOW?", Alphabet({"KNOW": ["懂"], "TURN": []}))


def test_a_question_with_an_entry_of_its_own_is_read_by_it_before_its_code():
    """A reminder that was heard is no reading; a paper that was understood was read."""
    assert read("READ", "知道了").label == "affirm"
    assert read("READ.contract", "知道了").label == "unsure"
    assert read("READ.contract", "没看").label == "deny"  # what the entry does not say, READ says


def test_a_question_without_an_entry_of_its_own_is_read_by_its_code():
    tables = book().tables
    assert book().table_of("LIABILITY.term") is tables["LIABILITY"]
    assert book().table_of("NOPE.term") is tables["ANY"]
    assert book().table_of("READ.contract") is not tables["READ"]


def test_an_entry_of_a_question_keeps_whether_haste_harms_its_code():
    tables = book().tables
    assert not tables["SUGGEST.demands"].rushed
    assert tables["READ.contract"].rushed


def test_a_phrase_may_be_for_one_question_of_a_code():
    phrases = {name: {one.id for one in table.phrases} for name, table in book().tables.items()}
    assert "merely-noted" in phrases["READ.contract"] - phrases["READ"]
    assert phrases["READ"] < phrases["READ.contract"]
