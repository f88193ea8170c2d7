"""The report of live hearing against the recordings, and the sample that its estimate rests on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from cases import raters
from cases.agreement import Cell, Compared, lines
from cases.sampling import allotted, draw
from scripts.labels import Label

AFFIRM, DENY, UNSURE, UNCLEAR = Label.AFFIRM, Label.DENY, Label.UNSURE, Label.UNCLEAR


def answer(
    live: Label = AFFIRM, recorded: Label = AFFIRM, number: int = 0, question: str = "READ",
    engine: str = "one", **more: object,
) -> Compared:  # fmt: skip
    made = Compared(number, 3, question, "3", engine, live, recorded)
    return replace(made, **more)


def many(
    count: int, live: Label = AFFIRM, recorded: Label = AFFIRM, first: int = 0, **more: object
):
    return [answer(live, recorded, first + n, **more) for n in range(count)]


def kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    return raters.kappa(pairs).value


def test_kappa_is_as_in_the_text_books() -> None:
    pairs = [(AFFIRM, AFFIRM)] * 20 + [(AFFIRM, DENY)] * 5
    pairs += [(DENY, AFFIRM)] * 10 + [(DENY, DENY)] * 15

    assert kappa(pairs) == pytest.approx(0.4)


def test_kappa_where_chance_explains_everything_or_nothing_was_heard() -> None:
    assert kappa([(AFFIRM, AFFIRM)] * 5) is None
    assert kappa([]) is None
    assert kappa([(AFFIRM, AFFIRM), (DENY, DENY)]) == 1.0
    assert kappa([(AFFIRM, DENY), (DENY, AFFIRM)]) == -1.0


def test_a_line_counts_what_it_says() -> None:
    heard = [
        *many(6), *many(2, DENY, DENY, 10), *many(1, AFFIRM, DENY, 20),
        *many(1, UNSURE, AFFIRM, 30), *many(1, UNCLEAR, UNSURE, 40),
        *many(3, first=50, by_key=True),
    ]  # fmt: skip
    whole, question = lines(heard)

    assert (whole.question_id, question.question_id, question.code) == ("", "READ", "READ")
    assert (question.compared, question.by_key, question.item) == (11, 3, "3")
    assert (question.agreed.count, question.agreed.of) == (8, 11)
    assert (question.abstained_live.count, question.abstained_recorded.count) == (2, 1)
    assert (question.only_live_yes, question.only_recorded_yes) == (1, 1)


def test_a_line_for_every_question_and_engine() -> None:
    heard = [*many(2), *many(2, question="AWARE"), *many(1, engine="two")]

    assert [(one.engine, one.question_id, one.compared) for one in lines(heard)] == [
        ("one", "", 4), ("one", "AWARE", 2), ("one", "READ", 2), ("two", "", 1), ("two", "READ", 1),
    ]  # fmt: skip


def test_a_key_is_never_a_disagreement() -> None:
    (whole, _) = lines(many(4, AFFIRM, DENY, by_key=True))
    assert (whole.compared, whole.by_key, whole.only_live_yes) == (0, 4, 0)


def test_without_reviews_there_is_no_rate() -> None:
    whole, _ = lines([*many(90), *many(10, AFFIRM, DENY, 100)])

    assert whole.false_yes_live.rate is None
    assert (whole.false_yes_live.low, whole.false_yes_live.high) == (0.0, 1.0)
    assert whole.false_yes_recorded.high == pytest.approx(0.9)  # the recording heard ninety


def test_the_disagreements_alone_tell_nothing_of_the_rest() -> None:
    whole, _ = lines([*many(90), *many(10, AFFIRM, DENY, 100, truth=DENY)])

    assert whole.false_yes_live.rate is None
    assert (whole.false_yes_live.low, whole.false_yes_live.high) == (pytest.approx(0.1), 1.0)


def test_the_estimate_weighs_the_sample_by_what_it_stands_for() -> None:
    """Of 900 agreed yeses 90 were drawn and 1 was none; 100 disagreements were all decided."""
    agreed = [*many(89, truth=AFFIRM, drawn=True), *many(1, first=89, truth=DENY, drawn=True)]
    unlike = [
        *many(60, AFFIRM, DENY, 2000, truth=DENY),
        *many(40, AFFIRM, DENY, 3000, truth=AFFIRM),
    ]
    whole, _ = lines([*agreed, *many(810, first=100), *unlike])

    assert whole.false_yes_live.rate == pytest.approx(0.06 + 0.9 / 90)
    assert whole.false_yes_both.rate == pytest.approx(0.9 / 90)
    assert whole.false_yes_recorded.rate == pytest.approx(0.9 / 90)
    assert whole.false_yes_live.low > 0.06
    assert whole.false_yes_live.reviewed == 190


def test_an_agreed_answer_that_chance_did_not_choose_proves_nothing() -> None:
    whole, _ = lines([*many(50), *many(50, first=100, truth=DENY)])
    assert whole.false_yes_both.rate is None
    assert whole.false_yes_both.reviewed == 0


def test_answers_that_nobody_took_for_a_yes_cannot_be_false_yeses() -> None:
    whole, _ = lines([*many(50, DENY, DENY), *many(50, first=100, truth=AFFIRM, drawn=True)])
    assert whole.false_yes_live.rate == 0
    assert whole.false_yes_live.high < 0.5


# The sample.


def test_every_stratum_has_one_and_the_rest_goes_by_size() -> None:
    sizes = {("A", "e", Cell.BOTH): 1, ("B", "e", Cell.BOTH): 30, ("C", "e", Cell.BOTH): 69}

    assert list(allotted(sizes, 10).values()) == [1, 3, 6]
    assert list(allotted(sizes, 2).values()) == [0, 1, 1]
    assert list(allotted(sizes, 1000).values()) == [1, 30, 69]
    for count in range(1, 100):
        given = allotted(sizes, count)
        assert sum(given.values()) == count
        assert all(given[key] <= sizes[key] for key in sizes)


def test_only_agreed_spoken_answers_are_drawn() -> None:
    heard = [
        *many(3), *many(3, AFFIRM, DENY, 10), *many(3, first=20, by_key=True),
        *many(3, first=30, drawn=True), *many(2, DENY, UNSURE, 40),
    ]  # fmt: skip

    assert {one.call for one in draw(heard, 100, 1)} == {0, 1, 2, 40, 41}


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    heard = many(1000)
    first = [one.call for one in draw(heard, 20, 7)]
    Random(3).shuffle(heard)

    assert [one.call for one in draw(heard, 20, 7)] == first
    assert [one.call for one in draw(heard, 20, 8)] != first


def test_a_sample_is_spread_over_the_time() -> None:
    gaps = Counter(one.call // 100 for one in draw(many(1000), 50, 5))
    assert set(gaps.values()) == {5}
    assert len(set(draw(many(1000), 50, 5))) == 50


def test_every_answer_is_as_likely_as_any_other() -> None:
    drawn = Counter(one.call for seed in range(2000) for one in draw(many(10), 3, seed))
    assert min(drawn.values()) > 500
    assert max(drawn.values()) < 700  # 600 expected


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Twelve questions of different size and quality, 150 answers heard of 2250, 120 times."""
    chance = Random(11)
    everything: list[Compared] = []
    for number in range(12):
        size, false = 50 + 25 * number, 0.002 * number
        for place in range(size):
            truth = DENY if chance.random() < false else AFFIRM
            call = 1000 * number + place
            everything.append(answer(number=call, question=f"Q{number}", truth=truth))
    true_rate = sum(one.truth is DENY for one in everything) / len(everything)
    held = 0
    for seed in range(120):
        chosen = {one.call for one in draw(everything, 150, seed)}
        heard = [replace(one, drawn=one.call in chosen) for one in everything]
        found = lines(heard)[0].false_yes_both
        held += found.low <= true_rate <= found.high
    assert 0.005 < true_rate < 0.03
    assert held / 120 >= 0.92
