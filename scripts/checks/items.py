"""What the law lists is asked of every policy that completes: decided by walking every combination
of facts and every answer that ends the call, not by looking for a word."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scripts.checks import graph
from scripts.checks.needed import ITEMS, Item, needed
from scripts.conditions import DOUBTED, Situation
from scripts.faults import Fault
from scripts.model import Ending, Event, Kind, Move, Question, Script
from scripts.outcomes import Outcome

#: Codes of a question that closes the call, and of one that closes a paper.
_CLOSING: Final = ("CLOSING", "SUGGEST", "CHANNELS")
_SIGNING: Final = "CONFIRM_FORM"
#: Kinds of question that may serve an item, where that is not fact alone: a call counts as heard
#: out when only remarks are left, and a consent is no confirmation.
_SERVING: Final = {"1": (Kind.PRESENCE, Kind.IDENTITY)}


def item_faults(script: Script) -> list[Fault]:
    """Items that some policy is not asked about, items served by the wrong question, and answers
    that pass a question by without a clear yes being possible."""
    return [
        *_misnamed(script),
        *_missing(script),
        *_overtaken(script),
        *_unsigned(script),
        *_closing(script),
    ]


def _misnamed(script: Script) -> Iterator[Fault]:
    for question in script.questions:
        if question.item is None:
            continue
        item = ITEMS.get(question.item)
        if item is None:
            message = f"unknown item {question.item!r}: use one of {', '.join(ITEMS)}"
            yield graph.fault(script, "unknown-name", message, question, "item")
        elif item.code != question.code and question.kind is not Kind.PRESENCE:
            message = f"item {item.name} ({item.title}) belongs to {item.code}"
            yield graph.fault(script, "unknown-name", message, question, "item")
        elif question.kind not in _SERVING.get(item.name, (Kind.FACT,)):
            kind = _SERVING.get(item.name, (Kind.FACT,))[-1]
            message = f"item {item.name} ({item.title}) is confirmed by a question of kind {kind}"
            yield graph.fault(script, "wrong-kind", message, question, "kind")
        elif question.kind is not Kind.PRESENCE and not _speaks_of(question, item):
            message = f"does not speak of item {item.name} ({item.title}), which it is to confirm"
            yield graph.fault(script, "item-unspoken", message, question, "says")


def _speaks_of(question: Question, item: Item) -> bool:
    said = question.says.source
    return all(re.search(pattern, said) for pattern in item.speaks)


def _missing(script: Script) -> Iterator[Fault]:
    for item in needed(script):
        try:
            given = _left_out(script, item)
        except graph.TooManySituationsError:
            message = (
                f"the questions about item {item.name} ({item.title}) depend on so many facts that"
                " it can't be shown that everybody is asked: take conditions out"
            )
            yield graph.fault(script, "too-many", message, field="questions")
            continue
        if given is not None:
            what = f"item {item.name} ({item.title}, {item.source})"
            when = f" when {graph.describe(given)}" if given else ""
            mark = script.mark("", "questions")
            yield Fault(
                "item-missing", f"nothing asks about {what}{when}", script.id, item.code,
                mark.line, column=mark.column, file=mark.file,
            )  # fmt: skip


def _left_out(script: Script, item: Item) -> Situation | None:
    """A situation in which the item is due and no question serves it, or None."""
    serving = [
        (index, question)
        for index, question in enumerate(script.questions)
        if question.item == item.name and question.kind is not Kind.PRESENCE
    ]
    named = [c for _, question in serving for c in question.when]
    for given in graph.situations(named, (*script.covers, *item.when)):
        if not any(
            graph.asked(question, given) and not _too_early(script, index, given)
            for index, question in serving
        ):
            return given
    return None


def _too_early(script: Script, index: int, given: Situation) -> bool:
    """Whether what was doubted is only asked after this question."""
    doubted = given.get(DOUBTED)
    return isinstance(doubted, frozenset) and any(
        later.code in doubted and later.kind is Kind.FACT
        for later in script.questions[index + 1 :]
        if later.item != script.questions[index].item
    )


def _overtaken(script: Script) -> Iterator[Fault]:
    """An answer may only reach the finish through the questions behind it, never around them."""
    completing = {ending.id for ending in script.endings if _completes(ending)}
    for index, question in enumerate(script.questions):
        early = sorted(graph.ends(script, question) & completing)
        left = _items(script.questions[index + 1 :])
        if early and left:
            message = f"can end in {early[0]} although {left} are still to be asked"
            yield graph.fault(script, "item-skipped", message, question, "on")
        if question is not script.questions[-1] and not _asks(question):
            message = "a clear yes must lead to the next question"
            yield graph.fault(script, "item-skipped", message, question, "on.affirm")
        if question.item and question.barge_in and question.item not in _SERVING:
            message = "a 嗯 before the end would count as the answer: set 'barge_in: false'"
            yield graph.fault(script, "interruptible", message, question, "barge_in")
    if script.exhausted in completing:
        message = "a call with too many turns would count as completed: name another ending"
        yield graph.fault(script, "item-skipped", message, script.ending(script.exhausted))


def _completes(ending: Ending) -> bool:
    return Outcome.COMPLETED in (ending.outcome, ending.otherwise)


def _items(questions: Iterable[Question]) -> str:
    names = dict.fromkeys(question.item for question in questions if question.item)
    return "items " + ", ".join(str(name) for name in names) if names else ""


def _asks(question: Question) -> bool:
    return all(step.move is Move.NEXT for step in graph.row(question, Event.AFFIRM))


def _unsigned(script: Script) -> Iterator[Fault]:
    """On paper only the holder's own signature leads to success (002-k; 2009年第3号 第10条)."""
    completing = {ending.id for ending in script.endings if _completes(ending)}
    for question in script.questions:
        for event in sorted(Event) if question.item == "signature" else ():
            steps = graph.row(question, event)
            passes = any(s.move is Move.NEXT or s.target in completing for s in steps)
            if passes and event is not Event.AFFIRM:
                message = f"{event}: goes on although the holder's signature is not certain"
                yield graph.fault(script, "item-skipped", message, question, f"on.{event}")


def _closing(script: Script) -> Iterator[Fault]:
    last = script.questions[-1]
    allowed = (*_CLOSING, _SIGNING) if script.medium.on_paper else _CLOSING
    if last.when or last.code not in allowed:
        message = f"the last question must be one of {', '.join(allowed)}, asked of everybody"
        yield graph.fault(script, "no-closing", message, last)
