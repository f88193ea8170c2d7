"""Drawing calls for reviewers: what is drawn, why, and that the same is never drawn twice."""

from datetime import timedelta

import pytest

from cases.quality_plan import Wanted
from operations import accounts, quality_draw, review
from operations.quality_draw import Days
from operations.quality_trouble import QualityTrouble
from operations.review import Decision
from operations.rights import Role
from scripts import scorecards
from scripts.labels import Label
from store import quality
from store.tables import Call, QualityPlan, QualityTask, Turn
from tests.operations.heard import called
from tests.operations.reviewing import ALL, TODAY, ZHU, desk_call, draw, heard_call
from tests.operations.rig import NOW, Rig


def names(rig: Rig) -> list[tuple[int, str]]:
    return [(one.call_id, one.part) for one in rig.all(QualityTask)]


def test_a_draw_is_kept_with_all_it_takes_to_draw_it_again(rig: Rig) -> None:
    heard_call(rig)
    done = draw(rig)
    assert (done.population, done.calls, done.twice, done.new) == (1, 1, 1, True)
    (plan,) = rig.all(QualityPlan)
    assert (plan.kind, plan.first, plan.last, plan.seed) == ("sample", NOW.date(), NOW.date(), 7)
    assert plan.strata[0] == {
        "channel": "agent", "product": "other", "size": 1, "taken": 1, "step": 1.0,
        "start": pytest.approx(0.3238, abs=1e-4),
    }  # fmt: skip
    assert scorecards.of_plain(plan.scorecard) == scorecards.load()
    assert names(rig) == [(1, "first"), (1, "second")]
    assert [(one.by_chance, one.reviewer) for one in rig.all(QualityTask)] == [(True, None)] * 2


def test_the_same_draw_again_changes_nothing_and_other_numbers_need_another_seed(
    rig: Rig,
) -> None:
    heard_call(rig)
    first = draw(rig)
    before = rig.everything()
    again = draw(rig)
    assert (again.plan, again.new, again.calls, again.twice) == (first.plan, False, 1, 1)
    assert rig.everything() == before
    with pytest.raises(QualityTrouble, match="with seed 7 already"):
        draw(rig, Wanted(1.0, 0))
    assert draw(rig, seed=None).new


def test_chance_takes_only_the_last_answered_call_of_a_policy(rig: Rig) -> None:
    rig.import_rows({})
    for words in ("我就是", ""):
        caller = rig.ring()
        caller.picks_up()
        if words:
            caller.says(words)
        caller.hangs_up()
        rig.clock.tick(5 * 3600)
    assert [one.call_id for one in rig.all(Turn)] == [1]
    assert len(rig.all(Call)) == 2
    draw(rig, Wanted(1.0, 0))
    assert names(rig) == [(1, "first")]


def test_every_call_with_a_disagreement_is_on_the_list_until_it_is_decided(rig: Rig) -> None:
    heard_call(rig)
    heard_call(rig, 2, {"READ": "没有看过"})
    wanted = Wanted(0.0, 0, every=True)
    draw(rig, wanted)
    assert names(rig) == [(2, "first")]
    (task,) = rig.all(QualityTask)
    assert (task.by_chance, task.risks) == (False, ["case", "disagreement"])
    assert draw(rig, wanted, seed=8).calls == 0  # it is on the list already
    review.decide(rig.line, 1, Decision(Label.DENY, "质检甲"))
    with rig.line.database.reading() as session:
        assert quality.waiting_answers(session, NOW.date(), NOW.date()) == []


def test_an_agents_call_and_a_short_one_are_known_as_such(rig: Rig) -> None:
    desk_call(rig)
    draw(rig, Wanted(0.0, 0, by_risk=5))
    (task,) = rig.all(QualityTask)
    assert {"agent"} <= set(task.risks)
    assert not task.by_chance


def test_a_carriers_announcement_and_days_without_calls_are_no_revisits(rig: Rig) -> None:
    with pytest.raises(QualityTrouble, match="nothing was answered"):
        draw(rig)
    for days, why in (
        (Days(NOW.date(), NOW.date() - timedelta(1)), "exchange"),
        (Days(NOW.date(), NOW.date() + timedelta(1)), "not come yet"),
        (Days(NOW.date() - timedelta(401), NOW.date()), "at most 400 days"),
    ):
        with pytest.raises(QualityTrouble, match=why):
            quality_draw.draw(rig.line, "主管丙", days, ALL)
    for wanted in (Wanted(1.1, 0), Wanted(0.5, -1), Wanted(0.5, 1, twice=2), Wanted(0, 200_000)):
        with pytest.raises(QualityTrouble):
            draw(rig, wanted)
    with pytest.raises(QualityTrouble, match="seed"):
        draw(rig, seed=-1)
    assert rig.all(QualityPlan) == []


def test_the_night_draws_yesterday_once_and_days_that_were_missed(rig: Rig) -> None:
    called(rig)
    assert quality_draw.draw_nightly(rig.line) == 0  # today is not over
    rig.clock.tick(86400)
    called(rig, 2)
    rig.clock.tick(86400)
    assert quality_draw.draw_nightly(rig.line) == 2
    assert quality_draw.draw_nightly(rig.line) == 0
    assert [(one.seed, one.drawn_by, one.every) for one in rig.all(QualityPlan)] == [
        (20261118, "huifang", True), (20261119, "huifang", True),
    ]  # fmt: skip


def test_a_calibration_round_gives_everybody_the_same_calls(rig: Rig) -> None:
    heard_call(rig)
    called(rig, 2)  # nothing to listen to
    for login, role in (("jia", Role.REVIEWER), ("yi", Role.REVIEWER), ("an", Role.AGENT)):
        accounts.add(rig.line, login, login, [role], None, "管理员")
    done = quality_draw.calibrate(rig.line, ZHU.name, TODAY, 3, ["yi", "jia", "yi"], 1)
    assert done.calls == 1
    assert [(one.call_id, one.part, one.seat, one.reviewer) for one in rig.all(QualityTask)] == [
        (1, "calibration", 0, "jia"), (1, "calibration", 1, "yi"),
    ]  # fmt: skip
    for who, count, why in (
        (["jia"], 3, "at least two"), (["jia", "an"], 3, "an does not review"),
        (["jia", "nobody"], 3, "nobody does not"), (["jia", "yi"], 0, "1 to 50"),
    ):  # fmt: skip
        with pytest.raises(QualityTrouble, match=why):
            quality_draw.calibrate(rig.line, ZHU.name, TODAY, count, who)
