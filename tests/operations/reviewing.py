"""Calls to be reviewed, and people who review them, for tests."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from cases.quality_plan import Wanted
from cases.scoring import Mark
from operations import quality_draw, quality_sheet, quality_tasks
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from operations.quality_draw import Days, Drawn
from operations.quality_sheet import Draft
from operations.quality_tasks import Ended, Seen
from operations.rights import Role, Who
from scripts.labels import Label
from scripts.outcomes import Outcome
from store import quality
from store.tables import Turn
from tests.operations.at_desk import Desk, at_script
from tests.operations.heard import called, sid
from tests.operations.rig import NOW, SOMEBODY_ELSE, Rig

JIA = Who(11, "质检甲", frozenset({Role.REVIEWER}))
YI = Who(12, "质检乙", frozenset({Role.REVIEWER}))
ZHU = Who(13, "主管丙", frozenset({Role.SUPERVISOR}))
FA = Who(14, "合规丁", frozenset({Role.COMPLIANCE}))
TODAY = Days(NOW.date(), NOW.date())
#: Everything, and all of it twice.
ALL = Wanted(1.0, 0, twice=1.0)


@cache
def _heard() -> tuple[Mapping[str, bytes], datetime]:
    """The files of a line with one heard call, made once, and the moment at which it is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rig = Rig(folder)
        heard_call(rig)
        rig.close()
        files = [one for one in folder.rglob("*") if one.is_file()]
        return {str(one.relative_to(folder)): one.read_bytes() for one in files}, rig.clock.now


def heard_rig(folder: Path) -> Rig:
    """A line of its own with one call in which everything was a yes, heard in the recording. The
    carrier has forgotten it: no other call of the robot can follow."""
    files, now = _heard()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    rig = Rig(folder, fresh=False)
    rig.clock.now = now
    return rig


def heard_call(rig: Rig, number: int = 1, say: Mapping[str, str] | None = None) -> int:
    """A call in which everything was a yes, and whose recording says something else in answer to
    these questions; its number."""
    caller = called(rig, number)
    turns = {one.question_id: one for one in rig.all(Turn) if one.call_id == number}
    rig.put_on_shelf(
        sid(caller), rig.recording({turns[name].number: w for name, w in (say or {}).items()})
    )
    caller.recorded()
    assert fetch_next(rig.line)
    assert hear_next(rig.line)
    return number


def desk_call(rig: Rig) -> Desk:
    """A call that an agent made on another phone, to its end."""
    rig.import_rows({"保单号": "P0900", "手机": "13900000900", **SOMEBODY_ELSE})
    agent = at_script(Desk(rig))
    agent.says_yes()
    agent.ends(Outcome.COMPLETED)
    return agent


def draw(rig: Rig, wanted: Wanted = ALL, seed: int | None = 7) -> Drawn:
    """Draw from today's calls."""
    return quality_draw.draw(rig.line, "主管丙", TODAY, wanted, seed)


def whole(
    rig: Rig,
    task_id: int,
    *,
    missed: tuple[str, ...] = (),
    other: Mapping[int, Label] | None = None,
    words: Mapping[int, str] | None = None,
) -> Draft:
    """A sheet with every mark and every answer as it was heard live, but for these."""
    with rig.line.database.reading() as session:
        row = quality.task_by_id(session, task_id)
        assert row is not None
        task = quality_sheet.task_of(session, row)
    return Draft(
        marks={one.id: Mark.MISSED if one.id in missed else Mark.MET for one in task.criteria},
        labels={**task.heard, **(other or {})},
        words=words or {},
        remark="见批注" if missed else "",
    )


def seen(rig: Rig, task_id: int, window: str = "") -> Seen:
    """What the page would carry."""
    with rig.line.database.reading() as session:
        row = quality.task_by_id(session, task_id)
        assert row is not None
        return Seen(row.version, window)


def reviews(rig: Rig, who: Who, **more: object) -> Ended:
    """Take the next call and end its review."""
    task_id = quality_tasks.take_next(rig.line, who)
    assert task_id is not None
    draft = whole(rig, task_id, **more)  # type: ignore[arg-type]
    return quality_tasks.end(rig.line, who, task_id, seen(rig, task_id), draft)
