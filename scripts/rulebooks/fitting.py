"""Whether a rulebook gives every policy a script that exists, serves the purpose and is meant for
the policy. It looks at every combination of the facts that any condition asks for. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from scripts.conditions import (
    CHOICES,
    ELDERLY_FROM,
    FLAGS,
    NUMBERS,
    Condition,
    Situation,
    Value,
    all_hold,
)
from scripts.faults import Fault
from scripts.model import Medium, Purpose, Script
from scripts.rulebooks.choice import choose
from scripts.rulebooks.model import Rulebook, ScriptChoice
from scripts.yamlfile import Document


def unfit_scripts(
    book: Rulebook, document: Document, scripts: Mapping[str, Script]
) -> Iterator[Fault]:
    """A fault for every choice whose script is unknown, for another purpose, or not for some of
    the policies that get it. ``scripts`` are all that exist, by id."""
    for index, choice in enumerate(book.scripts):
        for code, message in _objections(book, choice, scripts):
            yield document.fault(code, message, ("scripts", index), choice.script_id)


def _objections(
    book: Rulebook, choice: ScriptChoice, scripts: Mapping[str, Script]
) -> Iterator[tuple[str, str]]:
    script = scripts.get(choice.script_id)
    if script is None:
        known = ", ".join(sorted(scripts))
        yield "unknown-script", f"there is no script {choice.script_id!r}: use one of {known}"
        return
    if (script.purpose, script.medium) != (choice.purpose, choice.medium):
        yield (
            "unfit-script",
            f"{script.id} is a script for {script.purpose} by {script.medium},"
            f" not for {choice.purpose} by {choice.medium}",
        )
    for given in _situations(book, choice.purpose, choice.medium, script):
        chosen = all_hold(choice.when, given)
        first = choose(book, given, choice.purpose, choice.medium) == script.id
        if chosen and first and not all_hold(script.covers, given):
            yield "unfit-script", f"{script.id} is not meant for a policy with {_shown(given)}"
            return


def _situations(
    book: Rulebook, purpose: Purpose, medium: Medium, script: Script
) -> Iterator[dict[str, Value]]:
    """Every combination of what the conditions at hand ask for."""
    asked = [*script.covers]
    for choice in book.scripts:
        if (choice.purpose, choice.medium) == (purpose, medium):
            asked += choice.when
    facts = {condition.fact for condition in asked}
    if "elderly" in facts:  # follows from the age
        facts = (facts - {"elderly"}) | {"holder_age"}
        asked.append(Condition("holder_age", at_least=ELDERLY_FROM))
    names = sorted(facts)
    for values in product(*(_values(name, asked) for name in names)):
        given = dict(zip(names, values, strict=True))
        age = given.get("holder_age")
        yield given | {"elderly": isinstance(age, int) and age >= ELDERLY_FROM}


def _values(fact: str, asked: Iterable[Condition]) -> Sequence[Value]:
    if fact in FLAGS:
        return (True, False)
    if fact in CHOICES:
        return CHOICES[fact][1]
    assert fact in NUMBERS
    bounds = {
        bound
        for condition in asked
        if condition.fact == fact
        for bound in (condition.at_least, condition.at_most)
        if bound is not None
    }
    return (None, *sorted({bound + step for bound in bounds for step in (-1, 0, 1)}))


def _shown(given: Situation) -> str:
    return ", ".join(f"{name} {_word(value)}" for name, value in given.items() if name != "elderly")


def _word(value: Value) -> str:
    if value is None:
        return "unknown"
    return str(value) if not isinstance(value, bool) else ("yes" if value else "no")
