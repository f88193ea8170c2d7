"""From what was heard in a clip to its label, by the product's own steps: open or closed hearing,
and a reading that need not know the texts it is measured on."""

from collections.abc import Collection
from functools import cache

from recordings import whisper
from recordings.closed import of_examples, repairable, settled
from recordings.listen import reading_of
from recordings.speech import Heard
from scripts.answers import opinion
from scripts.answers.lexicon import book
from scripts.answers.normalise import normalise
from scripts.answers.reading import Reading, by_rules, second_opinion
from tests.hearing.heard import Hearing
from tests.hearing.progress import tell
from tests.opinion.train import fit, labelled, learnable


class Understanding:
    """Labels of words and of hearings. Everything that does not depend on a threshold is worked
    out once."""

    def __init__(self, without: Collection[str], model: opinion.Model) -> None:
        """``without``: normalised texts that closed hearing's examples must not hold."""
        self._model = model
        self._closed = of_examples(without)
        self._closed.candidates = cache(self._closed.candidates)
        self._closed.likely = cache(self._closed.likely)
        self.reading = cache(self._reading)

    def _reading(self, question: str, words: str) -> Reading:
        return second_opinion(question, by_rules(question, words, None, None, book()), self._model)

    def label(self, question: str, words: str) -> str:
        """What ``words`` are read as."""
        return self.reading(question, words).label

    def of_sound(self, hearing: Hearing, closed: bool = True) -> tuple[str, str]:
        """Label and words of what was heard in a clip."""
        question = hearing.clip.row.question
        believed = [_believed(one) for one in hearing.stretches]
        if closed:
            believed = [self._settled(question, one) for one in believed]
        reading = reading_of(believed, question, self.reading)
        return reading["label"], reading["words"]

    def _settled(self, question: str, heard: Heard) -> Heard:
        if not repairable(question, heard):
            return heard
        return settled(question, heard, lambda w: self.label(question, w), self._closed)


def _believed(heard: Heard) -> Heard:
    """What Whisper's thresholds leave of it, as ``whisper.judged`` has it."""
    length = sum(map(str.isalnum, heard.text))
    least = whisper.LEAST_SHORT if length <= 2 else whisper.LEAST_CONFIDENCE
    return Heard("") if (heard.confidence or 0.0) < least else heard


def trained_without(texts: Collection[str]) -> opinion.Model:
    """A second opinion (复核意见) from the labelled answers without these normalised texts."""
    tell("training a second opinion without the texts that are measured")
    kept = (answer for answer in labelled() if normalise(answer.words) not in texts)
    return opinion.Model(fit(learnable(kept)))
