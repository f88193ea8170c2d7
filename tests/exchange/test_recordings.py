"""Recordings as sound: two channels on the call's own time line, each voice where it belongs."""

import numpy as np
import pytest
import soundfile

from exchange.line import Line, Side
from exchange.tones import keys
from exchange.voices.band import RATE

ME = """
callees:
  "13900000001":
    voice: zm_yunxi
    answers:
      ID_PRESENT: {says: 我就是}
      HESITATION: {keys: "1"}
      FEES: {says: 知道, barge_in: true, after: 0.5}
      SMS: {hang_up: true}
  "13900000002": {line: noisy}
  "13900000003": {picks_up: {announcement: 空号}}
  "13900000004": {answers: {"*": {says: 是的, noise: 0.3}}}
"""


def _level(sound, since, until):
    """RMS of a stretch, in samples' units."""
    stretch = sound[round(since * RATE) : round(until * RATE)].astype(float)
    return float(np.sqrt(np.mean(stretch**2)))


@pytest.fixture
def recorded(rig):
    """Places a recorded call; gives the call, the callee's channel and ours."""

    def record(verbs, to="+8613900000001", channel=1, **fields):
        made = rig(ME, callee_channel=channel)
        made.says("/start", verbs)
        made.says("/answer", "<Hangup/>")
        call = made.call(to, Record="true", RecordingChannels="dual", **fields)
        (recording,) = made.exchange.recordings()
        info = soundfile.info(str(made.exchange.media(recording.sid)))
        assert (info.samplerate, info.channels, info.subtype) == (8000, 2, "PCM_16")
        sound, _ = soundfile.read(str(made.exchange.media(recording.sid)), dtype="int16")
        return call, sound[:, channel], sound[:, 1 - channel]

    return record


@pytest.mark.parametrize("channel", [0, 1])
def test_each_voice_is_in_its_channel_and_at_its_time(recorded, gather, channel):
    call, callee, ours = recorded(gather("ID_PRESENT"), channel=channel)
    prompt, answer = call.said
    assert (prompt.side, answer.side) == (Side.OURS, Side.CALLEE)
    length = len(callee) / RATE
    assert length == pytest.approx((call.ended - call.answered).total_seconds(), abs=0.01)
    assert _level(callee, answer.at, answer.at + 0.6) > 1000
    assert _level(callee, 0, answer.at) < 50
    assert _level(callee, answer.at + 1.2, length) < 50
    assert _level(ours, prompt.at, prompt.at + 1) > 500
    assert _level(ours, answer.at, answer.at + 0.6) < 50


def test_the_callee_really_speaks(recorded, gather, voices):
    call, callee, _ = recorded(gather("ID_PRESENT"))
    clip = voices.say("我就是", "zm_yunxi")
    start = round(call.said[1].at * RATE)
    heard = callee[start : start + len(clip)].astype(float)
    assert np.corrcoef(heard, clip.astype(float))[0, 1] > 0.99


def test_keys_are_tones(recorded, gather):
    call, callee, _ = recorded(gather("HESITATION", numDigits="1"))
    start = round(call.said[1].at * RATE)
    spectrum = np.abs(np.fft.rfft(callee[start : start + round(0.12 * RATE)]))
    loudest = np.argsort(spectrum)[-2:] * RATE / round(0.12 * RATE)
    assert sorted(loudest) == pytest.approx([697, 1209], abs=9)


def test_barging_in_silences_the_prompt(recorded, gather):
    call, callee, ours = recorded(gather("FEES", prompt="请您确认一下" * 8))
    answer = call.said[1]
    assert _level(callee, answer.at, answer.at + 0.3) > 1000
    assert _level(ours, call.said[0].at, answer.at) > 500
    assert _level(ours, answer.at + 0.4, len(ours) / RATE) < 50


def test_hanging_up_ends_the_recording(recorded, gather):
    call, callee, _ = recorded(gather("SMS"))
    assert len(callee) / RATE == pytest.approx(call.said[0].at + 6 / 4.5 + 0.8, abs=0.05)


def test_an_announcement_is_on_the_callees_channel(recorded):
    call, callee, ours = recorded('<Pause length="6"/>', "+8613900000003")
    assert _level(callee, call.said[0].at, call.said[0].at + 2) > 1000
    assert _level(ours, 0, 6) < 50


def test_noise(recorded):
    _, callee, ours = recorded('<Pause length="3"/>', "+8613900000002")
    assert _level(callee, 0, 3) > 10 * _level(ours, 0, 3)
    assert _level(ours, 0, 3) > 1  # no line is digital silence


def test_noise_over_one_answer(recorded, gather):
    call, callee, _ = recorded(gather("ID_PRESENT"), "+8613900000004")
    at = call.said[1].at
    hiss = np.abs(np.fft.rfft(callee[round(at * RATE) :][: RATE // 4]))[950:].mean()
    quiet = np.abs(np.fft.rfft(callee[: RATE // 4]))[950:].mean()
    assert hiss > 10 * quiet


def test_mono_has_both(rig, gather):
    made = rig(ME)
    made.says("/start", gather("ID_PRESENT"))
    made.says("/answer", "<Hangup/>")
    call = made.call(Record="true")
    (recording,) = made.exchange.recordings()
    sound, _ = soundfile.read(str(made.exchange.media(recording.sid)), dtype="int16")
    assert sound.ndim == 1
    for spoken in call.said:
        assert _level(sound, spoken.at, spoken.at + 0.5) > 200


def test_a_line_can_be_cut_and_is_never_too_loud():
    line = Line()
    loud = np.full(RATE, 30000, dtype=np.int16)
    line.lay(Side.OURS, 0.0, loud)
    line.lay(Side.OURS, 0.5, loud)
    line.lay(Side.OURS, 2.0, keys("1"))
    line.cut(Side.OURS, 1.0)
    sound = line.channel(Side.OURS, 3.0)
    assert sound[int(0.75 * RATE)] == 32767
    assert _level(sound, 1.01, 3) < 50
