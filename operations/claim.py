"""Take the next policies in the order of dialling: ask once more whether each may be rung, and
write its attempt down. The database itself refuses a second open attempt of a policy, a phone or a
person."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from operations.line import Line
from operations.plan import decide_anew, reasons_as_json, touch
from operations.policy_facts import Gathered, gather
from scheduler.facts import PolicyFacts
from scheduler.hours import is_open
from scheduler.may_dial import Allowed, may_dial
from scheduler.workdays import workday
from store import agenda, attempts
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt

#: Policies looked at together; more are only looked at when all of these turn out to be held.
_AT_ONCE = 20
#: So many looks at the agenda, and the rest waits for the next time.
_LOOKS = 10


def next_up(
    session: Session,
    line: Line,
    now: datetime,
    *,
    most: int,
    full_branches: Collection[str] = (),
) -> list[Attempt]:
    """New attempts for the most urgent policies that may be rung now, at most ``most``. Outside the
    calling hours only for those that were promised a call."""
    found: list[Attempt] = []
    seen: set[int] = set()
    closed = not is_open(now, line.rules.hours)
    for look in range(_LOOKS):
        left = most - len(found)
        ids = agenda.next_ready(
            session,
            min(_AT_ONCE, left) if look == 0 else _AT_ONCE,
            promised_only=closed,
            full_branches=full_branches,
            besides=seen,
        )
        if not ids:
            break
        seen.update(ids)
        found += of_these(session, line, ids, now, left)
        if len(found) >= most:
            break
    return found


def of_these(
    session: Session, line: Line, ids: Sequence[int], now: datetime, most: int
) -> list[Attempt]:
    """Attempts for those of the policies that may be rung, at most so many; the others get their
    place anew."""
    wanted: list[Attempt] = []
    busy: set[str] = set()
    for found in gather(session, line, ids, now):
        if len(wanted) >= most:
            break
        decision = may_dial(found.facts, now, line.rules, line.order)
        people = {found.policy.person or ""} - {""}
        free = isinstance(decision, Allowed) and not busy & {decision.phone, *people}
        if isinstance(decision, Allowed) and free and found.to_be_rung:
            wanted.append(_attempt(found, decision, line, now))
            busy |= {decision.phone, *people}
    opened = attempts.open_new(session, wanted)
    touch(
        session,
        now,
        phones=[one.phone for one in opened],
        persons=[one.person for one in opened if one.person],
    )
    decide_anew(session, line, ids, now)
    return opened


def may_still_ring(session: Session, line: Line, attempt: Attempt, now: datetime) -> bool:
    """Whether an attempt that is open, but has not rung, may ring now: as if it were not there."""
    (found,) = gather(session, line, [attempt.policy_id], now)
    decision = may_dial(_without(found, attempt), now, line.rules, line.order)
    allowed = isinstance(decision, Allowed) and decision.phone == attempt.phone
    return allowed and found.to_be_rung


def _without(found: Gathered, attempt: Attempt) -> PolicyFacts:
    """The facts of a policy without one of its open attempts."""
    facts = found.facts
    use = facts.use_of(attempt.phone)
    numbers = {**facts.numbers, attempt.phone: replace(use, today=use.today - 1, in_call=False)}
    person = facts.person
    if person is not None and attempt.person is not None:
        person = replace(person, today=person.today - 1, in_call=False)
    return replace(facts, in_call=False, numbers=numbers, person=person)


def _attempt(found: Gathered, decision: Allowed, line: Line, now: datetime) -> Attempt:
    return Attempt(
        policy_id=found.policy.id,
        policy=found.policy,
        number=len(found.attempts) + 1,
        phone=decision.phone,
        person=found.policy.person,
        state="placing",
        planned_at=now,
        deadline=decision.deadline,
        reasons=reasons_as_json(decision.reasons),
        decision=_kept(decision, line, now),
        leased_by=line.worker,
        lease=1,
    )


def _kept(decision: Allowed, line: Line, now: datetime) -> dict[str, Any]:
    """What the decision rested on besides its reasons, for whoever asks later why she was called.
    ``calendar``: whether the year's working days were published when it was made."""
    day = now.astimezone(LOCAL).date()
    return {
        "rank": decision.rank.key,
        "slots_left": decision.slots_left,
        "rulebook": f"{line.rulebook.id}:{line.rulebook.version}",
        "calendar": "confirmed" if workday(day, line.own_days).confirmed else "unconfirmed",
    }
