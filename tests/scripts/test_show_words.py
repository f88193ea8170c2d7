"""Nothing of a script is shown by its English id where people have a word for it."""

import re
from string import Formatter

import pytest

from scripts.checks.needed import ITEMS
from scripts.conditions import CALL_FLAGS, CHOICES, DOUBTED, FLAGS, NUMBERS, parse
from scripts.labels import CODES
from scripts.model import Event, Medium, Move, Purpose
from scripts.outcomes import TALKED
from scripts.show import wording
from scripts.show.measure import Face, wrap
from scripts.show.policy_terms import ITEMS_EN
from scripts.show.sentences import SENTENCES, say
from scripts.show.terms import TABLES, family, term
from scripts.show.wording import Run
from scripts.slots import SLOTS

_KNOWN = {
    "code": CODES,
    "slot": SLOTS,
    "condition": {*FLAGS, *CHOICES, *NUMBERS, *CALL_FLAGS, DOUBTED},
    "denied": {*FLAGS, *CALL_FLAGS},
    "unit": NUMBERS,
    "event": Event,
    "move": Move,
    "outcome": TALKED,
    "purpose": Purpose,
    "medium": Medium,
    "doubted": CODES,
    **{name: words for name, (_, words) in CHOICES.items()},
}


@pytest.mark.parametrize("table", _KNOWN)
def test_every_value_has_a_name_and_no_other(table: str) -> None:
    assert set(TABLES[table]) == {str(value) for value in _KNOWN[table]}


def test_names_are_chinese_and_english() -> None:
    for table, names in TABLES.items():
        for chinese, english in names.values():
            assert re.search("[一-鿿]", chinese), (table, chinese)
            assert english.isascii(), (table, english)


def test_every_item_has_an_english_title() -> None:
    assert set(ITEMS_EN) == set(ITEMS)


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same_things(key: str) -> None:
    chinese, english = (
        {name for _, name, _, _ in Formatter().parse(words) if name} for words in SENTENCES[key]
    )
    assert chinese == english


def test_every_outcome_of_a_talk_has_a_family() -> None:
    assert {family(outcome) for outcome in TALKED} == set(TABLES["family"])
    assert family("completed") == "done"
    assert family("transferred") == "person"


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        ("instalments", "期交", "premiums in instalments"),
        ("not instalments", "趸交", "a single premium"),
        ("product_type in [universal, unit-linked]", "产品类型是万能型、投连型",
         "product type is universal, unit-linked"),
        ("not channel in [bank]", "销售渠道不是银保", "sales channel is not bank"),
        ("holder_age >= 65", "投保人年龄满65周岁", "the holder's age at least 65 years"),
        ("not holder_age >= 65", "投保人年龄不到65周岁", "the holder's age below 65 years"),
        ("days_since_issue <= 18", "承保后天数不超过18天", "days since issue at most 18 days"),
        ("not days_since_issue <= 18", "承保后天数超过18天", "days since issue above 18 days"),
        ("doubted in [AWARE, FEES]", "对知悉投保、费用扣除有过疑问",
         "a doubt was heard about Knows of the insurance, Fees"),
        ("not doubted in [FEES]", "对费用扣除没有过疑问", "no doubt was heard about Fees"),
        ("not verified", "身份未核实", "the identity was not verified"),
    ],
)  # fmt: skip
def test_a_condition_in_words(written: str, chinese: str, english: str) -> None:
    condition = parse(written, CALL_FLAGS | {DOUBTED})

    assert wording.condition(condition, "zh") == chinese
    assert wording.condition(condition, "en") == english


def test_what_no_table_knows_is_shown_as_it_is() -> None:
    assert term("code", "NEW_CODE", "zh") == "NEW_CODE"
    assert wording.law("new-item", "zh") == ("new-item", "")


def test_braces_in_a_value_stay_braces() -> None:
    assert say("is", "zh", name="{values}", values="{name}") == "{values}是{name}"


@pytest.mark.parametrize("room", [14, 60, 200])
def test_no_line_is_wider_than_its_room(room: float) -> None:
    face = Face(13)
    text = "请问您知道（犹豫期）从2026-11-04起算吗？SuperLongLatinWordWithoutSpaces，好的。"
    lines = wrap((Run(text[:9]), Run(text[9:20], slot=True), Run(text[20:])), room, face, 99)

    assert all(face.of(line) <= room for line in lines)
    said = "".join(run.words for line in lines for run in line)
    assert said == text
    assert any(run.slot for line in lines for run in line)


def test_a_mark_never_begins_a_line_and_a_bracket_never_ends_one() -> None:
    face = Face(10)
    lines = wrap((Run("一二三四五，六七八（九十一二三）"),), 50, face, 99)
    told = ["".join(run.words for run in line) for line in lines]

    assert told == ["一二三四", "五，六七八", "（九十一二", "三）"]
    bracket = wrap((Run("一二三四（五六"),), 50, face, 99)
    assert ["".join(run.words for run in line) for line in bracket] == ["一二三四", "（五六"]


def test_what_is_cut_says_so() -> None:
    face = Face(10)
    lines = wrap((Run("一二三四五六七八九十"),), 40, face, 2)

    assert ["".join(run.words for run in line) for line in lines] == ["一二三四", "五六七…"]
