"""What an insurer sets itself for accountability and clusters: what ships, and faulty files."""

from pathlib import Path

import pytest

from cases import complaint_terms, lessons
from cases.lessons import FILE
from scripts import guide
from scripts.faults import FaultyFileError

TEXT = FILE.read_text("utf-8")


def test_what_ships_is_that_of_the_source() -> None:
    shipped = lessons.load()
    assert [one.zh for one in shipped.measures] == ["批评教育", "警告", "罚款", "降职", "辞退"]
    parts = [one.id for one in shipped.parts]
    assert parts[:5] == ["intake", "investigation", "handling", "approval", "head"]
    assert (shipped.cluster.complaints, shipped.cluster.days) == (3, 31)


def test_signals_are_those_of_the_complaint_file() -> None:
    known = {one.id for one in complaint_terms.standard().signals}
    assert set(lessons.load().head_signals) <= known
    used = {signal for piece in guide.load().pieces for signal in piece.when}
    assert used == known  # there is help for every signal


@pytest.mark.parametrize(
    ("signals", "rounds", "said"),
    [((), 1, False), (("media",), 1, True), (("group",), 1, False), ((), 2, True)],
)
def test_the_head_is_looked_at_when_it_grew(
    signals: tuple[str, ...], rounds: int, said: bool
) -> None:
    assert lessons.load().head_too(signals, rounds) is said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: warning", "id: talk", "talk stands here a second time"),
        ("id: warning", "id: a-very-long-measure", "longer than 16 characters"),
        ("appeal: {days: 5", "appeal: {days: 0", "appeal.days"),
        ("complaints: 3", "complaints: 1", "cluster.complaints"),
        ("head_signals:", "head_signal:", "unknown key 'head_signal'"),
    ],
)
def test_a_faulty_file_is_told_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "own.yaml"
    assert old in TEXT
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFileError, match=r"own\.yaml:\d+:\d+") as caught:
        lessons.load(str(file))
    assert said in str(caught.value)


def test_an_insurer_brings_numbers_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(TEXT.replace("complaints: 3", "complaints: 5"), encoding="utf-8")
    assert lessons.load(str(file)).cluster.complaints == 5
