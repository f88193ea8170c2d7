"""The small world with somebody at the switches: a forecast with policies at risk, a hand-over in
every state, special revisits, blocks, jobs that ran. Everything through the operations, but for the
forecast, whose figures the tests must know."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from operations import (
    complaint_answer,
    complaint_intake,
    do_not_call,
    handover,
    special_revisits,
)
from operations.complaint_intake import Channel, Intake
from operations.duties import Lead
from operations.line import Line
from operations.plan import refresh
from operations.rights import Role, Who
from operations.special_revisits import Application
from operations.timed_jobs import TimedJob
from scheduler.jobs import Daily, Every
from scheduler.otherwise import Ground
from scheduler.rules import Way
from store import duties, forecasts
from store.columns import LOCAL
from store.database import Session
from store.duties import Note
from store.tables import (
    Complaint,
    ComplaintProposal,
    ComplaintTalk,
    Forecast,
    ForecastRisk,
    Handover,
    Policy,
)
from tests.web import kept
from tests.web.agent import Agent
from tests.web.stage import NOW, PHONE, at
from tests.web.world import furnish
from web.app import create_app
from web.pages import complaint_work

WRITER, OTHER = "王芳", "李强"
#: Policies of the world by what is done to them here.
AT_RISK, HANDED, SPECIAL, ASKED = "周文涛", "冯涛", "金海波", "吴芳"
JOBS = (
    TimedJob("plan", Every(10), True, "a carrier"),
    TimedJob("hear-recordings", Every(5), False, "a recogniser"),
    TimedJob("deadlines", Daily(time(0, 10), LOCAL), True, "nothing"),
    TimedJob("forecast", Daily(time(1), LOCAL), True, "nothing"),
)


@dataclass
class Steered:
    """A console over the steered world. ``numbers``: holder -> policy number."""

    line: Line
    agent: Agent
    numbers: dict[str, str]

    def rows(self, table: type[Any]) -> list[Any]:
        """Every row of a table, in the order in which they were made."""
        with self.line.database.reading() as session:
            return list(session.scalars(select(table).order_by(table.id)))

    def state_of(self, holder: str) -> str:
        """Where the newest hand-over of somebody's policy stands."""
        with self.line.database.reading() as session:
            query = select(Handover.state).join(Policy).where(Policy.holder_name == holder)
            return session.scalars(query.order_by(Handover.id.desc())).all()[0]

    def plan(self) -> None:
        """Decide anew what has changed, as the worker does."""
        refresh(self.line)


def steer(line: Line) -> Steered:
    """Furnish the line, and let people do things to it."""
    numbers = kept.once("steered", line, lambda: _made(line))
    app = create_app(line, secret="for the tests only", timetable=JOBS)
    return Steered(line, Agent(app.test_client()), dict(numbers))


def _made(line: Line) -> dict[str, str]:
    furnish(line)
    with line.database.transaction() as session:
        numbers = {row.holder_name: row.number for row in session.scalars(select(Policy))}
        _hand_over(session, HANDED)
        _forecast(session)
    handover.issue(line, WRITER)
    for name in (SPECIAL, ASKED):
        special_revisits.apply(line, application(numbers[name], both=name == SPECIAL))
    special_revisits.approve(line, 1, OTHER)
    do_not_call.block(line, WRITER, "客户来电投诉，回电13900001234", phone=PHONE.format(3))
    do_not_call.block(line, WRITER, "出国", phone="13900000004", until=at(0, 0, days=9))
    do_not_call.lift(line, 2, OTHER, "已回国")
    _complain(line, numbers[ASKED])
    _jobs(line)
    refresh(line)
    return numbers


def application(policy: str, *, both: bool = True, agreed: datetime | None = None) -> Application:
    """An application of the branch's."""
    return Application(
        policy=policy,
        ground=Ground.FAMILY,
        reason="家人不知情，不便电话回访",
        way=Way.VISIT,
        agreed_for=agreed or at(10, 0, days=4),
        signed_by_customer=both,
        signed_by_agent=True,
        by=WRITER,
    )


def _complain(line: Line, policy: str) -> None:
    """A complaint with the record of a talk, of which the decision is proposed."""
    who = Who(0, WRITER, frozenset({Role.BRANCH, Role.SUPERVISOR}))
    complaint_intake.take_in(
        line,
        who,
        Intake(
            "form:1", Channel.VISIT, NOW, "业务员说随时能全退，我要找记者13900001234", "全额退保",
            ASKED, policy_number=policy,
        ),
    )  # fmt: skip
    words = dict.fromkeys(complaint_work.TALK, "说明")
    talk = ComplaintTalk(**words, at=NOW, signed=True, signed_in_person=True, was_called=None)
    complaint_answer.talk(line, who, 1, None, talk)
    with line.database.transaction() as session:
        session.get_one(Complaint, 1).state = "proposed"
        session.add(
            ComplaintProposal(
                complaint_id=1, made_at=NOW, made_by=WRITER, facts="查明", basis="条款",
                reasons="理由", options=["退保", "贷款"], chosen="退保", customer="同意",
                result="upheld",
            )
        )  # fmt: skip


def _hand_over(session: Session, name: str) -> None:
    policy = session.scalars(select(Policy).where(Policy.holder_name == name)).one()
    handover.open_handover(session, policy, Way.BRANCH_CALL, "retries-exhausted", NOW)


def _forecast(session: Session) -> None:
    """Two nights, the newer with two policies at risk, one of them with a proposal."""
    risks = []
    for name, why, way in (
        (AT_RISK, "too-few-lines", Way.BRANCH_CALL),
        ("郑伟", "hard-to-reach", None),
    ):
        policy = session.scalars(select(Policy).where(Policy.holder_name == name)).one()
        start = date(2026, 12, 1) if way else None
        risks.append(
            ForecastRisk(
                policy_id=policy.id, deadline=at(23, 59, days=12), chance=0.31, why=why, way=way,
                start_by=start,
            )
        )  # fmt: skip
        if way:
            handover.open_handover(session, policy, way, handover.FORECAST, NOW)
    for made, expected in ((at(1, 0, days=-1), 9.0), (at(1, 0), 8.4)):
        found = Forecast(
            made_at=made, open_policies=11, expected=expected, at_risk=2, summary=summary()
        )
        forecasts.add(session, found, risks if made == at(1, 0) else [])


def summary() -> dict[str, object]:
    """Thirteen days: the lines are short on the fourth, and nobody is rung on the sixth."""
    days = []
    for number in range(13):
        wanted = 0.0 if number == 5 else 340.0 if number == 3 else 120.0 + 12 * number
        possible = 0.0 if number == 5 else 260.0
        days.append(
            {
                "day": (NOW + timedelta(days=number)).date().isoformat(), "wanted": wanted,
                "made": min(wanted, possible), "possible": possible, "waiting": 2.0,
                "deadlines": number * 3,
            }
        )  # fmt: skip
    whys = {"too-few-lines": 1, "hard-to-reach": 1}
    return {
        "lines": 5, "runs": 20, "measured_calls": 480, "best": 10.0, "why": whys, "days": days,
    }  # fmt: skip


def _jobs(line: Line) -> None:
    """One job that ran, one that fails, one that runs; and a leader."""
    Lead(line).hold()
    night = at(0, 10)
    with line.database.transaction() as session:
        done = Note(NOW, NOW - timedelta(seconds=4), line.worker, NOW - timedelta(seconds=3), "12")
        duties.note_run(session, "plan", done, runs=30)
        why = "OperationalError: server closed the connection"
        bad = Note(night, night, line.worker, night + timedelta(seconds=1), why)
        duties.note_run(session, "deadlines", bad, runs=1, failed=True)
        duties.note_run(session, "hear-recordings", Note(NOW, NOW, line.worker))
