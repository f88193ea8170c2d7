"""What is late, and the statements that excuse it when they come before the limit."""

from datetime import date, datetime

import pytest

from operations import handover
from operations.otherwise import OtherwiseTrouble
from operations.overdue import file_statement, overdue
from store.columns import LOCAL
from store.tables import Case, OverdueStatement
from tests.operations.handing import hand_over, results
from tests.operations.rig import Rig

LAST = datetime(2026, 11, 25, 23, 59, 59, tzinfo=LOCAL)


@pytest.fixture
def late(rig: Rig) -> Rig:
    """A hand-over that is due on the 25th."""
    rig.import_rows({})
    hand_over(rig)
    handover.issue(rig.line, "柜面")
    return rig


def test_nothing_is_late_on_the_due_day_itself(late: Rig) -> None:
    assert overdue(late.line, LAST) == []
    late.clock.now = LAST.replace(day=27)
    (one,) = overdue(late.line)
    assert (one.days_late, one.excused, one.statements) == (2, False, 0)


@pytest.mark.parametrize(("second", "in_time"), [(59, True), (60, False)])
def test_it_excuses_only_before_the_limit(late: Rig, second: int, in_time: bool) -> None:
    late.clock.now = LAST.replace(second=0)
    late.clock.tick(second)
    filed = file_statement(late.line, "济南", "客户住院", handover=1, new_date=date(2026, 12, 1))
    assert (filed.in_time, filed.policy) == (in_time, "P0001")
    (one,) = overdue(late.line, LAST.replace(day=30))
    assert (one.excused, one.new_date) == (in_time, date(2026, 12, 1))


def test_several_are_kept_and_one_in_time_is_enough(late: Rig) -> None:
    file_statement(late.line, "济南", "客户住院", handover=1)
    late.clock.now = LAST.replace(day=28)
    file_statement(late.line, "济南", "仍在住院", handover=1, new_date=date(2026, 12, 3))
    assert [row.in_time for row in late.all(OverdueStatement)] == [True, False]
    (one,) = overdue(late.line)
    assert (one.statements, one.excused, one.new_date) == (2, True, date(2026, 12, 3))


def test_a_case_has_its_own_limit(rig: Rig) -> None:
    rig.import_rows({"手机": "12"})  # screened: a case is opened
    case = rig.one(Case)
    filed = file_statement(rig.line, "济南", "等客户提供新号码", case=case.id)
    assert (filed.in_time, filed.due) == (True, case.due_at)
    rig.clock.now = case.due_at
    rig.clock.tick(1)
    assert not file_statement(rig.line, "济南", "还在等", case=case.id).in_time


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"handover": 1, "reason": "  "}, "the reason is missing"),
        ({"handover": 9}, "there is no hand-over 9"),
        ({"case": 9}, "there is no case 9"),
        ({}, "name one"),
        ({"handover": 1, "case": 1}, "name one"),
        ({"handover": 1, "new_date": date(2026, 11, 17)}, "has passed"),
    ],
)
def test_a_wrong_statement_is_one_sentence(
    late: Rig, wrong: dict[str, object], sentence: str
) -> None:
    given = {"by": "济南", "reason": "客户住院", **wrong}
    with pytest.raises(OtherwiseTrouble, match=sentence):
        file_statement(late.line, **given)  # type: ignore[arg-type]
    assert late.all(OverdueStatement) == []


def test_what_has_ended_or_has_no_day_is_not_late(rig: Rig) -> None:
    rig.import_rows({})
    hand_over(rig)
    with pytest.raises(OtherwiseTrouble, match="has no due day yet"):
        file_statement(rig.line, "济南", "客户住院", handover=1)
    handover.issue(rig.line, "柜面")
    results(rig, ("1", "P0001", "完成", "2026-11-18", "是", ""))
    with pytest.raises(OtherwiseTrouble, match="is done; nothing is late"):
        file_statement(rig.line, "济南", "客户住院", handover=1)
    assert overdue(rig.line, LAST.replace(day=30)) == []
