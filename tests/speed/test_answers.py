"""How fast answers are read: CPU time, the best of several tries. Well under what is usual (some
5,000 a second, ``make bench-hearing``), so that only a reader that has become slow fails."""

import time

from scripts.answers import read
from scripts.answers.examples import of_words
from tests import yardstick

TRIES = 30
READ_A_SECOND = 2_000
#: Every so many examples of the lexicon, 250 or more of them.
STEP = 20


def test_two_thousand_answers_are_read_in_a_second() -> None:
    answers = [(one.question, one.answer) for one in list(of_words())[::STEP]]
    assert len(answers) >= 250
    best = min(_cpu_seconds(answers) for _ in range(TRIES))
    assert len(answers) / best > READ_A_SECOND / yardstick.slowness()


def _cpu_seconds(answers: list[tuple[str, str]]) -> float:
    began = time.process_time()
    for question, answer in answers:
        read(question, answer)
    return time.process_time() - began
