"""From a position to what is spoken: effects as values. Pure; it decides nothing about the path."""

from scripts import conditions, slots
from scripts import position as positions
from scripts.effects import Ask, Effect, HangUp, Say, Transfer
from scripts.facts import Facts
from scripts.model import Ending, Event, Kind, Move, Polarity, Question, Script
from scripts.position import Path, Position, present
from scripts.slots import EMPTY, Text


def effects(script: Script, facts: Facts, here: Path, position: Position) -> tuple[Effect, ...]:
    """What is to be said and done at this position."""
    question = present(here, position)
    if question is not None:
        return (ask(script, facts, here, position, question),)
    ending = script.ending(position.ended or "")
    assert ending is not None, position.ended  # the reader knows every ending
    return _farewell(script, facts, here, position, ending)


def ask(script: Script, facts: Facts, here: Path, position: Position, question: Question) -> Ask:
    """The question as it is asked now."""
    texts = _texts(script, facts, position, question)
    careful = here.careful and script.care.slow
    return Ask(
        question=question.id,
        turn=position.turns,
        text="".join(slots.fill(text, facts, position.value, script.language) for text in texts),
        hints=question.expects,
        keys=question.keys,
        wait_s=max(question.wait_s, script.care.wait_s) if here.careful else question.wait_s,
        barge_in=question.barge_in,
        slow=question.slow or careful or position.slow or position.move is Move.SLOWLY,
    )


def _texts(
    script: Script, facts: Facts, position: Position, question: Question
) -> tuple[Text, ...]:
    says = spoken(question, by_person=facts.by_person)
    plain = says if question.again is EMPTY else question.again
    first = position.index == 0 and position.aside is None
    opening = _opening(script, facts) if first else EMPTY
    keys = EMPTY if facts.by_person else _keys(script, question)  # nobody presses keys for a person
    match position.move:
        case Move.EXPLAIN:
            return (question.explain, plain)
        case Move.AGAIN:
            return (_before(script, position), plain, keys if _not_heard(position) else EMPTY)
        case Move.SLOWLY:
            return (_before(script, position), plain, keys)
        case Move.REPEAT:
            before = EMPTY if first else _before(script, position)
            return (before, opening, says)
        case _:
            return (opening, says)


def spoken(question: Question, *, by_person: bool) -> Text:
    """How it is asked: by a machine, or by a person, who may say it in other words."""
    own = by_person and question.says_by_person is not EMPTY
    return question.says_by_person if own else question.says


def _opening(script: Script, facts: Facts) -> Text:
    by_person = facts.by_person and script.opening_by_person is not EMPTY
    return script.opening_by_person if by_person else script.opening


def _not_heard(position: Position) -> bool:
    return position.event in (Event.UNCLEAR, Event.SILENCE)


def _before(script: Script, position: Position) -> Text:
    if position.event is Event.UNCLEAR:
        return script.phrases.unclear
    return script.phrases.silence if position.event is Event.SILENCE else EMPTY


def _keys(script: Script, question: Question) -> Text:
    if question.keys != 1 or question.kind is Kind.TIME:
        return EMPTY
    reversed_ = question.polarity is Polarity.NEGATIVE
    return script.phrases.keys_reversed if reversed_ else script.phrases.keys


def _farewell(
    script: Script, facts: Facts, here: Path, position: Position, ending: Ending
) -> tuple[Effect, ...]:
    given = positions.known(here, position)
    saying = next(s for s in ending.says if conditions.all_hold(s.when, given))
    text = slots.fill(saying.text, facts, position.value, script.language)
    if ending.hand_over:
        sorry = slots.fill(ending.sorry, facts, position.value, script.language)
        return (Transfer(text, ending.otherwise, sorry),)
    return (Say(text), HangUp(ending.outcome))
