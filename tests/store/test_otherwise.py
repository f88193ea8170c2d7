"""Blocks, special revisits and hand-overs in both databases: one of each stands, whoever is
quicker."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from store import handovers, otherwise
from store.database import Database, Session
from store.tables import DoNotCall, Handover, HandoverList, OverdueStatement, SpecialRevisit
from tests.store.conftest import NOW, policy

PHONE = "+8613900000001"


def handed(policy_id: int, state: str = "waiting", **changes: Any) -> Handover:
    values = {"way": "visit", "because": "refused", "branch": "济南", "opened_at": NOW}
    return Handover(policy_id=policy_id, state=state, **{**values, **changes})


def asked(policy_id: int, state: str = "applied") -> SpecialRevisit:
    return SpecialRevisit(
        policy_id=policy_id, ground="family", reason="不便", way="visit", agreed_for=NOW,
        signed_by_customer=True, signed_by_agent=True, state=state, applied_at=NOW, applied_by="甲",
    )  # fmt: skip


def block(session: Session, until: datetime | None, **changes: Any) -> int:
    row = DoNotCall(**{"phone": PHONE, "since": NOW, "reason": "要求", "by": "甲", **changes})
    row.until = until
    session.add(row)
    session.flush()
    return row.id


def test_a_policy_has_one_open_handover(database: Database) -> None:
    with database.transaction() as session:
        first = policy(session, "P1")
        assert handovers.add(session, handed(first.id))
        assert not handovers.add(session, handed(first.id, "proposed"))
        found = handovers.open_one(session, first.id)
        assert found is not None
        assert found.state == "waiting"
        found.ended_at = NOW
        session.flush()
        assert handovers.add(session, handed(first.id))


@pytest.mark.parametrize("state", ["applied", "approved"])
def test_a_policy_has_one_standing_application(database: Database, state: str) -> None:
    with database.transaction() as session:
        first = policy(session, "P1")
        assert otherwise.add_special(session, asked(first.id, "refused"))
        assert otherwise.add_special(session, asked(first.id, state))
        assert not otherwise.add_special(session, asked(first.id))
        known = otherwise.special_of(session, first.id)
        assert known is not None
        assert known.state == state
        assert otherwise.standing(session, [first.id, 99]) == (
            {first.id} if state == "approved" else set()
        )
        assert len(otherwise.specials(session, None)) == 2


def test_the_block_that_ends_last_counts(database: Database) -> None:
    soon, late = NOW + timedelta(days=1), NOW + timedelta(days=9)
    with database.transaction() as session:
        block(session, soon)
        longer = block(session, late)
        block(session, NOW)  # over
        block(session, None, lifted_at=NOW, lifted_by="乙", lifted_because="错了")
        found = otherwise.block_lasting(session, PHONE, None, NOW)
        assert found is not None
        assert found.id == longer
        assert otherwise.blocks_of(session, [PHONE], ["x"], NOW).phones == {PHONE: late}
        forever = block(session, None)
        found = otherwise.block_lasting(session, PHONE, None, NOW)
        assert found is not None
        assert found.id == forever
        assert otherwise.blocks_of(session, [PHONE], [], NOW).phones == {PHONE: None}
        assert len(otherwise.blocks(session, NOW)) == 3
        assert len(otherwise.blocks(session, NOW, phone=PHONE, also_ended=True)) == 5


def test_hundreds_are_asked_for_at_once(database: Database) -> None:
    phones = [f"+8613900{number:06d}" for number in range(1200)]
    with database.transaction() as session:
        for phone in phones[::2]:
            block(session, None, phone=phone)
        block(session, None, phone=None, person="a")
        found = otherwise.blocks_of(session, phones, ["a", "b"], NOW)
    assert (len(found.phones), dict(found.persons)) == (600, {"a": None})


def test_what_waits_and_what_is_listed_is_found(database: Database) -> None:
    with database.transaction() as session:
        rows = [policy(session, f"P{number}", f"+861390000000{number}") for number in (1, 2, 3)]
        made = HandoverList(branch="济南", made_at=NOW, made_by="甲", due_on=NOW.date())
        session.add(made)
        session.flush()
        session.add_all(
            [
                handed(rows[0].id, branch="青岛"),
                handed(rows[1].id, "issued", list_id=made.id, due_on=NOW.date()),
                handed(rows[2].id, "proposed"),
            ]
        )
        session.flush()
        assert [row.policy.number for row in handovers.waiting(session)] == ["P1"]
        assert [row.policy_id for row in handovers.of_list(session, made.id)] == [rows[1].id]
        assert list(handovers.issued_of(session, ["P1", "P2"])) == ["P2"]
        ids = [row.id for row in rows]
        assert otherwise.open_of(session, ids) == {rows[0].id, rows[1].id}
        taken = {row.policy_id for row in handovers.not_issued(session, ids)}
        assert taken == {rows[0].id, rows[2].id}
        tomorrow = NOW.date() + timedelta(days=1)
        late = handovers.listed(session, states=["issued"], due_before=tomorrow)
        assert [row.policy_id for row in late] == [rows[1].id]
        everything = handovers.listed(session)
        assert [row.due_on for row in everything] == [NOW.date(), None, None]
        assert len(handovers.listed(session, branch="青岛")) == 1
        assert set(handovers.by_ids(session, [1, 2, 99])) == {1, 2}
        session.add(
            OverdueStatement(
                policy_id=rows[1].id, handover_id=late[0].id, filed_at=NOW, filed_by="甲",
                reason="出差", in_time=True,
            )
        )  # fmt: skip
        session.flush()
        assert list(handovers.statements(session, [late[0].id])) == [late[0].id]
