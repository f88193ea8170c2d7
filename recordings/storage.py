"""Recordings in a folder, named by their content. A file is there whole or not at all, and is
never written twice; knows nothing of calls."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SHA256 = re.compile(r"[0-9a-f]{64}")
SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class StorageTrouble(Exception):  # noqa: N818 - trouble of the disk's, not an error of ours
    """A recording could not be stored or is not what it was. The message names the file."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored recording; ``path`` is relative to the storage's folder, with ``/``."""

    path: str
    sha256: str
    bytes: int


class Storage:
    """A folder of recordings: ``ab/ab12….wav`` by the sha256 of the content.

    Several processes may use one folder. What a killed process leaves behind are files in
    ``.incoming``, which nobody reads and ``sweep`` removes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()  # whoever serves a file may stand in another folder
        self._incoming = self._folder / ".incoming"

    def put(self, stream: Iterable[bytes], suffix: str = ".wav") -> Stored:
        """Store what ``stream`` yields. The same content again changes nothing.

        Returns when the bytes are on the disk; an exception of the stream leaves no file.
        """
        if not SUFFIX.fullmatch(suffix):
            raise StorageTrouble(f"{suffix!r} cannot end a recording's name")
        self._incoming.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as out:
                digest, size = _write(stream, out)
            stored = Stored(f"{digest[:2]}/{digest}{suffix}", digest, size)
            self._publish(Path(scratch), stored)
        finally:
            Path(scratch).unlink(missing_ok=True)
        return stored

    def read(self, path: str) -> bytes:
        """The content of a stored recording, checked against the hash in its name."""
        content = self.file(path).read_bytes()
        if hashlib.sha256(content).hexdigest() != Path(path).stem:
            raise StorageTrouble(f"{path}: the recording has been changed since it was stored")
        return content

    def file(self, path: str) -> Path:
        """Where a stored recording lies on the disk. Raises ``StorageTrouble``."""
        folder, _, name = path.partition("/")
        stem, dot, suffix = name.partition(".")
        if not SHA256.fullmatch(stem) or folder != stem[:2] or not SUFFIX.fullmatch(dot + suffix):
            raise StorageTrouble(f"{path!r} is not the path of a stored recording")
        found = self._folder / folder / name
        if not found.is_file():
            raise StorageTrouble(f"{path}: no such recording in {self._folder}")
        return found

    def exists(self, path: str) -> bool:
        """Whether a recording is stored under ``path``."""
        try:
            self.file(path)
        except StorageTrouble:
            return False
        return True

    def intact(self, path: str) -> bool:
        """Whether a recording is stored and still has the content it was stored with."""
        try:
            self.read(path)
        except StorageTrouble:
            return False
        return True

    def remove(self, path: str) -> bool:
        """Delete a stored recording for good, when nobody needs it any more. False when it was not
        there."""
        if not self.exists(path):
            return False
        found = self.file(path)
        found.unlink(missing_ok=True)
        _flush_folder(found.parent)
        return True

    def sweep(self, older_than: float) -> int:
        """Remove what killed processes left unfinished before the POSIX time ``older_than``."""
        left = [
            file
            for file in (self._incoming.iterdir() if self._incoming.is_dir() else ())
            if file.stat().st_mtime < older_than
        ]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def _publish(self, scratch: Path, stored: Stored) -> None:
        target = self._folder / stored.path
        target.parent.mkdir(exist_ok=True)
        if target.is_file() and self.intact(stored.path):
            return
        os.replace(scratch, target)  # over nothing, or over a damaged copy of the same content
        for folder in (target.parent, self._folder):
            _flush_folder(folder)


def _write(stream: Iterable[bytes], out: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in stream:
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _flush_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
