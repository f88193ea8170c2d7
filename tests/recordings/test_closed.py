import math

import pytest

from recordings.closed import Closed, packaged, settle, settled
from recordings.likely import Likely
from recordings.speech import Heard

SAID = [
    ("SIGN_APP", "我签的"),
    ("SIGN_APP", "没签"),
    ("SIGN_APP", "没签过"),
    ("SIGN_APP", "我没签"),
    ("SIGN_APP", "是我亲手签的"),
    ("READ", "没看"),
    ("READ", "看过了"),
] * 3
LABELS = {"我签的": "affirm", "是我亲手签的": "affirm", "没签": "deny", "我没签": "deny"}


@pytest.fixture(scope="module")
def closed():
    return Closed(Likely(SAID))


def label_of(words):
    return LABELS.get("".join(filter(str.isalnum, words)), "unsure")


def reading(**labels):
    """Reads these words so, and any others as unsure."""
    return lambda words: labels.get("".join(filter(str.isalnum, words)), "unsure")


def heard(*texts, confidence=0.9, apart=1.0):
    likelihoods = tuple(-0.5 - apart * rank for rank in range(len(texts)))
    return Heard(texts[0], texts[1:], confidence, likelihoods)


def test_what_sounds_alike_becomes_what_is_said(closed):
    found = settled("SIGN_APP", heard("没钱。"), label_of, closed)
    assert found.text == "没签"
    assert found.alternatives == ("没钱。",)
    assert 0 < found.distance < 0.3


def test_a_part_of_a_question_is_its_question(closed):
    assert settled("SIGN_APP.insured", heard("没钱。"), label_of, closed).text == "没签"


def test_what_sounds_otherwise_stays(closed):
    assert settled("SIGN_APP", heard("下雨天"), label_of, closed).text == "下雨天"


def test_digits_are_never_repaired():
    closed = Closed(Likely([("READ", "看了两遍")] * 9))
    assert settled("READ", heard("看了2遍"), label_of, closed).text == "看了2遍"


def test_a_clear_no_is_never_made_vaguer(closed):
    plain = heard("没前。")
    assert settled("SIGN_APP", plain, reading(没前="deny"), closed) is plain
    assert settled("SIGN_APP", plain, reading(没签="deny"), closed).text == "没签"


def test_a_yes_heard_just_so_rests_without_doubt(closed):
    found = settled("SIGN_APP", heard("我签的。"), label_of, closed)
    assert (found.text, found.doubt, found.distance) == ("我签的", "", 0.0)


def test_no_yes_where_a_credible_hypothesis_denies(closed):
    found = settled("SIGN_APP", heard("我签的。", "我没签。", apart=0.5), label_of, closed)
    assert found.doubt == "another credible hypothesis is no yes"


def test_an_incredible_hypothesis_takes_no_yes_away(closed):
    found = settled("SIGN_APP", heard("我签的。", "我没签。", apart=30.0), label_of, closed)
    assert found.doubt == ""


def test_a_yes_of_closed_hearing_alone_needs_every_credible_hypothesis(closed):
    """Vague hypotheses do not speak against a yes that was heard, but against one only expected."""
    alone = settled("SIGN_APP", heard("我前的。"), label_of, closed)
    assert (alone.text, alone.doubt) == ("我签的", "")
    beside = settled("SIGN_APP", heard("我前的。", "我看的。", apart=-5.0), label_of, closed)
    assert beside.text == "我签的"
    assert beside.doubt.startswith("only closed hearing makes a yes of it")


def test_no_yes_that_only_open_hearing_makes(closed):
    read = reading(我前的="affirm")
    found = settled("SIGN_APP", heard("我前的。"), read, closed)
    assert found.doubt == "only open hearing makes a yes of it"


def test_no_yes_on_words_that_nobody_says(closed):
    words = "雨天鹤签的"
    read = reading(**{words: "affirm"})
    found = settled("SIGN_APP", heard(words, confidence=0.6), read, closed)
    assert found.doubt == "nobody speaks like that"
    surely = settled("SIGN_APP", heard(words, confidence=0.95), read, closed)
    assert surely.doubt == ""


def test_an_engine_without_likelihoods_is_left_alone():
    plain = Heard("没钱", ("我签的",), 0.9)
    assert settle("SIGN_APP", plain) is plain


def test_what_was_heard_surely_is_left_alone():
    plain = heard("没钱。", confidence=0.95)
    assert settle("SIGN_APP", plain) is plain


@pytest.mark.parametrize("question", ["ID_VERIFY", "PREMIUM.amount"])
def test_values_are_only_what_was_heard(question):
    plain = heard("尾号灵六幺五", confidence=0.7)
    assert settle(question, plain) is plain


def test_the_packaged_examples_know_the_trade():
    assert settle("SIGN_APP", heard("没钱。", confidence=0.7)).text == "没签"
    assert packaged().likely("SIGN_APP", "是我自己签的") > -3.0
    assert packaged().likely("SIGN_APP", "桃源深处雨霏霏") < -6.0


def test_likelihood_is_a_probability():
    likely = Likely(SAID)
    known = [*likely.characters, "$"]
    whole = sum(math.exp(likely.after("SIGN_APP", "^", "^", char)) for char in known)
    assert 0.9 < whole <= 1.0
    assert likely.of_text("SIGN_APP", "") == pytest.approx(-math.log(6000))
    assert likely.of_text("SIGN_APP", "没签") > likely.of_text("READ", "没签")
