"""Reads one answer: the label, what else it carries, and why. Pure; the same for live answers and
for recordings."""

from dataclasses import replace
from datetime import datetime

from scripts.answers import identity, judge, times
from scripts.answers.amounts import compared
from scripts.answers.cascade import Token, fold, tokenise
from scripts.answers.lexicon import Book, Table, book
from scripts.answers.normalise import normalise, stage_direction, without_directions
from scripts.answers.patterns import UNKNOWN
from scripts.answers.records import Reading, Record, Why
from scripts.answers.repair import repaired
from scripts.answers.stage import of_direction
from scripts.heard import Request
from scripts.labels import Label, code_of

_REQUESTS = (("AGAIN", Request.REPEAT), ("SLOW", Request.SLOWER))
_PERSONS = ("HUMAN", "ASK_PERSON")
_NOT_HERE = (("去世", "deceased"), ("过世", "deceased"), ("死了", "deceased"), ("不在了", "deceased"),
             ("没这个人", "no-such-person"), ("没有这个人", "no-such-person"))  # fmt: skip


def read(
    code: str, words: str, record: Record | None = None, now: datetime | None = None
) -> Reading:
    """What ``words`` answer to the question ``code`` (a question id or code; ``ANY`` and unknown
    codes are read as a general 是否知道). ``record`` is what an answer about a birthday or a
    premium is compared with; ``now`` (aware) resolves 明天下午三点 to an ISO time in ``value``.
    """
    text = normalise(words)
    direction = stage_direction(text)
    if direction is not None or not text.strip("。.…，,"):
        return _read_direction(words, text, direction or "")
    data = book()
    name = code_of(code)
    table = data.tables.get(name, data.tables["ANY"])
    spoken = without_directions(text)
    tokens = _tokens(spoken, data, table)
    return _judged(name, words, spoken, tokens, data, table, record, now)


def _read_direction(words: str, text: str, direction: str) -> Reading:
    label, rule = of_direction(direction)
    return Reading(label, (), words, text, (Why(label, rule, direction, 0.0),))


def _tokens(text: str, data: Book, table: Table) -> list[Token]:
    tokens = tokenise(text, data)
    if any(token.char == UNKNOWN for token in tokens):
        text, changed = repaired(text, tokens, data.sounds)
        if changed:
            tokens = [_marked(token, changed) for token in tokenise(text, data)]
    spoken = [t for t in tokens if not data.alphabet.of_class(t.char, "FILL")]
    return fold(spoken or tokens, table.phrases)


def _marked(token: Token, changed: dict[int, float]) -> Token:
    distance = max((changed.get(at, 0.0) for at in range(token.start, token.end)), default=0.0)
    return replace(token, homophone=distance) if distance else token


def _judged(
    name: str, words: str, text: str, tokens: list[Token], data: Book, table: Table,
    record: Record | None, now: datetime | None,
) -> Reading:  # fmt: skip
    found = judge.findings(tokens, table, data)
    value = None
    if name == "ID_VERIFY":
        supplied = identity.supplied(text, record)
        if supplied is not None:
            value = supplied.value
            found = [f for f in found if f.label not in (Label.UNSURE, Label.DENY, Label.AFFIRM)]
            found.append(_found(tokens, supplied.label, f"identity:{supplied.rule}"))
    elif name == "PREMIUM":
        amount = compared(text, record)
        if amount is not None:
            found.append(_found(tokens, amount[0], f"amount:{amount[1]}"))
    stands = judge.standing(found, tokens, data, table)
    outcome = judge.verdict(stands)
    if outcome is None:
        label = Label.UNCLEAR if judge.is_noise(tokens, data) else Label.UNSURE
        return Reading(label, (), words, text, (Why(label, "nothing-understood", text, 0.0),))
    label, also = outcome
    why = tuple(
        Why(label, f.rule, text[f.token.start : f.token.end], f.token.homophone)
        for f in judge.deciding(stands, label)
    )
    if value is None:
        value = _value(label, also, text, now)
    return Reading(label, also, words, text, why, _request(tokens, data), value)


def _found(tokens: list[Token], label: Label, rule: str) -> judge.Finding:
    whole = Token("", tokens[0].start, tokens[-1].end)
    return judge.Finding(len(tokens), whole, label, False, rule)


def _request(tokens: list[Token], data: Book) -> Request | None:
    for name in _PERSONS:
        if any(data.alphabet.of_class(t.char, name) for t in tokens):
            return Request.PERSON
    for name, request in _REQUESTS:
        if any(data.alphabet.of_class(t.char, name) for t in tokens):
            return request
    return None


def _value(
    label: Label, also: tuple[Label, ...], text: str, now: datetime | None
) -> str | None:
    if label is Label.NOT_HOLDER:
        return next((value for sign, value in _NOT_HERE if sign in text), None)
    if now is not None and Label.CALLBACK in (label, *also):
        moment = times.said(text, now)
        return moment.isoformat() if moment else None
    return None
