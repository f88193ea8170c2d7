"""A rig for every test: see tests.operations.rig; and the PostgreSQL of those that ask for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.rig import Rig
from tests.store.conftest import postgres as postgres


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A whole line in a folder, with nothing in it."""
    rig = Rig(tmp_path)
    yield rig
    rig.close()
