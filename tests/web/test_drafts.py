"""A script is written, checked, proposed and published by another person, or is not."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from operations import scripts
from operations.line import Line
from scripts import sheets
from scripts.reader import LIBRARY
from scripts.written import find, of_text
from tests.web.agent import HERE, Agent
from tests.web.desk import BETTER, OTHER, WRITER, Desk
from web.app import create_app
from web.forms import FIELD


@pytest.fixture
def desk(empty: Line) -> Desk:
    """A console with nothing published."""
    app = create_app(empty, secret="for the tests only")
    return Desk(empty, Agent(app.test_client()))


def number_of(agent: Agent) -> int:
    """The draft on whose page somebody is."""
    found = re.fullmatch(r"/drafts/(\d+)", agent.at)
    assert found is not None, agent.at
    return int(found[1])


def test_from_the_version_in_force_to_a_published_one(desk: Desk) -> None:
    agent = desk.agent.opens("/scripts/standard").follows("新建草稿")
    agent.sends("/drafts/new", how="version", script="standard", edition="active", by=WRITER)
    number = number_of(agent)
    desk.saves(number, desk.better(number)).sees("已保存。检查没有发现错误。")
    agent.sends(
        f"/drafts/{number}/propose", text=desk.draft(number).text, seen=desk.draft(number).hash,
        by=WRITER, note="措辞更明白",
    )  # fmt: skip
    agent.sees("已提交，等待另一人批准", "措辞更明白", "措辞", "RECEIPT", WRITER)
    assert "<ins>已经</ins>" in agent.page.html
    agent.sends(f"/drafts/{number}/approve", by=OTHER, seen=str(desk.draft(number).frozen_hash))
    agent.sees("已发布为第 1 版", "生效中", WRITER, OTHER)
    agent.opens("/scripts/standard").sees("第 1 版", BETTER)
    assert agent.opens("/scripts").page.row("standard")[4].endswith("11-20 15:30")


@pytest.mark.parametrize("by", [WRITER, f" {WRITER} ", "Wang Fang", "WANG  fang", "ｗａｎｇ fang"])
def test_nobody_approves_what_they_wrote(desk: Desk, by: str) -> None:
    number = desk.proposed()
    taken = scripts.save_draft(
        desk.line, number, desk.draft(number).text + "\n", "Wang Fang", desk.draft(number).hash
    )
    scripts.propose(desk.line, taken.number, WRITER, "再次提交")
    desk.agent.opens(f"/drafts/{number}")
    desk.agent.sends(f"/drafts/{number}/approve", by=by).sees("没有批准", "须由另一人批准")
    assert desk.draft(number).state == "proposed"
    assert [one.number for one in scripts.releases(desk.line, "standard")] == [0]


def test_a_proposal_that_changed_since_it_was_read_is_not_approved(desk: Desk) -> None:
    number = desk.proposed()
    seen = str(desk.draft(number).frozen_hash)
    text = desk.draft(number).text.replace(BETTER, "请问您已拿到保险合同了吗？")
    scripts.save_draft(desk.line, number, text, WRITER, desk.draft(number).hash)
    scripts.propose(desk.line, number, WRITER, "又改了")
    desk.agent.opens(f"/drafts/{number}")
    desk.agent.sends(f"/drafts/{number}/approve", by=OTHER, seen=seen).sees("请再看一遍")
    assert desk.draft(number).state == "proposed"


def test_a_proposal_is_sent_back_with_the_reason(desk: Desk) -> None:
    number = desk.proposed()
    agent = desk.agent.opens(f"/drafts/{number}")
    agent.sends(f"/drafts/{number}/send-back", by=OTHER, why="还要问电子合同")
    agent.sees("已退回", "还要问电子合同")
    assert '<textarea id="text"' in agent.page.html
    assert desk.draft(number).state == "sent-back"


def test_a_reason_is_needed_to_send_back_and_to_propose(desk: Desk) -> None:
    number = desk.proposed()
    desk.agent.opens(f"/drafts/{number}")
    desk.agent.sends(f"/drafts/{number}/send-back", by=OTHER, why=" ").sees("未能完成")
    assert desk.draft(number).state == "proposed"


def test_two_people_at_one_draft_lose_nothing(desk: Desk) -> None:
    number = desk.begun()
    began = desk.draft(number)
    theirs = began.text.replace("刚才没有听清楚", "刚才没听见")
    scripts.save_draft(desk.line, number, theirs, OTHER, began.hash)
    mine = began.text.replace("请问您还在听吗", "请问您还在吗")
    agent = desk.saves(number, mine, 409, seen=began.hash)
    agent.sees(f"其间 {OTHER} 保存了另一份文本", "− unclear: 抱歉，刚才没听见。")
    agent.sees("+ unclear: 抱歉，刚才没有听清楚。", "请问您还在吗")
    assert "data-unsaved" in agent.page.html
    assert desk.draft(number).text == theirs
    agent.sends(f"/drafts/{number}/save", text=mine, seen=agent.page.fields["seen"][0], by=WRITER)
    assert desk.draft(number).text == mine


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"text": "a\0b改"}, "没有保存"),
        ({"text": "长" * 171_000}, "kB"),
    ],
)
def test_what_cannot_be_kept_stays_in_the_editor(
    desk: Desk, form: dict[str, str], told: str
) -> None:
    number = desk.begun()
    before = desk.draft(number)
    given = {"text": before.text + "# 我的改动", "seen": before.hash, "by": WRITER, **form}
    agent = desk.agent.opens(f"/drafts/{number}").sends(f"/drafts/{number}/save", 422, **given)
    agent.sees(told, given["text"][-1])
    assert desk.draft(number) == before


def test_a_faulty_text_is_kept_and_cannot_be_proposed(desk: Desk) -> None:
    number = desk.begun()
    faulty = desk.draft(number).text.replace("kind: identity", "kind: fact")
    form = {"text": faulty, "seen": desk.draft(number).hash, "by": WRITER, "note": "试试"}
    agent = desk.agent.opens(f"/drafts/{number}").sends(f"/drafts/{number}/propose", **form)
    agent.sees("已保存，但没有提交", "identity-missing", "不是每个人都核实身份")
    assert (desk.draft(number).text, desk.draft(number).state) == (faulty, "open")
    agent.opens("/scripts?state=faults").sees("没有符合条件的话术")  # what is in force is whole
    row = agent.opens("/drafts").page.row("standard")
    assert "个错误" in row[3]


def test_every_fault_leads_to_its_line_and_its_question(desk: Desk) -> None:
    number = desk.begun()
    text = desk.draft(number).text.replace("{{ policy.product }}", "{{ policy.prodct }}", 1)
    line = text[: text.index("{{ policy.prodct }}")].count("\n") + 1
    agent = desk.saves(number, text)
    found = re.findall(r'data-line="(\d+)" data-severity="error">', agent.page.html)
    assert abs(int(found[0]) - line) <= 1
    agent.sees("没有这个变量", "unknown-slot").follows("检查")
    assert agent.page.link("AWARE") == f"/scripts/standard/draft-{number}#AWARE"


def test_the_check_answers_while_somebody_types_and_keeps_nothing(desk: Desk) -> None:
    number = desk.begun()
    before = desk.draft(number)
    agent = desk.agent.opens(f"/drafts/{number}")
    word = {FIELD: agent.page.fields[FIELD][0]}
    line = before.text[: before.text.index("- id: RECEIPT")].count("\n") + 2

    def typed(**form: str) -> str:
        answer = agent.client.post(
            f"/drafts/{number}/check",
            data=word | form,
            base_url=HERE,
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    shown = typed(text=before.text, at=str(line))
    assert "没有问题" in shown
    assert 'id="RECEIPT"' in shown
    assert "<html" not in shown
    assert "yaml-syntax" in typed(text="id: [", at="nonsense")
    assert "太长" in typed(text="# " + "长" * 60_000)
    assert desk.draft(number) == before


def test_the_check_by_button_keeps_the_text_on_the_page(desk: Desk) -> None:
    number = desk.begun()
    text = desk.draft(number).text + "\nnonsense: 我还没写完\n"
    agent = desk.agent.opens(f"/drafts/{number}").sends(f"/drafts/{number}/check", text=text)
    agent.sees("unknown-key", "我还没写完")
    assert "data-unsaved" in agent.page.html
    assert "nonsense" not in desk.draft(number).text


HOSTILE = [
    "", "---\n", "id: broken", "[" * 5000, "<script>alert(1)</script>", "a: &a [*a]\n",
    "\ufeffid: x", "{{ x }}", "id: broken\ntitle: '</textarea><script>alert(1)</script>'\n",
    "questions: 7", "id: broken\n" + "x: 1\n" * 4000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_page(desk: Desk, text: str) -> None:
    number = scripts.start_draft(desk.line, "broken", WRITER, text)
    for path in (
        f"/drafts/{number}", "/drafts", "/scripts", "/scripts.csv",
        f"/scripts/broken/draft-{number}", f"/scripts/broken/draft-{number}/check",
        "/scripts/broken/history", f"/compare?old=standard/0&new=broken/draft-{number}",
    ):  # fmt: skip
        agent = desk.agent.opens(path)
        if agent.answer.mimetype == "text/html":
            assert "<script>alert" not in agent.page.html
    for part in ("flow", "flow.svg", "checklist", "file.pdf", "file.xlsx"):
        desk.agent.opens(f"/scripts/broken/draft-{number}/{part}", expect=404)


def test_half_a_megabyte_of_script_is_edited_and_kept(desk: Desk) -> None:
    number = desk.begun()
    large = desk.draft(number).text + "# 说明\n" * 52_000
    assert 480_000 < len(large.encode()) < 512_000
    desk.saves(number, large.replace("\n", "\r\n")).sees("没有问题")
    assert desk.draft(number).text == large


def test_markup_in_a_script_is_never_markup(desk: Desk) -> None:
    number = desk.begun()
    text = desk.better(number).replace("title: 标准回访话术", "title: <b onclick=x>标准</b>")
    text = text.replace("已经收到", "已经收到<script>alert(1)</script>")
    desk.saves(number, text)
    name = f"/scripts/standard/draft-{number}"
    for path in (
        name, f"{name}/checklist", f"{name}/flow", f"{name}/flow.svg",
        f"/compare?old=standard/0&new=standard/draft-{number}", f"/drafts/{number}",
    ):  # fmt: skip
        desk.agent.opens(path)
        html = desk.agent.answer.get_data(as_text=True)
        assert "<script>alert" not in html, path
        assert "<b onclick" not in html, path


@pytest.mark.parametrize(
    ("how", "form", "told"),
    [
        ("new", {"id": "own-words"}, "own-words"),
        ("empty", {"id": "own-words"}, "还不能"),
        ("new", {"id": "Own Words"}, "未能完成"),
        ("version", {"script": "nothing"}, "没有这个版本"),
        ("file", {}, "请选择文件"),
        ("", {}, "请选择草稿从哪里开始"),
    ],
)
def test_where_a_draft_may_begin(desk: Desk, how: str, form: dict[str, str], told: str) -> None:
    good = how in ("new", "empty") and form["id"] == "own-words"
    agent = desk.agent.opens("/drafts/new")
    agent.sends("/drafts/new", 200 if good else 422, how=how, by=WRITER, **form)
    if how == "empty":
        agent.follows("检查")
    agent.sees(told)
    assert len(scripts.drafts(desk.line)) == good


def test_a_draft_begins_with_a_file(desk: Desk) -> None:
    agent = desk.agent.opens("/drafts/new")
    with (LIBRARY / "letter.yaml").open("rb") as file:
        agent.sends("/drafts/new", how="file", by=WRITER, file=file)
    draft = desk.draft(number_of(agent))
    assert draft.script_id == "letter"
    assert draft.text == (LIBRARY / "letter.yaml").read_text(encoding="utf-8")


def test_a_draft_begins_with_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "话术.xlsx"
    book.write_bytes(sheets.export(find("letter")))
    agent = desk.agent.opens("/drafts/new")
    with book.open("rb") as file:
        agent.sends("/drafts/new", how="file", by=WRITER, file=file)
    assert desk.draft(number_of(agent)).text == find("letter").text


def test_a_spreadsheet_that_may_not_be_published_yet_begins_a_draft(desk: Desk) -> None:
    whole = find("letter")
    worse = of_text(whole.text.replace("{{ policy.product }}", "{{ policy.prodct }}"))
    agent = desk.agent.opens("/drafts/new")
    book = (BytesIO(sheets.export(worse)), "话术.xlsx")
    agent.sends("/drafts/new", how="file", by=WRITER, file=book).sees("unknown-slot")
    assert desk.draft(number_of(agent)).text == worse.text


def test_a_draft_is_found_under_its_own_script_only(desk: Desk) -> None:
    number = desk.begun()
    desk.agent.opens(f"/scripts/standard/draft-{number}")
    desk.agent.opens(f"/scripts/letter/draft-{number}", expect=404)


def test_a_faulty_spreadsheet_comes_back_marked(desk: Desk, tmp_path: Path) -> None:
    made = BytesIO()
    with Workbook(made) as book:
        book.add_worksheet("survey").write_row(0, 0, ["id", "kind", "says", "nonsense"])
    agent = desk.agent.opens("/drafts/new")
    made.seek(0)
    agent.sends("/drafts/new", 422, how="file", by=WRITER, file=(made, "话术.xlsx"))
    agent.sees("Excel 文件有错误", "missing-sheet")
    address = agent.page.link("下载标出错误的文件")
    assert address.startswith("data:application/vnd.openxmlformats")
    assert scripts.drafts(desk.line) == []


def test_a_file_that_is_neither_is_told(desk: Desk) -> None:
    agent = desk.agent.opens("/drafts/new")
    for content in (b"\xff\xfe\x00", b"PK\x03\x04 nothing", b"title: no id\n"):
        agent.sends("/drafts/new", 422, how="file", by=WRITER, file=(BytesIO(content), "x.yaml"))
    assert scripts.drafts(desk.line) == []


@pytest.mark.parametrize("form", [{}, {FIELD: "guessed"}])
@pytest.mark.parametrize("deed", ["save", "check", "propose", "approve", "send-back", "withdraw"])
def test_a_form_from_elsewhere_changes_nothing(desk: Desk, deed: str, form: dict[str, str]) -> None:
    number = desk.proposed()
    before = desk.draft(number)
    desk.agent.opens(f"/drafts/{number}")
    given = {"text": "x", "seen": before.hash, "by": OTHER, "note": "x", "why": "x", **form}
    answer = desk.agent.client.post(f"/drafts/{number}/{deed}", data=given, base_url=HERE)
    assert answer.status_code == 409
    assert desk.draft(number) == before


@pytest.mark.parametrize("deed", ["save", "check", "propose", "withdraw"])
def test_a_draft_that_is_not_there(desk: Desk, deed: str) -> None:
    desk.agent.opens("/drafts/new").sends(f"/drafts/9/{deed}", 404, by=WRITER)


def test_a_withdrawn_draft_stays_readable(desk: Desk) -> None:
    number = desk.begun()
    desk.agent.opens(f"/drafts/{number}").sends(f"/drafts/{number}/withdraw", by=WRITER)
    desk.agent.sees("已作废", "文本仍可查看")
    desk.agent.opens("/drafts").sees("没有进行中的草稿")
    desk.agent.opens("/drafts?state=all").sees("已作废")


def test_a_draft_that_was_overtaken_says_so(desk: Desk) -> None:
    late = desk.begun()
    number = desk.proposed()
    scripts.approve(desk.line, number, OTHER)
    desk.agent.opens(f"/drafts/{late}").sees("起草之后又有别的版本生效")


def test_a_version_is_retired_with_a_reason(desk: Desk) -> None:
    scripts.approve(desk.line, desk.proposed(), OTHER)
    agent = desk.agent.opens("/scripts/standard/history")
    agent.sends("/scripts/standard/1/retire", by=OTHER, why="措辞有误")
    agent.sees("第 1 版已停用", "李强 停用：措辞有误")
    for number in (1, 0):
        agent.opens("/drafts/new")
        agent.sends(f"/scripts/standard/{number}/retire", by=OTHER, why="再来").sees("未能完成")
    agent.opens("/scripts/standard").sees("出厂版")


def test_more_than_any_script_is_refused_in_one_sentence(desk: Desk) -> None:
    number = desk.begun()
    desk.agent.opens(f"/drafts/{number}").sends(f"/drafts/{number}/save", 413, text="长" * 400_000)
    desk.agent.sees("超过 1 MB")
