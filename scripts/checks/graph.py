"""The script as a graph: which facts can meet, which questions are asked then, and where every
answer can lead. Shared by the checks; finds no fault itself."""

from collections.abc import Iterable, Iterator
from itertools import product

from scripts.conditions import CHOICES, FLAGS, Situation, Value, all_hold
from scripts.facts import Frequency
from scripts.faults import Fault, Severity
from scripts.model import Move, Question, Script, Step

#: More combinations than this are not tried one by one; conditions so entangled are a fault of
#: their own (FLAGS has about ten words, so this is never met by a sane script).
MOST_SITUATIONS = 20_000
#: What the mandatory items depend on, whether or not the script asks for it.
_ALWAYS = ("instalments", "insured_is_holder", "double_recorded", "product_type")


def situations(script: Script) -> Iterator[dict[str, Value]]:
    """Every combination of the facts that conditions or mandatory items depend on."""
    used = {c.fact for q in script.questions for c in q.when}
    names = sorted(used & (FLAGS.keys() | CHOICES.keys()) | set(_ALWAYS))
    options: list[tuple[Value, ...]] = [
        CHOICES[name][1] if name in CHOICES else (True, False) for name in names
    ]
    for number, values in enumerate(product(*options)):
        if number >= MOST_SITUATIONS:
            return
        given: dict[str, Value] = dict(zip(names, values, strict=True))
        if _can_be(given):
            yield given


def _can_be(given: Situation) -> bool:
    frequency = given.get("frequency")
    return frequency is None or (frequency != Frequency.SINGLE) is given["instalments"]


def asked(script: Script, given: Situation) -> tuple[Question, ...]:
    """The questions of the path in this situation."""
    return tuple(q for q in script.questions if all_hold(q.when, given))


def steps(question: Question) -> Iterable[Step]:
    """Every step that any answer to the question can lead to."""
    for routes in (question.on, question.on_with_care):
        for row in routes.values():
            yield from row


def targets(question: Question, move: Move) -> set[str]:
    """The endings (or questions aside) that an answer to this question can lead to."""
    return {step.target for step in steps(question) if step.move is move}


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


def fault(
    script: Script,
    code: str,
    message: str,
    part: Question | None = None,
    *,
    line: int | None = None,
    name: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Fault:
    """A fault of this script; its line is the part's own."""
    place = part.line if part else line
    return Fault(code, message, script.id, part.id if part else name, place, severity)
