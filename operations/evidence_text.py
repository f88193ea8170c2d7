"""A call of an evidence package as people read it: what was asked with this policy's values, what
the customer said, how it was read and why, what the recording says, and what was found."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from operations.calls import script_of
from operations.facts import from_json
from scripts.model import Script
from scripts.slots import fill
from store import recordings, reviews
from store.database import Session
from store.tables import Call, Reading, Review, Turn


def transcript(session: Session, call: Call) -> str:
    """The whole call as a text."""
    return "\n".join(_lines(session, call)) + "\n"


def _lines(session: Session, call: Call) -> Iterator[str]:
    script = script_of(session, call)
    yield f"通话 / call {call.id}"
    yield f"拨出 / ordered        {_moment(call.ordered_at)}"
    yield f"接通 / answered       {_moment(call.answered_at)}"
    yield f"结束 / ended          {_moment(call.ended_at)}"
    yield f"号码 / number         {call.phone}"
    yield f"结果 / outcome        {call.outcome or '–'}"
    yield f"件别 / class          {call.class_name or '–'}"
    yield f"话术 / script         {script.id} {script.version}, sha256 {call.script_hash}"
    heard = recordings.newest_hearing(session, call.id)
    readings = {one.turn_number: one for one in heard.readings} if heard else {}
    decided = reviews.of_call(session, call.id)
    texts = _texts(call, script)
    for turn in call.turns:
        yield ""
        own = [one for one in decided if one.turn_number == turn.number]
        yield from _turn(turn, texts.get(turn.question_id, ""), readings.get(turn.number), own)


def _turn(
    turn: Turn, asked: str, reading: Reading | None, decided: Sequence[Review]
) -> Iterator[str]:
    yield f"[{turn.number + 1}] {turn.question_id}  {_moment(turn.asked_at)}"
    yield f"  问 / asked:    {asked}"
    yield f"  答 / answered: {turn.words or '–'}  ({turn.via})"
    yield f"  判读 / read:   {_label(turn.label, turn.also)}{_why(turn.why)}"
    if reading is not None:
        stretch = f"{reading.from_s:.1f}–{reading.to_s:.1f} s"
        yield f"  录音 / recorded: {stretch} {reading.words or '–'}"
        yield f"  复听 / heard:  {_label(reading.label, reading.also)}{_why(reading.why)}"
    for one in decided:
        note = f" – {one.note}" if one.note else ""
        yield f"  质检 / review: {one.label}, {one.reviewer}, {_moment(one.made_at)}{note}"


def _texts(call: Call, script: Script) -> dict[str, str]:
    """Question id -> its text as this customer heard it; as written where that cannot be told."""
    questions = (*script.questions, *script.aside)
    written = {question.id: question.says.source for question in questions}
    try:
        facts = from_json(call.facts)
    except ValueError:
        return written
    for question in questions:
        try:
            written[question.id] = fill(question.says, facts)
        except LookupError:
            continue
    return written


def _label(label: str, also: Sequence[str]) -> str:
    return f"{label} (+ {', '.join(also)})" if also else label


def _why(reasons: Sequence[dict[str, Any]]) -> str:
    found = [f"{one.get('label', '')} {one.get('rule', '')} “{one.get('words', '')}”"
             for one in reasons]  # fmt: skip
    return f"; {'; '.join(found)}" if found else ""


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S %z}" if value else "–"
