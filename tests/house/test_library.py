"""Every script of the library may be published, and every ending can be reached by answers; every
rulebook loads and knows what each ending needs."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from scripts import checks, rulebooks, simulate
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.faults import Severity
from scripts.heard import Heard, Request
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.reader import library, load_script

SIGNED = date(2026, 11, 18)
FACTS = Facts(
    company="安心人寿保险公司",
    company_phone="95500",
    policy_no="HF0000000001",
    product="安康两全保险（分红型）",
    product_type=ProductType.PARTICIPATING,
    channel=Channel.BANK,
    issued_on=SIGNED - timedelta(days=2),
    receipt_on=SIGNED,
    cooling_off_days=15,
    cooling_off_starts_on=SIGNED + timedelta(days=1),
    cooling_off_ends_on=SIGNED + timedelta(days=15),
    premium=Decimal(12000),
    frequency=Frequency.YEARLY,
    payment_period=Period(PeriodKind.YEARS, 10),
    cover_period=Period(PeriodKind.YEARS, 20),
    holder_name="陈安平",
    holder_birth=date(1986, 3, 6),
    holder_id_tail="0034",
    insured_name="陈安平",
    double_recorded=True,
    called_on=SIGNED + timedelta(days=1),
)


def answers() -> Iterator[Heard]:
    """One of every kind of answer."""
    yield from (simulate.heard(str(label)) for label in Label)
    yield from (simulate.heard(str(request)) for request in Request)
    yield Heard(Label.NOT_HOLDER, "没有这个人", value="no-such-person")
    yield Heard(Label.NOT_HOLDER, "他去世了", value="deceased")
    yield Heard(Label.CALLBACK, "明天下午三点", value="2026-11-20T15:00:00+08:00")


@pytest.mark.parametrize("name", library())
def test_every_script_may_be_published(name: str) -> None:
    faults = checks.check_file(name)
    assert [fault for fault in faults if fault.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", library())
def test_every_ending_is_reached_by_some_answer(name: str) -> None:
    """The same answer, again and again, to one question, and a yes to all others."""
    script = load_script(name)
    reached = {
        simulate.walk(script, FACTS, {question.id: [heard]}).ending
        for question in script.questions
        for heard in answers()
    }
    assert reached == {ending.id for ending in script.endings}


@pytest.mark.parametrize("name", rulebooks.rulebooks())
def test_every_rulebook_decides_every_outcome(name: str) -> None:
    book = rulebooks.load(name)
    decided = {*book.retries, *book.success.outcomes}
    assert set(Outcome) - decided == set()
    assert {family.id for family in book.families} == set(book.precedence)
