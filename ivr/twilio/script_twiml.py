"""A whole script as the telephone gets it: one TwiML document for each question and each sentence
of an ending. For reading and for tests; no call is made of it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from ivr.twilio.twiml import Desk, twiml
from ivr.twilio.urls import Urls
from ivr.twilio.voices import voice_of
from scripts import conditions, position, prompts
from scripts.facts import Facts
from scripts.model import Ending, Script
from scripts.position import Path, Position
from scripts.sample import SAMPLE

#: Stand for the addresses of one call and for the people who take over.
URLS = Urls("https://huifang.example", "CALL")
DESK = Desk("+861000000001", "+861000000000")
#: What an answer carried that named a time; any will do.
_TIME = datetime(2026, 11, 22, 15, 30, tzinfo=UTC).isoformat()


class NotByPhone(ValueError):  # noqa: N818 - a wrong wish, in one sentence
    """A script that is answered on paper has no TwiML."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document. ``id`` is a question's, or an ending's with the conditions of its sentence:
    ``completed (doubts)``."""

    id: str
    xml: str


def documents(script: Script, facts: Facts) -> list[Document]:
    """The documents of one policy's call: the questions of its path, those aside, the endings.

    Raises NotByPhone for a script on paper, UnknownVoice when the carrier has not the voice, and
    ValueError for a text that makes a document too large for the carrier.
    """
    if script.medium.on_paper:
        raise NotByPhone(
            f"script {script.id} is answered on paper ({script.medium}) and has no TwiML:"
            " show it as letter"
        )
    here = position.path(script, facts)
    voice = voice_of(script)
    return [
        Document(name, twiml(prompts.effects(script, facts, here, place), URLS, voice, DESK))
        for name, place in _places(script, here)
    ]


def of_script(script: Script, facts: Facts | None = None) -> str:
    """All documents as one readable text, an XML comment with the id before each. Without facts
    the invented policy of scripts.sample fills the slots. Raises as ``documents`` does."""
    return "\n".join(_readable(one) for one in documents(script, facts or SAMPLE))


def _readable(document: Document) -> str:
    root = ET.fromstring(document.xml)
    ET.indent(root)
    return f"<!-- {document.id} -->\n{ET.tostring(root, encoding='unicode')}\n"


def _places(script: Script, here: Path) -> Iterator[tuple[str, Position]]:
    """Every place of the call at which something is said, by its name."""
    for index, question in enumerate(here.questions):
        yield question.id, Position(index=index, turns=index)
    for question in script.aside:
        yield question.id, Position(aside=question)
    for ending in script.endings:
        yield from _sentences(here, ending)


def _sentences(here: Path, ending: Ending) -> Iterator[tuple[str, Position]]:
    """One place for each sentence of an ending that this policy's call can come to."""
    found: dict[int, Position] = {}
    for place in _ends(here, ending.id):
        given = position.known(here, place)
        found.setdefault(_said(ending, given), place)
    for index in sorted(found):
        when = ", ".join(str(condition) for condition in ending.says[index].when)
        yield f"{ending.id} ({when})" if when else ending.id, found[index]


def _said(ending: Ending, given: conditions.Situation) -> int:
    return next(
        index for index, saying in enumerate(ending.says) if conditions.all_hold(saying.when, given)
    )


def _ends(here: Path, ending_id: str) -> Iterable[Position]:
    """The end, with everything that can have happened before it."""
    codes = frozenset(question.code for question in here.questions)
    yes_or_no = (False, True)
    for verified, doubts, timed in product(yes_or_no, yes_or_no, yes_or_no):
        yield Position(
            ended=ending_id,
            verified=verified,
            doubts=doubts,
            doubted=codes if doubts else frozenset(),
            value=_TIME if timed else None,
        )
