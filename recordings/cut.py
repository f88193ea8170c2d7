"""Cuts a call's recording into answers by the call's time line, and finds the callee's channel.
Works on times and energies only; must not listen to what is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recordings.audio import Audio
from recordings.echo import without_echo
from recordings.speech import Samples
from recordings.voice import FRAME_S, LEAST_S, Detector, Stretch, find_voice, loud

LONGEST_PAUSE_S = 0.6  # a longer pause inside an answer is shortened to this
KEY_TAIL_S = 0.4  # a key's tone goes on after its webhook, into the next question's window
SPEAKS_AFTER_S = 0.25  # who begins at least so much earlier in a window asked the question


@dataclass(frozen=True, slots=True)
class Window:
    """One question of the time line, in seconds since the call's first webhook.

    ``prompt_from_s`` is when its prompt was sent, ``answer_to_s`` when its answer's webhook came.
    ``prompt_to_s`` is when the prompt had been spoken, if anybody knows.
    """

    question: str
    turn: int
    prompt_from_s: float
    answer_to_s: float
    prompt_to_s: float | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The callee's stretches of speech in one window; none is silence. Seconds of recording."""

    question: str
    turn: int
    from_s: float
    to_s: float
    stretches: tuple[Stretch, ...]

    @property
    def voiced_s(self) -> float:
        """Seconds in which the callee spoke."""
        return round(sum(stretch.seconds for stretch in self.stretches), 3)


@dataclass(frozen=True, slots=True)
class CutCall:
    """A recording cut by its time line. ``why`` tells how the callee's channel was found."""

    channel: int
    why: str  # only-channel | time-line | hint | spoke-less
    cuts: tuple[Cut, ...]
    outside: tuple[Stretch, ...]  # speech of the callee that belongs to no window
    echoes: tuple[Stretch, ...] = ()  # our own prompts, come back on the callee's channel


def cut_call(
    audio: Audio,
    windows: Sequence[Window],
    detector: Detector,
    *,
    offset_s: float = 0.0,
    hint: int | None = None,
) -> CutCall:
    """Cut a whole recording.

    ``offset_s`` is the first webhook's moment in seconds of the recording; ``hint`` the channel
    on which this carrier is known to put the callee, for calls that do not show it.
    """
    placed = [_placed(window, offset_s) for window in windows]
    channel, why = callee_channel(audio, placed, hint)
    found = find_voice(audio.channels[channel], audio.rate, detector)
    if why == "only-channel":  # our own prompts are on it: hear only what comes after them
        placed = [_after_prompt(window) for window in placed]
        found = tuple(_inside(found, placed))
    voiced, echoes = without_echo(found, audio, channel)
    cuts, outside = assign(voiced, placed, audio.seconds)
    return CutCall(channel, why, cuts, outside, echoes)


def callee_channel(
    audio: Audio, windows: Sequence[Window], hint: int | None = None
) -> tuple[int, str]:
    """The callee's channel and how it was found.

    In every window our prompt comes first and the answer after it, so the channel that begins
    later (or not at all) in most windows is the callee's. ``windows`` in seconds of recording.
    """
    if len(audio.channels) == 1:
        return 0, "only-channel"
    masks = [loud(channel, audio.rate) for channel in audio.channels[:2]]
    first, second = _votes_for_callee(masks, windows)
    if abs(first - second) >= 2 and max(first, second) >= 2 * min(first, second):
        return (0 if first > second else 1), "time-line"
    if hint is not None:
        return hint, "hint"
    if first != second:
        return (0 if first > second else 1), "time-line"
    return int(masks[1].sum() < masks[0].sum()), "spoke-less"


def assign(
    voiced: Sequence[Stretch], windows: Sequence[Window], whole_s: float
) -> tuple[tuple[Cut, ...], tuple[Stretch, ...]]:
    """Every stretch to the window it overlaps most; the rest is outside."""
    taken: dict[int, list[Stretch]] = {}
    outside: list[Stretch] = []
    for stretch in voiced:
        overlaps = [_overlap(stretch, window) for window in windows]
        best = int(np.argmax(overlaps)) if overlaps else -1
        if best < 0 or overlaps[best] <= 0:
            outside.append(stretch)
        else:
            taken.setdefault(best, []).append(stretch)
    cuts = tuple(_cut(w, taken.get(i, []), whole_s) for i, w in enumerate(windows))
    return cuts, tuple(outside)


def samples_of(cut: Cut, audio: Audio, channel: int) -> Samples:
    """What the callee said in one window, its long pauses shortened; empty for silence."""
    sound = audio.channels[channel]
    pieces: list[Samples] = []
    before: Stretch | None = None
    for stretch in cut.stretches:
        if before is not None:
            pause = min(max(0.0, stretch.from_s - before.to_s), LONGEST_PAUSE_S)
            pieces.append(np.zeros(int(pause * audio.rate), dtype=np.float32))
        pieces.append(sound[int(stretch.from_s * audio.rate) : int(stretch.to_s * audio.rate)])
        before = stretch
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)


def from_json(data: Any) -> CutCall:
    """A stored cut (``dataclasses.asdict``) read back."""
    return CutCall(
        data["channel"],
        data["why"],
        tuple(
            Cut(**{**cut, "stretches": tuple(Stretch(**s) for s in cut["stretches"])})
            for cut in data["cuts"]
        ),
        tuple(Stretch(**stretch) for stretch in data["outside"]),
        tuple(Stretch(**stretch) for stretch in data["echoes"]),
    )


def _placed(window: Window, offset_s: float) -> Window:
    prompt_to = window.prompt_to_s
    return Window(
        window.question,
        window.turn,
        window.prompt_from_s + offset_s,
        window.answer_to_s + offset_s,
        None if prompt_to is None else prompt_to + offset_s,
    )


def _after_prompt(window: Window) -> Window:
    """Only the answer's part; nothing when nobody knows when the prompt ended."""
    begin = window.answer_to_s if window.prompt_to_s is None else window.prompt_to_s
    return Window(window.question, window.turn, begin, window.answer_to_s, window.prompt_to_s)


def _inside(found: Sequence[Stretch], windows: Sequence[Window]) -> Iterator[Stretch]:
    """Only those parts of the stretches that lie inside a window."""
    for window in windows:
        for stretch in found:
            if _overlap(stretch, window) >= LEAST_S:
                begin = max(stretch.from_s, window.prompt_from_s)
                yield Stretch(round(begin, 3), round(min(stretch.to_s, window.answer_to_s), 3))


def _votes_for_callee(
    masks: Sequence[NDArray[np.bool_]], windows: Sequence[Window]
) -> tuple[int, int]:
    """In how many windows channel 0, and channel 1, begins later than the other."""
    votes = [0, 0]
    for window in windows:
        first = int((window.prompt_from_s + KEY_TAIL_S) / FRAME_S)
        last = int(window.answer_to_s / FRAME_S)
        begins = [_first_loud(mask[max(0, first) : max(0, last)]) for mask in masks]
        if abs(begins[0] - begins[1]) * FRAME_S >= SPEAKS_AFTER_S:
            votes[int(begins[1] > begins[0])] += 1
    return votes[0], votes[1]


def _first_loud(mask: NDArray[np.bool_]) -> int:
    """Frame at which sound begins; the window's end when there is none."""
    return int(np.argmax(mask)) if mask.any() else len(mask)


def _overlap(stretch: Stretch, window: Window) -> float:
    return min(stretch.to_s, window.answer_to_s) - max(stretch.from_s, window.prompt_from_s)


def _cut(window: Window, stretches: Sequence[Stretch], whole_s: float) -> Cut:
    """From the first to the last word; a silent window keeps its own bounds as evidence."""
    if stretches:
        begin, end = stretches[0].from_s, stretches[-1].to_s
    else:
        begin = min(max(0.0, window.prompt_to_s or window.prompt_from_s), whole_s)
        end = min(max(begin, window.answer_to_s), whole_s)
    return Cut(window.question, window.turn, round(begin, 3), round(end, 3), tuple(stretches))
