"""The counter guidance in the console: who reads it, what a search shows, help beside a complaint,
quizzes and their results."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask, g, render_template_string
from openpyxl import load_workbook

from operations.line import Line
from operations.rights import Role, Who
from scripts.guide.quiz import of_kept
from store import audit
from store import training as store
from tests.operations.complained import came
from tests.web.agent import HERE, Agent, signed_in
from tests.web.stage import line_at
from web.app import create_app

HELP = """{% import "guidance_parts.html" as g with context %}{{ g.guidance_help(signals) }}"""


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    line = line_at(tmp_path_factory.mktemp("guidance"))
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


def answers(line: Line, number: int, *, wrong: int = 0) -> dict[str, str]:
    """A filled-in paper, with so many wrong ones at its end."""
    with line.database.reading() as session:
        attempt = store.by_id(session, number)
        assert attempt is not None
        paper = of_kept(attempt.paper)
    return {
        f"q{place}": str((one.right + (place >= len(paper) - wrong)) % 4)
        for place, one in enumerate(paper)
    }


def takes(line: Line, agent: Agent, *, wrong: int = 0) -> Agent:
    agent.opens("/guidance/quiz").sends("/guidance/quiz")
    number = int(agent.at.rpartition("/")[2])
    return agent.sends(agent.at, **answers(line, number, wrong=wrong))


def test_the_whole_guide_in_both_languages_with_its_sources(app: Flask) -> None:
    agent = signed_in(app, Role.AGENT).opens("/guidance")
    agent.sees("六类风险", "暴怒", "可以说", "不可说", "001 柜面投诉风险识别")
    agent.opens("/language/en?back=/guidance")
    agent.sees("Six kinds of risk", "Furious", "do not say", "I do not know.")
    agent.misses("六类风险", "让客户发泄")
    agent.opens("/language/zh_CN?back=/guidance")


def test_words_and_pinyin_narrow_it(app: Flask) -> None:
    agent = signed_in(app, Role.BRANCH, "北京").opens("/guidance?words=baonu")
    agent.sees("找到 1 条", "像暴雨").misses("六项大忌", "嚎啕大哭")
    agent.opens("/guidance?words=%3Cb%3E").sees("指引中没有这些字词")
    assert "<b>" not in agent.page.html.split('name="words"')[1][:60]


def test_an_administrator_has_no_use_for_it(app: Flask) -> None:
    agent = signed_in(app, Role.ADMIN).opens("/guidance", expect=403)
    agent.opens("/account")
    assert 'href="/guidance"' not in agent.page.html


@pytest.mark.parametrize(
    ("signals", "first"),
    [(["group"], "群访"), (["violence", "threat"], "暴怒"), ([], "先安抚情绪")],
)
def test_help_beside_a_complaint(app: Flask, signals: list[str], first: str) -> None:
    with app.test_request_context(base_url=HERE):
        g.who = Who(1, "青经办", frozenset({Role.BRANCH}))
        html = render_template_string(HELP, signals=signals)
        assert first in html.partition("</article>")[0]
        g.who = Who(1, "管理员", frozenset({Role.ADMIN}))
        assert render_template_string(HELP, signals=signals).strip() == ""


def test_a_quiz_from_the_first_question_to_the_result(app: Flask, line: Line) -> None:
    agent = signed_in(app, Role.AGENT, "青岛").opens("/guidance/quiz").sees("还没有完成过测验")
    agent.sends("/guidance/quiz").sees("哪")
    paper, number = agent.at, int(agent.at.rpartition("/")[2])
    agent.opens("/guidance/quiz").sees("继续测验").sends("/guidance/quiz")
    assert agent.at == paper
    filled = answers(line, number, wrong=1)
    gap = {name: value for name, value in filled.items() if name != "q3"}
    agent.sends(paper, 422, **gap).sees("还有 1 道题没有作答")
    assert agent.page.html.count(" checked") == 9  # what was chosen is still there
    assert "正确答案" not in agent.page.words
    agent.sends(paper, **filled).sees("90 %", "合格", "正确答案", "指引怎么说")
    agent.sends(paper, **answers(line, number)).sees("90 %")  # handed in twice
    agent.opens("/guidance/quiz").sees("90 %").follows("打开")
    assert agent.at == paper


@pytest.mark.parametrize("form", [{"q0": "9"}, {"q0": "-1"}, {"q99999": "1"}, {"q0": "一"}])
def test_a_form_of_nonsense_is_a_gap(app: Flask, form: dict[str, str]) -> None:
    agent = signed_in(app, Role.REVIEWER).opens("/guidance/quiz").sends("/guidance/quiz")
    agent.sends(agent.at, 422, **form).sees("还有 10 道题没有作答")


def test_nobody_opens_a_colleagues_paper(app: Flask, line: Line) -> None:
    takes(line, own := signed_in(app, Role.AGENT))
    signed_in(app, Role.SUPERVISOR).opens(own.at, expect=404)
    signed_in(app, Role.AGENT, "青岛").opens(own.at, expect=404)


def test_a_supervisor_sees_everybody_and_of_a_branch_only_its_own(app: Flask, line: Line) -> None:
    takes(line, signed_in(app, Role.AGENT, "济南"), wrong=10)
    takes(line, signed_in(app, Role.BRANCH, "烟台"), wrong=1)
    whole = signed_in(app, Role.SUPERVISOR).opens("/guidance/results")
    whole.sees("agent 济南", "branch 烟台", "最常答错")
    own = signed_in(app, Role.SUPERVISOR, "济南").opens("/guidance/results")
    own.sees("agent 济南").misses("branch 烟台")
    sheet = load_workbook(BytesIO(own.opens("/guidance/results.xlsx").answer.data)).active
    assert sheet is not None
    assert [[cell.value for cell in row][:5] for row in sheet.rows][1:] == [
        ["agent 济南", "济南", 1, 0, 0]
    ]
    with line.database.reading() as session:
        (entry,) = audit.about(session, ["list:quizzes"])
    assert (entry.who, entry.what) == ("supervisor 济南", "exported")
    signed_in(app, Role.AGENT).opens("/guidance/results", expect=403)


def test_it_stands_beside_every_complaint(app: Flask, line: Line) -> None:
    group, plain = came(line, {"signals": ["group"], "branch": "烟台"}, {"branch": "烟台"})
    agent = signed_in(app, Role.BRANCH, "烟台").opens(f"/complaints/{group}")
    agent.sees("应对提示", "三人以上一同上门").misses("先安抚情绪")
    agent.opens(f"/complaints/{plain}").sees("应对提示", "先安抚情绪")
