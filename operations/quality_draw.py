"""Drawing the calls that reviewers hear (质检抽样): a sample of some days, the nightly one, and a
calibration round. The seed is kept, and the same days with the same seed are drawn once."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from cases.quality_plan import Chosen, Plan, Revisit, Wanted, drawn
from cases.quality_work import SEATS, Part
from operations import audit
from operations.line import Line
from operations.policy_facts import risk_facts
from operations.quality_trouble import QualityTrouble
from operations.rights import Action, Role, actions_of
from operations.rules import risks_of
from scripts import scorecards
from scripts.outcomes import Outcome
from scripts.rulebooks import Rulebook
from scripts.scorecards import Risk, Scorecard
from store import accounts, quality
from store.columns import LOCAL
from store.database import Session
from store.quality import CALIBRATION, SAMPLE, RevisitRow
from store.tables import Account, Policy, QualityPlan, QualityTask

#: Who draws at night, and how many days back it looks for one that was missed.
ITSELF, NIGHTS = "huifang", 7
LONGEST_PERIOD = timedelta(days=400)
MOST_CALIBRATED, LARGEST_SEED = 50, 2**31 - 1
_RISKS = {"disagreement": Risk.DISAGREEMENT, "kept-yes": Risk.KEPT_YES}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the calls that are drawn from, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came to: ``calls`` out of ``population`` are heard, ``twice`` of them by a second
    reviewer. ``new`` is False where the same had been drawn before."""

    plan: int
    population: int
    calls: int
    twice: int
    seed: int
    new: bool


def draw(line: Line, by: str, days: Days, wanted: Wanted, seed: int | None = None) -> Drawn:
    """Draw a sample of the calls of these days onto the work list. Without a seed, chance takes
    one. Raises QualityTrouble."""
    _check_days(line, days)
    _check_wanted(wanted)
    seed = _seed(seed)
    card = scorecards.of_plain(line.scorecard)
    with line.database.reading() as session:  # which takes its time, and must keep nobody waiting
        known = quality.same_plan(session, days.first, days.last, seed)
        if known is not None:
            return _as_before(session, known, wanted)
        revisits = _revisits(session, line.rulebook, card, days)
    if not revisits:
        raise QualityTrouble(
            f"nothing was answered in a call between {days.first} and {days.last}; choose other"
            " days"
        )
    plan = drawn(revisits, wanted, card.risks, seed)
    row = _plan(line, SAMPLE, days, wanted, seed, plan, by)
    with line.database.transaction() as session:
        if not quality.add_plan(session, row):
            raise QualityTrouble("the same sample is being drawn right now; look at the plans")
        session.add_all(_tasks(row, plan.chosen))
        audit.note(session, line, by, "sample-drawn", f"quality-plan:{row.id}", f"seed {seed}")
        session.flush()
        return Drawn(row.id, plan.population, *quality.counted(session, row.id), seed, True)


def draw_nightly(line: Line) -> int:
    """Draw from each of the past days that was not drawn yet; returns how many calls. The seed of
    a night is its day."""
    nightly = scorecards.of_plain(line.scorecard).nightly
    wanted = Wanted(nightly.share, nightly.least, nightly.by_risk, nightly.twice, every=True)
    today = line.clock().astimezone(LOCAL).date()
    calls = 0
    for back in range(NIGHTS, 0, -1):
        day = today - timedelta(days=back)
        try:
            done = draw(line, ITSELF, Days(day, day), wanted, int(f"{day:%Y%m%d}"))
        except QualityTrouble:  # a day without calls
            continue
        calls += done.calls if done.new else 0
    return calls


def calibrate(
    line: Line, by: str, days: Days, count: int, reviewers: Sequence[str], seed: int | None = None
) -> Drawn:
    """Have several reviewers hear the same calls, each without the others (校准). Raises
    QualityTrouble."""
    _check_days(line, days)
    if not 1 <= count <= MOST_CALIBRATED:
        raise QualityTrouble(f"a calibration round has 1 to {MOST_CALIBRATED} calls; correct it")
    seed, names, wanted = _seed(seed), sorted(set(reviewers)), Wanted(0.0, count)
    card = scorecards.of_plain(line.scorecard)
    with line.database.reading() as session:
        _check_reviewers(session, names)
        revisits = _revisits(session, line.rulebook, card, days, recorded=True)
    plan = drawn(revisits, wanted, card.risks, seed)
    if not plan.chosen:
        raise QualityTrouble(
            f"no call between {days.first} and {days.last} can be listened to; choose other days"
        )
    with line.database.transaction() as session:
        known = quality.same_plan(session, days.first, days.last, seed, CALIBRATION)
        if known is not None:  # the button was pressed twice
            calls, _ = quality.counted(session, known.id)
            return Drawn(known.id, known.population, calls, 0, seed, False)
        row = _plan(line, CALIBRATION, days, wanted, seed, plan, by)
        session.add(row)
        session.flush()
        for seat, name in enumerate(names):
            session.add_all(
                _task(row, one, place, Part.CALIBRATION, seat, name)
                for place, one in enumerate(plan.chosen)
                if quality.agent_of(session, one.call) != name
            )
        audit.note(session, line, by, "calibration-began", f"quality-plan:{row.id}")
        return Drawn(row.id, plan.population, len(plan.chosen), 0, seed, True)


def may_review(account: Account) -> bool:
    """Whether somebody can be asked to hear calls."""
    roles = [Role(one) for one in account.roles if one in set(Role)]
    return account.active and Action.REVIEW in actions_of(roles)


def _seed(seed: int | None) -> int:
    if seed is None:
        return secrets.randbelow(LARGEST_SEED)
    if not 0 <= seed <= LARGEST_SEED:
        raise QualityTrouble(f"the seed must lie between 0 and {LARGEST_SEED}; choose another")
    return seed


def _check_days(line: Line, days: Days) -> None:
    if days.first > days.last:
        raise QualityTrouble(f"{days.first} is after {days.last}; exchange the two days")
    if days.last - days.first > LONGEST_PERIOD:
        raise QualityTrouble(f"a period has at most {LONGEST_PERIOD.days} days; choose fewer")
    if days.last > line.clock().astimezone(LOCAL).date():
        raise QualityTrouble(f"{days.last} has not come yet; choose days that are over")


def _check_wanted(wanted: Wanted) -> None:
    shares = all(0 <= one <= 1 for one in (wanted.share, wanted.twice))
    if not shares or min(wanted.least, wanted.by_risk) < 0:
        raise QualityTrouble("shares lie between 0 and 100 %, numbers of calls are not negative")
    if max(wanted.least, wanted.by_risk) > 100_000:
        raise QualityTrouble("a sample has at most 100000 calls of each kind; correct the numbers")


def _check_reviewers(session: Session, names: Sequence[str]) -> None:
    if len(names) < 2:
        raise QualityTrouble("a calibration round needs at least two reviewers; name them")
    for name in names:
        account = accounts.by_name(session, name)
        if account is None or not may_review(account) or account.branch is not None:
            raise QualityTrouble(f"{name} does not review calls of every branch; choose another")


def _as_before(session: Session, known: QualityPlan, wanted: Wanted) -> Drawn:
    """The same once more changes nothing."""
    drawn_as = Wanted(known.share, known.least, known.by_risk, known.twice, known.every)
    if drawn_as != wanted:
        raise QualityTrouble(
            f"these days were drawn with seed {known.seed} already (plan {known.id}), with other"
            " numbers; take another seed"
        )
    counted = quality.counted(session, known.id)
    return Drawn(known.id, known.population, *counted, known.seed, False)


def _revisits(
    session: Session, rulebook: Rulebook, card: Scorecard, days: Days, *, recorded: bool = False
) -> list[Revisit]:
    """What can be drawn, with what is known of it."""
    first, last = days.first, days.last
    cases, agents = (
        quality.with_cases(session, first, last),
        quality.by_agents(session, first, last),
    )
    waiting: dict[int, set[Risk]] = {}
    for call, reason in quality.waiting_answers(session, first, last):
        waiting.setdefault(call, set()).update({_RISKS[reason]} if reason in _RISKS else ())
    before = quality.drawn_before(session, first, last)
    found = []
    for row in quality.revisits(session, first, last, recorded=recorded):
        risks = waiting.get(row.call_id, set()) | set(_risks(row, rulebook, card))
        risks |= {Risk.CASE} if row.call_id in cases else set()
        risks |= {Risk.AGENT} if row.call_id in agents else set()
        found.append(
            Revisit(
                row.call_id, row.policy, row.channel, row.product_type, row.seller,
                frozenset(risks), bool(waiting.get(row.call_id)), row.call_id in before,
            )
        )  # fmt: skip
    return found


def _risks(row: RevisitRow, rulebook: Rulebook, card: Scorecard) -> Iterable[Risk]:
    """What the call and its policy alone tell."""
    if row.outcome == Outcome.COMPLETED and (row.duration_s or 0) < card.short_s:
        yield Risk.SHORT
    policy = Policy(  # not stored: only what the rulebook's risk rules ask about
        channel=row.channel, product_type=row.product_type, frequency=row.frequency,
        double_recorded=row.double_recorded, holder_birth=row.holder_birth,
        payment_period=row.payment_period,
    )  # fmt: skip
    if risks_of(rulebook, risk_facts(policy, row.on.astimezone(LOCAL).date())):
        yield Risk.HOLDER


def _plan(
    line: Line, kind: str, days: Days, wanted: Wanted, seed: int, plan: Plan, by: str
) -> QualityPlan:
    return QualityPlan(
        kind=kind,
        first=days.first,
        last=days.last,
        seed=seed,
        share=wanted.share,
        least=wanted.least,
        by_risk=wanted.by_risk,
        every=wanted.every,
        twice=wanted.twice,
        population=plan.population,
        strata=[asdict(row) for row in plan.rows],
        scorecard=dict(line.scorecard),
        drawn_at=line.clock(),
        drawn_by=by,
    )


def _tasks(plan: QualityPlan, chosen: Sequence[Chosen]) -> Iterable[QualityTask]:
    for place, one in enumerate(chosen):
        for part in (Part.FIRST, Part.SECOND) if one.twice else (Part.FIRST,):
            yield _task(plan, one, place, part, SEATS[part], None)


def _task(
    plan: QualityPlan, one: Chosen, place: int, part: Part, seat: int, reviewer: str | None
) -> QualityTask:
    return QualityTask(
        call_id=one.call,
        plan_id=plan.id,
        part=part.value,
        seat=seat,
        place=place,
        by_chance=one.by_chance,
        risks=[risk.value for risk in one.risks],
        channel=one.stratum[0],
        product=one.stratum[1],
        reviewer=reviewer,
        claimed_at=plan.drawn_at if reviewer else None,
        draft=None,
        version=0,
    )
