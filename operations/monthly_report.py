"""The monthly report (月度报告; 002-g flow, 002-k: before the 5th of the next month): counted anew
when it is made, kept as a workbook and as a PDF, and made again every morning until it is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cases import kpis as pure
from cases.estimates import FEW, Share, share
from cases.kpis import RUNNING, Counts, Figure
from cases.report import Cell, Report, Table
from cases.report_files import as_pdf, as_xlsx
from operations import audit, kpis
from operations.kpis import Seller
from operations.line import Line
from operations.new_files import check_name, write_new
from operations.report_words import CAUSES, CHANNELS, GROUPINGS, STILL
from scripts.rulebooks import Countable, Rulebook
from scripts.rulebooks.vocabulary import NAMES
from store import kpis as store
from store.columns import LOCAL
from store.console.paging import start_of
from store.database import Session
from store.kpis import Key
from store.tables import MonthlyReport

#: Groups of a table on paper; the workbook's are as many.
MOST: Final = 100
#: What became of the policies, in the order of the table.
_BECAME = (
    Countable.DUE, Countable.VALID_DUE, Countable.COMPLETED, Countable.SUCCESS,
    Countable.FIRST_DONE_IN_PERIOD, Countable.PHONE_SUCCESS_IN_PERIOD, Countable.VISITS,
    Countable.LETTERS, Countable.PROBLEMS, Countable.CLEAN, Countable.UNSUCCESSFUL, RUNNING,
)  # fmt: skip


def make_due(line: Line) -> int:
    """Make the report of last month, until it is due; later, only where it is missing. Returns how
    many were made."""
    today = line.clock().astimezone(LOCAL).date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    with line.database.reading() as session:
        known = store.report(session, f"{month:%Y-%m}")
    if known is not None and today.day >= line.rulebook.monthly_report_by:
        return 0
    made = report(line, month)
    row = MonthlyReport(
        month=f"{month:%Y-%m}", made_at=line.clock(), xlsx=as_xlsx(made), pdf=as_pdf(made)
    )
    with line.database.transaction() as session:
        session.merge(row)
    return 1


def write(line: Line, month: date, path: Path, by: str) -> None:
    """Write a month's report, counted now, into a new file, xlsx or pdf by its name; the audit log
    notes who did. Raises FileTrouble."""
    files = {".xlsx": as_xlsx, ".pdf": as_pdf}
    check_name(path, "a report", files)
    write_new(path, files[path.suffix.lower()](report(line, month)))
    kind = path.suffix.lower().removeprefix(".")
    audit.note_alone(line, by, audit.EXPORTED, f"report:{month:%Y-%m}", kind)


def report(line: Line, month: date) -> Report:
    """What the report of a month says."""
    first, last = pure.month_of(month)
    now = line.clock().astimezone(LOCAL)
    with line.database.reading() as session:
        counts = kpis.counted(session, line, first)
        before = kpis.counted(session, line, first - timedelta(days=1))
        tables = tuple(_tables(session, line, first, last, counts, before))
    book = line.rulebook
    return Report(
        title=f"新契约回访月度报告 {first:%Y年%m月}",
        company=line.company,
        day=now.date().isoformat(),
        facts=(
            ("公司", line.company),
            ("统计范围", f"{first} 至 {last}承保的保单，以及同期下发的件"),
            ("规则手册", f"{book.title}（{book.id} {book.version}）"),
            ("统计时间", f"{now:%Y-%m-%d %H:%M}"),
            ("报送期限", f"次月{book.monthly_report_by}日前"),
        ),
        tables=tables,
    )


def _tables(
    session: Session,
    line: Line,
    first: date,
    last: date,
    counts: Mapping[Key, Counts],
    before: Mapping[Key, Counts],
) -> Iterator[Table]:
    book = line.rulebook
    whole, earlier = (kpis.summed(one, "all")[""] for one in (counts, before))
    yield _figures(book, whole, earlier)
    yield _became(whole, earlier)
    for grouping, name in GROUPINGS.items():
        by = "all" if grouping == "branch" else grouping
        groups = kpis.summed(counts, by, branches=grouping == "branch")
        yield _grouped(book, name, {_group(grouping, one): own for one, own in groups.items()})
    yield _sellers(book, kpis.warning_list(book, kpis.summed(counts, "seller")))
    failed = store.failed_attempts(session, start_of(first), start_of(last + timedelta(days=1)))
    yield _failures(failed)
    yield _cases(session, first, last)


def _figures(book: Rulebook, counts: Counts, before: Counts) -> Table:
    old = {one.kpi.id: one for one in pure.figures(book, before)}
    rows = tuple(_figure(one, old[one.kpi.id]) for one in pure.figures(book, counts))
    problem = "计入" if book.success.with_problem else "不计入"
    return Table(
        title="指标",
        head=("指标", "数值", "分子", "分母", "95%区间", "得分", "上月", "口径"),
        rows=rows,
        note=f"问题件{problem}回访成功。分母不足{FEW}的，区间比数值更可靠。"
        f"仍在期限内的保单{counts.get(RUNNING, 0)}件，比率仍可能上升。",
        last=3.2,
    )


def _figure(one: Figure, old: Figure) -> tuple[Cell, ...]:
    definition = NAMES[one.kpi.counts] + (f" ÷ {NAMES[one.kpi.of]}" if one.kpi.of else "")
    value: Cell = one.share if one.of is not None else one.count
    return (
        one.kpi.name,
        value,
        one.count,
        one.of,
        _interval(one.share),
        one.points,
        old.share if old.of is not None else old.count,
        definition,
    )


def _interval(share: Share | None) -> str | None:
    if share is None or share.rate is None:
        return None
    return f"{share.low * 100:.1f}–{share.high:.1%}"


def _became(counts: Counts, before: Counts) -> Table:
    names = {**NAMES, **STILL}
    rows = tuple((names[one], counts.get(one, 0), before.get(one, 0)) for one in _BECAME)
    return Table("回访情况", ("项目", "本月", "上月"), rows, first=4)


def _grouped(book: Rulebook, name: str, groups: Mapping[str, Counts]) -> Table:
    order = sorted(groups, key=lambda one: (-groups[one].get(Countable.DUE, 0), one))
    rows = tuple(
        (one, groups[one].get(Countable.DUE, 0),
         *(found.share if found.of is not None else found.count
           for found in pure.figures(book, groups[one])))
        for one in order[:MOST]
    )  # fmt: skip
    rest = len(order) - MOST
    note = f"只列最大的{MOST}组，另有{rest}组。" if rest > 0 else ""
    return Table(f"按{name}", (name, "应访", *(kpi.name for kpi in book.kpis)), rows, note)


def _group(grouping: str, name: str) -> str:
    if not name:
        return "尚未拨打" if grouping == "script" else "未填"
    return CHANNELS.get(name, name) if grouping == "channel" else name


def _sellers(book: Rulebook, sellers: Sequence[Seller]) -> Table:
    rule = book.seller_warning
    rows = tuple(
        (one.name, "预警" if one.warned.certain else "可能是偶然", one.warned.share,
         one.warned.share.count, one.warned.share.of, _interval(one.warned.share))
        for one in sellers
    )  # fmt: skip
    note = "规则手册没有规定预警界限。"
    if rule is not None:
        kpi = next(one for one in book.kpis if one.id == rule.kpi_id)
        bound = f"高于{rule.over:g}%" if rule.over is not None else f"低于{rule.under:g}%"
        note = f"界限：{kpi.name}{bound}，至少{rule.policies}件；整个区间都超出才为预警。"
    head = ("业务员", "判断", "数值", "分子", "分母", "95%区间")
    return Table("业务员预警", head, rows, note)


def _failures(found: Sequence[tuple[str, int]]) -> Table:
    whole = sum(count for _, count in found)
    rows = tuple((CAUSES.get(cause, cause), count, share(count, whole)) for cause, count in found)
    return Table("未成功的拨打", ("原因", "次数", "占比"), rows, first=4)


def _cases(session: Session, first: date, last: date) -> Table:
    rows = tuple(
        (class_name, family or "–", issued, closed, closed - late, issued - closed)
        for class_name, family, issued, closed, late in store.cases_by_family(session, first, last)
    )
    head = ("件别", "类别", "下发", "处理完成", "时效内完成", "未完成")
    return Table("本月下发的件", head, rows, first=1.5)
