"""What a policy list would mean (预检): who would be called when, who is left out and why, and how
many lines it takes. Reads the list as an import does, and stores nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from operations.import_policies import columns_of, stored_phones
from operations.line import Line
from operations.policy_facts import Gathered, gather_rows
from operations.subjects import CHUNK, measured_rates, open_subjects
from scheduler.forecast import horizon
from scheduler.intake.files import read_list
from scheduler.intake.records import ListResult, RowResult, Status
from scheduler.intake.screening import screen_list
from scheduler.lines_needed import TOLERANCE, Needed, lines_needed
from scheduler.may_dial import Decision, Held
from scheduler.opening import opening
from scheduler.outcome import Fate, Outcome, Subject
from scheduler.persons import person_key
from scheduler.rates import Rates
from scheduler.reopening import reopens
from scheduler.simulation import run
from store import policies
from store.database import Session
from store.tables import Policy

#: Ids of policies that are not stored, in the order of the list, behind every stored one.
_FIRST_ID = 10**11

#: Told what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Called:
    """A row that would be called. ``first_call_at`` is the first call of the simulation, None where
    no line was free before the end; ``is_known``: the policy is stored already."""

    row: int
    policy: str
    deadline: datetime
    first_call_at: datetime | None
    in_time: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that would not be called, with a stable code and a sentence or word of detail."""

    row: int
    policy: str | None
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """What the list would mean. ``stored``: open policies that are there already and need lines
    too; ``now`` is the simulation with ``lines``, ``needed`` the search for the least number."""

    result: ListResult
    called: tuple[Called, ...]
    left_out: tuple[LeftOut, ...]
    stored: int
    lines: int
    now: Outcome
    needed: Needed
    rates: Rates
    tolerance: float = TOLERANCE

    @property
    def in_time(self) -> int:
        """Rows that would be revisited within their period with the present lines."""
        return sum(one.in_time for one in self.called)


def preflight(
    line: Line,
    path: Path,
    *,
    lines: int | None = None,
    at: datetime | None = None,
    progress: Progress = lambda what, done, whole: None,
) -> Preflight:
    """Play the list at ``path``, and the open policies beside it, through the days to come, with
    ``lines`` or as many as the line has, from now or ``at`` on. Raises ListFault."""
    now = at or line.clock()
    sheet = read_list(path)
    with line.database.reading() as session:
        known = stored_phones(session)
    result = screen_list(sheet, now.date(), known, _told(progress, "reading the list"))
    rows = {row.row: row for row in result.rows}
    found = _rows_as_policies(line, result, now, _told(progress, "looking at the rows"))
    to_call = {row: one for row, one in found.items() if one.policy.revisit == "open"}
    listed = [Subject(one.facts, one.policy.person) for one in to_call.values()]
    beside = _beside(line, now, listed, result.shared_phones)
    opened = opening([*listed, *beside], now, line.rules, line.order)
    rates, given = measured_rates(line, now), lines or line.limits.calls_at_once
    needed = lines_needed(opened, rates, progress=_told(progress, "looking for the lines"))
    played = run(opened, horizon(opened), given, rates)
    ends = zip(opened.decisions[: len(listed)], played.fates[: len(listed)], strict=True)
    called, left_out = _sorted_out(rows, found, dict(zip(to_call, ends, strict=True)))
    return Preflight(result, called, left_out, len(beside), given, played, needed, rates)


def _told(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, whole: progress(what, done, whole)


def _rows_as_policies(
    line: Line, result: ListResult, now: datetime, progress: Callable[[int, int], None]
) -> dict[int, Gathered]:
    """The rows that would be called, as they would be stored, by their row."""
    rows = [row for row in result.rows if row.record is not None and row.status is Status.ACCEPT]
    found: dict[int, Gathered] = {}
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        with line.database.reading() as session:
            made = _unstored(session, part, now)
            gathered = gather_rows(session, line, list(made.values()), now)
            found.update(zip(made, gathered, strict=True))
        progress(min(start + CHUNK, len(rows)), len(rows))
    return found


def _unstored(session: Session, rows: Sequence[RowResult], now: datetime) -> dict[int, Policy]:
    """Policies as the import would store them, by their row. None is added to the session."""
    stored = policies.by_numbers(session, [row.policy or "" for row in rows])
    return {row.row: _as_imported(row, stored.get(row.policy or ""), now) for row in rows}


def _as_imported(row: RowResult, stored: Policy | None, now: datetime) -> Policy:
    record = row.record
    assert record is not None  # accepted rows have one
    values = columns_of(record)
    revisit, because, reopened = "open", None, None
    if stored is not None:
        changed = frozenset(name for name, new in values.items() if getattr(stored, name) != new)
        reopened = stored.reopened_at
        if stored.revisit == "closed" and reopens(stored.closed_because, changed):
            reopened = now
        elif stored.revisit == "closed":
            revisit, because = "closed", stored.closed_because
    return Policy(
        **values,
        id=_FIRST_ID + row.row if stored is None else stored.id,
        person=person_key(record.holder_name, record.holder_id_number, record.holder_birth),
        status=row.status.value,
        revisit=revisit,
        closed_because=because,
        reopened_at=reopened,
    )


def _beside(
    line: Line, now: datetime, listed: Sequence[Subject], shared: frozenset[str]
) -> list[Subject]:
    """The open policies that are not on the list, but for those that it shows to be held back."""
    ids = {one.facts.id for one in listed}
    return [
        one
        for one in open_subjects(line, now)
        if one.facts.id not in ids and not shared & set(one.facts.phones)
    ]


def _sorted_out(
    rows: Mapping[int, RowResult],
    found: Mapping[int, Gathered],
    decided: Mapping[int, tuple[Decision | None, Fate]],
) -> tuple[tuple[Called, ...], tuple[LeftOut, ...]]:
    """Every row once: called, or left out with its reasons."""
    called: list[Called] = []
    left_out: list[LeftOut] = []
    for number, row in rows.items():
        if number not in found:
            left_out += _screened(row)
        elif number not in decided:
            because = found[number].policy.closed_because or ""
            left_out.append(LeftOut(number, row.policy, "revisit-closed", because))
        else:
            decision, fate = decided[number]
            if isinstance(decision, Held) and decision.rank is None:
                left_out += _held(row, decision)
            else:
                called.append(_called(row, fate, known=found[number].policy.id < _FIRST_ID))
    return tuple(called), tuple(left_out)


def _held(row: RowResult, held: Held) -> list[LeftOut]:
    return [LeftOut(row.row, row.policy, one.code.value, one.detail) for one in held.reasons]


def _screened(row: RowResult) -> list[LeftOut]:
    found = [one for one in row.reasons if one.status is not Status.ACCEPT]
    return [LeftOut(row.row, row.policy, one.code, one.message) for one in found]


def _called(row: RowResult, fate: Fate, *, known: bool) -> Called:
    assert fate.period_ends is not None  # who may be called has a signed receipt
    return Called(
        row=row.row,
        policy=fate.number,
        deadline=fate.period_ends,
        first_call_at=fate.first_call_at,
        in_time=fate.in_time,
        is_known=known,
    )
