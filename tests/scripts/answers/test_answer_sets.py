"""Floors on the labelled answers. They hold what is reached now and say nothing about answers
never seen; docs/decisions/answer-reading.md has the figures of first contact."""

import re
import time

import pytest

from scripts.answers import read
from scripts.labels import Label

FLOORS = [  # set, share right, share of denials heard
    ("answers-dev.tsv", 0.94, 0.95),
    ("variants.tsv", 0.97, 0.97),
    ("long.tsv", 0.92, 0.94),
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


@pytest.mark.parametrize("name", ["answers-dev.tsv", "variants.tsv", "long.tsv"])
def test_no_false_yes(labelled, name):
    wrong = [row for row, label in _right(labelled(name)) if label is Label.AFFIRM != row.label]
    assert wrong == []


@pytest.mark.parametrize("name", ["answers-dev.tsv", "variants.tsv", "long.tsv"])
def test_no_false_yes_without_punctuation(labelled, name):
    """A recogniser writes no commas."""
    rows = [row for row in labelled(name) if row.answer[0] not in "(（"]
    wrong = [
        row
        for row, label in _right(rows, lambda answer: PUNCTUATION.sub("", answer))
        if label is Label.AFFIRM != row.label
    ]
    assert wrong == []


def test_the_sets_are_as_large_as_promised(labelled):
    assert len(labelled("variants.tsv")) >= 300
    assert len(labelled("long.tsv")) >= 80


def test_every_reading_says_why(labelled):
    for row in labelled("variants.tsv"):
        reading = read(row.question, row.answer)
        assert reading.why
        assert all(why.rule and why.label is reading.label for why in reading.why)
        assert reading.label not in reading.also


def test_five_thousand_readings_a_second(labelled):
    rows = labelled("variants.tsv")
    read("ANY", "知道")
    best = min(_cpu_seconds(rows) for _ in range(3))
    assert len(rows) / best >= 5000


def _cpu_seconds(rows):
    start = time.process_time()
    for row in rows:
        read(row.question, row.answer)
    return time.process_time() - start
