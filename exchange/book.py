"""The exchange's books on disk and in memory: calls, their journals, recordings. No decisions.

Every file is written whole or not at all, so a kill at any moment leaves nothing half.
"""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from exchange.calls import Call, Recording, call_from_json, recording_from_json, to_json
from exchange.cast import national
from exchange.journal import Journal
from exchange.line import save
from exchange.voices.band import Sound


class Book:
    """All calls and recordings of one folder, safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._calls_folder = folder / "calls"
        self._recordings_folder = folder / "recordings"
        for each in (self._calls_folder, self._recordings_folder):
            each.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._journals: dict[str, Journal] = {}
        self._calls = {call.sid: call for call in self._read_calls()}
        self._recordings = {one.sid: one for one in self._read_recordings()}

    def calls(self) -> list[Call]:
        """Every call, in the order of their creation."""
        with self._lock:
            return list(self._calls.values())

    def call(self, sid: str) -> Call | None:
        """One call."""
        return self._calls.get(sid)

    def calls_to(self, number: str) -> list[Call]:
        """The calls to a number, however it is written."""
        return [call for call in self.calls() if national(call.order.to) == national(number)]

    def add(self, call: Call) -> None:
        """Keep an accepted order: from here on the call survives a kill."""
        with self._lock:
            (self._calls_folder / call.sid).mkdir(exist_ok=True)
            _write(self._calls_folder / call.sid / "accepted.json", to_json(call))
            self._calls[call.sid] = call

    def change(self, sid: str, **changes: Any) -> Call:
        """A call as it stands now. In memory: running again gives the same changes."""
        with self._lock:
            call = self._calls[sid] = replace(self._calls[sid], **changes)
            return call

    def close(self, sid: str) -> None:
        """Keep an ended call as it is; it will not run again."""
        with self._lock:
            _write(self._calls_folder / sid / "ended.json", to_json(self._calls[sid]))

    def journal(self, sid: str) -> Journal:
        """The journal of a call."""
        with self._lock:
            if sid not in self._journals:
                self._journals[sid] = Journal(self._calls_folder / sid / "journal.jsonl")
            return self._journals[sid]

    def recordings(self) -> list[Recording]:
        """Every recording, in the order they were made."""
        with self._lock:
            return list(self._recordings.values())

    def recording(self, sid: str) -> Recording | None:
        """One recording."""
        return self._recordings.get(sid)

    def media(self, sid: str) -> Path:
        """Where the WAV of a recording lies."""
        return self._recordings_folder / f"{sid}.wav"

    def add_recording(self, recording: Recording, channels: list[Sound]) -> None:
        """Keep a recording: first its sound, then its entry, so that an entry always has sound."""
        save(self.media(recording.sid), channels)
        with self._lock:
            _write(self._entry(recording.sid), to_json(recording))
            self._recordings[recording.sid] = recording

    def delete_recording(self, sid: str) -> None:
        """Forget a recording and its sound."""
        with self._lock:
            self._recordings.pop(sid, None)
            self._entry(sid).unlink(missing_ok=True)
            self.media(sid).unlink(missing_ok=True)

    def latest(self) -> datetime | None:
        """The latest moment that stands anywhere in the books."""
        moments = [call.created for call in self.calls()]
        moments += [call.ended for call in self.calls() if call.ended]
        moments += [at for call in self.calls() if (at := self.journal(call.sid).latest)]
        return max(moments, default=None)

    def _entry(self, sid: str) -> Path:
        return self._recordings_folder / f"{sid}.json"

    def _read_calls(self) -> list[Call]:
        calls = []
        for folder in self._calls_folder.iterdir():
            ended, accepted = folder / "ended.json", folder / "accepted.json"
            file = ended if ended.exists() else accepted
            if file.exists():
                calls.append(call_from_json(json.loads(file.read_text(encoding="utf-8"))))
        return sorted(calls, key=lambda call: (call.created, call.starts))

    def _read_recordings(self) -> list[Recording]:
        entries = self._recordings_folder.glob("*.json")
        read = [recording_from_json(json.loads(one.read_text(encoding="utf-8"))) for one in entries]
        return sorted(read, key=lambda one: (one.ready, one.sid))


def _write(file: Path, data: Mapping[str, Any]) -> None:
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)
