"""Log lines: to stderr, one line each, without telephone or identity numbers."""

import logging
import re

_PHONE = re.compile(r"(?<!\d)(?:\+|%2B)?(?:86)?1\d{10}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
#: Libraries that log whole addresses, with numbers in them, on every request.
_TALKATIVE = (
    "httpx",
    "httpcore",
    "twilio",
    "waitress",
    "apscheduler",
    "alembic",
)


class Discreet(logging.Formatter):
    """Masks what looks like a telephone or identity number, whatever line it stands in."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        line = super().format(record)
        return _PHONE.sub("[phone]", _IDENTITY.sub("[id]", line))


def configure(level: str) -> None:
    """Log to stderr from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
