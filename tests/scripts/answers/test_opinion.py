"""The second opinion: it takes a yes away, names a doubt, and never makes a yes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.answers import opinion
from scripts.answers.lexicon import MODEL
from scripts.answers.opinion import Opinion, Pieces
from scripts.answers.records import Reading
from scripts.answers.weighing import Told, weighed
from scripts.labels import PRIORITY, Label
from tests.opinion.train import Answer, fit, labelled, learnable, source

_labels = st.sampled_from(list(Label))
_opinions = st.lists(st.floats(0.001, 1.0), min_size=len(PRIORITY), max_size=len(PRIORITY)).map(
    lambda raw: Opinion(
        {label: share / sum(raw) for label, share in zip(PRIORITY, raw, strict=True)}
    )
)


_told = st.builds(Told, st.booleans(), st.booleans(), st.booleans())


def _sure_of(label: Label) -> Opinion:
    return Opinion({other: 0.955 if other is label else 0.005 for other in Label})


def _ruled(label: Label, *also: Label) -> Reading:
    return Reading(label, also, "话", "话", ())


@given(_labels, _opinions, st.booleans(), st.booleans())
def test_the_opinion_never_makes_a_yes(label, second, story, held):
    settled = weighed(_ruled(label), second, Told(story, False, held)).label
    assert settled is not Label.AFFIRM or label is Label.AFFIRM


@given(_opinions, st.booleans())
def test_a_denial_is_no_yes_even_where_a_story_closes_on_one(second, held):
    assert weighed(_ruled(Label.DENY), second, Told(True, True, held)).label is not Label.AFFIRM


@given(_opinions, _told)
def test_who_is_not_the_holder_stays_so(second, told):
    settled = weighed(_ruled(Label.NOT_HOLDER), second, told)
    assert settled.label is Label.NOT_HOLDER


@given(_labels, st.lists(_labels, unique=True), _opinions, _told)
def test_the_label_goes_before_all_beside_it(label, also, second, told):
    beside = tuple(x for x in PRIORITY if x in also and PRIORITY.index(x) > PRIORITY.index(label))
    settled = weighed(_ruled(label, *beside), second, told)
    ranks = [PRIORITY.index(x) for x in (settled.label, *settled.also)]
    assert ranks == sorted(set(ranks))


def test_a_yes_that_the_opinion_takes_for_a_no_falls():
    settled = weighed(_ruled(Label.AFFIRM), _sure_of(Label.DENY), Told())
    assert settled.label is Label.DENY
    assert settled.why[0].rule == "opinion:0.95<affirm"


def test_a_doubt_becomes_the_no_that_the_opinion_hears():
    settled = weighed(_ruled(Label.UNSURE), _sure_of(Label.DENY), Told())
    assert settled.label is Label.DENY


def test_what_is_wanted_beside_a_no_goes_first():
    """没看，别打了: the model knows one label of an answer only."""
    both = _ruled(Label.REFUSE, Label.DENY)
    assert weighed(both, _sure_of(Label.DENY), Told()).label is Label.REFUSE
    assert weighed(both, _sure_of(Label.DENY), Told(story=True)).label is Label.DENY


def test_a_story_that_closes_on_a_yes_needs_more_than_other_yeses():
    shares = dict.fromkeys(Label, 0.3 / 9) | {Label.AFFIRM: 0.7}
    assert weighed(_ruled(Label.AFFIRM), Opinion(shares), Told()).label is Label.AFFIRM
    assert weighed(_ruled(Label.UNSURE), Opinion(shares), Told(True, True)).label is Label.UNSURE
    sure = _sure_of(Label.AFFIRM)
    assert weighed(_ruled(Label.UNSURE), sure, Told(True, True)).label is Label.AFFIRM


def test_the_packaged_model_was_trained_on_the_answers_that_lie_here():
    content = np.load(opinion.__file__.replace("opinion.py", MODEL), allow_pickle=False)
    assert str(content["source"]) == source(labelled()), "run make train"


def test_shares_sum_to_one():
    shares = opinion.model().opinion("READ", opinion.pieces("看过了", ["READ"], ["READ"])).shares
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-4)
    assert shares[Label.AFFIRM] == max(shares.values())


def test_a_model_learns_what_it_is_shown():
    shown = [Answer("a", "READ", words, label) for words, label in (
        ("翻到底了", "affirm"), ("从头翻到底", "affirm"), ("都翻到底了", "affirm"),
        ("记不清了", "unsure"), ("真记不清", "unsure"), ("我记不清", "unsure"),
        ("压根没翻", "deny"), ("没翻开", "deny"), ("真没翻", "deny"),
    )]  # fmt: skip
    model = opinion.Model(fit(learnable(shown)))
    assert _best(model, "我翻到底了") is Label.AFFIRM
    assert _best(model, "根本没翻") is Label.DENY


def _best(model: opinion.Model, words: str) -> Label:
    from scripts.answers.lexicon import book
    from scripts.answers.reading import by_rules

    seen = by_rules("READ", words, None, None, book()).seen
    assert isinstance(seen, Pieces)
    return model.opinion("READ", seen).best(model.labels)
