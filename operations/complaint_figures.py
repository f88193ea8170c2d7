"""投诉统计: what the complaints of a month teach, counted when it is looked at, and the same as a
report, which is kept every month. It reads behind the wall of whoever looks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cases.complaint_statistics import PER, Group, Grouping, Rate, rates, summed, with_before
from cases.kpis import month_of, months_back
from cases.report import Cell, Report, Table
from cases.report_files import as_pdf, as_xlsx
from operations import audit
from operations.line import Line
from operations.new_files import check_name, write_new
from operations.report_words import COMPLAINT_CHANNELS, COMPLAINT_GROUPINGS, COMPLAINT_RESULTS
from store import accountability
from store import complaint_figures as store
from store.accountability import Decided
from store.columns import LOCAL
from store.console.paging import start_of
from store.database import Session
from store.tables import ComplaintReport

#: Months of the picture, and groups of a table on paper.
TREND, MOST = 12, 100


@dataclass(frozen=True, slots=True)
class Figures:
    """A month. ``whole`` is all of it together; ``trend`` the numbers received, the oldest month
    first; ``paid`` yuan."""

    first: date
    last: date
    whole: Group
    groups: Mapping[Grouping, list[Group]]
    rates: list[Rate]
    trend: list[tuple[date, int]]
    paid: Decimal


def figures(session: Session, month: date) -> Figures:
    """Count the complaints that were received in a month."""
    first, last = month_of(month)
    begin, end = _span(first)
    now = store.groups(session, begin, end)
    before = store.groups(session, *_span(first - timedelta(days=1)))
    found = {by: with_before(now[by], before[by]) for by in Grouping}
    named = {one.name: one.received for one in found[Grouping.PRODUCT] if one.name}
    asked = {product: count for product, count in named.items() if count}
    return Figures(
        first=first,
        last=last,
        whole=summed(found[Grouping.KIND]),
        groups=found,
        rates=rates(asked, store.policies(session, last, list(asked))),
        trend=[(day, store.received(session, *_span(day))) for day in months_back(first, TREND)],
        paid=store.paid(session, begin, end),
    )


def make_due(line: Line) -> int:
    """Make the report of last month and keep it, every morning until it is due like the monthly
    report; later only where it is missing. Returns how many were made."""
    today = line.clock().astimezone(LOCAL).date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    name = f"{month:%Y-%m}"
    with line.database.reading() as session:
        there = store.report(session, name) is not None
    if there and today.day >= line.rulebook.monthly_report_by:
        return 0
    made = report(line, month, None)
    row = ComplaintReport(month=name, made_at=line.clock(), xlsx=as_xlsx(made), pdf=as_pdf(made))
    with line.database.transaction() as session:
        session.merge(row)
    return 1


def report(line: Line, month: date, branch: str | None, *, measures: bool = True) -> Report:
    """The report of a month: of one branch, or of all. ``measures``: with how many people were
    held accountable (责任追究), which not everybody may see; names are in no report."""
    with line.database.reading(branch) as session:
        found = figures(session, month)
        decided = accountability.decided(session, *_span(found.first)) if measures else []
    now = line.clock().astimezone(LOCAL)
    return Report(
        title=f"消费投诉月度分析 {found.first:%Y年%m月}",
        company=line.company,
        day=now.date().isoformat(),
        facts=(
            ("公司", line.company),
            ("机构", branch or "全部"),
            ("统计范围", f"{found.first} 至 {found.last}收到的投诉，不含已合并和不予受理的"),
            ("赔付金额", f"{found.paid:,.2f}元"),
            ("统计时间", f"{now:%Y-%m-%d %H:%M}"),
        ),
        tables=(*_tables(line, found), *([_measures(line, decided)] if measures else [])),
    )


def write(line: Line, month: date, branch: str | None, path: Path, by: str) -> None:
    """Write the report into a new file, xlsx or pdf by its name; the audit log notes who did.
    Raises FileTrouble."""
    files = {".xlsx": as_xlsx, ".pdf": as_pdf}
    check_name(path, "a report", files)
    write_new(path, files[path.suffix.lower()](report(line, month, branch)))
    kind = path.suffix.lower().removeprefix(".")
    audit.note_alone(line, by, audit.EXPORTED, f"complaints:{month:%Y-%m}", kind)


def _tables(line: Line, found: Figures) -> Iterator[Table]:
    for by, title in COMPLAINT_GROUPINGS.items():
        name = namer(line, by)
        rows = tuple(_cells(name, one) for one in found.groups[by][:MOST])
        rest = len(found.groups[by]) - MOST
        note = f"只列最多的{MOST}组，另有{rest}组。" if rest > 0 else ""
        head = (title, "本月", "上月", "已答复", "支持客户", "回访不满意")
        yield Table(f"按{title}", head, rows, note, bar=1)
    yield _rates(found)
    trend = tuple((f"{day:%Y-%m}", count) for day, count in found.trend)
    yield Table("逐月收到", ("月份", "件数"), trend, first=0.3, bar=1)


def _cells(name: Callable[[str | None], str], one: Group) -> tuple[Cell, ...]:
    return name(one.name), one.received, one.before, one.answered, one.upheld, one.discontent


def _rates(found: Figures) -> Table:
    rows = tuple(
        (one.product, one.complaints, one.policies,
         round(one.share.rate * PER, 1) if one.share and one.share.rate is not None else None,
         f"{one.share.low * PER:.1f}–{one.share.high * PER:.1f}" if one.share else None,
         "高于平均" if one.above else None)
        for one in found.rates[:MOST]
    )  # fmt: skip
    head = ("险种", "投诉", "保单", "每万张", "95%区间", "判断")
    note = "保单为截至月末已承保的；整个区间都高于全部险种的比率，才为高于平均。"
    return Table("险种投诉率", head, rows, note)


def _measures(line: Line, decided: Sequence[Decided]) -> Table:
    """Who was held accountable in the month, counted; in the order of the insurer's file."""
    parts = {one.id: one.zh for one in line.lessons.parts}
    kinds = {one.id: one.zh for one in line.lessons.measures}
    order = [*parts], [*kinds]
    rows = [
        (parts.get(one.part, one.part), kinds.get(one.measure, one.measure), one.count, one.told,
         one.appealed, one.lifted)
        for one in sorted(decided, key=lambda one: _place(order, one))
    ]  # fmt: skip
    head = ("环节", "追究方式", "本月决定", "已告知", "已申诉", "已撤销")
    note = "按作出决定的月份统计，包括以前月份收到的投诉。"
    return Table("责任追究", head, tuple(rows), note)


def _place(order: tuple[list[str], list[str]], one: Decided) -> tuple[int, int, str, str]:
    """Where it stands: what the file does not know any more comes last."""
    parts, kinds = order
    part = parts.index(one.part) if one.part in parts else len(parts)
    kind = kinds.index(one.measure) if one.measure in kinds else len(kinds)
    return part, kind, one.part, one.measure


def namer(line: Line, by: Grouping) -> Callable[[str | None], str]:
    """How the groups are called in the report."""
    known: Mapping[str, str] = {
        Grouping.KIND: {one.id: one.zh for one in line.complaints.kinds},
        Grouping.CAUSE: {one.id: one.zh for one in line.complaints.causes},
        Grouping.CHANNEL: COMPLAINT_CHANNELS,
        Grouping.RESULT: COMPLAINT_RESULTS,
    }.get(by, {})
    unknown = {Grouping.RESULT: "尚未决定", Grouping.BRANCH: "总公司"}.get(by, "未填")
    return lambda name: unknown if name is None else known.get(name, name)


def _span(day: date) -> tuple[datetime, datetime]:
    """The moments at which the month of a day begins and ends."""
    first, last = month_of(day)
    return start_of(first), start_of(last + timedelta(days=1))
