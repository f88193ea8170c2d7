"""What a dialable number looks like. It must not guess or repair: that is the import's work."""

import re

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_e164(text: str) -> bool:
    """True for ``+8613900001234``; False for anything else, SIP addresses included (ITU E.164)."""
    return _E164.fullmatch(text) is not None
