"""Slots: every one speaks, none is a way into Python, and an empty one is never silence."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import slots
from scripts.facts import Facts
from scripts.slots import SLOTS


def test_every_slot_speaks(facts_with: Callable[..., Facts]) -> None:
    facts = facts_with(
        address="示例路1号",
        phone_tail="0138",
        seller_name="钱示例",
        bank_branch="示例支行",
        next_due_on=facts_with().issued_on,
        matter="未收到保险合同",
        matter_on=facts_with().issued_on,
    )
    when = "2026-11-06T15:00:00+08:00"

    for name in SLOTS:
        assert slots.fill(slots.parse(f"{{{{ {name} }}}}"), facts, when)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ holder.name }}{{ holder.title | 本人 }}", "赵示例女士"),
        ("{{holder.name}}", "赵示例"),
        ("每次{{ policy.premium }}。", "每次一万二千元。"),
        ("{{ callback.time | 改日 }}", "改日"),
        ("没有", "没有"),
        ("", ""),
    ],
)
def test_filling(facts_with: Callable[..., Facts], source: str, words: str) -> None:
    assert slots.fill(slots.parse(source), facts_with()) == words


def test_an_empty_slot_speaks_its_fallback(facts_with: Callable[..., Facts]) -> None:
    text = slots.parse("{{ holder.title | 本人 }}{{ contact.address | 合同上的地址 }}")

    assert slots.fill(text, facts_with(holder_gender=None, address="")) == "本人合同上的地址"


def test_an_empty_slot_without_a_fallback_is_our_fault(facts_with: Callable[..., Facts]) -> None:
    with pytest.raises(LookupError, match=r"contact\.address is empty"):
        slots.fill(slots.parse("{{ contact.address }}"), facts_with())


@pytest.mark.parametrize(
    "source", ["{{ a", "a }}", "{ a }", "{{ a }} }", "{{ {{ a }} }}", "{% a %}"]
)
def test_braces_are_only_for_slots(source: str) -> None:
    with pytest.raises(ValueError, match="braces are only for slots"):
        slots.parse(source)


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text = slots.parse(source)
    except ValueError:
        assert "{" in source or "}" in source
    else:
        assert text.source == source


def test_a_name_with_braces_stays_a_name(facts_with: Callable[..., Facts]) -> None:
    facts = facts_with(holder_name="{{ policy.product }}")

    assert slots.fill(slots.parse("{{ holder.name }}"), facts) == "{{ policy.product }}"


@pytest.mark.parametrize(
    "value", [None, "", "1985-03-06", "19850306", "0021", "deceased", "2026-11-06T15:00:00", "T"]
)
def test_what_is_no_time(value: str | None) -> None:
    assert slots.time_of(value) is None
