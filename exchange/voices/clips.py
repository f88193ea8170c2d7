"""The shipped clips and their index: which text is spoken by which voice in which file."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

FOLDER = Path(__file__).parent / "clips"
INDEX = "index.tsv"
_COLUMNS = ("text", "voice", "file")
#: Signs that change nothing about how an answer is spoken.
_SIGNS = str.maketrans("", "", " 　,，.。!！?？、;；:：…")


@dataclass(frozen=True, slots=True)
class Clip:
    """One recorded text. ``file`` is relative to the folder of the index."""

    text: str
    voice: str
    file: str


def spoken(text: str) -> str:
    """What of a text can be heard: 是，对。 and 是对 sound alike."""
    return text.translate(_SIGNS)


def read_index(folder: Path = FOLDER) -> Mapping[tuple[str, str], Clip]:
    """Clips by what is heard and by voice; an absent index is an empty one."""
    file = folder / INDEX
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        clips = [Clip(**row) for row in csv.DictReader(lines, delimiter="\t")]
    return {(spoken(clip.text), clip.voice): clip for clip in clips}


def write_index(clips: Iterable[Clip], folder: Path = FOLDER) -> None:
    """Save the index, ordered by voice and file so that a change reads well in a diff."""
    rows = sorted(clips, key=lambda clip: (clip.voice, clip.file))
    draft = folder / f"{INDEX}.tmp"
    with draft.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((clip.text, clip.voice, clip.file) for clip in rows)
    draft.replace(folder / INDEX)


def file_name(text: str, voice: str, taken: Iterable[str]) -> str:
    """A name that can be read: 我就是 by zf_xiaoni -> ``zf_xiaoni/wo-jiu-shi.wav``."""
    slug = "-".join(lazy_pinyin(spoken(text)))[:60]
    used = set(taken)
    number = 1
    while (name := f"{voice}/{slug}{'' if number == 1 else f'-{number}'}.wav") in used:
        number += 1
    return name
