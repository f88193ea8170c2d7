"""What follows an answer, in the words of people: which answers, what is tried first, where they
lead in the end. Pure; knows no layout."""

from collections.abc import Iterable
from itertools import groupby

from scripts.model import Event, Kind, Move, Polarity, Question, Script, Step
from scripts.show.flow import Route
from scripts.show.sentences import say
from scripts.show.terms import term
from scripts.show.wording import name

_FIRST = ord("①")


def event(which: Event, question: Question | None, language: str) -> str:
    """What an answer is called on this question: on the closing question 没有 is the good one."""
    if question is not None and which in (Event.AFFIRM, Event.DENY):
        if question.kind is Kind.IDENTITY:
            return term("proved", which, language)
        if question.polarity is Polarity.NEGATIVE:
            return term("reversed", which, language)
    return term("event", which, language)


def answers(which: Iterable[Event], question: Question | None, language: str) -> str:
    """Several answers that are followed alike."""
    return say("list", language).join(event(one, question, language) for one in which)


def edge(route: Route, question: Question | None, language: str) -> str:
    """Which answer leads out of a question: 说不清，第3次（先说明，再换说法）."""
    named = answers(route.events, question, language)
    before = [term("tried", step.move, language) for step in route.steps[:-1]]
    if not before:
        return with_care(route, named, language)
    told = say(
        "edge-nth", language, events=named, nth=nth(route.events, len(route.steps), language),
        before=say("tried", language, moves=say("tried-next", language).join(before)),
    )  # fmt: skip
    return with_care(route, told, language)


def stays(route: Route, question: Question | None, language: str) -> str:
    """What follows answers that end nothing: 要求解释：①说明后再问 ②记下，接着问."""
    named = answers(route.events, question, language)
    told = say("stays", language, events=named, chain=chain(route, language))
    return with_care(route, told, language)


def chain(route: Route, language: str) -> str:
    """The steps in order, numbered when there are several."""
    return " ".join(steps(route, language))


def steps(route: Route, language: str) -> list[str]:
    """The steps in order, equal ones together: ①②慢速再问, ③. An ending is named by its arrow."""
    moves = [move(step, route, language) for step in route.steps]
    if len(moves) == 1:
        return moves
    numbered = enumerate(moves, start=_FIRST)
    return [
        "".join(chr(number) for number, _ in same) + words
        for words, group in groupby(numbered, key=lambda one: one[1])
        for same in (list(group),)
    ]


def move(step: Step, route: Route, language: str) -> str:
    """One step in words; nothing for one that leads away. A clear yes needs no note."""
    if step.move in (Move.END, Move.ASK):
        return ""
    if step.move is Move.NEXT and route.events == (Event.AFFIRM,):
        return say("goes-on", language)
    return term("move", step.move, language)


def whole_chain(route: Route, script: Script, language: str) -> str:
    """The steps in order with the places they lead to: ①说明后再问 ②结束〔转人工 person〕."""
    told = steps(route, language)
    return " ".join([*told[:-1], told[-1] + leads_to(route.last, script, language)])


def leads_to(step: Step, script: Script, language: str) -> str:
    """The ending or question aside that a step leads to; nothing for one that goes on."""
    if step.move is Move.ASK:
        aside = script.question(step.target)
        named = name(aside, language) if aside else ""
        return say("asks", language, name=named, id=step.target)
    if step.move is Move.END:
        return say("ends", language, name=outcome(step.target, script, language), id=step.target)
    return ""


def outcome(ending_id: str, script: Script, language: str) -> str:
    """What an ending comes to."""
    ending = script.ending(ending_id)
    return term("outcome", ending.outcome, language) if ending else ending_id


def nth(events: Iterable[Event], times: int, language: str) -> str:
    """第三次; silences count only in a row."""
    key = "nth-in-a-row" if set(events) == {Event.SILENCE} else "nth"
    return say(key, language, n=times)


def with_care(route: Route, told: str, language: str) -> str:
    """The words, with the age from which they hold where that is not everybody's."""
    if route.from_age is None:
        return told
    return say("care", language, age=route.from_age, words=told)
