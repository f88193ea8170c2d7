"""In which order cases are worked on (电话回访处理顺序), and whether a revisit was in the period:
two questions that a rulebook answers from its data. Pure."""

from datetime import date, timedelta

from scripts.rulebooks.model import OrderStep, Rulebook
from scripts.rulebooks.vocabulary import Issued, PeriodFrom


def case_place(rulebook: Rulebook, class_id: str, issued_on: date, today: date) -> int:
    """The place of a case, 0 first. Months are calendar months, as seen from ``today``; a class
    that has no place comes last."""
    for place, step in enumerate(rulebook.processing_order):
        if class_id in step.classes and _of_month(step, issued_on, today):
            return place
    return len(rulebook.processing_order)


def months_of(step: OrderStep, today: date) -> tuple[date, date] | None:
    """The first day of the month that a place is about, and that of the month after it; None where
    it is about any month."""
    if step.issued is None:
        return None
    last = 1 if step.issued is Issued.LAST_MONTH else 2
    return _first(_months(today) - last), _first(_months(today) - last + 1)


def _first(months: int) -> date:
    year, month = divmod(months - 1, 12)
    return date(year, month + 1, 1)


def _of_month(step: OrderStep, issued_on: date, today: date) -> bool:
    if step.issued is None:
        return True
    back = 1 if step.issued is Issued.LAST_MONTH else 2
    return _months(today) - _months(issued_on) == back


def _months(day: date) -> int:
    return day.year * 12 + day.month


def in_period(
    rulebook: Rulebook, called_on: date, issued_on: date, cooling_off_ends_on: date
) -> bool:
    """Whether a revisit on ``called_on`` counts as made in the period (conflict C-03). Both last
    days are included: 18 natural days since issue are days 0 to 18."""
    test = rulebook.in_period
    if test.counts_from is PeriodFrom.ISSUE and test.days is not None:
        return called_on <= issued_on + timedelta(days=test.days)
    return called_on <= cooling_off_ends_on
