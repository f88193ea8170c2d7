from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from scripts import reader
from scripts.facts import Facts
from scripts.model import Script
from scripts.sample import SAMPLE

#: The sample policy, held by somebody of 41.
BASE = replace(SAMPLE, holder_birth=date(1985, 3, 6), holder_age=41)


@pytest.fixture
def facts_with() -> Callable[..., Facts]:
    """A policy that differs from the sample policy in these facts."""
    return lambda **changes: replace(BASE, **changes)


@pytest.fixture(scope="session")
def standard() -> Script:
    return reader.load_script("standard")
