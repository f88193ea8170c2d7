"""One call, one case, the script."""

from operations.choose_script import packaged
from tests.web.agent import Agent
from tests.web.stage import World


def test_a_call_tells_what_was_asked_and_said(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['李秀英']}").sees("李秀英", "完成", "! 问题件")
    agent.sees("请问投保单上投保人的签名，是您亲笔签的吗？", "SIGN_APP", "我儿子替我签的")
    agent.sees("现场听到", "录音复听", "✗ 否定", "替我签", "0:08.0–0:09.6")
    agent.sees("139****0002", "110********0002", "通话结束", "真人", "vosk-model-small-cn-0.22")


def test_slots_of_a_question_are_filled_as_the_customer_heard_them(
    agent: Agent, world: World
) -> None:
    agent.opens(f"/calls/{world.calls['孙丽华']}").sees("这份保险的保险期间是终身，请问您清楚吗？")


def test_a_disagreement_is_marked_with_sign_and_word(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['孙丽华']}").sees(
        "2 处现场与录音不一致", "≠ 现场与录音不一致"
    )
    agent.opens(f"/calls/{world.calls['李秀英']}").misses("不一致")


def test_every_answer_can_be_played_where_it_lies(agent: Agent, world: World) -> None:
    recording = world.recordings["李秀英"]
    page = agent.opens(f"/calls/{world.calls['李秀英']}").page
    assert (f"/recordings/{recording}/audio#t=8.0,9.6") in [href for _, href in page.links]
    assert f'<audio controls preload="metadata" src="/recordings/{recording}/audio">' in page.html


def test_an_answer_not_heard_yet_can_be_played_from_its_question(
    agent: Agent, world: World
) -> None:
    agent.opens(f"/calls/{world.calls['方志远']}").sees("待复听", "尚未复听", "0:01.0–0:05.0")


def test_a_call_without_audio_has_no_player(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['周文涛']}").sees("忙线", "本次通话没有对话内容")
    assert "<audio" not in agent.page.html


def test_the_time_line_is_in_order(agent: Agent, world: World) -> None:
    words = agent.opens(f"/calls/{world.calls['陈志强']}").page.words
    line = words[words.index("时间线") :]
    places = [line.index(part) for part in ("拨打", "振铃", "不太清楚", "现在清楚了", "通话结束")]
    assert places == sorted(places)


def test_call_and_case_lead_to_each_other(agent: Agent, world: World) -> None:
    agent.opens(f"/calls/{world.calls['李秀英']}").follows("代签字")
    assert agent.at == f"/cases/{world.cases['signature']}"
    agent.follows("听整通电话").sees("请问投保单上投保人的签名")


def test_a_case_tells_deadline_owner_and_how_it_is_closed(agent: Agent, world: World) -> None:
    agent.opens(f"/cases/{world.cases['signature']}").sees("代签字类", "● 正常", "2026-11-26 18:00")
    agent.sees("契约岗", "亲笔补签的文件", "不得由业务员本人处理", "我儿子替我签的", "现场听到")
    agent.sees("保单导入", "立件", "时限")


def test_a_case_of_a_screened_policy_rests_on_data(agent: Agent) -> None:
    agent.opens("/cases?class=核实件").follows("打开").sees("重复号码", "本件依据保单数据立件")
    agent.sees("三个投保人共用号码 139****9999")


def test_the_script_can_be_read(agent: Agent, world: World) -> None:
    agent.opens("/scripts/standard").sees(
        "标准回访话术", "出厂版", "投保人姓名", "第15条第6项", "仅当"
    )
    for question in packaged("standard").script.questions:
        agent.sees(question.id)
    assert "{{" not in agent.page.html


def test_what_is_not_there_is_not_found(agent: Agent) -> None:
    for path in (
        "/calls/9999",
        "/cases/9999",
        "/recordings/9999/audio",
        "/nothing",
        "/language/xx",
    ):
        agent.opens(path, expect=404).sees("404", "这个地址没有内容").follows("回到首页")


def test_a_wrong_way_of_asking_gets_a_sentence(agent: Agent) -> None:
    answer = agent.client.post("/calls", base_url="http://127.0.0.1")
    assert answer.status_code == 405
    assert "无法处理这个请求" in answer.get_data(as_text=True)
