"""A call that was broken off: the next one verifies the identity again and goes on where it
stopped, or begins anew when anything that was answered may not stand any more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from operations import drafts, releases, talk
from operations.choose_script import packaged
from operations.facts import from_json
from operations.place_call import look_for_abandoned, place_next
from operations.plan import refresh
from scripts.run import Run
from store.tables import Call, Policy, Turn
from tests.operations.rig import NOW, YES, Rig

BEFORE = ("ID_PRESENT", "ID_VERIFY", "CONSENT")
Answers = Mapping[str, str | list[str]]


def talked(rig: Rig, answers: Answers, at: str = "", *, ends: bool = True) -> list[str]:
    """Ring, answer, and hang up; the questions that were asked, each once, and the last one put."""
    if at:
        rig.clock.now = NOW.fromisoformat(f"2026-11-{at}:00+08:00")
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, **answers})
    if ends:
        caller.hangs_up()
    asked = [question for question, _ in caller.said]
    waiting = [caller.last.question] if caller.last.question else []
    return list(dict.fromkeys([*asked, *waiting]))


def path_of(rig: Rig) -> list[str]:
    """The questions of a call from beginning to end."""
    facts = from_json(rig.one(Call).facts)
    return [one.id for one in Run(packaged("standard").script, facts).path.questions]


def after(questions: list[str], name: str) -> list[str]:
    return questions[questions.index(name) :]


def newest(rig: Rig) -> Call:
    found: Call = rig.one(Call, -1)
    return found


class Killed(BaseException):
    """The process is gone: nothing behind this line runs."""


class Dying:
    """A carrier around whose order our process dies."""

    def place(self, dial: object) -> str:
        raise Killed


@pytest.fixture
def broken_off(rig: Rig) -> Rig:
    """The holder hung up at the cooling-off period, after a day's first half of the questions."""
    rig.import_rows({})
    assert talked(rig, {"HESITATION.length": "stop"})[-1] == "HESITATION.length"
    assert rig.outcomes == ["hung-up"]
    return rig


def test_the_next_call_verifies_the_identity_and_goes_on(broken_off: Rig) -> None:
    rig = broken_off
    whole = path_of(rig)
    asked = talked(rig, {}, "18T15:00")

    assert asked[:2] == ["ID_PRESENT", "ID_VERIFY"]
    assert [one for one in asked if one.partition(".")[0] not in BEFORE] == after(
        whole, "HESITATION.length"
    )
    first, second = rig.all(Call)
    assert second.script_hash == first.script_hash
    assert from_json(second.facts).resumed
    assert from_json(first.facts).scope is None
    assert rig.outcomes == ["hung-up", "completed"]
    assert rig.policy.closed_because == "completed"


def test_whoever_cannot_prove_who_they_are_hears_nothing_of_the_policy(broken_off: Rig) -> None:
    rig = broken_off
    asked = talked(rig, {"ID_VERIFY": "一九九九年一月一日"}, "18T15:00")

    assert set(asked) <= {"ID_PRESENT", "ID_VERIFY"}
    assert rig.outcomes[-1] == "identity-failed"


def test_a_question_that_was_left_in_doubt_is_asked_again(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"READ": ["没看过", "stop"]})
    asked = talked(rig, {}, "18T15:00")

    assert "READ" in asked
    assert "AWARE" not in asked
    assert ("READ", "denied", "live") in rig.findings  # it stays with the first call
    assert newest(rig).outcome == "completed"


def test_what_was_denied_before_is_a_finding_of_the_first_call_still(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"SIGN_APP": "我儿子替我签的", "HESITATION.length": "stop"})
    first = rig.one(Call)
    asked = talked(rig, {}, "18T15:00")

    assert "SIGN_APP" not in asked
    assert rig.findings == [("SIGN_APP", "denied", "live")]
    assert [name for name, _ in rig.cases] == ["问题件"]
    assert rig.one(Call).class_name == first.class_name == "问题件"
    assert rig.policy.closed_because == "completed"


def test_two_callbacks(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"READ": "我在开会，今天下午三点打"})
    assert newest(rig).outcome == "callback"
    second = talked(rig, {"HESITATION.length": "现在没空，明天上午十点打来"}, "18T15:00")
    assert "SIGN_APP" not in second
    assert "READ" in second
    third = talked(rig, {}, "19T10:00")

    whole = path_of(rig)
    assert [one for one in third if one.partition(".")[0] not in BEFORE] == after(
        whole, "HESITATION.length"
    )
    assert rig.outcomes == ["callback", "callback", "completed"]
    said = {(turn.question_id) for turn in rig.all(Turn)}
    assert set(whole) - {"CONSENT"} <= said  # nothing was left out between the three


def test_a_call_in_between_that_reaches_nobody_takes_nothing_away(broken_off: Rig) -> None:
    rig = broken_off
    rig.clock.now = NOW.replace(hour=15)
    caller = rig.ring()
    caller.status("no-answer")
    asked = talked(rig, {}, "19T10:00")

    assert rig.outcomes == ["hung-up", "no-answer", "completed"]
    assert "AWARE" not in asked


def test_a_stranger_in_between_takes_nothing_away(broken_off: Rig) -> None:
    rig = broken_off
    talked(rig, {"ID_PRESENT": "他不在", "ID_PRESENT.when": "明天上午十点"}, "18T15:00")
    asked = talked(rig, {}, "19T10:00")

    assert rig.outcomes == ["hung-up", "not-holder", "completed"]
    assert "AWARE" not in asked


def test_a_resumed_call_that_breaks_off_before_the_identity(broken_off: Rig) -> None:
    rig = broken_off
    talked(rig, {"ID_VERIFY": ""}, "18T15:00")
    assert newest(rig).outcome == "silent"
    asked = talked(rig, {}, "19T10:00")

    assert "AWARE" not in asked
    assert newest(rig).outcome == "completed"


def test_not_before_the_identity_was_verified(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"ID_VERIFY": "stop"})
    asked = talked(rig, {}, "18T15:00")

    assert from_json(newest(rig).facts).scope is None
    assert not from_json(newest(rig).facts).resumed
    assert "CONSENT" in asked


def test_not_while_nothing_is_confirmed(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"CONSENT": "我在开会，今天下午三点打"})
    talked(rig, {"AWARE": "stop"}, "18T15:00")

    assert not from_json(newest(rig).facts).resumed


def test_not_when_somebody_else_came_to_the_telephone(rig: Rig) -> None:
    """Then nobody knows who gave the answers before."""
    rig.import_rows({})
    talked(rig, {"READ": "我不是本人，我是他儿子", "ID_PRESENT.when": "今天下午三点"})
    assert rig.outcomes == ["not-holder"]
    talked(rig, {}, "18T15:00")

    assert not from_json(newest(rig).facts).resumed


@pytest.mark.parametrize(
    "change", [{"保费": "13000"}, {"险种名称": "守护一生年金保险"}, {"犹豫期天数": "20"}]
)
def test_a_changed_policy_begins_anew(broken_off: Rig, change: dict[str, str]) -> None:
    rig = broken_off
    rig.import_rows(change)
    asked = talked(rig, {}, "18T15:00")

    assert "AWARE" in asked
    assert from_json(newest(rig).facts).scope is None


def test_another_telephone_of_the_same_holder_changes_nothing(broken_off: Rig) -> None:
    rig = broken_off
    rig.import_rows({"手机": "13900000009"})
    asked = talked(rig, {}, "18T15:00")

    assert "AWARE" not in asked


def test_data_that_were_mended_begin_anew(broken_off: Rig) -> None:
    rig = broken_off
    with rig.line.database.transaction() as session:
        session.get_one(Policy, 1).reopened_at = rig.clock() + timedelta(seconds=1)
    asked = talked(rig, {}, "18T15:00")

    assert "AWARE" in asked


def test_a_script_published_meanwhile_does_not_change_the_rest(broken_off: Rig) -> None:
    rig = broken_off
    publish(rig, "您亲笔签的", "您亲手签的")
    talked(rig, {"SURRENDER_LOSS": "stop"}, "18T15:00")

    assert newest(rig).script_hash == rig.one(Call).script_hash == packaged("standard").hash


def test_a_script_that_was_retired_is_not_gone_on_with(rig: Rig) -> None:
    publish(rig, "您亲笔签的", "您亲手签的")
    rig.import_rows({})
    talked(rig, {"HESITATION.length": "stop"})
    assert newest(rig).script_hash != packaged("standard").hash
    releases.retire(rig.line, "standard", 1, "李主管", "说法不妥")
    asked = talked(rig, {}, "18T15:00")

    assert newest(rig).script_hash == packaged("standard").hash
    assert "AWARE" in asked


def test_a_script_that_is_not_for_today_is_not_gone_on_with(rig: Rig) -> None:
    rig.serve(script_id="traditional-a")  # up to and including the 18th day since issue
    rig.import_rows({"承保日期": "2026-10-31", "生效日期": "2026-11-01"})
    talked(rig, {"HESITATION": "stop", "SIGN_TIP": "stop"})
    assert rig.outcomes == ["hung-up"]
    asked = talked(rig, {}, "19T10:00")

    assert newest(rig).script_hash == packaged("standard").hash
    assert "AWARE" in asked


def publish(rig: Rig, old: str, new: str) -> None:
    text = packaged("standard").text
    assert old in text
    found = drafts.propose_text(rig.line, text.replace(old, new), "王编辑", "说法")
    drafts.approve(rig.line, found.number, "李主管")


def test_killed_between_the_order_and_the_call(broken_off: Rig) -> None:
    """The order stands with its scope; whoever settles it rings with the same one."""
    rig = broken_off
    rig.clock.now = NOW.replace(hour=15)
    refresh(rig.line)

    with pytest.raises(Killed):
        place_next(replace(rig.line, phone=Dying()))  # type: ignore[arg-type]
    before = newest(rig).facts
    assert not look_for_abandoned(replace(rig.line, worker="two"))  # it may live
    rig.clock.tick(rig.line.lease_s + 1)
    assert look_for_abandoned(replace(rig.line, worker="two"))
    caller = rig.caller()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()

    assert len(rig.all(Call)) == 2
    assert newest(rig).facts == before
    assert "AWARE" not in [question for question, _ in caller.said]
    assert newest(rig).outcome == "completed"


def test_killed_and_not_rung_the_same_day(broken_off: Rig) -> None:
    rig = broken_off
    rig.clock.now = NOW.replace(hour=20, minute=59)
    refresh(rig.line)
    with pytest.raises(Killed):
        place_next(replace(rig.line, phone=Dying()))  # type: ignore[arg-type]
    assert not look_for_abandoned(replace(rig.line, worker="two"))
    rig.clock.now = NOW.replace(hour=23)
    assert look_for_abandoned(replace(rig.line, worker="two"))
    assert rig.outcomes == ["hung-up", "canceled"]
    asked = talked(rig, {}, "19T10:00")

    assert "AWARE" not in asked


def test_an_error_of_ours_in_the_middle(rig: Rig) -> None:
    rig.import_rows({})
    talked(rig, {"READ": "stop"}, ends=False)
    talk.failed(rig.line, rig.caller().token)
    rig.caller().hangs_up()
    assert rig.outcomes == ["error"]
    asked = talked(rig, {}, "18T15:00")

    assert "READ" in asked
    assert "SIGN_APP" not in asked


def test_a_doubt_of_the_first_call_is_remembered_in_the_second(rig: Rig) -> None:
    """健康保险管理办法 第44条: whoever was misled is told of the right to cancel, also when the
    doubt was heard before the call was broken off."""
    rig.import_rows({"产品类型": "健康", "犹豫期天数": "15"})
    talked(rig, {"READ": ["没看过", "现在清楚了"], "HESITATION.length": "stop"})
    asked = talked(rig, {}, "18T15:00")

    assert "HESITATION.cancel" in asked
    assert "READ" not in asked


def test_a_doubt_of_the_second_call_counts_as_well(rig: Rig) -> None:
    rig.import_rows({"产品类型": "健康", "犹豫期天数": "15"})
    talked(rig, {"HESITATION.length": "stop"})
    asked = talked(rig, {"SURRENDER_LOSS": ["不清楚", "现在清楚了"]}, "18T15:00")

    assert "HESITATION.cancel" in asked
