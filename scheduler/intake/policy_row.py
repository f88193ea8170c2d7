"""One row of a list becomes a draft of a policy, with everything that is wrong with it. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from scheduler.intake.cells.phones import Phone, read_phone
from scheduler.intake.cells.text import Unreadable, code
from scheduler.intake.columns import Columns
from scheduler.intake.contract import (
    Contract,
    ContractDates,
    read_contract,
    read_dates,
    read_number,
)
from scheduler.intake.holder import Holder, read_holder, read_phones
from scheduler.intake.reader import RowReader
from scheduler.intake.records import PolicyRecord, Reason, Status
from scheduler.intake.sheet import Row

_SELF = ("本人", "本人(投保人)", "自己", "同投保人", "self")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as read. ``record`` is None when the row is rejected already; ``phones`` are E.164, the
    one to ring first in front."""

    row: int
    number: str | None
    holder: str | None
    insured: str | None
    organisation: bool
    phones: tuple[str, ...]
    phone_column: str | None
    seller: str | None
    seller_phone: str | None
    reasons: tuple[Reason, ...]
    record: PolicyRecord | None


def read_row(columns: Columns, row: Row, today: date) -> Draft:
    """Everything one row says. ``today`` is the day of the import."""
    reader = RowReader(columns, row)
    _refuse_shifted(reader)
    number = read_number(reader)
    dates, contract = read_dates(reader, today), read_contract(reader)
    holder = read_holder(reader, today)
    phones, phone_column = read_phones(reader, needed=not holder.organisation)
    insured = _insured(reader, holder.name)
    record = _record(reader, number, dates, contract, holder, insured)
    seller_phone = _seller_phone(reader)
    if record is not None:
        record = _with_people(_with_details(record, reader), phones, seller_phone)
    return Draft(
        row=row.number,
        number=number,
        holder=holder.name,
        insured=insured,
        organisation=holder.organisation,
        phones=tuple(phone.e164 for phone in phones),
        phone_column=phone_column,
        seller=reader.name("seller_name"),
        seller_phone=seller_phone,
        reasons=tuple(dict.fromkeys(reader.reasons)),
        record=record,
    )


def _refuse_shifted(reader: RowReader) -> None:
    if len(reader.row.cells) > len(reader.columns.headers):
        message = "这一行的单元格比表头多,内容可能错位,请检查逗号与引号"
        reader.complain("number", "shifted", message, Status.REJECT)


def _insured(reader: RowReader, holder: str | None) -> str | None:
    """被保险人; the holder where the relation says 本人 and the name is blank."""
    relation = (reader.text("relation") or "").lower()
    name = reader.name("insured_name")
    if name is None and relation in _SELF:
        return holder
    if name and holder and name != holder and relation in _SELF:
        message = "关系是本人,被保险人却与投保人不同名,请核实"
        reader.complain("relation", "relation-differs", message, Status.ACCEPT)
    return reader.need("insured_name", lambda _: name)


def _seller_phone(reader: RowReader) -> str | None:
    """Only used to compare; a faulty one is no fault of the policy."""
    try:
        phone = read_phone(reader.raw("seller_phone"))
    except Unreadable:
        return None
    return phone.e164 if phone else None


def _record(
    reader: RowReader,
    number: str | None,
    dates: ContractDates,
    contract: Contract,
    holder: Holder,
    insured: str | None,
) -> PolicyRecord | None:
    """The policy's necessary part; None when the row is rejected, as for any value missing."""
    if any(reason.status is Status.REJECT for reason in reader.reasons):
        return None
    assert number is not None
    assert holder.name is not None
    assert insured is not None
    assert dates.issued is not None
    assert contract.product is not None
    assert contract.product_type is not None
    assert contract.channel is not None
    assert contract.premium is not None
    assert contract.frequency is not None
    assert contract.cover_period is not None
    return PolicyRecord(
        number=number,
        product=contract.product,
        product_type=contract.product_type,
        channel=contract.channel,
        issued_on=dates.issued,
        effective_on=dates.effective,
        receipt_signed_on=dates.signed,
        receipt_returned_on=dates.returned,
        cooling_off_days=contract.cooling_off_days,
        holder_name=holder.name,
        holder_gender=holder.gender,
        holder_id_number=holder.id_number,
        holder_birth=holder.birth,
        insured_name=insured,
        sum_insured=contract.sum_insured,
        premium=contract.premium,
        frequency=contract.frequency,
        payment_period=contract.payment_period,
        cover_period=contract.cover_period,
        double_recorded=contract.double_recorded,
        guaranteed_renewal=contract.guaranteed_renewal,
    )


def _with_details(record: PolicyRecord, reader: RowReader) -> PolicyRecord:
    return replace(
        record,
        holder_id_type=reader.text("holder_id_type"),
        address=reader.text("address"),
        postcode=code(reader.raw("postcode")) or None,
        relation=reader.text("relation"),
        seller_name=reader.name("seller_name"),
        seller_code=code(reader.raw("seller_code")) or None,
        branch=reader.text("branch"),
        bank_branch=reader.text("bank_branch"),
        note=reader.text("note"),
    )


def _with_people(
    record: PolicyRecord, phones: tuple[Phone, ...], seller_phone: str | None
) -> PolicyRecord:
    return replace(
        record,
        phone=phones[0].e164 if phones else None,
        other_phones=tuple(phone.e164 for phone in phones[1:]),
        seller_phone=seller_phone,
    )
