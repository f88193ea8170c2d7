"""Which mended data open a closed revisit again. Pure."""

from collections.abc import Mapping

#: Column of the policy that was mended -> reasons for closing that it does away with. A wrong
#: number, nobody reached on it, a policy that had not arrived, an identity that did not match.
MENDS: Mapping[str, frozenset[str]] = {
    "phone": frozenset(
        {
            "empty-number",
            "suspended",
            "no-such-person",
            "retries-exhausted",
            "attempts-exhausted",
        }
    ),
    "receipt_signed_on": frozenset({"not-received"}),
    "holder_birth": frozenset({"identity-failed"}),
    "holder_id_number": frozenset({"identity-failed"}),
}


def reopens(closed_because: str | None, changed: frozenset[str]) -> bool:
    """Whether a revisit closed for this reason is to be made after these columns have changed.

    What was tried before does not count any more then: it was tried on other data.
    """
    return any(closed_because in MENDS.get(column, ()) for column in changed)
