"""From audio to outcome: a carrier's announcement that detection takes for a person and the live
recogniser for an answer, heard in the recording by the recogniser that the packages bring."""

import pytest

from tests.huifang.conftest import DATA, Terminal

CAST = """
callees:
  "13900000002":
    picks_up: {announcement: 空号, detected: human, heard: %s}
    expect: {outcome: %s}
"""


def run(terminal: Terminal, engine: str, heard: str, outcome: str) -> dict[str, object]:
    rows = (DATA / "policies.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    files = (
        "--policies", terminal.file("one.csv", rows[0] + rows[2]),
        "--cast", terminal.file("machine.yaml", CAST % (heard, outcome)),
    )  # fmt: skip
    begins = ("--at", "2026-11-18T09:30", "--engine", engine)
    said = terminal.run("demo", "--once", "--json", *files, *begins)
    assert said.code == 0, said.err
    told: dict[str, object] = said.json
    return told


@pytest.mark.speech
def test_an_empty_number_that_seemed_to_be_somebody_who_hung_up(terminal: Terminal) -> None:
    pytest.importorskip("faster_whisper")
    told = run(terminal, "whisper", "我是他儿子", "empty-number")

    assert told["mismatches"] == []
    assert told["answered"] == 0  # by a person
    assert {case["kind"] for case in told["cases"]} == {"电话有误"}  # type: ignore[attr-defined]


def test_without_a_recogniser_it_stays_what_it_seemed(terminal: Terminal) -> None:
    told = run(terminal, "none", "我是他儿子", "hung-up")

    assert told["mismatches"] == []
    assert told["transcribed"] == 0
    assert told["answered"] == told["calls"] > 0
