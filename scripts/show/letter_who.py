"""Who answers a question that is not for everybody, in words of the printed letter. It decides
nothing: whether a condition holds is for scripts.conditions."""

from collections.abc import Mapping, Sequence
from typing import Any

from scripts.conditions import DOUBTED, Condition
from scripts.labels import code_of
from scripts.show.letter_words import words

#: The numbers that questions have on the paper, by question id.
Numbers = Mapping[str, int]


def only(conditions: Sequence[Condition], numbers: Numbers) -> str:
    """只由分期交保险费的投保人回答; "" when it is for everybody."""
    said = words()
    named = [_name(condition, numbers) for condition in conditions]
    return _put(said["only"], said["and"].join(named)) if named else ""


def _name(condition: Condition, numbers: Numbers) -> str:
    said = words()
    negated = "not " if condition.negated else ""
    if condition.fact == DOUBTED:
        return _put(said["choice"][f"{negated}{DOUBTED}"], _listed(condition, numbers))
    if condition.values:
        names = said["or"].join(_value(said, condition.fact, value) for value in condition.values)
        return _put(said["choice"][f"{negated}{condition.fact}"], names)
    if condition.fact in said["number"]:
        return _number(said, condition)
    name: str = said["for"][f"{negated}{condition.fact}"]
    return name


def _value(said: Mapping[str, Any], fact: str, value: str) -> str:
    name: str = said["every" if fact == "frequency" else fact][value]
    return name


def _number(said: Mapping[str, Any], condition: Condition) -> str:
    bounds = said["number"][condition.fact]
    if condition.at_least is not None:
        name = _put(bounds["at_least"], str(condition.at_least))
    else:
        name = _put(bounds["at_most"], str(condition.at_most))
    return _put(said["not"], name) if condition.negated else name


def _listed(condition: Condition, numbers: Numbers) -> str:
    """The numbers of the questions whose codes are named, in order: 3、6至9."""
    spans: list[tuple[int, int]] = []
    for number in sorted(n for id_, n in numbers.items() if code_of(id_) in condition.values):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    said = words()
    named = (str(a) if a == b else f"{a}{said['to']}{b}" for a, b in spans)
    joined: str = said["and"].join(named)
    return joined


def _put(pattern: str, value: str) -> str:
    return pattern.replace("%", value)
