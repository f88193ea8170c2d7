"""An empty console: its line, its clock, its audio. Who lives in it stands in world.py."""

import math
import struct
import wave
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from operations.line import Line
from recordings.speech import Samples
from recordings.storage import Storage
from store.columns import LOCAL
from store.database import Database
from tests.prepared import blank_at, standard

#: A Friday afternoon within the calling hours.
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=LOCAL)
PRODUCTS = (
    ("安心两全保险（分红型）", "participating"),
    ("福享年金保险（万能型）", "universal"),
    ("康宁终身重大疾病保险", "health"),
    ("金彩终身寿险", "traditional"),
)
PHONE = "+861390000{:04d}"
IDENTITY = "11010119{:02d}0307{:04d}"


class NoVoice:
    """A voice detector for a line in which nothing is listened to."""

    def likelihoods(self, samples: Samples) -> NDArray[np.float32]:
        """Silence throughout."""
        return np.zeros(len(samples) // 256, dtype=np.float32)


@dataclass
class World:
    """The line, and the things that the tests ask about by name."""

    line: Line
    calls: dict[str, int]
    cases: dict[str, int]
    recordings: dict[str, int]


def at(hour: int, minute: int, second: int = 0, days: int = 0) -> datetime:
    """A moment of the day of ``NOW``, or of another."""
    day = NOW + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=second)


@cache
def tone(
    seconds: float = 20.0, rate: int = 8000, ours: float = 1500, theirs: float = 6000
) -> bytes:
    """A two-channel WAV: a low hum for us, a beep every other second for the customer."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        frames = bytearray()
        for n in range(int(seconds * rate)):
            hum = ours * math.sin(n / rate * 2 * math.pi * 180) * (int(n / rate) % 2 == 0)
            beep = theirs * math.sin(n / rate * 2 * math.pi * 440) * (int(n / rate) % 2 == 1)
            frames += struct.pack("<hh", int(hum), int(beep))
        sound.writeframes(bytes(frames))
    return out.getvalue()


def half_silent() -> bytes:
    """Loud speech of ours, and of the customer no more than the line's hiss."""
    return tone(ours=9000, theirs=12)


def line_at(folder: Path) -> Line:
    """A line over an empty database in this folder, whose clock stands at ``NOW``."""
    database = Database(blank_at(folder / "huifang.db"))
    return Line(
        database=database,
        clock=lambda: NOW,
        rulebook=standard(),
        company="示范人寿",
        company_phone="4000000000",
        storage=Storage(folder / "recordings"),
        detector=NoVoice(),
    )
