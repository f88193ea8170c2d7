"""The folder in which one demonstration lives, so that a killed one can go on: its inputs, its
ports and its lock."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huifang.faults import InputFault
from huifang.servers import free_port, port_like

HERE = Path(__file__).parent
POLICIES, CAST = HERE / "policies.csv", HERE / "cast.yaml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demonstration keeps everything, and the ports its two servers listen on. A resumed
    one needs the same ports, for the exchange knows the webhooks by their addresses."""

    folder: Path
    web_port: int
    exchange_port: int
    resumed: bool

    @property
    def exchange(self) -> Path:
        """The exchange's own books."""
        return self.folder / "exchange"


@contextmanager
def taken(home: Path, policies: Path, cast: Path, rest: str, web_port: int) -> Iterator[Place]:
    """The folder for these inputs, for this process alone: a new one, or the unfinished one.

    ``rest`` is whatever else makes a run another run: script, rulebook, engine.
    """
    folder = home / "demo" / _key(policies, cast, rest)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputFault(
                f"a demonstration is running in {folder} already; end it first"
            ) from None
        yield _place(folder, web_port)


def finish(place: Place) -> None:
    """Nothing is left to do here: the next demonstration starts anew."""
    (place.folder / "finished").touch()


def _place(folder: Path, web_port: int) -> Place:
    if (folder / "finished").exists():
        old = folder.with_suffix(".old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)  # at once: what is half removed must not look like half done
        folder.mkdir()
        shutil.rmtree(old)
    notes = folder / "ports.json"
    resumed = notes.exists()
    if resumed:
        ports = json.loads(notes.read_text())
    else:
        ports = {"web": port_like(web_port), "exchange": free_port()}
        scratch = folder / "ports.json.new"
        scratch.write_text(json.dumps(ports))
        scratch.replace(notes)
    return Place(folder, ports["web"], ports["exchange"], resumed)


def _key(policies: Path, cast: Path, rest: str) -> str:
    digest = hashlib.sha256(rest.encode())
    for file in (policies, cast):
        try:
            digest.update(file.read_bytes())
        except OSError as fault:
            raise InputFault(f"{file}: cannot be read ({fault.strerror}); check the path") from None
    return digest.hexdigest()[:12]
