"""Special revisits (特殊回访件, 002-k 三、四): a branch applies, its manager decides, and an
approved one is made by the branch in the agreed way and time; head office never rings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.facts import cooling_off_of
from operations.handover import SPECIAL, end, open_handover
from operations.line import Line
from operations.otherwise import OtherwiseTrouble, name_of, reason_of
from operations.plan import touch
from scheduler.otherwise import Decide, Ground, Special, Step, decided, same_person
from scheduler.rules import Way
from store import handovers, otherwise, policies
from store.columns import LOCAL
from store.database import Session
from store.tables import Policy, SpecialRevisit


@dataclass(frozen=True, slots=True)
class Application:
    """《特殊回访件申请表》: why a policy is not to be revisited by phone, and what was agreed with
    the customer instead. ``agreed_for`` is aware."""

    policy: str
    ground: Ground
    reason: str
    way: Way
    agreed_for: datetime
    signed_by_customer: bool
    signed_by_agent: bool
    by: str


@dataclass(frozen=True, slots=True)
class SpecialLine:
    """One application as it is shown."""

    id: int
    policy: str
    state: str
    ground: str
    way: str
    agreed_for: datetime
    reason: str
    signed_by_customer: bool
    signed_by_agent: bool
    applied_at: datetime
    applied_by: str
    decided_at: datetime | None
    decided_by: str | None
    decided_because: str | None


def apply(line: Line, asked: Application) -> int:
    """Keep an application; returns its number. Calls go on until it is approved. Raises
    OtherwiseTrouble."""
    by, reason = name_of(asked.by), reason_of(asked.reason)
    with line.database.transaction() as session:
        now = line.clock()
        policy = policies.by_number(session, asked.policy)
        if policy is None:
            raise OtherwiseTrouble(f"there is no policy {asked.policy}; check its number")
        _still_possible(line, policy, asked.agreed_for, now)
        special = SpecialRevisit(
            policy_id=policy.id,
            ground=asked.ground,
            reason=reason,
            way=asked.way,
            agreed_for=asked.agreed_for,
            signed_by_customer=asked.signed_by_customer,
            signed_by_agent=asked.signed_by_agent,
            state=Special.APPLIED,
            applied_at=now,
            applied_by=by,
        )
        if not otherwise.add_special(session, special):
            raise _standing(session, policy)
        return special.id


def approve(line: Line, special_id: int, by: str) -> None:
    """Have the branch revisit the policy as agreed; head office does not ring any more. Raises
    OtherwiseTrouble."""
    by = name_of(by)
    with line.database.transaction() as session:
        now = line.clock()
        special = _to_decide(session, special_id, Decide.APPROVE)
        if same_person(special.applied_by, by):
            raise OtherwiseTrouble(
                f"{by} has made application {special_id}; somebody else must approve it"
            )
        _signed(special)
        _still_possible(line, special.policy, special.agreed_for, now)
        _decide(special, Decide.APPROVE, by, now, None)
        session.flush()
        agreed_on = special.agreed_for.astimezone(LOCAL).date()
        open_handover(session, special.policy, special.way, SPECIAL, now, agreed_on)


def refuse(line: Line, special_id: int, by: str, because: str) -> None:
    """Go on ringing instead. Raises OtherwiseTrouble."""
    by, because = name_of(by), reason_of(because)
    with line.database.transaction() as session:
        special = _to_decide(session, special_id, Decide.REFUSE)
        if same_person(special.applied_by, by):
            raise OtherwiseTrouble(
                f"{by} has made application {special_id}; withdraw it instead of refusing it"
            )
        _decide(special, Decide.REFUSE, by, line.clock(), because)
        session.flush()
        touch(session, line.clock(), policy_ids=[special.policy_id])


def withdraw(line: Line, special_id: int, by: str, because: str) -> None:
    """Take an application back, approved or not: head office rings again, and the branch's
    hand-over ends. Raises OtherwiseTrouble."""
    by, because = name_of(by), reason_of(because)
    with line.database.transaction() as session:
        now = line.clock()
        special = _to_decide(session, special_id, Decide.WITHDRAW)
        _decide(special, Decide.WITHDRAW, by, now, because)
        handover = handovers.open_one(session, special.policy_id)
        if handover is not None and handover.because == SPECIAL:
            end(handover, Step.WITHDRAW, by, now, because)
        session.flush()
        touch(session, now, policy_ids=[special.policy_id])


def finish(session: Session, policy_id: int, by: str, now: datetime) -> None:
    """The branch has revisited the policy: its approved special revisit, if it has one, is done."""
    special = otherwise.special_of(session, policy_id)
    if special is not None and decided(Special(special.state), Decide.FINISH):
        _decide(special, Decide.FINISH, by, now, None)


def listed(line: Line, states: Sequence[str] | None = None) -> list[SpecialLine]:
    """Applications in these states (None: all), the earliest agreed time first."""
    with line.database.reading() as session:
        return [_shown(row) for row in otherwise.specials(session, states)]


def _shown(row: SpecialRevisit) -> SpecialLine:
    return SpecialLine(
        id=row.id,
        policy=row.policy.number,
        state=row.state,
        ground=row.ground,
        way=row.way,
        agreed_for=row.agreed_for,
        reason=row.reason,
        signed_by_customer=row.signed_by_customer,
        signed_by_agent=row.signed_by_agent,
        applied_at=row.applied_at,
        applied_by=row.applied_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decided_because=row.decided_because,
    )


def _still_possible(line: Line, policy: Policy, agreed_for: datetime, now: datetime) -> None:
    """The policy is still to be revisited, and the agreed time lies ahead and inside the
    cooling-off period. An application that comes with the papers, before the receipt is signed
    (002-k 四 S1), has no period yet: its last day is looked at when it is approved."""
    if policy.revisit != "open":
        raise OtherwiseTrouble(
            f"the revisit of policy {policy.number} is closed already ({policy.closed_because})"
        )
    agreed = f"{agreed_for.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    if agreed_for <= now:
        raise OtherwiseTrouble(
            f"the agreed time {agreed} has passed; agree on another one and apply with it"
        )
    signed_on = policy.receipt_signed_on
    if signed_on is None:
        return
    last = cooling_off_of(line, policy, signed_on).ends_on
    if agreed_for.astimezone(LOCAL).date() > last:
        raise OtherwiseTrouble(
            f"the agreed time {agreed} lies after the cooling-off period of policy"
            f" {policy.number}, which ends on {last}; agree on an earlier one"
        )


def _signed(special: SpecialRevisit) -> None:
    missing = [
        whose
        for whose, there in (
            ("the customer's", special.signed_by_customer),
            ("the agent's", special.signed_by_agent),
        )
        if not there
    ]
    if missing:
        raise OtherwiseTrouble(
            f"application {special.id} lacks {' and '.join(missing)} signature; withdraw it and"
            f" apply again when both have signed"
        )


def _standing(session: Session, policy: Policy) -> OtherwiseTrouble:
    known = otherwise.special_of(session, policy.id)
    which = f"application {known.id} is {known.state}" if known else "another one was quicker"
    return OtherwiseTrouble(
        f"policy {policy.number} has a special revisit already ({which}); withdraw that one first"
    )


def _to_decide(session: Session, special_id: int, what: Decide) -> SpecialRevisit:
    """The application, locked, in a state in which this can be done to it."""
    special = otherwise.special_by_id(session, special_id)
    if special is None:
        raise OtherwiseTrouble(
            f"there is no application {special_id}; `huifang special list` names those there are"
        )
    if decided(Special(special.state), what) is None:
        by = f" by {special.decided_by}" if special.decided_by else ""
        raise OtherwiseTrouble(
            f"application {special_id} is {special.state}{by}, and nothing was changed"
        )
    return special


def _decide(
    special: SpecialRevisit, what: Decide, by: str, now: datetime, because: str | None
) -> None:
    after = decided(Special(special.state), what)
    assert after is not None  # whoever decides has looked at its state
    special.state, special.decided_at, special.decided_by = after, now, by
    special.decided_because = because
