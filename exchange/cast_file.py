"""Reads a cast file strictly: a mistake is one sentence with the file, the line and the mend."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from exchange.cast import (
    ANNOUNCEMENTS,
    SILENCE,
    VOICEMAIL_GREETING,
    Answer,
    Answers,
    Callee,
    Cast,
    PickUp,
    Ring,
    national,
)
from exchange.cast_nodes import (
    NO,
    YES,
    CastError,
    Place,
    fields,
    flag,
    number,
    pairs,
    root,
    text_of,
)
from exchange.voices import band
from exchange.voices.choice import Voices

__all__ = ["CastError", "load_cast"]

_KEYS = frozenset("0123456789*#")


def load_cast(file: Path | str, voices: Voices | None = None) -> Cast:
    """Read and check a cast file (docs/cast.md). Raises CastError, also for unspeakable texts."""
    place = Place(Path(file))
    top = dict(fields(place, root(place), {"callees", "default"}, "a cast"))
    reader = _Reader(place, voices or Voices())
    if "callees" not in top:
        raise place.wrong(None, "there is no `callees:`; write it with one phone number each below")
    callees: dict[str, Callee] = {}
    for phone, key, node in pairs(place, top["callees"], "`callees`"):
        callee = reader.callee(national(phone), key, node)
        if callee.number in callees:
            raise place.wrong(key, f"{callee.number} stands here twice; keep one of them")
        callees[callee.number] = callee
    default = reader.callee("default", None, top["default"]) if "default" in top else None
    return Cast(callees, default)


class _Reader:
    """Turns nodes into callees. Holds where we are and who can speak, and nothing of the result."""

    def __init__(self, place: Place, voices: Voices) -> None:
        self._place = place
        self._voices = voices

    def callee(self, number: str, key: yaml.Node | None, node: yaml.Node) -> Callee:
        """One callee, or the default one."""
        reader = _Reader(replace(self._place, callee=number), self._voices)
        if number != "default" and not number.lstrip("+").isdigit():
            raise self._place.wrong(key, f"`{number}` is not a phone number; write its digits")
        return reader._callee(number, node)

    def _callee(self, number: str, node: yaml.Node) -> Callee:
        callee = Callee(number)
        read: dict[str, Callable[[yaml.Node], Any]] = {
            "picks_up": self._rings,
            "answers": self._attempts,
            "expect": self._expect,
            "voice": self._voice,
            "greets": lambda value: self._sayable(value, "`greets`"),
            "line": self._noisy,
        }
        names = {"picks_up": "rings", "line": "noisy"}
        given = {
            names.get(name, name): read[name](value)
            for name, value in fields(self._place, node, set(read), "a callee")
        }
        return replace(callee, **given)

    def _rings(self, node: yaml.Node) -> tuple[Ring, ...]:
        if isinstance(node, yaml.SequenceNode):
            if not node.value:
                raise self._place.wrong(node, "`picks_up` is an empty list; write one per attempt")
            return tuple(self._ring(item) for item in node.value)
        return (self._ring(node),)

    def _ring(self, node: yaml.Node) -> Ring:
        if isinstance(node, yaml.MappingNode):
            return self._machine(node)
        word = text_of(self._place, node, "`picks_up`").lower()
        if word in YES + NO:
            return Ring(PickUp.YES if word in YES else PickUp.NO_ANSWER)
        if word == PickUp.VOICEMAIL:
            return Ring(PickUp.VOICEMAIL, VOICEMAIL_GREETING)
        if word in {PickUp.BUSY, PickUp.NO_ANSWER, PickUp.FAILED}:
            return Ring(PickUp(word))
        raise self._place.wrong(
            node,
            f"`picks_up: {word}` is unknown; it is yes, busy, no-answer, failed, voicemail or "
            "{announcement: words}",
        )

    def _machine(self, node: yaml.MappingNode) -> Ring:
        place, kinds = self._place, {"announcement", "voicemail"}
        nodes = dict(fields(place, node, kinds | {"detected", "heard"}, "`picks_up`"))
        named = kinds & nodes.keys()
        if len(named) != 1:
            raise place.wrong(node, "`picks_up` takes one of announcement, voicemail")
        (name,) = named
        detected = text_of(place, nodes["detected"], "`detected`") if "detected" in nodes else ""
        if detected not in {"", "human", "machine"}:
            raise place.wrong(nodes["detected"], f"`detected` is human or machine, not {detected}")
        return Ring(
            PickUp(name),
            words=self._sayable(nodes[name], f"`{name}`", ANNOUNCEMENTS),
            passes=detected == "human",
            heard=text_of(place, nodes["heard"], "`heard`") if "heard" in nodes else "",
        )

    def _attempts(self, node: yaml.Node) -> tuple[Answers, ...]:
        if isinstance(node, yaml.SequenceNode):
            if not node.value:
                raise self._place.wrong(node, "`answers` is an empty list; write one per attempt")
            return tuple(self._answers(item) for item in node.value)
        return (self._answers(node),)

    def _answers(self, node: yaml.Node) -> Answers:
        return {key: self._times(value) for key, _, value in pairs(self._place, node, "`answers`")}

    def _times(self, node: yaml.Node) -> tuple[Answer, ...]:
        if isinstance(node, yaml.SequenceNode):
            if not node.value:
                raise self._place.wrong(node, "the list is empty; write one answer per time asked")
            return tuple(self._answer(item) for item in node.value)
        return (self._answer(node),)

    def _answer(self, node: yaml.Node) -> Answer:
        place = self._place
        read: dict[str, Callable[[yaml.Node], Any]] = {
            "says": lambda value: text_of(place, value, "`says`"),
            "heard": lambda value: text_of(place, value, "`heard`"),
            "audio": self._audio,
            "keys": self._keys,
            "silence": self._silence,
            "hang_up": lambda value: flag(place, value, "`hang_up`"),
            "after": lambda value: number(place, value, "`after`", 600),
            "barge_in": lambda value: flag(place, value, "`barge_in`"),
            "noise": self._noise,
        }
        nodes = dict(fields(place, node, set(read), "an answer"))
        given = {name: read[name](value) for name, value in nodes.items()}
        if not given.keys() & {"says", "audio", "keys", "silence", "hang_up"}:
            raise place.wrong(node, "the answer does nothing; give says, keys, silence or hang_up")
        if given.keys() & {"heard", "audio"} and "says" not in given:
            raise place.wrong(node, "`heard` and `audio` need `says`, the words that are spoken")
        if {"says", "keys"} <= given.keys():
            raise place.wrong(node, "an answer is either `says` or `keys`; write two answers")
        return self._silent(node, given) if "silence" in given else self._spoken(nodes, given)

    def _silent(self, node: yaml.Node, given: dict[str, Any]) -> Answer:
        if len(given) > 1:
            raise self._place.wrong(
                node, "`silence` stands alone; for a late answer write `after:` beside `says`"
            )
        return SILENCE

    def _spoken(self, nodes: dict[str, yaml.Node], given: dict[str, Any]) -> Answer:
        if "says" in given and "audio" not in given:
            self._sayable(nodes["says"], "`says`")
        return Answer(**given)

    def _sayable(self, node: yaml.Node, what: str, meaning: Mapping[str, str] | None = None) -> str:
        text = text_of(self._place, node, what)
        text = (meaning or {}).get(text, text)
        if not self._voices.can_say(text):
            raise self._place.wrong(
                node,
                f"no shipped voice says “{text}” and nothing is installed that could; "
                "give a recording with `audio:`, or pip install espeakng-loader",
            )
        return text

    def _audio(self, node: yaml.Node) -> Path:
        name = text_of(self._place, node, "`audio`")
        file = self._place.file.parent / name
        try:
            sound = band.read(file)
        except (OSError, RuntimeError):
            raise self._place.wrong(
                node, f"`audio: {name}` is no sound file that can be read; give a WAV file"
            ) from None
        if not len(sound):
            raise self._place.wrong(node, f"`audio: {name}` is empty; record it again")
        return file

    def _keys(self, node: yaml.Node) -> str:
        keys = text_of(self._place, node, "`keys`")
        if set(keys) - _KEYS:
            raise self._place.wrong(node, f"`keys: {keys}` has a key that no phone has (0-9 * #)")
        return keys

    def _silence(self, node: yaml.Node) -> bool:
        word = text_of(self._place, node, "`silence`").lower()
        if word not in YES:
            number(self._place, node, "`silence`", 600)
        return True

    def _noise(self, node: yaml.Node) -> float:
        word = text_of(self._place, node, "`noise`").lower()
        if word in YES + NO:
            return 0.1 if word in YES else 0.0
        return number(self._place, node, "`noise`", 1)

    def _noisy(self, node: yaml.Node) -> bool:
        word = text_of(self._place, node, "`line`")
        if word not in {"clean", "noisy"}:
            raise self._place.wrong(node, f"`line` is clean or noisy, not {word}")
        return word == "noisy"

    def _voice(self, node: yaml.Node) -> str:
        name = text_of(self._place, node, "`voice`")
        if name not in self._voices.names():
            known = ", ".join(self._voices.names())
            raise self._place.wrong(node, f"`voice: {name}` is unknown; there are {known}")
        return name

    def _expect(self, node: yaml.Node) -> Mapping[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise self._place.wrong(node, "`expect` must be `name: value` pairs")
        try:
            # The whole subtree, so that lists and numbers come out as YAML means them.
            kept: Mapping[str, Any] = yaml.safe_load(yaml.serialize(node))
        except yaml.YAMLError:
            raise self._place.wrong(node, "`expect` holds something unreadable") from None
        return kept
