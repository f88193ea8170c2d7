"""Who can be called and how each behaves: plain values, and the matching of questions. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

#: The key of the answer to everything that has no answer of its own.
ANYTHING = "*"


class PickUp(StrEnum):
    """What happens when the phone rings."""

    YES = "yes"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    ANNOUNCEMENT = "announcement"
    VOICEMAIL = "voicemail"


#: What a carrier says for each kind of announcement, after 您好，您拨打的.
ANNOUNCEMENTS: Mapping[str, str] = {
    "已关机": "您好，您拨打的电话已关机，请稍后再拨。",
    "空号": "您好，您拨打的号码是空号，请核对后再拨。",
    "停机": "您好，您拨打的电话已停机。",
    "正在通话中": "您好，您拨打的电话正在通话中，请稍后再拨。",
    "无法接通": "您好，您拨打的电话暂时无法接通，请稍后再拨。",
    "暂时无人接听": "您好，您拨打的电话暂时无人接听，请稍后再拨。",
}
VOICEMAIL_GREETING = "您好，我现在不方便接听电话，请在提示音后留言。"


@dataclass(frozen=True, slots=True)
class Ring:
    """One attempt: what happens, and the words of the announcement or greeting if there are any.

    ``passes`` is a machine that the vendor takes for a person; ``heard`` is what the live
    recogniser claims that it says, where that differs.
    """

    pick_up: PickUp
    words: str = ""
    passes: bool = False
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a callee does when asked once. Times in seconds; ``noise`` 0..1 of the voice's level.

    ``heard`` is what the live recogniser claims, where it differs from what is said.
    An answer of nothing at all is silence.
    """

    says: str = ""
    heard: str = ""
    audio: Path | None = None
    keys: str = ""
    hang_up: bool = False
    after: float = 0.8
    barge_in: bool = False
    noise: float = 0.0


SILENCE = Answer()


#: Answers by question, each the first, second … time it is asked in a call; the last repeats.
Answers = Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class Callee:
    """One person with a phone. ``rings`` and ``answers`` are per attempt; the last one repeats."""

    number: str
    rings: tuple[Ring, ...] = (Ring(PickUp.YES),)
    answers: tuple[Answers, ...] = ({},)
    expect: Mapping[str, Any] = field(default_factory=dict)
    voice: str = ""
    greets: str = ""
    noisy: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that this callee may say in words, recordings apart."""
        given = [each for answers in self.answers for times in answers.values() for each in times]
        return (self.greets, *(each.says for each in given if each.says and not each.audio))

    def ring(self, attempt: int) -> Ring:
        """What the attempt, counted from 0, meets."""
        return self.rings[min(attempt, len(self.rings) - 1)]

    def answers_on(self, attempt: int) -> Answers:
        """The answers of an attempt, counted from 0."""
        return self.answers[min(attempt, len(self.answers) - 1)]


def stranger(number: str) -> Callee:
    """Somebody who is in no cast: the phone rings and nobody answers."""
    return Callee(number, rings=(Ring(PickUp.NO_ANSWER),))


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in one cast file, by national number."""

    callees: Mapping[str, Callee] = field(default_factory=dict)
    default: Callee | None = None

    def callee(self, number: str) -> Callee:
        """Who has this number, however it is written."""
        here = national(number)
        return self.callees.get(here) or self.default or stranger(here)


def national(number: str) -> str:
    """A Chinese number without country code and signs: ``+86 139-0000-0001`` -> 13900000001.

    A number of another country keeps its plus.
    """
    digits = re.sub(r"[\s\-()]", "", number)
    for prefix in ("+86", "0086"):
        if digits.startswith(prefix):
            return digits[len(prefix) :]
    return digits


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the exchange recognises it: the key of the cast, and what is counted."""

    key: str
    counted: str


def recognise(keys: Iterable[str], action_url: str, prompt: str) -> Asked | None:
    """Which of a callee's keys a Gather asks for; None when none fits (the callee is silent).

    In this order: the full question id in the action URL (the query value ``question`` first, then
    any other query value or path segment), the code before its dot, words of the prompt, ``*``.
    """
    every = list(keys)
    known = [key for key in every if key != ANYTHING]
    ids = _ids(action_url)
    full = next((id_ for id_ in ids if id_ in known), "")
    if full:
        return Asked(full, full)
    for id_ in ids:
        code = id_.partition(".")[0]
        if code in known:
            return Asked(code, id_)
    named = _named(action_url)
    words = next((key for key in known if key in prompt), "")
    if words:
        return Asked(words, named or words)
    return Asked(ANYTHING, named or prompt) if ANYTHING in every else None


def _named(url: str) -> str:
    return dict(parse_qsl(urlsplit(url).query)).get("question", "")


def _ids(url: str) -> list[str]:
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    first = [value for name, value in query if name == "question"]
    rest = [value for name, value in query if name != "question"]
    return first + rest + [segment for segment in parts.path.split("/") if segment]
