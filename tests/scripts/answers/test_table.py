"""The table of `huifang answers read`."""

import json

import pytest

from scripts.answers import TableError, as_json, as_tsv, read, read_table
from scripts.answers.table import unknown_codes

TABLE = "\ufeffquestion\tanswer\tnote\nREAD\t看了但没看懂\tx\n\nSIGN_APP\t我老婆签的，别再打了\t\n"


def test_a_table_is_read_row_by_row():
    rows = read_table(TABLE)
    assert [(row.question, row.reading.label) for row in rows] == [
        ("READ", "deny"),
        ("SIGN_APP", "refuse"),
    ]


def test_as_tsv_has_the_labels():
    lines = as_tsv(read_table(TABLE)).splitlines()
    assert lines[0] == "question\tanswer\tlabel\talso"
    assert lines[2] == "SIGN_APP\t我老婆签的，别再打了\trefuse\tdeny"


def test_as_json_has_the_evidence():
    first = json.loads(as_json(read_table(TABLE)))[0]
    assert first["label"] == "deny"
    assert first["why"][0]["words"] == "没看懂"
    assert first["why"][0]["rule"]


def test_columns_may_stand_in_any_order():
    assert read_table("answer\tquestion\n是我签的\tSIGN_APP\n")[0].reading.label == "affirm"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "first line"),
        ("question\twords\nREAD\t看了\n", "Line 1 has no column answer"),
        ("question\tanswer\nREAD\t看了\nREAD 看了\n", "Line 3"),
    ],
)
def test_a_wrong_table_is_named_with_its_mend(text, place):
    with pytest.raises(TableError, match=place) as error:
        read_table(text)
    assert str(error.value).count("\n") == 0
    assert "tab" in str(error.value).lower()


def test_a_code_in_small_letters_is_the_code():
    rows = read_table("question\tanswer\nsuggest\t没有\nSUGGEST\t没有\n")
    assert rows[0].reading == rows[1].reading
    assert unknown_codes(rows) == []


def test_what_is_no_question_is_named():
    rows = read_table("question\tanswer\nNOPE\t知道\nREAD\t看了\n\t知道\nany\t对\n")
    assert unknown_codes(rows) == ["NOPE", ""]


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(TableError, match=r"Line 1 .* answer twice"):
        read_table("question\tanswer\tanswer\nREAD\t看了\t没看\n")


def test_a_speech_is_read_piece_by_piece_and_is_no_yes():
    speech = "知道，" * 400
    assert read("LIABILITY", speech).label == "unsure"
    assert read("LIABILITY", f"{speech}我要投诉。{speech}").label == "complaint"
