"""The same answers and the same ends of calls under every rulebook that ships: each insurer's own
class and number, never another's (domain.md 1.10, conflicts C-04 to C-06)."""

import pytest

from cases.classify import Ended, classify
from scripts import rulebooks
from scripts.outcomes import Outcome
from scripts.rulebooks import Rulebook
from tests.cases.conftest import finding

#: The columns of the tables below.
BOOKS = (
    "standard", "four-results", "signed-letters", "work-orders", "sales-tool", "central-calls",
    "seven-steps", "two-questionnaires", "special-revisits",
)  # fmt: skip

#: What the holder's answer came to, and the class and the number of the kind in each rulebook.
SAID: dict[str, tuple[str, ...]] = {
    # C-05 未收到保单
    "RECEIPT denied": (
        "核实件 7", "核实件 7", "一次沟通解释件 1", "一次沟通解释件 3", "沟通解释件 3", "问题件 2",
        "问题件 1", "核实件 7", "回访发现的问题 3",
    ),
    "RECEIPT unsure": (
        "问题件 5", "核实件 7", "一次沟通解释件 1", "一次沟通解释件 3", "沟通解释件 3", "问题件 2",
        "问题件 1", "问题件 5", "回访发现的问题 3",
    ),
    # C-04 代签名
    "SIGN_APP denied": (
        "问题件 1", "问题件 1", "代签名件 1", "一次沟通解释件 1", "沟通解释件 1", "问题件 1",
        "问题件 3", "问题件 1", "重大问题 1",
    ),
    # C-06 不知道购买
    "AWARE denied": (
        "问题件 1", "问题件 1", "一次沟通解释件 8", "一次沟通解释件 10", "沟通解释件 2", "问题件 3",
        "问题件 2", "问题件 1", "重大问题 2",
    ),
    "LIABILITY denied": (
        "问题件 2", "问题件 2", "一次沟通解释件 6", "一次沟通解释件 5", "沟通解释件 1",
        "契约品质件 1", "契约品质件 1", "问题件 2", "回访发现的问题 4",
    ),
    "LIABILITY explain": (
        "问题件 5", "问题件 5", "一次沟通解释件 6", "一次沟通解释件 5", "沟通解释件 1",
        "契约品质件 1", "契约品质件 2", "问题件 5", "回访发现的问题 4",
    ),
    "LIABILITY resolved": (
        "次标准件 2", "次标准件 2", "一次沟通解释件 6", "一次沟通解释件 5", "沟通解释件 1",
        "契约品质件 1", "契约品质件 1", "次标准件 2", "回访发现的问题 4",
    ),
    "DISCLOSE denied": (
        "问题件 2", "问题件 2", "一次沟通解释件 10", "一次沟通解释件 9", "沟通解释件 4",
        "契约品质件 2", "问题件 4", "问题件 2", "回访发现的问题 5",
    ),
    "CONTACT denied": (
        "问题件 4", "问题件 4", "一次沟通解释件 10", "一次沟通解释件 9", "沟通解释件 4",
        "契约品质件 2", "契约品质件 3", "问题件 4", "回访发现的问题 2",
    ),
    "HESITATION complaint": (
        "问题件 1", "问题件 1", "投诉件 1", "投诉件 1", "投诉件 1", "投诉件 1", "投诉件 1",
        "问题件 1", "投诉件 1",
    ),
}  # fmt: skip

#: How the call ended; "at last" when no attempt is left.
ENDED: dict[str, tuple[str, ...]] = {
    "completed": (
        "标准件", "标准件", "回访完成", "回访完成", "回访完成", "回访完成", "回访完成", "标准件",
        "回访成功",
    ),
    # C-06 表示未购买保险
    "unaware": (
        "核实件 3", "核实件 3", "一次沟通解释件 8", "核实件 4", "沟通解释件 2", "问题件 3",
        "问题件 2", "核实件 3", "重大问题 2",
    ),
    "refused": (
        "核实件 3", "核实件 3", "核实件 4", "核实件 4", "电话件 2", "不成功件 3", "核实件 3",
        "核实件 3", "电话回访不成功件 2",
    ),
    "language": (
        "核实件 5", "核实件 5", "人工亲访件 1", "核实件 5", "电话件 1", "方言件 1", "核实件 5",
        "核实件 5", "电话回访不成功件 4",
    ),
    "empty-number": (
        "核实件 1", "核实件 1", "核实件 1", "核实件 2", "核实件 4", "不成功件 1", "核实件 1",
        "核实件 1", "电话回访不成功件 1",
    ),
    "busy at last": (
        "核实件 6", "核实件 6", "核实件 2", "核实件 1", "电话件 3", "不成功件 2", "核实件 6",
        "核实件 6", "电话回访不成功件 5",
    ),
    "not-holder at last": (
        "核实件 6", "核实件 6", "核实件 2", "核实件 3", "电话件 3", "不成功件 2", "核实件 6",
        "核实件 6", "电话回访不成功件 5",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def books() -> dict[str, Rulebook]:
    return {name: rulebooks.load(name) for name in rulebooks.rulebooks()}


def said(answer: str, book: Rulebook) -> str:
    question, status = answer.split()
    headline = classify([finding(question, status)], Ended(Outcome.COMPLETED), book)
    assert headline is not None
    assert headline.kind is not None
    return f"{headline.case_class.name} {headline.kind.number}"


def ended(end: str, book: Rulebook) -> str:
    outcome, _, last = end.partition(" ")
    headline = classify([], Ended(Outcome(outcome), exhausted=bool(last)), book)
    assert headline is not None
    number = f" {headline.kind.number}" if headline.kind else ""
    return f"{headline.case_class.name}{number}"


def test_the_tables_have_every_rulebook() -> None:
    assert sorted(BOOKS) == rulebooks.rulebooks()


@pytest.mark.parametrize("answer", SAID)
def test_the_same_answer_in_every_vocabulary(answer: str, books: dict[str, Rulebook]) -> None:
    assert tuple(said(answer, books[name]) for name in BOOKS) == SAID[answer]


@pytest.mark.parametrize("end", ENDED)
def test_the_same_end_in_every_vocabulary(end: str, books: dict[str, Rulebook]) -> None:
    assert tuple(ended(end, books[name]) for name in BOOKS) == ENDED[end]


def test_one_answer_has_different_classes(books: dict[str, Rulebook]) -> None:
    """A policy that was not received: to be verified, a problem, an explanation (C-05)."""
    classes = {said("RECEIPT denied", book).split()[0] for book in books.values()}

    assert classes == {"核实件", "问题件", "一次沟通解释件", "沟通解释件", "回访发现的问题"}


@pytest.mark.parametrize("answer", ["SIGN_APP denied", "TRUE_WILL denied", "AWARE denied"])
def test_what_the_law_calls_misselling_is_never_the_sellers(
    answer: str, books: dict[str, Rulebook]
) -> None:
    """2010年第4号 第18条: somebody other than the seller, within fifteen working days where the
    insurer has no shorter time of its own."""
    question, status = answer.split()
    for book in books.values():
        headline = classify([finding(question, status)], None, book)
        assert headline is not None
        assert headline.family is not None
        assert not headline.family.seller_may_handle, book.id
        assert headline.deadline is not None
        assert headline.deadline.days <= 15, book.id
