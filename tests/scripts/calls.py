"""Policies and answers for property tests, drawn at random. Every fact that a stranger must not
hear is marked as a secret."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from scripts.conditions import Condition
from scripts.effects import Ask, Effect, Say, Transfer
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.heard import Heard, Request, Via
from scripts.labels import Label

FACTS = st.builds(
    Facts,
    company=st.just("示例人寿"),
    company_phone=st.just("95500"),
    policy_no=st.just("机密单号"),
    product=st.just("机密产品"),
    product_type=st.sampled_from(ProductType),
    channel=st.sampled_from(Channel),
    issued_on=st.just(date(2026, 11, 1)),
    receipt_on=st.just(date(2026, 11, 3)),
    cooling_off_days=st.just(15),
    cooling_off_starts_on=st.just(date(2026, 11, 4)),
    cooling_off_ends_on=st.just(date(2026, 11, 18)),
    premium=st.just(Decimal("34567")),
    frequency=st.sampled_from(Frequency),
    cover_period=st.sampled_from([Period(PeriodKind.LIFE), Period(PeriodKind.YEARS, 33)]),
    holder_name=st.just("赵示例"),
    insured_name=st.sampled_from(["赵示例", "机密被保人"]),
    double_recorded=st.booleans(),
    holder_gender=st.sampled_from(["男", "女", None]),
    holder_age=st.sampled_from([None, 41, 60, 67]),
    payment_period=st.sampled_from([None, Period(PeriodKind.YEARS, 19)]),
    next_due_on=st.sampled_from([None, date(2027, 11, 1)]),
    seller_name=st.sampled_from([None, "机密业务员"]),
    bank_branch=st.sampled_from([None, "机密网点"]),
    address=st.sampled_from([None, "", "机密地址"]),
    phone_tail=st.sampled_from([None, "0138"]),
    called_on=st.sampled_from([None, date(2026, 11, 5), date(2026, 11, 19), date(2026, 12, 5)]),
    resumed=st.booleans(),
    matter=st.sampled_from([None, "机密事项"]),
    matter_on=st.sampled_from([None, date(2026, 11, 4)]),
)
SECRETS = (
    "机密",
    "三万四千",
    "二〇二六",
    "二〇二七",
    "犹豫期",
    "保险费",
    "分红",
    "十五天",
    "十九年",
)

HEARD = st.builds(
    Heard,
    label=st.sampled_from(Label),
    words=st.just("…"),
    also=st.lists(st.sampled_from(Label), max_size=2).map(tuple),
    request=st.sampled_from([None, None, None, *Request]),
    value=st.sampled_from(
        [None, None, "no-such-person", "deceased", "2026-11-06T15:00:00+08:00", "1985-03-06", "?"]
    ),
    via=st.sampled_from(Via),
)
#: Mostly yes, so that long calls are tried too.
MOSTLY_YES = st.one_of(st.just(Heard(Label.AFFIRM, "是的")), st.just(Heard(Label.AFFIRM)), HEARD)


def spoken(effects: tuple[Effect, ...]) -> str:
    """Every word of some effects."""
    return "".join(e.text for e in effects if isinstance(e, Ask | Say | Transfer))


def answers(seed: int) -> Iterator[Heard]:
    """Answers without end, mostly yes; the same for the same seed."""
    chance = Random(seed)
    while True:
        if chance.random() < 0.6:
            yield Heard(Label.AFFIRM, "是的")
            continue
        yield Heard(
            chance.choice(list(Label)),
            "…",
            also=tuple(chance.sample(list(Label), chance.choice([0, 0, 1]))),
            request=chance.choice([None, None, None, *Request]),
            value=chance.choice([None, None, "no-such-person", "deceased", "1985-03-06",
                                 "2026-11-06T15:00:00+08:00", "?"]),
            via=chance.choice(list(Via)),
        )  # fmt: skip


def covered(facts: Facts, conditions: tuple[Condition, ...]) -> Facts:
    """These facts, changed where a script's ``for`` demands it."""
    return replace(facts, **dict(change for one in conditions for change in _met(one, facts)))


def _met(condition: Condition, facts: Facts) -> Iterator[tuple[str, Any]]:
    match condition.fact:
        case "product_type" if facts.product_type not in condition.values:
            yield "product_type", ProductType(condition.values[0])
        case "holder_age":
            yield "holder_age", condition.at_least
        case "days_since_issue":
            days = condition.at_most if condition.at_least is None else condition.at_least
            yield "called_on", facts.issued_on + timedelta(days=days or 0)
        case "double_recorded":
            yield "double_recorded", not condition.negated
