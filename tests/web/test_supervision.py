"""报表 and 看板: the figures of the small world, by the rulebook's definitions."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from operations import kpis
from operations.rights import Role
from tests.web.agent import HERE, Agent, signed_in
from tests.web.stage import NOW, World, line_at
from tests.web.world import furnish
from web.app import create_app
from web.forms import FIELD


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small world, counted as the worker does it every hour."""
    line = line_at(tmp_path_factory.mktemp("world"))
    world = furnish(line)
    kpis.count_hourly(line)
    yield world
    line.database.close()


@pytest.fixture
def supervisor(app: Flask) -> Agent:
    return signed_in(app, Role.SUPERVISOR)


def test_every_figure_stands_beside_its_definition(supervisor: Agent) -> None:
    page = supervisor.opens("/kpis?month=2026-11").sees("指标 2026-11", "统计时间 2026-11-20 15:30")
    rows = {row[0]: row for row in page.page.rows if row}
    # five were completed; one receipt is missing, and one was signed before the policy was issued
    assert rows["犹豫期内回访成功率"][1:4] == ["31.2% ▲ 样本少", "5 / 16", "14.2–55.6%"]
    row = rows["回访成功率"]
    assert row[1:4] == ["27.8% ▲ 样本少", "5 / 18", "12.5–50.9%"]
    assert rows["问题件处理完成率"][1:3] == ["0.0% ▲ 样本少", "0 / 5"]
    assert row[6] == "回访成功的保单 ÷ 应访保单 名称出自 002-g，算法由本手册规定"
    supervisor.sees("问题件计入回访成功。", "件在期限内，比率仍可能上升。")


def test_the_same_in_english(app: Flask) -> None:
    reader = signed_in(app, Role.COMPLIANCE)
    reader.opens("/language/en")
    row = reader.opens("/kpis?month=2026-11").page.row("Revisited with success")
    assert row[6].startswith("policies revisited with success ÷ policies that must be revisited")


@pytest.mark.parametrize("by", ["branch", "channel", "product", "seller", "script"])
def test_the_groups_add_up_to_the_whole(supervisor: Agent, by: str) -> None:
    supervisor.opens(f"/kpis.csv?month=2026-11&by={by}")
    text = supervisor.answer.get_data().decode("utf-8-sig")
    whole, *groups = list(csv.reader(io.StringIO(text)))[1:]
    assert whole[0] == "全部"
    for column in (1, 2, 7, 8):
        assert sum(int(row[column] or 0) for row in groups) == int(whole[column]), column


def test_an_address_with_nonsense_is_this_month_by_branch(supervisor: Agent) -> None:
    supervisor.opens("/kpis?month=2026-13&span=7&by=x").sees("指标 2026-11")
    supervisor.opens("/kpis?month=2019-01").sees("这些月份没有统计数据", "其中有月份尚未统计")


def test_a_month_is_counted_on_the_spot(tmp_path: Path) -> None:
    line = line_at(tmp_path)
    furnish(line)
    agent = signed_in(create_app(line, secret="for the tests"), Role.SUPERVISOR)
    agent.opens("/kpis").sees("这些月份没有统计数据")
    agent.sends("/kpis/count", month="2026-11", span="1", by="channel")
    agent.sees("已重新统计", "回访成功率")
    line.database.close()


def test_the_board_shows_what_runs(supervisor: Agent) -> None:
    page = supervisor.opens("/board").sees("看板 截至 15:30:00", "正在进行的通话", "严立军").page
    assert page.row("今日到期")[1:] == ["0", "0", "0"]
    assert page.row("无人接听")[1] == "1"
    assert 'hx-trigger="every 5s"' in page.html
    supervisor.misses("13900001")


def test_a_branch_sees_its_own_part_only(app: Flask, world: World) -> None:
    """Whoever belongs to a branch gets that branch's counts, calls and lines; the reports of the
    whole company are not offered."""
    far = signed_in(app, Role.SUPERVISOR, "拉萨")
    far.opens("/kpis?month=2026-11").sees("这些月份没有统计数据").misses("月度报告")
    far.opens("/board").sees("当前没有通话").misses("严立军")


def test_who_may_open_them(app: Flask) -> None:
    for role in (Role.AGENT, Role.BRANCH, Role.REVIEWER, Role.ADMIN):
        person = signed_in(app, role)
        person.opens("/kpis", expect=403)
        person.opens("/board", expect=403)
    assert NOW.year == 2026


def test_a_policy_tells_its_whole_story(app: Flask) -> None:
    """Import, calls, readings, cases in one order, the newest first, with who did it; numbers are
    masked, and a look at the full number stands there from then on."""
    agent = signed_in(app, Role.COMPLIANCE)
    page = agent.opens("/policies/8860202611000002").page
    story = page.html[page.html.index('id="timeline"') :].partition("</section>")[0]
    order = ["录音复听", "通话结束", "拨打", "导入", "保单清单.xlsx"]
    places = [story.index(one) for one in order]
    assert places == sorted(places)
    assert "139****0002" in story
    assert "13900000002" not in page.html
    agent.sends(unmasking(page.html), why="核对号码")
    agent.opens("/policies/8860202611000002").sees("核对号码", "compliance")


def unmasking(html: str) -> str:
    """Where the form for the full numbers goes."""
    found = re.search(r'class="panel steps" method="post" action="([^"]+)"', html)
    assert found is not None
    return found[1]


def taken(agent: Agent, path: str, expect: int = 200) -> bytes:
    """The file that a form brings."""
    word = re.search(f'name="{FIELD}" value="([^"]+)"', agent.page.html)
    assert word is not None
    answer = agent.client.post(path, data={FIELD: word[1]}, base_url=HERE, buffered=True)
    assert answer.status_code == expect
    return answer.get_data()


def test_a_branch_does_not_see_anothers_policy(app: Flask) -> None:
    far = signed_in(app, Role.BRANCH, "拉萨")
    far.opens("/policies/8860202611000002", expect=404)


def test_the_evidence_package_is_one_click_away(app: Flask) -> None:
    agent = signed_in(app, Role.COMPLIANCE)
    agent.opens("/policies/8860202611000002").sees("证据包")
    content = taken(agent, "/evidence/8860202611000002")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {"verify.py", "manifest.json", "records.json"} <= set(package.namelist())
    agent.opens("/policies/8860202611000002").sees("导出证据包")
    far = signed_in(app, Role.SUPERVISOR, "拉萨")
    taken(far.opens("/kpis"), "/evidence/8860202611000002", expect=404)
    reviewer = signed_in(app, Role.REVIEWER)
    reviewer.opens("/policies/8860202611000002")
    assert "/evidence/" not in reviewer.page.html
