"""The shipped clips are all there and sound like a telephone; the rest is made, or hummed."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from exchange import Voices
from exchange.cast import ANNOUNCEMENTS, VOICEMAIL_GREETING
from exchange.voices import band, workshop
from exchange.voices.clips import FOLDER, read_index, spoken
from exchange.voices.espeak import Espeak, pinyin

_PHRASES = FOLDER.parent / "phrases.tsv"


def test_every_phrase_has_its_clips_and_every_clip_its_phrase():
    listed = {(spoken(text), voice) for text, voice in workshop.wanted(_PHRASES)}
    index = read_index()
    assert set(index) == listed
    files = {str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.wav")}
    assert {clip.file for clip in index.values()} == files


def test_clips_are_telephone_sound():
    for clip in read_index().values():
        info = soundfile.info(str(FOLDER / clip.file))
        assert (info.samplerate, info.channels, info.subtype) == (8000, 1, "ULAW"), clip
        sound = band.read(FOLDER / clip.file)
        assert 12000 < np.abs(sound).max() < 20000, clip  # loud, and nowhere near clipping
        syllables = sum(1 for sign in spoken(clip.text))
        assert 0.08 * syllables < len(sound) / band.RATE < 0.5 * syllables + 0.7, clip


def test_the_clips_are_small():
    assert sum(file.stat().st_size for file in FOLDER.rglob("*")) < 3_000_000


def test_at_least_two_people_say_the_common_answers(voices):
    index = read_index()
    for text in ("是的", "对", "我就是", "清楚", "没有"):
        assert {voice[:2] for words, voice in index if words == text} == {"zf", "zm"}
    assert len(voices.names()) >= 2


@pytest.mark.parametrize("text", [*ANNOUNCEMENTS.values(), VOICEMAIL_GREETING])
def test_the_carrier_can_say_its_announcements(voices, text):
    assert len(voices.say(text, "zf_xiaoxiao")) > band.RATE


def test_the_band_is_that_of_a_telephone():
    rate = 24000
    ticks = np.arange(rate) / rate
    wave = sum(np.sin(2 * np.pi * hertz * ticks) for hertz in (100, 1000, 3800))
    sound = band.to_line(np.asarray(wave, dtype=np.float32), rate)
    spectrum = np.abs(np.fft.rfft(sound[800:7200]))
    at = {hertz: spectrum[round(hertz * 6400 / 8000)] for hertz in (100, 1000, 3800)}
    assert at[1000] > 100 * at[100]
    assert at[1000] > 100 * at[3800]


def test_punctuation_does_not_matter(voices):
    assert np.array_equal(
        voices.say("是，但是我没看懂。", "zm_yunxi"), voices.say("是但是我没看懂", "zm_yunxi")
    )


def test_somebody_of_the_same_sex_says_what_is_missing(tmp_path):
    phrases = tmp_path / "p.tsv"
    phrases.write_text("text\tvoices\n是的\tzf_a zm_b\n对\tzf_a\n", encoding="utf-8")
    workshop.make(phrases, _Buzzer(), lambda _: None, tmp_path)
    voices = Voices(tmp_path, clips=tmp_path, synthesise=False)
    band.write(tmp_path / "zm_b" / "shi-de.wav", np.full(400, 5000, dtype=np.int16))
    assert len(voices.say("是的", "zm_c")) == 400
    assert len(voices.say("是的", "zf_c")) == 1600
    assert len(voices.say("对", "zm_b")) == 800


def test_a_number_keeps_its_voice(voices):
    given = {number: voices.voice_for(number) for number in map(str, range(40))}
    assert given == {number: voices.voice_for(number) for number in given}
    assert len(set(given.values())) > 1


def test_a_callee_does_not_change_voice_half_way(voices):
    def chosen(*texts):
        return {voices.voice_for(str(number), texts) for number in range(40)}

    assert chosen("是的") == set(voices.names())
    assert chosen("是的", "我儿子替我签的") == {"zf_xiaobei", "zm_yunxi"}
    assert chosen("是的", "我儿子替我签的", "一九八五年三月六号") == {"zf_xiaobei"}


def test_nobody_can_say_it(voices):
    with pytest.raises(LookupError, match="没有人会说的一句话"):
        voices.say("没有人会说的一句话", "zm_yunxi")
    assert not voices.can_say("没有人会说的一句话")


def test_a_prompt_is_hummed_where_nothing_can_speak(voices):
    short, long = voices.prompt("您好"), voices.prompt("您好" * 20)
    assert len(long) / band.RATE == pytest.approx(40 / 4.5, abs=0.1)
    assert len(short) < len(long)
    assert np.abs(long).max() > 500


@pytest.fixture
def light(tmp_path):
    if not Espeak.installed():
        pytest.skip("eSpeak NG is not installed (extra `voices`)")
    return Voices(tmp_path)


def test_espeak_makes_and_keeps_what_is_not_shipped(light, tmp_path):
    first = light.say("没有人会说的一句话", "zm_yunxi")
    (kept,) = tmp_path.glob("*.wav")
    assert len(first) > band.RATE
    before = kept.stat().st_mtime_ns
    assert np.array_equal(Voices(tmp_path).say("没有人会说的一句话", "zm_yunxi"), first)
    assert kept.stat().st_mtime_ns == before


def test_espeak_speaks_prompts(light):
    sound = light.prompt("请问您是张三先生本人吗")
    assert 1 < len(sound) / band.RATE < 6
    assert np.abs(sound).max() > 3000


def test_pinyin():
    assert pinyin("我就是") == "wo3 jiu4 shi4"


def test_a_list_of_phrases_with_a_hole_is_refused(tmp_path):
    (tmp_path / "p.tsv").write_text("text\tvoices\n是的\t\n", encoding="utf-8")
    with pytest.raises(workshop.PhraseError, match="line 2"):
        list(workshop.wanted(tmp_path / "p.tsv"))


class _Buzzer:
    """A maker that buzzes."""

    name = "buzzer"

    def make(self, text: str, voice: str, speed: float = 1.0):
        return np.full(800 * len(text), 9000, dtype=np.int16)


def test_the_workshop_makes_what_is_missing_and_drops_what_is_not_listed(tmp_path: Path):
    phrases = tmp_path / "p.tsv"
    phrases.write_text("text\tvoices\n是的\ta b\n对\ta\n", encoding="utf-8")
    told: list[str] = []
    assert workshop.make(phrases, _Buzzer(), told.append, tmp_path) == 3
    assert (tmp_path / "a" / "shi-de.wav").exists()
    phrases.write_text("text\tvoices\n是的\ta\n不对\ta\n", encoding="utf-8")
    assert workshop.make(phrases, _Buzzer(), told.append, tmp_path) == 1
    left = sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.wav"))
    assert left == ["a/bu-dui.wav", "a/shi-de.wav"]
    assert len(told) == 4
