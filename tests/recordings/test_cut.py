import dataclasses
import json

import numpy as np
import pytest

from recordings import cut
from recordings.audio import Audio
from recordings.cut import Window, assign, callee_channel, cut_call, samples_of
from recordings.voice import Stretch

WINDOWS = [
    Window("ID_PRESENT", 0, 0.5, 6.0, prompt_to_s=3.0),
    Window("READ", 1, 6.0, 12.0, prompt_to_s=9.0),
    Window("SIGN_APP", 2, 12.0, 18.0, prompt_to_s=15.0),
]


@pytest.fixture(scope="module")
def call(sounds, say):
    """Our prompts and a callee who answers the first and the last question."""
    prompt = np.concatenate([say("我不买保险"), say("再说一遍行吗")])
    ours = sounds.place(20.0, (0.7, prompt), (6.2, prompt), (12.2, prompt))
    theirs = sounds.place(20.0, (4.0, say("我就是")), (16.0, say("没签")), (18.8, say("我要起诉")))
    return ours, theirs


def test_the_callee_is_found_on_either_side(call):
    ours, theirs = call
    assert callee_channel(Audio((ours, theirs), 8000), WINDOWS) == (1, "time-line")
    assert callee_channel(Audio((theirs, ours), 8000), WINDOWS) == (0, "time-line")


def test_the_time_line_is_believed_before_the_hint(call):
    ours, theirs = call
    assert callee_channel(Audio((ours, theirs), 8000), WINDOWS, hint=0) == (1, "time-line")


def test_the_hint_decides_a_call_that_shows_nothing(sounds):
    nobody = Audio((sounds.silence(20.0), sounds.silence(20.0)), 8000)
    assert callee_channel(nobody, WINDOWS, hint=0) == (0, "hint")
    assert callee_channel(nobody, WINDOWS)[1] == "spoke-less"


def test_a_hissing_line_does_not_hide_the_callee(call):
    ours, theirs = call
    hiss = np.random.default_rng(5).standard_normal(len(ours)).astype("float32") * 0.01
    assert callee_channel(Audio((ours, theirs + hiss), 8000), WINDOWS) == (1, "time-line")


def test_answers_fall_into_their_windows(call, detector):
    done = cut_call(Audio(call, 8000), WINDOWS, detector)
    first, silent, last = done.cuts

    assert [c.question for c in done.cuts] == ["ID_PRESENT", "READ", "SIGN_APP"]
    assert 3.7 < first.from_s < 4.1
    assert first.to_s < 5.5
    assert silent.stretches == ()
    assert silent.voiced_s == 0
    assert (silent.from_s, silent.to_s) == (9.0, 12.0)
    assert 15.7 < last.from_s < 16.1
    assert [round(s.from_s) for s in done.outside] == [19]  # after the last question: kept


def test_a_recording_that_began_before_the_first_webhook(call, detector):
    early = [dataclasses.replace(w, prompt_to_s=None, prompt_from_s=w.prompt_from_s - 2.5,
                                 answer_to_s=w.answer_to_s - 2.5) for w in WINDOWS]  # fmt: skip
    done = cut_call(Audio(call, 8000), early, detector, offset_s=2.5)
    assert [bool(c.stretches) for c in done.cuts] == [True, False, True]
    assert (done.cuts[1].from_s, done.cuts[1].to_s) == (6.0, 12.0)


def test_samples_are_the_callees_and_only_theirs(call, detector):
    audio = Audio(call, 8000)
    done = cut_call(audio, WINDOWS, detector)
    first, silent, _ = done.cuts
    begin = int(first.from_s * 8000)
    sound = samples_of(first, audio, done.channel)
    assert np.array_equal(sound, call[1][begin : begin + len(sound)])
    assert len(samples_of(silent, audio, done.channel)) == 0


def test_long_pauses_inside_an_answer_are_shortened():
    audio = Audio((np.ones(10 * 8000, dtype="float32"),), 8000)
    answer = cut.Cut("READ", 1, 1.0, 6.0, (Stretch(1.0, 2.0), Stretch(5.0, 6.0)))
    assert len(samples_of(answer, audio, 0)) == pytest.approx(2.6 * 8000, abs=2)


def test_one_channel_with_both_voices_is_heard_only_after_the_prompt(call, detector):
    both = Audio((call[0] + call[1],), 8000)
    done = cut_call(both, WINDOWS, detector)
    assert done.why == "only-channel"
    assert [bool(c.stretches) for c in done.cuts] == [True, False, True]


def test_an_answer_right_after_the_prompt_is_parted_from_it(sounds, say, detector):
    prompt, answer = say("我不买保险"), say("没有不懂的")
    channel = sounds.place(6.0, (0.5, prompt), (0.6 + len(prompt) / 8000, answer))
    ended = 0.55 + len(prompt) / 8000
    audio = Audio((channel,), 8000)
    done = cut_call(audio, [Window("READ", 0, 0.0, 6.0, prompt_to_s=ended)], detector)
    assert done.cuts[0].from_s == pytest.approx(ended, abs=0.01)


def test_our_own_prompt_is_never_taken_for_an_answer(call, detector):
    """Without knowing when the prompt ended, one mixed channel gives no answer at all."""
    unknown = [dataclasses.replace(w, prompt_to_s=None) for w in WINDOWS]
    done = cut_call(Audio((call[0] + call[1],), 8000), unknown, detector)
    assert [c.stretches for c in done.cuts] == [(), (), ()]


def test_a_stretch_goes_where_most_of_it_is():
    late = Stretch(5.0, 8.0)
    cuts, outside = assign([late, Stretch(30.0, 31.0)], WINDOWS, 40.0)
    assert [c.stretches for c in cuts] == [(), (late,), ()]
    assert outside == (Stretch(30.0, 31.0),)


def test_no_windows_no_answers(call, detector):
    done = cut_call(Audio(call, 8000), [], detector, hint=1)
    assert done.cuts == ()
    assert len(done.outside) == 3


def test_a_cut_survives_being_stored(call, detector):
    done = cut_call(Audio(call, 8000), WINDOWS, detector)
    assert cut.from_json(json.loads(json.dumps(dataclasses.asdict(done)))) == done
