"""Corrections: done once, by somebody who may, also when the complaint is closed."""

from datetime import date
from typing import Any

import pytest

from operations import corrections
from operations.case_record import CaseTrouble
from operations.rights import Role, Who
from store import audit
from store import corrections as store
from store.tables import Complaint, ComplaintEvent
from tests.operations.complained import came
from tests.operations.rig import Rig

CHIEF = Who(1, "主管甲", frozenset({Role.SUPERVISOR}))
TODAY = date(2026, 11, 18)
WRONG: dict[str, Any] = {
    "root_cause": "sale", "correction": "改写建议书模板", "correction_due_on": TODAY,
}  # fmt: skip


def test_done_once_and_written_into_the_ledger(rig: Rig) -> None:
    (number,) = came(rig.line, WRONG | {"state": "closed"})
    corrections.done(rig.line, CHIEF, number, 1, "模板已改，全员培训")
    corrections.done(rig.line, CHIEF, number, 1, "模板已改，全员培训")  # pressed twice
    row, event = rig.one(Complaint), rig.one(ComplaintEvent)
    assert (row.corrected_at, row.state, row.version) == (rig.clock.now, "closed", 2)
    assert (event.what, event.words, event.by) == ("corrected", "模板已改，全员培训", "主管甲")
    with rig.line.database.reading() as session:
        (noted,) = audit.about(session, [f"complaint:{number}"])
    assert noted.what == "complaint-corrected"
    with pytest.raises(CaseTrouble, match="done already"):
        corrections.done(rig.line, CHIEF, number, 2, "再改一次")


@pytest.mark.parametrize(
    ("given", "who", "version", "words", "said"),
    [
        (WRONG, CHIEF, 1, " ", "what was put right is missing"),
        (WRONG, CHIEF, 7, "已改", "meanwhile"),
        ({}, CHIEF, 1, "已改", "no correction is written down"),
        (WRONG, Who(2, "合规", frozenset({Role.COMPLIANCE})), 1, "已改", "none of your roles"),
        (WRONG | {"seller_name": "主管甲"}, CHIEF, 1, "已改", "seller"),
        (
            WRONG | {"branch": "济南"},
            Who(3, "青", frozenset({Role.BRANCH}), "青岛"),
            1,
            "已改",
            "no",
        ),
    ],
)
def test_what_is_refused(
    rig: Rig, given: dict[str, Any], who: Who, version: int, words: str, said: str
) -> None:
    (number,) = came(rig.line, given)
    with pytest.raises(CaseTrouble, match=said):
        corrections.done(rig.line, who, number, version, words)
    assert rig.one(Complaint).corrected_at is None


def test_the_night_tells_once_of_each_day_that_was_promised(rig: Rig) -> None:
    late = {**WRONG, "correction_due_on": date(2026, 11, 17), "state": "closed"}
    came(rig.line, late, WRONG, late | {"corrected_at": rig.clock.now}, {})
    assert [corrections.escalate(rig.line), corrections.escalate(rig.line)] == [1, 0]
    event = rig.one(ComplaintEvent)
    assert (event.complaint_id, event.what, event.by) == (1, "correction-overdue", "huifang")
    assert event.detail == {"due_on": "2026-11-17"}
    rig.clock.tick(24 * 3600)  # the day of the other one has passed too
    with rig.line.database.transaction() as session:
        session.get_one(Complaint, 1).correction_due_on = date(2026, 11, 19)  # promised anew
    assert corrections.escalate(rig.line) == 1
    rig.clock.tick(24 * 3600)
    assert corrections.escalate(rig.line) == 1
    told = [(one.complaint_id, one.detail["due_on"]) for one in rig.all(ComplaintEvent)]
    assert told == [(1, "2026-11-17"), (2, "2026-11-18"), (1, "2026-11-19")]


def test_the_first_due_comes_first_and_is_late_the_day_after(rig: Rig) -> None:
    came(
        rig.line,
        WRONG | {"correction_due_on": None},
        WRONG,
        WRONG | {"correction_due_on": date(2026, 11, 17)},
        {},
        WRONG | {"corrected_at": rig.clock.now},
    )
    with rig.line.database.reading() as session:
        listed = store.listed(session, done=False, first=0, size=50)
        assert [one.id for one in listed.rows] == [3, 2, 1]
        assert [one.id for one in store.listed(session, done=True, first=0, size=9).rows] == [5]
        assert store.overdue(session, TODAY) == 1
        assert store.overdue(session, date(2026, 11, 19)) == 2
