"""Text within the vendor's limits."""

from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.twilio.wording import HINT_CHARS, HINTS, HINTS_BYTES, clean, hint_list, speakable

chinese = st.text(st.sampled_from("您好，请问保险。；！？ 责任"), max_size=3000)


@settings(deadline=None)
@given(chinese)
def test_every_piece_fits_and_no_word_is_lost(text):
    pieces = speakable(text)
    assert all(pieces)
    assert all(len(p.encode()) <= 3000 and len(quote(p, safe="")) <= 4500 for p in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_cut_prefers_the_end_of_a_sentence_to_a_comma():
    text = "甲" * 100 + "。" + "乙" * 380 + "，" + "丙" * 200
    assert [len(p) for p in speakable(text)] == [101, 381, 200]


def test_without_any_mark_the_cut_is_at_the_limit():
    assert [len(p) for p in speakable("长" * 1100)] == [500, 500, 100]
    assert [len(p) for p in speakable("x" * 3001)] == [3000, 1]


def test_nothing_to_say_is_no_piece():
    assert speakable("") == speakable(" \x00\n ") == []


def test_clean_keeps_rare_characters():
    assert clean("\U00020bb7\U0001f600\x07好\ufffe") == "\U00020bb7\U0001f600好"


def test_hints_are_few_short_and_different():
    many = [f"第{i}句" for i in range(HINTS + 50)]
    assert len(hint_list(many).split(",")) == HINTS
    assert hint_list(["好", "长" * (HINT_CHARS + 1), "好", "", " , "]) == "好"
    assert hint_list([]) is None


def test_hints_leave_room_in_the_document():
    hints = hint_list([f"{i}" + "长" * 90 for i in range(HINTS)])
    assert 0.9 * HINTS_BYTES < len(hints.encode()) <= HINTS_BYTES
