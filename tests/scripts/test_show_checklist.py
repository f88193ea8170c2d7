"""The checklist follows the script: what it asks is a row, what it no longer asks is none."""

from dataclasses import replace

import pytest

from scripts import reader
from scripts.checks.needed import ITEMS
from scripts.conditions import Condition
from scripts.model import Kind, Medium, Move, Script
from scripts.show import checklist
from scripts.show.checklist import Group
from scripts.slots import parse


def served(script: Script) -> set[str | None]:
    return {row.item for row in checklist.rows(script)} - {None}


def without(script: Script, item: str) -> Script:
    return replace(script, questions=tuple(q for q in script.questions if q.item != item))


def titles(script: Script) -> set[str]:
    return {row.title for row in checklist.rows(script) if row.group is Group.CONDUCT}


@pytest.mark.parametrize("name", reader.library())
def test_every_question_is_one_row(name: str) -> None:
    script = reader.load_script(name)
    rows = checklist.rows(script)

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    asked = [row.question for row in rows if row.question]
    assert sorted(asked) == sorted(q.id for q in script.questions)
    assert [row.group for row in rows] == sorted((row.group for row in rows), key=list(Group).index)


@pytest.mark.parametrize("name", reader.library())
def test_items_of_the_law_are_critical_and_have_words_to_listen_for(name: str) -> None:
    for row in checklist.rows(reader.load_script(name)):
        if row.group is Group.LAW:
            assert row.critical, row
            assert row.source.startswith(ITEMS[row.item or ""].source)
            assert row.key_words, row.question
            assert all(word in row.must_contain for word in row.key_words)
        assert row.source or row.group is Group.PRACTICE, row.title


@pytest.mark.parametrize("name", reader.library())
def test_each_item_goes_with_its_question(name: str) -> None:
    script = reader.load_script(name)
    here = served(script)

    assert here == {
        q.item for q in script.questions if q.item in ITEMS and q.kind is not Kind.PRESENCE
    }
    for item in here:
        assert served(without(script, str(item))) == here - {item}


def test_the_row_says_what_where_and_of_whom(standard: Script) -> None:
    row = next(row for row in checklist.rows(standard) if row.question == "PREMIUM.period")

    assert row.title == "交费期间"
    assert row.must_contain == "这份保险的交费期间是〔交费期间〕，请问您清楚吗？"
    assert row.key_words == ("交费期间", "〔交费期间〕")
    assert row.policies == "期交"
    assert row.source == "人身保险业务基本服务规定 第15条⑦；002-d 第3步"


def test_a_question_worded_anew_has_the_words_it_still_holds(standard: Script) -> None:
    changed = replace(
        standard,
        questions=tuple(
            replace(q, says=parse("请问您知道什么时候起算吗？")) if q.item == "6-start" else q
            for q in standard.questions
        ),
    )
    row = next(row for row in checklist.rows(changed) if row.item == "6-start")

    assert row.key_words == ("起算",)
    assert row.must_contain == "请问您知道什么时候起算吗？"


def test_the_policies_of_the_script_hold_for_every_row(standard: Script) -> None:
    covers = (Condition("channel", values=("bank",)),)
    rows = checklist.rows(replace(standard, covers=covers))

    assert all(row.policies.startswith("销售渠道是银保") for row in rows)
    assert "销售渠道是银保，且期交" in {row.policies for row in rows}
    assert "销售渠道是银保，且投保人年龄满60周岁" in {row.policies for row in rows}


def test_conduct_follows_what_the_script_does(standard: Script) -> None:
    explained = "有疑问的按话术说明一次，说明后又问了一遍，没有反复劝说"
    identity = "先核实身份，核实以前没有说出保单的任何内容"
    plain = tuple(
        replace(q, on={e: tuple(s for s in steps if s.move is not Move.EXPLAIN)
                       for e, steps in q.on.items()})
        for q in standard.questions
    )  # fmt: skip
    unproved = tuple(q for q in standard.questions if q.kind is not Kind.IDENTITY)

    assert {explained, identity} <= titles(standard)
    assert explained not in titles(replace(standard, questions=plain))
    assert identity not in titles(replace(standard, questions=unproved))


def test_the_opening_is_held_against_its_words(standard: Script) -> None:
    def disclosure(script: Script) -> tuple[str, ...]:
        return next(r.key_words for r in checklist.rows(script) if r.title.startswith("开场"))

    silent = replace(standard, opening=parse("您好，这里是智能回访。"))
    assert disclosure(standard) == ("智能", "录音")
    assert disclosure(silent) == ("智能",)


def test_on_paper_it_is_the_hand_that_counts(standard: Script) -> None:
    paper = titles(replace(standard, medium=Medium.LETTER))
    phone = titles(standard)

    assert "由投保人本人填写并亲笔签名，没有代填、代签" in paper - phone
    assert not [title for title in paper if title.startswith("开场")]
    assert not [title for title in paper if title.startswith("语速")]


@pytest.mark.parametrize("name", reader.library())
def test_the_sheet_holds_every_row_with_its_boxes(name: str) -> None:
    script = reader.load_script(name)
    written = checklist.text(script)
    rows = checklist.rows(script)

    assert written.count("□ 是　□ 否　□ 不适用") == len(rows)
    assert written.count("★") == sum(row.critical for row in rows) + 2  # and in two headings
    assert script.title in written.splitlines()[0]
    for row in rows:
        assert row.title in written
        assert row.must_contain in written
