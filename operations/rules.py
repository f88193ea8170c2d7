"""A rulebook (规则手册) as the rules that the scheduler follows."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.cooling_off import Start
from scheduler.hours import CallingHours, Span
from scheduler.rules import Retry, Rules
from scripts.conditions import all_hold
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome
from scripts.rulebooks import Rulebook, StartRule

_STARTS = {StartRule.DAY_AFTER: Start.NEXT_DAY, StartRule.SAME_DAY: Start.SIGNING_DAY}


def scheduling_rules(rulebook: Rulebook) -> Rules:
    """What the scheduler needs of a rulebook, in its own words."""
    calling = rulebook.calling
    return Rules(
        hours=_hours(rulebook),
        cooling_off_start=_STARTS[rulebook.cooling_off_start],
        default_days=_days(rulebook),
        max_per_day=calling.per_day,
        max_attempts=calling.per_revisit,
        first_call_from=rulebook.first_call.counts_from,
        first_call_after=rulebook.first_call.after_days,
        retries=_retries(rulebook),
        gap=timedelta(minutes=calling.gap_min),
    )


def _hours(rulebook: Rulebook) -> CallingHours:
    span = Span(rulebook.calling.opens, rulebook.calling.closes)
    return CallingHours(
        working_day=(span,),
        day_off=(span,) if rulebook.calling.weekends else (),
        holiday=(span,) if rulebook.calling.holidays else (),
    )


def _days(rulebook: Rulebook) -> Mapping[tuple[Channel, ProductType], int]:
    """Days of the first rule that holds, for every channel and product type. The legal minimum is
    the scheduler's own matter."""
    return {
        (channel, product): _first_days(rulebook, channel, product)
        for channel in Channel
        for product in ProductType
    }


def _first_days(rulebook: Rulebook, channel: Channel, product: ProductType) -> int:
    given = {"channel": channel.value, "product_type": product.value}
    return next(rule.days for rule in rulebook.cooling_off if all_hold(rule.when, given))


def _retries(rulebook: Rulebook) -> Mapping[Outcome, Retry]:
    """The rulebook counts attempts that may end so, the scheduler the calls that follow them."""
    return {
        outcome: Retry(timedelta(minutes=rule.after_min), rule.most - 1)
        for outcome, rule in rulebook.retries.items()
        if rule.again
    }
