"""The steered world with a row of everything that is about a policy, for what looks at every
page."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from cases.quality_plan import Wanted
from operations import desk, drills, quality_draw
from operations.line import Line
from operations.quality_draw import Days
from operations.rights import Role, Who
from store.tables import (
    Accountability,
    Appeal,
    CaseEvent,
    CaseFile,
    ComplaintCluster,
    ComplaintFile,
    CustomerRequest,
    Policy,
    QualityTask,
    Review,
    ScoreSheet,
)
from tests.operations.complained import complaint
from tests.operations.counter import closed
from tests.operations.test_drills import PLAN
from tests.web.stage import NOW
from tests.web.steered import Steered, steer

#: Where every policy of the world belongs.
THEIRS = "示范市分公司"


def fill(line: Line) -> Steered:
    """Furnish the line with everything, an open interview and a customer's wish among it."""
    steered = steer(line)
    with line.database.transaction() as session:
        for policy in session.scalars(select(Policy)):
            policy.cover_period = {"kind": "life", "number": None}
        session.add(
            CustomerRequest(
                policy_id=1, kind="address", words="地址改到示范路2号", opened_at=NOW,
                opened_by="安晓",
            )
        )  # fmt: skip
    review_something(line)
    theirs = Who(8, "经办", frozenset({Role.BRANCH}), THEIRS)
    closed(line, theirs)
    drills.plan(line, theirs, replace(PLAN, planned_on=NOW.date()))
    hold_somebody_accountable(line)
    assert desk.take_next(line, Who(9, "安晓", frozenset({Role.AGENT}))) is not None
    return steered


def review_something(line: Line) -> None:
    """Calls drawn for review, a sheet that is contested, heard words, and a case's paper."""
    quality_draw.draw(line, "主管丙", Days(NOW.date(), NOW.date()), Wanted(1.0, 0, twice=1.0))
    kept = line.storage.put([b"\x89PNG\r\n\x1a\n"])
    with line.database.transaction() as session:
        task = session.scalars(select(QualityTask).order_by(QualityTask.id)).first()
        assert task is not None
        sheet = ScoreSheet(
            task_id=task.id, number=1, marks={}, labels={}, points=100.0, passed=True, critical=[],
            remark="", made_at=NOW, made_by="质检甲",
        )  # fmt: skip
        session.add(sheet)
        session.flush()
        session.add(
            Appeal(task_id=task.id, sheet_id=sheet.id, agent="安晓", grounds="听错了", made_at=NOW)
        )
        session.add(
            Review(
                call_id=task.call_id, turn_number=0, question_id="AWARE", reviewer="质检甲",
                label="deny", words="没有", note="", blind=True, made_at=NOW,
            )
        )  # fmt: skip
        session.add(
            CaseEvent(case_id=1, number=1, at=NOW, by="经办", what="attach", words="", detail={})
        )
        session.add(
            CaseFile(
                case_id=1, event_number=1, paper="signed", name="函件.png", media_type="image/png",
                bytes=8, sha256=kept.sha256, path=kept.path, added_at=NOW, added_by="经办",
            )
        )  # fmt: skip
        session.add(
            ComplaintFile(
                complaint_id=1, event_number=1, paper="talk", name="记录表.png", bytes=8,
                media_type="image/png", sha256=kept.sha256, path=kept.path, added_at=NOW,
                added_by="经办",
            )
        )  # fmt: skip


def hold_somebody_accountable(line: Line) -> None:
    """A complaint of their branch, and a measure that was contested."""
    with line.database.transaction() as session:
        session.add(one := complaint(NOW, branch=THEIRS, signals=["media"]))
        session.flush()
        session.add(
            Accountability(
                complaint_id=one.id, who="安晓", part="handling", measure="warning",
                because="三天没有回复", decided_at=NOW, decided_by="主管丙", notified_at=NOW,
                appeal_until=NOW + timedelta(days=7), appealed_at=NOW, appeal="在休假", version=3,
            )
        )  # fmt: skip
        session.add(
            ComplaintCluster(
                complaint_id=one.id, seller_name="王业务", first_at=NOW, last_at=NOW, count=3,
                raised_at=NOW, version=1,
            )
        )  # fmt: skip
