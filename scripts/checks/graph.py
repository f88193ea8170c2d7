"""The script as a graph: which facts can meet, which questions are asked then, and where every
answer can lead. Shared by the checks; finds no fault itself."""

from collections.abc import Iterable, Iterator
from itertools import product

from scripts.conditions import (
    CHOICES,
    DOUBTED,
    ELDERLY_FROM,
    NUMBERS,
    Condition,
    Situation,
    Value,
    all_hold,
)
from scripts.facts import Frequency
from scripts.faults import Fault, Severity
from scripts.model import Ending, Event, Move, Question, Script, Step

#: More combinations than this are not tried. Only the facts that a group of conditions names are
#: combined: the library needs 180 at most.
MOST_SITUATIONS = 5_000
#: Facts that cannot be combined freely: who names one must try the others too.
_TOGETHER = (
    frozenset({"instalments", "frequency", "payment_period_known"}),
    frozenset({"elderly", "holder_age"}),
)


class TooManySituationsError(ValueError):
    """The conditions name so many facts that not every combination can be tried."""


def situations(
    conditions: Iterable[Condition], must: Iterable[Condition] = ()
) -> Iterator[dict[str, Value]]:
    """Every possible combination of the facts that these conditions name, in which all of ``must``
    hold. Raises TooManySituationsError on the way rather than leave one out."""
    wanted = tuple(must)
    listed = (*conditions, *wanted)
    named = {condition.fact for condition in listed}
    for together in _TOGETHER:
        named |= together if named & together else frozenset()
    names = sorted(named)
    options = [_options(name, listed, wanted) for name in names]
    for number, values in enumerate(product(*options)):
        if number >= MOST_SITUATIONS:
            raise TooManySituationsError
        given: dict[str, Value] = dict(zip(names, values, strict=True))
        if _can_be(given):
            yield given


def _options(
    name: str, listed: tuple[Condition, ...], wanted: tuple[Condition, ...]
) -> tuple[Value, ...]:
    """The values of a fact that make a difference, without those that a wanted condition rules
    out: each condition asks for one fact."""
    own = tuple(condition for condition in wanted if condition.fact == name)
    return tuple(value for value in _values(name, listed) if all_hold(own, {name: value}))


def _values(name: str, conditions: tuple[Condition, ...]) -> tuple[Value, ...]:
    """The values of a fact that can make a difference to these conditions."""
    if name in CHOICES:
        return CHOICES[name][1]
    if name in NUMBERS:
        bounds = {c.at_least for c in conditions if c.fact == name and c.at_least is not None}
        bounds |= {c.at_most for c in conditions if c.fact == name and c.at_most is not None}
        bounds |= {ELDERLY_FROM} if name == "holder_age" else set()
        near = {bound + step for bound in bounds for step in (-1, 0, 1)}
        return (*sorted(n for n in near if n >= 0), None)
    if name == DOUBTED:
        return tuple(_doubts(conditions))
    return (True, False)


def _doubts(conditions: tuple[Condition, ...]) -> Iterator[frozenset[str]]:
    """Every set of doubted codes that these conditions can tell apart: codes that stand in the same
    conditions are doubted together."""
    asking = [frozenset(c.values) for c in conditions if c.fact == DOUBTED]
    alike: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(frozenset[str]().union(*asking)):
        alike.setdefault(tuple(code in one for one in asking), set()).add(code)
    for chosen in product((False, True), repeat=len(alike)):
        groups = (group for group, taken in zip(alike.values(), chosen, strict=True) if taken)
        yield frozenset[str]().union(*groups)


def _can_be(given: Situation) -> bool:
    if "frequency" in given and (
        (given["frequency"] != Frequency.SINGLE) is not given["instalments"]
        or (given["payment_period_known"] and not given["instalments"])
    ):
        return False
    if given.get("payment_years_plus_age") is not None and not given.get(
        "payment_period_known", True
    ):
        return False
    if "elderly" in given:
        age = given["holder_age"]
        return given["elderly"] is (isinstance(age, int) and age >= ELDERLY_FROM)
    return True


def asked(question: Question, given: Situation) -> bool:
    """Whether the question is asked in this situation."""
    return all_hold(question.when, given)


def can_be_asked(script: Script, question: Question) -> bool:
    """Whether there is a policy of this script, and a course of the call, that asks it."""
    return can_hold((*script.covers, *question.when))


def can_hold(conditions: tuple[Condition, ...]) -> bool:
    """Whether these conditions can all be met at once."""
    try:
        return any(True for _ in situations((), conditions))
    except TooManySituationsError:
        return True  # not shown to be impossible


def steps(question: Question) -> Iterable[Step]:
    """Every step that any answer to the question can lead to."""
    for routes in (question.on, question.on_with_care):
        for row in routes.values():
            yield from row


def row(question: Question, event: Event) -> tuple[Step, ...]:
    """The steps after this answer, those for older holders included."""
    return (*question.on.get(event, ()), *question.on_with_care.get(event, ()))


def targets(question: Question, move: Move) -> set[str]:
    """The endings (or questions aside) that an answer to this question can lead to."""
    return {step.target for step in steps(question) if step.move is move}


def ends(script: Script, question: Question) -> set[str]:
    """The endings that an answer to this question can lead to, questions aside included."""
    found = targets(question, Move.END)
    for one in asides(script, [question]):
        found |= targets(one, Move.END)
    return found


def asides(script: Script, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions aside that can be reached from these questions, directly or through others."""
    known = {question.id: question for question in script.aside}
    reached: dict[str, Question] = {}
    waiting = list(questions)
    while waiting:
        for target in targets(waiting.pop(), Move.ASK):
            if target in known and target not in reached:
                reached[target] = known[target]
                waiting.append(known[target])
    return tuple(reached.values())


def describe(given: Situation) -> str:
    """A situation in words: ``channel is bank, not instalments``."""
    return ", ".join(_named(name, value) for name, value in sorted(given.items()))


def _named(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, frozenset):
        return f"{name} {', '.join(sorted(value))}" if value else f"nothing {name}"
    return f"{name} is {'unknown' if value is None else value}"


def fault(
    script: Script,
    code: str,
    message: str,
    part: Question | Ending | None = None,
    field: str = "",
    severity: Severity = Severity.ERROR,
) -> Fault:
    """A fault of this script, at a field of a part: where that stands, or else where the part or
    the script begins."""
    name = part.id if part else ""
    mark = script.mark(name, field)
    return Fault(
        code, message, script.id, name or None, mark.line, severity, mark.column, mark.file
    )
