"""The way in for other systems (a website, an app, a partner): one address that takes complaints
in, each request with the insurer's token. It tells nothing but the complaint's own number."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from hmac import compare_digest
from http import HTTPStatus
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

#: What other systems are called in the register and in the audit log.
SENDER: Final = Who(0, "intake-api", frozenset())
_KNOWN_POLICY, _KNOWN_PHONE = "保单号", "电话"

Short = Annotated[str, Field(max_length=200)]
Answer = tuple[dict[str, Any], int]


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


def blueprint(token: str) -> Blueprint:
    """The address, open to whoever has this token."""
    pages = Blueprint("intake", __name__)

    @pages.post("/api/complaints")
    def take() -> Answer:
        """Take a complaint in; the same request again is the same complaint."""
        given = request.headers.get("Authorization", "")
        if not compare_digest(given.encode(), f"Bearer {token}".encode()):
            return {"error": "send Authorization: Bearer and the token"}, HTTPStatus.UNAUTHORIZED
        return _take(request.get_data(cache=False))

    return pages


def _take(body: bytes) -> Answer:
    try:
        brought = Brought.model_validate_json(body)
        number = complaint_intake.take_in(line(), SENDER, _intake(brought, body))
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


def _intake(brought: Brought, body: bytes) -> Intake:
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
        key=_key(body), channel=brought.channel, received_at=at or line().clock(),
        matter="\n".join([brought.matter, *more]), policy_number=policy, phone=phone,
        proxy_phone=_phone(brought.proxy_phone), name=brought.name, demand=brought.demand,
        relation=brought.relation, product=brought.product, seller=brought.seller,
        branch=brought.branch, amount=brought.amount, people=brought.people,
        proxy_name=brought.proxy_name, reference=brought.reference, sent_on=brought.sent_on,
        reply_by=brought.reply_by,
    )  # fmt: skip


def _key(body: bytes) -> str:
    """The sender's own key, or what was sent: a request that is sent again is the same one."""
    own = request.headers.get("Idempotency-Key", "").strip()[:80]
    return f"api:{own or hashlib.sha256(body).hexdigest()}"


def _policy(number: str) -> str:
    with line().database.reading() as session:
        return number if number and policies.by_number(session, number) else ""


def _phone(text: str) -> str:
    try:
        return text if complaint_intake.phone_of(text) else ""
    except ComplaintTrouble:
        return ""
