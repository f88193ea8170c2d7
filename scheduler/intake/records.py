"""What a row of a list becomes: its status, its reasons, and the policy that is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scheduler.intake.sheet import Sheet
from scripts.facts import Channel, Frequency, Period, ProductType


class Status(StrEnum):
    """What an imported row becomes, the gravest first: the first that applies is the row's."""

    REJECT = "reject"  # cannot be understood or is impossible: nothing is stored
    OUT_OF_SCOPE = "out-of-scope"  # one year or less, or the holder is not a person
    SCREEN = "screen"  # stored, held back from dialling
    WAIT = "wait"  # no signed receipt yet
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, the column as the user named it, a Chinese sentence.

    ``status`` is what this reason alone makes of the row; ACCEPT is a remark that changes nothing.
    The message never carries a phone or an identity number.
    """

    code: str
    column: str
    message: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRecord:
    """A policy as understood. Money in yuan; phones in E.164; ``None`` = not in the list."""

    number: str
    product: str
    product_type: ProductType
    channel: Channel
    issued_on: date
    effective_on: date | None = None
    receipt_signed_on: date | None = None
    receipt_returned_on: date | None = None
    cooling_off_days: int | None = None  # the policy's own; None = the rulebook's
    holder_name: str
    holder_gender: str | None = None  # 男 or 女
    holder_id_type: str | None = None
    holder_id_number: str | None = None
    holder_birth: date | None = None  # from the identity number where the list has none
    phone: str | None = None  # the number to ring first
    other_phones: tuple[str, ...] = ()
    address: str | None = None
    postcode: str | None = None
    insured_name: str
    relation: str | None = None
    sum_insured: Decimal | None = None
    premium: Decimal  # per payment
    frequency: Frequency
    payment_period: Period | None = None  # None for a single premium
    cover_period: Period
    seller_name: str | None = None
    seller_code: str | None = None
    seller_phone: str | None = None
    branch: str | None = None
    bank_branch: str | None = None
    double_recorded: bool
    guaranteed_renewal: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of the list. ``record`` is None exactly when the row is rejected."""

    row: int
    policy: str | None
    status: Status
    reasons: tuple[Reason, ...]
    record: PolicyRecord | None


@dataclass(frozen=True, slots=True)
class PhoneUse:
    """One holder on one number, and the person whom that holder insured."""

    phone: str
    holder: str
    insured: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What earlier lists have already shown: whose number is whose."""

    phones: tuple[PhoneUse, ...] = ()
    sellers: Mapping[str, frozenset[str]] = field(default_factory=dict)  # phone -> sellers' names


@dataclass(frozen=True, slots=True)
class ListResult:
    """The whole list: every row once, in its order.

    ``shared_phones`` are numbers found under three or more unrelated holders, counting the stored
    ones: the policies stored earlier under them are to be held back too. ``notices`` are sentences
    about the list as a whole.
    """

    sheet: Sheet
    read: int
    counts: Mapping[Status, int]
    rows: tuple[RowResult, ...]
    shared_phones: frozenset[str] = frozenset()
    notices: tuple[str, ...] = ()
