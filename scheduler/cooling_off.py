"""The cooling-off period (犹豫期): when it starts, when it ends, the least the law asks.
Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scripts.facts import Channel, ProductType

#: Days, where neither the law nor the policy asks for more (all seeds: domain.md 2.7).
COMMON_MINIMUM = 10
#: 健康保险管理办法 第15条 for long-term health; 保监发〔2014〕3号 and
#: 银保监办发〔2019〕179号 for banks.
LONG_MINIMUM = 15


class Start(StrEnum):
    """The first day of the period; the seeds differ (domain.md C-02), so a rulebook decides."""

    SIGNING_DAY = "signing-day"  # 签收之日起
    NEXT_DAY = "next-day"  # 签收次日起


#: One rule for all policies, or one for each channel and product type.
Starts = Start | Mapping[tuple[Channel, ProductType], Start]


@dataclass(frozen=True, slots=True)
class CoolingOff:
    """Both days included. ``below_law`` warns that the policy's own days are fewer than the law's.

    On ``ends_on`` the holder may still cancel.
    """

    starts_on: date
    ends_on: date
    days: int
    below_law: bool = False

    def deadline(self, zone: ZoneInfo) -> datetime:
        """The last second of the last day."""
        return datetime.combine(self.ends_on, time(23, 59, 59), tzinfo=zone)


def minimum_days(channel: Channel, product_type: ProductType) -> int:
    """The least number of days that the law asks for, in natural days."""
    long = channel is Channel.BANK or product_type is ProductType.HEALTH
    return LONG_MINIMUM if long else COMMON_MINIMUM


def days_of(
    own: int | None,
    channel: Channel,
    product_type: ProductType,
    defaults: Mapping[tuple[Channel, ProductType], int] | None = None,
) -> int:
    """The policy's own number of days wins; then the rulebook's for the channel and the product
    type, but not under the legal minimum."""
    if own is not None:
        return own
    ruled = (defaults or {}).get((channel, product_type), 0)
    return max(ruled, minimum_days(channel, product_type))


def cooling_off(
    signed_on: date,
    own: int | None,
    channel: Channel,
    product_type: ProductType,
    start: Starts = Start.NEXT_DAY,
    defaults: Mapping[tuple[Channel, ProductType], int] | None = None,
) -> CoolingOff:
    """The period of a policy whose receipt was signed on ``signed_on``.

    10 days from a receipt signed on the 1st end on the 10th (signing day) or the 11th (next day).
    """
    days = days_of(own, channel, product_type, defaults)
    rule = start if isinstance(start, Start) else start[channel, product_type]
    first = signed_on if rule is Start.SIGNING_DAY else signed_on + timedelta(days=1)
    return CoolingOff(
        starts_on=first,
        ends_on=first + timedelta(days=days - 1),
        days=days,
        below_law=days < minimum_days(channel, product_type),
    )
