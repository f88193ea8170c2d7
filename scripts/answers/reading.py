"""Reads one answer: the label, what else it carries, and why. Pure; the same for live answers and
for recordings."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from scripts.answers import closing, identity, judge, lexicon, opinion, recited, times, weighing
from scripts.answers.amounts import compared
from scripts.answers.cascade import Token, fold, tokenise
from scripts.answers.judge import Finding
from scripts.answers.lexicon import Book, Table
from scripts.answers.normalise import normalise, stage_direction, without_directions
from scripts.answers.opinion import Pieces
from scripts.answers.patterns import STOP, UNKNOWN
from scripts.answers.periods import contradicted
from scripts.answers.records import Reading, Record, Why
from scripts.answers.repair import repaired
from scripts.answers.stage import of_direction
from scripts.answers.weighing import Told
from scripts.heard import Request
from scripts.labels import PRIORITY, Label, code_of

_REQUESTS = (
    ("HUMAN", Request.PERSON),
    ("ASK_PERSON", Request.PERSON),
    ("AGAIN", Request.REPEAT),
    ("SLOW", Request.SLOWER),
)
_DOUBT = (Label.UNSURE, Label.UNCLEAR)
LONGEST = 300  # characters; a minute of speech
_VALUES = ("identity:", "amount:", "period:")
#: Words that also fill a pause; elsewhere they name a thing.
_PAUSES = ("那个", "这个")
_HELD = ("PREMIUM", "HESITATION.length", "LIABILITY.term")
_ABOUT_THE_ITEM = (Label.UNSURE, Label.DENY, Label.AFFIRM)


def read(
    code: str,
    words: str,
    record: Record | None = None,
    now: datetime | None = None,
    book: Book | None = None,
) -> Reading:
    """What ``words`` answer to the question ``code`` (a question id or code; ``ANY`` and unknown
    codes are read as a general 是否知道). ``record`` is what an answer about a birthday, a premium
    or a period is compared with; ``now`` (aware) resolves 明天下午三点 to an ISO time in ``value``.
    ``book`` is the lexicon to read with; without it the packaged one.
    """
    data = book or lexicon.book()
    if len(words) > LONGEST:
        return _in_parts(code, words, record, now, data)
    ruled = by_rules(code, words, record, now, data)
    return second_opinion(code, ruled, opinion.model())


def _in_parts(
    code: str, words: str, record: Record | None, now: datetime | None, data: Book
) -> Reading:
    """A speech that is too long to be an answer, read piece by piece: it carries what any piece
    carries, and is never a yes."""
    pieces = [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]
    readings = [read(code, piece, record, now, data) for piece in pieces]
    found = {label for reading in readings for label in (reading.label, *reading.also)}
    labels = [label for label in PRIORITY if label in found | {Label.UNSURE}]
    first = next((reading for reading in readings if reading.label is labels[0]), None)
    whys = first.why if first else (Why(Label.UNSURE, "too-long", normalise(words), 0.0),)
    return replace(
        first or readings[0],
        label=labels[0], also=tuple(labels[1:]), words=words, normalised=normalise(words), why=whys,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ByRules:
    """What the rules alone read, how it was told, and what a second
    opinion is formed on: None where there is nothing to have an opinion on (a transcriber's note,
    mere sounds, a value that the record decided)."""

    reading: Reading
    told: Told = field(default_factory=Told)
    seen: Pieces | None = None


def by_rules(
    code: str, words: str, record: Record | None, now: datetime | None, data: Book
) -> ByRules:
    """The reading of the rules alone; the arguments are those of ``read``."""
    text = normalise(words)
    direction = stage_direction(text)
    if direction is not None or not any(map(str.isalnum, text)):
        label, rule = of_direction(direction or "")
        return ByRules(Reading(label, (), words, text, (Why(label, rule, direction or "", 0.0),)))
    table = data.table_of(code)
    spoken = without_directions(text)
    heard = tokenise(spoken, data)
    tokens = _folded(spoken, heard, data, table)
    found, value = _with_values(code, spoken, tokens, recited.findings(tokens, table, data), record)
    stands = closing.outweighed(judge.standing(found, tokens, data, table), tokens, data)
    reading = _reading(words, spoken, tokens, stands, data)
    reading = replace(reading, value=value or _value(reading, tokens, data, now))
    if _by_value(reading) or judge.is_noise(tokens, data):
        return ByRules(reading)
    seen = _seen(spoken, heard, tokens, data)
    story = judge.is_story(tokens)
    told = Told(
        story=story,
        closing=story and judge.closes_on_yes(found),
        held=record is not None and code.startswith(_HELD),
    )
    return ByRules(reading, told, seen)


def _seen(text: str, heard: list[Token], tokens: list[Token], data: Book) -> Pieces:
    """What the second opinion sees: the answer without the sounds before its first word."""
    begin = next((token.start for token in heard if not _is_pause(token, text, data)), 0)
    words, symbols = ([one for one in some if one.end > begin] for some in (heard, tokens))
    return opinion.pieces(text[begin:], opinion.kinds(words, data), opinion.kinds(symbols, data))


def _is_pause(token: Token, text: str, data: Book) -> bool:
    """Whether a token before the first word says nothing: 呃, 嗯, 那个."""
    is_of = data.alphabet.of_class
    return (
        token.char == STOP
        or is_of(token.char, "FILL")
        or is_of(token.char, "HUM")
        or text[token.start : token.end] in _PAUSES
    )


def second_opinion(code: str, ruled: ByRules, model: opinion.Model) -> Reading:
    """The rules' reading as it stands after the opinion of ``model``."""
    if ruled.seen is None or ruled.reading.label in weighing.FIRM:
        return ruled.reading
    if ruled.reading.label in _DOUBT and model.familiar(ruled.seen) < weighing.LEAST_FAMILIAR:
        return ruled.reading
    second = model.opinion(code, ruled.seen)
    return weighing.weighed(ruled.reading, second, ruled.told)


def _by_value(reading: Reading) -> bool:
    """Whether a birthday, an amount or a period held against the record decided."""
    values = ("identity:",) if reading.label is Label.AFFIRM else _VALUES
    return any(why.rule.startswith(values) for why in reading.why)


def _folded(text: str, heard: list[Token], data: Book, table: Table) -> list[Token]:
    """The words ``heard`` in ``text``, homophones put right, as symbols."""
    tokens = heard
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
    said = {token.char for token in tokens}
    for name, request in _REQUESTS:
        if not said.isdisjoint(data.alphabet.chars(name)):
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
