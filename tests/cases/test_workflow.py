"""Work on a case as a walk through states: no case gets stuck, none closes without its proof, none
goes round a second revisit that the rulebook wants, and no seller touches what is not theirs."""

from hypothesis import given
from hypothesis import strategies as st

from cases.workflow import (
    STEPS,
    CaseFacts,
    Deed,
    Doer,
    Result,
    Stage,
    WhyNot,
    after,
    after_revisit,
    allowed,
    is_proved,
    may_handle,
    next_deeds,
    offers,
    result_of,
    wants_revisit,
)
from scripts import rulebooks
from scripts.outcomes import Outcome
from scripts.rulebooks import Proof

HANDLER = Doer("韩经办", works=True)
BOSS = Doer("高主管", works=True, assigns=True, reviews=True)
REVIEWER = Doer("齐复核", reviews=True)
EVERYBODY = (HANDLER, BOSS, REVIEWER, Doer("路人"), Doer("苗青", works=True, sells=True))
BOOKS = [rulebooks.load(name) for name in rulebooks.rulebooks()]
CLOSINGS = sorted({f.closed_by for book in BOOKS for f in book.families}, key=str)

proofs = st.frozensets(st.sampled_from(Proof))
facts = st.builds(
    CaseFacts,
    stage=st.sampled_from(Stage),
    assignee=st.sampled_from([None, "韩经办", "高主管"]),
    handlers=st.frozensets(st.sampled_from(["韩经办", "高主管"])),
    proofs=proofs,
    closed_by=st.sampled_from([(), *CLOSINGS]),
    seller_may_handle=st.booleans(),
    seller=st.sampled_from([None, "苗青", "韩经办"]),
)


@given(facts)
def test_every_state_is_left_by_somebody(case: CaseFacts) -> None:
    """Somebody with every right who has not touched it can move any case on."""
    fresh = Doer("新主管", works=True, assigns=True, reviews=True)
    possible = [deed for deed in Deed if allowed(case, deed, fresh) is None]
    assert any(after(case, deed) is not case.stage for deed in possible)


@given(facts)
def test_there_is_always_something_next_and_it_can_be_done(case: CaseFacts) -> None:
    """But where the second revisit is to be rung, or everything is done."""
    fresh = Doer("新主管", works=True, assigns=True, reviews=True)
    possible = [deed for deed in next_deeds(case) if allowed(case, deed, fresh) is None]
    assert bool(possible) != (case.stage in (Stage.BOOKED, Stage.CLOSED))


def test_what_comes_next_leads_to_the_proof_that_is_wanted() -> None:
    opinion, signed = (frozenset({Proof.OPINION}),), (frozenset({Proof.SIGNED}),)
    either = (*signed, frozenset({Proof.RECALLED}))

    def following(
        stage: Stage, closed_by: tuple[frozenset[Proof], ...], *proofs: Proof
    ) -> tuple[Deed, ...]:
        return next_deeds(CaseFacts(stage, proofs=frozenset(proofs), closed_by=closed_by))

    assert following(Stage.ASSIGNED, opinion) == (Deed.CONCLUDE,)
    assert following(Stage.ASSIGNED, either) == (Deed.CONTACT,)
    assert following(Stage.CONTACTED, signed) == (Deed.ATTACH, Deed.REVIEW)
    assert following(Stage.REVIEWED, either) == (Deed.CLOSE, Deed.BOOK)
    assert following(Stage.REVIEWED, signed) == (Deed.CLOSE, Deed.ATTACH)
    assert following(Stage.REVIEWED, signed, Proof.SIGNED)[0] is Deed.CLOSE


@given(facts)
def test_an_allowed_deed_has_a_stage_that_follows(case: CaseFacts) -> None:
    for doer in EVERYBODY:
        for deed, why_not in offers(case, doer).items():
            assert why_not is not None or after(case, deed) is not None


@given(facts)
def test_nothing_closes_without_its_proof(case: CaseFacts) -> None:
    for doer in EVERYBODY:
        if allowed(case, Deed.CLOSE, doer) is None:
            assert case.stage is Stage.REVIEWED
            assert is_proved(case.proofs, case.closed_by)
    if after_revisit(case, Result.PASSED) is Stage.CLOSED:
        assert is_proved(case.proofs | {Proof.RECALLED}, case.closed_by)
    assert after_revisit(case, Result.FAILED) is not Stage.CLOSED


@given(facts)
def test_no_way_leads_round_a_second_revisit_that_is_wanted(case: CaseFacts) -> None:
    if wants_revisit(case.closed_by) and Proof.RECALLED not in case.proofs:
        for doer in EVERYBODY:
            assert allowed(case, Deed.CLOSE, doer) is not None


def test_only_two_doors_lead_to_closed() -> None:
    doors = {(s, d) for s, deeds in STEPS.items() for d, to in deeds.items() if to is Stage.CLOSED}
    assert doors == {(Stage.REVIEWED, Deed.CLOSE)}  # the other is a second revisit that passed


@given(facts)
def test_nobody_of_the_sellers_line_handles_what_the_rulebook_keeps_from_them(
    case: CaseFacts,
) -> None:
    for doer in EVERYBODY:
        barred = not case.seller_may_handle and (doer.sells or doer.name == case.seller)
        if barred:
            assert not may_handle(case, doer.name, sells=doer.sells)
            assert all(why_not is not None for why_not in offers(case, doer).values())


def test_misselling_is_kept_from_the_sellers_in_every_rulebook() -> None:
    """2010年第4号 第18条: somebody other than the salesperson, in 15 working days."""
    for book in BOOKS:
        for family in book.families:
            if "误导" in family.name:
                case = CaseFacts(
                    Stage.ISSUED, seller="苗青", seller_may_handle=family.seller_may_handle
                )
                assert not may_handle(case, "苗 青", sells=False), (book.id, family.id)


@given(facts)
def test_nobody_reviews_their_own_work(case: CaseFacts) -> None:
    for doer in EVERYBODY:
        if allowed(case, Deed.REVIEW, doer) is None:
            assert doer.reviews
            assert doer.name not in case.handlers


def test_the_reasons_come_in_the_order_in_which_they_are_mended() -> None:
    stranger = Doer("路人")
    issued = CaseFacts(Stage.ISSUED)
    assert allowed(issued, Deed.CONTACT, stranger) is WhyNot.NO_RIGHT
    assert allowed(issued, Deed.CONTACT, HANDLER) is WhyNot.NOT_ASSIGNED
    theirs = CaseFacts(Stage.ASSIGNED, assignee="别人")
    assert allowed(theirs, Deed.CONTACT, HANDLER) is WhyNot.NOT_YOURS
    assert allowed(theirs, Deed.REVIEW, BOSS) is WhyNot.NOTHING_TO_REVIEW
    assert allowed(CaseFacts(Stage.CLOSED), Deed.CONTACT, HANDLER) is WhyNot.CLOSED
    assert allowed(CaseFacts(Stage.ASSIGNED), Deed.REOPEN, BOSS) is WhyNot.NOT_CLOSED
    assert allowed(CaseFacts(Stage.ASSIGNED), Deed.CLOSE, HANDLER) is WhyNot.NOT_REVIEWED
    assert allowed(CaseFacts(Stage.BOOKED), Deed.CLOSE, BOSS) is WhyNot.BOOKED
    assert allowed(CaseFacts(Stage.ASSIGNED), Deed.UNBOOK, BOSS) is WhyNot.NOT_BOOKED
    recalled = (frozenset({Proof.RECEIPT, Proof.RECALLED}),)
    reviewed = CaseFacts(Stage.REVIEWED, proofs=frozenset({Proof.RECEIPT}), closed_by=recalled)
    assert allowed(reviewed, Deed.CLOSE, HANDLER) is WhyNot.RECALL_MISSING
    signed = CaseFacts(Stage.REVIEWED, closed_by=(frozenset({Proof.SIGNED}),))
    assert allowed(signed, Deed.CLOSE, HANDLER) is WhyNot.PROOF_MISSING
    assert allowed(signed, Deed.REVIEW, BOSS) is WhyNot.REVIEWED_ALREADY


def test_a_case_that_is_opened_again_and_is_nobodys_waits_for_somebody() -> None:
    assert after(CaseFacts(Stage.CLOSED), Deed.REOPEN) is Stage.ISSUED
    assert after(CaseFacts(Stage.CLOSED, assignee="韩经办"), Deed.REOPEN) is Stage.ASSIGNED


def test_every_family_of_every_rulebook_says_what_closes_it() -> None:
    for book in BOOKS:
        for family in book.families:
            assert family.closed_by, (book.id, family.id)
            assert all(family.closed_by), (book.id, family.id)


def test_a_second_revisit_passes_only_without_a_problem() -> None:
    book = rulebooks.load("standard")
    of = {one.id: one for one in book.classes}
    assert result_of(Outcome.COMPLETED, None, book) is Result.PASSED
    assert result_of(Outcome.COMPLETED, of[book.clean_class], book) is Result.PASSED
    assert result_of(Outcome.COMPLETED, of["substandard"], book) is Result.PASSED
    assert result_of(Outcome.COMPLETED, of["problem"], book) is Result.FAILED
    assert result_of(Outcome.COMPLETED, of["verify"], book) is Result.FAILED
    for outcome in set(Outcome) - set(book.success.outcomes):
        assert result_of(outcome, None, book) is None


@given(proofs, st.sampled_from(CLOSINGS))
def test_more_proof_never_opens_a_closing(
    there: frozenset[Proof], closed_by: tuple[frozenset[Proof], ...]
) -> None:
    if is_proved(there, closed_by):
        assert is_proved(set(Proof), closed_by)
