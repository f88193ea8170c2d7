"""What the vendor's refusals mean for us: a table. No sentence of the vendor's is passed on, for
they quote the number that was called."""

from dataclasses import dataclass

import httpx
from twilio.base.exceptions import TwilioRestException, TwilioServiceException

from ivr.phone import PhoneTrouble, PhoneUncertain


@dataclass(frozen=True, slots=True)
class Row:
    """One refusal. ``retry``: the same order may succeed later. ``sure``: nothing rang."""

    retry: bool
    sentence: str
    sure: bool = True


#: Error codes of the vendor (https://www.twilio.com/docs/api/errors/<code>).
CODES: dict[int, Row] = {
    10001: Row(False, "The carrier's account is not active."),
    10002: Row(False, "The carrier's trial account cannot do this."),
    10004: Row(True, "The account already has as many calls at once as the carrier allows."),
    20003: Row(False, "The carrier refused the account id or its token; check both settings."),
    20005: Row(False, "The carrier's account is not active."),
    20006: Row(False, "The carrier's account may not do this."),
    20008: Row(False, "These are test credentials, which cannot place real calls."),
    20404: Row(False, "The carrier knows no such call or account."),
    20429: Row(True, "Too many requests at once; the carrier did not process this one."),
    20500: Row(True, "The carrier had an internal fault.", sure=False),
    20503: Row(True, "The carrier's service is unavailable.", sure=False),
    21201: Row(False, "No number to call was given."),
    21203: Row(False, "The account may not call abroad."),
    21205: Row(False, "The carrier refused a callback address; check the public URL setting."),
    21210: Row(False, "The calling number is not verified with the carrier; check the setting."),
    21211: Row(False, "The number to call is not one."),
    21212: Row(False, "The calling number is not one; check the setting."),
    21213: Row(False, "No calling number was given; check the setting."),
    21214: Row(False, "The carrier cannot reach the number to call."),
    21215: Row(False, "The account has no permission to call that country or region."),
    21216: Row(False, "The carrier blocks calls to that number."),
    21217: Row(False, "The number to call is not one."),
    21219: Row(False, "A trial account may only call numbers verified beforehand."),
    21220: Row(False, "The call has ended already."),
    13223: Row(False, "The number to transfer to is not one."),
    13224: Row(False, "The carrier cannot call that number, or it is not one."),
    13225: Row(False, "The carrier does not call that number."),
    13227: Row(False, "The account has no permission to call that country or region."),
}

#: HTTP statuses, for answers without a code that we know.
STATUSES: dict[int, Row] = {
    401: CODES[20003],
    403: CODES[20006],
    404: CODES[20404],
    429: CODES[20429],
}

SERVER_FAULT = Row(True, "The carrier had a fault of its own.", sure=False)
UNKNOWN = Row(False, "The carrier refused the order for a reason that we do not know.")
UNREACHED = Row(True, "The carrier could not be reached.")
UNANSWERED = Row(True, "The carrier did not answer in time, or broke off.", sure=False)
UNREADABLE = Row(True, "The carrier's answer could not be understood.", sure=False)

#: Faults before anything was sent; after any other fault of transport the order may have arrived.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

#: The call that was to be ended has ended already.
ALREADY_ENDED = "21220"
UNKNOWN_CALL = "20404"


def trouble_of(fault: Exception, *, placing: bool) -> PhoneTrouble:
    """Our trouble for a fault of the client or of its connection.

    Only while ``placing`` a call does it matter that the order may have arrived all the same. Then
    the trouble is a PhoneUncertain with ``retry`` False: looking comes before dialling again.
    """
    row, code, http = _row_of(fault)
    hints = [f"error {code}"] if code else []
    hints += [f"HTTP {http}"] if http else []
    message = f"{row.sentence} ({', '.join(hints)})" if hints else row.sentence
    if placing and not row.sure:
        return PhoneUncertain(message + " The call may have been placed.", retry=False, code=code)
    return PhoneTrouble(message, retry=row.retry, code=code)


def _row_of(fault: Exception) -> tuple[Row, str | None, int | None]:
    """The row for a fault, the vendor's code and the HTTP status where there are any."""
    if isinstance(fault, TwilioRestException | TwilioServiceException):
        return _answered(fault.status, fault.code)
    if isinstance(fault, _NOT_SENT):
        return UNREACHED, None, None
    if isinstance(fault, httpx.TransportError):
        return UNANSWERED, None, None
    return UNREADABLE, None, None


def _answered(http: int, code: int | None) -> tuple[Row, str | None, int | None]:
    """The client gives the HTTP status as the code where the vendor gave none."""
    own_code = str(code) if code and code != http else None
    row = CODES.get(code or 0) or STATUSES.get(http)
    if row is None:
        row = SERVER_FAULT if http >= 500 else UNKNOWN
    return row, own_code, http
