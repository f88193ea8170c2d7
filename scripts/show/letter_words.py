"""The printed words of the letter, from letter.yaml: data that a compliance officer can read and
change. It says nothing of one policy."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.yamlfile import shipped

FILE = Path(__file__).with_name("letter.yaml")


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The words by name, in the shape of the file."""
    read: dict[str, Any] = shipped(FILE.read_text(encoding="utf-8"))
    return read
