"""The complaints of a month, counted and as a report; a branch's own; what does not count."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_PATH
from sqlalchemy import event

from cases.complaint_statistics import Grouping
from cases.report import Cell, Report, Table
from cases.report_files import as_pdf, as_xlsx
from operations import complaint_figures as ops
from operations.complaint_figures import Figures
from store import complaint_figures as store
from store.columns import LOCAL
from store.tables import Accountability, Policy
from tests.operations import both
from tests.operations.complained import came
from tests.operations.rig import Rig

rig = both.rig

MONTH = date(2026, 11, 1)
LAST_MOMENT = datetime(2026, 11, 30, 23, 59, 59, tzinfo=LOCAL)
BEFORE = datetime(2026, 10, 31, 23, 59, 59, tzinfo=LOCAL)
NEXT = datetime(2026, 12, 1, tzinfo=LOCAL)


def some(rig: Rig) -> None:
    """Complaints of November, and some that do not count there."""
    came(
        rig.line,
        {"product": "守护一生终身寿险", "seller_name": "王业务", "branch": "济南",
         "result": "upheld", "answered_at": rig.clock.now, "paid": 1200, "root_cause": "sale"},
        {"product": "守护一生终身寿险", "branch": "济南", "kind": "service", "channel": "visit",
         "result": "rejected", "answered_at": rig.clock.now, "satisfied": False},
        {"kind": None, "branch": None, "at": LAST_MOMENT},
        {"state": "merged"},
        {"state": "refused"},
        {"at": BEFORE, "branch": "济南", "kind": "claim"},
        {"at": NEXT},
    )  # fmt: skip


def counted(rig: Rig, branch: str | None = None) -> Figures:
    with rig.line.database.reading(branch) as session:
        return ops.figures(session, MONTH)


def test_a_month_counts_what_came_in_it_and_nothing_twice(rig: Rig) -> None:
    some(rig)
    found = counted(rig)
    whole = found.whole
    assert (whole.received, whole.before, whole.answered) == (3, 1, 2)
    assert (whole.upheld, whole.discontent, found.paid) == (1, 1, 1200)
    kinds = {one.name: (one.received, one.before) for one in found.groups[Grouping.KIND]}
    assert kinds == {"misselling": (1, 0), "service": (1, 0), None: (1, 0), "claim": (0, 1)}
    for by in Grouping:
        assert sum(one.received for one in found.groups[by]) == 3, by
    assert [count for _day, count in found.trend][-3:] == [0, 1, 3]


def test_a_branch_counts_its_own(rig: Rig) -> None:
    some(rig)
    found = counted(rig, "济南")
    assert (found.whole.received, found.whole.before) == (2, 1)
    assert [one.name for one in found.groups[Grouping.BRANCH]] == ["济南"]


def test_rates_are_of_the_policies_that_there_were(rig: Rig) -> None:
    rig.import_rows()
    came(rig.line, {"product": rig.one(Policy).product}, {"product": "没有这个险种"})
    first, second = sorted(counted(rig).rates, key=lambda one: one.policies)
    assert (first.product, first.policies, first.share) == ("没有这个险种", 0, None)
    assert (second.policies, second.complaints) == (1, 1)


def test_the_report_has_every_table_in_both_files(rig: Rig) -> None:
    some(rig)
    made = ops.report(rig.line, MONTH, None)
    book = load_workbook(BytesIO(as_xlsx(made)))
    assert book.sheetnames == [
        "说明", "按投诉类型", "按来源", "按险种", "按业务员", "按机构", "按处理结果", "按根源",
        "险种投诉率", "逐月收到", "责任追究",
    ]  # fmt: skip
    rows = [[cell.value for cell in row] for row in book["按投诉类型"].rows]
    assert ["销售误导", 1, 0, 1, 1, 0] in rows
    assert ["未填", 1, 0, 0, 0, 0] in rows
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(made))).pages)
    for words in ("消费投诉月度分析", "销售误导", "总公司", "险种投诉率", "王业务"):
        assert words in text
    assert "王业务" not in "".join(
        str(table.rows) for table in ops.report(rig.line, MONTH, "青岛").tables
    )


def held(rig: Rig, number: int, **given: Any) -> None:
    """A measure of this month."""
    usual = {"part": "handling", "measure": "talk", "decided_at": rig.clock.now} | given
    with rig.line.database.transaction() as session:
        session.add(
            Accountability(
                complaint_id=number, who="钱经办", because="未转交", decided_by="主管甲", version=1,
                **usual,
            )
        )  # fmt: skip


def test_the_report_counts_who_was_held_accountable_and_names_nobody(rig: Rig) -> None:
    some(rig)
    held(rig, 1, notified_at=rig.clock.now, appealed_at=rig.clock.now, appeal_granted=True)
    held(rig, 1, notified_at=rig.clock.now)
    held(rig, 6, part="seller", measure="fine")  # about a complaint of the month before
    held(rig, 1, part="intake", decided_at=NEXT)  # next month's
    found = ops.report(rig.line, MONTH, None).tables[-1]
    assert found.title == "责任追究"
    assert found.rows == (("处理人员", "批评教育", 2, 2, 1, 1), ("业务员", "罚款", 1, 0, 0, 0))
    assert "钱经办" not in str(ops.report(rig.line, MONTH, None))
    assert ops.report(rig.line, MONTH, "青岛").tables[-1].rows == ()
    without = ops.report(rig.line, MONTH, None, measures=False)
    assert "责任追究" not in {one.title for one in without.tables}


def test_the_month_is_kept_and_made_anew_until_it_is_due(rig: Rig) -> None:
    some(rig)
    rig.clock.now = datetime(2026, 12, 1, 6, 10, tzinfo=LOCAL)

    def kept() -> list[tuple[str, datetime]]:
        with rig.line.database.reading() as session:
            return [(one.month, one.made_at) for one in store.reports(session)]

    assert ops.make_due(rig.line) == 1
    assert kept() == [("2026-11", rig.clock.now)]
    rig.clock.now = datetime(2026, 12, 4, 6, 10, tzinfo=LOCAL)
    assert ops.make_due(rig.line) == 1  # made anew while it is not due
    reported = rig.clock.now
    rig.clock.now = datetime(2026, 12, 5, 6, 10, tzinfo=LOCAL)
    assert ops.make_due(rig.line) == 0
    assert kept() == [("2026-11", reported)]
    rig.clock.now = datetime(2027, 1, 20, 6, 10, tzinfo=LOCAL)
    assert ops.make_due(rig.line) == 1  # late, but it was missing
    assert [month for month, _made in kept()] == ["2026-12", "2026-11"]


def test_a_month_takes_as_many_statements_however_much_came(rig: Rig) -> None:
    def statements() -> int:
        counted_ones = []
        listener = lambda *_: counted_ones.append(1)  # noqa: E731
        event.listen(rig.line.database.engine, "before_cursor_execute", listener)
        counted(rig)
        event.remove(rig.line.database.engine, "before_cursor_execute", listener)
        return len(counted_ones)

    some(rig)
    few = statements()
    came(rig.line, *[{"seller_name": f"业务员{n}", "product": f"险种{n % 9}"} for n in range(60)])
    assert statements() == few <= 20


@pytest.mark.parametrize(
    ("rows", "bars"),
    [((), 0), ((("无", 0),), 0), ((("理赔", 7), ("服务", 0), ("其他", None), ("退保", 3)), 2)],
)
def test_counts_on_paper_have_bars_beside_them(
    rows: tuple[tuple[Cell, ...], ...], bars: int
) -> None:
    def drawn(bar: int | None) -> int:
        table = Table("按类型", ("类型", "件数"), rows, bar=bar)
        with PdfDocument(as_pdf(Report("分析", "安心人寿", "2026-11-18", (), (table,)))) as file:
            return sum(one.type == FPDF_PAGEOBJ_PATH for one in file[0].get_objects())

    assert drawn(1) - drawn(None) == bars  # nothing is no bar
