"""How a Gather is timed: a table of what is given and what comes of it."""

import pytest

from exchange.gather import Keys, Plan, Speech, plan
from exchange.twiml import Gather

BOTH = Gather(speech=True, keys=True, timeout=5, speech_timeout=None)
SPEECH = Gather(speech=True, keys=False, timeout=5, speech_timeout=2)
KEYS = Gather(timeout=5)


@pytest.mark.parametrize(
    ("gather", "given", "expected"),
    [
        pytest.param(BOTH, None, Plan(4, 9), id="nothing comes: prompt and timeout"),
        pytest.param(BOTH, Speech(4.8, 5.8, "是"), Plan(4, 6.8, "是"), id="speech, auto"),
        pytest.param(SPEECH, Speech(4.8, 5.8, "是"), Plan(4, 7.8, "是"), id="speech, 2 s"),
        pytest.param(SPEECH, Speech(9.5, 10, "是"), Plan(4, 9), id="speech comes too late"),
        pytest.param(SPEECH, Speech(1, 2, "是"), Plan(1.3, 4, "是"), id="speech barges in"),
        pytest.param(KEYS, Speech(4.8, 5.8, "是"), Plan(4, 9), id="words where keys are wanted"),
        pytest.param(SPEECH, Keys(4.8, "1"), Plan(4, 9), id="keys where words are wanted"),
        pytest.param(KEYS, Keys(2, "1"), Plan(2, 7.2, "", "1"), id="a key, then the timeout"),
        pytest.param(KEYS, Keys(5, "1#"), Plan(4, 5.32, "", "1", "#"), id="the finishing key"),
        pytest.param(KEYS, Keys(9.5, "1"), Plan(4, 9), id="a key too late"),
        pytest.param(
            Gather(num_digits=2), Keys(5, "123"), Plan(4, 5.32, "", "12"), id="enough digits"
        ),
        pytest.param(
            Gather(finish_key=""), Keys(5, "#"), Plan(4, 10.2, "", "#"), id="no finishing key"
        ),
        pytest.param(
            Gather(speech=True, barge_in=False, speech_timeout=None),
            Speech(1, 2, "是"),
            Plan(4, 9),
            id="speech into a prompt that does not listen",
        ),
        pytest.param(
            Gather(speech=True, barge_in=False, speech_timeout=None),
            Speech(3, 5, "是"),
            Plan(4, 6, "是"),
            id="speech that outlasts such a prompt",
        ),
        pytest.param(
            Gather(barge_in=False), Keys(1, "1"), Plan(4, 9), id="a key into such a prompt"
        ),
    ],
)
def test_plan(gather, given, expected):
    planned = plan(gather, 4.0, given)
    assert planned.prompt_stops == pytest.approx(expected.prompt_stops)
    assert planned.ends == pytest.approx(expected.ends)
    assert (planned.words, planned.digits, planned.finished_on) == (
        expected.words,
        expected.digits,
        expected.finished_on,
    )
