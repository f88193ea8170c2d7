"""The life of an incident: whatever people do, it goes through its grade, its plan and its report
before it is closed, and never stands still."""

from hypothesis import given
from hypothesis import strategies as st

from cases.incident_life import (
    STEPS,
    Deed,
    Doer,
    IncidentFacts,
    Stage,
    WhyNot,
    after,
    allowed,
    next_deed,
)

WORKS, JUDGES = Doer("经办", works=True), Doer("合规", judges=True)
ORDER = [Stage.REPORTED, Stage.GRADED, Stage.STARTED, Stage.HANDLED, Stage.REPORTED_UP,
         Stage.CLOSED]  # fmt: skip


def test_every_stage_is_left_by_some_action() -> None:
    for stage in Stage:
        assert any(then is not stage for then in STEPS[stage].values()), stage
        onward = next_deed(stage)
        if onward is not None:
            assert after(stage, onward) is ORDER[ORDER.index(stage) + 1]


@given(st.lists(st.tuples(st.sampled_from(Deed), st.integers(0, 2), st.integers(0, 2)),
                max_size=30))  # fmt: skip
def test_no_way_skips_the_grade_the_plan_or_the_report(
    tries: list[tuple[Deed, int, int]],
) -> None:
    stage = Stage.REPORTED
    both = Doer("谁都行", works=True, judges=True)
    for deed, open_steps, unplaced in tries:
        facts = IncidentFacts(stage, open_steps, unplaced)
        if allowed(facts, deed, both) is not None:
            continue
        then = after(stage, deed)
        if deed is Deed.DISMISS:
            assert stage in (Stage.REPORTED, Stage.GRADED)
        elif deed is Deed.REOPEN:
            assert stage is Stage.CLOSED
        elif then is not stage:
            assert ORDER.index(then) == ORDER.index(stage) + 1
            assert not (deed is Deed.CLOSE and open_steps)
            assert not (deed is Deed.HANDLE and unplaced)
        stage = then


def test_a_closed_incident_is_only_opened_again() -> None:
    facts = IncidentFacts(Stage.CLOSED)
    for deed in set(Deed) - {Deed.REOPEN, Deed.DISMISS}:
        assert allowed(facts, deed, WORKS) is WhyNot.CLOSED
    assert allowed(facts, Deed.REOPEN, WORKS) is WhyNot.NO_RIGHT
    assert allowed(facts, Deed.REOPEN, JUDGES) is None
    assert allowed(IncidentFacts(Stage.GRADED), Deed.REOPEN, JUDGES) is WhyNot.NOT_CLOSED


def test_what_is_missing_keeps_it_open() -> None:
    up = Stage.REPORTED_UP
    assert allowed(IncidentFacts(up, open_steps=1), Deed.CLOSE, WORKS) is WhyNot.STEPS_OPEN
    assert allowed(IncidentFacts(up), Deed.CLOSE, WORKS) is None
    left = IncidentFacts(Stage.STARTED, unplaced=1)
    assert allowed(left, Deed.HANDLE, WORKS) is WhyNot.ALONE
    assert allowed(IncidentFacts(Stage.GRADED), Deed.HANDLE, WORKS) is WhyNot.NOT_NOW


def test_nobody_acts_without_the_right() -> None:
    for stage in Stage:
        for deed in Deed:
            assert allowed(IncidentFacts(stage), deed, Doer("路人")) is WhyNot.NO_RIGHT
