"""Problem cases from issued to closed, by people who see each other's work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from operations import case_work
from operations.case_record import CaseTrouble
from operations.case_work import Talk
from operations.judge import judge
from operations.rights import Who
from operations.second_revisits import close_lapsed
from store.tables import (
    Account,
    AuditEntry,
    Call,
    Case,
    CaseEvent,
    Policy,
    Review,
    SecondRevisit,
    Turn,
)
from tests.operations.casework import (
    ELSEWHERE,
    GAO,
    HAN,
    NOT_ME,
    QI,
    SELLER,
    UNSURE,
    deeds,
    opened,
    staff,
    work,
)
from tests.operations.rig import YES, Rig


@pytest.fixture
def unsure(rig: Rig) -> Rig:
    """A case that a signed letter or a second revisit closes, and people to work on it."""
    staff(rig)
    case = opened(rig, UNSURE)
    assert (case.class_name, case.family) == ("问题件", "沟通解释类")
    return rig


def talk(rig: Rig, words: str = "已再次解释签名的意义，客户表示明白", **other: object) -> Talk:
    return Talk(on=rig.clock(), minutes=5, words=words, **other)  # type: ignore[arg-type]


def reviewed(rig: Rig) -> None:
    """Taken by the handler, talked about, and reviewed by somebody else."""
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    case_work.contact(rig.line, HAN, 1, 1, talk(rig, explained=True))
    case_work.review(rig.line, QI, 1, 2)


def reviewer_hears_no(rig: Rig) -> None:
    """In the newest call a reviewer hears that the holder has not signed."""
    call = rig.one(Call, -1)
    (turn,) = rig.all(Turn, call_id=call.id, question_id="SIGN_APP")
    with rig.line.database.transaction() as session:
        session.add(
            Review(
                call_id=call.id, turn_number=turn.number, question_id="SIGN_APP",
                reviewer=QI.name, label="deny", words="不是我签的", note="", blind=False,
                made_at=rig.clock(),
            )
        )  # fmt: skip
        session.flush()
        judge(session, rig.line, session.get_one(Call, call.id), rig.clock())


def test_the_second_revisit_is_rung_and_closes_the_case(unsure: Rig) -> None:
    reviewed(unsure)
    with pytest.raises(CaseTrouble, match="proof that the rulebook wants is missing"):
        case_work.close(unsure.line, HAN, 1, 3)
    case_work.book(unsure.line, HAN, 1, 3, unsure.clock() + timedelta(hours=5))
    assert unsure.due == []  # not before the time agreed
    unsure.clock.tick(5 * 3600 + 60)

    caller = unsure.ring()
    caller.picks_up()
    assert caller.last.question.startswith("ID_PRESENT")
    caller.talks(YES)
    asked = [question for question, _ in caller.said]
    assert "SIGN_APP" in asked
    assert not any(question.startswith(("LIABILITY", "RECEIPT")) for question in asked)
    caller.hangs_up()

    case = unsure.one(Case)
    assert (case.state, case.closed_because) == ("closed", "second-revisit")
    assert case.closed_at == unsure.clock()
    assert work(unsure).stage == "closed"
    assert deeds(unsure)[-2:] == [("huifang", "passed"), ("huifang", "close")]
    assert [one.outcome for one in unsure.all(SecondRevisit)] == ["completed"]
    assert unsure.policy.closed_because == "completed"
    assert unsure.due == []  # and nobody rings any more


def test_a_second_revisit_that_fails_leaves_the_case_open(unsure: Rig) -> None:
    reviewed(unsure)
    case_work.book(unsure.line, HAN, 1, 3, unsure.clock())
    unsure.clock.tick(3600)
    caller = unsure.ring()
    caller.picks_up()
    caller.talks(UNSURE)
    caller.hangs_up()

    assert [one.state for one in unsure.all(Case)] == ["open"]  # the same trouble, the same case
    assert work(unsure).stage == "assigned"
    assert deeds(unsure)[-1] == ("huifang", "failed")
    assert unsure.due == []
    with pytest.raises(CaseTrouble, match="reviewed"):
        case_work.close(unsure.line, HAN, 1, None)


def test_a_busy_line_is_rung_again_and_nobody_else_decides(unsure: Rig) -> None:
    reviewed(unsure)
    case_work.book(unsure.line, HAN, 1, 3, unsure.clock())
    unsure.clock.tick(3600 * 4)
    caller = unsure.ring()
    caller.status("busy")
    unsure.phone.end(caller.sid)
    assert work(unsure).stage == "booked"
    assert unsure.policy.revisit == "closed"
    unsure.clock.tick(20 * 3600)  # two calls a day at most
    assert unsure.due == ["P0001"]


def test_a_case_whose_only_proof_is_a_signature_goes_on_after_the_call(rig: Rig) -> None:
    staff(rig)
    assert opened(rig, NOT_ME).family == "代签字类"
    reviewed(rig)
    case_work.book(rig.line, HAN, 1, 3, rig.clock())
    rig.clock.tick(3600)
    caller = rig.ring()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()

    assert rig.one(Case).state == "open"
    assert work(rig).stage == "reviewed"
    with pytest.raises(CaseTrouble, match="proof that the rulebook wants"):
        case_work.close(rig.line, HAN, 1, None)


def test_a_reviewer_who_hears_a_no_in_the_second_revisit_opens_the_case_again(
    unsure: Rig,
) -> None:
    reviewed(unsure)
    case_work.book(unsure.line, HAN, 1, 3, unsure.clock())
    unsure.clock.tick(3600)
    caller = unsure.ring()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()
    assert unsure.one(Case).state == "closed"
    reviewer_hears_no(unsure)

    assert (unsure.one(Case).state, unsure.one(Case).closed_at) == ("open", None)
    assert work(unsure).stage == "assigned"
    assert [one.state for one in unsure.all(SecondRevisit)] == ["failed"]


def test_what_a_reviewer_hears_later_is_not_lost_in_a_closed_case(rig: Rig) -> None:
    staff(rig)
    rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "LIABILITY.exclusions": ["不太清楚", "哦，现在清楚了"]})
    caller.hangs_up()
    assert rig.one(Case).class_name == "次标准件"
    case_work.assign(rig.line, GAO, 1, 0, GAO.name)
    case_work.conclude(rig.line, GAO, 1, 1, "已告知")
    case_work.review(rig.line, QI, 1, 2)
    case_work.close(rig.line, GAO, 1, 3)
    reviewer_hears_no(rig)

    case = rig.one(Case)
    assert (case.state, case.class_name, case.family) == ("open", "问题件", "代签字类")
    assert deeds(rig)[-1] == ("huifang", "reopen")
    assert work(rig).stage == "assigned"


def test_a_form_from_an_old_page_changes_nothing(unsure: Rig) -> None:
    case_work.assign(unsure.line, HAN, 1, 0, HAN.name)
    case_work.conclude(unsure.line, GAO, 1, 1, "主管的意见")
    before = unsure.everything()
    with pytest.raises(CaseTrouble, match="somebody has changed this case meanwhile"):
        case_work.conclude(unsure.line, HAN, 1, 1, "经办的意见")
    assert unsure.everything() == before


def test_of_two_who_take_it_at_the_same_moment_one_has_it(unsure: Rig) -> None:
    def take(who: Who) -> str:
        try:
            case_work.assign(unsure.line, who, 1, 0, who.name)
        except CaseTrouble as trouble:
            return str(trouble)
        return "mine"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(take, (HAN, GAO)))
    assert said[0] == "mine"
    assert "meanwhile" in said[1]
    assert len(deeds(unsure)) == 1


def test_the_same_form_twice_does_nothing_twice(unsure: Rig) -> None:
    case_work.assign(unsure.line, HAN, 1, 0, HAN.name)
    said = talk(unsure)
    case_work.contact(unsure.line, HAN, 1, 1, said)
    before = unsure.everything()
    case_work.contact(unsure.line, HAN, 1, 1, said)
    assert unsure.everything() == before


def numbered(rig: Rig, name: str, code: str | None) -> None:
    """Somebody's staff number, as their account has it."""
    with rig.line.database.transaction() as session:
        session.scalars(select(Account).where(Account.name == name)).one().staff_code = code


@pytest.mark.parametrize(
    ("name", "code", "of_policy", "said"),
    [
        ("苗青", None, "B20002", "has this name"),  # nothing better than the name is known
        ("苗青", "H10001", "B20002", None),  # two people of one name
        ("苗青", "B20002", "B20002", "give it to somebody else"),
        ("苗青", "b20002", "B20002", "give it to somebody else"),  # the same number, written so
        ("苗青", "Ｂ２０００２", "b20002", "give it to somebody else"),
        ("苗青", "B-20002", "B20002", "give it to somebody else"),
        ("苗青", "H10001", None, "has this name"),  # the list has named no number
        ("韩经办", "B20002", "B20002", "give it to somebody else"),  # whatever the name
        ("韩经办", "H10001", "B20002", None),
        ("韩经办", None, "韩经办", "give it to somebody else"),  # signs in by the number
    ],
)
def test_the_staff_number_tells_people_apart_and_the_name_only_without_it(
    rig: Rig, name: str, code: str | None, of_policy: str | None, said: str | None
) -> None:
    staff(rig)
    opened(rig, NOT_ME)
    numbered(rig, name, code)
    with rig.line.database.transaction() as session:
        session.execute(update(Policy).values(seller_code=of_policy))
    who = next(one for one in (SELLER, HAN) if one.name == name)
    for by in (who, GAO):  # taking it oneself, and being given it
        if said is None:
            case_work.assign(rig.line, by, 1, None, name)
        else:
            with pytest.raises(CaseTrouble, match=said):
                case_work.assign(rig.line, by, 1, None, name)


def test_neither_the_seller_nor_somebody_elsewhere_gets_it(rig: Rig) -> None:
    staff(rig)
    opened(rig, NOT_ME)
    with pytest.raises(CaseTrouble, match="nobody who sells"):
        case_work.assign(rig.line, SELLER, 1, 0, SELLER.name)
    with pytest.raises(CaseTrouble, match="nobody who sells"):
        case_work.assign(rig.line, GAO, 1, 0, SELLER.name)
    with pytest.raises(CaseTrouble, match="nobody called 冯经办 works on cases of this branch"):
        case_work.assign(rig.line, GAO, 1, 0, ELSEWHERE.name)
    with pytest.raises(CaseTrouble, match="there is no case 1"):
        case_work.assign(rig.line, ELSEWHERE, 1, 0, ELSEWHERE.name)
    with pytest.raises(CaseTrouble, match="supervisor gives it"):
        case_work.assign(rig.line, HAN, 1, 0, GAO.name)
    assert rig.all(CaseEvent) == []
    case_work.assign(rig.line, GAO, 1, 0, HAN.name)
    assert work(rig).assignee == HAN.name


def test_nobody_reviews_what_they_did(unsure: Rig) -> None:
    case_work.assign(unsure.line, GAO, 1, 0, GAO.name)
    case_work.conclude(unsure.line, GAO, 1, 1, "已核实")
    with pytest.raises(CaseTrouble, match="somebody else must review"):
        case_work.review(unsure.line, GAO, 1, 2)
    case_work.review(unsure.line, QI, 1, 2)
    assert work(unsure).stage == "reviewed"


def test_a_case_that_is_opened_again_is_proved_anew(rig: Rig) -> None:
    staff(rig)
    rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "LIABILITY.exclusions": ["不太清楚", "哦，现在清楚了"], "*": "是的"})
    caller.hangs_up()
    case = rig.one(Case)
    assert case.class_name == "次标准件"
    case_work.assign(rig.line, GAO, 1, 0, GAO.name)
    case_work.conclude(rig.line, GAO, 1, 1, "已告知所在区部加强培训")
    case_work.review(rig.line, QI, 1, 2)
    case_work.close(rig.line, GAO, 1, 3)
    assert rig.one(Case).closed_because == "proof"
    case_work.reopen(rig.line, QI, 1, 4, "回访录音显示客户仍不清楚")

    assert rig.one(Case).state == "open"
    assert work(rig).stage == "assigned"
    with pytest.raises(CaseTrouble, match="not reviewed yet"):
        case_work.close(rig.line, GAO, 1, None)
    case_work.contact(rig.line, GAO, 1, None, talk(rig, reached=False))
    case_work.review(rig.line, QI, 1, None)
    with pytest.raises(CaseTrouble, match="proof that the rulebook wants"):
        case_work.close(rig.line, GAO, 1, None)


def test_a_booking_can_be_cancelled_and_is_given_up_when_its_time_is_over(unsure: Rig) -> None:
    reviewed(unsure)
    case_work.book(unsure.line, HAN, 1, 3, unsure.clock())
    case_work.cancel_booking(unsure.line, HAN, 1, 4, "客户要求面谈")
    assert work(unsure).stage == "reviewed"
    unsure.clock.tick(3600)
    assert unsure.due == []
    case_work.book(unsure.line, HAN, 1, 5, unsure.clock())
    assert unsure.due == ["P0001"]
    assert close_lapsed(unsure.line) == 0
    unsure.clock.tick(86400 * 30)
    assert close_lapsed(unsure.line) == 1
    assert close_lapsed(unsure.line) == 0
    assert work(unsure).stage == "assigned"
    assert unsure.due == []


def test_talks_are_where_they_can_have_been(unsure: Rig) -> None:
    case_work.assign(unsure.line, HAN, 1, 0, HAN.name)
    for wrong, why in (
        (Talk(unsure.clock() + timedelta(minutes=1), 5, "明天"), "future"),
        (Talk(unsure.clock() - timedelta(days=90), 5, "去年"), "before the case was opened"),
        (Talk(unsure.clock(), 700, "一整天"), "between 0 and 600"),
        (Talk(unsure.clock(), 5, "  "), "missing"),
        (Talk(unsure.clock(), 5, "长" * 2001), "2000 characters"),
    ):
        with pytest.raises(CaseTrouble, match=why):
            case_work.contact(unsure.line, HAN, 1, None, wrong)
    assert len(unsure.all(CaseEvent)) == 1


def test_what_was_done_stands_in_the_audit_log(unsure: Rig) -> None:
    reviewed(unsure)
    with unsure.line.database.reading() as session:
        told = list(session.execute(select(AuditEntry.who, AuditEntry.what, AuditEntry.about)))
    assert told == [
        ("韩经办", "case-assign", "case:1"),
        ("韩经办", "case-contact", "case:1"),
        ("齐质检", "case-review", "case:1"),
    ]


def test_several_cases_are_given_at_once_and_each_that_stays_says_why(unsure: Rig) -> None:
    left = case_work.assign_many(unsure.line, GAO, [1, 1, 99], HAN.name)
    assert left == {99: "there is no case 99; look at the list of cases"}
    case_work.assign_many(unsure.line, GAO, [1], HAN.name)
    assert deeds(unsure) == [("高主管", "assign")]
