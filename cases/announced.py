"""Whether a call that seemed to be answered by a person was answered by a carrier's machine. Pure.
When in doubt it was a person: a lost answer is worse than one more call."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.answers.announcements import announcement, is_fragment
from scripts.labels import Label
from scripts.outcomes import Outcome

#: What a reader makes of noise and of a machine's words that it half heard. Anything else is taken
#: for somebody's answer.
_NOBODY = frozenset({Label.UNCLEAR, Label.SILENCE})


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was heard in one stretch before the identity was verified, live and in the recording,
    seconds from its beginning. ``live`` is None where the call itself heard nothing there."""

    words: str
    label: Label
    from_s: float
    to_s: float
    live: Label | None = None
    live_words: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """The announcement, and where it is heard."""

    outcome: Outcome
    words: str
    from_s: float
    to_s: float


def announced(spoken: Sequence[Spoken]) -> Announced | None:
    """The announcement that answered, if one did and nobody else spoke."""
    if any(_by_person(one) for one in spoken):
        return None
    for one in spoken:
        outcome = announcement(one.words)
        if outcome is not None:
            return Announced(outcome, one.words, one.from_s, one.to_s)
    return None


def _by_person(one: Spoken) -> bool:
    if is_fragment(one.words):  # then the call took the machine's words for an answer
        return False
    if one.words and one.label not in _NOBODY:
        return True
    heard_live = one.live is not None and one.live not in _NOBODY
    return heard_live and not is_fragment(one.live_words)
