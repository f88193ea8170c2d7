"""The contract of a row: number, dates, product, premium, periods; what is impossible. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.money import read_money
from scheduler.intake.cells.periods import is_once, over_one_year, read_period
from scheduler.intake.cells.text import Unreadable, clean, code, is_scientific, quoted
from scheduler.intake.cells.words import (
    product_type_of_name,
    read_channel,
    read_frequency,
    read_product_type,
    read_yes,
)
from scheduler.intake.reader import RowReader
from scheduler.intake.records import Status
from scripts.facts import Channel, Frequency, Period, ProductType

_POLICY_NUMBER = re.compile(r"(?=.*\d)[\w\-/.()#]{3,40}")
_LONGEST_COOLING_OFF = 60  # days; the law and the contracts know 10 to 20 (domain.md 2.7)
_ENDED = re.compile(
    r"退保|撤[单保件]|契撤|终止|失效|解除|注销|作废|surrender|cancel|lapse|terminat"
)
_NOT_ENDED = re.compile(r"未|没有|非|不|有效|正常")
_RENEWS = re.compile(r"(?<![不非无])保证续保")


@dataclass(frozen=True, slots=True)
class Contract:
    """What was sold; None where the row does not say it (the reader knows why)."""

    product: str | None
    product_type: ProductType | None
    channel: Channel | None
    premium: Decimal | None
    frequency: Frequency | None
    payment_period: Period | None
    cover_period: Period | None
    sum_insured: Decimal | None
    cooling_off_days: int | None
    double_recorded: bool
    guaranteed_renewal: bool


@dataclass(frozen=True, slots=True)
class ContractDates:
    """承保, 生效, 回执签收, 回执回销."""

    issued: date | None
    effective: date | None
    signed: date | None
    returned: date | None


def read_number(reader: RowReader) -> str | None:
    """The policy number; None with a reason when blank, damaged by Excel or no number at all."""
    raw = reader.raw("number")
    number = code(raw)
    if not number:
        reader.complain("number", "missing", "保单号是空的,请补上", Status.REJECT)
        return None
    if is_scientific(number):
        message = "保单号被 Excel 变成了科学计数,请把该列设为文本后重新导出"
        reader.complain("number", "number-damaged", message, Status.REJECT)
        return None
    if not _POLICY_NUMBER.fullmatch(number):
        reader.complain("number", "number-unreadable", f"{quoted(raw)}不像保单号", Status.REJECT)
        return None
    return number


def read_dates(reader: RowReader, today: date) -> ContractDates:
    """The four dates; an order that cannot be is a reason to reject, a missing receipt to wait."""
    dates = ContractDates(
        reader.need("issued_on", read_date),
        reader.take("effective_on", read_date),
        reader.take("receipt_signed_on", read_date),
        reader.take("receipt_returned_on", read_date),
    )
    _refuse_future(reader, dates, today)
    if dates.signed and dates.issued and dates.signed < dates.issued:
        message = "回执签收早于承保,不可能,请核对两个日期"
        reader.complain("receipt_signed_on", "signed-before-issue", message, Status.REJECT)
    if dates.signed and dates.returned and dates.returned < dates.signed:
        message = "回执回销早于签收,不可能,请核对两个日期"
        reader.complain("receipt_returned_on", "returned-before-signed", message, Status.REJECT)
    unread = reader.complained("receipt_signed_on")
    if dates.signed is None and not unread:
        message = "还没有客户签收的回执,犹豫期尚未开始,暂不回访"
        reader.complain("receipt_signed_on", "receipt-missing", message, Status.WAIT)
    return dates


def _refuse_future(reader: RowReader, dates: ContractDates, today: date) -> None:
    for field, day, name in (
        ("issued_on", dates.issued, "承保"),
        ("receipt_signed_on", dates.signed, "回执签收"),
        ("receipt_returned_on", dates.returned, "回执回销"),
    ):
        if day and day > today:
            code = {"issued_on": "issued-in-future"}.get(field, "receipt-in-future")
            message = f"{name}日期 {day.isoformat()} 晚于导入日 {today.isoformat()}"
            reader.complain(field, code, message, Status.REJECT)


def read_contract(reader: RowReader) -> Contract:
    """Product, premium and periods; also whether the policy has to be revisited at all."""
    product = reader.need("product", lambda _: reader.text("product"))
    product_type = _product_type(reader, product or "")
    frequency = _frequency(reader)
    cover = reader.need("cover_period", read_period)
    contract = Contract(
        product=product,
        product_type=product_type,
        channel=reader.need("channel", read_channel),
        premium=_premium(reader),
        frequency=frequency,
        payment_period=_payment_period(reader, frequency),
        cover_period=cover,
        sum_insured=_sum_insured(reader),
        cooling_off_days=reader.take("cooling_off_days", read_cooling_off_days),
        double_recorded=bool(reader.take("double_recorded", read_yes)),
        guaranteed_renewal=_renews(reader, product or ""),
    )
    _scope(reader, contract)
    return contract


def _product_type(reader: RowReader, product: str) -> ProductType | None:
    kind = reader.need("product_type", lambda raw: read_product_type(raw, product))
    named = product_type_of_name(product)
    new = (ProductType.UNIVERSAL, ProductType.UNIT_LINKED, ProductType.PARTICIPATING)
    if kind and named in new and named is not kind:
        message = f"产品类型与产品名称{quoted(product)}不一致,以产品类型列为准,请核对"
        reader.complain("product_type", "product-type-differs", message, Status.ACCEPT)
    return kind


def _frequency(reader: RowReader) -> Frequency | None:
    """交费方式; where it is blank or only 期交, the premium's header (年交保费) or 交费期间
    may tell."""
    raw = reader.raw("frequency")
    if not clean(raw) and is_once(reader.raw("payment_period")):
        return Frequency.SINGLE
    by_header = reader.columns.title("premium")
    if clean(raw) in ("期交", "期缴", "分期") and "年" in by_header and "首" not in by_header:
        return Frequency.YEARLY
    return reader.need("frequency", read_frequency)


def _payment_period(reader: RowReader, frequency: Frequency | None) -> Period | None:
    raw = reader.raw("payment_period")
    if frequency is Frequency.SINGLE or frequency is None:
        return None
    if is_once(raw):
        message = "交费方式是期交,交费期间却是一次交清,请核对"
        reader.complain("payment_period", "frequency-differs", message, Status.REJECT)
        return None
    return reader.need("payment_period", read_period)


def _premium(reader: RowReader) -> Decimal | None:
    wan = "premium" in reader.columns.in_wan
    premium = reader.need("premium", lambda raw: read_money(raw, wan))
    if premium is not None and premium <= 0:
        reader.complain("premium", "premium-not-positive", "保费必须大于零", Status.REJECT)
        return None
    return premium


def _sum_insured(reader: RowReader) -> Decimal | None:
    """保额. Words such as 见条款 are no fault (nothing depends on them), a negative sum is one."""
    try:
        amount = read_money(reader.raw("sum_insured"), "sum_insured" in reader.columns.in_wan)
    except Unreadable as fault:
        reader.complain("sum_insured", fault.code, fault.message, Status.ACCEPT)
        return None
    if amount is not None and amount < 0:
        reader.complain("sum_insured", "sum-negative", "保额不能小于零", Status.REJECT)
        return None
    return amount


def read_cooling_off_days(raw: str) -> int | None:
    """15, 15天, 十五天. Raises :class:`Unreadable` ``days-unreadable`` outside 1 to 60 days."""
    text = clean(raw)
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3})(\.0+)?(个?自然)?[天日]?", text)
    days = int(found[1]) if found else {"十天": 10, "十五天": 15, "二十天": 20}.get(text, 0)
    if not 1 <= days <= _LONGEST_COOLING_OFF:
        raise Unreadable("days-unreadable", f"犹豫期天数{quoted(raw)}看不懂,请写天数,如 15")
    return days


def _renews(reader: RowReader, product: str) -> bool:
    """保证续保, by its column or, where the list has none, by the product's name or the note."""
    told = reader.take("guaranteed_renewal", read_yes)
    if told is not None:
        return told
    return bool(_RENEWS.search(product) or _RENEWS.search(reader.text("note") or ""))


def _scope(reader: RowReader, contract: Contract) -> None:
    """More than a year (人身保险业务基本服务规定 第15条), or health with guaranteed renewal, which
    counts as long-term (健康保险管理办法 第4条, 第44条). Ended policies are held back."""
    cover = contract.cover_period
    long_health = contract.guaranteed_renewal and contract.product_type is ProductType.HEALTH
    if cover and not over_one_year(cover) and not long_health:
        message = "保险期间在一年以内(含一年),又没有保证续保,不在回访范围内"
        reader.complain("cover_period", "one-year", message, Status.OUT_OF_SCOPE)
    state = clean(reader.raw("policy_state"))
    if _ENDED.search(state) and not _NOT_ENDED.search(state):
        message = f"保单状态是{quoted(state)},不再回访"
        reader.complain("policy_state", "policy-ended", message, Status.SCREEN)
