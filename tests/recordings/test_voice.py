import numpy as np
import pytest

from recordings.voice import FRAME_S, find_voice, loud, runs, stretches

DTMF = [(697, 1209), (770, 1336), (852, 1477), (941, 1336)]


def coloured(rng, count, slope):
    spectrum = np.fft.rfft(rng.standard_normal(count))
    at = np.arange(len(spectrum))
    at[0] = 1
    return np.fft.irfft(spectrum / at ** (slope / 2), count)


def breaths(rng, sounds, seconds):
    out = np.zeros(int(seconds * sounds.RATE))
    for at in np.arange(0.2, seconds - 1.0, 1.4):
        length = int(rng.uniform(0.5, 0.9) * sounds.RATE)
        begin = int(at * sounds.RATE)
        out[begin : begin + length] = rng.standard_normal(length) * np.hanning(length)
    return out


def music(rng, sounds, seconds):
    """Chords with harmonics that decay, as a piano's."""
    out = np.zeros(int(seconds * sounds.RATE))
    t = np.arange(sounds.RATE // 2) / sounds.RATE
    for begin in range(0, len(out) - len(t), len(t)):
        for note in rng.choice([262, 294, 330, 392, 440, 523], size=3, replace=False):
            for harmonic in range(1, 6):
                wave = np.sin(2 * np.pi * note * harmonic * t) / harmonic
                out[begin : begin + len(t)] += wave * np.exp(-3 * t)
    return out


def nobodies(sounds):
    """240 clips in which nobody speaks, at levels from -3 to -40 dB."""
    rng = np.random.default_rng(11)
    for number in range(20):
        seconds = float(rng.uniform(1.0, 3.0))
        count = int(seconds * sounds.RATE)
        keys = DTMF[number % len(DTMF)]
        yield from (
            (kind, shaped(rng, sounds, clip))
            for kind, clip in {
                "white noise": rng.standard_normal(count),
                "pink noise": coloured(rng, count, 1.0),
                "rumble": coloured(rng, count, 1.6),
                "breathing": breaths(rng, sounds, seconds + 1),
                "music": music(rng, sounds, seconds + 1),
                "ringing": sounds.tone(seconds + 2, 450, on=1.0, off=4.0),
                "busy": sounds.tone(seconds, 450, on=0.35, off=0.35),
                "tone": sounds.tone(seconds, 450),
                "keys": sounds.tone(seconds, *keys, on=0.12, off=0.1),
                "hum": sounds.tone(seconds, 50, 150, 250, 350),
                "beep": sounds.tone(seconds, float(rng.uniform(500, 2500)), on=0.3, off=0.4),
                "silence": np.zeros(count),
            }.items()
        )


def shaped(rng, sounds, clip):
    heard = sounds.band(np.asarray(clip, dtype=float))
    level = 10 ** (-rng.uniform(3, 40) / 20)
    heard = heard / (np.abs(heard).max() + 1e-9) * level
    return (heard + rng.standard_normal(len(heard)) * 1e-4).astype("float32")


def test_noise_tones_breath_and_music_are_nobody(sounds, detector):
    heard = [(kind, find_voice(clip, sounds.RATE, detector)) for kind, clip in nobodies(sounds)]
    assert len(heard) == 240
    assert [kind for kind, found in heard if found] == []


def test_every_answer_is_found(clips, detector):
    lost = [clip.text for clip in clips if not find_voice(clip.samples, 8000, detector)]
    assert lost == []


@pytest.mark.parametrize("decibels", [-10, -20, -26])
def test_a_quiet_line_is_heard_too(clips, detector, decibels):
    gain = np.float32(10 ** (decibels / 20))
    lost = [clip.text for clip in clips if not find_voice(clip.samples * gain, 8000, detector)]
    assert lost == []


def test_a_short_answer_is_found_where_it_is(sounds, say, detector):
    answer = say("没签")[: int(0.3 * sounds.RATE)]
    (found,) = find_voice(sounds.place(4.0, (2.0, answer)), sounds.RATE, detector)
    assert found.from_s == pytest.approx(1.85, abs=0.12)
    assert found.to_s == pytest.approx(2.45, abs=0.2)


def test_two_answers_far_apart_are_two_stretches(sounds, say, detector):
    channel = sounds.place(8.0, (1.0, say("我就是")), (5.0, say("我要起诉")))
    first, second = find_voice(channel, sounds.RATE, detector)
    assert first.from_s < 1.2 < first.to_s < 3.0
    assert second.from_s < 5.2 < second.to_s


def test_any_rate_gives_the_same_times(sounds, say, detector):
    channel = sounds.place(4.0, (2.0, say("没有不懂的")))
    doubled = np.repeat(channel, 2)
    (slow,), (fast,) = find_voice(channel, 8000, detector), find_voice(doubled, 16000, detector)
    assert fast.from_s == pytest.approx(slow.from_s, abs=0.1)
    assert fast.to_s == pytest.approx(slow.to_s, abs=0.1)


def frames(*values):
    return np.repeat(np.array(values, dtype="float32"), 10)


def test_only_a_sure_peak_makes_a_voice():
    assert stretches(frames(0, 0.8, 0), 9.0) == ()
    (found,) = stretches(frames(0, 0.97, 0), 9.0)
    assert found.from_s == pytest.approx(10 * FRAME_S - 0.15, abs=0.001)
    assert found.to_s == pytest.approx(20 * FRAME_S + 0.15, abs=0.001)


def test_one_sure_frame_is_a_click():
    likelihoods = np.zeros(50, dtype="float32")
    likelihoods[20] = 0.99
    assert stretches(likelihoods, 9.0) == ()


def test_a_pause_between_two_words_does_not_part_them():
    assert len(stretches(frames(0.99, 0, 0.99), 9.0)) == 1
    assert len(stretches(frames(0.99, 0, 0, 0, 0.99), 9.0)) == 2


def test_stretches_stay_inside_the_recording():
    (found,) = stretches(frames(0.99), 0.33)
    assert (found.from_s, found.to_s) == (0.0, 0.33)


def test_runs_are_bridged():
    mask = np.array([1, 0, 1, 0, 0, 0, 1], dtype=bool)
    assert runs(mask, bridge=1) == [(0, 3), (6, 7)]
    assert runs(np.zeros(3, dtype=bool), bridge=1) == []


def test_loud_stands_out_of_the_lines_own_noise(sounds):
    rng = np.random.default_rng(1)
    hissing = rng.standard_normal(3 * sounds.RATE).astype("float32") * 0.003
    hissing[sounds.RATE : 2 * sounds.RATE] += sounds.tone(1.0, 300)
    where = np.flatnonzero(loud(hissing, sounds.RATE)) * FRAME_S
    assert where.min() == pytest.approx(1.0, abs=0.05)
    assert where.max() == pytest.approx(2.0, abs=0.05)
