"""The way in for other systems (a website, an app, a partner): one address that takes complaints
in, each system with a token of its own and so many a minute. It tells nothing but the complaint's
own number."""

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hmac import compare_digest
from http import HTTPStatus
from math import ceil
from threading import Lock
from typing import Annotated, Any, Final

from flask import Blueprint, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from operations import complaint_intake
from operations.case_record import CaseTrouble
from operations.complaint_intake import Channel, Intake, Relation
from operations.complaint_record import ComplaintTrouble
from operations.rights import Who
from store import complaints as store
from store import policies
from store.columns import LOCAL
from web.at_hand import line

#: What comes before a system's name in the register and in the audit log.
CALLED: Final = "intake-"
_MINUTE_S: Final = 60
_KNOWN_POLICY, _KNOWN_PHONE = "保单号", "电话"

Short = Annotated[str, Field(max_length=200)]
Answer = tuple[dict[str, Any], int] | tuple[dict[str, Any], int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Senders:
    """The other systems by name, with their tokens, and how many complaints each may send within
    a minute."""

    tokens: Mapping[str, str]
    per_minute: int = 60

    def named(self, header: str) -> str | None:
        """Whose token the header carries. All are compared, so that how long it takes tells
        nothing."""
        given = header.encode()
        found = [
            name
            for name, token in self.tokens.items()
            if compare_digest(given, f"Bearer {token}".encode())
        ]
        return found[0] if found else None


@dataclass(slots=True)
class Pace:
    """How fast each system sends, in this process: at most ``most`` requests in any minute."""

    most: int
    sent: dict[str, deque[float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def wait_s(self, name: str, now: float) -> int:
        """0: go on, and it is counted. Else the seconds after which one more may come; what is
        turned away does not count. ``now`` in seconds of a steady clock."""
        with self.lock:
            times = self.sent.setdefault(name, deque())
            while times and times[0] <= now - _MINUTE_S:
                times.popleft()
            if len(times) >= self.most:
                return max(1, ceil(times[0] + _MINUTE_S - now))
            times.append(now)
            return 0


class Brought(BaseModel):
    """The body of a request. ``received_at`` with its time zone; now, where it is not given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    matter: Annotated[str, Field(min_length=1, max_length=1500)]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    demand: Annotated[str, Field(max_length=2000)] = ""
    channel: Channel = Channel.WEB
    relation: Relation = Relation.HOLDER
    received_at: datetime | None = None
    phone: Short = ""
    policy: Annotated[str, Field(max_length=64)] = ""
    product: Short = ""
    seller: Annotated[str, Field(max_length=60)] = ""
    branch: Annotated[str, Field(max_length=60)] = ""
    amount: Annotated[Decimal | None, Field(ge=0, lt=Decimal("1e12"), decimal_places=2)] = None
    people: Annotated[int, Field(ge=1, le=complaint_intake.MOST_PEOPLE)] = 1
    proxy_name: Annotated[str, Field(max_length=60)] = ""
    proxy_phone: Short = ""
    reference: Annotated[str, Field(max_length=80)] = ""
    sent_on: date | None = None
    reply_by: date | None = None


def blueprint(senders: Senders) -> Blueprint:
    """The address, open to whoever has one of the tokens."""
    pages, pace = Blueprint("intake", __name__), Pace(senders.per_minute)

    @pages.post("/api/complaints")
    def take() -> Answer:
        """Take a complaint in; the same request again is the same complaint."""
        name = senders.named(request.headers.get("Authorization", ""))
        if name is None:
            return {"error": "send Authorization: Bearer and the token"}, HTTPStatus.UNAUTHORIZED
        if wait := pace.wait_s(name, line().steady()):
            return _too_fast(senders.per_minute, wait)
        return _take(name, request.get_data(cache=False))

    return pages


def _too_fast(most: int, wait_s: int) -> Answer:
    told = f"at most {most} complaints a minute; send this one again in {wait_s} seconds"
    return {"error": told}, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(wait_s)}


def _take(name: str, body: bytes) -> Answer:
    sender = Who(0, f"{CALLED}{name}", frozenset())
    try:
        brought = Brought.model_validate_json(body)
        number = complaint_intake.take_in(line(), sender, _intake(name, brought, body))
    except ValidationError as fault:
        told = [f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}"
                for one in fault.errors(include_url=False, include_input=False)]  # fmt: skip
        return {"error": "; ".join(told)}, HTTPStatus.BAD_REQUEST
    except CaseTrouble as trouble:
        return {"error": str(trouble)}, HTTPStatus.BAD_REQUEST
    with line().database.reading() as session:
        kept = store.by_id(session, number)
    assert kept is not None  # it was kept just now
    due = kept.law_due_at.isoformat() if kept.law_due_at else None
    return {"number": kept.number, "answer_by": due}, HTTPStatus.CREATED


def _intake(name: str, brought: Brought, body: bytes) -> Intake:
    """What is not known here, or cannot be rung, is kept in the words of the matter: to say so
    would tell strangers which policies there are, and nothing may be lost."""
    policy, phone, more = _policy(brought.policy), _phone(brought.phone), list[str]()
    if brought.policy and not policy:
        more.append(f"{_KNOWN_POLICY} {brought.policy}")
    if brought.phone and not phone:
        more.append(f"{_KNOWN_PHONE} {brought.phone}")
    at = brought.received_at
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=LOCAL)
    return Intake(
        key=_key(name, body), channel=brought.channel, received_at=at or line().clock(),
        matter="\n".join([brought.matter, *more]), policy_number=policy, phone=phone,
        proxy_phone=_phone(brought.proxy_phone), name=brought.name, demand=brought.demand,
        relation=brought.relation, product=brought.product, seller=brought.seller,
        branch=brought.branch, amount=brought.amount, people=brought.people,
        proxy_name=brought.proxy_name, reference=brought.reference, sent_on=brought.sent_on,
        reply_by=brought.reply_by,
    )  # fmt: skip


def _key(name: str, body: bytes) -> str:
    """The sender's own key, or what was sent: a request that is sent again is the same one, and no
    sender's key is another's."""
    own = request.headers.get("Idempotency-Key", "").strip()[:80]
    return f"api:{name}:{own or hashlib.sha256(body).hexdigest()}"


def _policy(number: str) -> str:
    with line().database.reading() as session:
        return number if number and policies.by_number(session, number) else ""


def _phone(text: str) -> str:
    try:
        return text if complaint_intake.phone_of(text) else ""
    except ComplaintTrouble:
        return ""
