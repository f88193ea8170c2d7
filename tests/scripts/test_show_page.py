"""The agent's page says what a call would say, and tells for every answer where it really leads."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from scripts import position, reader, run
from scripts.effects import Ask
from scripts.facts import Facts, Frequency, ProductType
from scripts.heard import Heard
from scripts.labels import Label
from scripts.model import Event, Kind, Move, Polarity, Script
from scripts.sample import fitting
from scripts.show import page, wording
from scripts.slots import EMPTY, parse
from scripts.texts import texts

FactsWith = Callable[..., Facts]
KEYS = {"1": Event.AFFIRM, "2": Event.DENY, "3": Event.UNSURE}


def blocks(written: str) -> dict[str, list[str]]:
    """The lines of the page by question."""
    found: dict[str, list[str]] = {}
    for part in written.split("\n\n"):
        first, *rest = part.splitlines()
        titled = re.match(r"(?:\d+\.|插问：问完即结束 —) \S.*?  (\S+)", first)
        if titled:
            found[titled[1]] = [line.strip() for line in rest]
    return found


def asked(script: Script, facts: Facts) -> dict[str, str]:
    """What a call asks whose every question is answered with yes, question by question."""
    going, (first, *_) = run.start(script, facts)
    said: dict[str, str] = {}
    while isinstance(first, Ask):
        said[first.question] = first.text
        going, (first, *_) = run.advance(going, Heard(Label.AFFIRM))
    return said


@pytest.mark.parametrize("name", reader.library())
def test_the_page_asks_what_a_call_asks(name: str) -> None:
    script = reader.load_script(name)
    facts = replace(fitting(script.covers), by_person=True)
    shown = blocks(page.text(script, facts))
    said_first = script.opening if script.opening_by_person == EMPTY else script.opening_by_person
    opening = wording.spoken(said_first, facts, script)

    for question, text in asked(script, facts).items():
        assert f"问：{wording.clean(text.removeprefix(opening))}" in shown[question]
    on_path = {q.id for q in position.path(script, facts).questions}
    assert {q for q in shown if script.question(q) not in script.aside} == on_path


@pytest.mark.parametrize("name", reader.library())
def test_without_a_policy_every_text_is_there_in_words(name: str) -> None:
    script = reader.load_script(name)
    written = page.text(script, None)
    by_machine = "opening" if script.opening_by_person != EMPTY else ""
    not_read = {(one.id, "says") for one in script.questions if one.says_by_person != EMPTY}

    for spoken in texts(script):
        if spoken.spot in not_read:
            continue
        if spoken.part or (spoken.field.startswith("opening") and spoken.field != by_machine):
            assert wording.words(spoken.text, "zh") in written, (spoken.part, spoken.field)


def _led(line: str) -> str:
    """The ending or question aside that the last step of a line leads to."""
    last = re.split("[①-⑩]", line)[-1]
    found = re.search(r"(?:结束|插问)〔\S+ (\S+)〕", last)
    return found[1] if found else ""


@pytest.mark.parametrize("age", [41, 67])
def test_each_key_is_told_where_it_leads(standard: Script, facts_with: FactsWith, age: int) -> None:
    shown = blocks(page.text(standard, facts_with(holder_age=age)))

    for question in standard.questions:
        routes = question.on_with_care if age >= standard.care.from_age else question.on
        for line in shown.get(question.id, ()):
            event = KEYS.get(line[0])
            if event is not None and line[1] == " ":
                last = routes[event][-1]
                assert _led(line) == (last.target if last.move is not Move.NEXT else "")
        if question.id in shown:
            keys = [line[0] for line in shown[question.id] if re.match(r"[1-9] ", line)]
            assert keys == sorted(keys)
            assert set(keys) == {"1", "2", "3", "9"}


def test_an_elderly_holder_comes_to_a_person_sooner(
    standard: Script, facts_with: FactsWith
) -> None:
    younger = page.text(standard, facts_with(holder_age=41))
    older = page.text(standard, facts_with(holder_age=67))
    everybody = page.text(standard, None)

    line = "没听清、请说慢一点：①慢速再问 ②结束〔转人工 person〕"
    assert line in older
    assert line not in younger
    assert f"9 没听清、请说慢一点：60周岁起：{line.partition('：')[2]}" in everybody


def test_the_person_opens_as_a_person(standard: Script, facts_with: FactsWith) -> None:
    written = page.text(standard, facts_with())
    machine = page.text(replace(standard, opening_by_person=EMPTY), facts_with())

    assert "我是回访人员" in written
    assert "智能语音回访" not in written
    assert "智能语音回访，本次通话将被录音" in machine


def test_nothing_of_the_policy_is_said_above_the_gate(
    standard: Script, facts_with: FactsWith
) -> None:
    facts = facts_with(product="福满一生", address="示例市示例路1号")
    before, _, after = page.text(standard, facts).partition("身份核实线")
    spoken = [line for line in before.splitlines() if re.match(r"\s+(问|换说法|说明)：", line)]

    assert len(spoken) >= 6
    assert not [line for line in spoken if "福满一生" in line or "一万二千元" in line]
    assert "福满一生" in after
    assert "2. 核实身份" in before
    assert "3. 录音告知" in after


def test_only_what_concerns_the_policy(standard: Script, facts_with: FactsWith) -> None:
    single = facts_with(frequency=Frequency.SINGLE, payment_period=None)
    universal = facts_with(product_type=ProductType.UNIVERSAL)

    assert "PREMIUM.amount" not in page.text(standard, single)
    assert "NONGUAR" not in page.text(standard, single)
    assert "NONGUAR.universal" in page.text(standard, universal)
    assert "只问：" not in page.text(standard, universal)


def test_what_only_the_call_decides_stays_in_words(standard: Script, facts_with: FactsWith) -> None:
    health = page.text(standard, facts_with(product_type=ProductType.HEALTH))
    shown = blocks(health)["HESITATION.cancel"]

    assert [line for line in shown if line.startswith("只问：对知悉投保、")]
    assert not [line for line in shown if "产品类型" in line]


def test_a_call_for_what_is_open_shows_only_that(standard: Script, facts_with: FactsWith) -> None:
    shown = blocks(page.text(standard, facts_with(scope=frozenset({"RECEIPT"}), resumed=True)))
    facts = [q.id for q in standard.questions if q.kind is Kind.FACT and q.id in shown]

    assert facts == ["RECEIPT"]
    assert {"ID_VERIFY", "CONSENT.resumed", "CLOSING"} <= shown.keys()


def test_the_good_answer_of_a_reversed_question_is_no(
    standard: Script, facts_with: FactsWith
) -> None:
    asks = parse("请问您还有其他问题吗？")
    closing = replace(standard.questions[-1], says=asks, polarity=Polarity.NEGATIVE)
    script = replace(standard, questions=(*standard.questions[:-1], closing))
    shown = blocks(page.text(script, facts_with()))["CLOSING"]

    assert "1 没有：接着问" in shown
    assert "2 有：结束〔完成 completed〕" in shown


def test_a_slot_without_a_value_stands_in_words(standard: Script, facts_with: FactsWith) -> None:
    first = replace(standard.questions[0], says=parse("{{ seller.name }}和{{ no.such }}在吗？"))
    script = replace(standard, questions=(first, *standard.questions[1:]))

    assert "问：〔业务员姓名〕和〔no.such〕在吗？" in page.text(script, facts_with())


def test_where_the_law_says_it_and_where_the_question_comes_from(standard: Script) -> None:
    written = page.text(standard, None)

    assert "【法④ 责任免除】 人身保险业务基本服务规定 第15条④ 责任免除" in written
    assert "来源：第15条④; 002-d 第6步" in written


def test_in_english_around_the_script(standard: Script) -> None:
    written = page.text(standard, None, language="en")

    assert "2 no: ask aside [Set a time, CONSENT.when]" in written
    assert "Ask: 请问您知道您购买的[the product]是一份人身保险吗？" in written
    with pytest.raises(ValueError, match="zh or en"):
        page.text(standard, None, language="de")
