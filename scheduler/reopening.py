"""Which mended data open a closed revisit again. Pure."""

from collections.abc import Mapping

_NOT_REACHED = frozenset(
    {
        "empty-number",
        "suspended",
        "wrong-number",
        "no-number-left",
        "retries-exhausted",
        "attempts-exhausted",
    }
)
#: Column of the policy that was mended -> reasons for closing that it does away with. A wrong
#: number, nobody reached on it, a policy that had not arrived, an identity that did not match.
MENDS: Mapping[str, frozenset[str]] = {
    "phone": _NOT_REACHED,
    "other_phones": _NOT_REACHED,
    "receipt_signed_on": frozenset({"not-received"}),
    "holder_birth": frozenset({"identity-failed"}),
    "holder_id_number": frozenset({"identity-failed"}),
}


def reopens(closed_because: str | None, changed: frozenset[str]) -> bool:
    """Whether a revisit closed for this reason is to be made after these columns have changed.

    What was tried before does not count any more then: it was tried on other data.
    """
    return any(closed_because in MENDS.get(column, ()) for column in changed)
