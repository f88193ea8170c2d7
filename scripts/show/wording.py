"""Texts, slots, conditions and items of the law in the words of people. Pure; knows no layout."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.checks.needed import ITEMS, Item
from scripts.conditions import DOUBTED, Condition
from scripts.facts import Facts
from scripts.forms import Forms
from scripts.forms import forms as forms_of
from scripts.model import Kind, Question, Script
from scripts.show.policy_terms import ITEMS_EN
from scripts.show.sentences import say
from scripts.show.terms import term
from scripts.slots import SLOTS, Hole, Text

#: What XML cannot hold or what would turn the text around it: control characters, halves of
#: pairs, marks of direction.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_CIRCLED = re.compile("[①-⑳]$")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row; ``slot`` says that they stand for what the policy says."""

    words: str
    slot: bool = False


def fit(words: str) -> str:
    """The words without what cannot be shown."""
    return _UNFIT.sub("\ufffd", words)


def name(question: Question, language: str) -> str:
    """What a question is called: by its code, and one aside by what it is for."""
    if question.kind is Kind.TIME:
        return term("time", "time", language)
    return term("code", question.code, language)


def clean(words: str) -> str:
    """Words fit for a page: white space as single spaces, nothing that cannot be shown."""
    return " ".join(fit(words).split())


def runs(text: Text, language: str) -> tuple[Run, ...]:
    """A text with its slots in words."""
    return tuple(
        Run(slot(part.slot, language), slot=True) if isinstance(part, Hole) else Run(part)
        for part in text.parts
    )


def slot(which: str, language: str) -> str:
    """A slot in words: 〔保险期间〕."""
    return say("slot", language, name=term("slot", which, language))


def words(text: Text, language: str) -> str:
    """The same as one string."""
    return clean("".join(run.words for run in runs(text, language)))


def spoken(text: Text, facts: Facts | None, script: Script, language: str = "zh") -> str:
    """A text as it is said about this policy; a slot that has no value stands in words."""
    if facts is None:
        return words(text, language)
    forms = forms_of(script.language)
    return clean(
        "".join(
            part if isinstance(part, str) else _filled(part, forms, facts, language)
            for part in text.parts
        )
    )


def _filled(hole: Hole, forms: Forms, facts: Facts, language: str) -> str:
    known = SLOTS.get(hole.slot)
    value = (known.speak(forms, facts, None) if known else None) or hole.fallback
    return value or slot(hole.slot, language)


def condition(one: Condition, language: str) -> str:
    """One condition in words: ``holder_age >= 65`` -> 投保人年龄满65周岁."""
    if one.values:
        return _among(one, language)
    if one.at_least is not None or one.at_most is not None:
        return _compared(one, language)
    if not one.negated:
        return term("condition", one.fact, language)
    denied = term("denied", one.fact, language)
    if denied != one.fact:
        return denied
    return say("not", language, name=term("condition", one.fact, language))


def _among(one: Condition, language: str) -> str:
    named = [term(one.fact, value, language) for value in one.values]
    key = ("is-not" if one.negated else "is") + ("-doubted" if one.fact == DOUBTED else "")
    values = say("list", language).join(named)
    return say(key, language, name=term("condition", one.fact, language), values=values)


def _compared(one: Condition, language: str) -> str:
    bounds = [
        say(key, language, name=term("condition", one.fact, language), number=number, unit=unit)
        for key, number in (
            ("below" if one.negated else "at-least", one.at_least),
            ("above" if one.negated else "at-most", one.at_most),
        )
        if number is not None
        for unit in (term("unit", one.fact, language),)
    ]
    return say("and", language).join(bounds)


def conditions(all_of: Iterable[Condition], language: str) -> str:
    """All conditions in one sentence; empty when there is none."""
    return say("and", language).join(condition(one, language) for one in all_of)


def law(item: str, language: str) -> tuple[str, str]:
    """The tag of an item of the law and where it stands: (法④ 保险期间, 人身保险业务…第15条④)."""
    known: Item | None = ITEMS.get(item)
    if known is None:
        return item, ""
    circled = _CIRCLED.search(known.source)
    title = known.title if language == "zh" else ITEMS_EN.get(item, known.title)
    tag = say("law", language, mark=circled.group() if circled else "", title=title)
    return tag, f"{known.source} {known.title}"


def heading(script: Script, language: str) -> list[str]:
    """What the script is, below its title: id, version, purpose, medium; and for which policies."""
    told = say(
        "sub", language, id=script.id, version=script.version, spoken=script.language,
        questions=len(script.questions), purpose=term("purpose", script.purpose, language),
        medium=term("medium", script.medium, language),
    )  # fmt: skip
    if not script.covers:
        return [told]
    return [told, say("suits", language, policies=conditions(script.covers, language))]
