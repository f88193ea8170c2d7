"""Who the holder (投保人) of a row is and how to reach them; what does not fit together. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.identity import Identity, is_organisation, read_identity
from scheduler.intake.cells.phones import Phone, read_phone, split_phones
from scheduler.intake.cells.text import Unreadable, clean
from scheduler.intake.cells.words import read_gender
from scheduler.intake.reader import RowReader
from scheduler.intake.records import Reason, Status

_FIRM = re.compile(
    r".*(公司|集团|合作社|事务所|协会|学会|联合会|委员会|基金会|工会|学校|学院|大学|幼儿园|医院|研究院|研究所"
    r"|商行|经营部|服务部|门市部|办事处|分行|支行|政府|法院|出版社|酒店|饭店|工厂|中心)([(（].*[)）])?"
    r"|.*(有限|股份|合伙).*|.{3,}[厂局]|.*\b(co|ltd|inc|llc|limited|corp|corporation|company)\b\.?",
    re.IGNORECASE,
)
_FIRM_KIND = re.compile(
    r"团体?|团[险单]|单位|企业|法人|机构|公司|组织|group|corporate", re.IGNORECASE
)
_HAS_LETTER = re.compile(r"[^\W\d_]")
_YOUNGEST = 16  # 民法典 第18条: from 16 on with own income; younger ones cannot be 投保人
_OLDEST = 110


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder as read; ``birth`` and ``gender`` from the identity number where blank."""

    name: str | None
    organisation: bool
    gender: str | None = None
    birth: date | None = None
    id_number: str | None = None


def read_holder(reader: RowReader, today: date) -> Holder:
    """The holder of one row; contradictions become reasons to screen (DQ-10 保单信息有误)."""
    name = reader.need("holder_name", lambda _: reader.name("holder_name"))
    if name and not _HAS_LETTER.search(name):
        reader.complain("holder_name", "name-unreadable", "投保人姓名里没有文字", Status.REJECT)
    id_type, number = reader.text("holder_id_type") or "", reader.raw("holder_id_number")
    if _is_firm(reader, name or "", id_type, number):
        message = "投保人不是个人,团体业务不在回访范围内"
        reader.complain("holder_name", "holder-not-person", message, Status.OUT_OF_SCOPE)
        return Holder(name, organisation=True, id_number=clean(number) or None)
    try:
        identity = read_identity(number, id_type)
    except Unreadable as fault:
        reader.complain("holder_id_number", fault.code, fault.message, Status.SCREEN)
        return _person(reader, name, Identity(clean(number)), today)
    return _person(reader, name, identity, today)


def _is_firm(reader: RowReader, name: str, id_type: str, number: str) -> bool:
    kind = clean(reader.raw("holder_kind"))
    return (
        bool(_FIRM.fullmatch(name))
        or is_organisation(id_type, number)
        or bool(_FIRM_KIND.search(kind) and "个" not in kind)
    )


def _person(reader: RowReader, name: str | None, identity: Identity | None, today: date) -> Holder:
    gender = read_gender(reader.raw("holder_gender"))
    birth = reader.take("holder_birth", read_date)
    if identity and identity.birth and birth and identity.birth != birth:
        message = "出生日期与证件号码里的不一致,请核实"
        reader.complain("holder_birth", "birth-differs", message, Status.SCREEN)
    if identity and identity.gender and gender and identity.gender != gender:
        message = "性别与证件号码里的不一致,请核实"
        reader.complain("holder_gender", "gender-differs", message, Status.SCREEN)
    birth = birth or (identity.birth if identity else None)
    _check_age(reader, birth, today)
    if identity is None and birth is None:
        message = "证件号码和出生日期都是空的,电话里无法核实投保人身份"
        reader.complain("holder_id_number", "identity-missing", message, Status.SCREEN)
    return Holder(
        name=name,
        organisation=False,
        gender=gender or (identity.gender if identity else None),
        birth=birth,
        id_number=identity.number if identity else None,
    )


def _check_age(reader: RowReader, birth: date | None, today: date) -> None:
    if birth is None:
        return
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if age < 0:
        reader.complain("holder_birth", "birth-in-future", "出生日期在将来", Status.REJECT)
    elif age < _YOUNGEST:
        message = f"投保人才 {age} 岁,不能自己投保,可能与被保险人写反"
        reader.complain("holder_birth", "holder-minor", message, Status.SCREEN)
    elif age > _OLDEST:
        message = f"投保人已 {age} 岁,出生日期可能有误"
        reader.complain("holder_birth", "holder-too-old", message, Status.SCREEN)


def read_phones(reader: RowReader, needed: bool) -> tuple[tuple[Phone, ...], str | None]:
    """Numbers that can be rung, mobiles of the best column first, and the first one's column.

    Without any, the row is screened with the faults of what was there (DQ-01, DQ-02, DQ-06); with
    one, a faulty second number is only a remark. ``needed`` is false for a firm.
    """
    found: list[tuple[Phone, str]] = []
    faults: list[tuple[str, Unreadable]] = []
    for column, raw in reader.cells("phones"):
        for part in split_phones(raw):
            try:
                phone = read_phone(part)
            except Unreadable as fault:
                faults.append((column, fault))
            else:
                if phone and all(phone != other for other, _ in found):
                    found.append((phone, column))
    found.sort(key=lambda hit: not hit[0].mobile)  # stable: the column order stays
    _report(reader, faults, Status.ACCEPT if found or not needed else Status.SCREEN)
    if not found and not faults and needed:
        message = "没有投保人的电话,请补上"
        reader.complain("phones", "phone-missing", message, Status.SCREEN)
    return tuple(phone for phone, _ in found), found[0][1] if found else None


def _report(reader: RowReader, faults: list[tuple[str, Unreadable]], status: Status) -> None:
    reader.reasons += [
        Reason(fault.code, column, fault.message, status) for column, fault in faults
    ]
