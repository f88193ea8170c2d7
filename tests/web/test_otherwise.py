"""The pages about revisits that head office does not make by phone: hand-overs, special revisits,
do-not-call. What their forms change, and what they refuse without losing what was typed."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from store.tables import DoNotCall, SpecialRevisit
from tests.web.agent import Agent
from tests.web.stage import at
from tests.web.steered import ASKED, AT_RISK, HANDED, OTHER, SPECIAL, WRITER, Steered
from web.app import create_app

# hand-overs


def test_hand_overs_come_by_their_due_day_with_a_light(still: Steered) -> None:
    page = still.agent.opens("/handovers").page
    assert [row[1].split()[0] for row in page.rows if len(row) == 10][1:] == [
        SPECIAL, HANDED, AT_RISK,
    ]  # fmt: skip
    assert page.row(still.numbers[HANDED])[2:7] == [
        "示范市分公司", "机构电话", "这种结果的重拨次数已用完", "→ 已交机构", "1",
    ]  # fmt: skip
    assert page.row(still.numbers[HANDED])[7] == "● 正常 剩 7 天 2026-11-27"
    still.agent.opens("/handovers?state=proposed").sees(AT_RISK).misses(SPECIAL)
    still.agent.opens("/handovers?light=overdue").sees("没有符合条件的交接")


def test_a_hand_over_that_is_late_is_red(steered: Steered) -> None:
    later = replace(steered.line, clock=lambda: at(9, 0, days=8))
    agent = Agent(create_app(later, secret="s").test_client())
    agent.opens("/handovers?light=overdue").sees(HANDED, SPECIAL, "■ 超时").misses(AT_RISK)


def test_the_lists_are_made_once(steered: Steered) -> None:
    agent = steered.agent.opens("/handovers").sees("现在生成清单 (1)")
    agent.sends("/handovers/issue", by=WRITER).sees("已生成 1 份清单", "现在生成清单 (0)")
    agent.sends("/handovers/issue", by=WRITER).sees("没有待列入清单的保单")


def downloaded(agent: Agent, number: int = 1) -> tuple[BytesIO, str]:
    agent.opens(f"/handovers/lists/{number}.xlsx")
    return BytesIO(agent.answer.get_data()), agent.answer.headers["Content-Disposition"]


def filled(agent: Agent, **cells: object) -> BytesIO:
    """The branch's list with these columns filled in its first row."""
    book = load_workbook(downloaded(agent)[0])
    sheet = book.worksheets[0]
    heads = {c.value: (c.row, c.column) for line in sheet.iter_rows() for c in line if c.value}
    for name, value in cells.items():
        row, column = heads[name]
        sheet.cell(row + 1, column).value = value
    out = BytesIO()
    book.save(out)
    return BytesIO(out.getvalue())


def test_a_list_is_downloaded_with_whole_numbers(still: Steered) -> None:
    file, name = downloaded(still.agent)
    assert "handover-1.xlsx" in name
    cells = [c.value for row in load_workbook(file).worksheets[0].iter_rows() for c in row]
    assert any("13900000009" in str(cell) for cell in cells)
    still.agent.opens("/handovers/lists/99.xlsx", expect=404)


def test_results_come_back_and_close_the_policy(steered: Steered) -> None:
    agent = steered.agent.opens("/handovers")
    file = filled(agent, 回访结果="完成", 回访日期="2026-11-20")
    agent.opens("/handovers").sends("/handovers/results", by=WRITER, file=(file, "清单.xlsx"))
    agent.sees("已回访 1", "有误 0")
    agent.opens("/handovers?state=done").sees(HANDED, "完成")
    agent.opens(f"/policies/{steered.numbers[HANDED]}").sees("不再拨打", "机构已回访")


def test_faulty_rows_of_a_returned_list_are_told(steered: Steered) -> None:
    agent = steered.agent.opens("/handovers")
    file = filled(agent, 回访结果="完成", 回访日期="2027-01-01")
    agent.opens("/handovers").sends("/handovers/results", 422, by=WRITER, file=(file, "清单.xlsx"))
    agent.sees("有误 1", "回访日期不在承保日和今天之间").sees("以下各行没有写入")
    assert steered.state_of(HANDED) == "issued"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "请选择一个有内容的文件"),
        (b"%PDF-1.7", "a.pdf", "只能读取 Excel"),
        (b"no workbook", "a.xlsx", "只能读取 Excel"),
        (b"a\0b", "a.csv", "只能读取 Excel"),
        (b"x" * 950_000, "a.csv", "文件超过 0.9 MB"),
        ("姓名,电话\n".encode(), "../../清单.csv", "清单.csv"),  # not as a path
        (b"PK\x03\x04 no zip", "a.xlsx", "a.xlsx"),
    ],
)
def test_what_is_no_list_is_refused(
    still: Steered, content: bytes, name: str, sentence: str
) -> None:
    agent = still.agent.opens("/handovers")
    agent.sends("/handovers/results", 422, by=WRITER, file=(BytesIO(content), name))
    agent.sees(sentence).misses("../")


def test_a_statement_is_filed_in_time_or_not(steered: Steered) -> None:
    agent = steered.agent.opens("/handovers/1").sees("还没有说明", HANDED)
    path = "/handovers/1/statement"
    agent.sends(path, 422, by=WRITER, reason="", new_date="2026-11-30").sees("请写明原因")
    assert agent.page.fields["new_date"] == ["2026-11-30"]
    agent.sends(path, 422, by=WRITER, reason="客户出差", new_date="2026-11-01").sees(
        "2026-11-01 已经过去"
    )
    assert agent.page.fields["reason"] == ["客户出差"]
    agent.sends(path, by=WRITER, reason="客户出差", new_date="2026-11-30")
    agent.sees("已在时限内提交", "客户出差", "2026-11-30", "时限内")
    later = replace(steered.line, clock=lambda: at(9, 0, days=8))
    late = Agent(create_app(later, secret="s").test_client()).opens("/handovers/1")
    late.sends(path, by=WRITER, reason="又忘了", new_date="").sees("不能免责", "超过时限")
    agent.opens("/handovers").sees("2 份说明")


def test_one_proposal_is_decided_on_its_own_page(steered: Steered) -> None:
    agent = steered.agent.opens("/handovers?state=proposed").follows("打开").sees("处理建议")
    path = f"{agent.at}/decide"
    agent.sends(path, 422, by=WRITER, what="decline", because="").sees("请写明原因")
    agent.sends(path, by=WRITER, what="accept", because="").sees("已采纳", "待列清单")
    agent.opens("/handovers").sends(path, 422, by=WRITER, what="decline", because="晚了")
    agent.sees("已不是建议：待列清单")


# special revisits


def apply(agent: Agent, expect: int = 200, **changed: str) -> Agent:
    form = {
        "ground": "family", "way": "visit", "agreed_for": "2026-11-24T10:00", "reason": "不便",
        "signed_by_customer": "1", "signed_by_agent": "1", "by": WRITER, **changed,
    }  # fmt: skip
    given = {name: value for name, value in form.items() if value is not None}
    return agent.opens("/special-revisits").sends("/special-revisits", expect, **given)


def test_an_application_is_made_and_approved_by_another(steered: Steered) -> None:
    number = steered.numbers[AT_RISK]
    agent = apply(steered.agent, policy=number).sees("已提交", AT_RISK, "须由另一人审批")
    path = f"{agent.at}/decide"
    agent.sends(path, 422, by=WRITER, what="approve").sees("这份申请是 王芳 提交的，须由另一人批准")
    agent.sends(path, by=OTHER, what="approve").sees("已批准：由机构回访，总部不再拨打")
    agent.sends(path, 422, by=OTHER, what="refuse", because="x").sees("已经有了决定：已批准")
    steered.plan()
    agent.opens(f"/policies/{number}").sees("特殊回访已获批", "待列清单")
    agent.opens(path.removesuffix("/decide")).sends(
        path, by=WRITER, what="withdraw", because="客户改主意"
    )
    agent.sees("已撤回：继续拨打", "客户改主意")


def test_an_application_is_refused_with_a_reason(steered: Steered) -> None:
    agent = steered.agent.opens("/special-revisits").sees("缺签名").follows("审批").sees(ASKED)
    path = f"{agent.at}/decide"
    agent.sends(path, 422, by=OTHER, what="approve").sees("缺客户签名")
    agent.sends(path, 422, by=OTHER, what="refuse", because="").sees("请写明原因")
    agent.sends(path, by=OTHER, what="refuse", because="可以电话回访").sees(
        "已驳回", "可以电话回访"
    )
    agent.opens("/special-revisits").sends(path, 400, by=OTHER, what="else")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"policy": "nobody"}, "没有保单 nobody"),
        ({"reason": ""}, "请写明原因"),
        ({"agreed_for": "2026-11-01T10:00"}, "约定时间 2026-11-01 10:00 已经过去"),
        ({"agreed_for": "2026-12-24T10:00"}, "犹豫期到 2026-12-02 为止"),
        ({"agreed_for": "soon"}, "填写约定的日期和时间"),
        ({"ground": "whim"}, "请选择申请情形"),
        ({"policy": "8860202611000015"}, "已有一份申请"),
        ({"policy": "8860202611000001"}, "回访已经结束（完成）"),
    ],
)
def test_an_application_that_cannot_be_kept_loses_nothing(
    still: Steered, changed: dict[str, str], sentence: str
) -> None:
    given = {"policy": still.numbers[AT_RISK], "reason": "家人不知情", **changed}
    agent = apply(still.agent, 422, **given).sees(sentence)
    assert agent.page.fields["reason"] == [given["reason"]]
    assert agent.page.fields["policy"] == [given["policy"]]
    assert len(still.rows(SpecialRevisit)) == 2


# do not call


def test_blocks_are_masked_and_newest_first(still: Steered) -> None:
    page = still.agent.opens("/do-not-call").misses("139****0004").page
    assert page.row("139****0003")[:5] == [
        "139****0003", "11-20 15:30", "长期", "客户来电投诉，回电139****1234", WRITER,
    ]  # fmt: skip
    still.agent.opens("/do-not-call?state=all").sees("139****0004", "已解除", "李强: 已回国")
    still.agent.opens("/do-not-call?state=all&words=0004").sees("出国").misses("客户来电")


def test_a_number_is_blocked_and_lifted(steered: Steered) -> None:
    agent = steered.agent.opens("/do-not-call")
    form = {"phone": "139 0000 0007", "policy": "", "until": "", "reason": "客户要求", "by": WRITER}
    agent.sends("/do-not-call", **form).sees("已禁拨", "139****0007")
    agent.sends("/do-not-call", **form).sees("没有改动")
    steered.plan()
    agent.opens(f"/policies/{steered.numbers[AT_RISK]}").sees("在禁拨名单上")
    agent.opens("/do-not-call").sends("/do-not-call/3/lift", 422, by=WRITER, because="")
    agent.sees("请写明原因")
    agent.sends("/do-not-call/3/lift", by=OTHER, because="客户同意").sees("已解除，可以再拨打")
    agent.sends("/do-not-call/3/lift", by=OTHER, because="客户同意").sees("先前已经解除")
    agent.sends("/do-not-call/99/lift", 422, by=OTHER, because="x").sees("没有第 99 条禁拨")


def test_the_last_day_of_a_block_is_included(steered: Steered) -> None:
    agent = steered.agent.opens("/do-not-call")
    agent.sends("/do-not-call", phone="13900000007", until="2026-11-25", reason="出差", by=WRITER)
    assert agent.page.row("139****0007")[2] == "11-25 23:59"
    assert steered.rows(DoNotCall)[-1].until == at(0, 0, days=6)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"phone": "12"}, "这不是可以拨打的号码"),
        ({"phone": ""}, "号码和保单号只填一个"),
        ({"policy": "8860202611000007"}, "号码和保单号只填一个"),
        ({"phone": "", "policy": "nobody"}, "没有保单 nobody"),
        ({"phone": "", "policy": "8860202611000007"}, "无法识别本人"),
        ({"reason": ""}, "请写明原因"),
        ({"reason": "x" * 1999 + "完" * 9}, "已禁拨"),  # cut where the form ends, not refused
        ({"until": "2026-11-01"}, "已经过去，请填更晚的日期"),
        ({"until": "never"}, "截止日期写得不对"),
    ],
)
def test_a_block_that_cannot_be_kept_loses_nothing(
    steered: Steered, changed: dict[str, str], sentence: str
) -> None:
    form = {"phone": "13900000007", "policy": "", "until": "", "reason": "要求", "by": WRITER}
    given = {**form, **changed}
    kept = sentence == "已禁拨"
    agent = steered.agent.opens("/do-not-call").sends("/do-not-call", 200 if kept else 422, **given)
    agent.sees(sentence)
    if not kept:
        assert agent.page.fields["phone"] == [given["phone"]]
        assert agent.page.fields["until"] == [given["until"]]
        assert len(steered.rows(DoNotCall)) == 2


def test_a_list_of_numbers_is_blocked_and_its_faulty_rows_are_told(steered: Steered) -> None:
    text = "号码,原因\n13900000007,投诉\n12,短\n13900000008,\n".encode("gb18030")
    agent = steered.agent.opens("/do-not-call")
    agent.sends(
        "/do-not-call/list", 422, by=WRITER, reason="批量", file=(BytesIO(text), "禁拨.csv")
    )
    agent.sees("读取 3 行：新禁拨 2", "有误 1", "139****0007", "139****0008")
    assert agent.page.row("3")[0] == "3"
    agent.sends("/do-not-call/list", 422, by=WRITER, reason="", file=(BytesIO(b""), "a.csv"))
    agent.sees("请选择一个有内容的文件")
