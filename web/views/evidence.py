"""Findings with what they rest on: the customer's words and where to hear them."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.tables import Finding, Recording
from web.masks import mask_text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding. ``from_s`` and ``to_s`` are seconds of the recording, None when not heard."""

    question: str
    code: str
    status: str
    label: str
    words: str
    source: str
    call_id: int
    recording_id: int | None
    from_s: float | None
    to_s: float | None


def evidence_of(finding: Finding) -> Evidence:
    """The evidence of a finding."""
    return Evidence(
        question=finding.question_id,
        code=finding.code,
        status=finding.status,
        label=finding.label,
        words=mask_text(finding.words),
        source=finding.source,
        call_id=finding.call_id,
        recording_id=finding.recording_id,
        from_s=finding.from_s,
        to_s=finding.to_s,
    )


def audio_of(recordings: Sequence[Recording]) -> int | None:
    """The newest recording whose audio is here."""
    stored = [recording.id for recording in recordings if recording.path]
    return max(stored, default=None)
