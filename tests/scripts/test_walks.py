"""Every saved walk still goes the same way, and the walks of a script together reach every ending
of it and ask every question."""

from pathlib import Path

import pytest

from scripts import conditions, reader, walks
from scripts.sample import SAMPLE
from scripts.simulate import Walk
from scripts.walks import SavedWalk

FOLDER = Path(__file__).parent / "walks"
FILES = sorted(FOLDER.glob("*/*.yaml"))
SCRIPTS = {name: reader.load_script(name) for name in reader.library()}


def _replayed(path: Path) -> tuple[SavedWalk, Walk]:
    saved = walks.load(path)
    return saved, walks.replay(SCRIPTS[saved.script], saved, SAMPLE)


@pytest.fixture(scope="module")
def replayed() -> dict[str, list[Walk]]:
    """Every kept walk as it goes today, by script."""
    found: dict[str, list[Walk]] = {name: [] for name in SCRIPTS}
    for path in FILES:
        saved, walk = _replayed(path)
        found[saved.script].append(walk)
    return found


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=map(_id, FILES))
def test_a_walk_goes_as_it_was_kept(path: Path) -> None:
    saved, walk = _replayed(path)

    assert walks.differences(walk, saved) == []


@pytest.mark.parametrize("path", FILES, ids=map(_id, FILES))
def test_a_walk_is_of_a_policy_that_the_script_is_for(path: Path) -> None:
    saved, walk = _replayed(path)
    given = conditions.situation(walk.run.facts)

    assert saved.script == path.parent.name
    assert conditions.all_hold(walk.run.script.covers, given)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_walks_reach_every_ending(name: str, replayed: dict[str, list[Walk]]) -> None:
    assert {walk.ending for walk in replayed[name]} == {e.id for e in SCRIPTS[name].endings}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_walks_ask_every_question(name: str, replayed: dict[str, list[Walk]]) -> None:
    script = SCRIPTS[name]

    asked = {question for walk in replayed[name] for question in walk.path}

    assert asked == {q.id for q in (*script.questions, *script.aside)}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_walk_without_a_doubt_completes(name: str, replayed: dict[str, list[Walk]]) -> None:
    clean = [w for w in replayed[name] if w.ending == "completed" and not w.findings]

    assert clean, "no walk of this script shows a customer to whom everything is clear"
