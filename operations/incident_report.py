"""The closing report of an incident (事故报告单) as PDF, in Chinese as it is filed: what happened,
why this grade, the time line, the checklist, the rooms, cause, result and lessons."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from cases.emergencies import Fact
from cases.incident_grade import FEN
from cases.incident_life import Deed
from cases.report import Cell, Report, Table, said_safely
from cases.report_files import as_pdf
from operations import audit
from operations.incident_record import IncidentTrouble, settled
from operations.line import Line
from operations.rights import Who
from store import incidents as store
from store.columns import LOCAL
from store.incidents import WholeIncident
from store.tables import IncidentEvent

GRADES: Final = {1: "Ⅰ级（特大）", 2: "Ⅱ级（重大）", 3: "Ⅲ级（较大）", 4: "Ⅳ级（一般）"}
KINDS: Final = {
    "disaster": "自然灾害", "complaint": "客户投诉", "media": "媒体", "officials": "政府官员",
    "customer-hurt": "客户受伤或生病", "staff-hurt": "柜员受伤或生病", "power-cut": "停电",
    "system-down": "系统故障", "robbery": "抢劫、绑架", "crowd": "客流激增",
    "disturbance": "寻衅滋事", "mass-business": "非正常集中业务", "sit-in": "静坐、示威",
    "false-news": "重大失实信息传播",
}  # fmt: skip
FACTS: Final = {
    Fact.DEAD: "死亡人数", Fact.INJURED: "因事件受伤人数", Fact.TAKEN_ILL: "意外受伤或突发疾病人数",
    Fact.SURRENDERING: "集中退保投保人数", Fact.AMOUNT: "非正常退保金额（元）",
    Fact.GATHERED: "静坐、示威、聚集人数", Fact.COUNTERS: "受灾柜面数",
}  # fmt: skip
_DID: Final = {
    "report": "上报", Deed.GRADE: "定级", Deed.COUNT: "更正情况", Deed.NOTIFY: "口头报告",
    Deed.START: "启动预案", Deed.SPOKESMAN: "更换发言人", Deed.STEP: "处置步骤", Deed.NOTE: "记录",
    Deed.PEOPLE: "登记人员", Deed.ROOMS: "分流", Deed.HANDLE: "处置完毕",
    Deed.REPORT_UP: "正式报告", Deed.CLOSE: "关闭", Deed.DISMISS: "不属于突发事件",
    Deed.REOPEN: "重新打开", "overdue": "逾期未报告",
}  # fmt: skip
_SIGNED: Final = ("报告人", "柜面经理", "分管负责人")


def pdf(line: Line, who: Who, incident_id: int, safe: Callable[[str], str]) -> bytes:
    """The report as PDF, noted in the audit log; ``safe`` masks the numbers in people's words.
    Raises IncidentTrouble."""
    with line.database.transaction() as session:
        found = store.whole(session, incident_id)
        if found is None or who.branch not in (None, found.incident.branch):
            raise IncidentTrouble(f"there is no incident {incident_id}; look at the list")
        if not found.incident.closing:
            raise IncidentTrouble("the incident has no report yet; it is made when it is closed")
        made = report(line, found)
        audit.note(session, line, who.name, audit.EXPORTED, f"incident:{incident_id}", "pdf")
    return as_pdf(said_safely(made, safe))


def report(line: Line, found: WholeIncident) -> Report:
    """What the closing report says."""
    one = found.incident
    closed = one.closed_at or line.clock()
    return Report(
        title=f"事故报告单 第{one.id}号",
        company=line.company,
        day=closed.astimezone(LOCAL).date().isoformat(),
        facts=tuple(_facts(found)),
        tables=tuple(_tables(found)),
        signed=_SIGNED,
    )


def _facts(found: WholeIncident) -> Iterator[tuple[str, str]]:
    one = found.incident
    yield "机构", one.branch or "总公司"
    yield "地点", one.counter
    yield "类型", "、".join(KINDS[kind] for kind in (one.kind, *one.also))
    yield "发生时间", _moment(one.happened_at)
    yield "上报", f"{_moment(one.reported_at)} {one.reported_by}"
    yield "经过", one.words
    if one.visitors:
        yield "来访人数", str(one.visitors)
    for fact, name in FACTS.items():
        if fact.value in one.counted:
            yield name, _number(fact, one.counted[fact.value])
    yield "等级", GRADES[one.grade]
    yield "定级依据", f"{GRADES[one.computed]}：{one.decided['zh']}"
    if one.given_because:
        yield "调整理由", one.given_because
    yield "发言人", one.spokesman or "–"
    yield "首次报告", _moment(one.told_at) if one.told_at else "–"
    yield "原因", one.closing["cause"]
    yield "处理结果", one.closing["result"]
    yield "改进", one.closing["lessons"] or "–"
    yield "关闭", f"{_moment(one.closed_at)} {one.closing['by']}" if one.closed_at else "–"


def _tables(found: WholeIncident) -> Iterator[Table]:
    one, done = found.incident, settled(found.events)
    steps = tuple(_step(step, done) for step in one.plan if step["manner"] == "do")
    if steps:
        yield Table("处置清单", ("步骤", "情况", "时间、人员"), steps, first=3, last=1.5)
    if one.rooms:
        rooms = tuple(_room(found, room) for room in one.rooms)
        yield Table("分流", ("地点", "接待人", "客户"), rooms, last=3)
    rows = tuple(_event(event, one.plan) for event in found.events)
    yield Table("时间线", ("时间", "事项", "人员", "内容"), rows, first=1.6, last=4)


def _step(step: Mapping[str, Any], done: Mapping[str, IncidentEvent]) -> tuple[Cell, ...]:
    event = done.get(step["key"])
    if event is None:
        return step["zh"], "未做", None
    state = "未采用" if event.detail["left_out"] else "已做"
    what = f"{state}：{event.words}" if event.words else state
    return step["zh"], what, f"{_moment(event.at)} {event.by}"


def _room(found: WholeIncident, room: Mapping[str, Any]) -> tuple[Cell, ...]:
    people = [
        f"{one.name}（问题客户）" if one.problem else one.name
        for one in found.people
        if one.room == room["number"]
    ]
    return room["name"], room["handler"] or "–", "、".join(people) or "–"


def _event(event: IncidentEvent, plan: list[dict[str, Any]]) -> tuple[Cell, ...]:
    said = [event.words, *_details(event, plan)]
    name = _DID.get(event.what, event.what)
    return _moment(event.at), name, event.by, "；".join(one for one in said if one) or "–"


def _details(event: IncidentEvent, plan: list[dict[str, Any]]) -> Iterator[str]:
    detail = event.detail
    if "grade" in detail:
        yield GRADES[detail["grade"]]
    if "to" in detail:
        yield f"{detail['to']} {detail['way']}".strip()
    if "spokesman" in detail:
        yield str(detail["spokesman"])
    if "names" in detail:
        yield "、".join(detail["names"])
    if event.what == Deed.STEP:
        yield from (step["zh"] for step in plan if step["key"] == detail["key"])


def _number(fact: Fact, number: int) -> str:
    return f"{Decimal(number) / FEN:,.2f}" if fact is Fact.AMOUNT else str(number)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
