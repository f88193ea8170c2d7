"""What a conversation wants done next, as values. One pure function turns them into TwiML,
another into a page; nothing here knows how."""

from dataclasses import dataclass

from scripts.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Say:
    """Speak ``text`` (Chinese, slots already filled and numbers in spoken form)."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Speak ``text``, then wait for the answer to ``question``.

    ``turn`` is the number of turns already heard in this call: an answer that comes back with
    another number is late or a repetition, and changes nothing.
    """

    question: str  # question id, e.g. LIABILITY.term
    turn: int
    text: str
    hints: tuple[str, ...] = ()  # phrases the recogniser should expect
    keys: int = 1  # how many keys to wait for; 1 for yes/no, 8 for a birthday
    wait_s: int = 5  # seconds of silence that count as no answer
    barge_in: bool = True
    slow: bool = False  # speak slowly: asked again for somebody who did not follow


@dataclass(frozen=True, slots=True)
class Listen:
    """Say nothing and listen: the other end may be a machine whose announcement tells why."""

    turn: int
    wait_s: int = 6


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand the call to a person, saying ``text`` first.

    When nobody can be reached the customer hears ``sorry`` and the call comes to ``otherwise``.
    """

    text: str
    otherwise: Outcome = Outcome.CALLBACK
    sorry: str = ""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call. ``outcome`` is what the conversation came to."""

    outcome: Outcome


Effect = Say | Ask | Listen | Transfer | HangUp
