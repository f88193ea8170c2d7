"""Exports and audio."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import load_workbook

from tests.web.agent import HERE, Agent
from tests.web.stage import World, tone
from web.exports import as_csv, as_xlsx, guarded

LISTS = ("queue", "calls", "cases", "quality", "recordings")


def read_csv(agent: Agent) -> list[list[str]]:
    raw = agent.answer.data
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel reads the Chinese only with this
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_holds_what_the_page_shows(agent: Agent) -> None:
    agent.opens("/calls.csv?class=问题件")
    rows = read_csv(agent)
    assert rows[0][:4] == ["拨打时间（UTC+8）", "保单号", "投保人", "电话"]
    assert [row[2] for row in rows[1:]] == ["孙丽华", "赵敏", "李秀英"]
    assert rows[3][:4] == ["2026-11-20 09:20", "8860202611000002\t", "李秀英", "139****0002"]
    name = agent.answer.headers["Content-Disposition"]
    assert "attachment" in name
    assert "calls-20261120-1530.csv" in name


def test_xlsx_holds_what_the_page_shows(agent: Agent) -> None:
    agent.opens("/cases.xlsx")
    rows = load_workbook(BytesIO(agent.answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0][1:4] == ["件别", "类别", "摘要"]
    by_holder = {row[6]: row for row in rows[1:]}
    assert by_holder["李秀英"][4:6] == ["我儿子替我签的", "8860202611000002"]
    assert by_holder["李秀英"][7] == "139****0002"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_exports_in_both_forms_and_languages(agent: Agent, name: str, kind: str) -> None:
    agent.opens(f"/{name}")
    agent.follows("CSV" if kind == "csv" else "Excel")
    assert len(agent.answer.data) > 100
    agent.opens("/language/en?back=/today").opens(f"/{name}.csv")
    assert "Policy" in read_csv(agent)[0]


def test_the_queue_exports_the_part_that_is_shown(agent: Agent) -> None:
    agent.opens("/queue?part=held").follows("CSV")
    assert "queue-held" in agent.answer.headers["Content-Disposition"]
    assert [row[1] for row in read_csv(agent)[1:]][:2] == ["郑伟", "冯涛"]  # promised


def test_there_is_no_third_form(agent: Agent) -> None:
    agent.opens("/calls.pdf", expect=404)


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(evil: str) -> None:
    assert guarded(evil) == f"'{evil}"
    sheet = load_workbook(BytesIO(as_xlsx(["a"], [[evil]]))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [evil]  # text, as it was


def test_long_numbers_stay_whole_in_excel() -> None:
    assert guarded("8860202611000001") == "8860202611000001\t"
    assert guarded("139****0001") == "139****0001"
    assert guarded(12) == 12
    assert b"\r\n" in as_csv(["a"], [["b"]])


def test_audio_is_sent_whole_and_by_range(agent: Agent, world: World) -> None:
    path = f"/recordings/{world.recordings['李秀英']}/audio"
    sound = tone()
    agent.opens(path)
    assert agent.answer.data == sound
    assert agent.answer.mimetype == "audio/wav"
    headers = {"Range": "bytes=44-143"}
    part = agent.client.get(path, headers=headers, base_url=HERE, buffered=True)
    assert part.status_code == 206
    assert part.data == sound[44:144]
    assert part.headers["Content-Range"] == f"bytes 44-143/{len(sound)}"
    agent.answer.close()
    part.close()


def test_audio_can_be_kept(agent: Agent, world: World) -> None:
    agent.opens(f"/recordings/{world.recordings['李秀英']}/audio?download=1")
    assert "attachment; filename=huifang-20261120-" in agent.answer.headers["Content-Disposition"]
    agent.answer.close()


def test_a_recording_that_has_not_arrived_is_not_found(agent: Agent, world: World) -> None:
    agent.opens(f"/recordings/{world.recordings['郑伟']}/audio", expect=404)
