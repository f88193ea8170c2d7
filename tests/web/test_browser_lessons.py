"""A supervisor's day with what complaints teach, in a real Chromium: from the alarm on today's page
to the measure, the appeal, the correction and the report."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from operations import complaint_clusters
from operations.line import Line
from tests.operations.complained import came
from tests.web.stage import NOW, line_at
from tests.web.window import served, signed_in_window
from tests.web.world import furnish
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """Three complaints about one seller, and one behind which something was found wrong."""
    line = line_at(tmp_path)
    furnish(line)
    about = {"seller_name": "王业务", "branch": "济南分公司", "signals": ["media"]}
    wrong = {"root_cause": "sale", "correction": "改写建议书模板",
             "correction_due_on": NOW.date() - timedelta(days=1)}  # fmt: skip
    came(line, about, about, {**about, **wrong})
    complaint_clusters.find(line)
    yield line
    line.database.close()


@pytest.fixture
def windows(browser: Browser, line: Line) -> Iterator[list[BrowserContext]]:
    """One window each for the supervisor, the agent concerned, and somebody who decides."""
    with served(create_app(line, secret="for the tests only")) as address:
        size = {"width": 1366, "height": 768}
        found = [
            signed_in_window(browser, address, name, viewport=size)
            for name in ("主管甲", "安访员", "合规乙")
        ]
        yield found
        for window in found:
            window.close()


def test_from_the_alarm_to_the_report(windows: list[BrowserContext]) -> None:
    chief, agent, law = (window.new_page() for window in windows)
    holds_somebody_accountable(chief)
    appeals(agent)
    expect_row(law, "/accountability?state=appealed", "安访员")
    law.get_by_role("link", name="打开").click()
    law.get_by_label("原因").fill("考勤属实，当日休假")
    law.get_by_role("button", name="撤销追责").click()
    expect(law.locator("#messages")).to_contain_text("已裁决")
    puts_it_right(chief)
    takes_the_report(chief)


def holds_somebody_accountable(page: Page) -> None:
    """From the alarm to the notice."""
    page.goto("/today")
    page.get_by_role("link", name="投诉聚集").click()
    page.get_by_role("link", name="打开").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="追究责任").first.click()
    expect(page.locator("details form")).to_contain_text("部门负责人一并问责")
    page.locator("input[name=who]").fill("安访员")
    page.get_by_label("责任环节").select_option(label="处理人员")
    page.get_by_label("追究方式").select_option(label="警告")
    page.get_by_label("失当之处").fill("客户三次来电无人回复")
    page.locator("details form button.main").click()
    expect(page.locator("h1")).to_contain_text("警告")
    page.get_by_role("button", name="已通知本人").click()
    expect(page.locator("#messages")).to_contain_text("已记录")


def appeals(page: Page) -> None:
    """The person concerned."""
    page.goto("/account")
    page.get_by_role("link", name="对我的追责").click()
    page.get_by_label("申诉理由").fill("那天我在休假")
    page.get_by_role("button", name="申诉").click()
    expect(page.locator("#messages")).to_contain_text("您的申诉")


def expect_row(page: Page, address: str, words: str) -> None:
    page.goto(address)
    expect(page.locator("tbody tr")).to_contain_text(words)


def puts_it_right(page: Page) -> None:
    """The correction that is overdue."""
    page.goto("/complaint-figures")
    page.locator(".tabs").get_by_role("link", name="溯源整改").click()
    expect(page.locator("h1")).to_contain_text("1 项超时")
    page.locator("tbody summary").click()
    page.get_by_label("整改情况").fill("模板已改，全员培训")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("已完成")


def takes_the_report(page: Page) -> None:
    """The month's figures, and their file."""
    page.goto("/complaint-figures")
    expect(page.locator(".figures").first).to_contain_text("3")
    page.get_by_label("月份").select_option("2026-11")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "complaints-2026-11.pdf"
