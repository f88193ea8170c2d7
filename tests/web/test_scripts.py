"""The scripts as people read them: the list, the page, the picture, the check, the files, what
changed."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from operations.line import Line
from scripts import checks, conditions, sheets, slots
from scripts.changes import ChangeKind
from scripts.checks.needed import ITEMS
from scripts.model import Event, Medium, Move, Purpose
from scripts.reader import library
from scripts.written import find, of_text
from tests.web.agent import Agent
from tests.web.stage import World
from web.app import create_app
from web.views.changes import changes_view
from web.views.lines import lines_view
from web.words import TABLES

PARTS = ("", "/flow", "/check", "/checklist")


def test_the_list_tells_what_each_script_is_for(agent: Agent) -> None:
    page = agent.opens("/scripts").sees(f"共 {len(library())} 条").page
    row = page.row("seven-steps")
    assert row[0] == "传统险七步电话回访话术 seven-steps"
    assert row[1] == "新单回访 电话"
    assert row[2] == "产品类型：传统型, 健康险"
    assert row[3] == str(len(find("seven-steps").script.questions))
    assert row[4] == f"出厂版 {find('seven-steps').hash[:8]}"
    assert row[6] == "✓ 没有问题"


def test_the_list_tells_what_the_rulebook_uses(agent: Agent, world: World) -> None:
    page = agent.opens("/scripts").page
    names = {"revisit": "新单回访", "second": "二次回访", "complaint": "投诉回访"}
    assert {choice.purpose for choice in world.line.rulebook.scripts} >= {"revisit", "second"}
    for choice in world.line.rulebook.scripts:
        assert names[choice.purpose] in page.row(f" {choice.script_id}")[7]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("medium=letter", {one for one in library() if find(one).script.medium == "letter"}),
        ("purpose=complaint", {o for o in library() if find(o).script.purpose == "complaint"}),
        ("words=七步", {"seven-steps"}),
        ("state=drafts", set()),
        ("state=not-in-force", set()),
        ("purpose=nonsense&medium=%00&state=x", set(library())),
    ],
)
def test_the_list_and_its_file_keep_to_the_filters(
    agent: Agent, query: str, wanted: set[str]
) -> None:
    agent.opens(f"/scripts.csv?{query}")
    rows = list(csv.reader(StringIO(agent.answer.data.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["话术", "编号", "用途", "方式"]
    assert {row[1] for row in rows[1:]} == wanted
    agent.opens(f"/scripts?{query}")
    assert agent.page.html.count('class="row-link"') == len(wanted)


@pytest.mark.parametrize("name", library())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_script_is_shown_in_every_way(agent: Agent, name: str, language: str) -> None:
    agent.opens(f"/language/{language}?back=/scripts")
    for part in PARTS:
        agent.opens(f"/scripts/{name}/0{part}").sees(find(name).script.title)
    script = find(name).script
    agent.opens(f"/scripts/{name}")
    for question in (*script.questions, *script.aside):
        agent.sees(question.id)
    for ending in script.endings:
        agent.sees(ending.id)
    assert "{{" not in agent.page.html


def test_what_follows_an_answer_is_told_in_words(agent: Agent) -> None:
    agent.opens("/scripts/standard").sees("回答之后怎样走", "说明后再问 → 结束：身份未核实")
    agent.sees("坐席念", "满 60 周岁起：语速放慢")


def test_a_translated_script_is_read_in_each_language(agent: Agent) -> None:
    script = find("standard").script
    assert "en" in script.translations
    agent.opens("/scripts/standard").follows("英文")
    assert agent.at == "/scripts/standard/active?in=en"
    greeting = script.translations["en"].texts["", "opening"].parts[0]
    assert isinstance(greeting, str)
    agent.sees(greeting.strip()).misses("的智能语音回访")
    agent.opens("/scripts/standard?in=xx").sees("的智能语音回访")


def test_the_picture_is_a_document_of_its_own(agent: Agent) -> None:
    agent.opens("/scripts/standard/active/flow")
    assert '<img src="/scripts/standard/active/flow.svg"' in agent.page.html
    answer = agent.opens("/scripts/standard/active/flow.svg").answer
    assert answer.mimetype == "image/svg+xml"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "图例" in answer.get_data(as_text=True)
    agent.opens("/language/en").opens("/scripts/standard/active/flow.svg")
    assert "图例" not in agent.answer.get_data(as_text=True)


def test_a_script_is_taken_away_as_file(agent: Agent) -> None:
    agent.opens("/scripts/letter").follows("YAML")
    assert of_text(agent.answer.get_data(as_text=True)).hash == find("letter").hash
    assert f"letter-active-{find('letter').hash[:8]}.yaml" in agent.answer.headers[
        "Content-Disposition"
    ]  # fmt: skip
    agent.opens("/scripts/letter").follows("Excel")
    assert sheets.read(agent.answer.data, "x").hash == find("letter").hash
    agent.opens("/scripts/letter").follows("信函")
    assert agent.answer.data.startswith(b"%PDF")


def test_a_call_leads_to_the_text_it_ran(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['李秀英']}").follows("standard 3")
    assert agent.at == f"/scripts/standard/{find('standard').hash}"
    agent.sees("标准回访话术", "出厂版", "生效中")


@pytest.mark.parametrize(
    "path",
    ["/scripts/nothing", "/scripts/standard/1", "/scripts/standard/draft-1", "/scripts/..%2f..",
     "/scripts/standard/" + "0" * 64, "/scripts/nothing/history", "/scripts/standard/99999999999",
     "/scripts/standard/draft-1/check", "/scripts/blocks", "/drafts/1", "/scripts/standard/other",
     "/scripts/standard.yaml", "/scripts/library.standard", "/scripts/blocks.phone/0"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(agent: Agent, path: str) -> None:
    agent.opens(path, expect=404).sees("这个地址没有内容")


def test_two_scripts_are_compared_in_words(agent: Agent) -> None:
    agent.opens("/compare").sees("请选择两份文本")
    agent.opens("/compare?old=standard/0&new=standard/active").sees("内容相同")
    page = agent.opens("/compare?old=traditional-a/0&new=traditional-b/0").page
    assert page.fields["old"] == ["traditional-a/0"]
    agent.sees("适用保单有变", "承保后天数不大于 18", "承保后天数不小于 19").follows("对调")
    assert agent.at == "/compare?old=traditional-b/0&new=traditional-a/0"
    agent.opens("/compare?old=standard/0&new=../../etc/passwd").sees("请选择两份文本")


@pytest.mark.parametrize("other", [one for one in library() if one != "standard"])
def test_any_two_scripts_can_be_compared(agent: Agent, other: str) -> None:
    agent.opens(f"/compare?old=standard/0&new={other}/0")
    assert len(agent.page.rows) > 2
    agent.opens("/language/en").opens(f"/compare?old={other}/0&new=standard/0").sees("changes")


def test_the_words_that_changed_are_marked(agent: Agent) -> None:
    old = find("standard")
    text = old.text.replace("请问您收到保险合同了吗？", "请问您收到纸质保险合同了吗？")
    text = text.replace("wait_s: 8", "wait_s: 9", 1)
    with agent.client.application.test_request_context():
        found = changes_view(old.script, of_text(text).script)
        words = next(one for one in found if one.kind == ChangeKind.TEXT)
        assert words.parts == [("RECEIPT", "收到合同")]
        assert words.before == [(False, "请问您收到保险合同了吗？")]
        assert words.after == [
            (False, "请问您收到"), (True, "纸质"), (False, "保险合同了吗？")
        ]  # fmt: skip
        setting = next(one for one in found if one.kind == ChangeKind.SETTING)
        assert (setting.before, setting.after) == ([(True, "8")], [(True, "9")])


def test_lines_are_compared_with_what_stands_around_them() -> None:
    old = [f"line {number}" for number in range(20)]
    new = [*old[:10], "another", *old[11:]]
    found = [(one.how, one.old, one.new) for one in lines_view("\n".join(old), "\n".join(new))]
    assert found == [
        ("same", 9, 9), ("same", 10, 10), ("removed", 11, None), ("added", None, 11),
        ("same", 12, 12), ("same", 13, 13),
    ]  # fmt: skip
    assert lines_view("a\nb", "a\nb") == []
    assert len(lines_view("a\n" * 5000, "b\n" * 5000)) == 10_000


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("fault", checks.CODES),
        ("item", set(ITEMS)),
        ("slot", set(slots.SLOTS)),
        ("condition", {*conditions.FLAGS, *conditions.CHOICES, *conditions.NUMBERS,
                       *conditions.CALL_FLAGS, conditions.DOUBTED}),
        ("purpose", set(Purpose)),
        ("medium", set(Medium)),
        ("answer", set(Event)),
        ("move", set(Move) - {Move.END, Move.ASK}),
        ("change", set(ChangeKind)),
    ],
)  # fmt: skip
def test_every_word_of_the_scripts_has_a_name(table: str, values: set[str]) -> None:
    assert values - set(TABLES[table]) == set()


def test_a_script_that_the_setting_names_is_shown_as_it_is(empty: Line) -> None:
    text = find("seven-steps").text.replace("id: seven-steps", "id: own-file")
    line = replace(empty, script_file=of_text(text))
    agent = Agent(create_app(line, secret="for the tests only").test_client())
    agent.opens("/scripts").sees("HUIFANG_SCRIPT", "own-file")
    agent.opens("/scripts/own-file/file").sees("传统险七步电话回访话术", "未发布过")
    agent.opens("/scripts/own-file/file/check").sees("检查没有发现问题")
    agent.opens("/scripts/seven-steps/file", expect=404)
