"""A rig for every test: see tests.operations.rig."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A whole line in a folder, with nothing in it."""
    rig = Rig(tmp_path)
    yield rig
    rig.close()
