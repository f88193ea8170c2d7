"""Papers of a case, and the letter that the holder signs."""

from io import BytesIO

import pytest
from sqlalchemy import select, update

from cases.papers import LARGEST, Paper
from operations import case_letter, case_work
from operations.case_papers import Brought, attach, path_of
from operations.case_record import CaseTrouble
from store.tables import AuditEntry, CaseFile, Policy
from tests.operations.casework import ELSEWHERE, GAO, HAN, NOT_ME, QI, deeds, opened, staff, work
from tests.operations.rig import Rig

JPEG = b"\xff\xd8\xff\xe0" + b"letter" * 40 + b"\xff\xd9"
PDF = b"%PDF-1.7\n" + b"letter" * 40 + b"\n%%EOF\n"


@pytest.fixture
def signed_by_son(rig: Rig) -> Rig:
    """A case that only a new signature closes, with its handler."""
    staff(rig)
    opened(rig, NOT_ME)
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    return rig


def paper(content: bytes, kind: Paper = Paper.SIGNED, name: str = "补签.jpg") -> Brought:
    return Brought(kind, name, BytesIO(content), "投保人补签")


def test_a_signed_paper_closes_what_only_a_signature_closes(signed_by_son: Rig) -> None:
    attach(signed_by_son.line, HAN, 1, 1, paper(JPEG))
    (file,) = signed_by_son.all(CaseFile)
    assert path_of(signed_by_son.line, file).read_bytes() == JPEG
    assert (file.media_type, file.bytes, file.added_by) == ("image/jpeg", len(JPEG), "韩经办")
    case_work.review(signed_by_son.line, QI, 1, 2)
    case_work.close(signed_by_son.line, HAN, 1, 3)
    assert deeds(signed_by_son)[-1] == ("韩经办", "close")


def test_another_paper_proves_nothing(signed_by_son: Rig) -> None:
    attach(signed_by_son.line, HAN, 1, 1, paper(PDF, Paper.OTHER))
    case_work.review(signed_by_son.line, QI, 1, 2)
    with pytest.raises(CaseTrouble, match="proof that the rulebook wants"):
        case_work.close(signed_by_son.line, HAN, 1, 3)


def test_the_same_form_twice_keeps_one_and_the_same_file_later_is_refused(
    signed_by_son: Rig,
) -> None:
    attach(signed_by_son.line, HAN, 1, 1, paper(JPEG))
    before = signed_by_son.everything()
    attach(signed_by_son.line, HAN, 1, 1, paper(JPEG))
    assert signed_by_son.everything() == before
    with pytest.raises(CaseTrouble, match="lies with the case already"):
        attach(signed_by_son.line, HAN, 1, 2, paper(JPEG, name="又一次.jpg"))
    assert signed_by_son.everything() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<script>alert(1)</script>", "only a whole JPEG, PNG or PDF"),
        (JPEG[:-2], "only a whole JPEG, PNG or PDF"),
        (PDF + b"x" * LARGEST, "10 MB are the most"),
    ],
)
def test_what_is_no_paper_is_refused_in_a_sentence(
    signed_by_son: Rig, content: bytes, says: str
) -> None:
    with pytest.raises(CaseTrouble, match=says):
        attach(signed_by_son.line, HAN, 1, 1, paper(content))
    assert work(signed_by_son).version == 1
    assert list((signed_by_son.folder / "recordings").rglob("*.*")) == []


def test_nothing_is_stored_for_somebody_who_may_not_add_it(signed_by_son: Rig) -> None:
    for who, says in ((ELSEWHERE, "there is no case 1"), (QI, "none of your roles")):
        with pytest.raises(CaseTrouble, match=says):
            attach(signed_by_son.line, who, 1, 1, paper(JPEG))
    assert list((signed_by_son.folder / "recordings").rglob("*.jpg")) == []


def test_a_paper_from_before_a_case_was_opened_again_proves_nothing(signed_by_son: Rig) -> None:
    attach(signed_by_son.line, HAN, 1, 1, paper(JPEG))
    case_work.review(signed_by_son.line, QI, 1, 2)
    case_work.close(signed_by_son.line, HAN, 1, 3)
    case_work.reopen(signed_by_son.line, QI, 1, 4, "签名与投保单不一致")
    case_work.conclude(signed_by_son.line, HAN, 1, 5, "重新核实")
    case_work.review(signed_by_son.line, GAO, 1, 6)
    with pytest.raises(CaseTrouble, match="proof that the rulebook wants"):
        case_work.close(signed_by_son.line, HAN, 1, 7)


def test_the_letter_is_made_and_noted(signed_by_son: Rig) -> None:
    assert case_letter.pdf(signed_by_son.line, HAN, 1).startswith(b"%PDF-")
    with signed_by_son.line.database.reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last is not None
    assert (last.who, last.what, last.about, last.detail) == (
        "韩经办", "letter", "case:1", "explanation",
    )  # fmt: skip


def test_no_letter_tells_of_a_contract_that_was_not_received(signed_by_son: Rig) -> None:
    with pytest.raises(CaseTrouble, match="there is no case 1"):
        case_letter.pdf(signed_by_son.line, ELSEWHERE, 1)
    with signed_by_son.line.database.transaction() as session:
        session.execute(update(Policy).values(receipt_signed_on=None))
    with pytest.raises(CaseTrouble, match="not received yet"):
        case_letter.pdf(signed_by_son.line, HAN, 1)
