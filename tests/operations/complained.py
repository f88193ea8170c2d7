"""Complaints as rows, for tests of what they teach: how they are worked on is told elsewhere."""

from datetime import datetime, timedelta
from typing import Any

from operations.line import Line
from store.tables import Complaint


def complaint(at: datetime, number: int = 0, **changes: Any) -> Complaint:
    """A complaint that came in at this moment; ``number`` tells it apart."""
    given: dict[str, Any] = {
        "key": f"form:{at:%Y%m%d%H%M%S}-{number}-{sorted(changes.items())}"[:120],
        "channel": "hotline", "received_at": at, "taken_at": at, "taken_by": "受理员",
        "branch": None, "matter": "收益与承诺不符", "demand": "全额退保", "kind": "misselling",
        "complexity": "simple", "major": False, "people": 1, "signals": [], "product": None,
        "seller_name": None, "complainant_name": "陈安平", "relation": "holder",
        "state": "received", "version": 1, "round": 1, "round_since": 1, "clock_from": at,
        "extended": False,
    }  # fmt: skip
    return Complaint(**{**given, **changes})


def came(line: Line, *each: dict[str, Any], apart: timedelta = timedelta(minutes=1)) -> list[int]:
    """Complaints that came in, one after the other, the last one now; their numbers."""
    now = line.clock()
    rows = [
        complaint(**{"at": now - apart * (len(each) - 1 - place), "number": place, **one})
        for place, one in enumerate(each)
    ]
    with line.database.transaction() as session:
        session.add_all(rows)
        session.flush()
        return [one.id for one in rows]
