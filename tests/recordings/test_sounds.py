import pytest

from recordings.sounds import FAR, NEAR, apart, syllable


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("签", "钱", 0.0),  # tones are not heard
        ("是", "四", NEAR),
        ("清", "亲", NEAR),
        ("签", "没", FAR + FAR),
        ("没", "美", 0.0),
        ("保", "找", FAR),
        ("1", "2", FAR),
    ],
)
def test_apart(a, b, distance):
    assert apart(syllable(a), syllable(b)) == distance
    assert apart(syllable(b), syllable(a)) == distance


def test_what_is_no_syllable_is_itself():
    assert syllable("7") == ("", "7")
    assert syllable("签") == ("q", "ian")
