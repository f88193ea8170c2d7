"""Bytes of a recording into channels of samples, or one sentence that says why not.
Knows nothing of calls, answers or disks, except ``read`` at its foot."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from recordings.speech import Samples

LONGEST_S = 4 * 3600.0  # no revisit lasts longer; a tiny file may promise days of silence
MOST_CHANNELS = 8
RATES = range(4_000, 192_001)
UNKNOWN_SIZE = (0, 0xFFFFFFFF)  # what a WAV header holds when its writer could not go back


class AudioTrouble(Exception):  # noqa: N818 - trouble of the file's, not an error of ours
    """The recording cannot be used. The message names the file and the fault."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Decoded sound: one array per channel, all of one length, at ``rate`` hertz."""

    channels: tuple[Samples, ...]
    rate: int

    @property
    def seconds(self) -> float:
        """Duration in seconds."""
        return len(self.channels[0]) / self.rate


def decode(data: bytes, name: str) -> Audio:
    """Decode a whole file (WAV PCM or mu-law, FLAC, Ogg, MP3; any rate, 1 to 8 channels).

    ``name`` is how the file is called in a message. Raises ``AudioTrouble``.
    """
    _refuse_what_is_no_audio(data, name)
    _refuse_truncated(data, name)
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as sound:
            _refuse_unusable(sound, name)
            frames = sound.read(dtype="float32", always_2d=True)
            rate = int(sound.samplerate)
    except (soundfile.SoundFileError, ValueError) as trouble:
        raise AudioTrouble(f"{name}: not a readable audio file ({_short(trouble)})") from trouble
    if not len(frames):
        raise AudioTrouble(f"{name}: holds no sound at all (0 samples)")
    if not np.isfinite(frames).all():
        raise AudioTrouble(f"{name}: holds values that are not numbers; it is damaged")
    columns = np.clip(frames, -1.0, 1.0).T
    return Audio(tuple(np.ascontiguousarray(column) for column in columns), rate)


def resample(samples: Samples, rate: int, to: int) -> Samples:
    """The same sound at ``to`` hertz."""
    if rate == to or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate, to), dtype=np.float32)


def _refuse_what_is_no_audio(data: bytes, name: str) -> None:
    if not data:
        raise AudioTrouble(f"{name}: the file is empty (0 bytes)")
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html")):
        raise AudioTrouble(f"{name}: a web page (HTML), not audio")
    if head.startswith((b"<?xml", b"{", b"[")):
        raise AudioTrouble(f"{name}: a text message of a server (XML or JSON), not audio")


def _refuse_truncated(data: bytes, name: str) -> None:
    """A WAV file whose header promises more than there is was cut off on its way."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            there = len(data) - at - 8
            if size not in UNKNOWN_SIZE and there < size:
                raise AudioTrouble(f"{name}: truncated, {there} of {size} bytes of sound")
            return
        at += 8 + size + size % 2
    raise AudioTrouble(f"{name}: truncated, the WAV file ends before its sound begins")


def _refuse_unusable(sound: soundfile.SoundFile, name: str) -> None:
    if not 1 <= sound.channels <= MOST_CHANNELS:
        raise AudioTrouble(f"{name}: {sound.channels} channels; 1 to {MOST_CHANNELS} can be used")
    if sound.samplerate not in RATES:
        raise AudioTrouble(f"{name}: a sampling rate of {sound.samplerate} Hz cannot be used")
    if sound.frames > LONGEST_S * sound.samplerate:
        raise AudioTrouble(f"{name}: longer than {LONGEST_S / 3600:.0f} hours")


def _short(trouble: Exception) -> str:
    return str(trouble).rpartition(": ")[2].rstrip(".")


def read(path: Path) -> Audio:
    """Read and decode a file. Raises ``AudioTrouble``, also when there is no such file."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise AudioTrouble(f"{path}: cannot be read ({trouble.strerror})") from trouble
    return decode(data, str(path))
