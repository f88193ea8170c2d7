"""What differs between two rulebooks, as a supervisor reads it."""

import pytest

from scripts import rulebooks
from scripts.rulebooks.changes import ChangeKind, changes, sentence
from scripts.rulebooks.reader import LIBRARY
from scripts.yamlfile import parse

TEXT = (LIBRARY / "standard.yaml").read_text("utf-8")


def told(*pairs: tuple[str, str]) -> list[str]:
    """The differences after these replacements, in sentences."""
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    books = [rulebooks.read(one) for one in (TEXT, text)]
    data = [parse(one, "rulebook").data for one in (TEXT, text)]
    return [sentence(change) for change in changes(books[0], books[1], data[0], data[1])]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (
            "cooling_off_start: day-after",
            "cooling_off_start: same-day",
            [
                "C-02 犹豫期从哪天起算: now 犹豫期自签收当日起算 (was 犹豫期自签收次日起算)",
                "cooling off start: now 签收当日 (was 签收次日)",
            ],
        ),
        (
            "deadline: {days: 7, calendar: natural, source: 由本手册规定",
            "deadline: {days: 5, calendar: working, source: 由本手册规定",
            [
                "family 已纠正类, deadline, days: now 5 (was 7)",
                "family 已纠正类, deadline, calendar: now 工作日 (was 自然日)",
            ],
        ),
        (
            "name: 已纠正类",
            "name: 在线已解释类",
            ["family 已纠正类, name: now 在线已解释类 (was 已纠正类)"],
        ),
        (
            "{kind: not-recorded, codes: [RECORDED, TRUE_WILL]",
            "{kind: not-disclosed, codes: [RECORDED, TRUE_WILL]",
            [
                "triggers: no longer kind 未接受录音录像或说不清, codes [RECORDED, TRUE_WILL],"
                " statuses [denied, unsure, explain, unclear, silent, refused]",
                "triggers: new, kind 未如实告知或说不清, codes [RECORDED, TRUE_WILL],"
                " statuses [denied, unsure, explain, unclear, silent, refused]",
            ],
        ),
        (
            "precedence: [complaint, misselling, proxy-signature,",
            "precedence: [misselling, complaint, proxy-signature,",
            ["precedence: the same in another order"],
        ),
        (
            "{counts_from: receipt-returned, after_days: 1,",
            "{counts_from: receipt-returned, after_days: 1, by_days: 3,",
            ["first call, by days: new, 3"],
        ),
        (
            "seller_may_handle: false\n    proof: 书面",
            "proof: 书面",
            ["family 投诉类, seller may handle: no longer no"],
        ),
        (
            "busy: {again: true, after_min: 30, most: 4, then: branch-call}",
            "busy: {again: true, after_min: 45, most: 4, then: visit}",
            [
                "retries, busy, after min: now 45 (was 30)",
                "retries, busy, then: now 面访 (was 机构电话)",
            ],
        ),
        (
            'working: ["09:00-12:00", "13:30-21:00"]',
            'working: ["09:00-12:00", "13:00-21:00"]',
            [
                "calling, hours, working: no longer 13:30-21:00",
                "calling, hours, working: new, 13:00-21:00",
            ],
        ),
        (
            "{way: letter, needs_days: 5}",
            "{way: letter, needs_days: 7}",
            [
                "other ways: no longer way 信函, needs_days 5",
                "other ways: new, way 信函, needs_days 7",
            ],
        ),
        (
            "when: ['holder_age >= 60']",
            "when: ['holder_age >= 70']",
            [
                "rule 60岁及以上, when: no longer holder_age >= 60",
                "rule 60岁及以上, when: new, holder_age >= 70",
            ],
        ),
        (
            "  - {kind: language, outcomes: [language]}\n",
            "  - {kind: refused, outcomes: [language]}\n",
            [
                "triggers: no longer kind 语言沟通不畅, outcomes [language]",
                "triggers: new, kind 拒访, outcomes [language]",
            ],
        ),
        ("source: 002-a\n", "source: 002-k\n", []),
    ],
)
def test_a_difference_in_words(old: str, new: str, sentences: list[str]) -> None:
    assert told((old, new)) == sentences


def test_entries_that_come_and_go() -> None:
    found = told(
        ("  - {id: shared-phone,", "  - {id: same-phone,"), ("shared: shared-", "shared: same-")
    )

    assert found == [
        "kind 重复号码: no longer there",
        "kind 重复号码: new, family 核实类, number 2, found_by 清单筛查",
    ]


def test_nothing_differs() -> None:
    assert told() == []


def test_other_rulebooks_differ_in_their_decisions_first() -> None:
    books = [rulebooks.load(name) for name in ("seven-steps", "special-revisits")]
    data = [rulebooks.plain(name) for name in ("seven-steps", "special-revisits")]
    found = changes(books[0], books[1], data[0], data[1])

    first = [change.path for change in found[:3]]
    assert first == ["conflicts.C-01", "conflicts.C-02", "conflicts.C-04"]
    removed = {change.part for change in found if change.kind is ChangeKind.REMOVED}
    assert {"class 问题件", "class 契约品质件"} <= removed
