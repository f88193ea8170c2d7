"""The report of a drill (演练报告) as PDF, in Chinese as it is filed: the plan, what was done and
when, and what was learnt."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from cases.drills import Compared, State
from cases.report import Report, Table, said_safely
from cases.report_files import as_pdf
from operations import audit
from operations.drills import against_plan
from operations.incident_record import IncidentTrouble
from operations.line import Line
from operations.rights import Who
from store import drills as store
from store.columns import LOCAL
from store.tables import Drill, DrillStep

_SIGNED: Final = ("组织人", "观察员", "负责人")
_STATES: Final = {
    State.PLANNED: "已计划", State.RUNNING: "进行中", State.ENDED: "已完成",
    State.CALLED_OFF: "已取消",
}  # fmt: skip


def pdf(line: Line, who: Who, drill_id: int, safe: Callable[[str], str]) -> bytes:
    """The report as PDF, noted in the audit log; ``safe`` masks the numbers in people's words.
    Raises IncidentTrouble."""
    with line.database.transaction() as session:
        drill = store.by_id(session, drill_id)
        if drill is None or who.branch not in (None, drill.branch):
            raise IncidentTrouble(f"there is no drill {drill_id}; look at the calendar")
        made = report(line, drill, store.steps_of(session, drill_id))
        audit.note(session, line, who.name, audit.EXPORTED, f"drill:{drill_id}", "pdf")
    return as_pdf(said_safely(made, safe))


def report(line: Line, drill: Drill, done: list[DrillStep]) -> Report:
    """What the report says."""
    steps, numbers = against_plan(drill, done)
    facts = [
        ("机构", drill.branch or "总公司"), ("地点", drill.place),
        ("日期", drill.planned_on.isoformat()), ("状态", _STATES[State(drill.state)]),
        ("情境", drill.situation), ("组织人", drill.planned_by),
        ("完成步骤", f"{numbers.done} / {numbers.steps}"),
        ("超时、顺序颠倒", f"{numbers.late}、{numbers.out_of_order}"),
        ("用时", minutes(numbers.took) if numbers.took else "–"), ("总结", drill.result or "–"),
    ]  # fmt: skip
    by = {one.step: one for one in done}
    extra = tuple(_extra(drill, one) for one in done if one.step is None)
    tables = [Table("计划与实际", _HEAD, tuple(_row(one, by) for one in steps), first=4)]
    if extra:
        tables.append(Table("计划外", ("时间", "事项", "人员"), extra, first=1))
    title = f"演练报告 {drill.title}"
    day = (drill.ended_at or line.clock()).astimezone(LOCAL).date().isoformat()
    return Report(title, line.company, day, tuple(facts), tuple(tables), _SIGNED)


_HEAD: Final = ("步骤", "角色", "计划（分）", "实际", "情况", "登记人")


def minutes(took: timedelta) -> str:
    """``83 s`` -> ``1:23``."""
    whole, rest = divmod(int(took.total_seconds()), 60)
    return f"{whole}:{rest:02d}"


def _row(one: Compared, by: dict[int | None, DrillStep]) -> tuple[str | int | None, ...]:
    done = by.get(one.number)
    return (
        one.planned.words,
        one.planned.who or "–",
        "–" if one.planned.minute is None else str(one.planned.minute),
        "–" if one.after is None else minutes(one.after),
        "；".join(_found(one)) or "按计划",
        done.by if done else "–",
    )


def _found(one: Compared) -> Iterator[str]:
    if one.after is None:
        yield "未做"
    if one.late is not None:
        yield f"超时 {minutes(one.late)}"
    if one.out_of_order:
        yield "顺序颠倒"


def _extra(drill: Drill, one: DrillStep) -> tuple[str, ...]:
    began = drill.started_at
    return minutes(one.at - began) if began else "–", one.words, one.by
