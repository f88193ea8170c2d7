"""Kill the process that works off a backlog, again and again, in the middle of an answer and in the
middle of storing one: every recording is heard exactly once, and none is lost."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from store.tables import Call, Hearing, Reading, ReadingVersion, Recording, Turn
from tests.operations.heard import backlog
from tests.operations.rig import Rig

RECORDINGS = 6
ROOT = Path(__file__).parents[2]


def begin(rig: Rig, where: str, number: int) -> "subprocess.Popen[str]":
    """A process that works off the backlog."""
    words = json.dumps(rig.speech.words)
    arguments = [str(rig.folder), words, rig.clock.now.isoformat(), where, str(number)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.operations.hearing_process", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(rig: Rig, where: str, number: int) -> None:
    """Begin, and kill it when it has come so far."""
    with begin(rig, where, number) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.kill()
        _, err = process.communicate()
    assert said == "here\n", err


@pytest.fixture
def killed(rig: Rig) -> list[int]:
    """A backlog whose process was killed twice and then came to its end: what that said."""
    backlog(rig, RECORDINGS)
    answers = len(rig.all(Turn)) // RECORDINGS
    moments = [("answer", 2 * answers + 3), ("storing", 2)]
    for where, number in moments:
        kill(rig, where, number)
        rig.clock.tick(rig.line.lease_s + 1)
    with begin(rig, "nowhere", 0) as process:
        out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    found: list[int] = json.loads(out)
    return found


def test_every_recording_is_heard_exactly_once(rig: Rig, killed: list[int]) -> None:
    heard, left = killed
    assert left == 0
    assert 0 < heard < RECORDINGS  # what was heard before a kill was not heard again
    states = [(one.state, one.tries, one.problem) for one in rig.all(Recording)]
    assert states == [("heard", 0, None)] * RECORDINGS

    hearings = Counter(one.recording_id for one in rig.all(Hearing))
    assert hearings == dict.fromkeys(range(1, RECORDINGS + 1), 1)
    assert all(one.counts for one in rig.all(Hearing))
    assert len(rig.all(ReadingVersion)) == RECORDINGS
    assert len(rig.all(Reading)) == len(rig.all(Turn))
    assert all(call.judged_at for call in rig.all(Call))
