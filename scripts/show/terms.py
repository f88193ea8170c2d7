"""Names in Chinese and English for what the code calls by an English id: answers, steps, outcomes,
and everything of policy_terms. Tables only; a value that no table knows is shown as it is."""

from collections.abc import Mapping
from typing import Final

from scripts.show.policy_terms import CODES, CONDITIONS, DENIED, SLOTS, UNITS, VALUES, Names

#: The languages that the tables know; the Chinese name stands first.
LANGUAGES: Final = ("zh", "en")

EVENTS: Names = {
    "affirm": ("是", "yes"),
    "deny": ("否", "no"),
    "unsure": ("说不清", "not sure"),
    "explain": ("要求解释", "asks for explanation"),
    "unclear": ("没听清", "not understood"),
    "refuse": ("拒绝", "refuses"),
    "callback": ("改约时间", "call later"),
    "complaint": ("投诉或要退保", "complains or wants out"),
    "not-holder": ("不是本人", "not the holder"),
    "no-such-person": ("没有这个人", "no such person"),
    "deceased": ("已去世", "has died"),
    "silence": ("沉默", "silence"),
    "repeat": ("请再说一遍", "say it again"),
    "slower": ("请说慢一点", "speak slower"),
    "person": ("要人工", "wants a person"),
    "timed": ("说了时间", "names a time"),
}

#: The same events where the question is not one of 是 and 否.
PROVED: Names = {"affirm": ("核对相符", "matches"), "deny": ("核对不符", "does not match")}
REVERSED: Names = {"affirm": ("没有", "no, nothing"), "deny": ("有", "yes, something")}

MOVES: Names = {
    "next": ("记下，接着问", "note it, go on"),
    "explain": ("说明后再问", "explain, ask again"),
    "again": ("换说法再问", "ask in other words"),
    "repeat": ("原话再问", "ask once more"),
    "slowly": ("慢速再问", "ask slowly"),
    "end": ("结束", "end"),
    "ask": ("插问", "ask aside"),
}
#: What was tried before, in short.
TRIED: Names = {
    "explain": ("说明", "explain"),
    "again": ("换说法", "other words"),
    "repeat": ("重复", "repeat"),
    "slowly": ("放慢", "slowly"),
}

OUTCOMES: Names = {
    "completed": ("完成", "Completed"),
    "not-holder": ("非投保人本人", "Not the holder"),
    "identity-failed": ("身份未核实", "Not proved"),
    "callback": ("预约再拨", "Call back"),
    "refused": ("拒访", "Refused"),
    "unaware": ("称未投保", "Unaware"),
    "not-received": ("未收到合同", "Not received"),
    "transferred": ("转人工", "To a person"),
    "complaint": ("投诉", "Complaint"),
    "language": ("语言沟通不畅", "Language"),
    "silent": ("无应答声", "Silent"),
    "hung-up": ("中途挂断", "Hung up"),
}

#: What a question aside is called: it only asks for a time.
TIME: Names = {"time": ("约定时间", "Set a time")}

PURPOSES: Names = {
    "revisit": ("新契约回访", "revisit"),
    "second": ("再次回访", "second revisit"),
    "complaint": ("投诉回访", "complaint follow-up"),
}
MEDIA: Names = {
    "phone": ("电话", "by telephone"),
    "visit": ("面访", "face to face"),
    "letter": ("信函", "by letter"),
}

#: Four families of endings, by what the conversation came to.
FAMILIES: Names = {
    "done": ("完成", "Done"),
    "later": ("改日再访", "Another day"),
    "person": ("转人工", "To a person"),
    "stopped": ("中止", "Broken off"),
}
#: One letter for each family, so that no ending is known by its colour alone.
SIGNS: Names = {
    "done": ("完", "D"),
    "later": ("约", "L"),
    "person": ("人", "P"),
    "stopped": ("止", "X"),
    "aside": ("插", "?"),
}
_FAMILY_OF: Mapping[str, str] = {
    "completed": "done",
    "callback": "later",
    "not-holder": "later",
    "not-received": "later",
    "silent": "later",
    "transferred": "person",
}

TABLES: Mapping[str, Names] = {
    "code": CODES,
    "slot": SLOTS,
    "condition": CONDITIONS,
    "denied": DENIED,
    "unit": UNITS,
    "event": EVENTS,
    "proved": PROVED,
    "reversed": REVERSED,
    "move": MOVES,
    "tried": TRIED,
    "outcome": OUTCOMES,
    "family": FAMILIES,
    "time": TIME,
    "purpose": PURPOSES,
    "medium": MEDIA,
    "sign": SIGNS,
    **VALUES,
}


def column(language: str) -> int:
    """Which name of a pair is the language's. Raises ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"a script is shown in {' or '.join(LANGUAGES)}, not in {language!r}")
    return LANGUAGES.index(language)


def term(table: str, value: str, language: str) -> str:
    """The name of a value; the value itself where the table has none."""
    pair = TABLES[table].get(value)
    return value if pair is None else pair[column(language)]


def family(outcome: str) -> str:
    """The family of an outcome: done, later, person or stopped."""
    return _FAMILY_OF.get(outcome, "stopped")
