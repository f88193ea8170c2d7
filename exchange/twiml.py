"""The verbs of TwiML that the exchange executes, and the vendor's faults. Values only."""

from dataclasses import dataclass

#: Faults of a document, by the vendor's numbers (its error dictionary).
PARSE_FAILURE, SCHEMA, BAD_CONTENT_TYPE, TOO_LARGE = 12100, 12200, 12300, 11750
GATHER_FINISH_KEY, GATHER_TIMEOUT, GATHER_DIGITS, GATHER_NESTED = 13310, 13311, 13314, 13320
GATHER_LANGUAGE, GATHER_SPEECH_TIMEOUT = 13331, 13335
SAY_LOOP, SAY_LANGUAGE, PLAY_LOOP, RECORD_TIMEOUT, RECORD_LENGTH = 13510, 13512, 13410, 13611, 13612
BAD_METHOD = 12101


class TwimlError(Exception):
    """The document cannot be executed: the vendor's code and one sentence."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Say:
    """Speak words. ``loop`` 0 means until the call ends."""

    text: str
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """Play a sound file, or press keys."""

    url: str = ""
    digits: str = ""
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """Say nothing for so many seconds."""

    seconds: float = 1


Prompt = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """Ask, and wait for keys or words. ``speech_timeout`` None is the vendor's ``auto``."""

    prompts: tuple[Prompt, ...] = ()
    action: str = ""
    method: str = "POST"
    speech: bool = False
    keys: bool = True
    timeout: float = 5
    speech_timeout: float | None = 5
    num_digits: int = 0
    finish_key: str = "#"
    barge_in: bool = True
    on_empty: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Record the callee. Times in seconds."""

    action: str = ""
    method: str = "POST"
    timeout: float = 5
    longest: float = 3600
    finish_keys: str = "1234567890*#"
    beep: bool = True
    callback: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str = ""
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect somebody else. ``time_limit`` in seconds."""

    number: str
    action: str = ""
    method: str = "POST"
    timeout: float = 30
    time_limit: float = 14400


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call. Reject, which is for incoming calls, ends an outgoing one too."""


Verb = Say | Play | Pause | Gather | Record | Redirect | Dial | Hangup
