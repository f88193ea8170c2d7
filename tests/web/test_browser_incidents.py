"""A branch manager's day in a real Chromium, in Chinese: a visit by four people that becomes an
incident, is split into rooms and closed with its report; and a drill with a clock."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from operations.line import Line
from operations.rights import Role, Who
from store.incidents import whole
from tests.operations.rig import Clock
from tests.operations.test_group_visits import visit
from tests.web.agent import entered
from tests.web.stage import NOW, line_at
from tests.web.test_axe import AXE, wrong_on
from tests.web.window import office
from web.app import create_app

pytestmark = pytest.mark.browser
BRANCH = "青岛分公司"
LU = Who(1, "陆经理", frozenset({Role.BRANCH}), BRANCH)
FOUR = ("王一", "王二", "王三", "王四")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def line(tmp_path: Path, clock: Clock) -> Iterator[Line]:
    """Four people have complained at the counter this afternoon."""
    line = replace(line_at(tmp_path), clock=clock)
    visit(line, FOUR, LU, NOW)
    yield line
    line.database.close()


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    """A window of a small office screen, at which the branch's manager sits."""
    app = create_app(line, secret="for the tests only")
    entered(app.test_client(), LU.name, (Role.BRANCH,), BRANCH)
    with office(browser, app, LU.name) as page:
        yield page


def test_a_visit_by_four_becomes_an_incident(page: Page, line: Line) -> None:
    reports_the_group(page)
    starts_the_plan(page)
    splits_them(page)
    works_through_the_checklist(page)
    closes_with_the_report(page)
    with line.database.reading(BRANCH) as session:
        found = whole(session, 1)
        assert found is not None
        assert [one.complaint_id for one in found.people] == [1, 2, 3, 4]
        assert [one.room for one in found.people] == [1, 2, 2, 1]


def looks_right(page: Page) -> None:
    """The page that is open breaks no rule of axe-core."""
    if AXE.exists():
        assert wrong_on(page) == []


def reports_the_group(page: Page) -> None:
    """By the key of the menu; the proposal fills the form, a slip gives it back."""
    page.goto("/today")
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.locator(".groups")).to_contain_text("4 人: 王一、王二、王三、王四")
    looks_right(page)
    page.get_by_role("link", name="上报为突发事件").click()
    expect(page.get_by_label("来访人姓名")).to_have_value("王一\n王二\n王三\n王四")
    page.get_by_label("柜面", exact=True).fill("市南柜面")
    page.get_by_label("集中退保投保人数").fill("4")
    page.get_by_label("非正常退保金额（元）").fill("两千万")
    page.get_by_role("button", name="上报").click()
    expect(page.locator("#messages")).to_contain_text("金额无法识别")
    expect(page.get_by_label("柜面", exact=True)).to_have_value("市南柜面")
    looks_right(page)
    page.get_by_label("非正常退保金额（元）").fill("20000000.01")
    page.get_by_role("button", name="上报").click()
    expect(page.locator(".why-grade")).to_contain_text("非正常退保金额超过2000万元")
    expect(page.locator(".why-grade")).to_contain_text("Ⅲ级（较大）")
    expect(page.locator(".head")).to_contain_text("群访")


def starts_the_plan(page: Page) -> None:
    """The form that comes next is open."""
    page.get_by_role("button", name="定为此等级").click()
    page.get_by_label("唯一发言人").fill("张经理")
    page.get_by_role("button", name="启动预案").click()
    expect(page.locator(".stages .here")).to_have_text("已启动预案")
    expect(page.locator(".todo li")).to_have_count(8)


def splits_them(page: Page) -> None:
    """One room is one too few; two have two each, and one person moves."""
    page.get_by_label("地点，每行一个").fill("银保部办公室 李一")
    page.get_by_role("button", name="分流", exact=True).click()
    expect(page.locator(".room.crowded")).to_have_count(1)
    page.get_by_text("群访分流").first.click()
    page.get_by_label("地点，每行一个").fill("银保部办公室 李一\n健管部 李二")
    page.get_by_role("button", name="分流", exact=True).click()
    expect(page.locator(".room")).to_have_count(2)
    expect(page.locator(".room.crowded")).to_have_count(0)
    page.get_by_text("手工调整安排").click()
    page.get_by_label("地点 王三").select_option("健管部")
    page.get_by_label("地点 王四").select_option("银保部办公室")
    page.get_by_role("button", name="保存安排").click()
    expect(page.locator(".room").nth(0)).to_contain_text("王四")
    looks_right(page)


def works_through_the_checklist(page: Page) -> None:
    """Each step is ticked; one is left out, which takes a reason."""
    first = page.locator(".todo li.open").first
    first.get_by_role("button", name="不采用").click()
    expect(page.locator("#messages")).to_contain_text("请写明原因")
    first = page.locator(".todo li.open").first
    first.get_by_label("备注").fill("客户拒绝")
    first.get_by_role("button", name="不采用").click()
    for left in range(7, 0, -1):
        expect(page.locator(".todo li.open")).to_have_count(left)
        page.locator(".todo li.open").first.get_by_role("button", name="办结").click()
    expect(page.locator(".todo li.open")).to_have_count(0)


def closes_with_the_report(page: Page) -> None:
    """Handled, reported up, closed; the report is a file."""
    page.get_by_label("处置结果").fill("均已安抚")
    page.get_by_role("button", name="处置完毕").click()
    upward = page.locator("form[action$='/report-up']")
    upward.get_by_label("报告对象").fill("分公司办公室")
    upward.get_by_role("button").click()
    page.get_by_label("原因").fill("收益与宣导不符")
    page.get_by_label("处置结果", exact=True).fill("已登记投诉")
    page.get_by_role("button", name="填写事故报告单并关闭").click()
    expect(page.locator(".stages .here")).to_have_text("已结")
    looks_right(page)
    with page.expect_download() as told:
        page.get_by_role("link", name="事故报告单（PDF）").click()
    assert Path(told.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_drill(page: Page, clock: Clock) -> None:
    """Planned from the first case of the source; the second step comes first, the first late."""
    page.goto("/drills")
    looks_right(page)
    page.get_by_role("link", name="4名客户集中上柜面").click()
    page.get_by_label("地点").fill("市南柜面")
    page.get_by_label("角色 1").fill("柜面经理")
    page.get_by_label("时限（分） 1").fill("5")
    looks_right(page)
    page.get_by_role("button", name="保存计划").click()
    page.get_by_role("button", name="开始演练").click()
    expect(page.locator(".elapsed")).to_be_visible()
    clock.tick(330)
    row = page.locator("tbody tr")
    row.nth(1).get_by_role("button", name="办结").click()
    clock.tick(30)
    row.nth(0).get_by_role("button", name="办结").click()
    expect(row.nth(0)).to_contain_text("超时 1:00")
    expect(row.nth(0)).to_contain_text("顺序颠倒")
    expect(row.nth(1)).to_contain_text("5:30")
    looks_right(page)
    page.get_by_label("总结").fill("下次先分开再记录")
    page.get_by_role("button", name="结束演练").click()
    expect(page.locator(".facts")).to_contain_text("2 / 5")
    expect(page.locator("tbody tr").nth(4)).to_contain_text("未做")
    page.goto("/incidents/plan")
    looks_right(page)
    page.goto("/incidents/plan/media")
    looks_right(page)
