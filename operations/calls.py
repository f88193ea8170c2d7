"""Finding the call that a webhook speaks of, and bringing back the run of its script."""

from functools import lru_cache

from operations.facts import from_json
from scripts.heard import Heard, Request, Turn, Via
from scripts.labels import Label
from scripts.model import Script
from scripts.reader import read_script
from scripts.run import Run
from store import calls
from store.database import Session
from store.tables import Call, ScriptVersion
from store.tables import Turn as TurnRow

#: Parsed scripts by hash. Reading one takes as long as a hundred webhooks.
_MOST_PARSED = 64


class UnknownCall(LookupError):  # noqa: N818 - a call nobody ordered is no error of ours
    """No call of ours has this token, or the carrier's id is not the one that was given to it."""


def known_call(session: Session, token: str, vendor_id: str) -> Call:
    """The call with this token, locked. A call whose order got no answer learns its id here.

    Raises UnknownCall.
    """
    call = calls.by_token(session, token, lock=True)
    if call is None or call.vendor_id not in (None, vendor_id):
        raise UnknownCall(token)
    if call.vendor_id is None:  # the carrier's answer to the order was lost, or is still coming
        call.vendor_id = vendor_id
        if call.attempt.ended_at is None:
            call.attempt.state = "placed"
    return call


@lru_cache(maxsize=_MOST_PARSED)
def _parsed(_hash: str, text: str) -> Script:
    return read_script(text)  # also one of an older format


def script_of(session: Session, call: Call) -> Script:
    """The script as this call began it, however it has been changed since."""
    return script_by_hash(session, call.script_hash)


def script_by_hash(session: Session, script_hash: str) -> Script:
    """The script that some call was made with."""
    version = session.get_one(ScriptVersion, script_hash)
    return _parsed(version.hash, version.text)


def run_of(session: Session, call: Call) -> Run:
    """The run of a call: its script, its facts and what was heard so far."""
    turns = tuple(Turn(row.question_id, heard_of(row)) for row in call.turns)
    return Run(script_of(session, call), from_json(call.facts), turns)


def heard_of(row: TurnRow) -> Heard:
    """What a stored turn heard."""
    return Heard(
        label=Label(row.label),
        words=row.words,
        also=tuple(Label(label) for label in row.also),
        request=Request(row.request) if row.request else None,
        value=row.value,
        via=Via(row.via),
    )
