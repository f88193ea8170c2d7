"""Phone and identity numbers as they may be shown. Pure; every page and every export goes through
here, so that a full number never leaves the database by way of the console."""

import re

_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?|0086[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_IDENTITY = re.compile(
    r"(?<!\d)(\d{3})\d{3}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)"
)
#: A number spoken digit by digit, as a recogniser writes it: 一三九零零零零零零零一.
_DIGIT = "[零〇一二三四五六七八九幺]"
_SPOKEN = re.compile(f"({_DIGIT}{{3}}){_DIGIT}{{4,}}(?=(?:{_DIGIT}|[Xx]){{4}})")


def mask_phone(number: str | None) -> str:
    """``+8613900000001`` -> ``139****0001``; a number too short to mask becomes stars."""
    if not number:
        return ""
    digits = re.sub(r"\D", "", number)
    if digits.startswith("86") and len(digits) > 11:
        digits = digits[2:]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else "*" * len(digits)


def mask_identity(number: str | None) -> str:
    """First three and last four: ``110********1234``; anything short becomes stars."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * 8}{number[-4:]}" if len(number) >= 10 else "*" * len(number)


def mask_text(text: str | None) -> str:
    """Free text with every mobile and identity number in it masked, in digits or spoken."""
    if not text:
        return ""
    text = _SPOKEN.sub(r"\1****", text)
    safe = _IDENTITY.sub(lambda match: f"{match[1]}{'*' * 8}{match[2]}", text)
    return _PHONE.sub(lambda match: f"{match[1]}****{match[3]}", safe)
