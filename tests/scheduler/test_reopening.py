"""Mended data and the closed revisits that they open again."""

import pytest

from scheduler.reopening import reopens


@pytest.mark.parametrize(
    ("because", "changed", "again"),
    [
        ("empty-number", {"phone"}, True),
        ("retries-exhausted", {"phone", "note"}, True),
        ("empty-number", {"other_phones"}, True),
        ("empty-number", {"address", "holder_name"}, False),
        ("not-received", {"receipt_signed_on"}, True),
        ("identity-failed", {"holder_birth"}, True),
        ("completed", {"phone", "receipt_signed_on", "holder_birth"}, False),
        ("refused", {"phone", "receipt_signed_on", "holder_birth"}, False),
        ("deceased", {"phone"}, False),
        (None, {"phone"}, False),
    ],
)
def test_only_what_stood_in_the_way_opens_a_revisit(
    because: str | None, changed: set[str], again: bool
) -> None:
    assert reopens(because, frozenset(changed)) is again
