"""The list of recordings with the queue of unreadable ones, and on a call's page every version of
its readings."""

import csv
from io import StringIO

import pytest

from tests.web.agent import Agent
from tests.web.stage import World


def test_what_cannot_be_read_stands_first_with_its_reason(agent: Agent) -> None:
    page = agent.opens("/recordings").page
    first = page.rows[1]
    assert first[0] == "! 无法读取"
    assert first[1:6] == [
        "11-20 14:50",
        "the file is truncated (10 of 5000 bytes are left)",
        "6",
        "8860202611000012",
        "许桂兰",
    ]
    states = [row[0] for row in page.rows[2:]]
    assert {"已复听", "待复听", "待取录音"} == set(states)


def test_the_queue_alone_tells_how_to_go_on(agent: Agent, world: World) -> None:
    agent.opens("/today").follows("无法读取").sees(
        "许桂兰", "huifang recordings retry --unreadable"
    )
    agent.misses("王建国").follows("查看").sees("许桂兰", "the file is truncated")
    assert agent.at == f"/calls/{world.calls['许桂兰']}"


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("state=heard", "李秀英", "许桂兰"),
        ("state=stored", "方志远", "李秀英"),
        ("words=truncated", "许桂兰", "李秀英"),
        ("words=郑伟", "待取录音", "许桂兰"),
        ("state=nonsense", "许桂兰", "没有符合条件"),
    ],
)
def test_recordings_can_be_narrowed(agent: Agent, query: str, there: str, not_there: str) -> None:
    agent.opens(f"/recordings?{query}").sees(there).misses(not_there)


def test_nothing_that_fits(agent: Agent, newcomer: Agent) -> None:
    agent.opens("/recordings?words=xyz").sees("没有符合条件的录音").follows("清除条件").sees(
        "许桂兰"
    )
    newcomer.opens("/recordings").sees("还没有录音")


def test_the_list_as_a_file(agent: Agent) -> None:
    agent.opens("/recordings?state=unreadable").follows("CSV")
    raw = agent.answer.data.decode("utf-8-sig")
    titles, row = csv.reader(StringIO(raw, newline=""))
    told = dict(zip(titles, row, strict=True))
    assert told["状态"] == "无法读取"
    assert told["尝试次数"] == "6"
    assert told["自（UTC+8）"] == "2026-11-20 14:50"
    assert "truncated" in told["原因"]
    assert told["文件"].endswith(".wav")


def test_the_recogniser_and_lexicon_of_the_reading_that_counts(agent: Agent) -> None:
    row = agent.opens("/recordings").page.row("陈志强")
    assert row[7] == "vosk:vosk-model-small-cn-0.22 词表第 2 版"


def test_a_call_tells_by_what_it_was_read_and_keeps_the_others(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['李秀英']}").sees("解读依据", "词表第 1 版")
    agent.misses("另存有")

    agent.opens(f"/calls/{world.calls['陈志强']}").sees("词表第 2 版", "另存有 2 个版本的解读")
    words = agent.page.words
    part = words[words.index("解读依据") :]
    assert part.index("vosk") < part.index("另存有") < part.index("whisper:whisper-base")


def test_what_another_version_says_stands_beside_the_answer(agent: Agent, world: World) -> None:
    words = agent.opens(f"/calls/{world.calls['陈志强']}").page.words
    line = words[words.index("时间线") :]
    assert "✗ 否定 vosk:vosk-model-small-cn-0.22、词表第 1 版另有解读" in line
    assert "whisper" not in line  # it says the same
    agent.opens(f"/calls/{world.calls['李秀英']}").misses("另有解读")
