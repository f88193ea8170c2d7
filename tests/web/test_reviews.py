"""A reviewer at the console: the form on the answer, what it refuses, and the report."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from operations import review
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from operations.rights import Role
from store.tables import Finding, Interview, Review, Turn
from tests.operations.rig import SOMEBODY_ELSE, Rig
from tests.web.agent import HERE, Agent, entered, signed_in
from web.forms import FIELD


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A line with one call, whose recording is silent where a yes was heard live."""
    rig = Rig(tmp_path)
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    turn = next(one.number for one in rig.all(Turn) if one.question_id == "READ")
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, rig.recording({turn: ""}))
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)
    yield rig
    rig.close()


@pytest.fixture
def agent(rig: Rig) -> Agent:
    """A reviewer at the console."""
    entered(rig.client, "质检一")
    return Agent(rig.client)


def token(agent: Agent) -> str:
    """The word that the form on the call's page carries."""
    found = re.search(f'name="{FIELD}" value="([^"]+)"', agent.opens("/calls/1").page.html)
    assert found is not None
    return found[1]


def post(agent: Agent, **form: str) -> TestResponse:
    given = {"label": "deny", "note": "", "words": "", **form}
    return agent.client.post("/quality/1/decide", data=given, base_url=HERE)


def test_the_form_stands_on_the_answer_and_offers_no_label(agent: Agent) -> None:
    html = agent.opens("/calls/1").page.html
    assert 'method="post" action="/quality/1/decide"' in html
    assert '<select name="label" required>' in html
    assert html.count('action="/quality/') == 1
    agent.sees("判定实际回答", "请选择", "否定")


def test_a_decision_is_kept_and_shown(rig: Rig, agent: Agent) -> None:
    answer = post(agent, **{FIELD: token(agent)}, words="没看过", note="声音轻")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/calls/1#turn-")

    agent.opens("/calls/1").sees("已判定：否定", "质检一 复听", "没看过", "声音轻", "两者都不对")
    assert [(one.status, one.source) for one in rig.all(Finding)] == [("denied", "review")]
    agent.opens("/quality").sees("没有待质检的回答")
    page = agent.opens("/quality?state=decided").page
    assert page.row("READ")[7] == "✗ 否定 质检一"


def test_a_decision_is_of_whoever_is_signed_in(rig: Rig, agent: Agent) -> None:
    post(agent, **{FIELD: token(agent)}, by="别人")
    assert [one.reviewer for one in rig.all(Review)] == ["质检一"]


def test_nobody_decides_about_a_call_of_their_own(rig: Rig, agent: Agent) -> None:
    word, now = token(agent), rig.clock.now
    with rig.line.database.transaction() as session:
        session.add(
            Interview(
                policy_id=1, call_id=1, agent="质检一", version=0, taken_at=now, touched_at=now,
                ended_at=now, note="",
            )
        )  # fmt: skip
    post(agent, **{FIELD: word})
    agent.opens("/quality").sees("这是您自己的通话")
    assert rig.all(Review) == []


def test_who_reviews_nothing_has_no_form(rig: Rig) -> None:
    looking = signed_in(rig.client.application, Role.AGENT)
    looking.opens("/calls/1").misses("判定实际回答")


def test_a_double_click_counts_once(rig: Rig, agent: Agent) -> None:
    word = token(agent)
    assert post(agent, **{FIELD: word}).status_code == 303
    assert post(agent, **{FIELD: word}).status_code == 303
    assert len(rig.all(Review)) == 1


def test_another_decision_needs_the_tick(rig: Rig, agent: Agent) -> None:
    word = token(agent)
    post(agent, **{FIELD: word})
    post(agent, **{FIELD: word}, label="affirm")
    agent.opens("/calls/1").sees("您已判定过这条回答")
    assert [one.label for one in rig.all(Review)] == ["deny"]
    post(agent, **{FIELD: word}, label="affirm", correct="1")
    assert [one.label for one in rig.all(Review) if one.withdrawn_at is None] == ["affirm"]


@pytest.mark.parametrize("form", [{}, {FIELD: "guessed"}, {FIELD: ""}, {FIELD: "词"}])
def test_a_form_from_elsewhere_changes_nothing(
    rig: Rig, agent: Agent, form: dict[str, str]
) -> None:
    token(agent)
    answer = post(agent, **form)
    assert answer.status_code == 409
    assert "表单已过期" in answer.get_data(as_text=True)
    assert rig.all(Review) == []


def test_a_form_that_another_site_sends_changes_nothing(rig: Rig, agent: Agent) -> None:
    given = {"label": "deny", FIELD: token(agent)}
    answer = agent.client.post(
        "/quality/1/decide", data=given, base_url=HERE, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 409
    assert rig.all(Review) == []


@pytest.mark.parametrize(
    "form", [{"label": ""}, {"label": "maybe"}, {"note": "长" * 2001}, {"words": "\0"}]
)
def test_nonsense_is_refused(rig: Rig, agent: Agent, form: dict[str, str]) -> None:
    assert post(agent, **{FIELD: token(agent)}, **form).status_code == 400
    assert rig.all(Review) == []


def test_an_item_that_is_not_there(agent: Agent) -> None:
    word = token(agent)
    given = {"label": "deny", FIELD: word}
    answer = agent.client.post("/quality/99/decide", data=given, base_url=HERE)
    assert answer.status_code == 404


def test_what_a_reviewer_writes_is_never_markup(agent: Agent) -> None:
    post(agent, **{FIELD: token(agent)}, note="<script>alert(1)</script>", words="<b>我</b>")
    html = agent.opens("/calls/1").page.html
    assert "<script>alert" not in html
    assert "<b>我" not in html
    agent.opens("/quality?state=all")
    assert "<b>我" not in agent.page.html


def test_numbers_in_words_and_notes_are_masked(agent: Agent) -> None:
    post(agent, **{FIELD: token(agent)}, note="电话13900001234", words="打13900001234")
    agent.opens("/calls/1").sees("电话139****1234", "打139****1234")
    assert "13900001234" not in agent.page.html


def test_the_report_shows_every_question(rig: Rig, agent: Agent) -> None:
    page = agent.opens("/quality").follows("现场与录音对比").page
    row = page.row("READ")
    assert row[:3] == ["阅读产品材料 READ · 3-description", "1", "0"]
    assert row[3].startswith("0.0%")
    assert row[6] == "1 / 0"
    assert row[8] == "– 0.0%–100.0%"
    post(agent, **{FIELD: token(agent)})
    row = agent.opens("/hearing").page.row("READ")
    assert row[7:9] == ["1", "100.0% * 100.0%–100.0%"]


def test_the_report_keeps_to_its_filters(agent: Agent) -> None:
    agent.opens("/hearing?from=2026-11-19").sees("没有可对比的回答")
    agent.opens("/hearing?engine=other").sees("没有可对比的回答")
    page = agent.opens("/hearing?engine=tones:1&from=2026-11-18").sees("READ").page
    assert page.fields["engine"] == ["tones:1"]
    assert "engine=tones" in page.link("CSV")


def test_the_report_as_a_file(agent: Agent) -> None:
    agent.opens("/hearing").follows("CSV")
    rows = list(csv.reader(StringIO(agent.answer.data.decode("utf-8-sig"), newline="")))
    assert rows[0][:5] == ["识别引擎", "问题", "内容", "条款项", "对比回答数"]
    assert rows[1][:2] == ["tones:1", "全部"]
    assert {len(row) for row in rows} == {19}
    agent.opens("/hearing").follows("Excel")
    assert agent.answer.data.startswith(b"PK")


def test_a_drawn_answer_waits_and_is_no_disagreement(rig: Rig, agent: Agent) -> None:
    review.draw(rig.line, 1, 1)
    agent.opens("/quality?reason=sample").sees("随机抽取")
    assert agent.page.rows[1][4] == "随机抽取"
    agent.opens("/calls/1").sees("1 处现场与录音不一致")
    agent.opens("/today?day=2026-11-18")
    assert agent.page.row("现场与录音不一致")[1] == "1"
    post(agent, **{FIELD: token(agent)})
    agent.opens("/today?day=2026-11-18")
    assert agent.page.row("现场与录音不一致")[1] == "0"


def test_the_pages_are_whole_in_english(agent: Agent) -> None:
    agent.opens("/language/en?back=/hearing").sees("False yes live", "Live against recorded")
    agent.opens("/calls/1").sees("Decide what was said", "Live and recording differ")


def test_an_announcement_is_shown_with_its_place(rig: Rig, agent: Agent) -> None:
    rig.import_rows({"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    caller = rig.ring()
    caller.picks_up()
    for _ in range(3):
        caller.is_silent()
    caller.hangs_up()
    rig.speech.words[200] = "您好，请问您是陈安平先生本人吗"
    said = "您好您不打的电话已关机,请稍后再播。"
    sid = caller.sid.replace("CA", "RE")
    rig.put_on_shelf(sid, rig.recording(dict.fromkeys(range(3), said)))
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)

    agent.opens("/calls/2").sees("运营商提示音，并非真人接听", said, "原判为：", "一概不计")
