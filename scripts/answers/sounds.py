"""How words sound to an ear without tones and accents. Knows no lexicon."""

from collections.abc import Iterable
from functools import cache

from pypinyin import Style, pinyin

_EAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))


@cache
def syllable(char: str) -> str:
    """The toneless pinyin of one character."""
    return str(pinyin(char, style=Style.NORMAL)[0][0])


@cache
def _ear(sound: str) -> str:
    for heard, same in _EAR:
        sound = sound.replace(heard, same)
    return sound


def by_sound(words: Iterable[str]) -> dict[str, str]:
    """The sound of each of ``words`` -> the word."""
    return {sound(word): word for word in words}


@cache
def _heard(char: str) -> str:
    return _ear(syllable(char))


def sound(word: str) -> str:
    """How ``word`` sounds: its syllables, without tones and accents."""
    return " ".join(_heard(char) for char in word)
