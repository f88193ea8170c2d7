"""A whole line on either database, for use cases that are tried on both: a module that takes
``rig`` from here runs every test twice. The one PostgreSQL of the process is the conftest's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations.rig import Rig
from tests.store.conftest import BOTH


@pytest.fixture(params=BOTH)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """A whole line with nothing in it."""
    url = ""
    if request.param == "postgres":
        new: Callable[..., str] = request.getfixturevalue("postgres")
        url = new(prepared=True)
    rig = Rig(tmp_path, url=url)
    yield rig
    rig.close()
