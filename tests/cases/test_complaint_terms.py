"""An insurer's own words and numbers for complaints: what ships is sound, and a slip is one clear
sentence."""

from pathlib import Path

import pytest

from cases.complaint_terms import FILE, load, standard
from scripts import rulebooks
from scripts.faults import FaultyFileError


@pytest.mark.parametrize(
    ("words", "signals"),
    [
        ("我要找记者曝光", ["media"]),
        ("已经委托律师起诉你们", ["lawyer"]),
        ("我 不识字，有高血压", ["vulnerable"]),
        ("维权公司说可以全额退", ["agent-led"]),
        ("我们几个集体来找银保监", ["regulator", "group"]),
        ("保单没收到", []),
    ],
)
def test_signals_are_told_from_words(words: str, signals: list[str]) -> None:
    assert standard().signals_in(words) == signals


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: claim,", "id: service,", "service stands here a second time"),
        ("{days}日内", "若干日内", "the remedies do not say in how many days"),
        ("days: 15, working: false", "days: 0, working: false", "limits.simple.days"),
        ("id: process,", "id: a-process-of-ours-with-a-very-long-id,", "longer than 30 characters"),
        ("warning_hours: 72", "warning_hours: 72\nwarning: 3", "unknown key 'warning'"),
    ],
)
def test_a_slip_is_one_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    own = tmp_path / "own.yaml"
    own.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFileError) as trouble:
        load(own)
    assert said in str(trouble.value)


@pytest.mark.parametrize("name", rulebooks.rulebooks())
def test_no_rulebook_gives_more_days_than_the_terms(name: str) -> None:
    """Both name the law's days (C-09); where they differ, somebody is told wrong."""
    assert rulebooks.load(name).complaint_reply.days <= standard().limits.simple.days


def test_every_limit_and_word_names_its_source() -> None:
    terms = standard()
    limits = [getattr(terms.limits, name) for name in type(terms.limits).model_fields]
    for one in (*limits, *terms.kinds, *terms.causes, *terms.signals, *terms.materials):
        assert one.source
