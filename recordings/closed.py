"""Closed hearing: what a recogniser's hypotheses are likely to have been, given how they sound and
what is usually answered. It repairs and it raises doubts; it must never make a yes by itself."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from recordings.likely import BEGIN, END, Likely, clauses
from recordings.sounds import Syllable, apart, syllable
from recordings.speech import Heard
from scripts.answers import read
from scripts.answers.examples import labelled, of_words
from scripts.answers.normalise import normalise
from scripts.labels import Label, code_of

# Found on 360 spoken answers, measured on others (docs/speech.md).
WEIGHT = 0.5  # of how usual the words are, against how the recogniser heard them
COST = 6.0  # of a syllable that was not heard, in units of ``sounds.apart``
OTHER_CHARACTER = 0.15  # the same sound written otherwise: a small step, but not none
FARTHEST = 1.0
BONUS = 2.5  # for every character: a longer hypothesis must not lose by its length alone
WIDTH = 12  # beginnings that are followed at once
CHOICES = 96  # characters that one heard character may have been
MOST_OF_A_SOUND = 8  # of them the most usual ones of each syllable
LONGEST = 60  # characters; a longer answer is a story, where nothing is expected

SURE = 0.9  # heard so surely that no other hypothesis is credible
MOST_APART = 0.3  # a yes rests on words that sound like what was heard (per character)
LEAST_LIKELY = -6.0  # a yes rests on words that people say (mean log probability per character)
LEAST_EXACT = 0.85  # or on words that were heard just so, this surely
CREDIBLE = 2.0  # log likelihood below the best up to which a hypothesis may deny a yes
CREDIBLE_AGAINST = 1.0  # the same for a vague one, where only closed hearing makes a yes

#: The examples that the clips of tests/recordings/data speak: left out, so that what is measured
#: on them is not known beforehand.
SPOKEN_IN_TESTS = "answers-dev.tsv"

#: Here a value is compared with the record, and a value must never be what is usually said.
OF_VALUES = frozenset({"ID_VERIFY", "PREMIUM"})

ReadLabel = Callable[[str], str]  # words -> label


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may have been said: ``score`` compares them, ``heard_as`` is the hypothesis they
    come from, ``distance`` how far they sound from it (``sounds.apart``, per character)."""

    text: str
    score: float
    heard_as: str
    distance: float


class Closed:
    """Hears hypotheses again with ``likely`` answers in mind."""

    def __init__(self, likely: Likely) -> None:
        self._likely = likely
        self._by_sound: defaultdict[Syllable, list[str]] = defaultdict(list)
        for char in sorted(likely.characters, key=likely.characters.__getitem__, reverse=True):
            self._by_sound[syllable(char)].append(char)
        self._choices: dict[str, tuple[tuple[str, float], ...]] = {}

    def candidates(self, question: str, heard: Heard) -> tuple[Candidate, ...]:
        """What each of the hypotheses is likely to have been, the best first. Empty for an engine
        that does not say how likely its hypotheses are."""
        texts = (heard.text, *heard.alternatives)
        code = code_of(question)
        found = [
            candidate
            for text, likelihood in zip(texts, heard.likelihoods, strict=False)
            for candidate in self._of_hypothesis(code, normalise(text), likelihood)
        ]
        return tuple(sorted(found, key=lambda one: -one.score))

    def likely(self, question: str, words: str) -> float:
        """See ``Likely.of_text``."""
        return self._likely.of_text(code_of(question), words)

    def _of_hypothesis(self, code: str, text: str, likelihood: float) -> Iterator[Candidate]:
        parts = [self._clause(code, clause) for clause in clauses(text)]
        if not parts or sum(map(len, clauses(text))) > LONGEST:
            return
        words = "，".join(said for _, said, _ in parts)
        length = sum(len(said) for _, said, _ in parts)
        score = likelihood + sum(s for s, _, _ in parts) + BONUS * length
        yield Candidate(words, score, text, round(sum(d for _, _, d in parts) / length, 3))

    def _clause(self, code: str, heard: str) -> tuple[float, str, float]:
        """Score, words and distance of the likeliest words that sound like ``heard``."""
        beam: list[tuple[float, str, float]] = [(0.0, "", 0.0)]
        for char in heard:
            beam = heapq.nlargest(WIDTH, self._longer(code, beam, char))
        ended = (
            (score + WEIGHT * self._likely.after(code, *_last(said), END), said, apart)
            for score, said, apart in beam
        )
        return max(ended)

    def _longer(
        self, code: str, beam: Sequence[tuple[float, str, float]], heard: str
    ) -> Iterator[tuple[float, str, float]]:
        after = self._likely.after
        for score, said, distance in beam:
            a, b = _last(said)
            for char, step in self._choices_for(heard):
                gain = WEIGHT * after(code, a, b, char) - COST * step
                yield score + gain, said + char, distance + step

    def _choices_for(self, heard: str) -> tuple[tuple[str, float], ...]:
        """What a heard character may have been, itself first, and how far each is from it."""
        if heard not in self._choices:
            sound = syllable(heard)
            near = sorted(
                (apart(sound, other) + OTHER_CHARACTER, other)
                for other in self._by_sound
                if apart(sound, other) <= FARTHEST
            )
            others = [
                (char, step)
                for step, other in near
                for char in self._by_sound[other][:MOST_OF_A_SOUND]
                if char != heard
            ]
            kept = 1 if heard.isdecimal() else CHOICES  # a digit is never repaired
            self._choices[heard] = ((heard, 0.0), *others)[:kept]
        return self._choices[heard]


@cache
def packaged() -> Closed:
    """Closed hearing with the example answers that ship with Huifang."""
    shown = (one for one in labelled() if one.place.startswith(SPOKEN_IN_TESTS))
    return of_examples({normalise(one.answer) for one in shown})


def of_examples(without: Collection[str]) -> Closed:
    """Closed hearing with the shipped examples, without those whose normalised words are these."""
    examples = [
        (code_of(one.question), normalise(one.answer)) for one in (*labelled(), *of_words())
    ]
    return Closed(Likely(example for example in examples if example[1] not in without))


def settle(question: str, heard: Heard) -> Heard:
    """``settled`` with the examples and the reading of words that ship with Huifang."""
    if not repairable(question, heard):
        return heard
    return settled(question, heard, lambda words: read(question, words).label, packaged())


def repairable(question: str, heard: Heard) -> bool:
    """Whether closed hearing has a say: not over values, nor over what was heard very surely."""
    if not heard.likelihoods or code_of(question) in OF_VALUES:
        return False
    return heard.confidence is None or heard.confidence < SURE


def settled(question: str, heard: Heard, label_of: ReadLabel, closed: Closed) -> Heard:
    """Open and closed hearing compared. The closed words are taken, the open ones stay as the first
    alternative; ``doubt`` says why a yes must not rest on them."""
    found = closed.candidates(question, heard)
    if not found:
        return heard
    best, openly, closely = found[0], label_of(heard.text), label_of(found[0].text)
    if _definite(openly) and not _definite(closely):
        return heard  # a clear no stays one; a yes is none while it was heard otherwise
    doubt = ""
    if closely == Label.AFFIRM:
        doubt = _doubt(question, heard, found, label_of, closed)
    elif openly == Label.AFFIRM:
        doubt = "only open hearing makes a yes of it"
    others = tuple(t for t in (heard.text, *heard.alternatives) if normalise(t) != best.text)
    return replace(heard, text=best.text, alternatives=others, doubt=doubt, distance=best.distance)


def _doubt(
    question: str, heard: Heard, found: Sequence[Candidate], label_of: ReadLabel, closed: Closed
) -> str:
    best = found[0]
    if best.distance > MOST_APART:
        return f"it sounds otherwise (distance {best.distance})"
    exactly = not best.distance and (heard.confidence or 0.0) >= LEAST_EXACT
    if not exactly and closed.likely(question, best.text) < LEAST_LIKELY:
        return "nobody speaks like that"
    if any(map(_definite, _labels(found, CREDIBLE, label_of))):
        return "another credible hypothesis is no yes"
    if label_of(heard.text) == Label.AFFIRM:
        return ""
    vague = _labels(found, CREDIBLE_AGAINST, label_of) - {Label.AFFIRM}
    return "only closed hearing makes a yes of it, and not of every hypothesis" if vague else ""


def _labels(found: Sequence[Candidate], within: float, label_of: ReadLabel) -> set[str]:
    """What the other hypotheses say that are less than ``within`` behind the best, as they were
    heard and as they are settled."""
    others = [one for one in found[1:] if one.score > found[0].score - within]
    return {label_of(words) for one in others for words in (one.text, one.heard_as)}


def _definite(label: str) -> bool:
    return label not in (Label.AFFIRM, Label.UNSURE, Label.UNCLEAR)


def _last(said: str) -> tuple[str, str]:
    before = BEGIN + BEGIN + said
    return before[-2], before[-1]
