"""Key figures (指标): count the policies and cases of a month by the rulebook, keep the counts for
the console, and bring them back by what they are grouped by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cases import kpis
from cases.kpis import Counts, Figure, Handled, Issued, Revisited, Warned
from operations.line import Line
from scheduler.cooling_off import cooling_off
from scripts.facts import Channel, ProductType
from scripts.rulebooks import Kpi, Rulebook, Way
from store import kpis as store
from store import scripts
from store.columns import LOCAL
from store.database import Session
from store.kpis import Key

#: What figures can be grouped by; ``branch`` is a sum of its own.
GROUPINGS: Final = ("branch", "channel", "product", "seller", "script")
#: Months that are counted every hour, and every night: their policies and cases still move.
HOURLY, NIGHTLY = 2, 13
_ENDED = "surrendered"


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table of figures."""

    name: str
    counts: Counts
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller on the warning list."""

    name: str
    kpi: Kpi
    warned: Warned


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some months: over everything, by group, and the sellers to be warned, the
    certain ones first. ``counted_at`` is the oldest of the counts, None while a month was never
    counted; ``other_rules``: counted by a rulebook that is not in force any more."""

    months: tuple[str, ...]
    grouping: str
    whole: Group
    groups: list[Group]
    sellers: list[Seller]
    counted_at: datetime | None
    other_rules: bool


def count(line: Line, month: date) -> None:
    """Count a month, which is named by one of its days, and keep what came of it."""
    with line.database.reading() as session:
        counts = counted(session, line, month)
    with line.database.transaction() as session:
        store.keep(session, f"{month:%Y-%m}", counts, _rules(line.rulebook), line.clock())


def count_hourly(line: Line) -> int:
    """Count the months whose policies move most. Returns how many."""
    return _count_last(line, HOURLY)


def count_nightly(line: Line) -> int:
    """Count every month whose cases may still move. Returns how many."""
    return _count_last(line, NIGHTLY)


def figures(
    session: Session, line: Line, months: Sequence[str], grouping: str, branch: str | None = None
) -> Figures:
    """The figures of these months as they were counted last, of one branch or of all."""
    known = [one for one in store.months(session) if one.month in months]
    groups = store.grouped(session, months, grouping, branch)
    sellers = store.grouped(session, months, "seller", branch)
    return Figures(
        months=tuple(months),
        grouping=grouping,
        whole=whole(session, line, months, branch),
        groups=_groups(line, groups),
        sellers=warning_list(line.rulebook, sellers),
        counted_at=min((one.counted_at for one in known), default=None)
        if len(known) == len(months)
        else None,
        other_rules=any(one.rulebook != _rules(line.rulebook) for one in known),
    )


def whole(session: Session, line: Line, months: Sequence[str], branch: str | None = None) -> Group:
    """The figures of these months together, as they were counted last."""
    return _group(line, "", kpis.together(store.by_month(session, months, branch).values()))


def fresh(session: Session, line: Line, month: date, grouping: str) -> Figures:
    """The figures of a month counted now, for the command line and for the report. Keeps
    nothing."""
    counts = counted(session, line, month)
    name = f"{month:%Y-%m}"
    by = {"all": "all", "branch": "all"}.get(grouping, grouping)
    return Figures(
        months=(name,),
        grouping=grouping,
        whole=_group(line, "", summed(counts, "all")[""]),
        groups=_groups(line, summed(counts, by, branches=grouping == "branch")),
        sellers=warning_list(line.rulebook, summed(counts, "seller")),
        counted_at=line.clock(),
        other_rules=False,
    )


def trend(
    session: Session, line: Line, last: date, months: int, branch: str | None = None
) -> list[Group]:
    """The figures month by month, as they were counted last."""
    names = [f"{day:%Y-%m}" for day in kpis.months_back(last, months)]
    found = store.by_month(session, names, branch)
    return [_group(line, name, found[name]) for name in names if name in found]


def counted(session: Session, line: Line, month: date) -> dict[Key, Counter[str]]:
    """Count a month: policies by their day of issue, cases by the day they were opened."""
    first, last = kpis.month_of(month)
    book, today = line.rulebook, line.clock().astimezone(LOCAL).date()
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    revisits = _Revisits.of(session, line, first, last)
    for row in store.policies_issued(session, first, last):
        words = tuple(kpis.of_policy(book, revisits.issued(line, row), today))
        for key in _keys(row, revisits.script.get(row.id, "")):
            found[key].update(words)
    cases = list(store.cases_opened(session, first, last))
    names = _script_names(session, {row.script_hash for row in cases if row.script_hash})
    for row in cases:
        words = tuple(kpis.of_case(Handled(row.due_at, row.closed_at)))
        for key in _keys(row, names.get(row.script_hash, "")):
            found[key].update(words)
    return found


def summed(
    counts: Mapping[Key, Counts], grouping: str, *, branches: bool = False
) -> dict[str, Counter[str]]:
    """Group -> counts over all branches, or branch -> counts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for key, own in counts.items():
        if key.grouping == grouping:
            found[key.branch if branches else key.name].update(own)
    return found


def warning_list(book: Rulebook, sellers: Mapping[str, Counts]) -> list[Seller]:
    """Sellers beyond the rulebook's threshold: those whose whole interval is, then by the rate."""
    rule = book.seller_warning
    if rule is None:
        return []
    kpi = next(one for one in book.kpis if one.id == rule.kpi_id)
    judged = ((name, kpis.warned(book, own)) for name, own in sellers.items() if name)
    found = [Seller(name, kpi, warned) for name, warned in judged if warned is not None]
    upward = -1 if rule.over is not None else 1
    return sorted(
        found,
        key=lambda one: (not one.warned.certain, upward * (one.warned.share.rate or 0), one.name),
    )


@dataclass(frozen=True, slots=True)
class _Revisits:
    """The first revisits of a month's policies, and the script that each was asked with, or would
    have been: that of the last call."""

    done: dict[int, Revisited]
    script: dict[int, str]

    @classmethod
    def of(cls, session: Session, line: Line, first: date, last: date) -> "_Revisits":
        outcomes = line.rulebook.success.outcomes
        done: dict[int, Revisited] = {}
        hashes: dict[int, str] = {}
        for call in store.calls_made(session, first, last):
            if call.policy_id in done:
                continue
            hashes[call.policy_id] = call.script_hash
            if call.outcome in outcomes:
                on = (call.answered_at or call.ordered_at).astimezone(LOCAL).date()
                done[call.policy_id] = Revisited(on, class_name=call.class_name)
        for row in store.done_by_branches(session, first, last):
            known = done.get(row.policy_id)
            if row.revisited_on and (known is None or row.revisited_on < known.on):
                done[row.policy_id] = Revisited(
                    row.revisited_on, Way(row.way), signed=bool(row.signed)
                )
        names = _script_names(session, set(hashes.values()))
        return cls(done, {policy: names.get(own, "") for policy, own in hashes.items()})

    def issued(self, line: Line, row: Any) -> Issued:
        """A thin row as the pure rules know a policy."""
        return Issued(
            issued_on=row.issued_on,
            receipt_on=row.receipt_signed_on,
            period_ends_on=_period_end(line, row),
            ended=bool(row.ended) or row.closed_because == _ENDED,
            open=row.revisit == "open",
            done=self.done.get(row.id),
        )


def _period_end(line: Line, row: Any) -> date | None:
    """The last cooling-off day of a thin row; None without a receipt."""
    if row.receipt_signed_on is None:
        return None
    rules = line.rules
    return cooling_off(
        row.receipt_signed_on,
        row.cooling_off_days,
        Channel(row.channel),
        ProductType(row.product_type),
        rules.cooling_off_start,
        rules.default_days,
    ).ends_on


def _keys(row: Any, script: str) -> Iterator[Key]:
    branch = row.branch or ""
    yield Key(branch, "all", "")
    yield Key(branch, "channel", row.channel)
    yield Key(branch, "product", row.product)
    yield Key(branch, "seller", " ".join(filter(None, (row.seller_code, row.seller_name))))
    yield Key(branch, "script", script)


def _script_names(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """Hash -> ``standard 3`` for a published version, else ``standard 0ab12cd``."""
    found = scripts.names_of(session, list(digests))
    return {
        digest: f"{name} {number if number is not None else digest[:7]}"
        for digest, (name, number) in found.items()
    }


def _count_last(line: Line, months: int) -> int:
    days = kpis.months_back(line.clock().astimezone(LOCAL).date(), months)
    for day in days:
        count(line, day)
    return len(days)


def _groups(line: Line, found: Mapping[str, Counts]) -> list[Group]:
    """The largest first."""
    order = sorted(found, key=lambda name: (-found[name].get("due", 0), name))
    return [_group(line, name, found[name]) for name in order]


def _group(line: Line, name: str, counts: Counts) -> Group:
    return Group(name, counts, kpis.figures(line.rulebook, counts))


def _rules(book: Rulebook) -> str:
    return f"{book.id}:{book.version}"
