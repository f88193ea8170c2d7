"""A carrier's machine that was taken for a person, and persons who were not."""

import pytest

from cases.announced import Spoken, announced
from scripts.labels import Label
from scripts.outcomes import Outcome

OFF = "您好您不打的电话已关机,请稍后再播。"


def spoken(words: str, label: str = "unclear", live: str | None = "unclear", **more: object):
    found = None if live is None else Label(live)
    return Spoken(words, Label(label), 1.5, 4.0, live=found, **more)


def test_an_announcement_answered() -> None:
    found = announced([spoken("", "silence", "silence"), spoken(OFF)])

    assert found is not None
    assert (found.outcome, found.words) == (Outcome.SWITCHED_OFF, OFF)
    assert (found.from_s, found.to_s) == (1.5, 4.0)


@pytest.mark.parametrize("live", ["deny", "affirm", "refuse", "not-holder", "callback"])
def test_its_words_were_taken_for_an_answer(live: str) -> None:
    assert announced([spoken(OFF, "deny", live, live_words="不打了")]) is not None


def test_pieces_of_it_do_not_make_a_person() -> None:
    said = [spoken("您好您不大的电话", "deny"), spoken(OFF), spoken("请稍后再播", "callback")]
    assert announced(said) is not None


@pytest.mark.parametrize(
    "person",
    [
        spoken("我就是", "affirm", "affirm"),
        spoken("没有这个人", "not-holder"),
        spoken("我手机快关机了", "callback"),
        spoken("", "silence", "not-holder", live_words="我是他儿子"),
        spoken("啊呢", "unclear", "refuse", live_words="不需要"),
    ],
)
def test_a_person_who_spoke_as_well_is_not_overheard(person: Spoken) -> None:
    assert announced([spoken(OFF), person]) is None


def test_nobody_and_nothing() -> None:
    assert announced([]) is None
    assert announced([spoken("", "silence", "silence"), spoken("嗯嗯呃")]) is None


def test_what_the_call_itself_did_not_listen_to_counts_too() -> None:
    assert announced([spoken(OFF, live=None)]) is not None
