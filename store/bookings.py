"""Calls that are booked beside the first revisit: second revisits of cases, and follow-up revisits
of complaints. At most one of a kind is booked for each policy; the second revisit is rung first."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from store import case_work, complaints
from store.tables import ComplaintRevisit, SecondRevisit

Booking = SecondRevisit | ComplaintRevisit


def booked_of(session: Session, policy_id: int) -> Booking | None:
    """What is to be rung about a policy."""
    second = case_work.booked_of(session, policy_id)
    return second or complaints.booked_of(session, policy_id)


def booked_of_all(session: Session, policy_ids: Sequence[int]) -> dict[int, Booking]:
    """The same of many policies, by policy."""
    found: dict[int, Booking] = {**complaints.booked_of_all(session, policy_ids)}
    return found | case_work.booked_of_all(session, policy_ids)


def was_booked(session: Session, call_id: int) -> bool:
    """Whether a booking has ended with this call."""
    second = case_work.of_call(session, call_id)
    return second is not None or complaints.of_call(session, call_id) is not None
