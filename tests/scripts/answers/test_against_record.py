"""What a customer claims of his contract (犹豫期, 保险期间, 交费方式), held against the record."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from scripts.answers import Record, read
from scripts.answers.frequency import rhythms
from scripts.facts import Frequency
from scripts.labels import Label

RECORDS = {
    "yearly": Record(
        premium=Decimal(6000),
        instalments=True,
        payment_years=20,
        frequency=Frequency.YEARLY,
        cooling_off_days=10,
        cover_life=True,
    ),
    "monthly": Record(
        premium=Decimal(500),
        instalments=True,
        payment_years=10,
        frequency=Frequency.MONTHLY,
        cooling_off_days=15,
        cover_years=10,
        cover_life=False,
    ),
    "single": Record(
        premium=Decimal(50000),
        instalments=False,
        frequency=Frequency.SINGLE,
        cooling_off_days=15,
        cover_age=70,
        cover_life=False,
    ),
}


def _rows():
    path = Path(__file__).parent / "data" / "against-record.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize(("record", "question", "answer", "label"), _rows())
def test_a_claim_is_held_against_the_record(record, question, answer, label):
    assert read(question, answer, RECORDS[record]).label == label


@pytest.mark.parametrize(("record", "question", "answer", "label"), _rows())
def test_no_claim_becomes_a_yes_by_a_record(record, question, answer, label):
    """A record takes a yes away and never gives one to these questions, except for an amount."""
    if read(question, answer, RECORDS[record]).label is Label.AFFIRM and "PREMIUM" not in question:
        assert read(question, answer).label is Label.AFFIRM


@pytest.mark.parametrize("question", ["HESITATION.length", "LIABILITY.term", "PREMIUM.frequency"])
@pytest.mark.parametrize("answer", ["对，二十天", "对，保十年", "对，每月", "清楚，终身"])
def test_an_empty_record_contradicts_nothing(question, answer):
    assert read(question, answer, Record()).label is read(question, answer).label


def test_years_speak_against_the_term_of_the_cover_only():
    assert read("LIABILITY", "知道，两年后才赔", RECORDS["monthly"]).label is Label.AFFIRM
    assert read("LIABILITY.term", "知道，保两年", RECORDS["monthly"]).label is Label.DENY


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("一年两次", {Frequency.HALF_YEARLY}),
        ("一年交一次", {Frequency.YEARLY}),
        ("三个月交一次", {Frequency.QUARTERLY}),
        ("每个月", {Frequency.MONTHLY}),
        ("就一次", {Frequency.SINGLE}),
        ("第一次听说", set()),
        ("买了一年了", set()),
        ("不是每月", set()),
    ],
)
def test_how_often_is_paid(words, said):
    assert rhythms(words)[0] == said
