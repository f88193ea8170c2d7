"""A counter at which something happens, and the people who deal with it."""

from collections.abc import Sequence
from datetime import timedelta

from cases.emergencies import Fact, Kind
from operations import incidents
from operations.incident_record import settled
from operations.incidents import Closing, Report, Situation
from operations.line import Line
from operations.rights import Role, Who
from store import incidents as store
from store.incidents import WholeIncident

LU = Who(1, "陆经理", frozenset({Role.BRANCH}), "青岛分公司")
BAI = Who(2, "白经理", frozenset({Role.BRANCH}), "济南分公司")
GU = Who(3, "顾主管", frozenset({Role.SUPERVISOR}))
HE = Who(4, "何合规", frozenset({Role.COMPLIANCE}))
AN = Who(5, "安访员", frozenset({Role.AGENT}))
FOUR = ("王一", "王二", "王三", "王四")


def report(
    line: Line, who: Who = LU, kind: Kind = Kind.COMPLAINT, key: str = "a form of this page",
    people: Sequence[str] = FOUR, also: Sequence[Kind] = (), **counted: int,
) -> int:  # fmt: skip
    """A first report of something that happened ten minutes ago."""
    facts = {Fact(name): number for name, number in counted.items()}
    return incidents.report(
        line,
        who,
        Report(
            form_key=key,
            branch=None,
            counter="市南柜面",
            situation=Situation(kind, frozenset(also), facts),
            words="4名客户一起到柜面，要求按存款利息兑付",
            happened_at=line.clock() - timedelta(minutes=10),
            people=people,
        ),
    )


def report_of(line: Line, complaints: Sequence[int]) -> int:
    """A first report about complaints by visit, of which the first two people are named."""
    told = Report(
        "a form about complaints", None, "市南柜面", Situation(Kind.COMPLAINT), "一起来访",
        line.clock(), FOUR[:2], complaints,
    )  # fmt: skip
    return incidents.report(line, LU, told)


def seen(line: Line, number: int = 1) -> WholeIncident:
    """The incident as it stands."""
    with line.database.reading() as session:
        found = store.whole(session, number)
    assert found is not None
    return found


def started(
    line: Line, who: Who = LU, kind: Kind = Kind.COMPLAINT, people: Sequence[str] = FOUR
) -> int:
    """An incident whose plan is started."""
    number = report(line, who, kind, people=people)
    incidents.grade(line, who, number, 1, seen(line, number).incident.computed)
    incidents.start(line, who, number, 2, "张发言")
    return number


def ticks_all(line: Line, number: int = 1, who: Who = LU) -> None:
    """Every step of the checklist that is open is done."""
    found = seen(line, number)
    for step in found.incident.plan:
        if step["manner"] == "do" and step["key"] not in settled(found.events):
            incidents.step(line, who, number, step["key"])


def closed(line: Line, who: Who = LU) -> int:
    """An incident that is closed with its report."""
    number = started(line, who)
    ticks_all(line, number, who)
    incidents.handle(line, who, number, None, "均已安抚，三个工作日内答复")
    incidents.report_up(line, who, number, None, "分公司办公室", "电话")
    incidents.close(line, who, number, None, Closing("收益与宣导不符", "已登记投诉", "加强宣导"))
    return number
