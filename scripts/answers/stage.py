"""What a transcriber's note in brackets says: （沉默）, (按键1), （语音信箱：请留言）."""

import re

from scripts.labels import Label

_KEYS = {"1": Label.AFFIRM, "2": Label.DENY, "3": Label.UNCLEAR, "9": Label.UNCLEAR,
         "0": Label.EXPLAIN}  # fmt: skip
_KEY = re.compile(r"按键?\D{0,3}([0-9#*])")
_SOUND = re.compile("噪|杂音|音乐|电视|听不清|模糊|吵|含糊|嘈|说话|方言|背景")
_MACHINE = re.compile(
    "信箱|留言|关机|停机|空号|无法接通|通话中|彩铃|铃声|忙音|无声|静|沉默|挂断|咳|呼吸|叹|喷嚏"
)


def of_direction(direction: str) -> tuple[Label, str]:
    """The label of a note and the rule that gave it; an empty or unknown note is silence."""
    key = _KEY.search(direction)
    if key:
        return _KEYS.get(key.group(1), Label.UNCLEAR), f"key:{key.group(1)}"
    if _MACHINE.search(direction):
        return Label.SILENCE, "note:silence"
    if _SOUND.search(direction):
        return Label.UNCLEAR, "note:sound"
    return Label.SILENCE, "note:silence"
