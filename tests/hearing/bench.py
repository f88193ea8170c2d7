"""``make bench-hearing``: how well answers are understood, from words and from sound, and what it
costs. Prints the figures on stdout as they come, and what is being done on stderr."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator

from huifang import clock, wiring
from huifang.settings import load
from tests import bench, bench_backlog
from tests.hearing import audio, words
from tests.hearing.progress import tell

BACKLOGS = (1, 4, 16)


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    began = time.monotonic()
    for name, part in PARTS.items():
        if name in asked.parts:
            tell(f"measuring {name}")
            for text in part(asked.quick):
                sys.stdout.write(f"{text}\n")
                sys.stdout.flush()
            sys.stdout.write("\n")
    tell(f"done in {(time.monotonic() - began) / 60:.0f} minutes")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-hearing", description=__doc__)
    for name in PARTS:
        parser.add_argument(
            f"--{name}", dest="parts", action="append_const", const=name,
            help=f"only {name}; may be given beside others",
        )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer clips, nothing is trained")
    asked = parser.parse_args()
    asked.parts = asked.parts or [*PARTS]
    return asked


def cost(quick: bool) -> Iterator[str]:
    """CPU against plain transcription of the whole file, and the time of a backlog."""
    yield "Cost (this machine, now)"
    for what, measured in bench.hearing():
        yield f"  {what}: {measured}"
    choice = wiring.choose_speech(load(), "auto", fetch=False, now=clock.now())
    if choice.speech is None:
        return
    for number in BACKLOGS[: 1 if quick else None]:
        tell(f"cost: a backlog of {number}")
        found = bench_backlog.cost(choice.speech, number)
        yield f"  backlog of {number}: {found.wall_s:.1f} s, {found.each}"


PARTS: dict[str, Callable[[bool], Iterator[str]]] = {
    "words": words.lines,
    "audio": audio.lines,
    "cost": cost,
}


if __name__ == "__main__":
    main()
