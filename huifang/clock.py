"""The one place that asks the machine what time it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment in the insurer's time zone."""
    return datetime.now(CHINA)
