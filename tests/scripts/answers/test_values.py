"""What an answer carries beside its label: birthdays, digits, amounts, times, requests."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from scripts.answers import Record, announcement, read
from scripts.answers.identity import birthday, id_tail
from scripts.answers.numerals import number
from scripts.answers.times import said
from scripts.heard import Request
from scripts.labels import Label
from scripts.outcomes import Outcome

RECORD = Record(date(1972, 4, 23), "302X", Decimal(6000), True, 20)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=8)))  # a Friday


@pytest.mark.parametrize(
    "words",
    [
        "一九七二年四月二十三", "72年4月23号", "19720423", "七二年四月二十三日", "1972-04-23",
        "1972年4月23日", "一九七二零四二三", "我是七二年四月廿三的", "七二年的，四月二十三",
        "一九七二年四月二十三号生的", "1972.4.23",
    ],
)  # fmt: skip
def test_a_birthday_in_any_form_is_matched(words):
    assert birthday(words) == RECORD.birth
    reading = read("ID_VERIFY", words, RECORD)
    assert (reading.label, reading.value) == (Label.AFFIRM, "1972-04-23")


@pytest.mark.parametrize("words", ["八五年三月六号", "一九七二年四月二十四", "19850306"])
def test_another_birthday_is_a_denial(words):
    assert read("ID_VERIFY", words, RECORD).label is Label.DENY
    assert read("ID_VERIFY", words).label is Label.AFFIRM


@pytest.mark.parametrize(
    "words",
    ["七二年的", "四月二十三", "农历四月二十三", "我属鼠", "七二年四月二十三还是二十四来着",
     "对的", "是", "没错", "一九七二年十三月四十号", "一九七二", "三零二叉对吗"],
)  # fmt: skip
def test_half_a_birthday_proves_nothing(words):
    assert read("ID_VERIFY", words, RECORD).label is not Label.AFFIRM
    assert read("ID_VERIFY", words).label is not Label.AFFIRM


@pytest.mark.parametrize(
    ("words", "tail"),
    [("三零二叉", "302X"), ("后四位是302x", "302X"), ("幺二三四", "1234"), ("1 2 3 4", "1234"),
     ("五零幺", None), ("一九七二年", None)],
)  # fmt: skip
def test_the_last_digits_of_the_identity_number(words, tail):
    assert id_tail(words.replace(" ", "").lower()) == tail


def test_digits_are_compared_with_the_record():
    assert read("ID_VERIFY", "三零二叉", RECORD).label is Label.AFFIRM
    assert read("ID_VERIFY", "三零二一", RECORD).label is Label.DENY


@pytest.mark.parametrize(
    ("words", "value"),
    [("一万二", 12000), ("六千五", 6500), ("二十三", 23), ("十", 10), ("两万", 20000),
     ("一百零五", 105), ("1万2", 12000), ("五千二百", 5200), ("2026", 2026), ("三十万", 300000)],
)  # fmt: skip
def test_spoken_numbers(words, value):
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("一年六千交二十年", Label.AFFIRM),
        ("每年六千，没问题", Label.AFFIRM),
        ("一次交完的", Label.DENY),
        ("一年八千交二十年", Label.DENY),
        ("交十年", Label.DENY),
        ("不对，是五年", Label.DENY),
        ("对，交十年", Label.DENY),
    ],
)
def test_an_amount_is_compared_with_the_record(words, label):
    assert read("PREMIUM", words, RECORD).label is label


@pytest.mark.parametrize("words", ["一年六千吗", "是六千吧", "六千？", "不是六千"])
def test_a_right_amount_asked_or_doubted_is_no_yes(words):
    assert read("PREMIUM", words, RECORD).label is not Label.AFFIRM


def test_once_is_right_for_a_single_premium():
    single = Record(premium=Decimal(50000), instalments=False)
    assert read("PREMIUM", "一次交清的", single).label is Label.AFFIRM


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("明天下午三点打", (21, 15, 0)),
        ("晚上八点以后吧", (20, 20, 0)),
        ("半小时以后再打", (20, 10, 30)),
        ("两个小时后打给我", (20, 12, 0)),
        ("明早九点半", (21, 9, 30)),
        ("下周二上午", (24, 10, 0)),
        ("礼拜天下午两点", (22, 14, 0)),
        ("早上九点打", (21, 9, 0)),
    ],
)
def test_a_named_time_is_kept(words, moment):
    day, hour, minute = moment
    wanted = NOW.replace(day=day, hour=hour, minute=minute)
    assert said(words, NOW) == wanted
    reading = read("CONSENT", words, now=NOW)
    assert (reading.label, reading.value) == (Label.CALLBACK, wanted.isoformat())


@pytest.mark.parametrize("words", ["下班再打", "回头再说吧", "过两天", "有空再打"])
def test_a_loose_time_is_none(words):
    assert said(words, NOW) is None
    assert read("CONSENT", words, now=NOW).label is Label.CALLBACK


@pytest.mark.parametrize(
    ("words", "label", "request_"),
    [
        ("再说一遍", Label.UNCLEAR, Request.REPEAT),
        ("麻烦你重复一下", Label.UNCLEAR, Request.REPEAT),
        ("你慢一点", Label.UNCLEAR, Request.SLOWER),
        ("太快了，慢点说", Label.UNCLEAR, Request.SLOWER),
        ("转人工", Label.EXPLAIN, Request.PERSON),
        ("叫你们领导来", Label.EXPLAIN, Request.PERSON),
        ("知道了", Label.AFFIRM, None),
    ],
)
def test_requests(words, label, request_):
    reading = read("LIABILITY", words)
    assert (reading.label, reading.request) == (label, request_)


@pytest.mark.parametrize(
    ("words", "value"), [("他去世了", "deceased"), ("没有这个人", "no-such-person"),
                         ("我是他儿子", None)],
)  # fmt: skip
def test_why_somebody_is_not_the_holder(words, value):
    reading = read("ID_PRESENT", words)
    assert (reading.label, reading.value) == (Label.NOT_HOLDER, value)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("您好，您拨打的电话已关机，请稍后再拨", Outcome.SWITCHED_OFF),
        ("对不起，您拨打的号码是空号，请核对后再拨", Outcome.EMPTY_NUMBER),
        ("您拨打的电话已停机", Outcome.SUSPENDED),
        ("您好，您拨打的电话正在通话中，请稍后再拨", Outcome.BUSY),
        ("您拨打的电话暂时无法接通", Outcome.UNREACHABLE),
        ("您好，这里是语音信箱，请在嘟声后留言", Outcome.VOICEMAIL),
        ("Sorry, the subscriber you dialed is powered off", Outcome.SWITCHED_OFF),
        ("您撥打的電話已關機", Outcome.SWITCHED_OFF),
    ],
)
def test_announcements(words, outcome):
    assert announcement(words) is outcome


def test_no_answer_of_a_person_is_an_announcement(labelled):
    rows = [r for name in ("variants.tsv", "long.tsv") for r in labelled(name)]
    assert [row for row in rows if announcement(row.answer)] == []


@pytest.mark.parametrize(
    ("words", "label"),
    [("(按键1)", Label.AFFIRM), ("（按键2）", Label.DENY), ("", Label.SILENCE),
     ("……", Label.SILENCE), ("（沉默）", Label.SILENCE), ("（背景噪音）", Label.UNCLEAR)],
)  # fmt: skip
def test_notes_of_a_transcriber(words, label):
    assert read("LIABILITY", words).label is label


@pytest.mark.parametrize(
    ("words", "label"),
    [("我请处了", Label.AFFIRM), ("我不只道", Label.DENY), ("四的", None), ("请处", None)],
)
def test_homophones_are_repaired_and_make_no_yes_alone(words, label):
    reading = read("LIABILITY", words)
    if label is None:
        assert reading.label is not Label.AFFIRM
    else:
        assert reading.label is label
        assert any(why.distance > 0 for why in reading.why)


def test_traditional_characters_and_widths():
    assert read("SIGN_APP", "我簽嘅，冇人代我").label is Label.AFFIRM
    assert read("LIABILITY", "我 都 瞭解 了").label is Label.AFFIRM


def test_a_question_id_is_read_as_its_code_and_an_unknown_code_generally():
    assert read("LIABILITY.term", "清楚").why == read("LIABILITY", "清楚").why
    assert read("SOMETHING", "知道").label is Label.AFFIRM
