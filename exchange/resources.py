"""Calls and recordings as the vendor's REST API shows them. Pure: values in, JSON types out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from exchange.calls import API_VERSION, Call, Recording


def rfc2822(moment: datetime) -> str:
    """``Wed, 18 Nov 2026 01:02:03 +0000``."""
    return format_datetime(moment.astimezone(UTC))


def call_json(account: str, call: Call) -> dict[str, Any]:
    """A Call resource."""
    uri = f"/{API_VERSION}/Accounts/{account}/Calls/{call.sid}"
    return {
        "sid": call.sid,
        "account_sid": account,
        "api_version": API_VERSION,
        "date_created": rfc2822(call.created),
        "date_updated": rfc2822(call.updated or call.created),
        "parent_call_sid": None,
        "to": call.order.to,
        "to_formatted": call.order.to,
        "from": call.order.from_,
        "from_formatted": call.order.from_,
        "phone_number_sid": None,
        "status": call.status.value,
        "start_time": rfc2822(call.started) if call.started else None,
        "end_time": rfc2822(call.ended) if call.ended else None,
        "duration": str(call.seconds) if call.ended else None,
        "price": None,
        "price_unit": "USD",
        "direction": "outbound-api",
        "answered_by": call.answered_by or None,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": str(call.queue_ms),
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
    }


def recording_json(account: str, recording: Recording, now: datetime, api: str) -> dict[str, Any]:
    """A Recording resource. Before it is ready it has neither a length nor media."""
    uri = f"/{API_VERSION}/Accounts/{account}/Recordings/{recording.sid}"
    ready = now >= recording.ready
    return {
        "sid": recording.sid,
        "account_sid": account,
        "api_version": API_VERSION,
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "date_created": rfc2822(recording.started),
        "date_updated": rfc2822(max(recording.started, min(now, recording.ready))),
        "start_time": rfc2822(recording.started),
        "duration": str(round(recording.seconds)) if ready else "-1",
        "price": None,
        "price_unit": "USD",
        "status": "completed" if ready else "processing",
        "channels": recording.channels,
        "source": recording.source,
        "error_code": None,
        "uri": f"{uri}.json",
        "encryption_details": None,
        "subresource_uris": {},
        "media_url": f"{api}{uri}",
    }


def call_recording_json(account: str, recording: Recording, now: datetime) -> dict[str, Any]:
    """A Recording as a part of its call: the vendor shows other fields there."""
    whole = recording_json(account, recording, now, "")
    del whole["media_url"], whole["subresource_uris"]
    return {**whole, "track": "both"}


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for; ``number`` counts from 0."""

    path: str
    filters: Sequence[tuple[str, str]]
    number: int = 0
    size: int = 50

    def of(self, name: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The page of a list with the vendor's links to its neighbours."""
        first = self.number * self.size
        shown = list(items[first : first + self.size])
        more = first + len(shown) < len(items)
        return {
            name: shown,
            "page": self.number,
            "page_size": self.size,
            "start": first,
            "end": max(first, first + len(shown) - 1),
            "uri": self._uri(self.number),
            "first_page_uri": self._uri(0),
            "next_page_uri": self._uri(self.number + 1) if more else None,
            "previous_page_uri": self._uri(self.number - 1) if self.number else None,
        }

    def _uri(self, number: int) -> str:
        place = [("PageSize", str(self.size)), ("Page", str(number))]
        if number:
            place.append(("PageToken", f"PA{number}"))
        return f"{self.path}?{urlencode([*self.filters, *place])}"
