#!/usr/bin/env python3
"""Checks an evidence package of Huifang 回访: every file against its hash, every recording and
script against what was stored about it, and the entries of the audit log. It needs nothing but
Python 3.8 or newer and this file, changes nothing, and asks no network.

用法 / usage:  python3 verify.py [PACKAGE.zip]
没有参数时检查本文件所在的文件夹 / without an argument it checks the folder that it lies in.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Tuple  # noqa: UP035 - runs on 3.8 too

#: Not part of the contents that the audit log vouches for: they are made after it.
BESIDE = ("manifest.json", "audit.json", "verify.py", "README.txt")

Read = Callable[[str], bytes]


def main(arguments: List[str]) -> int:  # noqa: UP006
    """0: everything holds. 1: something does not. 2: there is no package."""
    where = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent
    try:
        names, read = opened(where)
        faults = list(check(names, read))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        say(f"无法读取 / cannot be read: {where}: {error}")
        return 2
    for fault in faults:
        say(f"✗ {fault}")
    if faults:
        say(f"校验未通过，{len(faults)} 处 / NOT INTACT: {len(faults)} faults")
        return 1
    say(f"校验通过，{len(names)} 个文件 / INTACT: {len(names)} files")
    audit = json.loads(read("audit.json"))
    say(f"审计日志末条 / last audit entry: {audit['head']['number']} {audit['head']['hash']}")
    return 0


def opened(where: Path) -> Tuple[List[str], Read]:  # noqa: UP006
    """The names in a package, and how to read one."""
    if where.is_dir():
        files = [file for file in where.rglob("*") if file.is_file()]
        names = sorted(file.relative_to(where).as_posix() for file in files)
        kept = [name for name in names if "__pycache__" not in name]
        return kept, lambda name: (where / name).read_bytes()
    package = zipfile.ZipFile(where)
    return sorted(package.namelist()), package.read


def check(names: List[str], read: Read) -> Iterator[str]:  # noqa: UP006
    """Every fault, in a sentence."""
    manifest = json.loads(read("manifest.json"))
    hashes = {name: hashlib.sha256(read(name)).hexdigest() for name in names}
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    for name, digest in listed.items():
        if name not in hashes:
            yield f"缺少文件 / missing: {name}"
        elif hashes[name] != digest:
            yield f"文件已改动 / changed: {name}"
    for name in sorted(set(hashes) - set(listed) - {"manifest.json"}):
        yield f"多出的文件 / not in the manifest: {name}"
    records = json.loads(read("records.json"))
    yield from _stored(records, hashes, manifest)
    yield from _audit(json.loads(read("audit.json")), manifest, hashes)


def _stored(
    records: Dict[str, Any],  # noqa: UP006
    hashes: Dict[str, str],  # noqa: UP006
    manifest: Dict[str, Any],  # noqa: UP006
) -> Iterator[str]:
    """Recordings and scripts are those that were stored about the calls."""
    absent = set(manifest["absent"])
    for row in records.get("recording", []):
        digest = row["sha256"]
        inside = any(name.startswith(f"audio/{digest}.") for name in hashes)
        if digest and row["deleted_at"] is None and not inside and digest not in absent:
            yield f"缺少录音 / recording {row['id']} is missing"
    for name, digest in hashes.items():
        folder, _, rest = name.partition("/")
        named = rest.partition(".")[0]
        if folder in ("audio", "scripts", "papers") and named != digest:
            yield f"内容与名称中的哈希不符 / not what its name says: {name}"
    for row in records.get("call", []):
        if f"scripts/{row['script_hash']}.yaml" not in hashes:
            yield f"缺少话术 / the script of call {row['id']} is missing"


def _audit(
    audit: Dict[str, Any],  # noqa: UP006
    manifest: Dict[str, Any],  # noqa: UP006
    hashes: Dict[str, str],  # noqa: UP006
) -> Iterator[str]:
    """Every entry has the hash of what it says, neighbours are linked, and the last one, by which
    this package was made, names the hash of the contents."""
    before = None
    for entry in audit["entries"]:
        said = [entry[key] for key in ("number", "at", "who", "what", "about", "detail", "before")]
        text = json.dumps(said, ensure_ascii=False).encode()
        if hashlib.sha256(text).hexdigest() != entry["hash"]:
            yield f"审计记录已改动 / audit entry {entry['number']} was changed"
        if before and entry["number"] <= before["number"]:
            yield f"审计记录次序不对 / audit entry {entry['number']} is out of order"
        if before and entry["number"] == before["number"] + 1 and entry["before"] != before["hash"]:
            yield f"审计链断开 / audit entry {entry['number']} does not follow the one before"
        before = entry
    contents = contents_hash(hashes)
    if contents != manifest["contents"] or before is None or contents not in before["detail"]:
        yield "内容与审计日志所记不符 / the contents are not those that the audit log vouches for"
    if before and (before["number"], before["hash"]) != (
        audit["head"]["number"], audit["head"]["hash"],
    ):  # fmt: skip
        yield "审计日志末条不符 / the last audit entry is not the head"


def contents_hash(hashes: Dict[str, str]) -> str:  # noqa: UP006
    """SHA-256 over one line for each file of the contents, ``HASH  PATH``, in the order of the
    paths."""
    lines = [f"{hashes[name]}  {name}\n" for name in sorted(hashes) if name not in BESIDE]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def say(text: str) -> None:
    """One line for the reader, whatever the console's encoding is."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv))
