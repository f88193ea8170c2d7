"""Which customers are at risk (domain.md 2.4): the rulebook's rules against the facts of a policy.
Pure; what follows from a risk is the scheduler's matter."""

from scripts.conditions import Situation, all_hold
from scripts.rulebooks.model import Rulebook

#: What a risk rule may look at: the plan knows no more of a policy before it is rung.
RISK_FACTS = (
    "channel", "product_type", "frequency", "double_recorded", "holder_age",
    "payment_years_plus_age",
)  # fmt: skip


def risks_of(rulebook: Rulebook, given: Situation) -> tuple[str, ...]:
    """The ids of the risk rules that hold, in the order of the rulebook. ``given`` answers
    RISK_FACTS; what is unknown is no risk."""
    return tuple(rule.id for rule in rulebook.risk.rules if all_hold(rule.when, given))
