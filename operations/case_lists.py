"""Lists of problem cases for branches (问题件处理清单): out as a workbook, and in again with what
the branch has done. The same file again changes nothing, and a faulty row stops no other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from cases.workflow import Deed
from operations import audit, case_work
from operations.case_record import CaseTrouble, family_of, known
from operations.case_work import Talk
from operations.line import Line
from operations.policy_facts import numbers_of
from operations.rights import Who
from scheduler.case_sheet import CASE, POLICY, Entry, Worked, WorkedSheet, as_xlsx, read_sheet
from scheduler.handover_returned import Fault
from scheduler.intake.raw import tables
from scheduler.intake.sheet import ListFault
from store import case_work as case_work_store
from store import cases
from store.columns import LOCAL
from store.tables import Case, CaseEvent

#: Rows of one list: what one workbook of a branch sensibly has.
MOST = 2000
#: A list says on which day they talked, not when; noon is as good as any other time of it.
_NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a returned list: rows with something written, talks and opinions kept, rows that
    told nothing new, rows that are still empty, and rows that cannot be used."""

    read: int
    talks: int
    opinions: int
    unchanged: int
    empty: int
    faults: tuple[Fault, ...]


def export_list(line: Line, who: Who, case_ids: Sequence[int]) -> bytes:
    """A workbook of these cases, those of other branches left out; noted in the audit log, for it
    has whole numbers. Raises CaseTrouble."""
    with line.database.transaction() as session:
        found = case_work_store.by_ids(session, list(dict.fromkeys(case_ids)))
        seen = [case for case in found if who.branch in (None, case.policy.branch)]
        if not seen:
            raise CaseTrouble("no case is chosen; tick those that the branch is to handle")
        if len(seen) > MOST:
            raise CaseTrouble(f"a list takes {MOST} cases; narrow the choice, or make several")
        said = cases.words_of(session, [case.call_id for case in seen if case.call_id])
        content = as_xlsx([_entry(line, case, said.get(case.call_id or 0, [])) for case in seen])
        about = f"cases:{seen[0].id}" if len(seen) == 1 else f"cases:{len(seen)}"
        audit.note(session, line, who.name, audit.EXPORTED, about, "xlsx, whole numbers")
    return content


def import_results(line: Line, who: Who, path: Path) -> Results:
    """Keep what a branch has written into a list. A case that is nobody's becomes the importer's.
    Raises ListFault when the file as a whole cannot be read."""
    sheet = _read(path)
    told: Counter[str] = Counter()
    faults = list(sheet.faults)
    for row in sheet.rows:
        try:
            kept = _keep(line, who, row)
        except CaseTrouble as trouble:
            faults.append(Fault(row.row, CASE, str(trouble)))
            continue
        told.update(kept or ["unchanged"])
    return Results(
        read=len(sheet.rows) + len({fault.row for fault in sheet.faults}),
        talks=told[Deed.CONTACT],
        opinions=told[Deed.CONCLUDE],
        unchanged=told["unchanged"],
        empty=sheet.empty,
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def _keep(line: Line, who: Who, row: Worked) -> list[str]:
    """Keep one row; what of it was new. Raises CaseTrouble."""
    with line.database.reading() as session:
        case = cases.by_id(session, row.case)
        if case is None or who.branch not in (None, case.policy.branch):
            raise CaseTrouble(f"there is no case {row.case}; look at the list of cases")
        if row.policy and row.policy != case.policy.number:
            raise CaseTrouble(f"case {row.case} is not about policy {row.policy}; correct {POLICY}")
        record = known(session, case)
    new = [deed for deed in _deeds(row) if not _told(record.counted, deed, row)]
    if new and (record.work is None or record.work.assignee is None):
        case_work.assign(line, who, row.case, None, who.name)
    for deed in new:
        if deed is Deed.CONTACT:
            case_work.contact(line, who, row.case, None, _talk(row, case, line.clock()))
        else:
            case_work.conclude(line, who, row.case, None, row.opinion)
    return [deed.value for deed in new]


def _deeds(row: Worked) -> list[Deed]:
    wanted = ((Deed.CONTACT, row.said), (Deed.CONCLUDE, row.opinion))
    return [deed for deed, words in wanted if words]


def _told(events: Sequence[CaseEvent], deed: Deed, row: Worked) -> bool:
    """Whether the record holds it: a talk by its day and words, an opinion by its words."""
    words = row.said if deed is Deed.CONTACT else row.opinion
    day = row.on.isoformat() if row.on and deed is Deed.CONTACT else ""
    return any(
        one.what == deed
        and one.words == words.strip()
        and str(one.detail.get("on", "")).startswith(day)
        for one in events
    )


def _talk(row: Worked, case: Case, now: datetime) -> Talk:
    """The talk of a row, on its day after the case was opened and before now."""
    assert row.on is not None  # a row without a day is faulty
    on = datetime.combine(row.on, _NOON, tzinfo=LOCAL)
    opened, today = case.opened_at.astimezone(LOCAL), now.astimezone(LOCAL).date()
    if row.on == opened.date():
        on = max(on, opened)
    if row.on == today:
        on = min(on, now)
    return Talk(on, row.minutes, row.said, reached=row.reached, explained=row.explained)


def _read(path: Path) -> WorkedSheet:
    for _, rows in tables(path):
        found = read_sheet(rows)
        if found is not None:
            return found
    raise ListFault(
        f"{path.name}:前 40 行里找不到件号和沟通内容、处理意见这些列,请用问题件清单原来的表头填写。"
    )


def _entry(line: Line, case: Case, said: Sequence[str]) -> Entry:
    policy, family = case.policy, family_of(line, case)
    return Entry(
        case=case.id,
        branch=policy.branch or "",
        policy=policy.number,
        holder=policy.holder_name,
        phones=numbers_of(policy),
        product=policy.product,
        seller=policy.seller_name or "",
        class_name=case.class_name,
        family=case.family or "",
        headline=case.headline,
        words=" / ".join(said),
        opened_on=case.opened_at.astimezone(LOCAL).date(),
        due_on=case.due_at.astimezone(LOCAL).date() if case.due_at else None,
        proof=family.proof if family else "",
    )
