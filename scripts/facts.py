"""What a script may say about a policy: typed, and complete before the first word is spoken."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ProductType(StrEnum):
    """产品类型. The value is stored; the Chinese name is what insurers' lists carry."""

    TRADITIONAL = "traditional"  # 传统
    PARTICIPATING = "participating"  # 分红
    UNIVERSAL = "universal"  # 万能
    UNIT_LINKED = "unit-linked"  # 投连
    HEALTH = "health"  # 健康


class Channel(StrEnum):
    """销售渠道."""

    AGENT = "agent"  # 个险
    BANK = "bank"  # 银保
    BROKER = "broker"  # 经代
    TELESALES = "telesales"  # 电销
    ONLINE = "online"  # 网销


class Frequency(StrEnum):
    """交费方式."""

    SINGLE = "single"  # 趸交
    YEARLY = "yearly"  # 年交
    HALF_YEARLY = "half-yearly"  # 半年交
    QUARTERLY = "quarterly"  # 季交
    MONTHLY = "monthly"  # 月交


class PeriodKind(StrEnum):
    """How a period (交费期间, 保险期间) is counted."""

    YEARS = "years"  # 20年
    TO_AGE = "to-age"  # 至70岁
    LIFE = "life"  # 终身


@dataclass(frozen=True, slots=True)
class Period:
    """A payment or cover period. ``number`` is years or an age, and None for 终身."""

    kind: PeriodKind
    number: int | None = None


def payment_years_plus_age(period: Period | None, age: int | None) -> int | None:
    """Payment years and full age together; of a period that ends at an age, that age. None where
    it is unknown, or premiums are paid for life."""
    if period is None or period.number is None:
        return None
    if period.kind is PeriodKind.TO_AGE:
        return period.number
    return None if age is None else period.number + age


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a script may speak of or decide on. Only what is None may be unknown."""

    company: str
    company_phone: str
    policy_no: str
    product: str
    product_type: ProductType
    channel: Channel
    issued_on: date
    receipt_on: date  # 回执签收日期
    cooling_off_days: int
    cooling_off_starts_on: date
    cooling_off_ends_on: date  # last day on which the holder may still cancel
    premium: Decimal  # yuan, per payment
    frequency: Frequency
    cover_period: Period
    holder_name: str
    insured_name: str
    double_recorded: bool  # 双录
    holder_gender: str | None = None  # 男 or 女
    holder_birth: date | None = None
    holder_id_tail: str | None = None  # last four of the identity number
    holder_age: int | None = None  # in full years on the day of the call
    payment_period: Period | None = None  # None for a single premium
    next_due_on: date | None = None  # next premium after the first
    seller_name: str | None = None
    bank_branch: str | None = None
    address: str | None = None
    phone_tail: str | None = None  # last four of the number dialled
    called_on: date | None = None  # the day of the call; None hides what depends on it
    scope: frozenset[str] | None = None  # ids or codes still to be asked; None: everything
    resumed: bool = False  # the call goes on where an earlier one stopped
    doubted: frozenset[str] = frozenset()  # codes that the earlier one left in doubt
    by_person: bool = False  # an agent speaks, not the machine
    matter: str | None = None  # what a problem case or a complaint is about
    matter_on: date | None = None  # and since when

    @property
    def days_since_issue(self) -> int | None:
        """Natural days from the day of issue to the day of the call (domain.md T-05)."""
        return None if self.called_on is None else (self.called_on - self.issued_on).days

    @property
    def payment_years_plus_age(self) -> int | None:
        """The age at which the last premium is paid (2025年第7号 第39条); None where it is unknown,
        and for a single premium."""
        if not self.instalments:
            return None
        return payment_years_plus_age(self.payment_period, self.holder_age)

    @property
    def instalments(self) -> bool:
        """Whether premiums are still to be paid after the first (期缴)."""
        return self.frequency is not Frequency.SINGLE

    @property
    def insured_is_holder(self) -> bool:
        """Whether the holder is also the insured, so that one signature is asked about."""
        return self.insured_name == self.holder_name
