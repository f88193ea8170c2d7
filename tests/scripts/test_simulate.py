"""The simulator answers as a table says and writes down what was said and heard."""

from collections.abc import Callable

import pytest

from scripts import simulate
from scripts.facts import Facts
from scripts.heard import Heard, Request, Via
from scripts.labels import Label
from scripts.model import Script
from scripts.outcomes import Outcome
from scripts.simulate import Callee


def test_the_lines_alternate_and_carry_the_words(
    standard: Script, facts_with: Callable[..., Facts]
) -> None:
    no = Heard(Label.REFUSE, "别再打了")
    walk = simulate.walk(standard, facts_with(), {"CONSENT": [no]})

    assert [line.who for line in walk.lines] == ["us", "customer"] * 4 + ["us"]
    assert [line.words for line in walk.lines if line.label is Label.REFUSE] == ["别再打了"] * 2
    assert walk.outcome is Outcome.REFUSED
    assert "尊重您的意愿" in walk.lines[-1].words


def test_the_nearest_answer_wins_and_the_last_is_given_again() -> None:
    yes, no, silent = Heard(Label.AFFIRM), Heard(Label.DENY), Heard(Label.SILENCE)
    callee = Callee({"READ": [silent, no], "READ.tips": [yes], "*": [no]})

    assert [callee.answer("READ") for _ in range(3)] == [silent, no, no]
    assert callee.answer("READ.tips") == yes
    assert callee.answer("LIABILITY.term") == no
    assert Callee({}).answer("LIABILITY").label is Label.AFFIRM


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("deny", Heard(Label.DENY, "deny")),
        ("repeat", Heard(Label.UNCLEAR, "repeat", request=Request.REPEAT)),
        ("person", Heard(Label.EXPLAIN, "person", request=Request.PERSON)),
        ("silence", Heard(Label.SILENCE, via=Via.NONE)),
        (
            {"label": "complaint", "words": "没收到，我要投诉", "also": ["deny"], "via": "keys"},
            Heard(Label.COMPLAINT, "没收到，我要投诉", (Label.DENY,), via=Via.KEYS),
        ),
    ],
)
def test_answers_as_walks_write_them(written: object, heard: Heard) -> None:
    assert simulate.heard(written) == heard


@pytest.mark.parametrize("written", ["yes", {"words": "是"}, 1, None, {"label": "perhaps"}])
def test_what_is_no_answer(written: object) -> None:
    with pytest.raises(ValueError, match=r"no answer|not a valid"):
        simulate.heard(written)
