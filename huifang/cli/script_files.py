"""Writes what an author asked for to a file: whole or not at all, and over nothing unless that is
meant."""

from pathlib import Path

from huifang.faults import InputFault


def write(file: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file. Raises InputFault when it is there already, or cannot be written; a script file
    is never written over."""
    overwrite = overwrite and file.suffix.lower() not in (".yaml", ".yml")
    try:
        with file.open("wb" if overwrite else "xb") as there:
            there.write(content)
    except FileExistsError:
        raise InputFault(f"{file}: is there already; name another file") from None
    except OSError as fault:
        raise InputFault(f"{file}: cannot be written ({fault.strerror}); check the path") from None
