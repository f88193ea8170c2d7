"""Fetches a recogniser's model from its official place: with progress, resumed where it broke
off, checked against its sha256, and there whole or not at all."""

import errno
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from recordings.trouble import SpeechTrouble

OFFICIAL = "https://alphacephei.com/vosk/models/"
ZIP = b"PK"  # how every zip file begins
TIMEOUT = httpx.Timeout(60.0, connect=3.0)

Progress = Callable[[int, int], None]  # bytes so far, bytes in all


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be fetched as one zip file holding one folder of the model's name."""

    name: str
    bytes: int  # of the zip file
    sha256: str  # of the zip file
    most_unpacked: int  # bytes; what claims to be larger is not this model

    @property
    def zip_name(self) -> str:
        """The file's name at its official place."""
        return f"{self.name}.zip"


VOSK_SMALL_CN = Model(
    "vosk-model-small-cn-0.22",
    43_898_754,
    "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba",
    200_000_000,
)


def fetch(
    model: Model,
    into: Path,
    progress: Progress = lambda done, whole: None,
    *,
    base_url: str = OFFICIAL,
    client: httpx.Client | None = None,
) -> Path:
    """Fetch and unpack ``model`` into the folder ``into``; returns ``into/<model's name>``.

    A model that is there is left alone. Raises ``SpeechTrouble`` with what went wrong.
    """
    made = into / model.name
    if made.is_dir():
        return made
    url = base_url.rstrip("/") + "/" + model.zip_name
    try:
        into.mkdir(parents=True, exist_ok=True)
        with _alone(into / f".{model.name}.lock"), _borrowed(client) as http:
            partial = into / f".{model.zip_name}.part"
            _download(http, url, model, partial, progress)
            _check(partial, model, url)
            _unpack(partial, model, made)
            partial.unlink()
    except OSError as trouble:
        raise SpeechTrouble(_disk(trouble, into)) from trouble
    return made


def _download(
    http: httpx.Client, url: str, model: Model, partial: Path, progress: Progress
) -> None:
    """Everything that ``partial`` lacks. What an earlier attempt got is kept."""
    have = partial.stat().st_size if partial.exists() else 0
    if have >= model.bytes:
        return
    headers = {"Range": f"bytes={have}-"} if have else {}
    try:
        with http.stream(
            "GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True
        ) as answer:
            answer.raise_for_status()
            resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
            with partial.open("ab" if resumed else "wb") as out:
                _copy(answer, out, model, progress)
    except httpx.HTTPStatusError as trouble:
        status = trouble.response.status_code
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            partial.unlink()  # what is here is of another file: begin anew next time
        raise SpeechTrouble(f"{url} answers {status}: nothing fetched") from trouble
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        raise SpeechTrouble(
            f"{url} cannot be reached ({trouble}): check the network, or unpack the model by"
            f" hand into {partial.parent / model.name}"
        ) from trouble


def _copy(answer: httpx.Response, out: BinaryIO, model: Model, progress: Progress) -> None:
    for chunk in answer.iter_bytes(1 << 13):
        if not out.tell() and not chunk.startswith(ZIP):
            raise SpeechTrouble(f"{answer.url} is not a zip file (a web page?): nothing fetched")
        if out.tell() + len(chunk) > model.bytes:
            out.write(chunk[: model.bytes - out.tell()])  # the hash will say that it is another
            return
        out.write(chunk)
        progress(out.tell(), model.bytes)


def _check(partial: Path, model: Model, url: str) -> None:
    size = partial.stat().st_size
    if size < model.bytes:
        raise SpeechTrouble(
            f"{url} broke off after {size} of {model.bytes} bytes: run the same command again,"
            " it goes on from there"
        )
    with partial.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != model.sha256:
        partial.unlink()
        raise SpeechTrouble(
            f"{url} is not {model.name}: its sha256 is {found}, expected {model.sha256};"
            " it has been deleted"
        )


def _unpack(partial: Path, model: Model, made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=made.parent, prefix=f".{model.name}-") as scratch:
        try:
            with zipfile.ZipFile(partial) as archive:
                _refuse_unsafe(archive, model)
                archive.extractall(scratch)
        except (zipfile.BadZipFile, NotImplementedError) as trouble:
            partial.unlink()
            raise SpeechTrouble(f"{model.zip_name} is not a zip file that can be read") from trouble
        os.rename(Path(scratch) / model.name, made)


def _refuse_unsafe(archive: zipfile.ZipFile, model: Model) -> None:
    """Only plain files inside the model's own folder, and no more of them than it has."""
    whole = 0
    for member in archive.infolist():
        parts = Path(member.filename).parts
        link = stat.S_ISLNK(member.external_attr >> 16)
        if not parts or parts[0] != model.name or ".." in parts or link:
            raise SpeechTrouble(f"{model.zip_name} holds {member.filename!r}, which is unsafe")
        whole += member.file_size
    if whole > model.most_unpacked:
        raise SpeechTrouble(f"{model.zip_name} would unpack to {whole} bytes, which is unsafe")


def _borrowed(client: httpx.Client | None) -> AbstractContextManager[httpx.Client]:
    """The caller's client stays open; our own is closed."""
    return httpx.Client() if client is None else nullcontext(client)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Only one process fetches; another one is told so at once."""
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as trouble:
            raise SpeechTrouble("another process is fetching this model: wait for it") from trouble
        yield


def _disk(trouble: OSError, into: Path) -> str:
    if trouble.errno == errno.ENOSPC:
        free = shutil.disk_usage(into).free
        return f"the disk of {into} is full ({free} bytes left): make room and run it again"
    return f"{into} cannot be written ({trouble.strerror})"
