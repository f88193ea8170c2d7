"""Which script a policy gets: the first entry of the rulebook's list whose conditions hold."""

from scripts.conditions import Situation, all_hold
from scripts.model import Medium, Purpose
from scripts.rulebooks.model import Rulebook


def choose(
    rulebook: Rulebook,
    situation: Situation,
    purpose: Purpose = Purpose.REVISIT,
    medium: Medium = Medium.PHONE,
) -> str:
    """The id of the script; ``situation`` is conditions.situation(facts). Raises LookupError where
    the rulebook names none for this purpose and medium."""
    for choice in rulebook.scripts:
        meant = (choice.purpose, choice.medium) == (purpose, medium)
        if meant and all_hold(choice.when, situation):
            return choice.script_id
    raise LookupError(
        f"the rulebook {rulebook.id} names no script for {purpose} by {medium}: add it to 'scripts'"
    )
