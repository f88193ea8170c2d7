"""What every row of a list becomes, and why: accept, wait, screen, out-of-scope or reject. Pure.

The words are those of the design; the rules of domain.md 1.2, 1.4 (DQ-01 to DQ-10), 2.4 and 2.7.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from scheduler.intake.columns import find_columns
from scheduler.intake.policy_row import Draft, read_row
from scheduler.intake.records import ListResult, Reason, RowResult, Status, Stored
from scheduler.intake.sharing import PhoneBook, phone_reasons
from scheduler.intake.sheet import Sheet

Progress = Callable[[int, int], None]
_TELL_EVERY = 500  # rows


def screen_list(
    sheet: Sheet,
    today: date,
    stored: Stored | None = None,
    progress: Progress | None = None,
) -> ListResult:
    """Every row of the list, exactly once and in its order.

    ``today`` is the day of the import; ``progress(done, total)`` is called now and then.
    """
    columns = find_columns(sheet.columns, sheet.groups)
    drafts = []
    for done, row in enumerate(sheet.rows, start=1):
        drafts.append(read_row(columns, row, today))
        if progress and (done % _TELL_EVERY == 0 or done == len(sheet.rows)):
            progress(done, len(sheet.rows))
    book = PhoneBook.of(drafts, stored or Stored())
    seen: dict[str, int] = {}
    rows = tuple(_result(draft, book, seen, columns.title) for draft in drafts)
    return ListResult(
        sheet=sheet,
        read=len(rows),
        counts=_counts(rows),
        rows=rows,
        shared_phones=book.shared,
        notices=columns.notices + _skipped(sheet),
    )


def _result(
    draft: Draft, book: PhoneBook, seen: dict[str, int], title: Callable[[str], str]
) -> RowResult:
    reasons = [*draft.reasons, *phone_reasons(draft, book, title)]
    first = seen.setdefault(draft.number.upper(), draft.row) if draft.number else draft.row
    if first != draft.row:
        message = f"保单号与第 {first} 行重复,以第 {first} 行为准"
        reasons.append(Reason("policy-repeated", title("number"), message, Status.REJECT))
    status = _gravest(reason.status for reason in reasons)
    record = draft.record if status is not Status.REJECT else None
    if record is not None:
        record = replace(record, other_phones=book.without_sellers(record))
    return RowResult(draft.row, draft.number, status, tuple(reasons), record)


def _gravest(statuses: Iterable[Status]) -> Status:
    order = list(Status)
    return min(statuses, key=order.index, default=Status.ACCEPT)


def _counts(rows: Iterable[RowResult]) -> dict[Status, int]:
    counted = Counter(row.status for row in rows)
    return {status: counted[status] for status in reversed(Status)}


def _skipped(sheet: Sheet) -> tuple[str, ...]:
    return tuple(f"第 {number} 行不是保单(“{text}”),已跳过" for number, text in sheet.skipped)
