"""A rulebook's shape as its model: a change of words only. Everything that can be wrong has been
found before."""

from collections.abc import Sequence

from scripts import conditions
from scripts.conditions import Condition
from scripts.rulebooks.model import (
    Calling,
    CaseClass,
    Conflict,
    CoolingOff,
    Deadline,
    Family,
    FirstCall,
    FirstModes,
    Hours,
    InPeriod,
    Kind,
    Kpi,
    OrderStep,
    OtherWay,
    Retry,
    Risk,
    RiskRule,
    Rulebook,
    ScalePoint,
    ScriptChoice,
    SecondRevisit,
    SellerWarning,
    Silence,
    Span,
    Success,
    Trigger,
    WholeWithin,
)
from scripts.rulebooks.schema import (
    WEEKDAYS,
    CallingShape,
    ClassShape,
    DeadlineShape,
    FamilyShape,
    FirstModesShape,
    HoursShape,
    KpiShape,
    RiskShape,
    RulebookShape,
    SellerWarningShape,
    SuccessShape,
    TriggerShape,
    WholeWithinShape,
    clocks,
)


def rulebook(shape: RulebookShape, conflicts: Sequence[Conflict]) -> Rulebook:
    """The model of a sound shape."""
    first, test = shape.first_call, shape.in_period
    return Rulebook(
        id=shape.id,
        version=shape.version,
        title=shape.title,
        source=shape.source,
        silent=tuple(Silence(s.field, s.taken, s.source) for s in shape.silent),
        conflicts=tuple(conflicts),
        classes=tuple(_class(part) for part in shape.classes),
        families=tuple(_family(part) for part in shape.families),
        kinds=tuple(Kind(k.id, k.family, k.number, k.name, k.found_by) for k in shape.kinds),
        triggers=tuple(trigger(part) for part in shape.triggers),
        precedence=tuple(shape.precedence),
        processing_order=tuple(
            OrderStep(frozenset(step.classes), step.issued) for step in shape.processing_order
        ),
        clean_class=shape.clean_class,
        success=_success(shape.success),
        exhausted_kind=shape.exhausted_kind,
        exhausted_kinds=shape.exhausted_kinds,
        screening=shape.screening,
        retries={cause: Retry(**part.model_dump()) for cause, part in shape.retries.items()},
        calling=_calling(shape.calling),
        cooling_off=_cooling_off(shape),
        first_call=FirstCall(first.counts_from, first.after_days, first.by_days),
        in_period=InPeriod(test.counts_from, test.days),
        whole_within=_whole_within(shape.whole_within),
        after_period=shape.after_period.days if shape.after_period else 0,
        risk=_risk(shape.risk),
        other_ways=tuple(OtherWay(one.way, one.needs_days) for one in shape.other_ways),
        handover=_deadline(shape.handover),
        at_risk_below=shape.forecast.at_risk_below,
        first_modes=_modes(shape.first_modes),
        second_revisit=SecondRevisit(
            shape.second_revisit.by, shape.second_revisit.seller_may_handle
        ),
        complaint_reply=_deadline(shape.complaint_reply),
        group_visit_from=shape.group_visit.from_persons,
        police=shape.police,
        monthly_report_by=shape.monthly_report.by_day,
        kpis=tuple(_kpi(part) for part in shape.kpis),
        problem_classes=_problem_classes(shape),
        seller_warning=_seller_warning(shape.seller_warning),
        scripts=_scripts(shape),
    )


def trigger(shape: TriggerShape) -> Trigger:
    """One trigger."""
    return Trigger(
        kind_id=shape.kind,
        codes=frozenset(shape.codes),
        statuses=frozenset(shape.statuses),
        doubts=frozenset(shape.doubts),
        outcomes=frozenset(shape.outcomes),
        values=frozenset(shape.values),
    )


def _class(shape: ClassShape) -> CaseClass:
    return CaseClass(shape.id, shape.name, shape.opens_case, shape.next_action)


def _family(shape: FamilyShape) -> Family:
    return Family(
        shape.id,
        shape.class_id,
        shape.name,
        _deadline(shape.deadline) if shape.deadline else None,
        shape.owner,
        shape.seller_may_handle,
        shape.proof,
        tuple(frozenset(every) for every in shape.closed_by),
    )


def _deadline(shape: DeadlineShape) -> Deadline:
    return Deadline(shape.days, shape.calendar)


def _success(shape: SuccessShape) -> Success:
    return Success(
        frozenset(shape.outcomes),
        shape.holder_in_person,
        shape.with_problem,
        shape.signed_on_paper,
    )


def _calling(shape: CallingShape) -> Calling:
    return Calling(_hours(shape.hours), **shape.model_dump(exclude={"hours"}))


def _hours(shape: HoursShape) -> Hours:
    own = ((number, getattr(shape, name)) for number, name in enumerate(WEEKDAYS))
    return Hours(
        _spans(shape.working),
        _spans(shape.day_off),
        _spans(shape.holiday),
        tuple((number, _spans(texts)) for number, texts in own if texts is not None),
    )


def _spans(texts: Sequence[str]) -> tuple[Span, ...]:
    return tuple(sorted((Span(*clocks(text)) for text in texts), key=lambda span: span.start))


def _risk(shape: RiskShape) -> Risk:
    rules = (RiskRule(rule.id, rule.name, _conditions(rule.when)) for rule in shape.rules)
    return Risk(shape.earlier_slots, tuple(rules))


def _cooling_off(shape: RulebookShape) -> tuple[CoolingOff, ...]:
    return tuple(
        CoolingOff(part.days, part.starts or shape.cooling_off_start, _conditions(part.when))
        for part in shape.cooling_off
    )


def _whole_within(shape: WholeWithinShape | None) -> WholeWithin | None:
    return WholeWithin(shape.days, shape.counts_from) if shape else None


def _modes(shape: FirstModesShape) -> FirstModes:
    return FirstModes(tuple(shape.always), tuple(shape.special), tuple(shape.special_when))


def _kpi(shape: KpiShape) -> Kpi:
    scale = tuple(ScalePoint(point.at_least, point.points) for point in shape.scale)
    return Kpi(shape.id, shape.name, shape.counts, shape.of, shape.unit, scale, shape.source)


def _problem_classes(shape: RulebookShape) -> frozenset[str]:
    """Those named; else every class on which somebody must act."""
    opening = (one.id for one in shape.classes if one.opens_case)
    return frozenset(shape.problem_classes or opening)


def _seller_warning(shape: SellerWarningShape | None) -> SellerWarning | None:
    return SellerWarning(shape.kpi, shape.over, shape.under, shape.policies) if shape else None


def _scripts(shape: RulebookShape) -> tuple[ScriptChoice, ...]:
    return tuple(
        ScriptChoice(part.script, part.purpose, part.medium, _conditions(part.when))
        for part in shape.scripts
    )


def _conditions(sources: Sequence[str]) -> tuple[Condition, ...]:
    return tuple(conditions.parse(source) for source in sources)
