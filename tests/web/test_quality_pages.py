"""The reviewers' pages: work list, the form that loses nothing, plans, agreement, appeals."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from cases.quality_plan import Wanted
from operations import quality_tasks
from operations.rights import Role
from scripts.labels import Label
from store.tables import (
    Appeal,
    AuditEntry,
    QualityPlan,
    QualityTask,
    Review,
    ReviewComment,
    ReviewRelease,
    ScoreSheet,
)
from tests.operations.heard import turn_of
from tests.operations.reviewing import (
    FA,
    JIA,
    YI,
    ZHU,
    desk_call,
    draw,
    heard_rig,
    reviews,
    whole,
)
from tests.operations.rig import Rig
from tests.web.agent import HERE, Agent, entered


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """One call that was heard."""
    rig = heard_rig(tmp_path)
    yield rig
    rig.close()


def at(rig: Rig, name: str, *roles: Role) -> Agent:
    """Somebody at the console of this line."""
    app: Flask = rig.client.application
    client = app.test_client()
    entered(client, name, roles or (Role.REVIEWER,))
    return Agent(client)


def form_of(rig: Rig, agent: Agent, task: int, **changes: str) -> dict[str, str]:
    """Everything that the page's form would send, with a whole sheet in it."""
    agent.opens(f"/quality/tasks/{task}")
    draft = whole(rig, task)
    hidden = {name: _hidden(agent, name) for name in ("version", "window")}
    marks = {f"mark-{name}": mark.value for name, mark in draft.marks.items()}
    labels = {f"label-{turn}": label.value for turn, label in draft.labels.items()}
    return {**hidden, **marks, **labels, "do": "keep", **changes}


def _hidden(agent: Agent, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', agent.page.html)
    assert found is not None, name
    return found[1]


# The work list.


def test_the_list_says_why_each_call_is_on_it_and_leads_to_the_next(rig: Rig) -> None:
    draw(rig)
    jia = at(rig, "质检甲").opens("/")
    assert jia.at == "/quality/tasks"  # who only reviews begins here
    row = jia.page.row("P0001")
    assert "随机抽取：个险 · 其他" in row[5]
    jia.sees("待质检 1 通")
    assert "复检" not in " ".join(row)  # nobody can tell that it is heard twice
    jia.sends("/quality/tasks/next")
    assert jia.at == "/quality/tasks/1"
    jia.sees("新契约回访质检评分表", "85 分合格", "当时实际使用的话术")
    jia.opens("/quality/tasks").sees("接着做")
    at(rig, "质检乙").opens("/quality/tasks").sees("待质检 1 通").sends("/quality/tasks/2/take")
    at(rig, "质检丙").opens("/quality/tasks").sees("没有待质检的通话")


def test_filters_and_files(rig: Rig) -> None:
    draw(rig)
    reviews(rig, JIA, missed=("pace",))
    jia = at(rig, "质检甲").opens("/quality/tasks?state=done")
    assert "96 · 合格" in jia.page.row("P0001")[7]
    jia.sees("未定论")
    jia.opens("/quality/tasks?state=done&words=P0002").sees("没有符合条件")
    jia.opens("/quality/tasks?state=done&plan=9&part=x").sees("没有符合条件")
    jia.opens("/quality/tasks?state=done").follows("CSV")
    rows = list(csv.reader(StringIO(jia.answer.data.decode("utf-8-sig"), newline="")))
    assert rows[0][:2] == ["通话时间（UTC+8）", "保单号"]
    assert rows[1][9:11] == ["96.0", "合格"]


def test_nobody_sees_a_score_before_the_second_has_ended(rig: Rig) -> None:
    draw(rig)
    reviews(rig, JIA, missed=("pace",))
    zhu = at(rig, ZHU.name, Role.SUPERVISOR).opens("/quality/tasks?state=done")
    zhu.sees("未定论").misses("96")
    assert zhu.opens("/quality/tasks/1").at == "/quality/tasks"
    zhu.sees("独立复检这通电话")
    reviews(rig, YI, missed=("pace",))
    zhu.opens("/quality/tasks/1").sees("96 · 合格", "不符合")


def test_what_the_first_heard_is_out_of_the_seconds_sight(rig: Rig) -> None:
    draw(rig)
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, other={turn: Label.DENY}, words={turn: "没翻过那本"})
    yi = at(rig, "质检乙")
    yi.opens("/quality/tasks").sends("/quality/tasks/next").misses("没翻过那本", "质检甲")
    yi.opens("/calls/1").misses("质检甲 复听")
    yi.opens("/quality?state=all").misses("质检甲")
    at(rig, "质检甲").opens("/calls/1").sees("质检甲 复听")
    reviews(rig, YI)
    yi.opens("/calls/1").sees("质检甲 复听", "没翻过那本")


# The form.


def test_what_is_marked_is_kept_while_it_is_marked(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    jia = at(rig, "质检甲").opens("/quality/tasks").sends("/quality/tasks/next")
    form = form_of(rig, jia, 1)
    word = _hidden(jia, "form_token")
    first = {**form, "mark-pace": "missed", "remark": "慢一点", "form_token": word}
    answer = jia.client.post(
        "/quality/tasks/1", data=first, base_url=HERE, headers={"HX-Request": "true"}
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "已保存" in html
    assert "评分项 12／12" in html
    assert 'name="version" value="2"' in html
    jia.opens("/quality/tasks/1")
    assert 'name="mark-pace" value="missed" checked' in jia.page.html
    jia.sees("慢一点", "评分项 12／12")


def test_a_stale_form_comes_back_with_everything_in_it(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    jia = at(rig, "质检甲").opens("/quality/tasks").sends("/quality/tasks/next")
    old = form_of(rig, jia, 1, remark="旧窗口里写的", **{"words-4": "是他签的"})
    jia.sends("/quality/tasks/1", **form_of(rig, jia, 1, remark="新窗口里写的"))
    jia.sends("/quality/tasks/1", expect=409, **{**old, "do": "end"})
    jia.sees("另一个窗口改过", "旧窗口里写的")
    assert "是他签的" in jia.page.html
    assert rig.all(ScoreSheet) == []
    again = {**old, "version": _hidden(jia, "version"), "window": _hidden(jia, "window")}
    jia.sends("/quality/tasks/1", **{**again, "do": "end", "label-4": "deny"})
    assert jia.at == "/quality/tasks"
    jia.sees("已完成，100 分：合格")
    assert [one.words for one in rig.all(Review)] == ["是他签的"]


def test_a_sheet_that_is_not_whole_is_not_ended_and_not_lost(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    jia = at(rig, "质检甲").opens("/quality/tasks").sends("/quality/tasks/next")
    form = form_of(rig, jia, 1, do="end", remark="写到一半")
    lacking = {name: value for name, value in form.items() if name != "label-4"}
    jia.sends("/quality/tasks/1", expect=422, **lacking).sees("1 条回答没有按录音判定", "写到一半")
    assert rig.all(ScoreSheet) == []


def test_comments_keep_what_is_marked(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    jia = at(rig, "质检甲").opens("/quality/tasks").sends("/quality/tasks/next")
    form = form_of(rig, jia, 1, do="comment", at="1:05", comment="抢话了", remark="存着")
    jia.sends("/quality/tasks/1", **form).sees("抢话了", "1:05", "存着")
    assert [one.at_s for one in rig.all(ReviewComment)] == [65.0]
    wrong = form_of(rig, jia, 1, do="comment", at="一分钟", comment="说什么好呢")
    jia.sends("/quality/tasks/1", expect=422, **wrong).sees("时间点不在通话内")
    assert "说什么好呢" in jia.page.html
    jia.sends("/quality/tasks/1", **form_of(rig, jia, 1, do="remove-1")).misses("抢话了")


def test_what_a_reviewer_writes_is_never_markup(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    jia = at(rig, "质检甲").opens("/quality/tasks").sends("/quality/tasks/next")
    nasty = "<script>alert(1)</script>"
    form = form_of(rig, jia, 1, do="comment", at="3", comment=nasty, remark=nasty)
    jia.sends("/quality/tasks/1", **{**form, "words-4": f'"{nasty}'})
    jia.opens("/quality/tasks/1")
    assert "<script>alert" not in jia.page.html
    jia.sends("/quality/tasks/1", **form_of(rig, jia, 1, do="end", remark=nasty))
    jia.opens("/quality/tasks/1")
    assert "<script>alert" not in jia.page.html


def test_only_who_has_it_opens_the_form(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    quality_tasks.take(rig.line, JIA, 1)
    yi = at(rig, "质检乙")
    assert yi.opens("/quality/tasks/1").at == "/quality/tasks"
    yi.sees("请先领取")
    yi.sends("/quality/tasks/1/take").sees("刚被别人领取")
    yi.sends("/quality/tasks/1/back").sees("请勿退回")
    yi.opens("/quality/tasks/99", expect=404)
    zhu = at(rig, ZHU.name, Role.SUPERVISOR).opens("/quality/tasks?state=busy")
    zhu.sees("质检甲").sends("/quality/tasks/1/back").sees("已退回")
    assert rig.one(QualityTask).reviewer is None


def test_a_branch_reviewer_finds_no_call_of_another_branch(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    client = rig.client.application.test_client()
    entered(client, "分公司质检", (Role.REVIEWER,), "别处分公司")
    branch = Agent(client).opens("/quality/tasks").sees("没有待质检的通话")
    branch.opens("/quality")  # for the word of a form
    branch.opens("/quality/tasks/1", expect=404)
    branch.opens("/quality/tasks").sends("/language/zh_CN", expect=405)


def test_the_third_sees_what_two_said(rig: Rig) -> None:
    draw(rig)
    reviews(rig, JIA)
    reviews(rig, YI, missed=("pace",), other={turn_of(rig, "READ"): Label.UNSURE})
    fa = at(rig, FA.name, Role.COMPLIANCE).opens("/quality/tasks").sees("裁定")
    fa.sends("/quality/tasks/next").sees("质检甲", "质检乙", "评分项 11／12", "回答 19／20")
    assert fa.page.html.count("unlike") == 2


# Plans.


def test_a_sample_is_drawn_with_the_seed_of_the_form(rig: Rig) -> None:
    zhu = at(rig, ZHU.name, Role.SUPERVISOR).opens("/quality/plans").sees("还没有抽取过")
    day = "2026-11-18"
    form = {"first": day, "last": day, "share": "0.5", "least": "1200", "by_risk": "50",
            "twice": "100", "every": "1", "seed": _hidden(zhu, "seed")}  # fmt: skip
    zhu.sends("/quality/plans", **form)
    assert zhu.at == "/quality/plans/1"
    zhu.sees("已抽取：1 通中的 1 通", "按渠道和险种分层", form["seed"])
    assert zhu.page.row("个险")[:4] == ["个险", "其他", "1", "1"]
    zhu.sends("/quality/plans", **form)  # the button pressed twice
    (plan,) = rig.all(QualityPlan)
    assert (plan.share, plan.least, plan.twice, plan.every) == (0.005, 1200, 1.0, True)
    assert plan.drawn_by == ZHU.name
    wrong = {**form, "first": "2026-11-19"}
    zhu.opens("/quality/plans").sends("/quality/plans", expect=422, **wrong).sees("请对调")
    assert 'name="first" required value="2026-11-19"' in zhu.page.html
    zhu.sends("/quality/plans", expect=422, **{**form, "last": ""}).sees("缺少日期")
    zhu.sends("/quality/plans", expect=422, **{**form, "share": "x"}).sees("比例为 0 到 100")
    zhu.opens("/quality/plans").follows("打开").sees("0 / 2")


def test_who_only_reviews_draws_nothing(rig: Rig) -> None:
    jia = at(rig, "质检甲").opens("/quality/plans").misses("抽取样本", "发起校准")
    jia.opens("/quality/tasks")
    jia.sends("/quality/plans", expect=403)
    assert rig.all(QualityPlan) == []


def test_a_round_shows_nothing_until_everybody_has_ended(rig: Rig) -> None:
    for name in ("质检甲", "质检乙"):
        at(rig, name)
    zhu = at(rig, ZHU.name, Role.SUPERVISOR).opens("/quality/plans").sees("质检甲")
    form = {"first": "2026-11-18", "last": "2026-11-18", "count": "1", "seed": "4"}
    zhu.sends("/quality/plans/calibration", expect=422, **form).sees("至少要两名质检员")
    both = {**form, "reviewer": ["质检甲", "质检乙"]}
    zhu.sends("/quality/plans/calibration", **both).sees("尚未全部完成").misses("语速适中")
    zhu.opens("/quality/plans").sends("/quality/plans/calibration", **both)  # pressed twice
    assert len(rig.all(QualityPlan)) == 1
    reviews(rig, JIA, missed=("pace",))
    zhu.opens("/quality/plans/1").misses("96")
    reviews(rig, YI)
    zhu.opens("/quality/plans/1").sees("语速适中", "96 · 合格", "评分项 11 项，回答 20 条")
    assert zhu.page.row("语速适中")[1:] == ["✓ 符合", "✗ 不符合"]


# Agreement.


def test_agreement_is_shown_by_question_criterion_and_reviewer(rig: Rig) -> None:
    draw(rig)
    jia = at(rig, "质检甲").opens("/quality/agreement").sees("还没有两人都听过的通话")
    reviews(rig, JIA, missed=("pace",))
    reviews(rig, YI, other={turn_of(rig, "READ"): Label.UNSURE})
    page = jia.opens("/quality/agreement").page
    assert page.row("READ")[:3] == ["阅读产品材料 READ", "1", "0.0%"]
    assert page.row("语速适中")[1:3] == ["1", "0.0%"]
    assert page.row("质检乙")[0] == "质检乙 与其他人相比"
    jia.opens("/quality/agreement?from=2026-11-19").sees("还没有两人都听过的通话")
    jia.opens("/quality/agreement?plan=1").follows("CSV")
    rows = list(csv.reader(StringIO(jia.answer.data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {9}
    assert rows[1][:2] == ["回答", "全部"]
    assert ["评分表", "pace"] in [row[:2] for row in rows]


# Appeals.


@pytest.fixture
def scored(tmp_path: Path) -> Iterator[Rig]:
    """An agent's call that was found to be impolite."""
    rig = Rig(tmp_path)
    desk_call(rig)
    draw(rig, Wanted(1.0, 0))
    reviews(rig, JIA, missed=("manner",))
    yield rig
    rig.close()


def test_an_agent_sees_their_own_results_and_appeals(scored: Rig) -> None:
    other = at(scored, "柏访员", Role.AGENT).opens("/results").sees("还没有质检结果")
    other.opens("/results/1", expect=404)
    other.opens("/quality/tasks/1", expect=403)
    an = at(scored, "安访员", Role.AGENT).opens("/results")
    assert "94.3 · 合格" in an.page.row("P0900")[3]
    an.follows("打开").sees("语气平和", "见批注", "2026-11-25 前可以申诉一次")
    an.sends("/results/1/appeal", expect=422, grounds=" ").sees("请写明申诉什么")
    an.sends("/results/1/appeal", grounds="我没有打断客户").sees(
        "申诉已提交", "我没有打断客户", "待裁决"
    )
    an.opens("/results").sees("待裁决")
    assert len(scored.all(Appeal)) == 1


def test_a_supervisor_decides_and_the_agent_reads_it(scored: Rig) -> None:
    an = at(scored, "安访员", Role.AGENT).opens("/results/1")
    an.sends("/results/1/appeal", grounds="我没有打断客户")
    zhu = at(scored, ZHU.name, Role.SUPERVISOR).opens("/quality/appeals").follows("打开")
    marks = {f"mark-{name}": mark for name, mark in scored.one(ScoreSheet).marks.items()}
    given = {**marks, "because": "确实没有打断"}
    zhu.sends("/quality/appeals/1", expect=422, do="grant", **given).sees("评分没有改动")
    zhu.sends("/quality/appeals/1", expect=400, do="x", **given)
    zhu.opens("/quality/appeals/1").sends(
        "/quality/appeals/1", do="grant", **{**given, "mark-manner": "met"}
    )
    zhu.sees("已裁决", "没有待裁决的申诉").opens("/quality/appeals?state=decided").sees("同意")
    an.opens("/results/1").sees("100 · 合格", "确实没有打断", "已被取代")
    zhu.opens("/quality/appeals/9", expect=404)


# Words for the lexicon.


def test_words_are_released_by_a_second_person_and_leave_as_a_file(rig: Rig) -> None:
    draw(rig, Wanted(1.0, 0))
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, other={turn: Label.DENY}, words={turn: "没翻过那本"})
    jia = at(rig, "质检甲").opens("/quality/words").sees("没翻过那本")
    assert 'value="release"' not in jia.page.html
    jia.sends("/quality/words/1", do="release").sees("须由别人放行")
    yi = at(rig, "质检乙").opens("/quality/words")
    yi.sends("/quality/words/1", expect=400, do="x")
    yi.opens("/quality/words").sends("/quality/words/1", do="release").sees("没有待放行的语料")
    assert [one.released for one in rig.all(ReviewRelease)] == [True]
    yi.opens("/quality/words?state=released").sees("没翻过那本", "质检乙").follows("CSV")
    rows = list(csv.reader(StringIO(yi.answer.data.decode("utf-8-sig"), newline="")))
    assert rows[1][:3] == ["READ", "没翻过那本", "deny"]
    with rig.line.database.reading() as session:
        whats = [one.what for one in session.query(AuditEntry)]
    assert {"words-released", "exported", "call-scored", "sample-drawn"} <= set(whats)
    yi.opens("/quality/words?state=kept-out").sees("没有。")


def test_the_pages_are_whole_in_english(rig: Rig) -> None:
    draw(rig)
    task = quality_tasks.take_next(rig.line, JIA)
    assert task is not None
    jia = at(rig, "质检甲").opens("/language/en?back=/quality/tasks").sees("Calls to hear", "Go on")
    jia.opens("/quality/tasks/1").sees("Scorecard of revisit calls", "Words as you heard them")
    for path in ("plans", "plans/1", "agreement", "words", "tasks?state=done"):
        jia.opens(f"/quality/{path}")
        shown = jia.page.words
        for data in ("质检甲", "主管丙", "示例人寿", "中文", "回"):
            shown = shown.replace(data, "")
        assert not re.search(r"[\u4e00-\u9fff]", shown.replace("陈甲乙", "")), path
