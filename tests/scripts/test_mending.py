"""Answers that are changed afterwards: the path stays the calculator's, no answer counts that it
does not ask for, and none is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import mending, reader, run
from scripts.facts import Facts
from scripts.heard import Heard, Turn, Via
from scripts.labels import Label
from scripts.model import Kind
from scripts.run import Run
from scripts.sample import SAMPLE
from tests.scripts.calls import FACTS, HEARD, MOSTLY_YES

SCRIPT = reader.load_script("standard")
YES, NO, UNSURE = (Heard(one, via=Via.AGENT) for one in (Label.AFFIRM, Label.DENY, Label.UNSURE))


def called(answers: list[Heard], facts: Facts) -> Run:
    """A call in which this was heard, as long as it goes on."""
    now, _ = run.start(SCRIPT, facts)
    for heard in answers:
        now, _ = run.advance(now, heard)
    return now


@settings(max_examples=150, deadline=None)
@given(FACTS, st.lists(MOSTLY_YES, min_size=3, max_size=25), HEARD, st.data())
def test_a_change_is_a_call_that_could_have_been(
    facts: Facts, answers: list[Heard], heard: Heard, data: st.DataObject
) -> None:
    old = called(answers, facts)
    number = data.draw(st.integers(0, len(old.turns) - 1))
    mended = mending.change(old, number, heard)
    # the position of a run whose turns do not fit raises: replaying them all is the check
    assert Run(old.script, old.facts, mended.run.turns).position == mended.run.position
    later = [*mended.kept, *mended.waiting, *mended.gone]
    assert sorted(later) == list(range(number + 1, len(old.turns)))
    counted = [old.turns[one] for one in mended.kept]
    assert list(mended.run.turns) == [*old.turns[:number], mended.run.turns[number], *counted]


@settings(max_examples=100, deadline=None)
@given(FACTS, st.lists(MOSTLY_YES, min_size=3, max_size=25), HEARD, st.data())
def test_nothing_is_kept_when_it_is_open_who_spoke(
    facts: Facts, answers: list[Heard], heard: Heard, data: st.DataObject
) -> None:
    old = called(answers, facts)
    gates = [
        number
        for number, turn in enumerate(old.turns)
        if (asked := SCRIPT.question(turn.question_id)) and asked.kind in (
            Kind.PRESENCE, Kind.IDENTITY, Kind.CONSENT
        )
    ]  # fmt: skip
    mended = mending.change(old, data.draw(st.sampled_from(gates)), heard)
    assert mended.kept == mended.waiting == ()


@pytest.fixture
def standard_call() -> Run:
    """Yes to everything."""
    return called([YES] * 40, SAMPLE)


def test_the_same_answer_again_changes_nothing(standard_call: Run) -> None:
    for number, turn in enumerate(standard_call.turns):
        asked = SCRIPT.question(turn.question_id)
        assert asked is not None
        if asked.kind in (Kind.FACT, Kind.REMARK):
            assert mending.change(standard_call, number, YES).run.turns == standard_call.turns


def test_what_waits_comes_back_after_the_question_is_settled(standard_call: Run) -> None:
    number = [turn.question_id for turn in standard_call.turns].index("SIGN_APP")
    mended = mending.change(standard_call, number, NO)
    assert mended.kept == ()
    waiting = [standard_call.turns[one] for one in mended.waiting]
    settled, _ = run.advance(mended.run, YES)
    again, used = mending.follow(settled, waiting)
    assert len(used) == len(waiting)
    assert run.ended(again) == run.ended(standard_call)


def test_an_answer_after_an_explanation_is_not_taken_for_another(standard_call: Run) -> None:
    number = [turn.question_id for turn in standard_call.turns].index("SIGN_APP")
    explained = called([*[YES] * number, NO, YES, *[YES] * 40], standard_call.facts)
    mended = mending.change(explained, number, UNSURE)
    # Where the path still asks the question a second time, the old second answer is kept; it is
    # never kept for later.
    assert number + 1 not in mended.waiting
    back = mending.change(explained, number, YES)
    assert number + 1 in back.gone
    assert Turn("SIGN_APP", YES) == back.run.turns[number]
