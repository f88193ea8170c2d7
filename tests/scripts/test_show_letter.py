"""The printable letter, read back from the PDF."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from scripts import conditions, position, reader
from scripts.facts import Facts, Frequency, Period, PeriodKind, ProductType
from scripts.labels import CODES
from scripts.model import Kind, Purpose, Script
from scripts.sample import SAMPLE
from scripts.show import letter_font
from scripts.show.letter import Sender, missing, pdf
from scripts.show.letter_content import letter, questions
from scripts.show.letter_fill import Blank, Line, fill, yuan
from scripts.show.letter_who import only

TODAY = date(2026, 11, 6)
HASH = "0123456789abcdef" * 4
POLICIES = {
    "yearly": SAMPLE,
    "single": replace(SAMPLE, frequency=Frequency.SINGLE, payment_period=None),
    "child insured": replace(SAMPLE, insured_name="赵小例"),
    "participating": replace(SAMPLE, product_type=ProductType.PARTICIPATING, seller_name="孙示例"),
    "unit-linked": replace(SAMPLE, product_type=ProductType.UNIT_LINKED, double_recorded=True),
    "health, old": replace(SAMPLE, product_type=ProductType.HEALTH, holder_age=70),
    "address": replace(SAMPLE, address="示例市示例路1号", phone_tail="0001"),
}


def made(script: Script, facts: Facts | None, **more) -> bytes:
    return pdf(script, facts, today=TODAY, script_hash=HASH, **more)


def pages(content: bytes) -> list[str]:
    """The text of every page without white space, as a reader of the PDF gets it."""
    with pypdfium2.PdfDocument(content) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def words(line: Line) -> str:
    """A line of the letter as one text without white space; a blank is its label."""
    return "".join("".join(p if isinstance(p, str) else f"（{p.label}）" for p in line).split())


def content_of(script: Script, facts: Facts | None, today: date = TODAY, **sender):
    return letter(script, facts, today=today, sender=Sender(**sender), script_hash=HASH)


@pytest.mark.parametrize("facts", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("name", reader.library())
def test_every_item_of_the_path_is_asked_on_paper(name, facts):
    script = reader.load_script(name)
    printed = "".join(pages(made(script, facts)))
    path = position.path(script, replace(facts, called_on=TODAY)).questions
    asked = [q for q in path if q.kind is Kind.FACT]
    assert asked
    for question in asked:
        assert words(fill(question.says, facts)) in printed, question.id
        assert words(fill(question.explain, facts)) in printed, question.id
    spoken = [q for q in path if q.kind in (Kind.PRESENCE, Kind.IDENTITY, Kind.CONSENT)]
    closing = [q for q in path if q.code == "CLOSING"]
    for question in [*spoken, *closing, *script.aside]:
        assert words(fill(question.says, facts)) not in printed, question.id


@pytest.mark.parametrize("name", reader.library())
def test_a_letter_without_a_policy_asks_everything_and_tells_nothing(name):
    script = reader.load_script(name)
    content = content_of(script, None)
    printed = "".join(pages(made(script, None)))
    assert {item.id for item in content.items} == {q.id for q in questions(script, None)}
    for item in content.items:
        assert words(item.says) in printed, item.id
        assert "".join(item.only.split()) in printed, item.id
    assert not any(value for _, value in content.table)
    assert all(label in printed for label, _ in content.table)
    for fact in (SAMPLE.company, SAMPLE.policy_no, SAMPLE.product, SAMPLE.holder_name, "一万二千"):
        assert fact not in printed
    assert "None" not in printed


def test_every_slot_is_a_labelled_blank_without_a_policy(standard):
    holes = [hole for q in questions(standard, None) for hole in q.says.holes]
    blanks = [p for q in questions(standard, None) for p in fill(q.says, None) if _blank(p)]
    assert len(blanks) == len(holes) > 5
    assert Blank("保险费金额") in blanks


def _blank(part: object) -> bool:
    return isinstance(part, Blank)


def test_the_facts_stand_in_the_table_and_in_the_questions(standard):
    facts = replace(SAMPLE, premium=Decimal("12345.6"), address="示例市示例路1号")
    printed = "".join(pages(made(standard, facts)))
    table = ("P370201000001", "福满一生两全保险", "12,345.60元", "每年一次", "20年", "终身")
    days = ("2026年11月3日", "2026年11月4日至2026年11月13日（10天）", "示例市示例路1号")
    for fact in (*table, *days, "赵示例女士"):
        assert fact in printed, fact
    assert "一万二千三百四十五元六角（12,345.60元）" in printed


def test_digits_are_written_as_digits(standard):
    facts = replace(SAMPLE, phone_tail="0138", company_phone="95501")
    printed = "".join(pages(made(standard, facts)))
    assert "请拨打95501" in printed
    assert "尾号是0138" in printed
    assert "零幺三八" not in printed


@pytest.mark.parametrize("facts", [*POLICIES.values(), None], ids=[*POLICIES, "form"])
def test_every_page_is_a4_and_says_what_it_belongs_to(standard, facts):
    document = made(standard, facts)
    texts = pages(document)
    for number, (page, text) in enumerate(
        zip(PdfReader(BytesIO(document)).pages, texts, strict=True), 1
    ):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"第{number}页共{len(texts)}页" in text
        assert f"话术：standard{standard.version}{HASH[:12]}" in text
        assert f"保单号：{facts.policy_no if facts else ''}" in text


def test_every_font_is_embedded_and_only_what_is_used_of_it(standard):
    document = made(standard, replace(SAMPLE, holder_name="赵𠮷例"))
    fonts = {}
    for page in PdfReader(BytesIO(document)).pages:
        fonts |= page["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        (inner,) = font.get_object()["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert descriptor.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}
        assert re.fullmatch(r"/[A-Z]{6}\+NotoS(erif|ans)SC-Regular.*", descriptor["/FontName"])
    assert len(document) < 500_000


def test_the_same_input_gives_the_same_bytes(standard):
    assert made(standard, SAMPLE) == made(standard, SAMPLE)
    tomorrow = pdf(standard, SAMPLE, today=date(2026, 11, 7), script_hash=HASH)
    assert tomorrow != made(standard, SAMPLE)
    made_on = PdfReader(BytesIO(tomorrow)).metadata.creation_date
    assert made_on.date() == date(2026, 11, 7)


@pytest.mark.parametrize("count", range(1, 18))
def test_a_question_is_kept_together_and_no_page_holds_only_a_signature(standard, count):
    ids = [q.id for q in questions(standard, SAMPLE)]
    facts = replace(SAMPLE, scope=frozenset(ids[:count]))
    content = content_of(standard, facts)
    texts = pages(made(standard, facts))
    for item in content.items:
        where = [number for number, text in enumerate(texts) if words(item.says) in text]
        assert where, item.id
        row = f"{words(item.says)}□{'□'.join(item.answers)}补充说明：{words(item.explain)}"
        assert row in texts[where[0]], item.id
    (signing,) = (text for text in texts if "投保人亲笔签名：" in text)
    assert words(content.items[-1].says) in signing
    assert "本问卷由本人亲自阅读、亲笔填写并亲笔签名" in signing
    assert "方便联系的时间：" in signing
    assert "经办人（签名）：" in signing
    assert signing == texts[-1]


def test_the_insured_signs_where_he_is_another_person(standard):
    note = "被保险人未成年的，由监护人签名并写明关系"
    assert note not in "".join(pages(made(standard, SAMPLE)))
    child = "".join(pages(made(standard, POLICIES["child insured"])))
    assert note in child
    assert "监护人与被保险人的关系：" in child
    assert note in "".join(pages(made(standard, None)))


def test_the_letter_says_until_when_it_wants_its_answer(standard):
    ends = SAMPLE.cooling_off_ends_on
    in_time = words(content_of(standard, SAMPLE, ends).introduction[2])
    late = words(content_of(standard, SAMPLE, date(2026, 11, 14)).introduction[2])
    assert in_time.startswith("请在2026年11月13日（犹豫期最后一天）以前")
    assert late.startswith("请您收到后尽快填写")
    complaint = replace(standard, purpose=Purpose.COMPLAINT)
    assert words(content_of(complaint, SAMPLE, ends).introduction[2]) == late
    assert content_of(complaint, SAMPLE).title == "投诉处理回访问卷"


def test_the_sender_goes_before_the_facts(standard):
    sender = Sender("另一家人寿", "95502", "示例市示例街100号")
    for facts in (SAMPLE, None):
        printed = "".join(pages(made(standard, facts, sender=sender)))
        assert "感谢您选择另一家人寿。" in printed
        assert "请拨打95502。" in printed
        assert "寄回地址：示例市示例街100号" in printed
        assert SAMPLE.company not in printed


def test_the_elderly_get_larger_letters(standard):
    assert not content_of(standard, SAMPLE).large
    assert content_of(standard, POLICIES["health, old"]).large
    assert _tallest(POLICIES["health, old"], standard) > _tallest(SAMPLE, standard)


def _tallest(facts: Facts, script: Script) -> float:
    """How high the first character of the first question is, in points."""
    with pypdfium2.PdfDocument(made(script, facts)) as document:
        page = document[0].get_textpage()
        at = page.search("请问您知道您购买的").get_next()
        assert at is not None
        _, bottom, _, top = page.get_charbox(at[0])
        return top - bottom


def test_the_answers_fit_the_question():
    second = {i.id: i.answers for i in content_of(reader.load_script("second-revisit"), None).items}
    assert second["SATISFACTION"] == ("满意", "一般", "不满意")
    assert second["SUGGEST"] == ("没有", "有", "不清楚")
    assert second["AWARE"] == ("是", "否", "不清楚")


def test_what_was_answered_before_decides_with_the_numbers_of_the_paper(standard):
    (cancel,) = (q for q in questions(standard, POLICIES["health, old"]) if q.of_call)
    items = {i.id: i for i in content_of(standard, POLICIES["health, old"]).items}
    said = items[cancel.id].only
    assert re.fullmatch("只由第[0-9、至]+题中有一题没有选“是”的投保人回答", said)
    first = next(i for i in items.values() if i.id == "AWARE")
    assert f"第{first.number}、" in said
    assert not items["AWARE"].only


def test_numbers_in_a_row_are_joined():
    doubted = conditions.parse("doubted in [READ, FEES]", frozenset({"doubted"}))
    numbers = {"READ": 1, "READ.tips": 2, "AWARE": 3, "READ.more": 4, "FEES": 9}
    assert "第1至2、4、9题" in only([doubted], numbers)


def _vocabulary():
    yield from conditions.FLAGS
    yield from conditions.CALL_FLAGS
    for name, (_, values) in conditions.CHOICES.items():
        yield from (f"{name} in [{value}]" for value in values)
        yield f"{name} in [{', '.join(values)}]"
    yield from (f"{name} {sign} 18" for name in conditions.NUMBERS for sign in ("<=", ">="))
    yield f"doubted in [{', '.join(sorted(CODES))}]"


@pytest.mark.parametrize("text", sorted(_vocabulary()))
def test_every_condition_has_words_of_its_own_both_ways(text):
    also = conditions.CALL_FLAGS | {conditions.DOUBTED}
    yes = only([conditions.parse(text, also)], {"READ": 1})
    no = only([conditions.parse(f"not {text}", also)], {"READ": 1})
    for said in (yes, no):
        assert said.startswith("只由")
        assert said.endswith("的投保人回答")
        assert not re.search("[A-Za-z_%]", said), said
    assert yes != no


def test_a_rare_character_is_printed_as_its_code_and_reported(standard):
    facts = replace(SAMPLE, holder_name="赵𠮷例", insured_name="赵𠮷例")
    printed = "".join(pages(made(standard, facts)))
    assert missing(standard, facts, today=TODAY) == ("𠮷",)
    assert "赵〔U+20BB7〕例女士" in printed
    assert "请用笔补写这个字" in printed
    assert missing(standard, SAMPLE, today=TODAY) == ()
    assert "请用笔补写这个字" not in "".join(pages(made(standard, SAMPLE)))


def test_the_fonts_have_the_rare_characters_that_names_have():
    assert letter_font.missing("犇堃煊祎龘䶮㛃喆彧翀玥頔") == ()
    assert letter_font.missing("𠮷a𠮷 \n\u2003") == ("𠮷",)
    assert letter_font.legible("甲\u0000乙\ud800") == "甲〔U+0000〕乙〔U+D800〕"


@pytest.mark.parametrize(
    "name", ['#panic("x")', "*甲*_乙_ $x$ \\ @a <b> `c`", "[#{1+1}]", "甲\n乙"]
)
def test_a_name_is_only_ever_text(standard, name):
    printed = "".join(pages(made(standard, replace(SAMPLE, holder_name=name))))
    assert "".join(name.split()) in printed


@settings(deadline=None, max_examples=60)
@given(name=st.text(min_size=1, max_size=40), amount=st.decimals(0, 10**12, places=2))
def test_whatever_a_policy_says_can_be_printed(standard, name, amount):
    facts = replace(SAMPLE, holder_name=name, product=name, address=name, premium=amount)
    assert made(standard, facts).startswith(b"%PDF-")


def test_a_letter_without_a_question_is_still_a_letter(standard):
    short = replace(standard, questions=standard.questions[:2])
    assert "投保人亲笔签名：" in pages(made(short, SAMPLE))[-1]


def test_amounts_and_periods_in_digits(standard):
    assert yuan(Decimal("1234567.5")) == "1,234,567.50元"
    table = dict(content_of(standard, POLICIES["single"]).table)
    assert (table["交费方式"], table["交费期间"]) == ("一次交清", "—")
    aged = replace(SAMPLE, cover_period=Period(PeriodKind.TO_AGE, 70))
    assert dict(content_of(standard, aged).table)["保险期间"] == "至70周岁"
