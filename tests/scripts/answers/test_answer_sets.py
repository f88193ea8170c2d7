"""Floors on the labelled answers. They hold what is reached now and say nothing about answers
never seen; docs/answers.md has the figures of first contact."""

import re

import pytest

from scripts.answers import read
from scripts.labels import Label

FLOORS = [  # set, share right, share of denials heard
    ("answers-dev.tsv", 0.94, 0.95),
    ("variants.tsv", 0.97, 0.97),
    ("long.tsv", 0.92, 0.94),
    ("library.tsv", 0.95, 0.95),
]
PUNCTUATION = re.compile("[，。？！、；,.?!;]")


def _right(rows, text=lambda answer: answer):
    return [(row, read(row.question, text(row.answer)).label) for row in rows]


@pytest.mark.parametrize(("name", "right", "denied"), FLOORS)
def test_labels_and_denials_keep_their_floor(labelled, name, right, denied):
    read_rows = _right(labelled(name))
    hits = [row for row, label in read_rows if label == row.label]
    denials = [(row, label) for row, label in read_rows if row.label == Label.DENY]
    assert len(hits) >= right * len(read_rows)
    assert sum(label is Label.DENY for _, label in denials) >= denied * len(denials)


FALSE_YES = [
    ("answers-dev.tsv", 0),
    ("variants.tsv", 0.005),
    ("long.tsv", 0),
    ("library.tsv", 0),
]


@pytest.mark.parametrize(("name", "share"), FALSE_YES)
def test_false_yes(labelled, name, share):
    rows = labelled(name)
    assert len(_false_yes(rows)) <= share * len(rows), _false_yes(rows)


@pytest.mark.parametrize(("name", "share"), FALSE_YES)
def test_false_yes_without_punctuation(labelled, name, share):
    """A recogniser writes no commas."""
    rows = [row for row in labelled(name) if row.answer[0] not in "(（"]
    wrong = _false_yes(rows, lambda answer: PUNCTUATION.sub("", answer))
    assert len(wrong) <= share * len(rows), wrong


def _false_yes(rows, text=lambda answer: answer):
    return [row for row, label in _right(rows, text) if label is Label.AFFIRM != row.label]


def test_the_plainest_answers_are_read_as_they_are_meant(labelled):
    """是, 知道, 看过, 没收到: what most people say, to every question they may be said to."""
    rows = labelled("plain.tsv")
    assert [(row, label) for row, label in _right(rows) if label != row.label] == []


def test_the_sets_are_as_large_as_promised(labelled):
    assert len(labelled("variants.tsv")) >= 300
    assert len(labelled("long.tsv")) >= 80


def test_every_reading_says_why(labelled):
    for row in labelled("variants.tsv"):
        reading = read(row.question, row.answer)
        assert reading.why
        assert all(why.rule and why.label is reading.label for why in reading.why)
        assert reading.label not in reading.also
