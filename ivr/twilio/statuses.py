"""The vendor's words for how a call goes, and what they mean to us: tables with an explicit row
for the unknown. No decision about retries is taken here."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from scripts.outcomes import Outcome

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """``final``: the call is over. ``outcome``: how, where the carrier alone can tell."""

    final: bool
    outcome: Outcome | None = None


RUNNING = Progress(final=False)

#: Every status of the vendor's REST API and callbacks.
STATUSES: dict[str, Progress] = {
    "queued": RUNNING,
    "initiated": RUNNING,
    "ringing": RUNNING,
    "in-progress": RUNNING,
    "completed": Progress(final=True),  # somebody answered: the conversation knows how it ended
    "busy": Progress(final=True, outcome=Outcome.BUSY),
    "no-answer": Progress(final=True, outcome=Outcome.NO_ANSWER),
    "failed": Progress(final=True, outcome=Outcome.FAILED),
    "canceled": Progress(final=True, outcome=Outcome.CANCELED),
}

#: A word that the vendor has never used before. It is taken for a call that goes on: to take a
#: running call for an ended one would ring the same person a second time. Whether it has ended
#: is asked for later.
UNKNOWN = RUNNING

#: What the network answered, where a call failed (RFC 3261; 480 is also what a phone out of
#: reach or switched off gives). It says nothing new where the vendor has a status of its own.
SIP_CODES: dict[int, Outcome] = {
    404: Outcome.EMPTY_NUMBER,
    410: Outcome.EMPTY_NUMBER,
    484: Outcome.EMPTY_NUMBER,
    604: Outcome.EMPTY_NUMBER,
    408: Outcome.UNREACHABLE,
    480: Outcome.UNREACHABLE,
    486: Outcome.BUSY,
    600: Outcome.BUSY,
    603: Outcome.BUSY,  # declined on the handset
    487: Outcome.CANCELED,
}


class Answerer(StrEnum):
    """Who or what picked up, by the carrier's guess."""

    HUMAN = "human"
    MACHINE = "machine"
    FAX = "fax"
    UNKNOWN = "unknown"


ANSWERED_BY: dict[str, Answerer] = {
    "human": Answerer.HUMAN,
    "machine_start": Answerer.MACHINE,
    "machine_end_beep": Answerer.MACHINE,
    "machine_end_silence": Answerer.MACHINE,
    "machine_end_other": Answerer.MACHINE,
    "fax": Answerer.FAX,
    "unknown": Answerer.UNKNOWN,
}


def progress(status: str) -> Progress:
    """What a status means; a word we do not know is logged, and the call goes on."""
    known = STATUSES.get(status)
    if known is None:
        _log.warning("The carrier reported the unknown call status %r.", status[:32])
    return known or UNKNOWN


def outcome_of(
    status: str, sip_code: int | None = None, ending: Outcome | None = None
) -> Outcome | None:
    """How the call ended, or None while it goes on.

    ``ending`` is what the conversation came to: it wins, for the carrier only hears a call end.
    Without one, a call that was answered is a call that the customer hung up.
    """
    state = progress(status)
    if not state.final:
        return None
    if ending is not None:
        return ending
    if status == "failed":
        return SIP_CODES.get(sip_code or 0, Outcome.FAILED)
    return state.outcome or Outcome.HUNG_UP


def answerer(answered_by: str | None) -> Answerer:
    """Who picked up; UNKNOWN without detection, and for a word that we do not know (logged)."""
    if not answered_by:
        return Answerer.UNKNOWN
    known = ANSWERED_BY.get(answered_by)
    if known is None:
        _log.warning("The carrier reported an unknown kind of answerer: %r.", answered_by[:32])
    return known or Answerer.UNKNOWN
