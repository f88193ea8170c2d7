"""The evidence package (证据包) of a policy: a zip with everything that is stored about it, its
audio and papers, the scripts as they were spoken, what the audit log says, and a program that
checks it all. That it was made is noted in the audit log, with the hash of its contents."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from operations import audit, verify_package
from operations.evidence_sheets import sheets
from operations.evidence_text import transcript
from operations.line import Line
from operations.new_files import FileTrouble, check_name, write_new
from recordings.storage import StorageTrouble
from store import audit as log
from store import evidence as store
from store import policies
from store.columns import LOCAL
from store.database import Session
from store.evidence import Rows
from store.tables import AuditEntry

#: What the audit log calls the making of a package.
TAKEN: Final = "evidence"
_VERIFIER = Path(verify_package.__file__)
_README = Path(__file__).with_name("evidence.txt")
#: Tables whose rows name a file in the storage, and the folder it gets.
_FILES: Final = {"recording": "audio", "case_file": "papers", "complaint_file": "papers"}
#: What the text beside a complaint's package says instead.
_INSTEAD: Final = (
    ("保单 / policy   ", "投诉 / complaint"), ("本保单", "本投诉"), ("policy", "complaint"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """A package as bytes. ``problems`` are files that should be in it and are not, each in a
    sentence."""

    name: str
    content: bytes
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a package is about: a policy or a complaint, the number that people call it by, and the
    one that the audit log does."""

    kind: str
    number: str
    id: str

    @property
    def noted(self) -> str:
        """Its name in the audit log."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What goes into a package: rows by table, files by name, hashes of files that are gone, and
    each of these in a sentence."""

    rows: Rows
    files: dict[str, bytes]
    absent: tuple[str, ...]
    problems: tuple[str, ...]


def write(line: Line, number: str, by: str, path: Path) -> Package:
    """Write a policy's package into a new file. Raises FileTrouble."""
    check_name(path, "an evidence package", (".zip",))
    made = make(line, number, by)
    write_new(path, made.content)
    return made


def make(line: Line, number: str, by: str) -> Package:
    """A policy's package. The same data at the same moment give the same bytes, but for the entry
    in the audit log that each making adds. Raises FileTrouble."""
    return packed(
        line, Subject("policy", number, number), by, lambda session: _gather(session, line, number)
    )


def packed(line: Line, about: Subject, by: str, gather: Callable[[Session], Gathered]) -> Package:
    """What was gathered, with the audit log's word for it and the program that checks it. Raises
    what ``gather`` raises."""
    now = line.clock().astimezone(LOCAL)
    with line.database.reading() as session:
        gathered = gather(session)
    files = dict(gathered.files)
    contents = verify_package.contents_hash(_hashes(files))
    with line.database.transaction() as session:
        detail = f"contents sha256 {contents}, {len(files)} files"
        audit.note(session, line, by, TAKEN, about.noted, detail)
        entries = store.audited(session, about.noted, gathered.rows)
        head = log.head(session)
        files["audit.json"] = as_json(
            {"entries": [_entry(one) for one in entries],
             "head": {"number": head.number, "hash": head.hash}}
        )  # fmt: skip
    files["verify.py"] = _VERIFIER.read_bytes()
    files["README.txt"] = _readme(about, by, now, gathered)
    manifest = {
        "format": 1, about.kind: about.number, "made_at": now.isoformat(timespec="seconds"),
        "made_by": by,
        "contents": contents, "absent": gathered.absent, "problems": gathered.problems,
        "files": [
            {"path": name, "bytes": len(files[name]), "sha256": digest}
            for name, digest in sorted(_hashes(files).items())
        ],
    }  # fmt: skip
    files["manifest.json"] = as_json(manifest)
    name = f"evidence-{about.number}-{now:%Y%m%d-%H%M}.zip"
    return Package(name, _zip(files, now), gathered.problems)


def _gather(session: Session, line: Line, number: str) -> Gathered:
    """What the package is about. Nothing is left out for being bad."""
    policy = policies.by_number(session, number)
    if policy is None:
        raise FileTrouble(f"there is no policy {number}; look its number up in the queue")
    rows = store.records(session, policy)
    files = {"records.json": as_json(rows)}
    for digest, text in store.scripts(session, policy.id).items():
        files[f"scripts/{digest}.yaml"] = text.encode()
    for call in store.calls(session, policy.id):
        files[f"transcripts/call-{call.id:06d}.txt"] = transcript(session, call).encode()
        scored = sheets(session, call.id)
        if scored is not None:
            files[f"quality/call-{call.id:06d}.txt"] = scored.encode()
    return with_files(line, rows, files)


def with_files(line: Line, rows: Rows, files: dict[str, bytes]) -> Gathered:
    """The originals of audio and papers beside what is there."""
    absent, problems = list[str](), list[str]()
    for folder, row in _stored(rows):
        try:
            content = line.storage.read(row["path"])
        except StorageTrouble:  # its words name a folder of this machine
            absent.append(row["sha256"])
            problems.append(f"{folder}/{row['sha256']}: gone from the storage, or changed there")
            continue
        files[f"{folder}/{row['sha256']}{PurePosixPath(row['path']).suffix}"] = content
    return Gathered(rows, files, tuple(absent), tuple(problems))


def _stored(rows: Rows) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that names a file which should be in the storage, and the file's folder."""
    for table, folder in _FILES.items():
        for row in rows.get(table, ()):
            if row["path"] and row.get("deleted_at") is None:
                yield folder, row


def _readme(about: Subject, by: str, now: datetime, gathered: Gathered) -> bytes:
    said = _README.read_text(encoding="utf-8")
    if about.kind == "complaint":
        for policy, complaint in _INSTEAD:
            said = said.replace(policy, complaint)
    absent = "\n".join(f"  - {one}" for one in gathered.problems) or "  –"
    filled = said.replace("%NUMBER%", about.number).replace("%BY%", by).replace("%ABSENT%", absent)
    return filled.replace("%AT%", now.isoformat(timespec="seconds")).encode()


def _entry(entry: AuditEntry) -> dict[str, Any]:
    """An audit entry in the words of which its hash is made."""
    return {
        "number": entry.number,
        "at": entry.at.astimezone(LOCAL).isoformat(timespec="seconds"),
        "who": entry.who,
        "what": entry.what,
        "about": entry.about,
        "detail": entry.detail,
        "before": entry.before,
        "hash": entry.hash,
    }


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def as_json(document: Any) -> bytes:
    """Data as it lies in a package: the same for the same."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=_plain)
    return text.encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no place in a package")


def _zip(files: Mapping[str, bytes], now: datetime) -> bytes:
    """The files in the order of their names, with one time and the same rights on every machine.
    Audio is packed already."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name in sorted(files):
            info = ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.compress_type = ZIP_STORED if name.startswith("audio/") else ZIP_DEFLATED
            package.writestr(info, files[name])
    return out.getvalue()
