"""A complaint as a walk through states: none gets stuck, none closes without identity, answer and
archive, and nobody with an interest in the matter handles it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.complaint_states import (
    ENDED,
    STEPS,
    Deed,
    Doer,
    Extension,
    Facts,
    State,
    WhyNot,
    after,
    allowed,
    may_handle,
    next_deeds,
    offers,
)

HANDLER = Doer("韩经办", works=True)
BOSS = Doer("高主管", works=True, assigns=True, approves=True)
SELLER = Doer("苗 青", works=True, assigns=True, approves=True)
FRESH = Doer("新主管", works=True, assigns=True, approves=True)
PEOPLE = (HANDLER, BOSS, SELLER, FRESH, Doer("路人"), Doer("销售乙", works=True, sells=True))

facts = st.builds(
    Facts,
    state=st.sampled_from(State),
    identified=st.booleans(),
    by_proxy=st.booleans(),
    authorised=st.booleans(),
    acknowledged=st.booleans(),
    handler=st.sampled_from([None, "韩经办"]),
    workers=st.frozensets(st.sampled_from(["韩经办", "高主管"])),
    proposed_by=st.sampled_from([None, "韩经办", "高主管"]),
    sellers=st.frozensets(st.just("苗青")),
    complex=st.booleans(),
    major=st.booleans(),
    stopped=st.booleans(),
    extension=st.sampled_from(Extension),
    answered=st.booleans(),
    review_waits=st.booleans(),
    review_until_passed=st.booleans(),
    booked=st.booleans(),
    has_policy=st.booleans(),
    has_cause=st.booleans(),
)


#: What the register knows after a deed.
KEPT: dict[Deed, dict[str, Any]] = {
    Deed.ATTACH: {"authorised": True},
    Deed.IDENTIFY: {"identified": True},
    Deed.ACKNOWLEDGE: {"acknowledged": True},
    Deed.ASSIGN: {"handler": "韩经办"},
    Deed.ANSWER: {"answered": True},
    Deed.CAUSE: {"has_cause": True},
    Deed.BOOK: {"booked": True},
    Deed.REOPEN: {"answered": False, "proposed_by": None, "has_cause": False, "booked": False},
    Deed.ASK_REVIEW: {"review_waits": True},
    Deed.ANSWER_REVIEW: {"review_waits": False},
}


def done(facts: Facts, deed: Deed, doer: Doer, unhappy: bool) -> Facts:
    """The facts after a deed."""
    state = after(facts, deed, contradicted=unhappy)
    assert state is not None
    facts = replace(facts, state=state, workers=facts.workers | {doer.name})
    again = KEPT[Deed.REOPEN] if state is State.REOPENED else {}
    proposed = {"proposed_by": doer.name} if deed is Deed.PROPOSE else {}
    return replace(facts, **{**KEPT.get(deed, {}), **proposed, **again})


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Facts,
        state=st.just(State.RECEIVED),
        by_proxy=st.booleans(),
        complex=st.booleans(),
        major=st.booleans(),
        sellers=st.just(frozenset({"苗青"})),
    ),
    st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=60),
)
def test_no_path_skips_identity_answer_or_archive(
    start: Facts, picks: list[tuple[int, bool]]
) -> None:
    """Every walk that ends in the archive has passed all of them, in whatever order of deeds."""
    facts, way = start, list[Deed]()
    for pick, unhappy in picks:
        possible = [(one, d) for one in PEOPLE for d in Deed if allowed(facts, d, one) is None]
        # What leads on is tried more often, or hardly a walk would come to its end.
        ahead = [(one, d) for one, d in possible if d in next_deeds(facts)] or possible
        chosen = ahead if pick % 4 else possible
        doer, deed = chosen[pick % len(chosen)]
        before = facts
        facts = done(facts, deed, doer, unhappy)
        way = [] if facts.state is State.REOPENED else [*way, deed]
        if facts.state is State.ASSIGNED and before.state is not State.ASSIGNED:
            assert facts.identified
            assert facts.acknowledged
        if facts.state is State.IMPLEMENTED and start.major | start.complex:
            assert Deed.APPROVE in way
        if facts.state is State.CLOSED:
            assert facts.identified
            assert facts.authorised or not facts.by_proxy
            assert facts.has_cause
            assert [d for d in way if d in _MARKS][-3:] == _MARKS


_MARKS = [Deed.ANSWER, Deed.FOLLOW_UP, Deed.CLOSE]


@given(facts)
def test_every_state_is_left_by_somebody(complaint: Facts) -> None:
    ways = {to for (state, _), to in STEPS.items() if state is complaint.state}
    assert ways - {complaint.state}
    ready = replace(
        complaint, identified=True, authorised=True, acknowledged=True, has_cause=True,
        answered=True, review_waits=False, booked=False,
    )  # fmt: skip
    possible = [deed for deed in Deed if allowed(ready, deed, FRESH) is None]
    assert any(after(ready, deed) is not ready.state for deed in possible)


@given(facts)
def test_what_comes_next_has_its_place(complaint: Facts) -> None:
    for deed in next_deeds(complaint):
        assert (complaint.state, deed) in STEPS


@given(facts, st.sampled_from(PEOPLE))
def test_a_deed_is_possible_only_where_it_has_a_place(complaint: Facts, doer: Doer) -> None:
    for deed, why in offers(complaint, doer).items():
        if why is None:
            assert after(complaint, deed) is not None
            assert doer.works or doer.assigns or doer.approves


@given(facts)
def test_article_17_nobody_with_an_interest_handles_it(complaint: Facts) -> None:
    about = replace(complaint, sellers=frozenset({"苗青"}))
    for doer in (SELLER, Doer("销售乙", works=True, assigns=True, approves=True, sells=True)):
        for deed in (Deed.INVESTIGATE, Deed.PROPOSE, Deed.APPROVE, Deed.ANSWER, Deed.CLOSE):
            assert allowed(about, deed, doer) is not None
    assert not may_handle(about, "苗青", sells=False)
    assert not may_handle(about, "别人", sells=True)
    assert may_handle(about, "韩经办", sells=False)
    numbered = replace(about, seller_codes={"苗青": "B2"})
    assert may_handle(numbered, "苗青", sells=False, code="H1")  # two people of one name
    assert not may_handle(numbered, "苗青", sells=False)
    assert not may_handle(numbered, "韩经办", sells=False, code="B2")
    assert not may_handle(about, "苗青", sells=False, code="H1")  # the seller's is not known


@pytest.mark.parametrize("deed", [Deed.APPROVE, Deed.GRANT_EXTENSION, Deed.ANSWER_REVIEW])
def test_nobody_approves_their_own_work(deed: Deed) -> None:
    mine = Facts(
        State.ANSWERED if deed is Deed.ANSWER_REVIEW else State.PROPOSED, complex=True,
        proposed_by="高主管", extension_asked_by="高主管", extension=Extension.ASKED,
        workers=frozenset({"高主管"}), review_waits=True,
    )  # fmt: skip
    assert allowed(mine, deed, BOSS) is WhyNot.OWN_WORK
    assert allowed(mine, deed, FRESH) is None


PROPOSED, FRONT = State.PROPOSED, State.TRIAGED


@pytest.mark.parametrize(
    ("facts", "deed", "why"),
    [
        (Facts(FRONT), Deed.REGISTER, WhyNot.NOT_IDENTIFIED),
        (Facts(FRONT, by_proxy=True), Deed.IDENTIFY, WhyNot.NO_AUTHORISATION),
        (Facts(FRONT, by_proxy=True, identified=True), Deed.REGISTER, WhyNot.NO_AUTHORISATION),
        (Facts(FRONT, by_proxy=True, identified=True, authorised=True), Deed.REGISTER, None),
        (Facts(FRONT), Deed.REFUSE, None),
        (Facts(State.ASSIGNED), Deed.REFUSE, WhyNot.NOT_NOW),
        (Facts(State.REGISTERED, identified=True), Deed.ASSIGN, WhyNot.NOT_TOLD),
        (Facts(State.REGISTERED, acknowledged=True), Deed.ASSIGN, WhyNot.NOT_IDENTIFIED),
        (Facts(PROPOSED, major=True), Deed.IMPLEMENT, WhyNot.NO_APPROVAL),
        (Facts(PROPOSED, complex=True), Deed.IMPLEMENT, WhyNot.NO_APPROVAL),
        (Facts(PROPOSED), Deed.IMPLEMENT, None),
        (Facts(PROPOSED), Deed.APPROVE, WhyNot.NO_APPROVAL_NEEDED),
        (Facts(State.ASSIGNED), Deed.ASK_EXTENSION, WhyNot.NOT_COMPLEX),
        (Facts(State.ASSIGNED, complex=True), Deed.TELL_EXTENSION, WhyNot.EXTENSION_STEP),
        (Facts(State.ASSIGNED, complex=True, extension=Extension.GRANTED), Deed.ASK_EXTENSION,
         WhyNot.EXTENSION_ONCE),
        (Facts(State.ASSIGNED), Deed.RESUME, WhyNot.NOT_STOPPED),
        (Facts(State.ANSWERED, answered=True, review_until_passed=True), Deed.ASK_REVIEW,
         WhyNot.REVIEW_TOO_LATE),
        (Facts(State.CLOSED, answered=True), Deed.ASK_REVIEW, None),
        (Facts(State.FOLLOWED_UP, answered=True), Deed.CLOSE, WhyNot.NO_CAUSE),
        (Facts(State.FOLLOWED_UP, answered=True, has_cause=True, review_waits=True), Deed.CLOSE,
         WhyNot.REVIEW_WAITS),
        (Facts(State.WITHDRAWN), Deed.PROPOSE, WhyNot.CLOSED),
        (Facts(State.ANSWERED, answered=True), Deed.BOOK, WhyNot.NO_POLICY),
    ],
)  # fmt: skip
def test_what_has_to_be_there_first(facts: Facts, deed: Deed, why: WhyNot | None) -> None:
    assert allowed(facts, deed, FRESH) is why


def test_whoever_is_not_content_goes_round_again() -> None:
    answered = Facts(State.ANSWERED, answered=True)
    assert after(answered, Deed.FOLLOW_UP, contradicted=True) is State.REOPENED
    assert after(answered, Deed.FOLLOW_UP) is State.FOLLOWED_UP
    closed = Facts(State.CLOSED, answered=True, review_waits=True)
    assert after(closed, Deed.ANSWER_REVIEW, contradicted=True) is State.REOPENED
    assert after(closed, Deed.ANSWER_REVIEW) is State.CLOSED


def test_somebody_elses_complaint_is_worked_on_by_a_superior_only() -> None:
    theirs = Facts(State.ASSIGNED, handler="韩经办")
    assert allowed(theirs, Deed.INVESTIGATE, Doer("别人", works=True)) is WhyNot.NOT_YOURS
    assert allowed(theirs, Deed.INVESTIGATE, HANDLER) is None
    assert allowed(theirs, Deed.INVESTIGATE, BOSS) is None


def test_withdrawal_ends_every_open_complaint() -> None:
    for state in set(State) - ENDED:
        assert after(Facts(state), Deed.WITHDRAW) is State.WITHDRAWN
