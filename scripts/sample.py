"""The invented policy that kept walks, an author's tries and printed examples begin with. Nobody
is really called 赵示例."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from scripts.conditions import Condition, all_hold, situation
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType

SAMPLE = Facts(
    company="示例人寿",
    company_phone="95500",
    policy_no="P370201000001",
    product="福满一生两全保险",
    product_type=ProductType.TRADITIONAL,
    channel=Channel.AGENT,
    issued_on=date(2026, 11, 1),
    receipt_on=date(2026, 11, 3),
    cooling_off_days=10,
    cooling_off_starts_on=date(2026, 11, 4),
    cooling_off_ends_on=date(2026, 11, 13),
    premium=Decimal(12000),
    frequency=Frequency.YEARLY,
    cover_period=Period(PeriodKind.LIFE),
    holder_name="赵示例",
    insured_name="赵示例",
    double_recorded=False,
    holder_gender="女",
    holder_birth=date(1986, 3, 6),
    holder_id_tail="0021",
    holder_age=40,
    payment_period=Period(PeriodKind.YEARS, 20),
    called_on=date(2026, 11, 5),
)


def fitting(covers: Sequence[Condition]) -> Facts:
    """The sample policy, changed as little as these conditions want (the ``for`` of a script); as
    it is when no change of it meets them."""
    found = (one for one in _variants() if all_hold(tuple(covers), situation(one)))
    return next(found, SAMPLE)


def _variants() -> Iterator[Facts]:
    days = (SAMPLE.called_on, date(2026, 11, 25))  # also after natural day 18 since the issue
    yearly_first = (Frequency.YEARLY, *Frequency)
    values = product(ProductType, Channel, (False, True), yearly_first, days, (40, 67))
    for kind, channel, recorded, frequency, called_on, age in values:
        yield replace(
            SAMPLE,
            product_type=kind,
            channel=channel,
            double_recorded=recorded,
            frequency=frequency,
            payment_period=None if frequency is Frequency.SINGLE else SAMPLE.payment_period,
            called_on=called_on,
            holder_age=age,
        )
