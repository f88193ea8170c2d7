"""What is published of a script, on both databases, and when several people do it at once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import OperationalError

from operations import drafts, releases
from operations.choose_script import ScriptTrouble, packaged
from operations.line import Line
from recordings.storage import Storage
from scripts import rulebooks, written
from store import scripts
from store.database import Database, Session
from store.tables import ScriptDraft, ScriptRelease, ScriptVersion
from tests.store.conftest import NOW, count

DAY = timedelta(days=1)


def a_draft(session: Session, script_id: str = "standard") -> ScriptDraft:
    row = ScriptDraft(
        script_id=script_id, state="proposed", text="", hash="", note="", why="",
        started_by="甲", started_at=NOW, changed_by="甲", changed_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def a_release(session: Session, number: int, digest: str, **changes: object) -> ScriptRelease:
    scripts.keep(session, digest, "standard", "text")
    values = {
        "script_id": "standard", "number": number, "hash": digest, "note": "",
        "draft_id": a_draft(session).id, "published_at": NOW + number * DAY, "proposed_by": "甲",
        "approved_by": "乙",
    }  # fmt: skip
    return ScriptRelease(**{**values, **changes})


def test_the_newest_that_is_not_retired_is_in_force(database: Database) -> None:
    with database.transaction() as session:
        session.add_all([a_release(session, number, str(number)) for number in (1, 2)])
        session.add(a_release(session, 3, "3", retired_at=NOW + 5 * DAY, retired_by="乙"))
    with database.reading() as session:
        moments = (NOW, NOW + DAY, NOW + 4 * DAY, NOW + 5 * DAY, None)
        found = [scripts.in_force(session, "standard", moment) for moment in moments]
        assert [row and row.number for row in found] == [None, 1, 3, 2, 2]
        assert scripts.in_force(session, "another") is None
        assert scripts.published_ids(session) == ["standard"]


def test_a_text_is_retired_when_every_publication_of_it_is(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_release(session, 1, "x", retired_at=NOW))
        session.add(a_release(session, 2, "y", retired_at=NOW))
        session.add(a_release(session, 3, "x"))
        session.flush()
        assert not scripts.retired(session, "x")
        assert scripts.retired(session, "y")
        assert not scripts.retired(session, "never published")


def test_a_number_is_given_once(database: Database) -> None:
    with database.transaction() as session:
        assert scripts.add_release(session, a_release(session, 1, "x"))
        assert not scripts.add_release(session, a_release(session, 1, "y"))
        assert [row.hash for row in scripts.releases(session, "standard")] == ["x"]


def test_who_retires_a_version_holds_them_all(database: Database, other: Database) -> None:
    """Else two people could retire the last two at once, each seeing the other one left."""
    with database.transaction() as session:
        session.add_all([a_release(session, number, str(number)) for number in (1, 2)])
    with database.transaction() as session:
        assert len(scripts.releases(session, "standard", lock=True)) == 2
        with pytest.raises(OperationalError), other.transaction() as second:
            scripts.releases(second, "standard", lock=True)


def test_the_same_text_is_kept_once(database: Database) -> None:
    with database.transaction() as session:
        first = scripts.keep(session, "x", "standard", "text")
        assert scripts.keep(session, "x", "standard", "text") is first
    assert count(database, "script_version") == 1
    with database.reading() as session:
        assert [row.hash for row in scripts.versions_like(session, "standard", "x")] == ["x"]
        assert not scripts.versions_like(session, "standard", "%")


# Several people at once, each with a process of their own.


def line_on(url: str, folder: Path) -> Line:
    return Line(
        database=Database(url),
        clock=lambda: NOW,
        rulebook=rulebooks.load("standard"),
        company="示例人寿",
        company_phone="95500",
        storage=Storage(folder),
    )


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each of them came to, begun at the same moment."""
    barrier, found = Barrier(len(works)), dict[int, object]()

    def run(number: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            found[number] = work()
        except ScriptTrouble as trouble:
            found[number] = trouble

    threads = [Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(works))]


@pytest.fixture
def two(database: Database, tmp_path: Path):
    """Two lines on one database."""
    lines = [line_on(database.url, tmp_path) for _ in range(2)]
    yield lines
    for line in lines:
        line.database.close()


def text(words: str) -> str:
    return packaged("standard").text.replace("标准回访话术", words)


def test_two_people_approve_one_proposal_at_once(two: list[Line]) -> None:
    number = drafts.propose_text(two[0], text("甲"), "甲", "x").number
    found = at_once(
        lambda: drafts.approve(two[0], number, "乙"), lambda: drafts.approve(two[1], number, "丙")
    )
    assert sum(isinstance(one, releases.Release) for one in found) == 1
    assert [one for one in found if "published already" in str(one)]
    assert [one.number for one in releases.releases(two[0], "standard")] == [0, 1]


def test_two_proposals_are_approved_at_once(two: list[Line]) -> None:
    """Each was begun with the packaged script: the second would undo the first."""
    first, second = (drafts.propose_text(two[0], text(one), "甲", "x").number for one in "甲乙")
    found = at_once(
        lambda: drafts.approve(two[0], first, "丙"), lambda: drafts.approve(two[1], second, "丁")
    )
    assert sum(isinstance(one, releases.Release) for one in found) == 1
    (refused,) = [one for one in found if isinstance(one, ScriptTrouble)]
    assert "another version" in str(refused)
    assert [one.number for one in releases.releases(two[0], "standard")] == [0, 1]


def test_a_draft_is_changed_while_it_is_approved(two: list[Line]) -> None:
    """Whichever comes first: what is published is what was proposed, never the new text."""
    draft = drafts.propose_text(two[0], text("甲"), "甲", "x")
    at_once(
        lambda: drafts.approve(two[0], draft.number, "乙"),
        lambda: drafts.save_draft(two[1], draft.number, text("丙"), "丙", draft.hash),
    )
    published = releases.releases(two[0], "standard")[1:]
    assert {one.hash for one in published} <= {written.of_text(text("甲")).hash}
    state = drafts.draft(two[0], draft.number).state
    assert state == ("approved" if published else "open")


def test_two_people_save_one_draft_at_once(two: list[Line]) -> None:
    number = drafts.start_draft(two[0], "standard", "甲")
    seen = drafts.draft(two[0], number).hash
    found = at_once(
        lambda: drafts.save_draft(two[0], number, "一", "甲", seen),
        lambda: drafts.save_draft(two[1], number, "二", "乙", seen),
    )
    kept = drafts.draft(two[0], number)
    assert sum(isinstance(one, drafts.DraftChanged) for one in found) == 1
    assert [one.text for one in found if isinstance(one, drafts.Draft)] == [kept.text]


def test_the_last_two_versions_are_not_both_retired_at_once(two: list[Line]) -> None:
    own = written.as_yaml({**packaged("standard").data, "id": "our-own"})
    for words in ("甲", "乙"):
        draft = drafts.propose_text(two[0], own.replace("标准回访话术", words), "甲", "x")
        drafts.approve(two[0], draft.number, "乙")
    for line in two:
        object.__setattr__(line, "script_id", "our-own")
    found = at_once(
        lambda: releases.retire(two[0], "our-own", 1, "甲", "x"),
        lambda: releases.retire(two[1], "our-own", 2, "乙", "x"),
    )
    assert sum(isinstance(one, releases.Release) for one in found) == 1
    states = [one.state for one in releases.releases(two[0], "our-own")]
    assert sorted(states) == ["published", "retired"]


def test_two_workers_keep_one_text_at_once(two: list[Line], database: Database) -> None:
    def keep(line: Line) -> str:
        with line.database.transaction() as session:
            return scripts.keep(session, "x", "standard", "text").hash

    assert at_once(lambda: keep(two[0]), lambda: keep(two[1])) == ["x", "x"]
    with database.reading() as session:
        assert [row.text for row in session.query(ScriptVersion)] == ["text"]
