import numpy as np
import pytest

from recordings.audio import Audio
from recordings.cut import Window, cut_call
from recordings.echo import without_echo
from recordings.voice import find_voice

WINDOWS = [Window("READ", 0, 0.0, 6.0), Window("SIGN_APP", 1, 6.0, 12.0)]


@pytest.fixture(scope="module")
def ours(sounds, say):
    prompt = np.concatenate([say("我不买保险"), say("再说一遍行吗")])
    return sounds.place(12.0, (0.3, prompt), (6.3, prompt))


def echo_of(sounds, channel, delay_s, gain):
    delayed = np.roll(channel, int(delay_s * sounds.RATE)) * gain
    return sounds.band(delayed, 300, 2800).astype("float32")


@pytest.mark.parametrize("delay_s", [0.01, 0.12, 0.4])
@pytest.mark.parametrize("gain", [0.1, 0.4])
def test_our_own_prompt_come_back_is_no_answer(sounds, ours, detector, delay_s, gain):
    echo = echo_of(sounds, ours, delay_s, gain)
    assert find_voice(echo, 8000, detector)  # a voice it is
    done = cut_call(Audio((ours, echo), 8000), WINDOWS, detector, hint=1)
    assert [c.stretches for c in done.cuts] == [(), ()]
    assert done.echoes


def test_the_answer_beside_an_echo_is_kept(sounds, say, ours, detector):
    line = echo_of(sounds, ours, 0.12, 0.2) + sounds.place(12.0, (4.2, say("我就是")))
    done = cut_call(Audio((ours, line), 8000), WINDOWS, detector, hint=1)
    first, second = done.cuts
    assert first.stretches
    assert first.from_s > 3.9
    assert second.stretches == ()


@pytest.mark.parametrize("gain", [0.3, 1.0])
def test_who_interrupts_our_prompt_is_heard(sounds, say, ours, detector, gain):
    line = sounds.place(12.0, (0.8, say("没收到，我要投诉") * np.float32(gain)))
    found = find_voice(line, 8000, detector)
    people, echoes = without_echo(found, Audio((ours, line), 8000), 1)
    assert (len(people), echoes) == (len(found), ())


def test_the_callees_own_voice_leaking_to_our_channel_is_no_echo(sounds, say, ours, detector):
    answer = sounds.place(12.0, (3.5, say("我就是")))
    leaking = ours + np.float32(0.3) * answer
    found = find_voice(answer, 8000, detector)
    people, echoes = without_echo(found, Audio((leaking, answer), 8000), 1)
    assert (people, echoes) == (found, ())


def test_one_channel_has_no_echo(sounds, ours, detector):
    found = find_voice(ours, 8000, detector)
    assert without_echo(found, Audio((ours,), 8000), 0) == (found, ())
