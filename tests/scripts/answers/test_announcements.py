"""Carriers' announcements, as recognisers write them, and people who speak of such things."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from scripts.answers.announcements import announcement, is_fragment
from scripts.outcomes import Outcome

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


MACHINES = rows("announcements.tsv")
PEOPLE = rows("not-announcements.tsv")


def test_there_is_enough_of_both_kinds():
    assert len(MACHINES) >= 60
    assert len(PEOPLE) >= 60
    assert {row["outcome"] for row in MACHINES} >= {
        "voicemail", "empty-number", "suspended", "switched-off", "busy", "unreachable",
        "no-answer",
    }  # fmt: skip


@pytest.mark.parametrize("row", MACHINES, ids=lambda row: row["words"])
def test_what_a_machine_says_becomes_its_outcome(row):
    assert announcement(row["words"]) == row["outcome"]


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["words"])
def test_a_person_who_speaks_of_it_is_no_machine(row):
    assert announcement(row["words"]) is None


@pytest.mark.parametrize("name", ["answers-dev.tsv", "variants.tsv", "long.tsv", "entries.tsv"])
def test_no_answer_of_a_person_is_a_machines(name, labelled):
    said = [row for row in labelled(name) if not row.answer.startswith("（")]  # transcriber's notes
    assert len(said) > 50
    assert [row.answer for row in said if announcement(row.answer)] == []


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        # as Whisper base wrote them down from a telephone's band
        ("您好您不打的电话已关机,请稍后再播。", Outcome.SWITCHED_OFF),
        ("您好,您拨打的号码时空号,请和对后再拨。", Outcome.EMPTY_NUMBER),
        ("您好您波大的号码是空号。", Outcome.EMPTY_NUMBER),
        ("您好您播打的电话正在通话中,请稍后再播。", Outcome.BUSY),
        ("您好您不打的电话暂时无人接停,请稍后再播。", Outcome.NO_ANSWER),
        ("您好您不打的用户已设置忽入限制,请稍后再拨。", Outcome.UNREACHABLE),
        ("您好,请不要挂机,宁波打的电话正在通话中。", Outcome.BUSY),
        ("你好,我现在不方电接听电话,请在提示音后留言。", Outcome.VOICEMAIL),
    ],
)
def test_what_a_recogniser_made_of_it(words, outcome):
    assert announcement(words) is outcome


def test_the_tolerance_is_not_wider_than_it_must_be():
    """您拨的菜花 is too far from 您拨的电话."""
    assert announcement("您拨的菜花已关机") is None
    assert announcement("您拨的电话已关机") is Outcome.SWITCHED_OFF


@pytest.mark.parametrize("words", ["您好您不大的电话", "请稍后再播", "您好,请不要挂机,您拨打的。"])
def test_a_piece_of_an_announcement(words):
    assert announcement(words) is None
    assert is_fragment(words)


@pytest.mark.parametrize("words", ["", "您好", "我就是", "我打您拨打的电话", "请稍后再拨吧", "喂"])
def test_what_is_no_piece_of_one(words):
    assert not is_fragment(words)


def test_english_he_is_not_chinese_he():
    assert announcement("您拨打的号码是空号请核对后再拨") is Outcome.EMPTY_NUMBER
    assert announcement("he said the number you dialed is busy") is None


def test_no_phrase_stands_in_two_lists():
    data = yaml.safe_load((files("scripts.answers") / "announcements.yaml").read_text("utf-8"))
    assert data["announcements"][0]["outcome"] == "voicemail"
    assert all(Outcome(entry["outcome"]) for entry in data["announcements"])
    doubled = [
        phrase
        for entry in data["announcements"]
        for phrase in entry["phrases"]
        if phrase in data["frames"] + data["tails"]
    ]
    assert doubled == []
