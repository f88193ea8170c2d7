"""The script of a call chooses the voice, and a voice that is not there never ends a call."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.twilio.twiml import Voice
from scripts import written
from tests.operations.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


def voices(rig: Rig, voice: str) -> list[set[str]]:
    """Who speaks at the start, at the next question, and before a transfer."""
    script = written.of_data({**written.find("standard").data, "voice": voice})
    rig.serve(script_file=script)
    rig.import_rows({})
    caller = rig.ring()
    answers = [caller.picks_up(), caller.says("我就是"), caller.presses("0")]
    return [{part.split('"')[0] for part in a.text.split('voice="')[1:]} for a in answers]


def test_the_script_s_voice_speaks_in_the_call(rig: Rig) -> None:
    assert voices(rig, "male") == [{"Google.cmn-CN-Wavenet-B"}] * 3


def test_without_that_voice_the_usual_one_speaks(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "web.phone"):
        assert voices(rig, "child") == [{Voice().name}] * 3
    assert {record.getMessage().partition(" for")[0] for record in caplog.records} == {
        "the carrier has no voice 'child'"
    }
