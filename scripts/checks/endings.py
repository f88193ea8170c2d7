"""Every question and every ending can be reached, and every path comes to an end."""

from collections.abc import Iterator

from scripts.checks import graph
from scripts.faults import Fault, Severity
from scripts.model import Move, Question, Script
from scripts.outcomes import TALKED, Outcome


def ending_faults(script: Script) -> list[Fault]:
    """Unreachable questions, endings nobody reaches, and questions aside that lead in circles."""
    return [
        *_unreachable(script),
        *_unused(script),
        *_endless(script),
        *_outcomes(script),
    ]


def _unreachable(script: Script) -> Iterator[Fault]:
    asked = {q.id for given in graph.situations(script) for q in graph.asked(script, given)}
    reached = asked | {q.id for q in graph.asides(script, script.questions)}
    for question in (*script.questions, *script.aside):
        if question.id not in reached:
            message = "is never asked: no policy meets its conditions and no answer leads to it"
            yield graph.fault(script, "unreachable", message, question)


def _unused(script: Script) -> Iterator[Fault]:
    reached = {script.finish, script.exhausted}
    for question in (*script.questions, *graph.asides(script, script.questions)):
        reached |= graph.targets(question, Move.END)
    for ending in script.endings:
        if ending.id not in reached:
            message = f"no answer leads to the ending {ending.id}"
            yield graph.fault(script, "unused-ending", message, line=ending.line, name=ending.id)


def _endless(script: Script) -> Iterator[Fault]:
    for question in script.aside:
        if question in graph.asides(script, [question]):
            yield graph.fault(script, "endless", "leads back to itself", question)
        elif _goes_on(question):
            yield graph.fault(script, "endless", "a question aside cannot lead to 'next'", question)


def _goes_on(question: Question) -> bool:
    return any(step.move is Move.NEXT for step in graph.steps(question))


def _outcomes(script: Script) -> Iterator[Fault]:
    finish = script.ending(script.finish)
    if finish is not None and finish.outcome is not Outcome.COMPLETED:
        message = f"the ending after the last question has the outcome {finish.outcome}"
        yield graph.fault(script, "no-completed-ending", message, line=finish.line, name=finish.id)
    for ending in script.endings:
        if ending.outcome not in TALKED:
            message = f"a conversation never comes to {ending.outcome}: that is the carrier's word"
            yield graph.fault(
                script, "unknown-ending", message, line=ending.line, name=ending.id,
                severity=Severity.ERROR,
            )  # fmt: skip
