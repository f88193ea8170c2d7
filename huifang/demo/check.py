"""Holds what became of every callee against what the cast file expects; decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exchange import Cast
from exchange.cast import national
from store.ends import End

#: What ``expect`` may hold; findings are question codes, in any order.
KEYS = ("outcome", "class", "findings")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met. ``phone`` is masked."""

    policy: str
    phone: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How many policies had an expectation, how many met it, and what was not met."""

    expected: int
    matched: int
    mismatches: tuple[Mismatch, ...]


def compare(ends: Iterable[End], cast: Cast) -> Compared:
    """Every policy whose phone belongs to a callee with an ``expect``, and every callee with one
    whose phone is on no policy."""
    expected = {number: callee.expect for number, callee in cast.callees.items() if callee.expect}
    checked, matched, wrong = 0, 0, list[Mismatch]()
    seen = set()
    for end in ends:
        number = national(end.phone)
        if number in expected:
            seen.add(number)
            checked += 1
            found = differences(end, expected[number])
            matched += not found
            wrong.extend(found)
    for number in sorted(expected.keys() - seen):
        checked += 1
        wrong.append(Mismatch("-", masked(number), "policy", "on the list", "no policy"))
    return Compared(checked, matched, tuple(wrong))


def differences(end: End, expect: Mapping[str, Any]) -> list[Mismatch]:
    """What of an expectation was not met."""
    outcome = end.outcome or f"not called ({end.closed_because or ', '.join(end.reasons) or '-'})"
    found = {
        "outcome": outcome,
        "class": end.class_name or "-",
        "findings": _listed(end.findings),
    }
    wanted = {
        name: _listed(value) if name == "findings" else str(value) for name, value in expect.items()
    }
    return [
        Mismatch(end.policy, masked(national(end.phone)), name, value, found.get(name, "?"))
        for name, value in wanted.items()
        if found.get(name) != value
    ]


def masked(number: str) -> str:
    """A phone number as it may be shown."""
    return f"{number[:3]}****{number[-4:]}"


def _listed(codes: Any) -> str:
    return " ".join(sorted(str(code) for code in codes or ())) or "none"
