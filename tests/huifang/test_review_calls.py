"""``huifang review sample``, ``agreement`` and ``export --released`` over a real database."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huifang.cli import main
from operations import quality_material
from scripts import scorecards
from scripts.labels import Label
from store.tables import QualityPlan
from tests.operations.heard import turn_of
from tests.operations.reviewing import JIA, YI, heard_call, reviews
from tests.operations.rig import Rig


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A call that was heard, where the command finds it."""
    monkeypatch.setenv("HUIFANG_HOME", str(tmp_path))
    monkeypatch.setenv("HUIFANG_DATABASE_URL", f"sqlite:///{tmp_path / 'huifang.db'}")
    monkeypatch.setattr("operations.quality_draw._check_days", lambda line, days: None)
    rig = Rig(tmp_path)
    heard_call(rig)
    yield rig
    rig.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["review", *words])


def test_a_sample_is_drawn_twice_by_nobody_and_told(rig: Rig) -> None:
    words = ("sample", "--from", "2026-11-01", "--to", "2026-11-30", "--twice", "1")
    asked = (*words, "--seed", "5", "--by", "主管", "--json")
    done = run(*asked)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["population"], found["calls"], found["twice"], found["new"]) == (1, 1, 1, True)
    assert json.loads(run(*asked).stdout)["new"] is False
    assert rig.one(QualityPlan).drawn_by == "主管"
    other = run(*words, "--share", "0.5", "--seed", "5")
    assert other.exit_code == 1
    assert "take another seed" in other.stderr


def test_an_insurer_has_a_scorecard_of_their_own(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.yaml"
    text = (scorecards.reader.LIBRARY / "standard.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("pass_mark: 85", "pass_mark: 90"), encoding="utf-8")
    monkeypatch.setenv("HUIFANG_SCORECARD", str(own))
    words = ("sample", "--from", "2026-11-01", "--to", "2026-11-30", "--seed", "5")
    assert run(*words).exit_code == 0
    assert scorecards.of_plain(rig.one(QualityPlan).scorecard).pass_mark == 90
    own.write_text(text.replace("pass_mark: 85", "pass_mark: 0"), encoding="utf-8")
    faulty = run(*words)
    assert faulty.exit_code == 1
    assert "pass_mark" in faulty.stderr


def test_agreement_and_released_words(rig: Rig) -> None:
    assert "no call" in run("agreement").stderr
    run("sample", "--from", "2026-11-01", "--to", "2026-11-30", "--twice", "1")
    turn = turn_of(rig, "READ")
    reviews(rig, JIA)
    reviews(rig, YI, other={turn: Label.DENY}, words={turn: "没翻过那本"})
    found = json.loads(run("agreement", "--json").stdout)
    assert found["calls"] == 1
    assert [one["name"] for one in found["answers"]["raters"]] == ["质检乙", "质检甲"]
    shown = run("agreement")
    assert "READ" in shown.stdout
    assert "no-leading" in shown.stdout
    assert json.loads(run("agreement", "--from", "2026-12-01", "--json").stdout)["calls"] == 0

    assert run("export", "--released").stdout.splitlines() == [
        "question\tanswer\tlabel\tsource\tengine"
    ]
    quality_material.decide(rig.line, JIA, 1, release=True)
    assert run("export", "--released").stdout.splitlines()[1:] == [
        "READ\t没翻过那本\tdeny\treview\t"
    ]
