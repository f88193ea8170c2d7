"""Faults of the rules of a rulebook: what contradicts itself or leaves something undecided."""

from collections.abc import Iterator, Sequence

from scripts import conditions
from scripts.faults import Fault
from scripts.model import Medium, Purpose
from scripts.outcomes import Outcome
from scripts.rulebooks.plain import Plain
from scripts.rulebooks.schema import (
    ClassShape,
    CoolingOffShape,
    FirstCallShape,
    FirstModesShape,
    InPeriodShape,
    KpiShape,
    OrderStepShape,
    ScriptChoiceShape,
    SellerWarningShape,
    TriggerShape,
)
from scripts.rulebooks.vocabulary import PeriodFrom, Screened, Unit
from scripts.yamlfile import Place

#: What a rule of the cooling-off period may look at: the plan knows no more of a policy.
_COOLING_OFF_FACTS = ("channel", "product_type")


def rule_faults(book: Plain) -> Iterator[Fault]:
    """Every fault of rules, in no order."""
    for find in (
        _triggers,
        _complete,
        _first,
        _cooling_off,
        _order,
        _kpis,
        _seller_warning,
        _scripts,
    ):
        yield from find(book)


def bad_rule(book: Plain, message: str, place: Place, part: str | None = None) -> Fault:
    """What contradicts itself or leaves something undecided."""
    return book.document.fault("bad-rule", message, place, part)


def _triggers(book: Plain) -> Iterator[Fault]:
    for place, shape in book.entries("triggers", TriggerShape):
        if bool(shape.outcomes) is bool(shape.codes or shape.statuses):
            message = "a trigger has either outcomes, or codes and statuses"
            yield bad_rule(book, message, place, shape.kind)
        elif not shape.outcomes and not shape.statuses:
            message = "a trigger with codes needs statuses, or it takes up nothing"
            yield bad_rule(book, message, place, shape.kind)


def _complete(book: Plain) -> Iterator[Fault]:
    """Every end of an attempt, and every objection to a list, must lead somewhere."""
    for key, wanted in (("retries", list(Outcome)), ("screening", list(Screened))):
        given = {name for name, _ in book.pairs(key)}
        missing = [name for name in wanted if name not in given]
        if missing and key in book.data:
            yield bad_rule(book, f"{key!r} does not say what follows {', '.join(missing)}", (key,))


def _first(book: Plain) -> Iterator[Fault]:
    """The first call, its ways, and the test of the period."""
    call = book.one("first_call", FirstCallShape)
    if call and call.by_days is not None and call.by_days < call.after_days:
        yield bad_rule(book, "first_call ends before it begins", ("first_call", "by_days"))
    modes = book.one("first_modes", FirstModesShape)
    if modes and bool(modes.special) is not bool(modes.special_when):
        message = "'special' ways of a first revisit need 'special_when', and the other way round"
        yield bad_rule(book, message, ("first_modes",))
    test = book.one("in_period", InPeriodShape)
    if test and (test.counts_from is PeriodFrom.ISSUE) is (test.days is None):
        message = "in_period counts 'days' from issue, and the cooling-off days from the receipt"
        yield bad_rule(book, message, ("in_period",))


def _cooling_off(book: Plain) -> Iterator[Fault]:
    found = list(book.entries("cooling_off", CoolingOffShape))
    for place, shape in found:
        yield from condition_faults(book, shape.when, place, _COOLING_OFF_FACTS)
    if found and found[-1][1].when:
        message = "the last rule must have no 'when', so that every policy has a period"
        yield bad_rule(book, message, ("cooling_off",))


def condition_faults(
    book: Plain, sources: Sequence[str], place: Place, facts: Sequence[str] = ()
) -> Iterator[Fault]:
    """Conditions that are none, or that ask for others than these ``facts``; none: any."""
    for source in sources:
        try:
            condition = conditions.parse(source)
        except ValueError as error:
            yield book.document.fault("bad-condition", str(error), place)
            continue
        if facts and condition.fact not in facts:
            message = f"it cannot depend on {condition.fact}: use {' or '.join(facts)}"
            yield book.document.fault("bad-condition", message, place)


def _order(book: Plain) -> Iterator[Fault]:
    """Every class that somebody works on has a place, whatever month it was issued in."""
    steps = [step for _, step in book.entries("processing_order", OrderStepShape)]
    placed = {name for step in steps if step.issued is None for name in step.classes}
    for place, shape in book.entries("classes", ClassShape):
        if steps and shape.opens_case and shape.id not in placed:
            message = f"'processing_order' has no place for {shape.id!r} of any month"
            yield bad_rule(book, message, place, shape.id)


def _kpis(book: Plain) -> Iterator[Fault]:
    for place, shape in book.entries("kpis", KpiShape):
        if (shape.unit is Unit.PERCENT) is (shape.of is None):
            message = "a percentage is counted 'of' something, a count of nothing"
            yield bad_rule(book, message, place, shape.id)
        steps = [point.at_least for point in shape.scale]
        if steps != sorted(set(steps), reverse=True):
            yield bad_rule(book, "the scale must run downward", place, shape.id)


def _seller_warning(book: Plain) -> Iterator[Fault]:
    shape = book.one("seller_warning", SellerWarningShape)
    if shape is None:
        return
    place = ("seller_warning",)
    if (shape.over is None) is (shape.under is None):
        yield bad_rule(book, "a warning has either 'over' or 'under', in percent", place)
    counted = {one.id for _, one in book.entries("kpis", KpiShape) if one.unit is Unit.COUNT}
    if shape.kpi in counted:
        message = f"{shape.kpi!r} is a count; a warning goes by a percentage"
        yield bad_rule(book, message, (*place, "kpi"))


def _scripts(book: Plain) -> Iterator[Fault]:
    """Every policy gets a script: the last choice for a purpose and a medium has no condition."""
    last: dict[tuple[str, str], tuple[Place, bool]] = {}
    for place, shape in book.entries("scripts", ScriptChoiceShape):
        yield from condition_faults(book, shape.when, place)
        yield from _same_period(book, shape, place)
        key = (shape.purpose, shape.medium)
        if key in last and last[key][1]:
            message = f"never used: an earlier choice for {shape.purpose} takes every policy"
            yield bad_rule(book, message, place)
        last[key] = (place, not shape.when)
    for (purpose, medium), (place, open_to_all) in last.items():
        if not open_to_all:
            message = (
                f"the last script for {purpose} by {medium} must have no 'when',"
                " so that every policy gets one"
            )
            yield bad_rule(book, message, place)
    for purpose in Purpose:
        if "scripts" in book.data and (purpose, Medium.PHONE) not in last:
            yield bad_rule(book, f"no script is named for {purpose} by phone", ("scripts",))


def _same_period(book: Plain, shape: ScriptChoiceShape, place: Place) -> Iterator[Fault]:
    """Where the period is counted from issue, scripts divide at the same day."""
    test = book.one("in_period", InPeriodShape)
    if test is None or test.days is None:
        return
    for source in shape.when:
        if not _divides_at(source, test.days):
            message = f"the period ends on day {test.days} since issue (in_period): use it here"
            yield bad_rule(book, message, place)


def _divides_at(source: str, last: int) -> bool:
    """Whether a condition on the days since issue has its bound at the last day of the period."""
    try:
        condition = conditions.parse(source)
    except ValueError:
        return True  # told already
    of_issue = condition.fact == "days_since_issue"
    return not of_issue or condition.at_most == last or condition.at_least == last + 1
