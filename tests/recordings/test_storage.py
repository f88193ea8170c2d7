import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recordings.storage import Storage, StorageTrouble


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "recordings")


def files(folder):
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_what_is_put_can_be_read(storage):
    stored = storage.put([b"RIFF", b"sound"])
    assert stored.sha256 == hashlib.sha256(b"RIFFsound").hexdigest()
    assert stored.bytes == 9
    assert stored.path == f"{stored.sha256[:2]}/{stored.sha256}.wav"
    assert storage.read(stored.path) == b"RIFFsound"
    assert storage.exists(stored.path)
    assert storage.intact(stored.path)


def test_the_same_content_again_changes_nothing(storage):
    first = storage.put([b"same"])
    before = storage.file(first.path).stat()
    assert storage.put([b"sa", b"me"]) == first
    after = storage.file(first.path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_stream_that_breaks_leaves_nothing(storage, tmp_path):
    def breaking():
        yield b"half"
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        storage.put(breaking())
    assert files(tmp_path) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from recordings.storage import Storage

def stream():
    yield b"x" * 100_000
    os.kill(os.getpid(), signal.SIGKILL)

Storage(Path(sys.argv[1])).put(stream())
"""


def test_a_killed_process_leaves_no_visible_file(storage, tmp_path):
    folder = tmp_path / "recordings"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], env=_env(), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [f for f in files(folder) if not f.startswith(".incoming/")] == []

    again = storage.put([b"x" * 100_000])
    assert storage.intact(again.path)
    assert storage.sweep(older_than=2**40) == 1
    assert files(folder) == [again.path]


def test_a_sweep_leaves_what_is_being_written(storage, tmp_path):
    folder = tmp_path / "recordings" / ".incoming"
    folder.mkdir(parents=True)
    (folder / "now").write_bytes(b"half")
    assert storage.sweep(older_than=(folder / "now").stat().st_mtime - 60) == 0


def test_a_changed_file_is_noticed_and_mended_by_the_same_content(storage):
    stored = storage.put([b"evidence"])
    storage.file(stored.path).write_bytes(b"tampered")
    assert not storage.intact(stored.path)
    with pytest.raises(StorageTrouble, match="has been changed"):
        storage.read(stored.path)

    storage.put([b"evidence"])
    assert storage.read(stored.path) == b"evidence"


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "ab/../../x.wav", "", "/etc/passwd", "ab/short.wav", "ab"]
)
def test_only_paths_of_recordings_are_read(storage, path):
    with pytest.raises(StorageTrouble, match="is not the path"):
        storage.read(path)
    assert not storage.exists(path)


def test_a_recording_that_is_not_there_is_named(storage):
    digest = "a" * 64
    with pytest.raises(StorageTrouble, match=r"no such recording in .*recordings"):
        storage.read(f"aa/{digest}.wav")


def _env():
    return {**os.environ, "PYTHONPATH": os.getcwd()}


def test_a_file_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    storage = Storage(Path("recordings"))
    stored = storage.put([b"sound"])
    monkeypatch.chdir("/")
    assert storage.file(stored.path).is_absolute()
    assert storage.read(stored.path) == b"sound"
