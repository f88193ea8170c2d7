"""A rulebook (规则手册) as the rules that the scheduler follows."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.cooling_off import Start
from scheduler.hours import CallingHours, Span
from scheduler.rules import Retry, Rules
from scripts.facts import Channel
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
        first_call_after=rulebook.first_call.after_days,
        retries=_retries(rulebook),
        slot=timedelta(minutes=calling.gap_min),
    )


def _hours(rulebook: Rulebook) -> CallingHours:
    span = Span(rulebook.calling.opens, rulebook.calling.closes)
    return CallingHours(
        working_day=(span,),
        day_off=(span,) if rulebook.calling.weekends else (),
        holiday=(span,) if rulebook.calling.holidays else (),
    )


def _days(rulebook: Rulebook) -> Mapping[Channel, int]:
    """Days per channel, of those rules that look at the channel alone. The legal minimum of a
    product is the scheduler's own matter."""
    found: dict[Channel, int] = {}
    for rule in reversed(rulebook.cooling_off):
        channels = list(Channel) if not rule.when else []
        if len(rule.when) == 1 and rule.when[0].fact == "channel" and not rule.when[0].negated:
            channels = [Channel(value) for value in rule.when[0].values]
        found.update(dict.fromkeys(channels, rule.days))
    return found


def _retries(rulebook: Rulebook) -> Mapping[Outcome, Retry]:
    """The rulebook counts attempts that may end so, the scheduler the calls that follow them."""
    return {
        outcome: Retry(timedelta(minutes=rule.after_min), rule.most - 1)
        for outcome, rule in rulebook.retries.items()
        if rule.again
    }
