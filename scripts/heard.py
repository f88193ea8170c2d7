"""What was heard in answer to one question: the label, the words, and what was asked for beside
the answer. Plain data, shared by the reader of answers and by the run; no logic."""

from dataclasses import dataclass
from enum import StrEnum

from scripts.labels import Label


class Via(StrEnum):
    """How an answer reached us."""

    SPEECH = "speech"
    KEYS = "keys"
    AGENT = "agent"  # an agent marked it on the screen
    NONE = "none"  # nothing was said or pressed


class Request(StrEnum):
    """What was asked for beside the answer."""

    REPEAT = "repeat"  # 再说一遍; key 3
    SLOWER = "slower"  # 说慢一点
    PERSON = "person"  # 转人工; key 0


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer. ``value`` is what it carries beside the label: an ISO time for a callback,
    ``no-such-person`` or ``deceased`` for somebody who is not the holder."""

    label: Label
    words: str = ""
    also: tuple[Label, ...] = ()
    request: Request | None = None
    value: str | None = None
    via: Via = Via.SPEECH


@dataclass(frozen=True, slots=True)
class Turn:
    """One question asked and what was heard; the position of a run follows from its turns."""

    question_id: str
    heard: Heard
