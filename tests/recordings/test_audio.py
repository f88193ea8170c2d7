import numpy as np
import pytest

from recordings.audio import AudioTrouble, decode, read, resample


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_U8", "ULAW", "FLOAT"])
@pytest.mark.parametrize("rate", [8000, 16000, 44100])
def test_any_coding_and_rate_is_decoded(sounds, subtype, rate):
    left = sounds.tone(0.5, 440)
    audio = decode(sounds.wav(left, left / 2, rate=rate, subtype=subtype), "a.wav")

    assert audio.rate == rate
    assert audio.seconds == pytest.approx(len(left) / rate)
    assert [c.dtype for c in audio.channels] == [np.float32, np.float32]
    assert np.abs(audio.channels[0] - left).max() < 0.03
    assert np.abs(audio.channels[1] - left / 2).max() < 0.03


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty (0 bytes)"),
        (b"\n <!DOCTYPE html><html>404</html>", "a web page (HTML), not audio"),
        (b'{"code": 20404}', "a text message of a server (XML or JSON), not audio"),
        (b'<?xml version="1.0"?><TwilioResponse/>', "XML or JSON"),
        (b"\x00\x01\x02" * 500, "not a readable audio file"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "ends before its sound begins"),
    ],
)
def test_what_is_no_audio_is_named(content, fault):
    with pytest.raises(AudioTrouble) as trouble:
        decode(content, "x.wav")
    assert str(trouble.value).startswith("x.wav: ")
    assert fault in str(trouble.value)
    assert "\n" not in str(trouble.value)


def test_a_truncated_file_is_refused_and_says_how_much_is_there(sounds):
    whole = sounds.wav(sounds.tone(1.0, 440))
    with pytest.raises(AudioTrouble, match="truncated, 7000 of 16000 bytes"):
        decode(whole[: len(whole) - 9000], "cut.wav")


def test_a_header_that_never_learned_its_size_is_accepted(sounds):
    whole = bytearray(sounds.wav(sounds.tone(1.0, 440)))
    whole[4:8] = whole[40:44] = b"\xff\xff\xff\xff"
    assert decode(bytes(whole), "stream.wav").seconds == pytest.approx(1.0)


def test_no_samples_is_no_sound(sounds):
    with pytest.raises(AudioTrouble, match="holds no sound at all"):
        decode(sounds.wav(np.zeros(0, dtype="float32")), "none.wav")


def test_too_many_channels(sounds):
    with pytest.raises(AudioTrouble, match="9 channels; 1 to 8"):
        decode(sounds.wav(*[sounds.silence(0.1)] * 9), "many.wav")


def test_values_that_are_not_numbers(sounds):
    damaged = sounds.tone(0.1, 440)
    damaged[7] = np.nan
    with pytest.raises(AudioTrouble, match="not numbers"):
        decode(sounds.wav(damaged, subtype="FLOAT"), "nan.wav")


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(AudioTrouble, match=r"gone\.wav: cannot be read"):
        read(tmp_path / "gone.wav")


def test_resampling_keeps_duration_and_pitch(sounds):
    up = resample(sounds.tone(1.0, 440), 8000, 16000)
    assert len(up) == 16000
    assert np.argmax(np.abs(np.fft.rfft(up))) == 440
