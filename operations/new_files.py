"""Files that a command writes for somebody. Writes over nothing: what lies there may be proof."""

from collections.abc import Collection
from pathlib import Path


class FileTrouble(Exception):  # noqa: N818 - trouble of whoever asks, not an error of ours
    """A file cannot be written where it was asked for. The message says why, and the mend."""


def check_name(path: Path, what: str, endings: Collection[str]) -> None:
    """Whether a file may have this name, before the work for it begins. Raises FileTrouble."""
    if path.suffix.lower() not in endings:
        wanted = " or ".join(endings)
        raise FileTrouble(f"{path.name}: {what} is written as {wanted}; choose such a name")
    if path.exists():
        raise FileTrouble(f"{path} is there already; choose another name")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there before. Raises FileTrouble."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise FileTrouble(f"{path} is there already; choose another name") from None
    except OSError as fault:
        raise FileTrouble(
            f"{path} cannot be written ({fault.strerror}); check folder and rights"
        ) from None
