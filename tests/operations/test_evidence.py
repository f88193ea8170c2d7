"""The evidence package: whole, the same for the same data, and checked by the program inside it,
which finds a single changed byte."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from operations import audit, evidence, verify_package
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from operations.new_files import FileTrouble
from store import evidence as store
from store import policies, walls
from store.tables import AuditEntry, CaseFile, Recording, Review
from tests.operations.rig import NOW, SOMEBODY_ELSE, YES, Rig

ANSWERS = {**YES, "SIGN_APP": "我儿子替我签的"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A policy that was called, recorded, heard and reviewed, beside another one."""
    rig = Rig(tmp_path_factory.mktemp("evidence"))
    other = {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE}
    rig.import_rows({}, other)
    for _ in range(2):
        caller = rig.ring()
        caller.picks_up()
        caller.talks(ANSWERS)
        caller.hangs_up()
        sid = caller.sid.replace("CA", "RE")
        rig.put_on_shelf(sid, rig.recording())
        caller.recorded()
        assert fetch_next(rig.line)
        assert hear_next(rig.line)
    with rig.line.database.transaction() as session:
        session.add(
            Review(call_id=1, turn_number=1, question_id="ID_VERIFY", reviewer="黄质检",
                   label="affirm", note="清楚", blind=True, made_at=NOW)
        )  # fmt: skip
    audit.note_alone(rig.line, "黄质检", audit.LISTENED, "recording:1")
    audit.note_alone(rig.line, "黄质检", audit.LISTENED, "recording:2")
    yield rig
    rig.close()


@pytest.fixture(scope="module")
def package(told: Rig) -> bytes:
    return evidence.make(told.line, "P0001", "合规甲").content


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def verified(folder: Path) -> tuple[int, str]:
    """Run the program that lies in the package as an outsider does: alone, without our code."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", folder / "verify.py"],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_everything_about_the_policy_and_nothing_of_another(package: bytes, told: Rig) -> None:
    files = opened(package)
    records = json.loads(files["records.json"])
    assert [row["number"] for row in records["policy"]] == ["P0001"]
    assert records["import"][0]["file_name"] == "list.csv"
    assert len(records["call"]) == len(records["recording"]) == 1
    assert records["review"][0]["reviewer"] == "黄质检"
    assert {row["code"] for row in records["finding"]} == {"SIGN_APP"}
    assert records["reading"]
    assert records["case"]
    assert "陈安乐" not in package.decode("latin-1")
    assert "陈安乐".encode() not in b"".join(files.values())
    (recording, _) = told.all(Recording)
    assert files[f"audio/{recording.sha256}.wav"] == told.line.storage.read(recording.path)
    (text,) = (files[name].decode() for name in files if name.startswith("transcripts/"))
    assert "我儿子替我签的" in text
    assert "黄质检" in text
    assert "守护一生终身寿险" in text  # the policy's own values, as they were spoken
    (script,) = (name for name in files if name.startswith("scripts/"))
    assert sha256(files[script]).hexdigest() in script


def test_every_table_that_leads_to_a_policy_is_in_it(told: Rig) -> None:
    """A table of another feature is evidence without anybody thinking of it."""
    with told.line.database.reading() as session:
        policy = policies.by_number(session, "P0001")
        assert policy is not None
        found = store.records(session, policy)
    assert {"attempt", "turn", "call_event", "hearing", "reading_version"} <= set(found)
    assert set(found) <= {*walls.ways(), "policy", "import", "script_release"}
    assert CaseFile.__tablename__ in walls.ways()


def test_what_the_log_says_of_it_ends_with_the_making(package: bytes, told: Rig) -> None:
    found = json.loads(opened(package)["audit.json"])["entries"]
    assert [(one["what"], one["about"]) for one in found] == [
        ("listened", "recording:1"), ("evidence", "policy:P0001")
    ]  # fmt: skip
    contents = json.loads(opened(package)["manifest.json"])["contents"]
    assert contents in found[-1]["detail"]
    assert found[-1]["who"] == "合规甲"
    assert audit.verify(told.line, found[-1]["hash"]).broken_at is None


def test_the_same_data_give_the_same_files_but_for_the_new_entry(told: Rig, package: bytes) -> None:
    again = opened(evidence.make(told.line, "P0001", "合规甲").content)
    first = opened(package)
    beside = {"audit.json", "manifest.json"}
    assert {name for name in first if first[name] != again[name]} == beside
    with zipfile.ZipFile(io.BytesIO(package)) as one:
        made = told.clock.now.timetuple()
        assert {info.date_time for info in one.infolist()} == {(*made[:5], 0)}
        assert one.namelist() == sorted(one.namelist())


def test_an_outsider_finds_it_intact(package: bytes, tmp_path: Path) -> None:
    code, said = verified(unpacked(opened(package), tmp_path))
    assert (code, "INTACT" in said) == (0, True), said
    zipped = tmp_path / "package.zip"
    zipped.write_bytes(package)
    assert verify_package.main(["verify.py", str(zipped)]) == 0


def first_of(folder: str) -> Callable[[dict[str, bytes]], str]:
    return lambda files: next(name for name in files if name.startswith(folder))


@pytest.mark.parametrize(
    "folder", ["audio/", "transcripts/", "scripts/", "records", "audit", "README"]
)
def test_one_changed_byte_is_found(folder: str, package: bytes, tmp_path: Path) -> None:
    files = opened(package)
    name = first_of(folder)(files)
    middle = len(files[name]) // 2
    byte = files[name][middle] ^ 1
    files[name] = files[name][:middle] + bytes([byte]) + files[name][middle + 1 :]
    code, said = verified(unpacked(files, tmp_path))
    assert code in (1, 2), said
    assert name in said or "cannot be read" in said


def forged(files: dict[str, bytes]) -> dict[str, bytes]:
    """The manifest made anew, as somebody would who has changed a file on purpose."""
    manifest = json.loads(files["manifest.json"])
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    for one in manifest["files"]:
        one["sha256"], one["bytes"] = hashes[one["path"]], len(files[one["path"]])
    manifest["contents"] = verify_package.contents_hash(hashes)
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def test_a_forged_manifest_is_found_by_the_audit_entry(package: bytes, tmp_path: Path) -> None:
    files = opened(package)
    name = first_of("transcripts/")(files)
    files[name] = files[name].replace("我儿子替我签的".encode(), "我自己签的".encode())
    code, said = verified(unpacked(forged(files), tmp_path))
    assert code == 1
    assert "the audit log vouches for" in said


def test_a_changed_audit_entry_and_a_missing_file_are_found(package: bytes, tmp_path: Path) -> None:
    files = opened(package)
    files["audit.json"] = files["audit.json"].replace("黄质检".encode(), "王质检".encode())
    del files[first_of("audio/")(files)]
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [one for one in manifest["files"] if not one["path"].startswith("audio/")]
    files["manifest.json"] = json.dumps(manifest).encode()
    code, said = verified(unpacked(forged(files), tmp_path))
    assert code == 1
    assert "was changed" in said
    assert "recording 1 is missing" in said


def test_audio_that_cannot_be_had_is_told_and_stops_nothing(rig: Rig, tmp_path: Path) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    rig.put_on_shelf(caller.sid.replace("CA", "RE"), rig.recording())
    caller.recorded()
    assert fetch_next(rig.line)
    rig.line.storage.remove(rig.one(Recording).path)

    made = evidence.make(rig.line, "P0001", "合规甲")
    assert "gone from the storage" in made.problems[0]
    assert str(tmp_path).encode() not in b"".join(opened(made.content).values())
    code, said = verified(unpacked(opened(made.content), tmp_path / "out"))
    assert code == 0, said


def test_a_file_is_written_over_nothing(rig: Rig, tmp_path: Path) -> None:
    rig.import_rows({})
    there = tmp_path / "one.zip"
    there.write_bytes(b"mine")
    for number, path, why in (
        ("P0001", there, "is there already"),
        ("P0001", tmp_path / "one.tar", r"written as \.zip"),
        ("P9999", tmp_path / "two.zip", "there is no policy P9999"),
    ):
        with pytest.raises(FileTrouble, match=why):
            evidence.write(rig.line, number, "合规甲", path)
    assert there.read_bytes() == b"mine"
    with rig.line.database.reading() as session:
        assert session.query(AuditEntry).count() == 0
