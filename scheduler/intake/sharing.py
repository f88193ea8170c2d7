"""Whose phone a number really is: the seller's, or that of three unrelated holders. Pure.

三禁止: 严禁留存虚假电话 (domain.md 1.10.3); the test is DQ-05.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scheduler.intake.policy_row import Draft
from scheduler.intake.records import PhoneUse, PolicyRecord, Reason, Status, Stored

#: So many unrelated holders on one number make it suspect: 三个投保人使用同一号码.
TOO_MANY = 3


@dataclass(frozen=True, slots=True)
class PhoneBook:
    """``shared`` numbers stand under too many holders; ``sellers`` maps a number to its sellers."""

    shared: frozenset[str]
    sellers: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, drafts: Iterable[Draft], stored: Stored) -> "PhoneBook":
        """From the rows of a list, the rejected ones too (they still show whose number it is)."""
        uses = list(stored.phones)
        sellers: defaultdict[str, set[str]] = defaultdict(set)
        for phone, names in stored.sellers.items():
            sellers[phone] |= names
        for draft in drafts:
            if draft.phones and draft.holder and not draft.organisation:
                uses.append(PhoneUse(draft.phones[0], draft.holder, draft.insured or draft.holder))
            if draft.seller_phone and draft.seller:
                sellers[draft.seller_phone].add(draft.seller)
        return cls(shared_phones(uses), {phone: frozenset(n) for phone, n in sellers.items()})

    def without_sellers(self, record: PolicyRecord) -> tuple[str, ...]:
        """The further numbers of a policy, less those that are a seller's: never to be rung."""
        return tuple(
            phone
            for phone in record.other_phones
            if not self._is_strange_seller(phone, record.holder_name)
            and phone not in self.shared
            and phone != record.seller_phone
        )

    def _is_strange_seller(self, phone: str, holder: str) -> bool:
        names = self.sellers.get(phone)
        return bool(names) and holder not in (names or ())


def shared_phones(uses: Iterable[PhoneUse]) -> frozenset[str]:
    """Numbers under three or more unrelated holders.

    Holders are one family when one insured the other, or both insured the same person (two parents
    and a child); the same name on the same number is the same person.
    """
    by_phone: defaultdict[str, list[PhoneUse]] = defaultdict(list)
    for use in uses:
        by_phone[use.phone].append(use)
    return frozenset(
        phone
        for phone, those in by_phone.items()
        if len({use.holder for use in those}) >= TOO_MANY and _families(those) >= TOO_MANY
    )


def _families(uses: Iterable[PhoneUse]) -> int:
    families: list[set[str]] = []
    for use in uses:
        people = {use.holder, use.insured}
        related = [family for family in families if family & people]
        families = [family for family in families if not family & people]
        families.append(people.union(*related))
    return len(families)


def phone_reasons(draft: Draft, book: PhoneBook, title: Callable[[str], str]) -> list[Reason]:
    """Why the number to ring first must not be rung."""
    if not draft.phones or not draft.holder or draft.organisation:
        return []
    phone, column = draft.phones[0], draft.phone_column or title("phones")
    names = set(book.sellers.get(phone, ()))
    if phone == draft.seller_phone:
        names.add(draft.seller or "")
    reasons = []
    if names and draft.holder not in names:
        message = "投保人电话与业务员电话相同,又不是业务员自保件,请更正为投保人本人的电话"
        reasons.append(Reason("phone-of-seller", column, message, Status.SCREEN))
    if phone in book.shared and draft.holder not in names:
        message = f"同一电话登记在 {TOO_MANY} 个以上互不相关的投保人名下,请逐一核实"
        reasons.append(Reason("phone-shared", column, message, Status.SCREEN))
    return reasons
