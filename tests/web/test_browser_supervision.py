"""Days of those who look after the others in a real Chromium, in Chinese: a supervisor's, from the
board to the evidence package, and an administrator's with somebody new, seen by compliance."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from operations import dialling, kpis, monthly_report
from operations.line import Line
from operations.rights import Role
from store.tables import CaseWork
from tests.web.stage import line_at
from tests.web.window import office, person, signs_in
from tests.web.world import furnish
from web.app import create_app

pytestmark = pytest.mark.browser
LATER = "傍晚 的 湖 与 白鹭"
POLICY = "8860202611000002"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """The small world, with last month's report, and three people."""
    line = line_at(tmp_path)
    furnish(line)
    monthly_report.make_due(line)
    for login, name, role in (
        ("zhu", "主管丙", Role.SUPERVISOR),
        ("guan", "管理丁", Role.ADMIN),
        ("he", "合规甲", Role.COMPLIANCE),
        ("jing", "经小青", Role.SUPERVISOR),
    ):
        person(line, login, name, role)
    yield line
    line.database.close()


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    """A window of a small office screen."""
    with office(browser, create_app(line, secret="for the tests only")) as page:
        yield page


def test_a_supervisors_day(page: Page, line: Line) -> None:
    signs_in(page, "zhu", "/board")
    expect(page.locator("h1")).to_contain_text("看板")
    expect(page.locator(".calls-now")).to_contain_text("严立军")
    pauses_and_resumes(page, line)
    looks_at_the_figures(page, line)
    gives_a_case(page, line)
    takes_the_evidence(page)


def goes(page: Page, key: str) -> None:
    """To another page by keys, once this one listens to them."""
    page.wait_for_load_state("load")
    page.keyboard.press("g")
    page.keyboard.press(key)


def pauses_and_resumes(page: Page, line: Line) -> None:
    """A lost connection loses no word, and who paused stands there for whoever resumes."""
    page.get_by_role("link", name="拨打控制").click()
    page.get_by_label("原因").fill("线路商通知 16 点割接")
    page.wait_for_load_state()  # its scripts come before the cut
    page.context.set_offline(True)
    page.get_by_role("button", name="暂停拨打").click()
    expect(page.get_by_role("alert")).to_contain_text("什么都没有发出")
    expect(page.get_by_label("原因")).to_have_value("线路商通知 16 点割接")
    assert dialling.status(line).state == "running"
    page.context.set_offline(False)
    page.get_by_role("button", name="暂停拨打").click()
    expect(page.locator(".state-now")).to_contain_text("线路商通知 16 点割接")
    assert dialling.status(line).state == "paused"
    page.get_by_label("处理了什么").fill("割接完成，试拨正常")
    page.get_by_role("button", name="恢复拨打").click()
    expect(page.locator("#messages")).to_contain_text("恢复")
    assert dialling.status(line).state == "running"


def looks_at_the_figures(page: Page, line: Line) -> None:
    """By one key to the figures, counted on the spot, by seller, and last month's report."""
    goes(page, "k")
    expect(page.locator("h1")).to_contain_text("指标")
    page.get_by_role("button", name="重新统计").click()
    expect(page.locator("table.kpis")).to_contain_text("犹豫期内回访成功率")
    kpis.count_hourly(line)
    page.get_by_label("分组").select_option("seller")
    expect(page.locator("h2", has_text="业务员").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel").last.click()
    book = load_workbook(BytesIO(taken.value.path().read_bytes()))
    assert "回访" in str([cell.value for row in book.worksheets[0].rows for cell in row])


def gives_a_case(page: Page, line: Line) -> None:
    """To somebody by their name, from the list."""
    goes(page, "p")
    expect(page.locator("h1")).to_have_text("问题件")
    page.locator(".tick-box input").first.check()
    page.get_by_label("勾选的交给").select_option("经小青")
    page.get_by_role("button", name="分派").click()
    expect(page.locator("#messages")).to_contain_text("经小青")
    with line.database.reading() as session:
        (given,) = session.scalars(select(CaseWork).where(CaseWork.assignee == "经小青"))
    assert given.stage == "assigned"


def takes_the_evidence(page: Page) -> None:
    """One click on the policy's page; that it was taken stands on its time line."""
    page.goto(f"/policies/{POLICY}")
    with page.expect_download() as taken:
        page.get_by_role("button", name="证据包").click()
    with ZipFile(BytesIO(taken.value.path().read_bytes())) as package:
        assert {"verify.py", "records.json"} <= set(package.namelist())
    page.reload()
    expect(page.locator("#timeline")).to_contain_text("导出证据包")
    expect(page.locator("#timeline")).to_contain_text("主管丙")


def test_somebody_new_and_what_the_log_says_of_it(page: Page) -> None:
    signs_in(page, "guan", "/accounts")
    page.get_by_label("登录名").last.fill("xin")
    page.get_by_label("姓名").last.fill("辛来")
    page.locator("form").last.get_by_label("访员").check()
    page.get_by_role("button", name="新增").click()
    login, password = page.locator("code.secret").inner_text().split(" / ")
    assert login == "xin"
    page.goto("/queue")
    expect(page.locator("h1")).not_to_have_text("队列")  # an administrator sees no customer
    page.goto("/accounts")
    page.get_by_role("button", name="退出").click()

    signs_in(page, "xin", "/desk", password)
    expect(page.locator("h2").first).to_have_text("设置密码")
    page.get_by_label("当前密码").fill(password)
    page.get_by_label("新密码").fill(LATER)
    page.get_by_label("再输入一次").fill(LATER)
    page.get_by_role("button", name="保存密码").click()
    page.goto("/desk")
    expect(page.locator(".who")).to_contain_text("辛来")
    page.get_by_role("button", name="退出").click()

    signs_in(page, "he", "/audit?words=xin")
    expect(page.locator("table.list")).to_contain_text("管理丁")
    page.get_by_role("button", name="校验日志链").click()
    expect(page.get_by_role("status")).to_contain_text("条记录完整无误")
