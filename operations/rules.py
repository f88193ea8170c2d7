"""A rulebook (规则手册) as the rules that the scheduler follows, in the scheduler's own words. It
decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from scheduler.cooling_off import Start
from scheduler.hours import CallingHours, Span, Spans
from scheduler.rules import Retry, Rules
from scheduler.workdays import NO_DAYS, OwnDays
from scripts import rulebooks
from scripts.conditions import all_hold
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause
from scripts.rulebooks import (
    CoolingOff,
    FirstCallFrom,
    Hours,
    Rulebook,
    StartRule,
    case_place,
    risks_of,
)

__all__ = ["case_place", "risks_of", "scheduling_rules"]

_STARTS = {StartRule.DAY_AFTER: Start.NEXT_DAY, StartRule.SAME_DAY: Start.SIGNING_DAY}


def scheduling_rules(rulebook: Rulebook, own_days: OwnDays = NO_DAYS) -> Rules:
    """What the scheduler needs of a rulebook and of an insurer's own days. Made once for each pair:
    it is asked for at every decision."""
    return _made(_Pair(rulebook, own_days))


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """The two objects themselves: comparing them part by part would take longer than a decision,
    and neither changes."""

    rulebook: Rulebook
    own_days: OwnDays

    def __hash__(self) -> int:
        return hash((id(self.rulebook), id(self.own_days)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Pair)
            and self.rulebook is other.rulebook
            and self.own_days is other.own_days
        )


@lru_cache(maxsize=64)
def _made(pair: _Pair) -> Rules:
    rulebook = pair.rulebook
    calling, first, whole = rulebook.calling, rulebook.first_call, rulebook.whole_within
    return Rules(
        hours=_hours(calling.hours, pair.own_days),
        cooling_off_start=_starts(rulebook),
        default_days=_days(rulebook),
        per_person=calling.per_day,
        per_number=calling.per_day_number,
        per_revisit=calling.per_revisit,
        first_call_from=first.counts_from,
        first_call_after=first.after_days,
        first_call_by=first.by_days,
        whole_within=whole.days if whole else None,
        whole_from=whole.counts_from if whole else FirstCallFrom.RECEIPT_RETURNED,
        after_period=rulebook.after_period,
        retries=_retries(rulebook),
        gap=timedelta(minutes=calling.gap_min),
        risk_slots=rulebook.risk.earlier_slots,
        case_places=len(rulebook.processing_order),
    )


def _hours(hours: Hours, own_days: OwnDays) -> CallingHours:
    return CallingHours(
        working_day=_spans(hours.working),
        day_off=_spans(hours.day_off),
        holiday=_spans(hours.holiday),
        weekdays=tuple((weekday, _spans(spans)) for weekday, spans in hours.weekdays),
        own=own_days,
    )


def _spans(spans: tuple[rulebooks.Span, ...]) -> Spans:
    return tuple(Span(span.start, span.end) for span in spans)


def _days(rulebook: Rulebook) -> Mapping[tuple[Channel, ProductType], int]:
    """Days of the first rule that holds, for every channel and product type. The legal minimum is
    the scheduler's own matter."""
    return {key: rule.days for key, rule in _cooling_off(rulebook).items()}


def _starts(rulebook: Rulebook) -> Mapping[tuple[Channel, ProductType], Start]:
    """The first day of the period, by the same rule."""
    return {key: _STARTS[rule.starts] for key, rule in _cooling_off(rulebook).items()}


def _cooling_off(rulebook: Rulebook) -> Mapping[tuple[Channel, ProductType], CoolingOff]:
    return {
        (channel, product): _first_rule(rulebook, channel, product)
        for channel in Channel
        for product in ProductType
    }


def _first_rule(rulebook: Rulebook, channel: Channel, product: ProductType) -> CoolingOff:
    given = {"channel": channel.value, "product_type": product.value}
    return next(rule for rule in rulebook.cooling_off if all_hold(rule.when, given))


def _retries(rulebook: Rulebook) -> Mapping[Cause, Retry]:
    """The rulebook counts attempts that may end so, the scheduler the calls that follow them. A
    cause after which nobody is rung stays in: it may be finer than one that is rung again."""
    return {
        cause: Retry(
            timedelta(minutes=rule.after_min),
            rule.most - 1 if rule.again else 0,
            rule.other_number,
            rule.then,
        )
        for cause, rule in rulebook.retries.items()
    }
