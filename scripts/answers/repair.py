"""Near-homophones of lexicon words (请处 for 清楚) put right by toneless pinyin, where the words as
written say nothing. Whether a repaired word may support a yes is for judge.py."""

from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from scripts.answers.cascade import Token
from scripts.answers.patterns import UNKNOWN
from scripts.answers.sounds import sound, syllable

_SIZES = (4, 3, 2)


def repaired(
    text: str, tokens: list[Token], sounds: Mapping[str, str]
) -> tuple[str, dict[int, float]]:
    """``text`` (same length) with unknown stretches put right, and for every place that was
    changed the pinyin distance of the repair."""
    changed: dict[int, float] = {}
    for at, token in enumerate(tokens):
        if token.char != UNKNOWN or token.start in changed:
            continue
        # The longer word first: 步氰厨 is 不清楚, though 步 is a word and 氰厨 alone is 清楚.
        starts = (token.start, tokens[at - 1].start if at else token.start)
        found = [(start, _word_at(text, start, tokens, sounds)) for start in starts]
        for start, word in sorted(found, key=lambda pair: -len(pair[1] or "")):
            if word and not changed.keys() & range(start, start + len(word)):
                distance = _distance(text[start : start + len(word)], word)
                text = text[:start] + word + text[start + len(word) :]
                changed.update(dict.fromkeys(range(start, start + len(word)), distance))
                break
    return text, changed


def _word_at(text: str, start: int, tokens: list[Token], sounds: Mapping[str, str]) -> str | None:
    ends = {token.end for token in tokens}
    for size in _SIZES:
        if start + size in ends:
            word = sounds.get(sound(text[start : start + size]))
            if word:
                return word
    return None


def _distance(heard: str, word: str) -> float:
    """Share of the letters that differ; at least 0.01, because 0 means heard exactly."""
    a, b = ("".join(map(syllable, s)) for s in (heard, word))
    return round(max(Levenshtein.normalized_distance(a, b), 0.01), 3)
