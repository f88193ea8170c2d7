"""What tests of several rooms share: the carrier's own description of its API."""

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

_CACHE = Path(__file__).parent.parent / "build" / "vendor-api"
_PACKAGE = "@twilio/cli-core@9.0.0"
_MEMBER = "package/src/services/twilio-api/twilio_api_v2010.json"


def vendor_description() -> Mapping[str, Any]:
    """Twilio's official OpenAPI description (2010-04-01), out of its npm package.

    It is fetched once with ``npm pack`` and kept in ``build/vendor-api``, which git ignores.
    """
    kept = _CACHE / "twilio_api_v2010-9.0.0.json"
    if not kept.exists():
        _fetch(kept)
    description: Mapping[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return description


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(f"npm is needed once, to get {_PACKAGE}; install Debian's npm")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        subprocess.run(
            [npm, "pack", "--silent", _PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        (package,) = Path(folder).glob("*.tgz")
        with tarfile.open(package) as members:
            text = members.extractfile(_MEMBER)
            assert text is not None
            draft = Path(folder) / "description.json"
            draft.write_bytes(text.read())
        draft.replace(kept)


@pytest.fixture(scope="session")
def vendor_openapi() -> Any:
    """An ``openapi_core.OpenAPI`` of the vendor's API, to check requests and answers with."""
    from openapi_core import OpenAPI

    return OpenAPI.from_dict(dict(vendor_description()))
