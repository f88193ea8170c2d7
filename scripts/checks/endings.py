"""Every question and every ending can be reached, and every path comes to an end."""

from collections.abc import Iterator

from scripts.checks import graph
from scripts.faults import Fault
from scripts.model import Event, Kind, Move, Question, Script, Step
from scripts.outcomes import TALKED, Outcome


def ending_faults(script: Script) -> list[Fault]:
    """Unreachable questions, endings nobody reaches, and questions aside that lead in circles."""
    return [
        *_unreachable(script),
        *_unused(script),
        *_endless(script),
        *_outcomes(script),
        *_turns(script),
    ]


def _unreachable(script: Script) -> Iterator[Fault]:
    if not graph.can_hold(script.covers):
        yield graph.fault(script, "unreachable", "no policy meets all of 'for'", field="for")
        return
    asked = {q.id for q in script.questions if graph.can_be_asked(script, q)}
    reached = asked | {q.id for q in graph.asides(script, script.questions)}
    for question in (*script.questions, *script.aside):
        if question.id not in reached:
            message = "is never asked: no policy meets its conditions and no answer leads to it"
            yield graph.fault(script, "unreachable", message, question)
    for question in script.questions[:-1]:
        tables = (question.on, question.on_with_care)
        if not all(any(map(_leads_on, table.values())) for table in tables):
            message = "no answer goes on from here: what stands behind it is never asked"
            yield graph.fault(script, "unreachable", message, question, "on")


def _leads_on(steps: tuple[Step, ...]) -> bool:
    return any(step.move is Move.NEXT for step in steps)


def _unused(script: Script) -> Iterator[Fault]:
    reached = {script.finish, script.exhausted}
    for question in (*script.questions, *graph.asides(script, script.questions)):
        reached |= _reached(question)
    for ending in script.endings:
        if ending.id not in reached:
            message = f"no answer leads to the ending {ending.id}"
            yield graph.fault(script, "unused-ending", message, ending)
        for number, saying in enumerate(ending.says):
            if not graph.can_hold(saying.when):
                message = "is never said: its conditions rule each other out"
                yield graph.fault(script, "unreachable", message, ending, f"says.{number}")


def _reached(question: Question) -> set[str]:
    """The endings that an answer can lead to; only where a time is asked for is one heard."""
    return {
        step.target
        for event in Event
        if event is not Event.TIMED or question.kind is Kind.TIME
        for step in graph.row(question, event)
        if step.move is Move.END
    }


def _endless(script: Script) -> Iterator[Fault]:
    for question in script.aside:
        if question in graph.asides(script, [question]):
            yield graph.fault(script, "endless", "leads back to itself", question)
        elif _goes_on(question):
            yield graph.fault(script, "endless", "a question aside cannot lead to 'next'", question)


def _turns(script: Script) -> Iterator[Fault]:
    """Everybody's questions, each said once more, must fit into a call."""
    least = 2 * sum(not question.when for question in script.questions)
    if script.limits.turns < least:
        message = f"{script.limits.turns} turns end the call too soon: allow {least} at least"
        yield graph.fault(script, "too-few-turns", message, field="limits.turns")


def _goes_on(question: Question) -> bool:
    return _leads_on(tuple(graph.steps(question)))


def _outcomes(script: Script) -> Iterator[Fault]:
    finish = script.ending(script.finish)
    if finish is not None and finish.outcome is not Outcome.COMPLETED:
        message = f"the ending after the last question has the outcome {finish.outcome}"
        yield graph.fault(script, "no-completed-ending", message, finish, "outcome")
    for ending in script.endings:
        if ending.outcome not in TALKED:
            message = f"a conversation never comes to {ending.outcome}: that is the carrier's word"
            yield graph.fault(script, "unknown-ending", message, ending, "outcome")
        if ending.hand_over is not (ending.outcome is Outcome.TRANSFERRED):
            message = "'hand_over: true' and the outcome transferred belong together"
            yield graph.fault(script, "wrong-kind", message, ending, "hand_over")
        if ending.hand_over and ending.otherwise not in TALKED - {Outcome.TRANSFERRED}:
            message = f"when nobody is free the call never comes to {ending.otherwise}"
            yield graph.fault(script, "unknown-ending", message, ending, "otherwise")
