"""Orders as they are written down before they are dialled, each about a policy of its own."""

import itertools
from datetime import datetime
from typing import Any

from store import scripts
from store.database import Session
from store.tables import Call, Policy
from tests.store import conftest as rows

_numbers = itertools.count(1)


def policy(session: Session, branch: str | None = None) -> Policy:
    """A policy of a branch, with a number of its own."""
    number = next(_numbers)
    found = rows.policy(session, f"P{number:04d}", f"+861390000{number:04d}")
    found.branch = branch
    return found


def order(session: Session, now: datetime, branch: str | None = None, **changes: Any) -> Call:
    """An order that is out."""
    of = policy(session, branch)
    script = scripts.keep(session, "0" * 64, "standard", "id: standard")
    call = Call(
        token=f"token {of.number}",
        attempt=rows.attempt(of, state="placing", planned_at=now, lease=1),
        policy_id=of.id,
        phone=of.phone,
        script_hash=script.hash,
        facts={},
        ordered_at=now,
        **changes,
    )
    session.add(call)
    session.flush()
    return call
