"""``huifang timetable``: how every job ran last, when it is due next, and who leads. ``huifang
recordings retention``: what is deleted next."""

from datetime import datetime, time, timedelta

import pytest

from huifang import clock
from huifang.cli import timetable as commands
from huifang.timetable import TABLE
from operations.duties import Lead
from operations.job_runs import Book
from operations.line import Line
from scheduler.jobs import Daily, Every, Job
from store import duties
from store.duties import Note
from tests.huifang.conftest import Terminal

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=clock.CHINA)


@pytest.fixture
def line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Line:
    """The line that the command makes, whose clock stands."""
    made = commands.make_line(commands.load(), now=lambda: NOW)
    monkeypatch.setattr(commands, "make_line", lambda _: made)
    return made


def test_nothing_has_run_yet(terminal: Terminal, line: Line) -> None:
    said = terminal.run("timetable", "--json").json
    assert said["leader"] is None
    assert [one["job"] for one in said["jobs"]] == ["lead", *(entry.name for entry in TABLE)]
    assert {one["runs"] for one in said["jobs"]} == {0}
    text = terminal.run("timetable")
    assert "nobody leads" in text.err
    assert "place-calls" in text.out


def test_what_ran_and_who_leads(terminal: Terminal, line: Line) -> None:
    lead = Lead(line)
    lead.hold()
    book = Book(line, lead)
    midnight = Daily(time(0, 10), clock.CHINA)
    jobs = [Job("retry-sweep", Every(300), print), Job("deadlines", midnight, print, leader=True)]
    for job, result in zip(jobs, (3, 7), strict=True):
        book.began(job, job.when.due(NOW))
        book.ended(job, result, None)
    said = terminal.run("timetable", "--json").json
    assert said["leader"] == {"worker": line.worker, "renewed_at": NOW.isoformat()}
    (found,) = [one for one in said["jobs"] if one["job"] == "deadlines"]
    assert (found["when"], found["leader"], found["needs"]) == ("daily 00:10", True, "nothing")
    assert (found["runs"], found["failures"], found["said"]) == (1, 0, "7")
    assert (found["took_s"], found["running"], found["worker"]) == (0.0, False, line.worker)
    assert found["due_at"] == NOW.replace(hour=0, minute=10).isoformat()
    assert found["next_at"] == (NOW.replace(hour=0, minute=10) + timedelta(days=1)).isoformat()
    assert f"{line.worker} leads, renewed 0 s ago" in terminal.run("timetable").err.replace(
        "\n", ""
    )


def test_a_daily_job_that_was_missed_and_one_that_runs(terminal: Terminal, line: Line) -> None:
    moment = NOW.replace(hour=0, minute=10)
    with line.database.transaction() as session:
        missed = Note(moment - timedelta(days=2), NOW - timedelta(days=2), "w", NOW, "none")
        duties.note_run(session, "deadlines", missed, runs=1, failed=True)
        duties.note_run(session, "plan", Note(NOW, NOW, "w"))
    found = {one["job"]: one for one in terminal.run("timetable", "--json").json["jobs"]}
    assert found["deadlines"]["next_at"] == moment.isoformat()
    assert found["deadlines"]["failures"] == 1
    assert ", failed: none" in " ".join(terminal.run("timetable").out.replace("│", " ").split())
    assert (found["plan"]["running"], found["plan"]["took_s"]) == (True, None)
    assert found["plan"]["next_at"] == (NOW + timedelta(seconds=10)).isoformat()


@pytest.mark.parametrize(
    ("ago_s", "next_s"),
    [(0, 1), (1, 0), (59, 0), (60, 0), (600, -599)],  # nobody has run it for ten minutes
)
def test_runs_that_nobody_notes_are_counted_on(
    terminal: Terminal, line: Line, ago_s: int, next_s: int
) -> None:
    began = NOW - timedelta(seconds=ago_s)
    with line.database.transaction() as session:
        duties.note_run(session, "place-calls", Note(began, began, "w", began), runs=1)
    found = {one["job"]: one for one in terminal.run("timetable", "--json").json["jobs"]}
    assert found["place-calls"]["next_at"] == (NOW + timedelta(seconds=next_s)).isoformat()


def test_what_is_deleted_next(terminal: Terminal) -> None:
    said = terminal.run("recordings", "retention", "--at", "2046-12-01T03:00", "--json")
    assert said.json == {"at": "2046-12-01T03:00:00+08:00", "recordings": []}
    assert (
        "0 to be deleted on 2046-12-01"
        in terminal.run("recordings", "retention", "--at", "2046-12-01T03:00").err
    )
    assert terminal.run("recordings", "retention", "--at", "soon").code == 2
