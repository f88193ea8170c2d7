"""聚集预警: every night the complaints about each seller are looked at, and where they are as many
as the insurer's file says an alarm is raised, once. It is closed with what was done; a complaint
that comes afterwards raises it anew."""

from datetime import datetime, timedelta

from cases.complaint_statistics import Window, cluster
from operations import audit
from operations.accountability import LONGEST
from operations.line import Line
from operations.rights import Action, Who
from store import complaint_clusters as store
from store.agenda import slices
from store.complaint_clusters import Seller
from store.database import Session
from store.tables import ComplaintCluster


class ClusterTrouble(Exception):  # noqa: N818 - trouble of the form, not an error of ours
    """The alarm cannot be closed like this. The message says what to do instead."""


def find(line: Line) -> int:
    """Raise what is to be raised, and bring open alarms up to date. What lies long ago is told only
    when one of its complaints was written down lately: a letter that lay about. Returns how many
    were raised or have grown; a second time it changes nothing."""
    rule, done = line.lessons.cluster, 0
    since = line.clock() - timedelta(days=rule.days)
    with line.database.reading() as session:
        sellers = store.sellers_since(session, since, rule.complaints)
    for part in slices(sellers):
        with line.database.transaction() as session:
            for seller, known in store.complaints_about(session, part).items():
                window = cluster([received for received, _taken, _number in known], rule)
                if window is not None:
                    inside = [one for one in known if window.first <= one[0] <= window.last]
                    if any(taken >= since for _received, taken, _number in inside):
                        done += _raise(session, line, seller, window, inside)
    return done


def close(line: Line, who: Who, number: int, version: int, done: str) -> None:
    """Close an alarm with what was done about the seller; the same form twice changes nothing.
    Raises ClusterTrouble."""
    done = done.replace("\0", "").strip()
    if not done:
        raise ClusterTrouble("what was done about the seller is missing; write it down")
    if len(done) > LONGEST:
        raise ClusterTrouble(f"this text may have {LONGEST} characters; shorten it")
    if not who.may(Action.HOLD_ACCOUNTABLE):
        raise ClusterTrouble("none of your roles allows this; a supervisor or compliance can")
    with line.database.transaction() as session:
        row = store.locked(session, number)
        if row is None:
            raise ClusterTrouble(f"there is no alarm {number}; look at the list")
        if row.closed_at is not None:
            if (row.closed_by, row.done) == (who.name, done):
                return
            raise ClusterTrouble(f"{row.closed_by} has closed this alarm already")
        if row.version != version:
            raise ClusterTrouble("this alarm has grown meanwhile; look at it before you close it")
        row.closed_at, row.closed_by, row.done = line.clock(), who.name, done
        row.version += 1
        audit.note(session, line, who.name, "cluster-closed", f"complaint:{row.complaint_id}", done)


def _raise(
    session: Session,
    line: Line,
    seller: Seller,
    window: Window,
    inside: list[tuple[datetime, datetime, int]],
) -> int:
    """Raise a cluster, or let an open one grow. Returns whether anything has changed."""
    newest = max(inside)[2]
    before = store.newest(session, seller)
    if before is not None and before.closed_at is None:
        return _grow(before, window, newest)
    if before is not None and all(
        taken <= before.closed_at for _received, taken, _number in inside if before.closed_at
    ):
        return 0  # nobody has complained since
    session.add(
        ComplaintCluster(
            complaint_id=newest, seller_name=seller[1], first_at=window.first,
            last_at=window.last, count=window.count, raised_at=line.clock(), version=1,
        )
    )  # fmt: skip
    return 1


def _grow(row: ComplaintCluster, window: Window, newest: int) -> int:
    found = (window.first, window.last, window.count, newest)
    if (row.first_at, row.last_at, row.count, row.complaint_id) == found:
        return 0
    row.first_at, row.last_at, row.count, row.complaint_id = found
    row.version += 1
    return 1
