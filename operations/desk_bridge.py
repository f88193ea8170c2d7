"""An agent calls through the carrier: the agent's own phone is rung, then the customer's, and both
are connected and recorded. What was answered, and how it ended, is still the agent's to say."""

from ivr.numbers import is_e164
from ivr.phone import CallNews, Dial, PhoneTrouble, PhoneUncertain
from operations import claim
from operations.calls import UnknownCall
from operations.desk import DeskTrouble
from operations.desk_talk import CARRIER, begin
from operations.line import Line
from operations.rights import Who
from scripts.outcomes import Outcome
from store import calls, desk
from store.database import Session
from store.tables import Call, Interview

#: The carrier's words for a customer who was not reached, and ours.
_NOT_REACHED = {
    "busy": Outcome.BUSY,
    "no-answer": Outcome.NO_ANSWER,
    "failed": Outcome.UNREACHABLE,
    "canceled": Outcome.NO_ANSWER,
}


def ring(line: Line, who: Who, number: int, version: int, own_phone: str) -> None:
    """Ring the agent's own phone; the customer's is rung once it is answered. Raises DeskTrouble,
    and nothing rings then."""
    if line.phone is None:
        raise DeskTrouble("no carrier is there; ring on another phone")
    own = dialled(own_phone)
    if not begin(line, who, number, version, CARRIER):
        return  # a double click rings once
    with line.database.reading() as session:
        interview = desk.by_id(session, number)
        assert interview is not None  # begun just now
        assert interview.call is not None
        token = interview.call.token
    try:
        vendor_id = line.phone.place(Dial(token, own, bridge=True))
    except PhoneUncertain:
        raise DeskTrouble(
            "the carrier has not answered; wait whether your phone rings, or ring on another phone"
        ) from None
    except PhoneTrouble as trouble:
        _not_begun(line, token)
        raise DeskTrouble(f"the carrier did not take the call: {trouble}") from None
    with line.database.transaction() as session:
        _known(session, token, vendor_id)


def dialled(phone: str) -> str:
    """An agent's phone as the carrier wants it. Raises DeskTrouble."""
    digits = "".join(one for one in phone if one not in " -()")
    wanted = digits if digits.startswith("+") else f"+86{digits.removeprefix('0')}"
    if not is_e164(wanted):
        raise DeskTrouble("this is no number that we can ring; write your phone as it is dialled")
    return wanted


def connect(line: Line, token: str, vendor_id: str) -> str | None:
    """The agent has answered: the customer's number, if it may still be rung at this moment. Raises
    UnknownCall."""
    with line.database.transaction() as session:
        call, interview = _known(session, token, vendor_id)
        allowed = claim.may_still_ring(session, line, call.attempt, line.clock())
        if interview.ended_at is not None or not allowed:
            _begun_not(call, interview)
            return None
        call.answered_at = call.asked_at = line.clock()
        return call.phone


def reached(line: Line, token: str, vendor_id: str, word: str) -> None:
    """How the customer's telephone was reached: the agent sees it, and says how the call ended.
    Raises UnknownCall."""
    with line.database.transaction() as session:
        _, interview = _known(session, token, vendor_id)
        outcome = _NOT_REACHED.get(word)
        if outcome is not None and interview.ended_at is None:
            interview.carrier_said = outcome
            interview.touched_at = line.clock()


def progressed(line: Line, token: str, news: CallNews) -> None:
    """News of the call to the agent's own phone. Where it was not answered, the customer was not
    rung: the agent may begin again. It ends no interview. Raises UnknownCall."""
    with line.database.transaction() as session:
        call, interview = _known(session, token, news.vendor_id)
        payload = {"status": news.word, "duration_s": news.duration_s}
        if not calls.note_event(session, call, "status", news.key, payload, line.clock()):
            return
        call.vendor_status = news.word
        never = news.outcome is not None and news.outcome is not Outcome.HUNG_UP
        if never and interview.ended_at is None and not call.turns:
            _begun_not(call, interview)


def _not_begun(line: Line, token: str) -> None:
    with line.database.transaction() as session:
        call = calls.by_token(session, token, lock=True)
        interview = desk.by_call(session, call.id) if call else None
        if call is not None and interview is not None:
            _begun_not(call, interview)


def _begun_not(call: Call, interview: Interview) -> None:
    """Nobody's telephone rang but the agent's."""
    interview.started_at = interview.way = None
    interview.version += 1
    call.answered_at = call.vendor_id = call.attempt.rang_at = None


def _known(session: Session, token: str, vendor_id: str) -> tuple[Call, Interview]:
    """The call of an agent with this token, locked. Raises UnknownCall."""
    call = calls.by_token(session, token, lock=True)
    interview = desk.by_call(session, call.id) if call else None
    if call is None or interview is None or call.vendor_id not in (None, vendor_id):
        raise UnknownCall(token)
    call.vendor_id = vendor_id
    return call, interview
