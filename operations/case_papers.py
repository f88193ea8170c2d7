"""Papers that prove how a case was settled: taken in a stream, told by their content, stored under
their hash outside the database, and given back to those who may see the case."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cases.papers import LARGEST, PROBE, FileKind, Paper, kind_of
from cases.workflow import Deed
from operations.case_record import CaseTrouble
from operations.case_work import changing, check, short, words_of
from operations.line import Line
from operations.rights import Who
from recordings.storage import StorageTrouble, Stored
from store import case_work
from store.tables import CaseFile, ComplaintFile

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody brings it: its name, its bytes from where it stands, and a remark."""

    name: str
    stream: BinaryIO
    words: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file for a case: what it shows, its name, and its bytes from where it stands."""

    paper: Paper
    name: str
    stream: BinaryIO
    words: str = ""


def attach(line: Line, who: Who, case_id: int, version: int | None, brought: Brought) -> None:
    """Keep a paper with the case. The same file again changes nothing. Raises CaseTrouble."""
    words = short(brought.words, "the remark")
    check(line, who, case_id, Deed.ATTACH)  # nothing is stored for somebody who may not add it
    kind, stored = keep(line, brought.stream)  # before the transaction: a disk may be slow
    name = words_of(brought.name, "the name of the file")[-_LONGEST_NAME:]
    told = {"paper": brought.paper.value, "sha256": stored.sha256, "name": name}
    with changing(line, who, case_id, version, Deed.ATTACH, words, told) as case:
        if case is None:
            return
        if case_work.same_file(case.session, case_id, stored.sha256) is not None:
            raise CaseTrouble("this file lies with the case already; choose another one")
        last = case.found.events[-1].number if case.found.events else 0
        case.session.add(
            CaseFile(
                case_id=case_id,
                event_number=last + 1,
                paper=brought.paper.value,
                name=name,
                media_type=kind.value,
                bytes=stored.bytes,
                sha256=stored.sha256,
                path=stored.path,
                added_at=case.now,
                added_by=who.name,
            )
        )


def keep(line: Line, stream: BinaryIO) -> tuple[FileKind, Stored]:
    """Look at a file and store it under its content. Raises CaseTrouble."""
    kind = _kind(stream)
    return kind, _store(line, stream, kind)


def path_of(line: Line, file: CaseFile | ComplaintFile) -> Path:
    """Where the file of a paper lies. Raises CaseTrouble."""
    try:
        return line.storage.file(file.path)
    except StorageTrouble:
        raise CaseTrouble(f"the file {file.name} is missing in the storage") from None


def _kind(stream: BinaryIO) -> FileKind:
    """What the stream holds; it stands at its beginning again. Raises CaseTrouble."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise CaseTrouble("the file is empty; choose the scan of the paper")
    if size > LARGEST:
        raise CaseTrouble(
            f"the file has {size / 1e6:.1f} MB, and {LARGEST // 1_000_000} MB are the most; scan"
            " it in grey at 150 dpi, or split it"
        )
    head = stream.read(PROBE)
    stream.seek(max(0, size - PROBE))
    kind = kind_of(head, stream.read(PROBE))
    stream.seek(0)
    if kind is None:
        raise CaseTrouble("only a whole JPEG, PNG or PDF can be kept; scan or save the paper so")
    return kind


def _store(line: Line, stream: BinaryIO, kind: FileKind) -> Stored:
    try:
        return line.storage.put(_parts(stream), kind.suffix)
    except OSError as fault:
        raise CaseTrouble(
            f"the file could not be stored ({fault.strerror}); look at the disk and try again"
        ) from None


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    while part := stream.read(1 << 16):
        yield part
