"""Hand-over lists (电话回访交接清单) as files: a branch gets one, and what it brings back is kept.
The same file again changes nothing, and a faulty row stops no other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from operations.facts import cooling_off_of
from operations.handover import BY_BRANCH, REVISITED, end
from operations.line import Line
from operations.otherwise import OtherwiseTrouble, name_of
from operations.plan import touch
from operations.policy_facts import numbers_of
from operations.special_revisits import finish
from scheduler.handover_returned import Came, Fault, Returned, ReturnedSheet, read_sheet
from scheduler.handover_sheet import DELAY, LIST, ON, POLICY, RESULT, SIGNED, Entry, as_xlsx
from scheduler.intake.raw import tables
from scheduler.intake.sheet import ListFault
from scheduler.otherwise import Handing, Step
from scheduler.rules import Way
from store import handovers
from store.columns import LOCAL
from store.database import Session
from store.tables import Handover, HandoverList

#: Ways that count only with the holder's own signature, where the rulebook says so (三禁止 2).
_ON_PAPER = frozenset({Way.LETTER, Way.VISIT})
#: What a result makes of a policy that has not been revisited. A refusal is honoured (2.9).
_CLOSES = {Came.REFUSED: "refused", Came.SURRENDERED: "surrendered"}


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a returned list: rows with a result by what it was, how many of them told
    nothing new, how many rows are still empty, and the rows that cannot be used."""

    read: int
    done: int
    failed: int
    later: int
    unchanged: int
    empty: int
    faults: tuple[Fault, ...]


def export_list(line: Line, list_id: int, path: Path) -> int:
    """Write a list to ``path`` (xlsx); returns the number of policies. Writes over nothing: the
    file may hold a branch's results. Raises OtherwiseTrouble."""
    if path.suffix.lower() != ".xlsx":
        raise OtherwiseTrouble(f"{path.name}: a list is written as .xlsx; choose such a name")
    with line.database.reading() as session:
        made = _list(session, list_id)
        entries = [_entry(line, row) for row in handovers.of_list(session, list_id)]
    content = as_xlsx(made.id, made.branch, entries)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise OtherwiseTrouble(f"{path} is there already; choose another name") from None
    except OSError as fault:
        raise OtherwiseTrouble(
            f"{path} cannot be written ({fault.strerror}); check folder and rights"
        ) from None
    return len(entries)


def import_results(line: Line, path: Path, by: str, branch: str | None = None) -> Results:
    """Keep what a branch has written into a list; with a ``branch``, rows about another one's
    policies are faulty, as if there were none. Raises OtherwiseTrouble, and ListFault when the file
    as a whole cannot be read."""
    by = name_of(by)
    sheet = _read(path)
    with line.database.transaction() as session:
        now = line.clock()
        stored = handovers.issued_of(session, {row.policy for row in sheet.rows}, branch)
        book = _Book(session, line, by, now, stored)
        said = Counter(book.keep(row) for row in sheet.rows)
        session.flush()
        touch(session, now, policy_ids=sorted(book.touched))
    return Results(
        read=len(sheet.rows) + len({fault.row for fault in sheet.faults}),
        done=said["done"],
        failed=said["failed"],
        later=said["later"],
        unchanged=said["unchanged"],
        empty=sheet.empty,
        faults=tuple(sorted([*sheet.faults, *book.faults], key=lambda fault: fault.row)),
    )


class _Book:
    """Keeps one returned list, row by row."""

    def __init__(
        self,
        session: Session,
        line: Line,
        by: str,
        now: datetime,
        stored: Mapping[str, Sequence[Handover]],
    ) -> None:
        self.session, self.line, self.by, self.now = session, line, by, now
        self.stored = stored
        self.faults: list[Fault] = []
        self.touched: set[int] = set()

    def keep(self, row: Returned) -> str:
        """Keep one row. Says what came of it: done, failed, later, unchanged or faulty."""
        handover = self._meant(row)
        wrong = _no_such(row) if handover is None else self._misfit(handover, row)
        if wrong is not None:
            self.faults.append(wrong)
            return "faulty"
        assert handover is not None
        column = _differs(handover, row)
        if column is None:
            return "unchanged"
        if handover.ended_at is not None:
            self.faults.append(_ended(handover, row, column))
            return "faulty"
        return self._write(handover, row)

    def _meant(self, row: Returned) -> Handover | None:
        """The hand-over on the list that the row names; without one, the policy's newest."""
        found = self.stored.get(row.policy, ())
        fitting = (one for one in found if row.list is None or one.list_id == row.list)
        return next(fitting, None)

    def _misfit(self, handover: Handover, row: Returned) -> Fault | None:
        """What a row says that cannot be."""
        if row.on is not None:
            today = self.now.astimezone(LOCAL).date()
            if not handover.policy.issued_on <= row.on <= today:
                return Fault(row.row, ON, "回访日期不在承保日和今天之间,请核对")
        on_paper = self.line.rulebook.success.signed_on_paper and handover.way in _ON_PAPER
        if row.came is Came.DONE and on_paper and row.signed is not True:
            message = "信函和面访须投保人本人签名才算完成,请补签后填是,未签请填未完成"
            return Fault(row.row, SIGNED, message)
        return None

    def _write(self, handover: Handover, row: Returned) -> str:
        self.touched.add(handover.policy_id)
        handover.revisited_on, handover.signed = row.on, row.signed
        handover.delay_reason = row.delay_reason or handover.delay_reason
        if row.came is Came.LATER:
            handover.result = row.words
            return "later"
        done = row.came is Came.DONE
        end(handover, Step.FINISH if done else Step.FAIL, self.by, self.now, row.words)
        policy = handover.policy
        because = BY_BRANCH if done else _CLOSES.get(row.came)
        if because is not None and policy.closed_because not in REVISITED:
            policy.revisit, policy.closed_because = "closed", because
        if done:
            finish(self.session, policy.id, self.by, self.now)
        return "done" if done else "failed"


def _differs(handover: Handover, row: Returned) -> str | None:
    """The first column in which a row tells something else than what is stored; None when it tells
    the same."""
    told = {
        RESULT: (handover.result, row.words),
        ON: (handover.revisited_on, row.on),
        SIGNED: (handover.signed, row.signed),
        DELAY: (handover.delay_reason, row.delay_reason or handover.delay_reason),
    }
    return next((column for column, (known, now) in told.items() if known != now), None)


def _no_such(row: Returned) -> Fault:
    if row.list is None:
        return Fault(row.row, POLICY, "没有交接过这张保单,请核对保单号")
    return Fault(row.row, LIST, f"{row.list} 号清单里没有这张保单,请核对清单号和保单号")


def _ended(handover: Handover, row: Returned, column: str) -> Fault:
    if handover.state == Handing.WITHDRAWN:
        return Fault(row.row, POLICY, "这张保单的交接已撤回,结果没有写入")
    return Fault(row.row, column, f"这张保单已记为“{handover.result}”,与这一行不同,没有改动")


def _read(path: Path) -> ReturnedSheet:
    for _, rows in tables(path):
        found = read_sheet(rows)
        if found is not None:
            return found
    raise ListFault(
        f"{path.name}:前 40 行里找不到保单号和回访结果两列,请用交接清单原来的表头填写。"
    )


def _list(session: Session, list_id: int) -> HandoverList:
    found = handovers.list_by_id(session, list_id)
    if found is None:
        raise OtherwiseTrouble(
            f"there is no list {list_id}; `huifang handover list` shows which list is whose"
        )
    return found


def _entry(line: Line, row: Handover) -> Entry:
    policy = row.policy
    return Entry(
        policy=policy.number,
        holder=policy.holder_name,
        phones=numbers_of(policy),
        product=policy.product,
        ends_on=_ends_on(line, row),
        way=Way(row.way),
        because=row.because,
        due_on=row.due_on,
        result=row.result or "",
        revisited_on=row.revisited_on,
        signed=row.signed,
        delay_reason=row.delay_reason or "",
    )


def _ends_on(line: Line, row: Handover) -> date | None:
    signed_on = row.policy.receipt_signed_on
    return cooling_off_of(line, row.policy, signed_on).ends_on if signed_on else None
