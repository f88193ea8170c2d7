"""Somebody on the telephone who hears the standard script, and what is on file about him."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from ivr import conversation
from ivr.conversation import Said
from scripts import reader, run
from scripts.effects import Ask, Say, Transfer
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.heard import Heard
from scripts.model import Polarity, Script
from scripts.run import Run

NOW = datetime(2026, 11, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SCRIPT = reader.load_script("standard")
FACTS = Facts(
    company="示例人寿",
    company_phone="95500",
    policy_no="机密单号",
    product="机密产品",
    product_type=ProductType.UNIVERSAL,
    channel=Channel.BANK,
    issued_on=date(2026, 11, 1),
    receipt_on=date(2026, 11, 3),
    cooling_off_days=15,
    cooling_off_starts_on=date(2026, 11, 4),
    cooling_off_ends_on=date(2026, 11, 18),
    premium=Decimal("12000"),
    frequency=Frequency.YEARLY,
    cover_period=Period(PeriodKind.LIFE),
    holder_name="赵示例",
    insured_name="机密被保人",
    double_recorded=True,
    holder_gender="男",
    holder_birth=date(1985, 3, 6),
    holder_id_tail="0021",
    payment_period=Period(PeriodKind.YEARS, 20),
    address="机密地址",
    phone_tail="0138",
    seller_name="机密业务员",
    called_on=date(2026, 11, 5),
)
#: The same script closing with 还有其他问题吗, to which 没有 is the good answer.
ASKING_BACK = replace(
    SCRIPT,
    questions=tuple(
        replace(q, polarity=Polarity.NEGATIVE) if q.id == "CLOSING" else q for q in SCRIPT.questions
    ),
)
SECRETS = ("机密", "一万二千", "犹豫期", "保险费", "保险合同")


class Caller:
    """Plays the customer: says or presses something and keeps the last step."""

    def __init__(self, facts: Facts = FACTS, script: Script = SCRIPT) -> None:
        self.step = conversation.greet(Run(script, facts))
        self.told = self.words

    @property
    def words(self) -> str:
        texts = (e.text for e in self.step.effects if isinstance(e, Ask | Say | Transfer))
        return "".join(texts)

    @property
    def question(self) -> str | None:
        asked = run.question(self.step.run)
        return asked.id if asked else None

    def says(self, speech: str | None = None, digits: str | None = None) -> "Caller":
        said = Said(self.question or "READ", len(self.step.run.turns), speech, digits)
        self.step = conversation.hear(self.step.run, said, NOW)
        self.told += self.words
        return self

    def presses(self, digits: str) -> "Caller":
        return self.says(None, digits)

    def until(self, question: str) -> "Caller":
        while self.question not in (question, None):
            answers = {"ID_VERIFY": "一九八五年三月六号", "CLOSING": "没有了"}
            asked = run.question(self.step.run)
            assert asked is not None
            self.says(answers.get(asked.id), None if asked.id in answers else "1")
        assert self.question == question
        return self

    @property
    def last(self) -> Heard:
        return self.step.run.turns[-1].heard
