"""What a closing yes settles and what stands whatever follows it, and when a recital of the item is
a yes. Read by the rules alone."""

import pytest

from scripts.answers.lexicon import book
from scripts.answers.reading import by_rules


def _label(question, answer):
    return by_rules(question, answer, None, None, book()).reading.label


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("LIABILITY", "起先不懂，打电话问了，现在我都知道了"),  # mended since
        ("LIABILITY", "我老婆看不懂，我看得仔细，条款我都清楚"),  # another's ignorance
        ("SIGN_APP", "我老公不同意，吵了一架，字是我自己签的"),  # another's objection
        ("SIGN_APP", "我老公不懂，他别管，字是我自己签的"),
    ],
)
def test_a_closing_yes_settles_what_was_anothers_or_is_over(question, answer):
    assert _label(question, answer) == "affirm"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SIGN_APP", "业务员替我签的，后来我看了，我知道"),  # another's hand stays so
        ("LIABILITY", "我看不懂，他讲了，大概知道"),  # the knowing itself is hedged
        ("LIABILITY", "知道了，打电话问了，现在还是不懂"),  # closes on a no
        ("RECEIPT", "我没收到，我不着急，我知道"),
        ("LIABILITY", "起先不懂，问了，现在可能知道"),  # the close is hedged
    ],
)
def test_a_closing_yes_never_settles_what_stands(question, answer):
    assert _label(question, answer) != "affirm"


@pytest.mark.parametrize(
    ("question", "answer", "yes"),
    [
        ("LIABILITY", "生病赔，自杀不赔", True),
        ("LIABILITY", "我没听过，生病赔，自杀不赔", False),  # denied beside it
        ("LIABILITY", "好像生病赔，自杀不赔", False),  # hedged
        ("LIABILITY", "自杀不赔", False),  # one side only
        ("HESITATION", "十五天里头变卦，全数还我", True),
        ("HESITATION", "十五天里头变卦，全数还我吗", False),  # asked
        ("HESITATION", "以为十五天里头变卦，全数还我", False),  # believed once
        ("HESITATION", "十五天", False),  # the days alone
    ],
)
def test_a_recital_is_a_yes_where_nothing_beside_it_is_asked_or_denied(question, answer, yes):
    assert (_label(question, answer) == "affirm") is yes
