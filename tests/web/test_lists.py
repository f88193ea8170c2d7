"""Queue, calls, cases, quality: what the lists show, and filters that survive a reload."""

import pytest

from tests.web.agent import Agent


def test_calls_are_newest_first(agent: Agent) -> None:
    page = agent.opens("/calls").page
    assert [row[2] for row in page.rows[1:3]] == ["严立军", "何静"]
    assert page.row("李秀英")[:4] == ["11-20 09:20", "8860202611000002", "李秀英", "139****0002"]
    assert page.row("李秀英")[6:9] == ["完成", "! 问题件", "1:23"]
    assert page.row("严立军")[6] == "通话中"


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("outcome=voicemail", "冯涛", "吴芳"),
        ("class=次标准件", "陈志强", "李秀英"),
        ("words=替我签", "李秀英", "陈志强"),  # said live
        ("words=不对", "孙丽华", "王建国"),  # only heard in the recording
        ("words=8860202611000007", "周文涛", "王建国"),
        ("words=0008", "吴芳", "冯涛"),  # end of the phone
        ("from=2026-11-20&to=2026-11-20", "王建国", "金海波"),
    ],
)
def test_calls_can_be_narrowed(agent: Agent, query: str, there: str, not_there: str) -> None:
    agent.opens(f"/calls?{query}").sees(there).misses(not_there)


def test_a_day_without_calls_is_empty_and_says_so(agent: Agent) -> None:
    agent.opens("/calls?from=2026-11-21").sees("没有符合条件的通话").follows("清除条件").sees(
        "王建国"
    )


def test_filters_stay_in_the_form_and_in_the_links(agent: Agent) -> None:
    page = agent.opens("/calls?outcome=completed&words=清楚&class=问题件").page
    assert page.fields["outcome"] == ["completed"]
    assert page.fields["class"] == ["问题件"]
    assert page.fields["words"] == ["清楚"]
    assert "outcome=completed" in page.link("CSV")


def test_percent_and_underscore_mean_themselves(agent: Agent) -> None:
    agent.opens("/calls?words=%25").sees("没有符合条件的通话")
    agent.opens("/calls?words=_").sees("没有符合条件的通话")


@pytest.mark.parametrize("query", ["page=-3", "page=x", "from=2026-13-45", "outcome=nonsense"])
def test_nonsense_in_the_address_narrows_nothing(agent: Agent, query: str) -> None:
    agent.opens(f"/calls?{query}").sees("共 14 条")


def test_lists_turn_pages(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.lists.SIZE", 5)
    monkeypatch.setattr("web.lists.Pages.__init__.__defaults__", (5,))
    agent.opens("/calls").sees("第 1–5 条，共 14 条").follows("下一页").sees("第 6–10 条")
    agent.follows("下一页").sees("第 11–14 条", "王建国").misses("下一页 →")
    agent.follows("上一页").sees("第 6–10 条")


def test_cases_come_by_deadline_with_light_and_words(agent: Agent) -> None:
    page = agent.opens("/cases").page
    assert [row[4].split()[0] for row in page.rows[1:]] == [
        "姜小雨", "赵敏", "孙丽华", "李秀英", "陈志强",
    ]  # fmt: skip
    overdue, soon, later = page.row("姜小雨"), page.row("赵敏"), page.row("李秀英")
    assert overdue[5] == "■ 超时 超 21 小时 11-19 18:00"
    assert soon[5].startswith("▲ 警告 剩 18 小时")
    assert later[5].startswith("● 正常 剩 6 天")
    assert later[2:4] == ["代签字类 投保单、保单回执等重要投保资料代签字", "我儿子替我签的"]


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("light=overdue", "姜小雨", "赵敏"),
        ("light=warning", "赵敏", "姜小雨"),
        ("light=normal", "李秀英", "赵敏"),
        ("class=核实件", "姜小雨", "李秀英"),
        ("family=代签字类", "李秀英", "赵敏"),
        ("words=退保", "赵敏", "李秀英"),
    ],
)
def test_cases_can_be_narrowed(agent: Agent, query: str, there: str, not_there: str) -> None:
    agent.opens(f"/cases?{query}").sees(there).misses(not_there)


def test_the_queue_says_who_is_next_and_why(agent: Agent) -> None:
    agent.opens("/queue").sees("待拨 3", "暂缓 7", "来不及 1", "周文涛", "在外呼时段内")
    row = agent.page.row("周文涛")
    assert row[3:6] == ["139****0007", "金彩终身寿险", "示范市分公司"]
    assert row[6].startswith("● 正常 剩 12 天")
    agent.follows("查看依据").sees("周文涛", "为什么现在打")


def test_the_queue_says_who_is_held_back_and_why(agent: Agent) -> None:
    page = agent.opens("/queue?part=held").page
    assert page.row("冯涛")[9] == "等待重拨间隔（语音信箱）"
    assert page.row("郑伟")[6] == "11-21 10:00"
    assert page.row("魏淑芬")[9] == "回执未签收"
    assert page.row("姜小雨")[9] == "不予拨打（拦截）"
    agent.misses("王建国")  # revisited: done, not held back


def test_the_queue_says_who_cannot_be_reached_in_time(agent: Agent) -> None:
    agent.opens("/queue?part=late").sees("陶志明", "犹豫期已过").misses("周文涛")


def test_the_queue_can_be_narrowed_and_keeps_its_part(agent: Agent) -> None:
    page = agent.opens("/queue?part=held&why=wait-receipt").sees("魏淑芬").misses("冯涛").page
    assert page.fields["why"] == ["wait-receipt"]
    assert page.fields["part"] == ["held"]
    agent.opens("/queue?part=held&words=冯").sees("冯涛").misses("魏淑芬")


def test_quality_leads_to_the_answer(agent: Agent) -> None:
    page = agent.opens("/quality").page
    assert page.row("SURRENDER_LOSS")[4:7] == ["现场与录音不一致", "✓ 肯定", "✗ 否定"]
    agent.follows("听录音").sees("孙丽华", "嗯对", "不对")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/queue", "现在没有要拨打的保单"),
        ("/queue?part=held", "没有暂缓的保单"),
        ("/queue?part=late", "所有保单都能在时限前回访"),
        ("/calls", "还没有拨打记录"),
        ("/cases", "没有问题件"),
        ("/quality", "没有待质检的回答"),
    ],
)
def test_empty_lists_say_so(newcomer: Agent, path: str, sentence: str) -> None:
    newcomer.opens(path).sees(sentence)
