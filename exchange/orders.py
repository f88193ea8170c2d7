"""Reads the form of a new call into an Order, with the vendor's refusals. Pure."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from exchange import errors
from exchange.calls import Hook, Order
from exchange.errors import RestError

#: The longest document that fits into the parameter ``Twiml``, in characters.
LONGEST_TWIML = 4000
_LONGEST_RING_S = 600
_E164 = re.compile(r"\+?[0-9][0-9 ()\-.]{1,24}\Z")
_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_RECORDING_EVENTS = frozenset({"in-progress", "completed", "absent"})


#: A posted form: every value of every name.
Form = Mapping[str, Sequence[str]]


def read(form: Form) -> Order:
    """The order. Raises RestError with the vendor's code for the first mistake."""
    twiml = _word(form, "Twiml")
    if twiml and len(twiml) > LONGEST_TWIML:
        raise RestError(400, 21205, f"Twiml is longer than {LONGEST_TWIML} characters")
    return Order(
        to=_number(form, "To", 21201, 21211),
        from_=_number(form, "From", 21213, 21212),
        hook=Hook()
        if twiml
        else Hook(_url(form, "Url", 21205, needed=True), _method(form, "Method")),
        twiml=twiml,
        fallback=Hook(_url(form, "FallbackUrl", 21205), _method(form, "FallbackMethod")),
        status=_hook(form, "StatusCallback", _EVENTS, 21609),
        record=_flag(form, "Record"),
        channels=_channels(form),
        recording=_hook(form, "RecordingStatusCallback", _RECORDING_EVENTS, 21609),
        machine_detection=_choice(form, "MachineDetection", ("Enable", "DetectMessageEnd")),
        machine_detection_timeout=_seconds(form, "MachineDetectionTimeout", 30, 3, 59),
        timeout=_seconds(form, "Timeout", 60, 1, _LONGEST_RING_S),
        time_limit=_seconds(form, "TimeLimit", 14400, 1, 86400),
    )


def _word(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")


def _number(form: Form, name: str, missing: int, wrong: int) -> str:
    number = _word(form, name).strip()
    if not number:
        raise RestError(400, missing, f"No '{name}' number is specified")
    digits = re.sub(r"\D", "", number)
    if not _E164.match(number) or not 3 <= len(digits) <= 15:
        raise RestError(
            400,
            wrong,
            f"The phone number you are attempting to call, {number}, is not valid."
            if name == "To"
            else f"The '{name}' number {number} is not a valid phone number.",
        )
    return number


def _hook(form: Form, name: str, events: frozenset[str], wrong: int) -> Hook:
    # A list comes as repeated fields; some clients join it with spaces.
    wanted = tuple(" ".join(form.get(f"{name}Event", ())).split())
    for event in wanted:
        if event not in events:
            raise errors.invalid(f"{name}Event", event)
    return Hook(_url(form, name, wrong), _method(form, f"{name}Method"), wanted)


def _url(form: Form, name: str, wrong: int, *, needed: bool = False) -> str:
    url = _word(form, name)
    if not url and needed:
        raise RestError(400, wrong, "Url parameter is required.")
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise RestError(400, wrong, f"{name} is not a valid URL: {url}")
    return url


def _method(form: Form, name: str) -> str:
    return _choice(form, name, ("POST", "GET")) or "POST"


def _choice(form: Form, name: str, choices: Sequence[str]) -> str:
    word = _word(form, name)
    if word and word not in choices:
        raise errors.invalid(name, word)
    return word


def _flag(form: Form, name: str) -> bool:
    return _choice(form, name, ("true", "false", "True", "False")).lower() == "true"


def _channels(form: Form) -> int:
    """Mono unless dual was asked for."""
    names: Mapping[str, int] = {"": 1, "mono": 1, "dual": 2}
    return names[_choice(form, "RecordingChannels", ("mono", "dual"))]


def _seconds(form: Form, name: str, default: int, least: int, most: int) -> int:
    word = _word(form, name) or str(default)
    if not word.isdecimal() or not least <= int(word) <= most:
        raise errors.invalid(name, word)
    return int(word)
