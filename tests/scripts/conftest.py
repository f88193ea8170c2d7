from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scripts import reader
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.model import Script

BASE = Facts(
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
    premium=Decimal("12000"),
    frequency=Frequency.YEARLY,
    cover_period=Period(PeriodKind.LIFE),
    holder_name="赵示例",
    insured_name="赵示例",
    double_recorded=False,
    holder_gender="女",
    holder_birth=date(1985, 3, 6),
    holder_id_tail="0021",
    holder_age=41,
    payment_period=Period(PeriodKind.YEARS, 20),
    called_on=date(2026, 11, 5),
)


@pytest.fixture
def facts_with() -> Callable[..., Facts]:
    """A policy that differs from the sample policy in these facts."""
    return lambda **changes: replace(BASE, **changes)


@pytest.fixture(scope="session")
def standard() -> Script:
    return reader.load_script("standard")
