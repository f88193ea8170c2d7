"""Papers of a complaint, and which of them may be asked for: never what the company has already
(2020年第3号 第14条). Pure."""

from enum import StrEnum

from cases.complaint_terms import Material, Terms


class Paper(StrEnum):
    """What a file shows."""

    IDENTITY = "identity"
    AUTHORISATION = "authorisation"  # 本人亲笔签名的授权委托书
    PROXY_IDENTITY = "proxy-identity"
    HEIR = "heir"
    TALK = "talk"  # 客户沟通记录表, signed
    EVIDENCE = "evidence"
    LETTER = "letter"  # a decision, a notice, as it was sent
    PROOF = "proof"  # that a notice was received
    OTHER = "other"


def materials(
    terms: Terms, *, by_proxy: bool, heir: bool, identified: bool, there: frozenset[str]
) -> list[Material]:
    """What may still be asked for: nothing that lies before us, and no identity document of
    somebody whom the company has told by what it knows."""
    wanted = {"person": not identified, "proxy": by_proxy, "heir": heir}
    return [one for one in terms.materials if wanted[one.of] and one.id not in there]
