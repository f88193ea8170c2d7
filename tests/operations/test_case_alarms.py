"""The nightly escalation: once for each light, and bookings whose time is over go back."""

from operations import case_work
from operations.case_alarms import escalate
from store import case_work as store
from store.tables import Case, SecondRevisit
from tests.operations.casework import HAN, QI, UNSURE, deeds, opened, staff, work
from tests.operations.rig import Rig

DAY = 86400


def alarms(rig: Rig) -> dict[str, int]:
    with rig.line.database.reading() as session:
        return store.alarms(session)


def test_each_light_is_told_once(rig: Rig) -> None:
    opened(rig, UNSURE)  # due at the end of the seventh day
    assert (escalate(rig.line), alarms(rig)) == (0, {})
    rig.clock.tick(7 * DAY)
    assert (escalate(rig.line), alarms(rig)) == (1, {"warning": 1})
    assert escalate(rig.line) == 0
    rig.clock.tick(DAY)
    assert (escalate(rig.line), alarms(rig)) == (1, {"overdue": 1})
    assert escalate(rig.line) == 0
    assert deeds(rig) == [("huifang", "warning"), ("huifang", "overdue")]


def test_a_closed_case_is_told_of_no_more(rig: Rig) -> None:
    opened(rig, UNSURE)
    rig.clock.tick(9 * DAY)
    escalate(rig.line)
    with rig.line.database.transaction() as session:
        session.get_one(Case, 1).state = "closed"
    assert (escalate(rig.line), alarms(rig)) == (0, {})


def booked(rig: Rig) -> None:
    """A second revisit that may be rung from now on."""
    staff(rig)
    opened(rig, UNSURE)
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    case_work.conclude(rig.line, HAN, 1, 1, "已解释")
    case_work.review(rig.line, QI, 1, 2)
    case_work.book(rig.line, HAN, 1, 3, rig.clock())


def test_a_second_revisit_whose_time_is_over_goes_back(rig: Rig) -> None:
    booked(rig)
    assert escalate(rig.line) == 0
    rig.clock.tick(30 * DAY)
    escalate(rig.line)
    assert (rig.one(SecondRevisit).state, work(rig).stage) == ("failed", "assigned")


def test_one_that_was_handed_over_and_that_no_agent_took_goes_back(rig: Rig) -> None:
    booked(rig)
    rig.clock.tick(3600)
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"ID_PRESENT": "我就是", "ID_VERIFY": "一九八五年三月六日",
                  "SIGN_APP": "转人工", "*": "是的"})  # fmt: skip
    caller.hangs_up()
    assert escalate(rig.line) == 0  # an agent may still go on with it
    rig.clock.tick(3 * 3600)
    assert escalate(rig.line) == 1
    assert (rig.one(SecondRevisit).state, work(rig).stage) == ("failed", "assigned")
