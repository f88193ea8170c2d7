"""The nightly rules on stored policies: marks come and go, a visit is handed over once, and a
second night changes nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from operations import nightly
from store.tables import Attempt, Handover, Policy
from tests.operations.rig import NOW, Rig
from tests.store.conftest import policy

TODAY = NOW.date()


def stored(rig: Rig, number: str = "P1", signed_days_ago: int = 2, **changes: Any) -> None:
    """A policy whose receipt was signed so many days ago."""
    with rig.line.database.transaction() as session:
        row = policy(session, number, f"+861390000{int(number[1:]):04d}")
        row.receipt_signed_on = TODAY - timedelta(days=signed_days_ago)
        row.cooling_off_days = 10
        for name, value in changes.items():
            setattr(row, name, value)


def ended(rig: Rig, number: int, outcome: str, cause: str | None = None) -> None:
    """An attempt at the first policy that ended so."""
    with rig.line.database.transaction() as session:
        session.add(
            Attempt(
                policy_id=1, number=number, phone="+8613900000001", state="ended",
                planned_at=NOW, deadline=NOW, reasons=[], lease=0, ended_at=NOW, outcome=outcome,
                cause=cause,
            )
        )  # fmt: skip


def marks(rig: Rig) -> list[str | None]:
    return [row.follow_up for row in rig.all(Policy)]


def visits(rig: Rig) -> list[tuple[int, str, str]]:
    return [(row.policy_id, row.way, row.because) for row in rig.all(Handover)]


def test_a_fresh_policy_has_no_mark(rig: Rig) -> None:
    stored(rig)
    assert (nightly.apply(rig.line), marks(rig), visits(rig)) == (0, [None], [])


def test_the_last_days_make_it_a_focus_and_the_fifteenth_a_visit(rig: Rig) -> None:
    stored(rig, signed_days_ago=7)
    assert (nightly.apply(rig.line), marks(rig)) == (1, ["focus"])
    assert nightly.apply(rig.line) == 0
    rig.clock.tick(8 * 86400)
    assert (nightly.apply(rig.line), marks(rig)) == (1, ["visit"])
    assert visits(rig) == [(1, "visit", "nightly-visit")]
    rig.clock.tick(86400)
    assert (nightly.apply(rig.line), len(visits(rig))) == (0, 1)


def test_the_last_call_counts_and_its_finer_word_first(rig: Rig) -> None:
    stored(rig)
    ended(rig, 1, "not-holder", "wrong-number")
    nightly.apply(rig.line)
    assert marks(rig) == ["focus"]
    ended(rig, 2, "busy")
    assert (nightly.apply(rig.line), marks(rig)) == (1, [None])


@pytest.mark.parametrize("because", ["cooling-off-over", "retries-exhausted", "refused"])
def test_one_that_was_closed_unreached_is_visited(rig: Rig, because: str) -> None:
    stored(rig, signed_days_ago=16, revisit="closed", closed_because=because)
    nightly.apply(rig.line)
    assert (marks(rig), len(visits(rig))) == (["visit"], 1)


@pytest.mark.parametrize("because", ["completed", "branch-revisited", "deceased", "complaint"])
def test_one_that_is_done_loses_its_mark(rig: Rig, because: str) -> None:
    stored(rig, signed_days_ago=16, revisit="closed", closed_because=because, follow_up="visit")
    assert (nightly.apply(rig.line), marks(rig), visits(rig)) == (1, [None], [])


def test_surrendered_and_out_of_scope_policies_are_left_alone(rig: Rig) -> None:
    ends = [{"code": "policy-ended", "column": "保单状态", "message": "保单状态是退保"}]
    stored(rig, signed_days_ago=16, status="screen", reasons=ends, follow_up="focus")
    stored(rig, "P2", signed_days_ago=16, status="out-of-scope")
    assert (nightly.apply(rig.line), marks(rig), visits(rig)) == (1, [None, None], [])


def test_one_without_a_receipt_waits(rig: Rig) -> None:
    stored(rig, status="wait", receipt_signed_on=None, issued_on=date(2026, 1, 1))
    assert (nightly.apply(rig.line), marks(rig)) == (0, [None])


def test_it_works_in_parts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "BATCH", 2)
    for n in range(1, 6):
        stored(rig, f"P{n}", signed_days_ago=16)
    assert (nightly.apply(rig.line), marks(rig)) == (5, ["visit"] * 5)
