"""Special revisits and hand-overs go from state to state as their rules say, and no further."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.otherwise import (
    Decide,
    Handing,
    Special,
    Step,
    decided,
    is_open,
    moved,
    same_person,
)

ENDED_SPECIAL = {Special.REFUSED, Special.WITHDRAWN, Special.DONE}
ENDED_HANDING = {Handing.DONE, Handing.FAILED, Handing.WITHDRAWN}


@given(st.lists(st.sampled_from(list(Decide))))
def test_an_application_ends_at_most_once(decisions: list[Decide]) -> None:
    state, ends = Special.APPLIED, 0
    for one in decisions:
        after = decided(state, one)
        if after is not None:
            assert state not in ENDED_SPECIAL
            assert after is not state
            state = after
            ends += after in ENDED_SPECIAL
    assert ends <= 1


@given(st.lists(st.sampled_from(list(Step))))
def test_a_handover_ends_at_most_once(steps: list[Step]) -> None:
    state, ends = Handing.PROPOSED, 0
    for one in steps:
        after = moved(state, one)
        if after is not None:
            assert state not in ENDED_HANDING
            assert after is not state
            state = after
            ends += not is_open(after)
    assert ends <= 1


def test_every_state_that_is_no_end_is_left_and_every_state_is_reached() -> None:
    for special in Special:
        assert any(decided(special, one) for one in Decide) == (special not in ENDED_SPECIAL)
    for handing in Handing:
        assert any(moved(handing, one) for one in Step) == (handing not in ENDED_HANDING)
        assert is_open(handing) == (handing not in ENDED_HANDING)
    reached = {after for state in Special for one in Decide if (after := decided(state, one))}
    assert reached == set(Special) - {Special.APPLIED}
    handed = {then for state in Handing for one in Step if (then := moved(state, one))}
    assert handed == set(Handing) - {Handing.PROPOSED}


def test_only_a_branch_that_has_the_list_can_say_what_came_of_it() -> None:
    for state in set(Handing) - {Handing.ISSUED}:
        assert moved(state, Step.FINISH) is None
        assert moved(state, Step.FAIL) is None


def test_one_persons_name_is_theirs_however_it_is_typed() -> None:
    assert same_person("Li", " li ")
    assert not same_person("李华", "李平")
