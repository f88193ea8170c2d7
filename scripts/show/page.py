"""The agent's page (坐席页) of a script as plain text: what is said, word for word, and what
follows each answer, by the key that the agent presses; for one policy, or with slots in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scripts.facts import Facts
from scripts.model import Ending, Event, Move, Question, Script, Step
from scripts.prompts import spoken
from scripts.show import following, wording
from scripts.show.flow import (
    Common,
    Route,
    before_identity,
    common,
    common_routes,
    common_with_care,
    own,
    own_aside,
)
from scripts.show.narrowed import for_policy
from scripts.show.sentences import say
from scripts.show.terms import column, term
from scripts.slots import EMPTY, Text

#: The keys for the answers that every question knows; any other answer is the last key.
KEYS = {Event.AFFIRM: "1", Event.DENY: "2", Event.UNSURE: "3"}
OTHER = "9"
_INDENT = "   "
#: From so many answers on they are "any other answer".
_MANY = 5

Lines = list[str]


def text(script: Script, facts: Facts | None = None, *, language: str = "zh") -> str:
    """The page. With facts only the questions of this policy, with its values. Raises ValueError
    for another language than zh and en."""
    column(language)
    shown = script if facts is None else for_policy(script, facts)
    page = _Page(shown, facts, language)
    parts = [_head(page), _shared(page), _opening(page), *_questions(page), *_asides(page)]
    return "\n\n".join("\n".join(part) for part in (*parts, _endings(page)) if part) + "\n"


class _Page:
    """What every part of one page needs: the script as it is shown, the facts, the language."""

    def __init__(self, script: Script, facts: Facts | None, language: str) -> None:
        self.script = script
        self.facts = facts and replace(facts, by_person=True)
        self.language = language
        self.shared: Common = common(script)

    def say(self, key: str, /, **fields: object) -> str:
        """A sentence around the script."""
        return say(key, self.language, **fields)

    def spoken(self, words: Text) -> str:
        """A text of the script."""
        return wording.spoken(words, self.facts, self.script, self.language)


def _head(page: _Page) -> Lines:
    about = wording.heading(page.script, page.language)
    return [wording.clean(page.script.title), *about, _policy(page), page.say("keys")]


def _policy(page: _Page) -> str:
    facts = page.facts
    if facts is None:
        return page.say("no-policy")
    return page.say(
        "policy", policy=facts.policy_no, product=facts.product, holder=facts.holder_name
    )


def _shared(page: _Page) -> Lines:
    """What follows an answer in every question that says nothing else."""
    routes = (*common_routes(page.shared), *common_with_care(page.shared))
    lines = [_INDENT + line for route in routes for line in _keyed(route, None, page)]
    exhausted = Step(Move.END, page.script.exhausted)
    leads = following.leads_to(exhausted, page.script, page.language)
    turns = page.say("turns", turns=page.script.limits.turns)
    return [page.say("common"), *lines, f"{_INDENT}{turns} → {leads}"]


def _opening(page: _Page) -> Lines:
    """The person's opening where there is one, for a person reads it."""
    script = page.script
    words = script.opening if script.opening_by_person == EMPTY else script.opening_by_person
    return [page.say("opening"), _INDENT + page.spoken(words)]


def _questions(page: _Page) -> Iterator[Lines]:
    gate = before_identity(page.script)
    if not gate:
        yield [_ruled(page.say("no-gate"))]
    for number, question in enumerate(page.script.questions, start=1):
        answers = _answers(question, page)
        yield [f"{number}. {_title(question, page)}", *_body(question, answers, page)]
        if number == gate:
            yield [_ruled(page.say("gate"))]


def _asides(page: _Page) -> Iterator[Lines]:
    for question in page.script.aside:
        routes = own_aside(question, page.shared)
        lines = [_aside(route, question, page) for route in routes]
        title = f"{page.say('aside')} — {_title(question, page)}"
        yield [title, *_body(question, lines, page)]


def _aside(route: Route, question: Question, page: _Page) -> str:
    named = following.answers(route.events, question, page.language)
    if len(route.events) >= _MANY:
        named = page.say("others")
    return page.say("stays", events=named, chain=_chain(route, page))


def _ruled(words: str) -> str:
    return f"════ {words} ════"


def _title(question: Question, page: _Page) -> str:
    """The name of a question, its id, the item of the law that it serves, and where that stands."""
    title = f"{wording.name(question, page.language)}  {question.id}"
    if question.item is None:
        return title
    tag, source = wording.law(question.item, page.language)
    return f"{title}  【{tag}】" + (f" {source}" if source else "")


def _body(question: Question, answers: Sequence[str], page: _Page) -> Lines:
    lines = [page.say("says", text=page.spoken(spoken(question, by_person=True)))]
    if question.when:
        lines.append(page.say("only", when=wording.conditions(question.when, page.language)))
    for key, words in (("again", question.again), ("explain", question.explain)):
        if words != EMPTY:
            lines.append(page.say(key, text=page.spoken(words)))
    if question.source:
        lines.append(page.say("source", source=wording.clean(question.source)))
    return [_INDENT + line for line in (*lines, *answers)]


def _answers(question: Question, page: _Page) -> Lines:
    """What follows 1, 2, 3, as usual or not; and 9 where that is not as usual."""
    usual = [
        Route((event,), question.on[event]) for event in KEYS if _is_usual(question, event, page)
    ]
    routes = (*own(question, page.shared), *usual)
    lines = [line for route in routes for line in _keyed(route, question, page)]
    return [*sorted(lines, key=lambda line: line[0]), page.say("other-same")]


def _is_usual(question: Question, event: Event, page: _Page) -> bool:
    return event in question.on and question.on[event] == page.shared.plain.get(event)


def _keyed(route: Route, question: Question | None, page: _Page) -> Lines:
    """What follows an answer, on one line for each of its keys."""
    by_key: dict[str, list[Event]] = {}
    for event in route.events:
        by_key.setdefault(KEYS.get(event, OTHER), []).append(event)
    return [
        page.say("keyed", key=key, events=_named(events, question, page), chain=_chain(route, page))
        for key, events in sorted(by_key.items())
    ]


def _named(events: Iterable[Event], question: Question | None, page: _Page) -> str:
    return following.answers(events, question, page.language)


def _chain(route: Route, page: _Page) -> str:
    return following.with_care(
        route, following.whole_chain(route, page.script, page.language), page.language
    )


def _endings(page: _Page) -> Lines:
    lines = [page.say("endings")]
    for ending in page.script.endings:
        place = following.leads_to(Step(Move.END, ending.id), page.script, page.language)
        lines += [_INDENT + place, *(2 * _INDENT + line for line in _said(ending, page))]
    return lines


def _said(ending: Ending, page: _Page) -> Iterator[str]:
    for saying in ending.says:
        when = wording.conditions(saying.when, page.language)
        key = "said-when" if when else "said"
        yield page.say(key, when=when, text=page.spoken(saying.text))
    if ending.hand_over:
        yield page.say("sorry", text=page.spoken(ending.sorry))
        otherwise = page.say(
            "hand-over", otherwise=term("outcome", ending.otherwise, page.language)
        )
        yield otherwise
