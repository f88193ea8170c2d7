"""Who is the same person across policies. Pure; the key tells nothing about the person."""

from datetime import date
from hashlib import blake2b

_BYTES = 16


def person_key(name: str | None, id_number: str | None, birth: date | None) -> str | None:
    """The same 32 letters for the same holder on every policy: by the identity number, else by name
    and birthday; None where neither is known, and the number rung has to stand for the person."""
    if id_number:
        known = f"id:{id_number.strip().upper()}"
    elif name and birth:
        known = f"name:{name.strip()}:{birth.isoformat()}"
    else:
        return None
    return blake2b(known.encode(), digest_size=_BYTES).hexdigest()
