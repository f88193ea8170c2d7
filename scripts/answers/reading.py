"""Reads one answer: the label, what else it carries, and why. Pure; the same for live answers and
for recordings."""

from dataclasses import replace
from datetime import datetime

from scripts.answers import identity, judge, times
from scripts.answers.amounts import compared
from scripts.answers.cascade import Token, fold, tokenise
from scripts.answers.judge import Finding
from scripts.answers.lexicon import Book, Table, book
from scripts.answers.normalise import normalise, stage_direction, without_directions
from scripts.answers.patterns import UNKNOWN
from scripts.answers.periods import contradicted
from scripts.answers.records import Reading, Record, Why
from scripts.answers.repair import repaired
from scripts.answers.stage import of_direction
from scripts.heard import Request
from scripts.labels import Label, code_of

_REQUESTS = (
    ("HUMAN", Request.PERSON),
    ("ASK_PERSON", Request.PERSON),
    ("AGAIN", Request.REPEAT),
    ("SLOW", Request.SLOWER),
)
_ABOUT_THE_ITEM = (Label.UNSURE, Label.DENY, Label.AFFIRM)


def read(
    code: str, words: str, record: Record | None = None, now: datetime | None = None
) -> Reading:
    """What ``words`` answer to the question ``code`` (a question id or code; ``ANY`` and unknown
    codes are read as a general 是否知道). ``record`` is what an answer about a birthday, a premium
    or a period is compared with; ``now`` (aware) resolves 明天下午三点 to an ISO time in ``value``.
    """
    text = normalise(words)
    direction = stage_direction(text)
    if direction is not None or not any(map(str.isalnum, text)):
        label, rule = of_direction(direction or "")
        return Reading(label, (), words, text, (Why(label, rule, direction or "", 0.0),))
    data = book()
    question = code_of(code)
    table = data.tables.get(question, data.tables["ANY"])
    spoken = without_directions(text)
    tokens = _tokens(spoken, data, table)
    found, value = _with_values(code, spoken, tokens, judge.findings(tokens, table, data), record)
    stands = judge.standing(found, tokens, data, table)
    reading = _reading(words, spoken, tokens, stands, data)
    return replace(reading, value=value or _value(reading, tokens, data, now))


def _tokens(text: str, data: Book, table: Table) -> list[Token]:
    tokens = tokenise(text, data)
    if any(token.char == UNKNOWN for token in tokens):
        text, changed = repaired(text, tokens, data.sounds)
        if changed:
            tokens = [_marked(token, changed) for token in tokenise(text, data)]
    spoken = [t for t in tokens if not data.alphabet.of_class(t.char, "FILL")]
    return fold(spoken or tokens, table.phrases, data)


def _marked(token: Token, changed: dict[int, float]) -> Token:
    distance = max((changed.get(at, 0.0) for at in range(token.start, token.end)), default=0.0)
    return replace(token, homophone=distance) if distance else token


def _with_values(
    asked: str, text: str, tokens: list[Token], found: list[Finding], record: Record | None
) -> tuple[list[Finding], str | None]:
    """``found`` with what a birthday, digits, an amount or a length of time in the answer say to
    the question id ``asked``, and the value given to ID_VERIFY."""
    question = code_of(asked)
    if question == "ID_VERIFY":
        given = identity.supplied(text, record)
        if given is not None:
            others = [f for f in found if f.label not in _ABOUT_THE_ITEM]
            whole = _whole(tokens, _said_as(given.label, text), f"identity:{given.rule}")
            return [*others, whole], given.value
    if question == "PREMIUM":
        amount = compared(text, record)
        if amount is not None:
            label = _said_as(amount[0], text)
            return [*found, _whole(tokens, label, f"amount:{amount[1]}")], None
    against = contradicted(asked, text, record)
    if against is not None:
        return [*found, _whole(tokens, against[0], f"period:{against[1]}")], None
    return found, None


def _said_as(label: Label, text: str) -> Label:
    """``label``, but a right value that is asked back (六千吗？) is no yes."""
    asked = text.rstrip("。.,， ").endswith(("吗", "么", "?", "？", "吧", "呢"))
    return Label.UNSURE if asked and label is Label.AFFIRM else label


def _whole(tokens: list[Token], label: Label, rule: str) -> Finding:
    """A finding that stands on the whole answer."""
    whole = Token("", tokens[0].start, tokens[-1].end)
    return Finding(len(tokens), whole, label, False, rule)


def _reading(
    words: str, text: str, tokens: list[Token], stands: list[Finding], data: Book
) -> Reading:
    outcome = judge.verdict(stands)
    if outcome is None:
        label = Label.UNCLEAR if judge.is_noise(tokens, data) else Label.UNSURE
        return Reading(label, (), words, text, (Why(label, "nothing-understood", text, 0.0),))
    label, also = outcome
    why = tuple(
        Why(label, f.rule, text[f.token.start : f.token.end], f.token.homophone)
        for f in judge.deciding(stands, label)
    )
    return Reading(label, also, words, text, why, _request(tokens, data))


def _request(tokens: list[Token], data: Book) -> Request | None:
    for name, request in _REQUESTS:
        if _said(name, tokens, data):
            return request
    return None


def _value(reading: Reading, tokens: list[Token], data: Book, now: datetime | None) -> str | None:
    """Why somebody is not the holder, or the time a call back is wanted."""
    if reading.label is Label.NOT_HOLDER:
        if _said("DECEASED", tokens, data):
            return "deceased"
        return "no-such-person" if _said("NOBODY_HERE", tokens, data) else None
    if now is not None and Label.CALLBACK in (reading.label, *reading.also):
        moment = times.said(reading.normalised, now)
        return moment.isoformat() if moment else None
    return None


def _said(name: str, tokens: list[Token], data: Book) -> bool:
    return any(data.alphabet.of_class(token.char, name) for token in tokens)
