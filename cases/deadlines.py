"""By when a case must be closed. Pure: which days are working days is handed in."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from scripts.rulebooks import Calendar, Deadline

#: (day, number of working days) -> the day on which the last of them falls.
AddWorkingDays = Callable[[date, int], date]


def due_at(opened: datetime, deadline: Deadline, add_working_days: AddWorkingDays) -> datetime:
    """The last second of the last day. The day of discovery is not counted: seven natural days
    from Monday the 16th end on the 23rd at midnight."""
    if deadline.calendar is Calendar.WORKING:
        last = add_working_days(opened.date(), deadline.days)
    else:
        last = opened.date() + timedelta(days=deadline.days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=opened.tzinfo)
