"""How likely words are as the answer to a question: a small model of characters in their order,
counted from example answers. Knows what is usually said; must never be told what it means."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

BEGIN, END = "^", "$"
#: What a character that no example holds is given: one of so many in use.
CHARACTERS = 6000

Context = tuple[str, ...]


class Likely:
    """Counts of characters after the two before them, for each question and for all (Witten-Bell:
    a context that was seldom seen leaves most of the say to the shorter one)."""

    def __init__(self, answers: Iterable[tuple[str, str]]) -> None:
        """``answers``: question code and words, many of them."""
        counts: defaultdict[Context, Counter[str]] = defaultdict(Counter)
        for question, words in answers:
            for clause in clauses(words):
                for a, b, char in _threes(clause):
                    for context in _contexts(question, a, b):
                        counts[context][char] += 1
        self._counts = {context: dict(found) for context, found in counts.items()}
        self._seen = {context: (sum(f.values()), len(f)) for context, f in counts.items()}
        self.after = lru_cache(maxsize=200_000)(self._after)

    @property
    def characters(self) -> dict[str, int]:
        """Every character that an example holds, and how often."""
        return {char: n for char, n in self._counts.get((), {}).items() if char != END}

    def of_text(self, question: str, words: str) -> float:
        """Mean natural logarithm of the probability of each character of ``words``; -9 for none."""
        found = [
            self.after(question, a, b, char)
            for clause in clauses(words)
            for a, b, char in _threes(clause)
        ]
        return sum(found) / len(found) if found else -math.log(CHARACTERS)

    def _after(self, question: str, a: str, b: str, char: str) -> float:
        """Logarithm of the probability of ``char`` after ``a`` and ``b``."""
        probability = 1.0 / CHARACTERS
        for context in _contexts(question, a, b):
            if context in self._seen:
                whole, kinds = self._seen[context]
                count = self._counts[context].get(char, 0)
                probability = (count + kinds * probability) / (whole + kinds)
        return math.log(probability)


def clauses(words: str) -> list[str]:
    """The stretches between marks: letters, digits and characters only."""
    return "".join(char if char.isalnum() else " " for char in words).split()


def _threes(clause: str) -> Iterator[tuple[str, str, str]]:
    line = (BEGIN, BEGIN, *clause, END)
    return zip(line, line[1:], line[2:], strict=False)


def _contexts(question: str, a: str, b: str) -> tuple[Context, ...]:
    """From the shortest to the longest; each has its say after the one before it."""
    return (), ("?", question), (b,), ("?", question, b), (a, b), ("?", question, a, b)
