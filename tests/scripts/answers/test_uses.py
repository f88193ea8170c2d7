"""Every entry of the lexicon is used by an example that is read as labelled, and a word that is
taken out turns its example red."""

import random
from collections import Counter, defaultdict
from copy import deepcopy

import pytest

from scripts.answers import sources
from scripts.answers.examples import carriers, is_read_so, labelled, of_words
from scripts.answers.lexicon import class_words, compile_book
from scripts.answers.proofs import TwinAlphabet, Use, hears, ruled, use_of_word, without_word
from scripts.answers.uses import Finder, entries

RECOMPILED = 2


@pytest.fixture(scope="module")
def data():
    return sources.data_of(sources.packaged())


@pytest.fixture(scope="module")
def book(data):
    return compile_book(*data, TwinAlphabet)


@pytest.fixture(scope="module")
def finder(book):
    return Finder(book, (*labelled(), *of_words()))


@pytest.fixture(scope="module")
def listed():
    """The words of the sentences, by class, each with its sentences."""
    found = defaultdict(list)
    for carrier in carriers():
        for word in carrier.words:
            found[carrier.name, word].append(carrier.with_word(word))
    return found


def _right(book, example):
    return is_read_so(ruled(book, example), example.label)


def _few(word):
    """Labelled answers; of the many authors' only those with the word in them."""
    many = "authors.tsv"
    return [e for e in labelled() if word in e.answer or not e.place.startswith(many)]


def test_every_word_is_read_as_its_sentence_is_labelled(book, listed):
    wrong = [
        (name, example.question, example.answer, example.label)
        for (name, word), examples in listed.items()
        for example in examples
        if not _right(book, example) or not hears(book, example, word, name)
    ]
    assert wrong == []


def test_every_word_has_a_sentence(data, listed):
    assert [pair for pair in entries(data).words if pair not in listed] == []


def test_a_word_that_is_taken_out_turns_its_sentence_red(book, listed):
    green = [
        (name, word)
        for (name, word), examples in listed.items()
        for example in examples
        if hears(without_word(book, word, name), example, word, name)
    ]
    assert green == []


def test_most_words_decide_a_label(book, listed):
    """The rest is said by its parts too: 从来没有 is 从来 and 没有. Of every third word."""
    some = list(listed.items())[::3]
    shown = [use_of_word(book, w, name, ones) for (name, w), ones in some]
    assert shown.count(Use.SHOWN) / len(shown) >= 0.65


def test_a_twin_reads_like_a_lexicon_without_the_word(book, data, listed):
    """The quick way to take a word out does what compiling without it does."""
    classes = Counter(word for words in class_words(data[0]).values() for word in set(words))
    several = sorted(pair for pair in listed if classes[pair[1]] > 1)
    single = sorted(pair for pair in listed if classes[pair[1]] == 1)
    drawn = random.Random(7)
    for name, word in (*drawn.sample(several, RECOMPILED), *drawn.sample(single, RECOMPILED)):
        lexicon = deepcopy(data[0])
        kept = [one for one in class_words(lexicon)[name] if one != word]
        lexicon["classes"][name] = " ".join(kept)
        lexicon["compounds"].pop(name, None)  # they stand in the class now
        compiled = compile_book(lexicon, *data[1:])
        twin = without_word(book, word, name)
        for example in (*_few(word), *listed[name, word]):
            assert ruled(twin, example) == ruled(compiled, example)


def test_every_phrase_is_used(data, finder):
    assert [one for one in entries(data).phrases if one not in finder.phrases] == []


def test_every_meaning_is_used(data, finder):
    assert [one for one in entries(data).meanings if finder.meaning(one) is Use.NONE] == []


def test_every_homophone_is_shown(data, finder):
    shown = {word: finder.homophone(word) for word in entries(data).homophones}
    assert [word for word, use in shown.items() if use is not Use.SHOWN] == []


@pytest.mark.parametrize("name", ["meanings.tsv", "homophones.tsv"])
def test_examples_of_entries_are_read_as_labelled(book, name):
    rows = [one for one in labelled() if one.place.startswith(name)]
    assert len(rows) > 40
    assert [one for one in rows if not _right(book, one)] == []
