"""What a transcriber's note in brackets says: （沉默）, (按键1), （语音信箱：请留言）."""

import re

from scripts.labels import Label

_KEYS = {"1": Label.AFFIRM, "2": Label.DENY, "3": Label.UNCLEAR, "9": Label.UNCLEAR,
         "0": Label.EXPLAIN}  # fmt: skip
_KEY = re.compile(r"按键?\D{0,3}([0-9#*])")
#: Nobody speaks, whatever else is heard: 电视声, 没人应.
_NOBODY = re.compile("(没有?|无)人?(应|声|答|搭话|回答|说话|开口|讲话)|不开口")
_SOUND = re.compile("噪|杂音|听不清|模糊|吵|含糊|嘈|说话|方言|背景")
_MACHINE = re.compile(
    "信箱|留言|关机|停机|空号|无法接通|通话中|彩铃|铃声|忙音|无声|静|沉默|挂断|咳|呼吸|叹|喷嚏"
)


def of_direction(direction: str) -> tuple[Label, str]:
    """The label of a note and the rule that gave it; an empty or unknown note is silence."""
    key = _KEY.search(direction)
    if key:
        return _KEYS.get(key.group(1), Label.UNCLEAR), f"key:{key.group(1)}"
    if _MACHINE.search(direction) or _NOBODY.search(direction):
        return Label.SILENCE, "note:silence"
    if _SOUND.search(direction):
        return Label.UNCLEAR, "note:sound"
    return Label.SILENCE, "note:silence"
