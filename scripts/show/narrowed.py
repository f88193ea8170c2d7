"""A script as one policy meets it: only its questions, the routes of its holder's age, and no
condition that its facts decide. Pure."""

from dataclasses import replace

from scripts import position
from scripts.conditions import Condition, holds
from scripts.facts import Facts
from scripts.model import Ending, Question, Script
from scripts.position import Path


def for_policy(script: Script, facts: Facts) -> Script:
    """The script for this policy. Conditions that only the course of the call decides stay."""
    here = position.path(script, facts)
    return replace(
        script,
        questions=tuple(_question(one, here) for one in here.questions),
        aside=tuple(_question(one, here) for one in script.aside),
        endings=tuple(_ending(one, here) for one in script.endings),
        covers=(),
    )


def _question(question: Question, here: Path) -> Question:
    routes = question.on_with_care if here.careful else question.on
    return replace(question, when=question.of_call, on=routes, on_with_care=routes)


def _ending(ending: Ending, here: Path) -> Ending:
    """The ending without what is never said to this holder. The last saying has no condition."""
    can_be = [one for one in ending.says if all(_open(condition, here) for condition in one.when)]
    says = (replace(one, when=tuple(c for c in one.when if c.of_call)) for one in can_be)
    return replace(ending, says=tuple(says))


def _open(condition: Condition, here: Path) -> bool:
    return condition.of_call or holds(condition, here.situation)
