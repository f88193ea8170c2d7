"""Makes the shipped clips from a list of phrases. Run by hand when the list has changed."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from exchange.voices import band
from exchange.voices.clips import FOLDER, Clip, file_name, read_index, spoken, write_index
from exchange.voices.kokoro import Kokoro


class PhraseError(ValueError):
    """A line of the list of phrases is wrong; the message names the line and the mend."""


def wanted(phrases: Path) -> Iterator[tuple[str, str]]:
    """Text and voice of every clip that a list asks for (columns: text, voices apart by spaces)."""
    with phrases.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            if not (row.get("text") and row.get("voices")):
                raise PhraseError(
                    f"{phrases}, line {number}: write the text, a tab and the voices that speak it"
                )
            yield from ((row["text"], voice) for voice in row["voices"].split())


def make(phrases: Path, maker: Kokoro, told: Callable[[str], None], folder: Path = FOLDER) -> int:
    """Speak what is missing and forget what is no longer listed. Returns how many were made."""
    index = dict(read_index(folder))
    listed = {(spoken(text), voice): text for text, voice in wanted(phrases)}
    _forget([index.pop(key) for key in [*index] if key not in listed], folder)
    missing = [key for key in listed if key not in index]
    for number, key in enumerate(missing, start=1):
        index[key] = _made(listed[key], key[1], maker, folder, index)
        write_index(index.values(), folder)
        told(f"{number}/{len(missing)} {index[key].file}")
    write_index(index.values(), folder)
    return len(missing)


def _made(
    text: str, voice: str, maker: Kokoro, folder: Path, index: dict[tuple[str, str], Clip]
) -> Clip:
    name = file_name(text, voice, (clip.file for clip in index.values()))
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    band.write(folder / name, maker.make(text, voice))
    return Clip(text, voice, name)


def _forget(clips: list[Clip], folder: Path) -> None:
    for clip in clips:
        (folder / clip.file).unlink(missing_ok=True)
